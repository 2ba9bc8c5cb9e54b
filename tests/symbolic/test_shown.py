"""What is shown of derivatives: the recorded table, and that each entry is the derivative."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.exercises.reading.equivalence import equivalent
from graphgrad.graph.formula import line_formula
from graphgrad.source.gg import read_gg
from graphgrad.symbolic.write.formula_latex import line_latex
from graphgrad.symbolic.write.sympy_text import expression_text
from graphgrad.views.text.entries import entry_at
from tests.symbolic.reading import evaluate
from tests.symbolic.shown_table import (
    RECORDED,
    Entry,
    Shown,
    as_answer,
    derivatives,
    recorded,
    sympys_derivative,
    table,
)

ENTRIES = list(recorded())
NUMBERS = [entry for entry in ENTRIES if not entry.line.shapes]
ARRAYS = [entry for entry in ENTRIES if entry.line.shapes]
CHOSEN = "relu_at"  # its value at 0 is chosen, against sympy's
DECIMALS = "selu"  # its constants are decimals, so that its derivative agrees to their digits only
FORBIDDEN = re.compile(r"\b(?:scatter_add|outer|broadcast|argmax_mask|where|adj)\b|keepdims")


def named(entry: Entry) -> str:
    return f"{entry.line.told}, {entry.wrt}"


@pytest.fixture
def shown(request: pytest.FixtureRequest) -> Shown:
    """Work out a derivative where it is asked for: to collect the tests, its name is enough."""
    entry: Entry = request.param
    return derivatives(entry.line)[entry.place]


def test_the_table_is_as_it_was_recorded() -> None:
    assert table().splitlines() == RECORDED.read_text("utf-8").splitlines()
    assert len({entry.line for entry in ENTRIES}) > 150


@pytest.mark.parametrize("shown", ENTRIES, ids=named, indirect=True)
def test_no_operation_that_only_files_have_is_shown(shown: Shown) -> None:
    board = re.sub(r"adj\((\w+)\)", r"∇\1", shown.partial.shown)
    assert not FORBIDDEN.search(board)
    assert "1 - (" not in board or ">" not in board
    assert not re.search(r"operatorname\{(scatter|outer|broadcast|adj|where)", shown.partial.latex)
    assert "keepdims" not in shown.partial.without_seed
    name = shown.line.split("=")[0].strip()
    assert rf"\frac{{\partial {name}}}{{\partial {name}}}" not in shown.partial.without_seed


@pytest.mark.parametrize("shown", NUMBERS, ids=named, indirect=True)
def test_a_shown_derivative_is_proved_equal_to_sympys(shown: Shown) -> None:
    derivative = sympys_derivative(shown)
    if derivative is None or DECIMALS in shown.formula:
        return
    assume = ["z > 0"] if CHOSEN in shown.formula else []
    if "^" in shown.formula:
        assume = ["x > 0", "a > 0", "b > 0", "p > 0", "p < 1"]
    verdict = equivalent(as_answer(shown), expression_text(derivative), assume=assume)
    assert verdict.status == "equal" or verdict.points > 20, verdict


@pytest.mark.parametrize("shown", ARRAYS, ids=named, indirect=True)
def test_the_text_of_what_is_shown_of_arrays_is_their_derivative(shown: Shown) -> None:
    """Evaluate the text of a file with arrays as they are, above 0 and no two alike."""
    graph, place = shown.graph, 0
    point = dict[str, Any]()
    for line in graph.lines():
        if graph.is_leaf(line.root):
            place += 1
            value = np.abs(np.asarray(graph.defaults[line.root], dtype=float)) % 0.9
            value = value / place + 0.05
            point[line.name] = value if value.shape else float(value)
    shape = graph.columns.shape(graph.output)
    trace = record(graph, point, seed=_drawn(shape) if shape else None)
    entry = entry_at(trace, graph.output, "line")
    partial = next(p for p in entry.partials if p.slot == shown.partial.slot)
    wanted = partial.contribution if partial.pullback else partial.value
    names: dict[str, Any] = {line.name: trace.values[line.root] for line in graph.lines()}
    names[f"adj({graph.name(graph.output)})"] = trace.adjoint(graph.output)
    found = np.broadcast_to(evaluate(shown.partial.text, names), np.shape(wanted))
    np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    "shown", [entry for entry in ARRAYS if not entry.line.composed], ids=named, indirect=True
)
def test_what_is_shown_of_arrays_is_their_derivative(shown: Shown) -> None:
    """Read vectors as columns, 1₃ as ones, e₂ as a unit vector, and compare with the trace."""
    graph = shown.graph
    shape = graph.columns.shape(graph.output)
    trace = record(graph, seed=_drawn(shape) if shape else None)
    entry = entry_at(trace, graph.output, "line")
    partial = next(p for p in entry.partials if p.slot == shown.partial.slot)
    wanted = partial.contribution if partial.pullback else partial.value
    if "→" in partial.board or "max(" in partial.board or "min(" in partial.board:
        return  # what is put into a range, and the mask of the largest, are words
    names = {line.name: _column(trace.values[line.root]) for line in graph.lines()}
    names["seed"] = _column(trace.adjoint(graph.output))
    text = _as_file(partial.board, names, graph.columns.shape(partial.source))
    rows = {name: value.T if name == "b" else value for name, value in names.items()}
    tried = [_evaluated(text, known) for known in (names, rows)]  # b is a row beside a matrix
    wanted = _column(wanted)
    assert any(_is(result, wanted) for result in tried if result is not None), text


def _evaluated(text: str, names: dict[str, np.ndarray]) -> np.ndarray | None:
    try:
        return np.asarray(evaluate(text, names), dtype=float)
    except ValueError:
        return None


def _is(result: np.ndarray, wanted: np.ndarray) -> bool:
    """Tell whether a result is an array, the one number that all entries are, or it as a row."""
    if result.shape != wanted.shape and 1 in result.shape:
        result = result.T if result.T.shape == wanted.shape else result
    if result.shape != wanted.shape and result.ndim == 2 and result.shape[-1] != wanted.shape[-1]:
        return False
    return bool(np.allclose(np.broadcast_to(result, wanted.shape), wanted, rtol=1e-9, atol=1e-12))


_LARGE = str.maketrans("₀₁₂₃₄₅₆₇₈₉ₓ", "0123456789x")


def _drawn(shape: tuple[int, ...]) -> np.ndarray:
    return np.random.default_rng(5).normal(size=shape)


def _column(value: object) -> np.ndarray:
    array = np.asarray(value, dtype=float)
    return array.reshape(-1, 1) if array.ndim == 1 else array


def _as_file(board: str, names: dict[str, np.ndarray], shape: tuple[int, ...]) -> str:
    """Return what is shown as a formula; its ones and unit vectors become names."""
    text = re.sub(r"adj\(\w+\)", "seed", board).replace("⊙", "*")
    for vector in re.findall(r"diag\((\w+)\)", text):
        names[f"diag{vector}"] = np.diagflat(names[vector])
        text = text.replace(f"diag({vector})", f"diag{vector}")
    for kind, small, raised in re.findall(r"(?<!\w)([1e])([₀-₉ₓ]+)(\^T)?", text):
        sizes = [int(s) for s in small.translate(_LARGE).split("x")]
        name = f"{'ones' if kind == '1' else 'unit'}{'by'.join(map(str, sizes))}"
        if kind == "1":
            names[name] = np.ones(sizes if len(sizes) > 1 else (sizes[0], 1))
        else:
            name += "across" * bool(raised)
            names[name] = np.eye(shape[-1 if raised else 0])[:, sizes[0] - 1 : sizes[0]]
        text = text.replace(kind + small + raised, name + raised, 1)
    text = re.sub(r"\[(\w+) (>=|<=|>|<) (\w+)\]", r"(\1 \2 \3)", text)
    return re.sub(r"\{([^{};]*), ([^{};]*); ([^{};]*), [^{};]*\}", r"where(\2, \1, \3)", text)


def test_nearly_all_are_proved_and_few_agree_at_points_only() -> None:
    undecided = []
    for entry in NUMBERS:
        shown = derivatives(entry.line)[entry.place]
        derivative = sympys_derivative(shown)
        known = derivative is not None and DECIMALS not in shown.formula
        if known and not equivalent(as_answer(shown), expression_text(derivative)):
            undecided.append(named(entry))
    assert len(undecided) <= 0.03 * len(NUMBERS), undecided


def test_a_negative_factor_behind_a_sign_of_multiplication_is_in_brackets() -> None:
    graph = read_gg("param x = 2\ny = 2*-3*x\nz = x*-y\nloss L = y*z\n")
    lines = [graph.line(graph.line_index[name]) for name in "yz"]
    assert [line_formula(graph, line) for line in lines] == ["2*(-3)*x", "x*(-y)"]
    assert [line_latex(graph, line) for line in lines] == [
        r"2 \cdot \left(-3\right) \cdot x",
        r"x \cdot \left(-y\right)",
    ]
