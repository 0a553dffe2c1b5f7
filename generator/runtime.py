"""What every result depends on besides its inputs: Python, the installed packages, and the code of this generator."""

from __future__ import annotations

import functools
import hashlib
import sys
from pathlib import Path
from typing import Final

CODE: Final = Path(__file__).resolve().parent


def digest(*parts: object) -> str:
    """A digest of `parts`, whose `repr` must tell all of them: plain values, and models and dataclasses of these."""
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@functools.cache
def version() -> str:
    """Another one for another Python, package or line of code, as they were when this was first asked."""
    return digest(sys.version, packages(), [path.read_bytes() for path in sorted(CODE.rglob("*.py"))])


def packages() -> list[str]:
    """Name and version of each installed package: what their folders of metadata are called."""
    folders = [Path(entry) for entry in sys.path if entry and Path(entry).is_dir()]
    return sorted({found.name for folder in folders for found in folder.glob("*.*-info")})
