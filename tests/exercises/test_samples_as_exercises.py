"""Every sample is an exercise: its own values and gradients pass, changed ones do not."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.exercises.marking.marker import check
from graphgrad.source.gg import load

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.gg"))
MOST_ENTRIES = 60
_SIZES = re.compile(r"shape=|=\d+x\d")
LONG = ("mazur", "vanishing_gradient_10")


def written(value):
    if np.ndim(value):
        return f"[{', '.join(written(entry) for entry in value)}]"
    return f"{float(value):.8g}"


def answers(graph, changed=""):
    """Return a sheet of all lines and, of a scalar output, all gradients."""
    trace = record(graph)
    output = graph.name(graph.output)
    found = {}
    for line in graph.lines():
        if graph.is_constant(line.root) or np.size(trace.values[line.root]) > MOST_ENTRIES:
            continue
        found[line.name] = trace.values[line.root]
        if trace.adjoints is not None and graph.variable[line.root]:
            found[f"d{output}/d{line.name}"] = trace.adjoint(line.root)
    return {name: written(value) for name, value in found.items()}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_samples_own_numbers_pass(path):
    graph = load(path)
    sheet = answers(graph)
    text = "\n".join(f"{name} = {value}" for name, value in sheet.items())
    report = check(graph, text, decimal="point")
    assert len(report.marks) == len(sheet)
    wrong = [mark for mark in report.marks if mark.status not in ("right", "rounded")]
    assert not wrong


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.stem, marks=pytest.mark.slow if path.stem in LONG else ())
        for path in SAMPLES
    ],
)
def test_a_changed_number_of_a_sample_is_wrong(path):
    graph = load(path)
    for name, value in answers(graph).items():
        if "[" not in value:
            other = f"{float(value) * 1.31 + 0.017:.8g}"
            mark = check(graph, f"{name} = {other}", decimal="point").marks[0]
            assert mark.status == "wrong", (name, value, other)


def test_formulas_of_the_samples_pass_as_they_are_written():
    from graphgrad.graph.formula import line_formula

    for path in SAMPLES:
        graph = load(path)
        lines = [line for line in graph.lines() if not graph.is_leaf(line.root)]
        formulas = {line.name: line_formula(graph, line) for line in lines}
        plain = {n: text for n, text in formulas.items() if not _SIZES.search(text)}
        sheet = "\n".join(f"{n} = {text}" for n, text in plain.items())
        report = check(graph, sheet, decimal="point")
        statuses = {mark.status for mark in report.marks}
        assert statuses <= {"right"}, (path.stem, [m for m in report.marks if m.status != "right"])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_answer_sheets_of_the_samples_are_right(path):
    sheet = path.with_name(f"{path.stem}.answers.txt")
    report = check(load(path), sheet.read_text(encoding="utf-8"))
    assert {mark.status for mark in report.marks} == {"right"}
    assert report.exit_status == 0
