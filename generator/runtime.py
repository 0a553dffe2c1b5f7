"""What every result depends on besides its inputs: Python, the installed packages, and the code of this generator."""

from __future__ import annotations

import functools
import hashlib
import marshal
import sys
from pathlib import Path
from typing import Final

CODE: Final = Path(__file__).resolve().parent


def digest(*parts: object) -> str:
    """A digest of `parts`, whose `repr` must tell all of them: plain values, and models and dataclasses of these.

    Plain values alone take a third of the time.
    """
    try:
        told = marshal.dumps(parts, 2)  # type: ignore[arg-type]  # which says nothing but the values, unlike later forms
    except ValueError:
        told = repr(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(told, digest_size=16).hexdigest()


@functools.cache
def version() -> str:
    """Another one for another Python, package or line of code, as they were when this was first asked."""
    return digest(sys.version, packages(), [path.read_bytes() for path in sorted(CODE.rglob("*.py"))])


def packages() -> list[str]:
    """Name and version of each installed package: what their folders of metadata are called."""
    folders = [Path(entry) for entry in sys.path if entry and Path(entry).is_dir()]
    return sorted({found.name for folder in folders for found in folder.glob("*.*-info")})
