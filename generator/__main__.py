"""The command line: `python -m generator check | build | fingerprint FILE`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import quotations
from .build import build, check
from .problems import ContentError


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Exit status: 0 done, 1 problems in content, 2 wrong use."""
    parser = argparse.ArgumentParser(prog="python -m generator", description="Make a handbook's pages from its YAML.")
    parser.add_argument("--content", type=Path, default=Path("content"), help="folder of the YAML files (content)")
    parser.add_argument("--docs", type=Path, default=Path("docs"), help="folder that the pages go to (docs)")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="report every problem in the content; write nothing")
    commands.add_parser("build", help="check, then write the Markdown pages of every edition")
    fingerprint = commands.add_parser("fingerprint", help="print the fingerprint of a source document")
    fingerprint.add_argument("file", type=Path, help="the document, UTF-8 text")
    options = parser.parse_args(arguments)
    try:
        match options.command:
            case "check":
                handbook, _ = check(options.content)
                print(f"{len(handbook.entries)} entries, no problems")
            case "build":
                built = build(options.content, options.docs)
                written = built.written
                print(f"{len(written.changed)} pages written, {written.kept} unchanged, {len(written.removed)} removed")
            case "fingerprint":
                print(quotations.write(options.file.read_text(encoding="utf-8")), end="")
    except ContentError as error:
        print(error, file=sys.stderr)
        count = len(error.problems)
        print(f"{count} problem{'s' if count > 1 else ''}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
