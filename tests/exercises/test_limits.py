"""A whole file is marked within a limit that holds; sympy is asked last and never overrules."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from graphgrad.cli.limited import Done, limited
from graphgrad.cli.program import program
from graphgrad.errors import LimitError, SourceError
from graphgrad.exercises.deciding.sympy_opinion import asked_of_sympy
from graphgrad.exercises.reading.equivalence import equivalent
from graphgrad.jobs.pool import WorkerPool

BEYOND = ("sin(26x)", "2sin(13x)cos(13x)")


def sleeps(seconds: float) -> Done:
    time.sleep(seconds)
    return Done("slept", 0)


def fails(_: object) -> Done:
    raise SourceError("answer.no_equals")


def falls(_: object) -> Done:
    raise RecursionError


def test_work_that_takes_too_long_is_killed():
    with pytest.raises(LimitError) as caught:
        limited(sleeps, 600.0, seconds=0.3)
    assert caught.value.exit_status == 6
    assert "--seconds" in caught.value.text("es")


def test_work_in_time_comes_back_with_its_errors():
    assert limited(sleeps, 0.0, seconds=60) == Done("slept", 0)
    with pytest.raises(SourceError):
        limited(fails, None, seconds=60)


@pytest.mark.parametrize("command", ["check", pytest.param("check-notes", marks=pytest.mark.slow)])
def test_a_file_that_takes_too_long_exits_with_6(tmp_path, command):
    hard = " + ".join(f"|x-{k}/31|" for k in range(6))
    lines = [f"{hard} + tanh(x) = 2σ(2x) - 1 + {hard} + x/{k + 7}" for k in range(1_500)]
    exercise, sheet = tmp_path / "e.gg", tmp_path / "s.md"
    exercise.write_text("input x = 2\nz = x^2\n", encoding="utf-8")
    sheet.write_text("```claim\n" + "\n".join(lines) + "\n```\n", encoding="utf-8")
    first = [str(exercise)] if command == "check" else []
    result = CliRunner().invoke(program, [command, *first, str(sheet), "--seconds", "1"])
    assert result.exit_code == 6
    assert not isinstance(result.exception, Exception) or isinstance(result.exception, SystemExit)


def test_sympy_is_asked_only_where_it_is_switched_on_and_is_named():
    assert equivalent(*BEYOND).status == "undecided"
    with asked_of_sympy():
        found = equivalent(*BEYOND)
        assert (found.status, found.method) == ("equal", "sympy")
        assert equivalent("sin(26x)", "2sin(13x)cos(13x) + 10^-30").status == "different"
        assert equivalent("x^2", "x*x").method != "sympy"


def test_the_command_says_that_sympy_proved_it(tmp_path):
    exercise, sheet = tmp_path / "e.gg", tmp_path / "s.txt"
    exercise.write_text("input x = 2\ny = sin(26*x)\n", encoding="utf-8")
    sheet.write_text("y = 2sin(13x)cos(13x)\n", encoding="utf-8")
    result = CliRunner().invoke(program, ["check", str(exercise), str(sheet), "--lang", "en"])
    assert result.exit_code == 0, result.output
    assert "sympy" in result.output


def hoards(size: int) -> Done:
    return Done(str(len(bytearray(size))), 0)


def test_work_that_wants_too_much_memory_is_stopped_with_its_own_error(capfd):
    with pytest.raises(LimitError) as caught:
        limited(hoards, 8 * 2**30, seconds=60)
    assert (caught.value.message_id, caught.value.exit_status) == ("limit.died", 6)
    assert "memoria" in caught.value.text("es")
    assert "Traceback" not in capfd.readouterr().err


def hoards_or_not(_: object) -> Callable[[int], int]:
    return lambda size: len(bytearray(size))


def test_of_many_jobs_one_that_wants_too_much_memory_stops_alone():
    pool = WorkerPool(hoards_or_not, None, count=2, seconds=60)
    outcomes = sorted(pool.run([10, 8 * 2**30, 20, 30]), key=lambda o: o[0])
    assert [(o.result, o.failure) for o in outcomes] == [
        (10, ""), (None, "memory"), (20, ""), (30, ""),
    ]  # fmt: skip
