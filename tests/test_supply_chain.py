"""What comes from others is named exactly: packages by hash, actions by commit, and all of it in a list."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from .support.paths import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
LOCKS = [ROOT / "requirements.txt", ROOT / "requirements-test.txt"]
NODE_LOCKS = sorted(
    path for path in (ROOT / "tests" / "node").rglob("package-lock.json") if "node_modules" not in path.parts
)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_its_commit_with_its_version_behind(path: Path) -> None:
    used = re.findall(r"\buses: *(.*)", path.read_text("utf-8"))
    assert used
    assert [one for one in used if not re.fullmatch(r"[\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)] == []


def pins(path: Path) -> dict[str, tuple[str, set[str]]]:
    """Version and hashes of each package in a lock."""
    found = {}
    for name, version, rest in re.findall(r"^([\w.-]+)==(\S+)((?:.*\\\n)*.*)", path.read_text("utf-8"), re.MULTILINE):
        found[name] = version, set(re.findall(r"--hash=sha256:([0-9a-f]{64})\b", rest))
    return found


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_package_of_python_is_pinned_by_hash_and_no_host_is_named(path: Path) -> None:
    text = path.read_text("utf-8")
    stated = re.findall(r"^[^\s#-][^=\s]*", text, re.MULTILINE)
    assert len(stated) > 30
    assert {name for name, (_, hashes) in pins(path).items() if hashes} == set(stated)
    assert "://" not in text
    assert "-url" not in text


def test_a_site_is_built_with_what_was_tested() -> None:
    built, tested = map(pins, LOCKS)
    assert {name: tested[name] for name in built} == built


@pytest.mark.parametrize("path", NODE_LOCKS, ids=lambda path: path.parent.name)
def test_every_package_of_node_is_pinned_by_hash_and_no_host_is_named(path: Path) -> None:
    packages: dict[str, Any] = json.loads(path.read_text("utf-8"))["packages"]
    del packages[""]
    assert packages
    assert [name for name, package in packages.items() if not package["integrity"].startswith("sha512-")] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_ci_lists_and_audits_what_a_site_is_built_with() -> None:
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8"))["jobs"]
    steps = [step for job in jobs.values() for step in job["steps"]]
    commands = [step["run"] for step in steps if "run" in step]
    assert {"make sbom", "make audit", ".ci/run"} <= set(commands)
    kept = {step["with"]["path"] for step in steps if step.get("uses", "").startswith("actions/upload-artifact@")}
    makefile = (ROOT / "Makefile").read_text("utf-8")
    sbom, audit = (makefile.partition(f"\n{target}: ")[2].partition("\n\n")[0] for target in ("sbom", "audit"))
    assert any(f"--output-file {path} " in sbom for path in kept)
    for commands_of_target in (sbom, audit):
        assert re.search(r"\brequirements\.txt\b", commands_of_target)
