"""The command line: `python -m generator COMMAND`, also installed as `handbook`.

Exit status: 0 done, 1 problems in the content, 2 wrong use or something wrong with the machine.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from .. import docs_folder
from ..content import quotations, translations
from ..content.drafts import Drafts
from ..content.text_file import UnreadableError, text_of
from ..pipeline import Pipeline, read
from ..problems import ContentError, RefusedError, visible
from . import new, progress, report, status

GENERATOR = Path(__file__).parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the exit status."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # as stderr: what a terminal cannot show must not end a run
    options = _parser().parse_args(arguments)
    options.lang = options.lang or report.language_of_environment()
    try:
        status = _run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # `| head` has read enough; what is left must not be tried again at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _run(options: argparse.Namespace) -> int:
    """Run the command that `options` name; what goes wrong is said."""
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        return command(options)
    except UnreadableError as error:
        _show(ContentError(error.problems), options)
        return 2
    except ContentError as error:
        _show(error, options)
        return 2 if isinstance(error, RefusedError) else 1
    except BrokenPipeError:
        raise
    except OSError as error:
        print(visible(f"{error.filename}: {error.strerror}" if error.filename else str(error)), file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--content", type=Path, default=Path("content"), help="folder of the YAML files (content)")
    shared.add_argument("--docs", type=Path, default=Path("docs"), help="folder that the pages go to (docs)")
    shared.add_argument("--lang", choices=report.LANGUAGES, help="language of messages (that of the locale, else en)")
    shared.add_argument(
        "--format", choices=report.FORMATS, default="text", help="how problems are shown: %(choices)s (text)"
    )
    parser = argparse.ArgumentParser(
        prog="handbook",
        description="Make the pages of a handbook from its YAML entries.",
        epilog="An author's day: `handbook check` says what to mend, each with file, line and a hint; `mkdocs serve` "
        "shows the pages while you write and runs the same checks.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], about: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, parents=[shared], help=about, description=about.capitalize() + ".")
        added.set_defaults(run=run)
        return added

    checking = command("check", _check, "report every problem in the content and write nothing")
    checking.add_argument("--drafts", action="store_true", help="check drafts too, as if they were finished")
    building = command("build", _build, "check, then write the Markdown pages of every edition")
    building.add_argument(
        "--check", action="store_true", help="only list the pages that are not current; exit status 1 if there are any"
    )
    creating = command("new", _new, "write a new entry to fill in, with every field explained")
    creating.add_argument("kind", metavar="KIND", help="duty, tip, term … : what the folders of the content are called")
    creating.add_argument("id", metavar="ID", help="small letters, digits and hyphens; it becomes the address")
    state = command(
        "status", _status, "show how far the translations are, drafts, and what was read through longest ago"
    )
    state.add_argument("--strict", action="store_true", help="exit status 1 if a text is missing or stale; list them")
    state.add_argument(
        "--confirm", nargs="*", metavar="ENTRY-ID", help="say that the texts of these entries (all) belong together"
    )
    command("schema", _schema, "write the editor's schemas in schemas/ and the reference in CONTRIBUTING.md")
    fingerprint = command("fingerprint", _fingerprint, "print the fingerprint of a source document")
    fingerprint.add_argument("file", type=Path, help="the document, UTF-8 text")
    return parser


def _check(options: argparse.Namespace) -> int:
    handbook = Pipeline(options.content).check(Drafts.CHECKED if options.drafts else Drafts.LEFT_OUT)[0]
    if options.format == "json":
        print(report.as_json([], options.lang))
    elif options.format == "text":
        print(report.word("done.check", options.lang, count=len(handbook.entries)))
        if handbook.drafts:
            print(report.word("done.drafts", options.lang, count=len(handbook.drafts)))
    return 0


def _build(options: argparse.Namespace) -> int:
    renderer = Pipeline(options.content).run()
    if options.check:
        return _pending(options, docs_folder.compare(options.docs, dict(renderer.pages())))
    plan = renderer.plan
    total = len(plan.pages) * len(plan.handbook.settings.editions) + 1
    pages = progress.shown(renderer.pages(), total, partial(report.word, "progress", options.lang))
    written = docs_folder.write_all(options.docs, pages)
    changed, removed = len(written.changed), len(written.removed)
    print(report.word("done.build", options.lang, changed=changed, kept=written.kept, removed=removed))
    return 0


def _pending(options: argparse.Namespace, changes: docs_folder.Changes) -> int:
    for key, paths in (("pending.changed", changes.changed), ("pending.removed", changes.removed)):
        for path in paths:
            print(report.word(key, options.lang, path=options.docs / path))
    count = len(changes.changed) + len(changes.removed)
    key = "pending.some" if count else "pending.none"
    print(report.word(key, options.lang, count=count or changes.kept))
    return 1 if count else 0


def _new(options: argparse.Namespace) -> int:
    path = new.create(read(options.content, Drafts.CHECKED)[0], options.kind, options.id)
    place = f"{path}:{new.line_of(path, options.id)}"
    print(report.word("done.new", options.lang, place=place))
    return 0


def _status(options: argparse.Namespace) -> int:
    handbook, problems = read(options.content)
    if options.confirm is not None:
        problems.raise_if_any()
        translations.confirm(handbook, options.confirm)
        print(report.word("done.confirm", options.lang, file=options.content / translations.FILE))
        return 0
    found = status.status(handbook)
    if options.format == "json":
        print(status.as_json(found, options.lang))
    elif options.format == "github":
        print(report.github([*found.stale, *found.missing], options.lang))
    else:
        print(status.table(found, options.lang))
        for problem in [*found.stale, *(found.missing if options.strict else ())]:
            print(report.message(problem, options.lang))
        if found.unconfirmed:
            print(report.word("status.unconfirmed", options.lang, count=found.unconfirmed))
        if found.reviewed:
            print(status.reviewed(found, options.lang))
        if found.drafts:
            names = ", ".join(found.drafts)
            print(report.word("status.drafts", options.lang, count=len(found.drafts), names=names))
    if problems:
        print(report.word("done.left-out", options.lang, count=len(list(problems))), file=sys.stderr)
    return 1 if options.strict and (problems or not found.complete) else 0


def _schema(options: argparse.Namespace) -> int:
    from . import schema

    written = schema.write(read(options.content)[0])
    print(report.word("done.schema", options.lang, count=len(written)))
    return 0


def _fingerprint(options: argparse.Namespace) -> int:
    print(quotations.write(text_of(options.file, options.file.name, quotations.MAX_FINGERPRINT)), end="")
    return 0


def _show(error: ContentError, options: argparse.Namespace) -> None:
    """The problems, in the format asked for: for people on stderr, for programs on stdout."""
    if options.format == "json":
        print(report.as_json(error.problems, options.lang))
    elif options.format == "github":
        print(report.github(error.problems, options.lang))
    else:
        terminal = sys.stderr.isatty()
        roots = (options.content.resolve().parent, GENERATOR / "render", GENERATOR / "cli") if terminal else ()
        colour = terminal and "NO_COLOR" not in os.environ
        print(report.text(error.problems, options.lang, roots, colour=colour), file=sys.stderr)
        print(report.count(error.problems, options.lang), file=sys.stderr)
