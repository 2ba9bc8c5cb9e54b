"""Write a gradient as the product of the layers' Jacobians, with the shape of every factor.

The factors are computed one by one in forward mode; their product is compared with reverse mode.
Source: Buenos Aires course 002, Implementación Numérica: Backpropagation.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from graphgrad.autodiff.jvp import run_jvp
from graphgrad.errors import LimitError, UsageError
from graphgrad.messages.catalogue import Worded
from graphgrad.ops.evaluate import arithmetic, to_float
from graphgrad.trace.trace import Trace
from graphgrad.views.lenses.lens import Lens, Option, Report, Sheet, Verdict
from graphgrad.views.lenses.stages import Stage
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.text.name_ranges import shape_words
from graphgrad.views.text.numbers import number

__all__ = ["JACOBIANS"]

_MOST_ENTRIES = 1_000_000
_MOST_WORK = 20_000_000
_CLOSE = 1e-9


class _Factor(NamedTuple):
    """One Jacobian: of what, in what, and its entries as a matrix."""

    of: int
    by: int
    matrix: Any


def _compute(subject: Subject, *, of: str | None) -> Report:
    import numpy as np

    output = subject.scalar_output()
    trace, graph = subject.trace, subject.graph
    weighted = [stage for stage in subject.stages if stage.parameters]
    if not weighted:
        raise UsageError("lens.no_parameters")
    name = of or weighted[0].parameters[0]
    target = subject.node(name)
    stage = next((stage for stage in weighted if name in stage.parameters), None)
    if stage is None:
        known = ", ".join(dict.fromkeys(n for s in weighted for n in s.parameters))
        raise UsageError("leaf.unknown", name=name, known=known)
    cuts = list(_cuts(subject, stage))
    factors = list(_factors(trace, [*reversed(cuts), target]))
    product = _product(factors)
    reverse = np.ravel(to_float(trace.adjoint(name)))
    largest = float(np.max(np.abs(reverse), initial=0.0))
    difference = float(np.max(np.abs(np.ravel(product) - reverse), initial=0.0))
    same = difference <= _CLOSE * max(1.0, largest)
    rows = tuple(
        (f"d{graph.name(f.of)}/d{graph.name(f.by)}", f.matrix.shape, _kind(f), _shown(f))
        for f in factors
    )
    shapes = " · ".join(f"({shape_words(factor.matrix.shape)})" for factor in factors)
    names = " · ".join(row[0] for row in rows)
    lines = (f"d{output}/d{name} = {names}", f"  {shapes} = ({shape_words(product.shape)})")
    numbers = {"factors": len(factors), "difference": difference, "same": same}
    code = "same" if same else "other_paths"
    fields = {"difference": number(difference), "name": name, "output": output}
    verdict = Verdict(code, Worded(f"lens.jacobians.{code}", **fields))
    columns = ("factor", "shape", "what", "value")
    sheet = Sheet("factors", columns, rows, Worded("lens.jacobians.heading", name=name))
    return Report("jacobians", (sheet,), (verdict,), numbers, None, lines)


def _cuts(subject: Subject, stage: Stage) -> Iterator[int]:
    """Yield the nodes between a parameter and the output: pre-activation and output per layer."""
    columns = subject.graph.columns
    begun = False
    for one in subject.stages:
        begun = begun or one is stage
        if not begun:
            continue
        for node in one.activations if not one.loss else ():
            yield columns.parents_of(node)[0]
            yield node
        if one.output not in one.activations[-1:]:
            yield one.output


def _factors(trace: Trace, chain: list[int]) -> Iterator[_Factor]:
    """Yield d chain[k] / d chain[k+1], output first.

    Raises:
        LimitError: if a matrix would be too large.
    """
    import numpy as np

    graph = trace.graph
    for of, by in pairwise(chain):
        rows = math.prod(graph.columns.shape(of))
        entries = math.prod(graph.columns.shape(by))
        if rows * entries > _MOST_ENTRIES or entries * len(graph) > _MOST_WORK:
            raise LimitError("lens.jacobians.too_large", got=rows * entries, most=_MOST_ENTRIES)
        matrix = np.zeros((rows, entries))
        for k in range(entries):
            matrix[:, k] = np.ravel(_pushed(trace, of, by, k))
        yield _Factor(of, by, matrix)


def _pushed(trace: Trace, of: int, by: int, entry: int) -> Any:
    """Return the derivative of a node along one entry of an earlier one."""
    import numpy as np

    graph, shape = trace.graph, trace.graph.columns.shape(by)
    basis = np.zeros(math.prod(shape))
    basis[entry] = 1.0
    start = {by: to_float(basis.reshape(shape))}
    found = run_jvp(graph.columns, trace.values, start, arithmetic()).get(of)
    return np.zeros(graph.columns.shape(of)) if found is None else found


def _product(factors: list[_Factor]) -> Any:
    found = factors[0].matrix
    for factor in factors[1:]:
        found = found @ factor.matrix
    return found


def _kind(factor: _Factor) -> Worded:
    import numpy as np

    matrix = factor.matrix
    square = matrix.shape[0] == matrix.shape[1]
    if square and np.array_equal(matrix, np.eye(len(matrix))):
        return Worded("lens.jacobians.identity")
    if square and matrix.shape[0] > 1 and np.array_equal(matrix, np.diag(np.diag(matrix))):
        return Worded("lens.jacobians.diagonal")
    return Worded("lens.jacobians.row" if matrix.shape[0] == 1 else "lens.jacobians.matrix")


def _shown(factor: _Factor) -> Any:
    """Return a small factor as numbers, a 1x1 one as one number."""
    if factor.matrix.size == 1:
        return float(factor.matrix[0, 0])
    return factor.matrix if factor.matrix.size <= 9 else None


JACOBIANS = Lens(
    name="jacobians",
    spanish="jacobianas",
    compute=_compute,
    options=(Option("of", "name"),),
    plotted=False,
    source="Buenos Aires course 002, Implementación Numérica: Backpropagation.",
)
