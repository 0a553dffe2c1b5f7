"""Write the pages: only what changed, each file whole; never touch what the generator did not make.

docs/ is its owner's: pages, pictures and other files lie beside the generated ones and are never touched. A file is
the generator's when its bytes are: those of the page that belongs there, or those that the manifest says an earlier
run wrote there. Anything else where a page belongs is somebody's work, and a problem.

Of all this only the manifest waits until it is on the disk; to wait for each page makes writing them take three times
as long. A page can be made again: every run compares its bytes. What a power cut leaves of one that had not come to the
disk, nothing or zeros, is nobody's work; should it ever be half a page, that is a problem, as if somebody had edited
it.
"""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from .lock import held
from .problems import ContentError, Problem, phrase

OWN: Final = ".generated"
"""Folder in docs/ for what the generator keeps for itself."""

MANIFEST: Final = f"{OWN}/pages.json"
"""Path of each page that the generator made, to the SHA-256 of what it wrote there; of two while it writes."""

IGNORE: Final = ".gitignore"
"""Keeps out of git what the generator made in docs/, and nothing else. Where its owner has one it stays theirs."""

IGNORE_MARK: Final = "# The pages that the generator makes, and wrote here. Without this line the file is yours.\n"

Manifest = Mapping[str, Iterable[str]]


@dataclass(frozen=True)
class Changes:
    """What a run did, or would do, as paths below docs/."""

    changed: list[str]
    removed: list[str]
    kept: int


def compare(docs: Path, pages: Mapping[str, str]) -> Changes:
    """What `write` would do; nothing is written.

    Raises `ContentError` with every file that is in the way and that the generator did not make.
    """
    digests = {path: _digest(text.encode("utf-8")) for path, text in pages.items()}
    same = {path for path, text in pages.items() if _holds(docs, path, text.encode("utf-8"))}
    return _compared(docs, digests, same, _manifest(docs))


def generated(docs: Path) -> list[str]:
    """The pages that the generator has made in docs/, as the last run says."""
    return list(_manifest(docs))


def refuse_foreign(docs: Path, pages: Mapping[str, Callable[[], str]]) -> None:
    """Raises `ContentError` where something else stands at the place of a page; nothing is written.

    A page is made only where nothing but its text can tell.
    """
    made = _manifest(docs)
    problems = _blocked(docs, pages, made)
    for path, make in pages.items():
        if not _is_free_or_ours(docs, path, made) and not _holds(docs, path, make().encode("utf-8")):
            problems.append(_foreign(docs, path, made))
    if problems:
        raise ContentError(problems)


def _compared(docs: Path, pages: Mapping[str, str], same: set[str], made: Mapping[str, Iterable[str]]) -> Changes:
    """As `compare`, for the digests of `pages`, of which some are known to be the `same` in docs/."""
    problems = _blocked(docs, pages, made)
    removed: list[str] = []
    for path in (path for path in {**pages, **made} if path not in same and _is_inside(path)):
        if not _is_free_or_ours(docs, path, made):
            problems.append(_foreign(docs, path, made))
        elif path not in pages and _holds_something(docs, path):
            removed.append(path)
    if problems:
        raise ContentError(problems)
    return Changes([path for path in pages if path not in same], removed, len(same))


def _is_inside(path: str) -> bool:
    """Whether `path` leads to a file in docs/ that is not hidden, without a way round."""
    return posixpath.normpath(path) == path and not path.startswith(("/", ".")) and "/." not in path


def _blocked(docs: Path, pages: Iterable[str], made: Manifest) -> list[Problem]:
    """A problem for each file or link that stands where a folder of pages belongs."""
    found = []
    for folder in _folders(pages):
        try:
            is_folder = stat.S_ISDIR((docs / folder).lstat().st_mode)
        except (FileNotFoundError, NotADirectoryError):
            continue
        if not is_folder:
            found.append(_foreign(docs, folder, made))
    return found


def _folders(paths: Iterable[str]) -> list[str]:
    """Every folder below docs/ in which `paths` are, an outer one before those in it."""
    innermost = map(PurePosixPath, {posixpath.dirname(path) for path in paths} - {""})
    return sorted({one.as_posix() for folder in innermost for one in (folder, *folder.parents[:-1])})


def _is_free_or_ours(docs: Path, path: str, made: Manifest) -> bool:
    """Whether nothing stands at `path`, or a file with the bytes of an earlier run, or with none."""
    if not _holds_something(docs, path):
        return True
    file = f"{docs}/{path}"
    if not stat.S_ISREG(os.lstat(file).st_mode):
        return False
    with open(file, "rb") as page:  # noqa: PTH123 - for thousands of files
        data = page.read()
    return _digest(data) in made.get(path, ()) or _is_ruin(data)


def _holds_something(docs: Path, path: str) -> bool:
    """Whether something stands at `path` itself; what lies behind a link does not."""
    parts = path.split("/")
    folders = (f"{docs}/{'/'.join(parts[:depth])}" for depth in range(1, len(parts)))
    return not any(map(os.path.islink, folders)) and os.path.lexists(f"{docs}/{path}")


def _holds(docs: Path, path: str, data: bytes) -> bool:
    """Whether a regular file, which no link leads to, holds the page already."""
    file = f"{docs}/{path}"
    try:
        found = os.lstat(file)
        if not stat.S_ISREG(found.st_mode) or found.st_size != len(data):
            return False
        with open(file, "rb") as page:  # noqa: PTH123 - for thousands of files
            return page.read() == data
    except OSError:
        return False


def write(docs: Path, pages: Mapping[str, str]) -> Changes:
    """Make docs/ hold `pages` (path below docs/ to text) and nothing else that the generator has made.

    Wherever this stops, every page is the old or the new one, and the next run does the rest. Raises `ContentError`
    as `compare` does, and then nothing was written; `OSError` where the disk is full or not to be written to.
    """
    return write_all(docs, pages.items())


def write_all(docs: Path, pages: Iterable[tuple[str, str]]) -> Changes:
    """As `write`, of pages that are made, or found, while they are written.

    What making one raises leaves docs/ as it was.
    """
    if (docs / OWN).is_symlink():
        raise ContentError([_foreign(docs, OWN, {})])
    with (
        _plain_modes(),
        _leaving_no_empty_folder(docs),
        held(docs / OWN / "lock"),
        _staging(docs / OWN / "new") as staging,
    ):
        # All beside their places first: a full disk is noticed while every old page is still there.
        new: dict[str, str] = {}
        same: set[str] = set()
        staged: list[tuple[Path, Path]] = []
        for path, text in pages:
            data = text.encode("utf-8")
            new[path] = _digest(data)
            if _holds(docs, path, data):
                same.add(path)
            else:
                staged.append((_stage(staging / str(len(staged)), data), docs / path))
        made = _manifest(docs)
        changes = _compared(docs, new, same, made)
        after = {path: [digest] for path, digest in new.items()}
        _save(docs, staging, {path: {*made.get(path, ()), *after.get(path, ())} for path in {**made, **after}})
        for path in changes.removed:
            (docs / path).unlink()
        _remove_empty_folders(docs, made.keys() - new.keys())
        _put(staged)
        _save(docs, staging, after)
        _ignore(docs, staging, new)
    return changes


def _put(staged: Iterable[tuple[Path, Path]]) -> None:
    folders: set[Path] = set()
    for beside, target in staged:
        if target.parent not in folders:
            folders.add(target.parent)
            target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(beside, target)  # noqa: PTH105 - for thousands of files


def _manifest(docs: Path) -> dict[str, list[str]]:
    """What earlier runs made. Nothing where the file is lost or damaged: then only bytes tell what is ours."""
    try:
        listed = json.loads((docs / MANIFEST).read_bytes())
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    if not isinstance(listed, dict):
        return {}
    return {
        path: [digest for digest in digests if isinstance(digest, str)]
        for path, digests in listed.items()
        if isinstance(digests, list) and path.isprintable()
    }


def _save(docs: Path, staging: Path, manifest: Manifest) -> None:
    data = json.dumps({path: sorted(manifest[path]) for path in sorted(manifest)}, indent=0).encode("ascii") + b"\n"
    target = docs / MANIFEST
    if not target.exists() or target.read_bytes() != data:
        _stage(staging / "pages", data, durably=True).replace(target)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _ignore(docs: Path, staging: Path, pages: Iterable[str]) -> None:
    """Let git ignore exactly what the generator made, this list among it."""
    target = docs / IGNORE
    text = IGNORE_MARK + "".join(f"/{path}\n" for path in (IGNORE, f"{OWN}/", *sorted(pages)))
    try:
        with target.open(encoding="utf-8", newline="") as file:
            if file.readline() != IGNORE_MARK or target.is_symlink() or file.read() == text[len(IGNORE_MARK) :]:
                return
    except FileNotFoundError:
        if target.is_symlink():
            return
    except (UnicodeDecodeError, IsADirectoryError):  # its owner's, whatever it is
        return
    _stage(staging / "ignore", text.encode("utf-8")).replace(target)


def _foreign(docs: Path, path: str, made: Manifest) -> Problem:
    if path in made:
        wrong = phrase("expected.made-page"), phrase("found.edited"), phrase("hint.edited")
    else:
        wrong = phrase("expected.no-file"), phrase("found.foreign-file"), phrase("hint.move-away")
    return Problem(f"{docs.name}/{path}", 0, 0, "", *wrong)


@contextmanager
def _plain_modes() -> Iterator[None]:
    """What is made here can be read by everybody, as a web site is, whatever the umask."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def _leaving_no_empty_folder(docs: Path) -> Iterator[None]:
    """A run that ends before it has written anything leaves no folder of its own behind."""
    new = [folder for folder in (docs / OWN, docs) if not folder.exists()]
    try:
        yield
    finally:
        for folder in new:
            with suppress(OSError):  # something is in it, or another run
                folder.rmdir()


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """An empty folder for files that wait to be put in their places; nothing of it stays."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():  # of a run that was killed
        shutil.rmtree(folder)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _is_ruin(data: bytes) -> bool:
    return not data.strip(b"\0")


def _stage(path: Path, data: bytes, *, durably: bool = False) -> Path:
    try:
        with path.open("wb") as file:
            file.write(data)
            if durably:
                file.flush()
                os.fsync(file.fileno())  # its name must not come to the disk before it
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error  # the system leaves out where
    return path


def _remove_empty_folders(docs: Path, gone: Iterable[str]) -> None:
    """The folders of pages that are no more, where nothing is left in them."""
    for folder in reversed(_folders(filter(_is_inside, gone))):
        if _holds_something(docs, folder) and (docs / folder).is_dir() and not any((docs / folder).iterdir()):
            (docs / folder).rmdir()
