"""Stop a command that runs too long: no file that others have written may keep a machine busy.

The bounds on sizes (nodes, entries, digits, terms) are what stops a file first, with the place that
is too large. What each allows can still add up; then the clock stops the command.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator

from graphgrad.errors import LimitError, UsageError

__all__ = ["SECONDS", "VARIABLE", "TimeIsUpError", "stopped_after"]

SECONDS = 300.0
VARIABLE = "GRAPHGRAD_SECONDS"
_AGAIN = 1.0
"""Seconds after which the alarm rings again, if it was lost in the midst of a clean-up."""


class TimeIsUpError(KeyboardInterrupt):
    """Stop all that runs, as Ctrl-C does: nobody mistakes it for a mistake in a file."""


@contextlib.contextmanager
def stopped_after(seconds: float | None) -> Iterator[None]:
    """Stop what runs inside after some seconds, or as many as the environment allows.

    Systems without alarms, and threads beside the main one, are not stopped.

    Raises:
        LimitError: if the time was up.
        UsageError: if the environment holds no number of seconds.
    """
    allowed = _allowed(seconds)
    if not allowed or not _has_alarm():
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    left, again = signal.setitimer(signal.ITIMER_REAL, allowed, _AGAIN)
    try:
        yield
    except TimeIsUpError:
        raise LimitError("limit.time", seconds=f"{allowed:g}", variable=VARIABLE) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, left, again)
        signal.signal(signal.SIGALRM, before)


def _allowed(seconds: float | None) -> float:
    """Return how many seconds a command may run; 0 for any."""
    if seconds is None:
        return 0.0
    said = os.environ.get(VARIABLE, "").strip()
    if not said:
        return seconds
    if not said.isascii() or not said.isdecimal() or len(said) > 9:
        raise UsageError("limit.variable", variable=VARIABLE, got=said)
    return float(said)


def _has_alarm() -> bool:
    here = threading.current_thread() is threading.main_thread()
    return here and hasattr(signal, "setitimer") and not signal.getitimer(signal.ITIMER_REAL)[0]


def _ring(_number: int, _frame: object) -> None:
    raise TimeIsUpError
