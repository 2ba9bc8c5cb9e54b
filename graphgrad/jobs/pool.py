"""Run jobs in worker processes that can be killed: one bad job never stops the rest.

Workers are spawned, not forked, so that the same happens on every system; a job that takes too
long, or brings its worker down, costs that worker only.
"""

from __future__ import annotations

import multiprocessing
import os
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple, Protocol

from graphgrad.errors import GraphgradError, LimitError

__all__ = [
    "Broken",
    "BrokenWorkError",
    "Make",
    "Outcome",
    "Pool",
    "WorkerPool",
    "default_workers",
    "result_of",
]

_START_UP = 120.0
_MEMORY = 4 * 2**30
_MOST_WORKERS = 16
_MOST_STILLBORN = 3
"""How many workers may be killed from outside before they are ready, by a system out of memory."""

Make = Callable[[Any], Callable[[Any], Any]]
"""A module-level function: of a setting it makes the function that does a job."""


class Outcome(NamedTuple):
    """What became of a job: its result, or why there is none.

    The reasons are ``time``, ``memory``, ``died`` (its process ended) and ``own``: an exception
    that the job did not expect, which is then the result, as a `Broken`.
    """

    index: int  # type: ignore[assignment]  # hides tuple.index, which no one needs here
    result: Any
    failure: str = ""


class Broken(NamedTuple):
    """An exception of a job, by the words that survive the way between processes."""

    kind: str
    what: str
    where: str


class BrokenWorkError(Exception):
    """A mistake of graphgrad's own in a worker process."""

    def __init__(self, broken: Broken) -> None:
        super().__init__(broken.what)
        self.broken = broken


def result_of(outcome: Outcome, seconds: float) -> Any:
    """Return the result of a job without which the rest is of no use.

    Args:
        outcome: what became of it; its function returns its `GraphgradError`.
        seconds: how long it could take.

    Raises:
        LimitError: if it took too long, or too much memory.
        BrokenWorkError: if it raised what it should not.
        GraphgradError: what it returned as one.
    """
    if outcome.failure == "time":
        raise LimitError("limit.seconds", seconds=f"{seconds:g}")
    if outcome.failure == "own":
        raise BrokenWorkError(outcome.result)
    if outcome.failure:
        raise LimitError("limit.died")
    if isinstance(outcome.result, GraphgradError):
        raise outcome.result
    return outcome.result


class Pool(Protocol):
    """What does jobs: the processes of this machine, or those of a cluster."""

    def run(self, jobs: Iterable[Any]) -> Iterator[Outcome]:
        """Yield an outcome per job, as they are done; ``index`` is the job's place."""


@dataclass(eq=False)
class _Worker:
    process: BaseProcess
    pipe: Connection
    job: int | None = None
    deadline: float = 0.0
    ready: bool = False


def default_workers() -> int:
    """Return how many workers this machine can keep busy."""
    return max(1, min(_MOST_WORKERS, os.cpu_count() or 1))


class WorkerPool:
    """A few worker processes.

    Args:
        make: a module-level function called once in each worker with ``setting``; returns the
            function that does a job.
        setting: what it is given; pickled.
        count: how many workers.
        seconds: how long a job may take.
        kept: whether they wait for the next run, until the pool is closed.
    """

    def __init__(
        self, make: Make, setting: Any, *, count: int, seconds: float, kept: bool = False
    ) -> None:
        self.make = make
        self.setting = setting
        self.count = count
        self.seconds = seconds
        self.stillborn = 0
        self.context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self.kept = kept

    def close(self) -> None:
        """End all processes."""
        self._left(self._workers)

    def run(self, jobs: Iterable[Any]) -> Iterator[Outcome]:
        """Yield an outcome per job, as they are done; ``index`` is the job's place."""
        waiting = deque(enumerate(jobs))
        contents = dict(waiting)
        workers = self._workers
        workers += [self._hired() for _ in range(min(self.count, len(waiting)) - len(workers))]
        left = len(contents)
        try:
            while left:
                for outcome in self._turn(workers, waiting):
                    left -= 1
                    yield outcome
        finally:
            self._left([w for w in workers if w.job is not None or not self.kept])

    def _left(self, leaving: list[_Worker]) -> None:
        for worker in leaving:
            _dismiss(worker)
        self._workers = [worker for worker in self._workers if worker not in leaving]

    def _turn(self, workers: list[_Worker], waiting: deque[tuple[int, Any]]) -> Iterator[Outcome]:
        """Wait for something to happen, then deal with it."""
        now = time.monotonic()
        patience = min((w.deadline - now for w in workers if w.deadline), default=1.0)
        handles = [worker.pipe for worker in workers]
        happened = wait(handles, timeout=max(0.0, min(patience, 1.0)))
        for place, worker in enumerate(workers):
            failure = ""
            if worker.pipe in happened:
                message = _received(worker)
                if message is None:
                    failure = "died"
                elif worker.job is not None:
                    yield _outcome(worker.job, message[0])
                    worker.job = None
            elif worker.deadline and time.monotonic() > worker.deadline:
                failure = "time"
            if failure:
                if worker.job is None and not worker.ready:
                    if failure == "time":  # the machine has other work
                        raise LimitError("limit.start", seconds=f"{_START_UP:g}")
                    self.stillborn += 1
                    if self.stillborn >= _MOST_STILLBORN:  # one that cannot start never will
                        raise LimitError("limit.stillborn", count=self.stillborn)
                _dismiss(worker)
                if worker.job is not None:
                    yield Outcome(worker.job, None, failure)
                workers[place] = self._hired()
            elif worker.pipe in happened:
                worker.ready, worker.deadline = True, 0.0
            current = workers[place]
            if current.ready and current.job is None and waiting:
                self._give(current, *waiting.popleft())

    def _give(self, worker: _Worker, index: int, job: Any) -> None:
        worker.job = index
        worker.deadline = time.monotonic() + self.seconds
        try:
            worker.pipe.send(job)
        except (BrokenPipeError, OSError):  # seen as died on the next turn
            worker.deadline = time.monotonic()

    def _hired(self) -> _Worker:
        here, there = self.context.Pipe()
        process = self.context.Process(
            target=_work, args=(there, self.make, self.setting), daemon=True
        )
        process.start()
        there.close()
        return _Worker(process, here, deadline=time.monotonic() + _START_UP)


def _outcome(job: int, result: Any) -> Outcome:
    if not isinstance(result, Broken):
        return Outcome(job, result)
    if result.kind == "MemoryError":
        return Outcome(job, None, "memory")
    return Outcome(job, result, "own")


def _received(worker: _Worker) -> tuple[Any] | None:
    """Return a worker's message, None if it has gone."""
    try:
        return (worker.pipe.recv(),)
    except (EOFError, OSError):
        return None


def _dismiss(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()
    worker.process.close()


def _work(pipe: Connection, make: Make, setting: Any) -> None:
    """Do jobs until the pipe closes; runs in the worker."""
    _bound_memory()
    do = make(setting)
    pipe.send(None)
    while True:
        try:
            job = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            result = do(job)
        except MemoryError:
            result = Broken("MemoryError", "", "")
        except Exception as error:  # noqa: BLE001 -- told as what it is, not as want of memory
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{os.path.basename(frame.filename)}:{frame.lineno}"
            result = Broken(type(error).__name__, str(error), where)
        pipe.send(result)


def _bound_memory() -> None:
    """Bound the worker's memory where the system can."""
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    except (ImportError, OSError, ValueError):  # not on this system
        return
