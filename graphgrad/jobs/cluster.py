"""Hand jobs to the workers of a Dask scheduler, in the same killable processes as on one machine.

A task is a few jobs. Each worker does them in a `WorkerPool` of its own, which it keeps until the
run is over: so a job's time, memory and end are those of one machine, and no job ends a worker.
Which worker gets what, and what becomes of the tasks of a lost one, is the scheduler's:
https://distributed.dask.org/en/stable/resilience.html. docs/libraries.md says why Dask.
"""

from __future__ import annotations

import logging
import multiprocessing
import time
import uuid
from collections import deque
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from operator import length_hint
from typing import Any, NamedTuple

from graphgrad.errors import GraphgradError, UsageError
from graphgrad.jobs.pool import Make, Outcome, Pool, WorkerPool, default_workers

__all__ = ["ClusterPool", "pool_for"]

_PATIENCE = 15  # seconds until a scheduler answers and has a worker
_LARGEST_TASK = 32  # jobs
_TURNS = 8  # tasks per thread, where there are few jobs
_AHEAD = 4  # tasks per thread that wait at the scheduler
_FORGOTTEN = 600  # seconds after which a worker ends the processes of a run that is quiet


class _Work(NamedTuple):
    """What every task of a run has in common."""

    run: str
    version: str
    make: Make
    setting: Any
    seconds: float


def pool_for(
    make: Make, setting: Any, *, count: int | None, seconds: float, scheduler: str | None = None
) -> Pool:
    """Return what does jobs: processes of this machine, or the workers of a scheduler.

    Args:
        make: as in `WorkerPool`.
        setting: as in `WorkerPool`.
        count: how many processes on this machine; as many as it has processors if None.
        seconds: how long a job may take.
        scheduler: the address of a Dask scheduler, as ``tcp://10.0.0.1:8786``.
    """
    if scheduler is not None:
        return ClusterPool(make, setting, address=scheduler, seconds=seconds)
    return WorkerPool(make, setting, count=count or default_workers(), seconds=seconds)


class ClusterPool:
    """The workers of a Dask scheduler; `WorkerPool` says what its arguments mean."""

    def __init__(self, make: Make, setting: Any, *, address: str, seconds: float) -> None:
        self.address = address
        self.work = _Work(uuid.uuid4().hex, _version(), make, setting, seconds)

    def run(self, jobs: Iterable[Any]) -> Iterator[Outcome]:
        """Yield an outcome per job, as they are done; ``index`` is the job's place.

        Raises:
            UsageError: without the extra, a scheduler, a worker, or the same graphgrad there.
        """
        count = length_hint(jobs)  # 0 of a generator, whose jobs go one by one
        places = enumerate(jobs)
        dask = _distributed()
        client = self._client(dask)
        try:
            threads = sum(client.nthreads().values())
            size = max(1, min(_LARGEST_TASK, count // (threads * _TURNS)))
            tasks = iter(lambda: list(islice(places, size)), [])
            yield from self._done(dask, client, tasks, threads * _AHEAD)
        finally:
            if client.status == "running":
                client.run(_leave, self.work.run, on_error="ignore")
            client.close()

    def _client(self, dask: Any) -> Any:
        try:
            client = dask.Client(self.address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:  # not there, or no address
            raise UsageError(
                "cluster.unreachable", address=self.address, what=str(error)[:200]
            ) from None
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            client.close()
            raise UsageError("cluster.no_workers", address=self.address) from None
        return client

    def _done(
        self, dask: Any, client: Any, tasks: Iterator[list[tuple[int, Any]]], ahead: int
    ) -> Iterator[Outcome]:
        """Keep a few tasks waiting at the scheduler, and yield what comes back."""
        places: dict[str, list[int]] = {}

        def submitted(task: list[tuple[int, Any]]) -> Any:
            future = client.submit(_do, self.work, [job for _, job in task], pure=False)
            places[future.key] = [place for place, _ in task]
            return future

        first = [submitted(task) for task in islice(tasks, ahead)]
        futures = dask.as_completed(first, loop=client.loop)
        for future in futures:
            there = places.pop(future.key)
            for place, outcome in zip(there, self._found(dask, future, len(there)), strict=True):
                yield outcome._replace(index=place)
            futures.update(submitted(task) for task in islice(tasks, 1))

    def _found(self, dask: Any, future: Any, count: int) -> list[Outcome]:
        """Return the outcomes of a task; where it took down worker after worker, all have died."""
        if future.status == "finished":
            found: list[Outcome] = future.result()
            return found
        error = future.exception() if future.status == "error" else None
        if isinstance(error, GraphgradError):
            raise error
        if isinstance(error, dask.KilledWorker):
            return [Outcome(place, None, "died") for place in range(count)]
        if error is None:
            raise UsageError("cluster.lost", address=self.address)
        raise UsageError("cluster.worker", what=f"{type(error).__name__}: {error}"[:200])


def _distributed() -> Any:
    """Return the library, which an extra brings; what it logs is told by our own errors."""
    try:
        dask = import_module("distributed")
    except ImportError:
        raise UsageError("cluster.needs_extra") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    return dask


def _version() -> str:
    try:
        return version("graphgrad")
    except PackageNotFoundError:  # a clone that is not installed
        return "0+clone"


# ---- in a worker of the cluster ----


class _Idle(NamedTuple):
    """The pools of a run that do nothing, and when one was used; there is one per busy thread."""

    used: float
    pools: deque[WorkerPool]


_idle: dict[str, _Idle] = {}


def _do(work: _Work, jobs: list[Any]) -> list[Outcome]:
    """Do the jobs of a task, one after the other, in a process that can be killed."""
    if work.version != _version():
        raise UsageError("cluster.version", here=work.version, there=_version())
    multiprocessing.current_process().daemon = False  # Dask's workers may have no children else
    now = time.monotonic()
    for run in [run for run, idle in _idle.items() if now - idle.used > _FORGOTTEN]:
        _leave(run)  # its program was killed
    pool = _pool(work)
    try:
        return sorted(pool.run(jobs))
    finally:
        pools = _idle[work.run].pools if work.run in _idle else deque()
        pools.append(pool)
        _idle[work.run] = _Idle(time.monotonic(), pools)


def _pool(work: _Work) -> WorkerPool:
    try:
        return _idle[work.run].pools.pop()
    except (KeyError, IndexError):
        return WorkerPool(work.make, work.setting, count=1, seconds=work.seconds, kept=True)


def _leave(run: str) -> None:
    """End the processes that wait for more of a run."""
    pools = _idle.pop(run, _Idle(0, deque())).pools
    while pools:
        pools.pop().close()
