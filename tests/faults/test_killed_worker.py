"""A worker that is killed alone, as a system out of memory does, costs its job and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from graphgrad.errors import LimitError
from graphgrad.jobs.pool import WorkerPool
from tests.faults.cases import NEURON, ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")


def killed_by_some(_setting: object) -> Callable[[int], int]:
    def do(job: int) -> int:
        if job % 3 == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return job * job

    return do


def killed_at_first(folder: str) -> Callable[[int], int]:
    mark = Path(folder) / "started"
    if not mark.exists():
        mark.write_text("")
        os.kill(os.getpid(), signal.SIGKILL)
    return lambda job: -job


def killed_always(_setting: object) -> Callable[[int], int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return lambda job: job


def test_the_other_jobs_are_done() -> None:
    found = sorted(WorkerPool(killed_by_some, None, count=2, seconds=60).run(range(7)))
    assert [(one.index, one.result, one.failure) for one in found] == [
        (n, None, "died") if n % 3 == 0 else (n, n * n, "") for n in range(7)
    ]


def test_one_that_is_killed_before_it_is_ready_is_replaced(tmp_path: Path) -> None:
    found = WorkerPool(killed_at_first, str(tmp_path), count=1, seconds=60).run([1, 2])
    assert sorted(one.result for one in found) == [-2, -1]


def test_where_none_gets_ready_it_is_told_in_words() -> None:
    with pytest.raises(LimitError) as told:
        list(WorkerPool(killed_always, None, count=2, seconds=60).run([1]))
    assert told.value.message_id == "limit.stillborn"


def _children(pid: int) -> list[int]:
    """Return the workers among a process's children: those that multiprocessing has spawned."""
    found = []
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text():
            found.append(int(child))
    return found


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are read from /proc")
@pytest.mark.parametrize("delay", [0.0, 0.3, 0.6, 1.0])
def test_a_class_is_marked_although_a_worker_is_killed(delay: float, tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    for number in range(8):
        (tmp_path / "answers" / f"A{number}.txt").write_text("z = 0,25\n", "utf-8")
    words = ["ex", "grade", NEURON, "answers", "--draw", "1", "--workers", "2", "-o", "marks"]
    process = subprocess.Popen(
        [sys.executable, "-m", "graphgrad", *words],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tui'}"},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    killed = _killed_one(process, delay)
    _, stderr = process.communicate(timeout=300)
    assert killed
    assert process.returncode in (0, 1), stderr
    assert "Traceback" not in stderr
    rows = (tmp_path / "marks" / "marks.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == 9  # every file is accounted for, one perhaps as a problem
    assert sum("A" in row for row in rows) >= 8


def _killed_one(process: subprocess.Popen[str], delay: float) -> bool:
    """Kill the first worker some time after it was seen."""
    while process.poll() is None:
        for child in _children(process.pid):
            time.sleep(delay)
            try:
                os.kill(child, signal.SIGKILL)
            except ProcessLookupError:
                return True  # its work was done before
            return True
        time.sleep(0.01)
    return False
