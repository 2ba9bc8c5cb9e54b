"""Choose what the page of a pass asks, and work out what may be answered.

A page without Python looks its verdicts up: they say what the number rule, `judge_number`, answers
to everything that may be typed for one number.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from math import prod
from pathlib import Path
from typing import Any, Literal

from graphgrad.errors import GraphgradError
from graphgrad.exercises.algebra.building import subscript
from graphgrad.exercises.algebra.enclosures import BITS, Ball, ball, precision
from graphgrad.exercises.reading.answer_sheet import Target, parse_target
from graphgrad.exercises.reading.number_rule import DIGITS, FINEST, Printed, judge_number, same
from graphgrad.exercises.truth.reference import Reference
from graphgrad.expr.decimals import MOST_DIGITS
from graphgrad.graph.graph import Graph
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.shapes import entries
from graphgrad.source.operands import LARGEST_EXPONENT
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.questions import (
    Accepted,
    Limits,
    Question,
    Questions,
    RangeVerdict,
)
from graphgrad.views.text.numbers import inline

__all__ = ["LIMITS", "accepted", "page_questions", "questions_for"]


_LARGEST = 400
_MOST_NUMBERS = 200_000  # as many as an exercise may hold
_MOST_ENTRIES = 6
_MOST = 200
_WIDEST = 1_000
LIMITS = Limits(MOST_DIGITS, LARGEST_EXPONENT, FINEST)
_PLAINEST = 10**18
_BOUND_DIGITS = 36
_WRONG = "wrong"


def page_questions(trace: Trace, digits: int = DIGITS) -> Questions:
    r"""Return the numbers of a pass that a reader can work out, in the order of the nodes.

    Asked are the values of computations and the adjoints of all that varies but the output: numbers
    and the entries of small arrays. A large graph asks nothing.

    >>> from graphgrad.autodiff.record import record
    >>> from graphgrad.source.gg import read_gg
    >>> trace = record(read_gg("input x = 3\nparam w = 2\nz = w*x\nloss L = z^2"))
    >>> [question.asked for question in page_questions(trace).asked]
    ['dL/dx', 'dL/dw', 'z', 'dL/dz', 'L']
    """
    graph = trace.graph
    numbers = sum(prod(graph.columns.shape(node)) for node in range(len(graph)))
    if len(graph) > _LARGEST or numbers > _MOST_NUMBERS or trace.trouble is not None:
        return Questions((), LIMITS)
    try:
        reference = Reference(graph, _point(trace))
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
    return [to_float(entry) for entry in entries(value)]


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
    asked = reference.asked(target)
    truths = asked.wanted[0].balls if asked.wanted else None
    if truths is None or len(truths) != len(values):
        return
    part: Literal["value", "adjoint"] = "value" if target.kind == "value" else "adjoint"
    for place, (truth, value) in enumerate(zip(truths, values, strict=True)):
        name = target.id + (subscript(place, shape) if shape else "")
        if not isinstance(truth, str) and _is_writable(truth):
            yield Question(node, part, name, inline(value), accepted(truth, digits))


def _is_read(reference: Reference, target: Target) -> bool:
    """Tell whether an answer sheet that names a target is understood to mean it."""
    return parse_target(target.id, reference.vocabulary) == target


def _is_writable(truth: Any) -> bool:
    """Tell whether a number is neither too large nor too small to be written in decimals."""
    if not truth.is_finite():
        return False
    return bool(truth.is_zero() or abs(int(truth.mid().man_exp()[1]) + BITS) < _WIDEST)


def accepted(truth: Ball, digits: int = DIGITS) -> Accepted:
    """Return what may be typed for a true number.

    Args:
        truth: a finite ball; its size must be within what a numeral can write.
        digits: how many significant digits a rounded number must show.

    >>> accepted(ball(Fraction(1, 4))).decimals[3:5]
    (('25e-2', 'right', 'right'), ('250e-3', 'right', 'right'))
    """
    with precision():
        number = _middle(truth)
        plain = number.limit_denominator(_PLAINEST)
        exact = str(plain) if same(truth, ball(plain)) else ""
        decimals = tuple(_decimals(truth, number, digits))
        return Accepted(exact, decimals, tuple(_ranges(truth, number, digits)))


def _middle(truth: Ball) -> Fraction:
    mantissa, exponent = truth.mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def _verdict(truth: Ball, printed: Printed, digits: int) -> str:
    found = judge_number(printed, truth, digits)
    return f"{found.status}:{found.remark}" if found.remark else found.status


def _decimals(truth: Ball, number: Fraction, digits: int) -> Iterator[tuple[str, str, str]]:
    """Yield verdicts on the neighbours of a number in every place down to the finest.

    Whatever else ends in that place is wrong, and has no remark.
    """
    if not number:
        return
    first = _leading_place(number)
    for place in range(max(first + 1, 0), min(first, 0) - FINEST, -1):
        unit = Fraction(10) ** place
        lower = number // unit
        for mantissa in (lower, lower + 1):
            count = len(str(abs(mantissa))) if mantissa else 0
            if count > FINEST or (not mantissa and place < -MOST_DIGITS):
                continue
            printed = [Printed(mantissa * unit, unit, count, behind) for behind in (1, 0)]
            with_decimals, without = (_verdict(truth, p, digits) for p in printed)
            if {with_decimals, without} != {_WRONG}:
                yield f"{mantissa}e{place}", with_decimals, without


def _leading_place(number: Fraction) -> int:
    """Return the place of the first digit: 0 for 7, -1 for 0.7.

    >>> _leading_place(Fraction(999)), _leading_place(Fraction(-1, 1000))
    (2, -3)
    """
    size = abs(number)
    place = len(str(size.numerator)) - len(str(size.denominator))
    return place if size >= Fraction(10) ** place else place - 1


def _ranges(truth: Ball, number: Fraction, digits: int) -> Iterator[RangeVerdict]:
    """Yield verdicts on numbers with more digits than anybody rounds to by hand."""
    unit = Fraction(1, 10 ** (FINEST + 1))
    for trivial in (0, 1, -1):
        verdict = _verdict(truth, Printed(Fraction(trivial), unit, FINEST + 2, 1), digits)
        if verdict != _WRONG:
            yield RangeVerdict(str(trivial), str(trivial), verdict)
    ends = (number / (1 + Fraction(1, 10**FINEST)), number / (1 - Fraction(1, 10**FINEST)))
    low, high = _decimal(min(ends), ROUND_CEILING), _decimal(max(ends), ROUND_FLOOR)
    long = Printed(Fraction(low), Fraction(low) / 10 ** (2 * FINEST), 2 * FINEST, 1)
    verdict = _verdict(truth, long, digits)
    if number and verdict != _WRONG:
        yield RangeVerdict(low, high, verdict)


def _decimal(number: Fraction, rounding: str) -> str:
    context = Context(_BOUND_DIGITS, rounding, Emin=-999999, Emax=999999)
    quotient = context.divide(Decimal(number.numerator), Decimal(number.denominator))
    return f"{quotient:e}"
