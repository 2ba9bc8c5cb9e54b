"""A derivative as graphgrad itself shows it, handed in as an answer: it is right."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from graphgrad.exercises.marking.marker import check
from graphgrad.graph.graph import Graph
from graphgrad.source.gg import read_gg
from graphgrad.source.writing.graph_text import to_gg
from graphgrad.symbolic.derive.partials import line_partials
from graphgrad.views.text.entries import told_adjoints
from tests.symbolic.shown_table import derivatives, lines

REDUCED = (
    *("sum", "mean", "max", "min", "norm", "logsumexp", "softmax", "log_softmax"),
    *("var", "std", "prod", "cumsum"),
)


def _answer(graph: Graph, shown: str, name: str, wrt: str) -> str:
    told = re.sub(r"∇(\w+)", r"(dLoss/d\1)", told_adjoints(graph, shown))
    return f"dLoss/d{wrt} = {told if 'dLoss' in told else f'dLoss/d{name}*({told})'}"


@pytest.mark.parametrize("axis", [1, 2])
@pytest.mark.parametrize("op", REDUCED)
def test_what_is_summed_along_an_axis_is_as_wide_as_what_it_stands_beside(
    op: str, axis: int
) -> None:
    text = f"param Z = [1.1, 2, 5; 3, 0.5, 4]\np = {op}(Z, axis={axis})\nloss Loss = sum(p^2)"
    graph = read_gg(text)
    [partial] = line_partials(graph, graph.line(graph.line_index["p"]))
    [mark] = check(graph, _answer(graph, partial.shown, "p", "Z")).marks
    assert mark.status == "right", mark.given


def _pulled() -> Iterator[tuple[Graph, str]]:
    """Yield graphs with what is shown of an array's derivative, as an answer."""
    for shown in (one for line in lines() for one in derivatives(line)):
        name, shape = shown.graph.name(shown.graph.output), shown.graph.columns.shape
        output = shape(shown.graph.output)
        if not shape(shown.graph.find(shown.wrt) or 0):
            continue
        loss = f"sum(sin({name}))" if output else f"sin({name})"
        graph = read_gg(f"{to_gg(shown.graph)}\nloss Loss = {loss}\n")
        if "adj(" in shown.partial.shown or not output:
            yield graph, _answer(graph, shown.partial.shown, name, shown.wrt)


@pytest.mark.slow
def test_every_shown_derivative_of_arrays_can_be_read_and_is_not_wrong() -> None:
    found = {answer: check(graph, answer).marks[0].status for graph, answer in _pulled()}
    statuses = list(found.values())
    assert len(statuses) > 150
    assert statuses.count("right") > 0.9 * len(statuses)
    unread = [answer for answer, status in found.items() if status not in ("right", "undecided")]
    unsaid = ("e₁", "→")  # of which length an e₁ is, is not said
    assert all(any(sign in answer for sign in unsaid) for answer in unread), unread


FILE_LINES = [
    "n = norm(Z, axis=2)",
    "P = Z/norm(Z, axis=2, keepdims=true)",
    "m = max(Z, axis=2, keepdims=true)",
    "r = reshape(Z, shape=3x2)",
    "p = prod(Z)",
    "d = diag([1, 2], k=1)",
]


@pytest.mark.parametrize("line", FILE_LINES)
def test_a_line_of_the_file_is_a_right_answer(line: str) -> None:
    """Settings belong to the language's function, also where answers have one of that name."""
    [mark] = check(read_gg(f"param Z = [1.1, 2, 5; 3, 0.5, 4]\n{line}"), line).marks
    assert mark.status == "right", mark


IN_LATEX = [
    ("x:3 y:2", "z = concat(x, y)", r"dL/dx = \left[\frac{\partial L}{\partial z}\right]_{1:3}"),
    ("x:3 y:2", "z = concat(x, y)", r"dL/dy = \left[\frac{\partial L}{\partial z}\right]_{4:5}"),
    ("x:4", "z = x[1]*x[2]", r"dz/dx = \left[x\right]_{2} \, e_1 + \left[x\right]_{1} \, e_2"),
    ("x:3", "z = max(x)", r"dz/dx = \left[x = \max x\right]"),
    ("x:3 t:3", "z = sum(t*log_softmax(x))", r"dz/dt = \operatorname{log\_softmax}\left(x\right)"),
    ("X:2x3", "z = sum(X^2, axis=2)", r"z = \sum_{\mathrm{axis}\,2} X \odot X"),
    ("X:2x3", "z = max(X, axis=2) + 1", r"z = \left(\max_{\mathrm{axis}\,2} X\right) + 1"),
    ("X:2x3", "z = var(X, axis=1)", r"z = \operatorname{var}_{\mathrm{axis}\,1}\left(X\right)"),
    ("x:6", "z = reshape(x, [2, 3])", r"z = \operatorname{reshape}_{2 \times 3}\left(x\right)"),
    ("X:2x3", "z = reshape(X, 6)", r"z = \operatorname{vec}\left(X^{\top}\right)"),
    ("x:2 y:3 W:2x5", "z = W@concat(x, y)", r"z = W \, \left[x;\; y\right]"),
    ("m:3 s:3 e1:3", "z = m + s*e1", r"dL/ds = \frac{\partial L}{\partial z} \odot e_{1}"),
    ("X:2x3", "z = sum(X, axis=2, keepdims=true)", "dL/dX = dL/dz @ 1₃^T"),
    ("X:2x3", "z = sum(X, axis=1, keepdims=true)", "dL/dX = 1₂ @ dL/dz"),
]


@pytest.mark.parametrize(("shapes", "line", "answer"), IN_LATEX)
def test_what_latex_says_below_a_sign_or_a_bracket_is_read(
    shapes: str, line: str, answer: str
) -> None:
    given = [part.split(":") for part in shapes.split()]
    leaves = [f"param {name}: {shape} = normal(draw=1)" for name, shape in given]
    lines = [*leaves, line, "loss L = sum(sin(z))"]
    [mark] = check(read_gg("\n".join(lines)), answer).marks
    assert mark.status in ("right", "undecided"), mark
    assert mark.status == "right" or r"\max x" in answer  # which sympy is asked about
