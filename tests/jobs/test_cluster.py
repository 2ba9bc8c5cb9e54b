"""A cluster does what one machine does: the same bytes, whatever happens to its workers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from graphgrad.cli.program import program
from graphgrad.errors import UsageError
from graphgrad.exercises.classroom.class_files import feedback_zip, marks_csv
from graphgrad.exercises.classroom.class_marks import mark_class
from graphgrad.exercises.classroom.submissions import Submission
from graphgrad.exercises.files.read_exercise import load_exercise
from graphgrad.exercises.files.spelling import key_text
from graphgrad.exercises.files.variants import Family
from graphgrad.jobs.cluster import ClusterPool
from graphgrad.jobs.pool import Outcome

NEURON = Path(__file__).parents[2] / "samples" / "exercises" / "sigmoid_neuron.md"
DATA = str(NEURON.parents[1] / "xor_sigmoid_data.gg")
TREE = os.pathsep.join(str(Path(__file__).parents[2] / name) for name in ("", "tui"))


class Cluster(NamedTuple):
    """A scheduler and two workers; nobody starts a lost worker again."""

    address: str
    workers: list[subprocess.Popen[bytes]]


def _started(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": TREE}
    with (folder / f"{words[0]}.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *words, "--no-dashboard"],
            stdout=log, stderr=log, env=environment, cwd=folder,
        )  # fmt: skip


@contextmanager
def _cluster(folder: Path) -> Iterator[Cluster]:
    pytest.importorskip(
        "distributed", reason="a cluster needs the extra: pip install 'graphgrad[cluster]'"
    )
    told = folder / "scheduler.json"
    words = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told))
    started = [_started(folder, "scheduler", *words)]
    deadline = time.monotonic() + 60
    while not told.exists() or not told.read_text("utf-8").endswith("}"):
        assert time.monotonic() < deadline, (folder / "scheduler.log").read_text("utf-8")
        time.sleep(0.1)
    address = json.loads(told.read_text("utf-8"))["address"]
    once = ("--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
    workers = [_started(folder, "worker", address, *once) for _ in range(2)]
    try:
        yield Cluster(address, workers)
    finally:
        for process in [*workers, *started]:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with _cluster(tmp_path_factory.mktemp("cluster")) as found:
        yield found


def submissions(count: int) -> list[Submission]:
    """Return hand-ins, one in three with a mistake, and a few that are no text at all."""
    family = Family(load_exercise(NEURON))
    steps = family.exercise.steps
    variants = [family.variant(draw) for draw in range(1, 9)]
    keys = [
        {step.id: key_text(family.exercise, step, variant.truth[step.id]) for step in steps}
        for variant in variants
    ]
    found = []
    for number in range(count):
        answers = dict(keys[number % 8])
        if number % 3 == 0:
            name = steps[number % len(steps)].id
            answers[name] = f"-{answers[name]}".replace("--", "")
        lines = (f"{name} = {value}" for name, value in answers.items())
        data = "\n".join([f"variant: {number % 8 + 1}", *lines]).encode()
        if number % 50 == 7:
            data = bytes(range(256))
        found.append(Submission(f"s{number:05}.txt", "", f"s{number:05}", data=data))
    return found


def _marked_while_one_is_killed(cluster: Cluster, count: int) -> None:
    """Mark a class here and on the cluster, where one worker is killed in the middle."""
    family, files = Family(load_exercise(NEURON)), submissions(count)
    seen: list[int] = []

    def killing(done: int, total: int) -> None:
        if done == total // 2:
            cluster.workers[0].send_signal(signal.SIGKILL)
            cluster.workers[0].wait()
        seen.append(done)
        assert total == count

    start = time.perf_counter()
    far = mark_class(family, files, scheduler=cluster.address, progress=killing)
    between = time.perf_counter()
    near = mark_class(family, files, workers=2)
    sys.stderr.write(
        f"{count} files: cluster {between - start:.1f} s (one worker from the middle on), "
        f"here {time.perf_counter() - between:.1f} s\n"
    )
    assert cluster.workers[0].returncode == -signal.SIGKILL
    assert seen == list(range(1, count + 1))
    assert [entry.submission for entry in far.entries] == files
    assert marks_csv(far) == marks_csv(near)
    assert far == near
    assert feedback_zip(far) == feedback_zip(near)


def test_a_class_comes_to_the_same_bytes_though_a_worker_is_killed(tmp_path: Path) -> None:
    with _cluster(tmp_path) as cluster:
        _marked_while_one_is_killed(cluster, 96)


@pytest.mark.slow
def test_20_000_files_come_to_the_same_bytes_though_a_worker_is_killed(tmp_path: Path) -> None:
    with _cluster(tmp_path) as cluster:
        _marked_while_one_is_killed(cluster, 20_000)


def make_job(setting: str) -> Callable[[str], str]:
    def do(job: str) -> str:
        if job == "hang":
            time.sleep(600)
        if job == "die":
            os._exit(9)
        if job == "fall":
            raise KeyError(job)
        return f"{setting} {job}"

    return do


def test_a_job_that_hangs_or_dies_costs_that_job_only(cluster: Cluster) -> None:
    jobs = ["a", "hang", "b", "die", "c", "fall", *"defghijklm"]
    pool = ClusterPool(make_job, "did", address=cluster.address, seconds=1.0)
    found = sorted(pool.run(jobs))
    assert [outcome.index for outcome in found] == list(range(len(jobs)))
    failed = {jobs[o.index]: o.failure for o in found if o.failure}
    assert failed == {"hang": "time", "die": "died", "fall": "own"}
    assert found[5].result.kind == "KeyError"
    fine = [o for o in found if not o.failure]
    assert fine == [Outcome(o.index, f"did {jobs[o.index]}") for o in fine]
    assert [worker.poll() for worker in cluster.workers] == [None, None]


def ran(*words: str) -> Any:
    return CliRunner().invoke(program, list(words))


def test_a_sweep_prints_the_same_table_and_tells_the_same_errors(cluster: Cluster) -> None:
    there = ("--scheduler", cluster.address)
    words = ["sweep", DATA, "rate=0.5,1", "draw=1:4", "epochs=2", "--show", "train.loss", "--csv"]
    here = ran(*words)
    assert here.exit_code == 0, here.stderr
    assert ran(*words, *there).stdout == here.stdout
    for bad in (["nothing=1,2"], ["rate=1,2", "--show", "train.nothing"]):
        here, far = ran("sweep", DATA, *bad), ran("sweep", DATA, *bad, *there)
        assert (far.exit_code, far.stderr) == (here.exit_code, here.stderr)
        assert far.exit_code == 2


def test_no_scheduler_and_no_library_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = ran("sweep", DATA, "rate=1,2", "--scheduler", "tcp://127.0.0.1:1", "--lang", "es")
    assert result.exit_code == 2
    assert "pip install 'graphgrad[cluster]'" in result.stderr
    result = ran("ex", "grade", str(NEURON), ".", "--scheduler", "a:1", "--workers", "2")
    assert result.exit_code == 2
    assert "--workers" in result.stderr


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "no address", "http://127.0.0.1:1"])
def test_an_address_where_nobody_is(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip(
        "distributed", reason="a cluster needs the extra: pip install 'graphgrad[cluster]'"
    )
    monkeypatch.setattr("graphgrad.jobs.cluster._PATIENCE", 0.5)
    pool = ClusterPool(make_job, "", address=address, seconds=1.0)
    with pytest.raises(UsageError) as caught:
        list(pool.run(["a"]))
    assert caught.value.message_id == "cluster.unreachable"
