"""What the page of a pass asks, and that its answers are those of the checker."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphgrad.autodiff.record import record
from graphgrad.exercises.judging.page_questions import page_questions, questions_for
from graphgrad.exercises.marking.marker import check
from graphgrad.source.gg import read_gg
from graphgrad.trace.trace import Trace

SAMPLES = Path(__file__).parents[2] / "samples"
SMALL = [path for path in sorted(SAMPLES.glob("*.gg")) if "data " not in path.read_text("utf-8")]


def traced(text: str) -> Trace:
    return record(read_gg(text.replace("; ", "\n")))


def test_values_of_computations_and_adjoints_of_all_that_varies_are_asked() -> None:
    asked = page_questions(traced("input x = 3; param w = 2; z = w*x + 2; loss L = z^2")).asked
    assert [q.asked for q in asked if q.part == "value"] == ["z.1", "z", "L"]
    assert [q.asked for q in asked if q.part == "adjoint"] == ["dL/dx", "dL/dw", "dL/dz"]
    assert {q.asked: q.accepted.exact for q in asked}["dL/dw"] == "48"


def test_exact_numbers_are_exact_although_the_pass_runs_in_floats() -> None:
    asked = page_questions(traced("param a = 0.1; b = a*3; loss L = sigmoid(0*a)*0.3 + b")).asked
    exact = {q.asked: q.accepted.exact for q in asked}
    assert exact["b"] == "3/10"
    assert exact["L"] == "9/20"


def test_other_numbers_than_the_graphs_own_are_read_as_written() -> None:
    graph = read_gg("param a = 1\nloss L = a*3")
    asked = page_questions(record(graph, {"a": 0.1})).asked
    assert {q.asked: q.accepted.exact for q in asked} == {"dL/da": "3", "L": "3/10"}


def test_small_arrays_are_asked_entry_by_entry() -> None:
    asked = page_questions(traced("param w = [1, 2]; loss L = sum(w^2)")).asked
    assert [q.asked for q in asked if q.part == "adjoint"] == ["dL/dw[1]", "dL/dw[2]"]
    wide = page_questions(traced(f"param w = {list(range(9))}; loss L = sum(w^2)")).asked
    assert not [q for q in wide if q.part == "adjoint"]


def test_what_is_not_finite_too_large_or_not_a_pass_is_not_asked() -> None:
    assert not page_questions(traced("param x = 0; loss L = log(x)")).asked
    chain = "; ".join(f"z{n} = z{n - 1} + 1" for n in range(1, 500))
    assert not page_questions(traced(f"param z0 = 0; {chain}")).asked
    graph = read_gg("param x = 0\nloss L = x")
    assert questions_for("a.html", graph) is None
    assert questions_for("a.svg", record(graph)) is None
    assert questions_for("a.HTML", record(read_gg("param x = 1\nloss L = x*x"))) is not None


@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.stem)
def test_every_question_of_a_sample_is_answered_by_the_checker_alike(path: Path) -> None:
    graph = read_gg(path.read_text("utf-8"))
    asked = page_questions(record(graph)).asked
    assert asked
    sheet = []
    for question in asked:
        accepted = question.accepted
        rounded = [key for key, _, plain in accepted.decimals if plain == "right"]
        sheet.append(f"{question.asked} = {accepted.exact or rounded[0]}")
    report = check(graph, "\n".join(sheet), decimal="point")
    statuses = {mark.id: mark.status for mark in report.marks}
    assert set(statuses.values()) <= {"right", "rounded"}
    assert len(statuses) == len(asked)
