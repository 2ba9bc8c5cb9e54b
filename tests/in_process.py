"""Do the one job of a command in this process: a worker of its own takes half a second to start.

What only a worker does (its time, its memory, its death) is tested with real ones: in modules that
import `limited` themselves, in `tests/faults` and in `tests/jobs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from graphgrad.cli import limited
from graphgrad.jobs.pool import Outcome
from graphgrad.messages.catalogue import language, set_language

__all__ = ["jobs_in_this_process"]


class _Here:
    def __init__(self, make: Any, setting: Any, *, count: int, seconds: float) -> None:
        assert (count, seconds > 0) == (1, True)
        self.do = (make, setting)

    def run(self, jobs: Iterable[Any]) -> Iterator[Outcome]:
        make, setting = self.do
        before = language()
        try:
            for index, job in enumerate(jobs):
                yield Outcome(index, make(setting)(job))
        finally:
            set_language(before)


@pytest.fixture(autouse=True)
def jobs_in_this_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands of these tests work where they are."""
    if hasattr(request.module, "limited"):
        return
    monkeypatch.setattr(limited, "WorkerPool", _Here)
