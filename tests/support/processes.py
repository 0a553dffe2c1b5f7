"""Other Python processes, and one that holds a lock."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .paths import ROOT

HOLD = "import sys; from pathlib import Path; from generator.lock import held\n" + (
    "with held(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
)


@contextmanager
def started(*arguments: str, cwd: Path = ROOT) -> Iterator[subprocess.Popen[str]]:
    """A Python process that does not outlive the block."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, *arguments], cwd=cwd, stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8"
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def another_run(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock until its standard input ends."""
    with started("-c", HOLD, str(path)) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
