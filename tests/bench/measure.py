"""What a command takes: wall time, processor time and memory of it and everything that it starts."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ENVIRONMENT: Final = {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
TAIL: Final = 1500
"""Characters of a failed command's output that its error shows."""


class FailedError(Exception):
    """A command that did not do what it should; the message says why."""


@dataclass(frozen=True)
class Command:
    """A command and the folder that it runs in."""

    arguments: Sequence[str | Path]
    folder: Path
    environment: Mapping[str, str] | None = None

    def start(self, log: Path) -> subprocess.Popen[bytes]:
        """Start it as the head of a process group of its own; what it says goes to `log`."""
        with log.open("wb") as output:
            return subprocess.Popen(
                self.arguments,
                cwd=self.folder,
                env={**os.environ, **ENVIRONMENT, **(self.environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )


@dataclass(frozen=True)
class Usage:
    """Seconds on the clock, seconds of processors, and MB of memory of the largest process at its peak."""

    wall: float
    cpu: float
    memory: float

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.wall + other.wall, self.cpu + other.cpu, max(self.memory, other.memory))


def run(command: Command, log: Path, limit: float) -> Usage:
    """Run it to its end. Raises `FailedError` when it fails or takes more than `limit` seconds."""
    late = threading.Event()
    started = time.perf_counter()
    process = command.start(log)

    def stop() -> None:
        late.set()
        os.killpg(process.pid, signal.SIGKILL)

    timer = threading.Timer(limit, stop)
    timer.start()
    try:
        _, status, used = os.wait4(process.pid, 0)
    except BaseException:  # stopped by hand: nothing goes on behind it
        os.killpg(process.pid, signal.SIGKILL)
        raise
    finally:
        timer.cancel()
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)  # so that Popen does not wait for it again
    if late.is_set():
        raise FailedError(f"more than {limit:.0f} s")
    if process.returncode:
        said = log.read_text(encoding="utf-8", errors="replace")[-TAIL:]
        raise FailedError(f"exit status {process.returncode}: {said}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Usage(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def cpu_of_group(head: int) -> float:
    """Seconds of processors that a process group has used so far; 0 where the system does not say (only Linux does)."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if int(fields[2]) == head:
                ticks += sum(map(int, fields[11:15]))  # its own time and that of children that have ended
    return ticks / os.sysconf("SC_CLK_TCK")


def cpu_of_all() -> float:
    """Seconds of processors that the whole machine has worked so far; 0 where it does not say (only Linux does)."""
    stat = Path("/proc/stat")
    if not stat.exists():
        return 0.0
    user, nice, system, _idle, _waiting, *interrupts = map(
        int, stat.read_text(encoding="utf-8").split("\n")[0].split()[1:]
    )
    return (user + nice + system + sum(interrupts[:2])) / os.sysconf("SC_CLK_TCK")


def machine() -> dict[str, str]:
    """What the figures were measured on, in words."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": platform.system(),
        "python": platform.python_version(),
    }


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
