"""Run a command's work in a worker process that can be killed when it takes too long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from graphgrad.errors import GraphgradError
from graphgrad.jobs.pool import WorkerPool, result_of
from graphgrad.messages.catalogue import language, set_language

__all__ = ["Done", "limited"]


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
    done: Done = result_of(outcome, seconds)
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
