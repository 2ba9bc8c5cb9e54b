"""Choose what the page of a pass asks, and work out what may be answered."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from graphgrad.errors import GraphgradError
from graphgrad.exercises.accepted import LIMITS, accepted
from graphgrad.exercises.answers import Target, read_sheet
from graphgrad.exercises.judging import subscript
from graphgrad.exercises.number_rule import DIGITS
from graphgrad.exercises.reference import Reference
from graphgrad.graph.graph import Graph
from graphgrad.trace.trace import Trace
from graphgrad.views.numbers import inline
from graphgrad.views.scene.html.questions import Question, Questions

__all__ = ["page_questions", "questions_for"]

_LARGEST = 400
_MOST_ENTRIES = 6
_MOST = 200
_BITS = 256
_WIDEST = 1_000


def page_questions(trace: Trace, digits: int = DIGITS) -> Questions:
    r"""Return the numbers of a pass that a reader can work out, in the order of the nodes.

    Asked are the values of computations and the adjoints of all that varies but the output: numbers
    and the entries of small arrays. A large graph asks nothing.

    >>> from graphgrad.autodiff.record import record
    >>> from graphgrad.source import read_gg
    >>> trace = record(read_gg("input x = 3\nparam w = 2\nz = w*x\nloss L = z^2"))
    >>> [question.asked for question in page_questions(trace).asked]
    ['dL/dx', 'dL/dw', 'z', 'dL/dz', 'L']
    """
    if len(trace.graph) > _LARGEST or trace.trouble is not None:
        return Questions((), LIMITS)
    try:
        reference = Reference(trace.graph, _point(trace))
        found = list(_questions(trace, reference, digits))
    except GraphgradError:
        return Questions((), LIMITS)  # a graph without exact terms can be seen, not asked
    return Questions(tuple(found[:_MOST]), LIMITS)


def questions_for(path: str | os.PathLike[str], source: Trace | Graph) -> Questions | None:
    """Return the questions of a pass that is written to a file; None where nothing can be asked."""
    is_page = Path(path).suffix.lower() == ".html"
    return page_questions(source) if is_page and isinstance(source, Trace) else None


def _point(trace: Trace) -> dict[str, Any]:
    """Return the leaves' values: as the graph writes them, else as their shortest decimals."""
    graph, point = trace.graph, dict[str, Any]()
    for node in range(len(graph)):
        if graph.is_leaf(node) and not graph.is_constant(node):
            value, written = trace.values[node], graph.defaults.get(node)
            same = written is not None and _floats(written) == _floats(value)
            point[graph.name(node)] = written if same else _exact(value)
    return point


def _floats(value: Any) -> list[float]:
    entries = value.ravel().tolist() if hasattr(value, "ravel") else [value]
    return [float(entry) for entry in entries]


def _exact(value: Any) -> Any:
    """Return a value with exact entries."""
    if not hasattr(value, "ravel"):
        return value if isinstance(value, Fraction) else Fraction(repr(float(value)))
    from numpy import empty

    result = empty(value.shape, dtype=object)
    result.ravel()[:] = [_exact(entry) for entry in value.ravel().tolist()]
    return result


def _questions(trace: Trace, reference: Reference, digits: int) -> Iterator[Question]:
    graph = trace.graph
    asks_adjoints = trace.adjoints is not None and not graph.columns.shape(graph.output)
    asks_adjoints = asks_adjoints and trace.seed == 1
    for node in range(len(graph)):
        name = graph.name(node)
        if not graph.is_leaf(node):
            target = Target("value", name)
            yield from _asked(reference, node, target, trace.values[node], digits)
        root = graph.line(graph.line_of(node)).root == node
        if asks_adjoints and root and graph.variable[node] and node != graph.output:
            target = Target("derivative", graph.name(graph.output), name)
            yield from _asked(reference, node, target, trace.adjoint(node), digits)


def _asked(
    reference: Reference, node: int, target: Target, shown: Any, digits: int
) -> Iterator[Question]:
    """Yield a question per entry, of what an answer sheet can name."""
    shape = tuple(getattr(shown, "shape", ()))
    values = [shown] if not shape else shown.ravel().tolist()
    if len(values) > _MOST_ENTRIES or not _is_read(reference, target):
        return
    candidates = reference.candidates(target)
    truths = reference.balls(candidates[0].value) if candidates else None
    if truths is None or len(truths) != len(values):
        return
    part: Literal["value", "adjoint"] = "value" if target.kind == "value" else "adjoint"
    for place, (truth, value) in enumerate(zip(truths, values, strict=True)):
        asked = target.id + (subscript(place, shape) if shape else "")
        if not isinstance(truth, str) and _is_writable(truth):
            yield Question(node, part, asked, inline(value), accepted(truth, digits))


def _is_read(reference: Reference, target: Target) -> bool:
    """Tell whether an answer sheet that names a target is understood to mean it."""
    sheet = read_sheet(f"{target.id} = 0", reference.vocabulary, "point")
    return [answer.target for answer in sheet.answers] == [target]


def _is_writable(truth: Any) -> bool:
    """Tell whether a number is neither too large nor too small to be written in decimals."""
    if not truth.is_finite():
        return False
    return bool(truth.is_zero() or abs(int(truth.mid().man_exp()[1]) + _BITS) < _WIDEST)
