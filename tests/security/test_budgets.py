"""Every budget is exceeded once: the work stops, and what is said is what the table says."""

from __future__ import annotations

import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphgrad.cli.patience import SECONDS, VARIABLE
from graphgrad.cli.program import COMMANDS, program
from graphgrad.errors import GraphgradError, LimitError
from tests.architecture import measure
from tests.security.budgets import _LINE, BUDGETS, Budget

UNBOUNDED = {"step", "serve", "lsp", "check", "check-notes", "ex enter", "ex grade"}
LONG = {"train", "sweep"}


@pytest.mark.parametrize("budget", BUDGETS, ids=lambda budget: budget.message)
def test_what_exceeds_a_budget_is_stopped_and_told(budget: Budget, tmp_path: Path) -> None:
    with pytest.raises(GraphgradError) as caught:
        budget.exceed(tmp_path)
    error = caught.value
    assert error.message_id == budget.message, error.text("en")[:300]
    if budget.message not in ("trace.unreadable", "scene.bad_latex"):
        assert isinstance(error, LimitError)
        assert error.exit_status == 6
    for language in ("en", "es"):
        assert len(error.text(language)) < 2_000


def bounded_commands() -> list[tuple[str, float | None]]:
    found = []
    for word in COMMANDS:
        command = program.get_command(None, word)  # type: ignore[arg-type]
        table = getattr(command, "table", None)
        if table is None:
            found.append((word, command.seconds))
            continue
        for inner in table:
            found.append((f"{word} {inner}", command.get_command(None, inner).seconds))
    return found


@pytest.mark.parametrize(("name", "seconds"), bounded_commands())
def test_every_command_has_a_budget_of_time(name: str, seconds: float | None) -> None:
    expected = None if name in UNBOUNDED else 3_600 if name in LONG else SECONDS
    assert seconds == expected


def command(folder: Path, *words: str, **variables: str) -> tuple[int, str, int]:
    """Run a command; return its status, what it says, and its largest memory in KB."""
    environment = {
        **os.environ,
        "PYTHONPATH": f"{measure.ROOT}{os.pathsep}{measure.ROOT / 'tui'}",
        "GRAPHGRAD_LANG": "en",
        **variables,
    }
    code = (
        "import resource, sys\nfrom graphgrad.cli.program import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "finally:\n    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "    print('\\nused', used, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    told, _, used = done.stderr.rpartition("\nused ")
    return done.returncode, told, int(used)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no alarms")
@pytest.mark.parametrize(
    "words", [["train", "a.gg", "--steps", "1000000"], ["run", "b.gg"], ["render", "b.gg"]]
)
def test_the_clock_stops_a_command_with_status_6_and_no_file(
    words: list[str], tmp_path: Path
) -> None:
    (tmp_path / "a.gg").write_text("input x = 3\nparam w = 1\nloss L = (w*x - 1)^2\n", "utf-8")
    lines = "\n".join(f"x{i} = x{i - 1} + 1" for i in range(1, 300_000))
    (tmp_path / "b.gg").write_text(f"input x0 = 1\n{lines}\n", "utf-8")
    words = [*words, "-o", "o.svg"] if words[0] == "render" else words
    status, told, _ = command(tmp_path, *words, **{VARIABLE: "2"})
    assert status == 6, told
    assert told.splitlines()[-1].startswith("error: it took longer than 2 seconds")
    assert VARIABLE in told
    assert {path.name for path in tmp_path.iterdir()} == {"a.gg", "b.gg"}


def test_the_variable_is_checked(tmp_path: Path) -> None:
    for wrong in ("x", "-1", "1.5", "1" * 20):
        status, told, _ = command(tmp_path, "samples", **{VARIABLE: wrong})
        assert (status, VARIABLE in told) == (2, True), told
    assert command(tmp_path, "samples", **{VARIABLE: "0"})[0] == 0


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="memory is told otherwise")
@pytest.mark.parametrize(
    "text",
    [
        "input x: 2200x2200 = normal(draw=1)\nloss L = sum(x)",
        "input x: 1800x1800 = normal(draw=1)\ny = tanh(x)*x\nloss L = sum(y)",
        "param x: 1000x1000 = normal(draw=1)\na = softmax(tanh(x@x))\nloss L = sum(a@x)",
        "input x: 1000000 = normal(draw=1)\nloss L = logsumexp(x^2)",
        "input x = 1\ny = broadcast(x, shape=3000x3000)\nloss L = sum(y)",
    ],
)
@pytest.mark.parametrize("words", [["run"], ["explain"], ["render"], ["gradcheck"]])
def test_the_largest_arrays_take_less_than_a_gibibyte(
    words: list[str], text: str, tmp_path: Path
) -> None:
    (tmp_path / "a.gg").write_text(text + "\n", "utf-8")
    further = {"explain": ["x"], "render": ["-o", "o.svg"]}.get(words[0], [])
    status, told, used = command(tmp_path, *words, "a.gg", *further)
    assert status in (0, 2, 6), told
    assert used < 2**20, f"{used} KB"


def test_a_machine_too_busy_to_start_a_process_is_no_mistake_of_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from graphgrad.jobs import pool as workers
    from tests.security.budgets import _never_ends

    monkeypatch.setattr(workers, "_START_UP", 0.0)
    pool = workers.WorkerPool(_never_ends, None, count=1, seconds=5)
    with pytest.raises(LimitError) as caught:
        list(pool.run([None]))
    assert caught.value.message_id == "limit.start"


def peak(call: Callable[[], object]) -> float:
    """Return the most memory in MB that is held while something runs, above what was held."""
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()


def test_a_training_keeps_no_point_but_the_first_and_the_last() -> None:
    """Kept were all of them, and while a rate was looked for too: 15 GB for a line of text."""
    from graphgrad.layers.training.log import Run, kept
    from graphgrad.layers.training.loop import Training, rated
    from graphgrad.layers.training.objective import Objective
    from graphgrad.layers.training.recipe import plain_plan
    from graphgrad.source.gg import read_gg

    objective = Objective(read_gg("param v: 200x200 = ones()\nloss L = sum(v^2)"))
    array = 200 * 200 * 8 / 2**20
    plan = rated(objective, plain_plan(steps=40))
    assert peak(lambda: rated(objective, plain_plan(steps=40))) < 12 * array
    assert peak(lambda: kept(Training(objective, plan).run(), Run())) < 12 * array


def test_train_shows_its_table_without_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from graphgrad.layers.training.log import Run

    runs: list[Run] = []
    add = Run.add
    monkeypatch.setattr(Run, "add", lambda run, found: runs.append(run) or add(run, found))
    (tmp_path / "a.gg").write_text(_LINE, "utf-8")
    for words, keeps in ((["--steps", "3"], False), (["--steps", "3", "--json"], True)):
        found = CliRunner().invoke(program, ["train", str(tmp_path / "a.gg"), *words])
        assert found.exit_code == 0, found.output
        assert (runs[-1].points is not None) == keeps


def test_a_large_pass_asks_nothing_and_is_not_copied() -> None:
    from graphgrad.autodiff.record import record
    from graphgrad.exercises.judging.page_questions import page_questions
    from graphgrad.source.gg import read_gg

    trace = record(read_gg("param v: 500x500 = ones()\nloss L = sum(v)"))
    page_questions(record(read_gg("param v = 1\nloss L = v")))
    assert peak(lambda: page_questions(trace)) < 0.2


def test_the_slope_of_layers_that_are_alike_is_looked_for_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from graphgrad.source.gg import read_gg
    from graphgrad.views.lenses.advice import advice
    from graphgrad.views.lenses.networks import units

    found: list[object] = []
    slope = units.largest_slope
    monkeypatch.setattr(units, "largest_slope", lambda *a: found.append(a) or slope(*a))
    lines = [f"x{i} = {'sin' if i % 2 else 'tanh'}(x{i - 1})" for i in range(1, 40)]
    advice(read_gg("\n".join(["param x0 = 1", *lines, "loss L = x39"])))
    assert len(found) == 2
