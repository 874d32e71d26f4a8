"""What breaks off a test that would go on for ever, whatever the machine's speed."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

FOR_EVER = 400.0  # seconds of this process's own time: a hundred times what any of these takes on a slow machine


class GoesOnForEverError(AssertionError):
    """Something took so long that it would not have ended."""


@contextmanager
def ends(within: float = FOR_EVER) -> Iterator[None]:
    """Fail where what stands within would go on for ever.

    Not a measure of speed, and nothing that a busy machine could bring about: the seconds are this process's own, and so many
    that only what grows with the square of a hostile text comes to them.
    """

    def break_off(number: int, frame: FrameType | None) -> None:
        raise GoesOnForEverError(f"not at an end after {within:g} seconds of processor time")

    before = signal.signal(signal.SIGVTALRM, break_off)
    signal.setitimer(signal.ITIMER_VIRTUAL, within)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def count_calls(work: Callable[[], object]) -> int:
    """Return how many calls some work makes, of Python's functions and of built-in ones: the same on every machine."""
    calls = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        if event in ("call", "c_call"):
            calls += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls
