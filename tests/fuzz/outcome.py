"""Try one input on one reader: anything but a result or an error of ours is a finding."""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from graphgrad.errors import GraphgradError
from tests.fuzz.readers import Reader

__all__ = ["Finding", "tried"]

_HANG = 10.0
"""Seconds of the clock, as a multiple of the budget, after which an input is given up."""
MEMORY = 2**30


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


class _Hung(BaseException):
    """Report that the clock ran out; no reader catches it."""


def tried(reader: Reader, data: bytes) -> Finding | None:
    """Read an input; return what is wrong with how it was read, if anything."""
    start, before = time.process_time(), _resident()
    try:
        with _clock(reader.seconds * _HANG):
            reader.read(data)
    except GraphgradError as error:
        with suppress(GraphgradError):
            for language in ("en", "es"):
                error.text(language)
    except _Hung as error:
        return Finding(reader.name, "hang", f"{reader.seconds * _HANG:g} s", _place(error))
    except MemoryError as error:
        return Finding(reader.name, "memory", "MemoryError", _place(error))
    except Exception as error:  # noqa: BLE001 -- the point of the exercise
        what = f"{type(error).__name__}: {error}"[:300]
        return Finding(reader.name, type(error).__name__, what, _place(error))
    seconds, grown = time.process_time() - start, _resident() - before
    if seconds > reader.seconds:
        return Finding(reader.name, "time", f"{seconds:.1f} s", "")
    if grown > MEMORY:
        return Finding(reader.name, "memory", f"{grown // 2**20} MiB", "")
    return None


def _place(error: BaseException) -> str:
    """Return the last line of ours that was running."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "/graphgrad" in f.filename and "/tests/" not in f.filename]
    frame = (ours or frames)[-1]
    return f"{os.path.basename(frame.filename)}:{frame.name}:{frame.lineno}"


@contextmanager
def _clock(seconds: float) -> Iterator[None]:
    """Interrupt what takes too long, where the system can."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: object) -> None:
        raise _Hung

    old = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)


def _resident() -> int:
    """Return the memory of this process in bytes; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0
