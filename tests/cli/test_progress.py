"""The line that says how far a long build is."""

from __future__ import annotations

import io

from generator.cli import progress


class Screen(io.StringIO):
    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def progressed(*, terminal: bool, seconds: float) -> str:
    """What is shown while ten items come in so many seconds."""
    screen, now = Screen(terminal=terminal), iter(range(100))
    words = "{done}/{total}".format
    assert list(progress.shown("abcdefghij", 10, words, screen, lambda: next(now) * seconds / 10)) == list("abcdefghij")
    return screen.getvalue()


def test_progress_is_shown_on_a_terminal_after_a_second_and_wiped_at_the_end() -> None:
    assert progressed(terminal=True, seconds=0.5) == ""
    assert progressed(terminal=False, seconds=50) == ""
    long = progressed(terminal=True, seconds=50)
    assert "1/10" in long
    assert long.endswith("\r\033[K")
