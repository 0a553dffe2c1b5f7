"""Builds a project as it is told, each time in a process of its own that has imported all and built nothing.

Reads a line of JSON for each thing to do and answers with one; `tests/equivalence.py` tells it.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mkdocs.commands.build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

SERVED = "http://127.0.0.1:8000/"

Told = dict[str, Any]


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.levelname} {record.getMessage()}")


def outcome(work: Callable[[], object]) -> Told:
    """How it ended, and what was said."""
    log, warnings = logging.getLogger("mkdocs"), _Warnings()
    log.setLevel(logging.INFO)
    log.propagate = False
    log.addHandler(warnings)
    end = "done"
    try:
        work()
    except BaseException as error:  # SystemExit among them: MkDocs aborts with it
        end = type(error).__name__
        if not isinstance(error, SystemExit) and end != "Abort":
            end += "".join(traceback.format_exception(error))[-1500:]
    log.removeHandler(warnings)
    return {"end": end, "said": warnings.said}


def config_for(told: Told, site: str) -> MkDocsConfig:
    return load_config("mkdocs.yml", docs_dir=str(Path(told["docs"]).resolve()), site_dir=site, strict=False)


def hook() -> Any:
    return next(module for name, module in sys.modules.items() if name.endswith("mkdocs_hook.py"))


def build(told: Told) -> Told:
    """As `mkdocs build` does."""
    config = config_for(told, str(Path(told["site"]).resolve()))
    config.plugins.on_startup(command="build", dirty=False)

    def work() -> None:
        try:
            mkdocs.commands.build.build(config)
        finally:
            config.plugins.on_shutdown()

    return outcome(work)


class Serving:
    """As `mkdocs serve` does, but for the port."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.folder = tempfile.mkdtemp()

    def config(self) -> MkDocsConfig:
        config = config_for(self.told, self.folder)
        config.site_url = SERVED
        return config

    def begin(self) -> Told:
        config = self.config()
        config.plugins.on_startup(command="serve", dirty=False)

        def work() -> None:
            mkdocs.commands.build.build(config, serve_url=SERVED)
            made = LiveReloadServer(self.builder, "127.0.0.1", 8000, self.folder)
            made.watch(config.docs_dir)
            self.live: Any = config.plugins.on_serve(made, config=config, builder=self.builder)
            self.pause()

        return self.shown(outcome(work), True)

    def builder(self) -> None:
        mkdocs.commands.build.build(self.config(), serve_url=SERVED)

    def edit(self, told: Told) -> Told:
        """Build again. Where nobody looks, nothing is asked for: the next edit comes before the pause."""

        def work() -> None:
            self.live._rebuild({Path(path).resolve() for path in told["changed"]})
            if told["looks"]:
                self.pause()

        return self.shown(outcome(work), told["looks"])

    def pause(self) -> None:
        """Long enough for all that is said; a few pages have been asked for before."""
        for path in asked(1):
            self.live._before_answer(path)
        from generator.site.editions import PAUSE

        editions = hook()._State.editions
        while (seconds := editions.rest()) is not None and seconds < PAUSE:
            pass

    def shown(self, told: Told, looks: bool) -> Told:
        """What a browser would get, which asks for everything."""
        if told["end"] == "done" and looks:
            for path in asked():
                self.live._before_answer(path)
            told["notice"] = self.live.notice.decode("utf-8")
        return {**told, "served": str(hook()._State.served)}


def asked(count: int | None = None) -> list[str]:
    """So many pages of each edition, or all of them with the search index."""
    from generator.site import search_index

    return [
        f"{edition}/{path}"
        for edition, site in hook()._State.editions.sites.items()
        for path in [*(page.file.dest_uri for page in site._pages), search_index.FILE][:count]
    ]


def _packages(told: Told) -> None:
    """Let it look as if other packages were installed."""
    from generator import runtime

    if told.get("packages"):
        runtime.packages = lambda: [told["packages"]]


def _answer(value: Told) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def _forked(told: Told, commands: Any) -> None:
    os.environ.update(told.get("environment", {}))
    _packages(told)
    if told["do"] == "build":
        _answer(build(told))
        return
    serving = Serving(told)
    begun = serving.begin()
    if told["do"] == "served":
        if begun["end"] == "done":
            shutil.copytree(begun["served"], told["site"])
        shutil.rmtree(serving.folder)
        _answer(begun)
        return
    _answer(begun)
    for line in commands:
        told = json.loads(line)
        if told["do"] == "stop":
            hook().on_shutdown()
            shutil.rmtree(serving.folder)
            _answer({"end": "done"})
            return
        _answer(serving.edit(told))


def main() -> None:
    """Do what is asked for on stdin."""
    load_config("mkdocs.yml")  # imports the hook and what belongs to it
    commands = sys.stdin
    while line := commands.readline():
        told = json.loads(line)
        process = os.fork()
        if not process:
            status = 1
            try:
                _forked(told, iter(commands.readline, ""))
                status = 0
            except BaseException:
                _answer({"end": traceback.format_exc()[-1500:], "said": []})
            finally:
                os._exit(status)
        os.waitpid(process, 0)


if __name__ == "__main__":
    main()
