"""Try one input on one reader: anything but a result or an error of ours is a finding.

Time is processor time, memory the highest that an input added: both hold on a busy machine.
"""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from graphgrad.errors import GraphgradError
from tests.fuzz.reader import Reader

__all__ = ["Finding", "Outcome", "measured", "tried"]

_HANG = 3.0
"""Processor seconds, as a multiple of the budget, after which an input is given up."""
_BLOCKED = 300
"""Seconds of the clock after which something waits for what never comes."""
MEMORY = 2**30
NEAR = 0.5
"""The part of a budget beyond which an input is told of, though nothing is wrong with it."""


class Finding(NamedTuple):
    """What an input did that no input may do."""

    reader: str
    kind: str
    what: str
    where: str

    @property
    def key(self) -> str:
        """Return what findings of one cause share."""
        return f"{self.kind} {self.where}"


class Outcome(NamedTuple):
    """What reading an input took, whether it was accepted, and what is wrong, if anything."""

    finding: Finding | None
    seconds: float = 0.0
    memory: int = 0
    accepted: bool = False

    def near(self, reader: Reader) -> str:
        """Return how near an input came to a budget; empty if it kept well below."""
        if self.finding is not None:
            return ""
        if self.seconds > NEAR * reader.seconds:
            return f"{self.seconds:.2f} s of {reader.seconds:g}"
        return f"{self.memory // 2**20} MiB of 1024" if self.memory > NEAR * MEMORY else ""


class _Hung(BaseException):
    """Report that the time is up; no reader catches it."""


def tried(reader: Reader, data: bytes) -> Finding | None:
    """Read an input; return what is wrong with how it was read, if anything."""
    return measured(reader, data).finding


def measured(reader: Reader, data: bytes) -> Outcome:
    """Read an input and measure it; what is near its time gets a second chance, all imported."""
    found = _once(reader, data)
    late = found.finding is not None and found.finding.kind == "time"
    if late or (found.finding is None and found.seconds > NEAR * reader.seconds):
        again = _once(reader, data)
        rest = again.finding is None or again.finding.kind == "time"
        return min(found, again, key=lambda one: one.seconds) if rest else again
    return found


def _once(reader: Reader, data: bytes) -> Outcome:
    before, start = _forget_peak(), time.process_time()
    kind, what, where, accepted = "", "", "", False
    try:
        with _clock(reader.seconds * _HANG):
            reader.read(data)
            accepted = True
    except GraphgradError as error:
        with suppress(GraphgradError):
            for language in ("en", "es"):
                error.text(language)
    except _Hung as error:
        kind, what, where = "hang", f"{reader.seconds * _HANG:g} s", _place(error)
    except MemoryError as error:
        kind, what, where = "memory", "MemoryError", _place(error)
    except Exception as error:  # noqa: BLE001 -- the point of the exercise
        kind, what = type(error).__name__, f"{type(error).__name__}: {error}"[:300]
        where = _place(error)
    seconds, grown = time.process_time() - start, _peak() - before
    if not kind and seconds > reader.seconds:
        kind, what = "time", f"{seconds:.1f} s"
    if not kind and grown > MEMORY:
        kind, what = "memory", f"{grown // 2**20} MiB"
    finding = Finding(reader.name, kind, what, where) if kind else None
    return Outcome(finding, seconds, grown, accepted)


def _place(error: BaseException) -> str:
    """Return the last line of ours that was running."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "/graphgrad" in f.filename and "/tests/" not in f.filename]
    frame = (ours or frames)[-1]
    return f"{os.path.basename(frame.filename)}:{frame.name}:{frame.lineno}"


@contextmanager
def _clock(seconds: float) -> Iterator[None]:
    """Interrupt what takes too much of the processor, or waits, where the system can."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: object) -> None:
        raise _Hung

    timers = ((signal.SIGPROF, signal.ITIMER_PROF, seconds),
              (signal.SIGALRM, signal.ITIMER_REAL, _BLOCKED))  # fmt: skip
    old = [(number, signal.signal(number, ring)) for number, _, _ in timers]
    for _, timer, limit in timers:
        signal.setitimer(timer, limit)
    try:
        yield
    finally:
        for _, timer, _ in timers:
            signal.setitimer(timer, 0)
        for number, handler in old:
            signal.signal(number, handler)


# ---- memory: the system tells how much was held at most ----


def _forget_peak() -> int:
    """Let the highest memory be that of now, and return it; 0 where the system does not tell."""
    with suppress(OSError), open("/proc/self/clear_refs", "w", encoding="ascii") as file:
        file.write("5")
    return _peak()


def _peak() -> int:
    """Return the highest memory since then, in bytes."""
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as file:
            for line in file:
                if line.startswith("VmHWM"):
                    return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    return 0
