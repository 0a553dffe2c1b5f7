# make serve   read and edit the handbook on http://127.0.0.1:8000
# make test    run every test, browser tests included
# make build   write the site to site/
# make lock    pin the dependencies in pyproject.toml and tests/node/ again
# make bench   measure builds and edits beside other generators; N=2000 entries, ROUNDS=1
# make zensical   build docs/ with Zensical as well, and say what differs
# make sbom    list what a site is built with, as CycloneDX has it, in handbook.cdx.json
# make audit   ask PyPI whether anything of that has known faults
# make lighthouse   measure the built site as Lighthouse does (a quarter of an hour)

PYTHON ?= python3
ADDRESS ?= 127.0.0.1:8000
N ?= 500
ROUNDS ?= 5
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
export NO_MKDOCS_2_WARNING := 1

.PHONY: serve build test lint lock sbom audit bench lighthouse zensical clean

serve: $(VENV)/site.installed
	$(BIN)/mkdocs serve --dev-addr $(ADDRESS)

build: $(VENV)/site.installed
	$(BIN)/mkdocs build --strict

test: $(VENV)/test.installed lint
	$(BIN)/python -m tests.support.chromium
	$(BIN)/python -m tests.support.nodejs
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

lint: $(VENV)/test.installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

lock: $(VENV)/test.installed
	$(PIP) install uv
	$(BIN)/uv pip compile pyproject.toml --extra install --extra test --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --custom-compile-command "make lock" --upgrade --output-file requirements-test.txt
	$(BIN)/uv pip compile pyproject.toml --extra install --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --custom-compile-command "make lock" --constraint requirements-test.txt \
		--output-file requirements.txt
	$(BIN)/python -m tests.support.nodejs --lock

sbom: $(BIN)/python
	$(PIP) install "cyclonedx-bom>=7,<8"
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --output-file handbook.cdx.json \
		requirements.txt

audit: $(BIN)/python
	$(PIP) install "pip-audit>=2.9,<3"
	@said=$$($(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement requirements.txt 2>&1) && echo "$$said" || \
		{ echo "$$said"; case "$$said" in *"could not be audited"*|*ConnectionError*) \
		echo "The lists of known faults cannot be read from here: nothing was checked" >&2;; esac; exit 1; }

lighthouse: $(VENV)/test.installed build
	$(BIN)/python -m tests.support.chromium
	$(BIN)/python -m tests.browser.lighthouse site

zensical: $(VENV)/test.installed build
	$(PIP) install "zensical>=0.1,<0.2"
	$(BIN)/python -m tests.zensical

bench: $(VENV)/site.installed
	$(BIN)/python -m tests.bench $(N) --rounds $(ROUNDS)

clean:
	rm -rf $(VENV) site handbook.cdx.json tests/bench/.work tests/node/node_modules tests/node/lighthouse/node_modules

$(VENV)/site.installed: requirements.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.installed: requirements-test.txt $(VENV)/site.installed
	$(PIP) install --require-hashes -r requirements-test.txt
	@touch $@

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: install it, or say make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed, $$($(PYTHON) -V) is here: say make PYTHON=/path/to/newer/python" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "This Python lacks its venv module: on Debian or Ubuntu, apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
