"""Run a command's work in a worker process that can be killed when it takes too long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from graphgrad.errors import GraphgradError, LimitError
from graphgrad.exercises.classroom.workers import Broken, WorkerPool
from graphgrad.messages.catalogue import language, set_language

__all__ = ["BrokenWorkError", "Done", "limited"]


class BrokenWorkError(Exception):
    """A mistake of graphgrad's own in a worker process."""

    def __init__(self, broken: Broken) -> None:
        super().__init__(broken.what)
        self.broken = broken


class Done(NamedTuple):
    """What a command writes, its exit status, and whether something stayed undecided."""

    text: str
    status: int
    undecided: bool = False


def limited(work: Callable[[Any], Done], job: Any, seconds: float) -> Done:
    """Return what a module-level function makes of a job, within a number of seconds.

    Args:
        work: done in a process of its own, whose memory is bounded.
        job: its argument; pickled.
        seconds: after which the process is killed.

    Raises:
        LimitError: if it took too long, or too much memory.
        BrokenWorkError: if the work raised what it should not.
        GraphgradError: what the work raised.
    """
    pool = WorkerPool(_guarded, (work, language()), count=1, seconds=seconds)
    (outcome,) = pool.run([job])
    if outcome.failure == "time":
        raise LimitError("limit.seconds", seconds=f"{seconds:g}")
    if outcome.failure == "own":
        raise BrokenWorkError(outcome.result)
    if outcome.failure:
        raise LimitError("limit.died")
    if isinstance(outcome.result, GraphgradError):
        raise outcome.result
    done: Done = outcome.result
    return done


def _guarded(setting: tuple[Callable[[Any], Done], str]) -> Callable[[Any], Done | GraphgradError]:
    """Return the work with its errors as results; runs in the worker."""
    work, lang = setting
    set_language(lang)

    def do(job: Any) -> Done | GraphgradError:
        try:
            return work(job)
        except GraphgradError as error:
            return error

    return do
