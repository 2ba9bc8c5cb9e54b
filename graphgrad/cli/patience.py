"""Stop a command that runs too long: no file that others have written may keep a machine busy.

The bounds on sizes (nodes, entries, digits, terms) are what stops a file first, with the place that
is too large. What each allows can still add up; then the clock stops the command.
"""

from __future__ import annotations

import _thread
import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from typing import Any

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

    Where the system has no alarm (Windows) a thread watches the clock and interrupts the main one.
    Threads beside the main one are not stopped, and what stands inside another is stopped by that.

    Raises:
        LimitError: if the time was up.
        UsageError: if the environment holds no number of seconds.
    """
    allowed = _allowed(seconds)
    clock = _alarm if hasattr(signal, "setitimer") else _watched
    if not allowed or threading.current_thread() is not threading.main_thread() or _is_set():
        yield
        return
    try:
        with clock(allowed):
            yield
    except TimeIsUpError:
        raise LimitError("limit.time", seconds=f"{allowed:g}", variable=VARIABLE) from None


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Let the system's alarm ring after some seconds, and again and again."""
    before = signal.getsignal(signal.SIGALRM)
    with _tidied(lambda: signal.setitimer(signal.ITIMER_REAL, 0), signal.SIGALRM, before):
        signal.signal(signal.SIGALRM, _ring)
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
        yield


@contextlib.contextmanager
def _watched(seconds: float) -> Iterator[None]:
    """Let a thread interrupt the main one after some seconds, and again and again.

    What it sends is Ctrl-C, which a handler tells from one that was typed by whether time is up.
    """
    watch = _Watch(seconds)
    with _tidied(watch.end, signal.SIGINT, watch.before):
        _watches.append(watch)
        signal.signal(signal.SIGINT, watch.interrupted)
        watch.thread.start()
        yield


@contextlib.contextmanager
def _tidied(stop: Callable[[], object], number: int, before: Any) -> Iterator[None]:
    """Stop a clock and put a handler back, whenever it rings.

    It may ring in the first line of what tidies up, and skip it; so that is tried twice. The next
    ring is a second away.
    """
    try:
        try:
            yield
        finally:
            stop()
    finally:
        stop()
        signal.signal(number, before)


class _Watch:
    """A thread that looks at the clock."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.before = signal.getsignal(signal.SIGINT)
        self.rung = False
        self.ended = threading.Event()
        self.lock = threading.Lock()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        wait = self.seconds
        while not self.ended.wait(wait):
            wait = _AGAIN
            with self.lock:
                if not self.ended.is_set():
                    self.rung = True
                    _thread.interrupt_main()

    def end(self) -> None:
        """Let the thread end; whatever it has sent arrives before this returns."""
        with self.lock:
            self.ended.set()
        if self in _watches:
            _watches.remove(self)

    def interrupted(self, number: int, frame: object) -> None:
        """Raise what was sent: the time is up, or somebody typed Ctrl-C."""
        if self.ended.is_set():
            return
        if self.rung:
            raise TimeIsUpError
        if self.before == signal.SIG_IGN:
            return
        signal.default_int_handler(number, frame)  # type: ignore[arg-type]


_watches: list[_Watch] = []


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


def _is_set() -> bool:
    """Tell whether a clock runs already."""
    alarm: Callable[[int], tuple[float, float]] | None = getattr(signal, "getitimer", None)
    return bool(_watches) or (alarm is not None and alarm(signal.ITIMER_REAL)[0] > 0)


def _ring(_number: int, _frame: object) -> None:
    raise TimeIsUpError
