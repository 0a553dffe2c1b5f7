"""A module run under circumstances that must not matter: another umask, locale, time zone, order of files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from .paths import ROOT

PLAIN = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
ASCII = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

# Runs a module as `python -m` does, with another umask, and with folders that list their files in another order.
ODDLY = """
import os, random, runpy, sys
seed, umask, module = sys.argv[1:4]
del sys.argv[1:4]
os.umask(int(umask, 8))
shuffled = random.Random(int(seed)).sample
listdir, scandir = os.listdir, os.scandir
class Entries:
    def __init__(self, entries): self.entries = iter(entries)
    def __iter__(self): return self.entries
    def __next__(self): return next(self.entries)
    def __enter__(self): return self
    def __exit__(self, *error): pass
    def close(self): pass
def mixed(real, *args):
    entries = list(real(*args))
    return shuffled(entries, len(entries))
os.listdir = lambda *args: mixed(listdir, *args)
os.scandir = lambda *args: Entries(mixed(scandir, *args))
runpy.run_module(module, run_name="__main__", alter_sys=True)
"""


def oddly(
    seed: int, umask: str, module: str, *arguments: str, cwd: Path, env: dict[str, str]
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", ODDLY, str(seed), umask, module, *arguments],
        cwd=cwd,
        env={**PLAIN, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", **env},
        capture_output=True,
    )
