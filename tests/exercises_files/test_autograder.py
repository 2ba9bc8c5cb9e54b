"""Marking in Python: nbgrader's cells give partial credit, pytest shows the teacher's sentence."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

import graphgrad as gg
from graphgrad.cli.program import program
from graphgrad.exercises.files.read_exercise import load_exercise
from graphgrad.exercises.files.variants import Family
from graphgrad.exercises.platforms.nbgrader import nbgrader_notebook
from tests.exercises_files.test_exercise_files import SAMPLES

NEURON = SAMPLES / "exercises" / "sigmoid_neuron.md"
FILES = sorted((SAMPLES / "exercises").glob("*.md"))
TYPES = {
    "schema_version": int, "grade": bool, "locked": bool, "solution": bool, "task": bool,
    "grade_id": str, "points": (int, float),
}  # fmt: skip
"""nbgrader/nbgraderformat/v3.json; no further key is allowed there."""
RIGHT = "z=0,5\na=0,6225\nL=0,07127\nda/dz=0,2350\ndL/da=-0,3775\ndL/db=-0,08872\ndL/dw=0,06654"


def run(cell: dict[str, Any], names: dict[str, Any]) -> Any:
    """Run a cell as a kernel does, and return the value of its last expression."""
    tree = ast.parse("".join(cell["source"]))
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None


def nbgrader_grade(cell: dict[str, Any], names: dict[str, Any]) -> float:
    """Return what nbgrader gives a cell: determine_grade and get_partial_grade of its utils."""
    points = cell["metadata"]["nbgrader"]["points"]
    try:
        shown = run(cell, names)
    except AssertionError:
        return 0.0
    if shown is None:
        return float(points)
    assert float(repr(shown)) <= points
    return float(repr(shown)) if float(repr(shown)) > 0 else points


def autograded(notebook: dict[str, Any], answers: str) -> dict[str, float]:
    names: dict[str, Any] = {"answers": answers}
    graded = {}
    for cell in notebook["cells"]:
        grading = cell["metadata"]["nbgrader"]
        if grading["grade"]:
            with contextlib.redirect_stdout(io.StringIO()):
                graded[grading["grade_id"]] = nbgrader_grade(cell, names)
    return graded


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_notebook_is_valid_and_its_solution_earns_all_points(path: Path) -> None:
    variant = Family(load_exercise(path)).variant(17)
    notebook = json.loads(nbgrader_notebook(variant))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    for cell in notebook["cells"]:
        assert set(cell) >= {"cell_type", "id", "metadata", "source"}
        grading = cell["metadata"]["nbgrader"]
        assert set(grading) <= set(TYPES)
        assert all(isinstance(value, TYPES[key]) for key, value in grading.items())
        assert re.fullmatch(r"[a-zA-Z0-9_\-]+", grading["grade_id"])
        assert ("points" in grading) == grading["grade"]
    grade_ids = [cell["metadata"]["nbgrader"]["grade_id"] for cell in notebook["cells"]]
    assert len(set(grade_ids)) == len(grade_ids)
    names: dict[str, Any] = {}
    solution = next(c for c in notebook["cells"] if c["metadata"]["nbgrader"]["solution"])
    run(solution, names)
    assert sum(autograded(notebook, names["answers"]).values()) == float(variant.exercise.total)


def test_what_students_get_holds_neither_the_exercise_nor_an_answer() -> None:
    variant = Family(load_exercise(NEURON)).variant(17)
    notebook = json.loads(nbgrader_notebook(variant))
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        source = re.sub(
            r"### BEGIN (\w+)(?: TESTS)?.*?### END \1(?: TESTS)?", "", source, flags=re.DOTALL
        )
        for secret in ("0,6225", "0,0665", "sigmoid(z)", "expr", "gg."):
            assert secret not in source


def test_mistakes_and_what_follows_give_partial_credit() -> None:
    notebook = json.loads(nbgrader_notebook(Family(load_exercise(NEURON)).variant(17)))
    wrong = RIGHT.replace("-0,3775", "0,3775").replace("-0,08872", "0,08872")
    wrong = wrong.replace("0,06654", "-0,06654")
    graded = autograded(notebook, wrong)
    assert graded["step_dL_da"] == 0
    assert graded["step_dL_dw"] == 4
    assert sum(graded.values()) == 9
    assert sum(autograded(notebook, "\nz = \n").values()) == 0


def test_a_half_right_array_prints_why_and_returns_its_part(
    capsys: pytest.CaptureFixture[str],
) -> None:
    exercise = "input x = [1, 2]\nparam w = [3, 4]\nz = w*x\nloss L = sum(z)"
    graded = gg.mark(exercise, {"z": [3, 9]}, asked=["z"])
    assert graded.points("z") == 0.5
    assert "wrong entries: [2]" in capsys.readouterr().out


def test_an_answer_fails_with_the_teachers_sentence_and_without_the_right_number() -> None:
    earlier = {"z": 0.5, "a": "0,6225", "da/dz": "a(1-a)", "dL/da": "-0,3775"}
    gg.assert_answer(NEURON, "dL/dw", "0,06654", earlier=earlier, draw=17)
    with pytest.raises(AssertionError, match="Restó la salida del objetivo") as failed:
        gg.assert_answer(NEURON, "dL/dw", "-0,06654", draw=17)
    assert "0,06654" not in str(failed.value).replace("-0,06654", "")


@pytest.mark.parametrize(
    ("step", "right", "wrong"),
    [("z", 6, 5), ("dL/dw", np.float64(-12.0), 12.0), ("dL/dyhat", "2*(yhat - y)", "2*yhat")],
)
def test_graphs_and_handles_are_exercises(step: str, right: Any, wrong: Any) -> None:
    x, y = gg.input("x", 3), gg.input("y", 9)
    w, b = gg.param("w", 2), gg.param("b", 1)
    z = w * x
    yhat = z + b
    loss = (yhat - y) ** 2
    graph = gg.graph(loss, names={"z": z, "yhat": yhat, "L": loss})
    gg.assert_answer(graph, step, right)
    with pytest.raises(AssertionError, match=re.escape(step)):
        gg.assert_answer(graph, step, wrong)


def test_arrays_of_numpy_are_answers() -> None:
    graph = gg.load(SAMPLES / "linear_regression.gg")
    assert gg.mark(graph, {}, asked=["z"]).total == 0
    with pytest.raises(gg.SourceError, match="the step q asks for nothing"):
        gg.mark(graph, {}, asked=["q"])
    exercise = "input x = [1, 2]\nparam W = [[1, 0], [0, 1]]\nz = W @ x\nloss L = sum(z^2)"
    gg.assert_answer(exercise, "dL/dW", np.array([[2.0, 4.0], [4.0, 8.0]]))
    with pytest.raises(gg.UsageError):
        gg.mark(exercise, {"z": [1, 2]}).points("q")


def test_values_of_a_variant_may_be_given(tmp_path: Path) -> None:
    values = {"w": "-2", "b": -1, "x": "-3/4", "y": 1}
    assert gg.mark(NEURON, RIGHT, values=values).total == 10


@pytest.mark.parametrize("kind", ["cloze", "stack", "nbgrader"])
def test_the_command_writes_every_format(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "out"
    words = ["ex", "export", str(NEURON), "--format", kind, "-o", str(target), "--draw", "3"]
    assert CliRunner().invoke(program, words).exit_code == 0
    assert target.stat().st_size > 2000
    several = [*words[:-2], "--draws", "2"]
    assert CliRunner().invoke(program, several).exit_code == (2 if kind == "nbgrader" else 0)
