"""Compare reverse with forward mode: the same gradient, one pass against one per number.

Source: Griewank and Walther, Evaluating Derivatives, 2nd ed., sections 3.1 to 3.3.
"""

from __future__ import annotations

import math
from typing import Any

from graphgrad.autodiff.jvp import run_jvp
from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import Worded, text
from graphgrad.ops.evaluate import arithmetic, to_float
from graphgrad.trace.trace import Trace
from graphgrad.views.lenses.costs import Cost, backward_cost, forward_cost, tangent_cost
from graphgrad.views.lenses.lens import Lens, Option, Report, Sheet, Verdict
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.plots.plot import bars
from graphgrad.views.text.numbers import number

__all__ = ["MODES"]

_CLOSE = 1e-9
_MOST_ENTRIES = 64


def _compute(subject: Subject, *, draw: int) -> Report:
    subject.scalar_output()
    graph, trace = subject.graph, subject.trace
    leaves = subject.parameters | subject.inputs
    if not leaves:
        raise UsageError("lens.nothing_to_vary")
    entries = sum(math.prod(graph.columns.shape(node)) for node in leaves.values())
    needed = [node for node in range(graph.output + 1) if graph.variable[node]]
    forward = _sum(forward_cost(graph, node) for node in range(graph.output + 1))
    reverse = _sum(backward_cost(graph, node) for node in needed)
    tangent = _sum(tangent_cost(graph, node) for node in needed)
    rows = (
        (Worded("lens.modes.values"), 1, forward.total, forward.total),
        (Worded("lens.modes.reverse"), 1, reverse.total, reverse.total),
        (Worded("lens.modes.forward"), entries, tangent.total, tangent.total * entries),
    )
    tried, difference = _compared(trace, leaves, entries, draw)
    numbers: dict[str, Any] = {
        "entries": entries,
        "values_cost": forward.total,
        "reverse_cost": reverse.total,
        "forward_cost": tangent.total * entries,
        "difference": difference,
    }
    same = difference <= _CLOSE
    fields = {"difference": number(difference, 3), "tried": tried, "entries": entries}
    verdict = Verdict(
        "same" if same else "differs",
        Worded("lens.modes.same" if same else "lens.modes.differs", **fields),
    )
    verdicts = [verdict]
    if entries > 1:
        ratio = number(numbers["forward_cost"] / reverse.total if reverse.total else 0.0, 3)
        verdicts.append(
            Verdict("cheaper", Worded("lens.modes.cheaper", ratio=ratio, count=entries))
        )
    sheet = Sheet("modes", ("mode", "passes", "per_pass", "operations"), rows)
    plot = lambda: bars(  # noqa: E731  # drawn when asked for
        [(text(row[0].message_id), row[3]) for row in rows], title=text("lens.modes.plot")
    )
    return Report("modes", (sheet,), tuple(verdicts), numbers, plot)


def _compared(trace: Trace, leaves: dict[str, int], entries: int, draw: int) -> tuple[int, float]:
    """Return how many directions were tried in forward mode, and the largest relative difference.

    Every entry is a direction where there are few, else random directions are.
    """
    import numpy as np

    graph = trace.graph
    shapes = {name: graph.columns.shape(node) for name, node in leaves.items()}
    gradient = np.concatenate([np.ravel(to_float(trace.adjoint(name))) for name in leaves])
    if entries <= _MOST_ENTRIES:
        directions = np.eye(entries)
    else:
        directions = np.random.RandomState(draw).normal(size=(5, entries))
    worst = 0.0
    for direction in directions:
        start, first = {}, 0
        for name, node in leaves.items():
            size = math.prod(shapes[name])
            start[node] = to_float(direction[first : first + size].reshape(shapes[name]))
            first += size
        pushed = run_jvp(graph.columns, trace.values, start, arithmetic()).get(graph.output, 0.0)
        product = float(gradient @ direction)
        scale = max(1.0, float(np.abs(gradient) @ np.abs(direction)))
        worst = max(worst, abs(float(pushed) - product) / scale)
    return len(directions), worst


def _sum(costs: Any) -> Cost:
    total = Cost(0, 0)
    for cost in costs:
        total = total.plus(cost)
    return total


MODES = Lens(
    name="modes",
    spanish="modos",
    compute=_compute,
    options=(Option("draw", "whole", 1),),
    plotted=False,
    source="Griewank and Walther, Evaluating Derivatives, 2nd ed., sections 3.1 to 3.3.",
)
