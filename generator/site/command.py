"""`python -m generator site`: build the whole site, or say at once that nothing has changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from . import unchanged

if TYPE_CHECKING:
    import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--strict", action="store_true", help="fail when there are warnings")
    parser.add_argument("--no-cache", action="store_true", help="make everything anew, and keep nothing")


def main(arguments: list[str]) -> int:
    """Run the command without importing what the others need, and return its exit status."""
    if not arguments:
        return _run()
    import argparse  # which would take a tenth of the time where nothing has changed

    parser = argparse.ArgumentParser(prog="handbook site", description="Build the site; only what has changed.")
    add_options(parser)
    return run(parser.parse_args(arguments))


def run(options: argparse.Namespace) -> int:
    """Build the site of the project in the working directory."""
    return _run(strict=options.strict, no_cache=options.no_cache)


def _run(*, strict: bool = False, no_cache: bool = False) -> int:
    if no_cache:
        os.environ["HANDBOOK_NO_CACHE"] = "1"
    root = Path.cwd()
    folder = unchanged.folder_of_cache(root)
    if folder and unchanged.is_current(root, folder / unchanged.NOTE):
        print("Nothing has changed.")
        return 0
    os.environ[unchanged.WANTED] = "1"
    from mkdocs.__main__ import cli  # takes longer than all of the above

    return int(cli(["build", *(["--strict"] if strict else [])]) or 0)
