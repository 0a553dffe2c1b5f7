"""Bounds on processor time that hold on a slow machine, and on a busy one."""

from __future__ import annotations

import time
from typing import Final

YARDSTICK: Final = 0.045
"""Seconds that `_yardstick` took where the bounds of the tests were set."""


def soon(spent: float, seconds: float) -> bool:
    """Whether `spent` is within `seconds` of processor time, or more on a slower machine than they were set on.

    What takes longer is held against the yardstick at once, so that a slow day stretches both: what fails is work
    that has grown.
    """
    return spent < seconds or spent < seconds * 1.5 * min(_yardstick() for _ in range(3)) / YARDSTICK


def _yardstick() -> float:
    started = time.process_time()
    sum(number * number for number in range(1_000_000))
    return time.process_time() - started
