"""Check through files what the engine refuses, reads and says: counted from 1, status 3, notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphgrad.cli.limited import Done, limited
from graphgrad.cli.program import main
from graphgrad.errors import LimitError
from graphgrad.jobs.pool import BrokenWorkError
from graphgrad.source.gg import read_gg
from graphgrad.trace.saved import trace_from_json, trace_to_json
from tests.cli.test_wrong_inputs import outcome

VALUES: list[tuple[str, str]] = [
    ("input W = [[1,2];[3,4]]\nloss L = sum(W*[[1, 10]; [100, 1000]])", "4321"),
    ("input u = [1, 2]\nW = [u; 2*u]\nloss L = sum(W*[1, 2; 3, 4])", "27"),
    ("input A = [[1,2],[3,4]]\nloss L = sum((A^-1)*[1, 2; 3, 4])", "2.5"),
    ("input A = [[1,2],[3,4]]\nloss L = sum(A^(-1) @ A)", "2"),
    ("input A = [[1,2],[3,4]]\nloss L = sum(1/A)", "2.08333"),
    ("input v = [1, 2]\nloss L = sum(v^-1)", "1.5"),
    ("input A = [[1,2],[3,4]]\nloss L = sum(A/sum(A, axis=2, keepdims=true))", "2"),
    ("input A = [[1,2],[3,4]]\nloss L = sum(sum(A, axis=1, keepdims=false))", "10"),
    ("input A = [[1,2],[3,4]]\nloss L = sum(max(A, axis=-1, keepdims=verdadero))", "6"),
    ("input true = 5\nloss L = true*2", "10"),
    ("input x = 2\nloss L = (x >= 2) + (x <= 1) + 10*(x != 2)", "1"),
    ("input x = [3, 1, 2]\nloss L = sum(gather(x, at=[3, 3], shape=2))", "4"),
]


@pytest.mark.parametrize(("source", "value"), VALUES)
def test_it_is_read_as_it_is_meant(
    source: str, value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.gg"
    path.write_text(source, "utf-8")
    status, out, err = outcome(["run", str(path), "--lang", "en"], capsys)
    assert (status, err) == (0, "")
    [row] = [line.split() for line in out.splitlines() if line.startswith("  L  ")][:1]
    assert row[-2] == value


REFUSED: list[tuple[str, str]] = [
    ("y = powi(x)", "needs the setting n"),
    ("y = index(v)", "needs the setting key"),
    ("y = transpose(A, axes=[1, 1])", "axes"),
    ("y = logsumexp(A, axis=[1, 1])", "same axis twice"),
    ("y = sum(A, axis=3)", "axis 3 of shape 2x2, which has 2: expected 1 to 2"),
    ("y = sum(A, axis=-3)", "axis -3 of shape 2x2, which has 2: expected 1 to 2"),
    ("y = softmax(x)", "softmax works along an axis and needs an array"),
    ("y = v[0]", "subscript 0: expected 1 to 2"),
    ("y = v[3]", "subscript 3: expected 1 to 2"),
    ("y = v[-1]", "expected 1 to 2"),
    ("y = v[2:1]", "the range 2:1 ends before it starts"),
    ("y = sum(A, keepdims=x)", "true or false"),
    ("y = sum(A, keepdims=2)", "true or false"),
    ("y = true*x", "'true'"),
    ("y = [A; A]", "between semicolons"),
    ("input B = [[[1,2]];[[3,4]]]\ny = sum(B)", "between semicolons"),
    ("input R = [[1,2,3],[4,5,6]]\ny = R^-1", "only a square matrix has an inverse"),
    ("param P: 2x2 = normal(draw=1, std=-1)\ny = sum(P)", "std must be positive"),
    ("y = max(A, axis=0)", "axis"),
    ("y = reshape(A, shape=3x3)", "reshape keeps all entries"),
    ("y = gather(v, at=[3], shape=1)", "outside"),
]


@pytest.mark.parametrize(("line", "words"), REFUSED)
def test_a_mistake_in_a_file_is_a_mistake_of_the_file(
    line: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.gg"
    path.write_text(f"input x = 3\ninput v = [1, 2]\ninput A = [[1,2],[3,4]]\n{line}\n", "utf-8")
    status, _, err = outcome(["run", str(path), "--lang", "en"], capsys)
    assert status == 3, err
    assert words in err
    assert ", line " in err


def test_a_list_of_columns_is_told_with_its_shape(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.gg"
    path.write_text("input x = [[1;2],[3;4]]\ny = sum(x)\n", "utf-8")
    status, _, err = outcome(["run", str(path), "--lang", "en"], capsys)
    assert status == 0
    assert err.startswith("note: x has shape 2x2x1")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("y = 1/0*x", "division by 0."),
        ("y = x/(x - 3)", "division by 0, for x - 3 is 0"),
        ("input A = [1,2;2,4]\ny = sum(A^-1)", "the matrix is singular"),
    ],
)
def test_where_a_value_breaks_off_is_told_in_the_words_of_the_op(
    source: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.gg"
    path.write_text(f"input x = 3\n{source}\n", "utf-8")
    status, _, err = outcome(["run", str(path), "--lang", "en"], capsys)
    assert status == 1
    assert told in err


@pytest.mark.parametrize("steps", ["-1", "1.5", "x"])
def test_a_number_of_steps_is_whole_and_not_negative(
    steps: str, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["train", "-e", "L = (w - 1)^2", "--set", "w=0", "--steps", steps]
    status, _, err = outcome(call, capsys)
    assert status == 2
    assert "--steps" in err


def test_run_stable_says_what_it_rewrote(capsys: pytest.CaptureFixture[str]) -> None:
    call = ["run", "-e", "L = log(1 + exp(x))", "--set", "x=800", "--lang", "en"]
    assert outcome(call, capsys)[0] == 1
    status, out, err = outcome([*call, "--stable"], capsys)
    assert status == 0
    assert err == "Stable form of L: log(1 + exp(x)) became softplus(x).\n"
    assert "softplus(x)" in out
    status, out, _ = outcome(["run", "-e", "L = x^2", "--set", "x=3", "--stable"], capsys)
    assert status == 0
    assert out.count("\n") > 5
    assert main  # the same program


def test_an_inverse_and_its_gradient_are_saved_and_loaded() -> None:
    from graphgrad.autodiff.record import record

    graph = read_gg("input A = [2, 1; 1, 3]\nloss L = sum(A^-1)")
    trace = record(graph)
    again = trace_from_json(trace_to_json(trace))
    assert again.gradients["A"].tolist() == trace.gradients["A"].tolist()
    exact = record(graph, exact=True)
    assert str(exact.value("L")) == "3/5"


# ---- what a worker raises ----


def _breaks(_job: object) -> Done:
    message = "seven"
    raise KeyError(message)


def _eats(_job: object) -> Done:
    raise MemoryError


def test_an_exception_in_a_worker_is_not_blamed_on_memory() -> None:
    with pytest.raises(BrokenWorkError) as caught:
        limited(_breaks, None, 60)
    assert caught.value.broken.kind == "KeyError"
    assert caught.value.broken.where.startswith("test_engine_in_files.py:")
    with pytest.raises(LimitError) as limit:
        limited(_eats, None, 60)
    assert limit.value.message_id == "limit.died"
