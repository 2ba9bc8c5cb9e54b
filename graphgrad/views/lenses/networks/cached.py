"""List what the forward pass keeps for the backward pass, by layer, and when it is used.

Per layer: the pre-activation z, the output x, the derivatives G on the diagonal, and the two
Jacobians of z, in W (the layer's input) and in b (the identity).
Source: Buenos Aires course 002, Algoritmo de Backpropagation: five quantities forward, used from
the last layer to the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from graphgrad.messages.catalogue import Worded
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.row import Elementwise
from graphgrad.trace.trace import Trace
from graphgrad.views.lenses.lens import Lens, Report, Sheet, Verdict
from graphgrad.views.lenses.slopes import node_slopes
from graphgrad.views.lenses.stages import Stage
from graphgrad.views.lenses.subject import Subject

__all__ = ["CACHED"]


class _Kept(NamedTuple):
    """One quantity of one layer: its name, what it is, its shape and, if small, its value."""

    quantity: str
    meaning: str
    shape: tuple[int, ...]
    value: Any


def _compute(subject: Subject) -> Report:
    trace = subject.trace
    layers = [stage for stage in subject.stages if not stage.loss]
    rows: list[tuple[Any, ...]] = []
    entries = 0
    for place, stage in enumerate(layers):
        for kept in _kept(trace, stage):
            meaning = Worded(f"lens.cached.{kept.meaning}")
            used = len(layers) - place
            rows.append((stage.name, kept.quantity, meaning, kept.shape, kept.value, used))
            entries += _size(kept)
    columns = ("layer", "quantity", "meaning", "shape", "value", "used")
    sheet = Sheet("kept", columns, tuple(rows), Worded("lens.cached.heading"), most=60)
    order = ", ".join(stage.name for stage in reversed(layers))
    numbers = {"layers": len(layers), "quantities": len(rows), "entries": entries}
    verdict = Verdict("order", Worded("lens.cached.order", order=order, entries=entries))
    return Report("cached", (sheet,), (verdict,), numbers)


def _kept(trace: Trace, stage: Stage) -> Iterator[_Kept]:
    import numpy as np

    columns = stage.graph.columns
    shape = columns.shape
    acting = stage.activations[-1] if stage.activations else None
    before = stage.output if acting is None else columns.parents_of(acting)[0]
    yield _Kept("z", "z", shape(before), to_float(trace.values[before]))
    yield _Kept("x", "x", shape(stage.output), to_float(trace.values[stage.output]))
    if acting is not None:
        row = columns.row(acting)
        size = shape(acting)
        diagonal = (*size, *size)
        if isinstance(row, Elementwise):
            slopes = node_slopes(trace, acting)
            yield _Kept("G", "g", diagonal, np.array(slopes) if size else slopes)
        else:
            yield _Kept("G", "g_full", diagonal, None)
    for name in stage.parameters:
        yield from _jacobian_of(trace, stage, name, before)


def _jacobian_of(trace: Trace, stage: Stage, name: str, before: int) -> Iterator[_Kept]:
    """Yield d z / d parameter: the layer's input for weights, the identity for a bias."""
    columns = stage.graph.columns
    own = stage.graph.find(name) or 0
    shape = (*columns.shape(before), *columns.shape(own))
    for edge in stage.entering:
        if edge.source != own:
            continue
        row = columns.row(edge.target).name
        parents = columns.parents_of(edge.target)
        if row in ("mul", "matmul", "dot", "transpose", "index"):
            other = [p for p in parents if p != own and not stage.graph.is_constant(p)]
            source = other[0] if other else (stage.data[0] if stage.data else own)
            yield _Kept(f"dz/d{name}", "weights", shape, to_float(trace.values[source]))
        else:
            yield _Kept(f"dz/d{name}", "bias", shape, None)
        return


def _size(kept: _Kept) -> int:
    return int(getattr(kept.value, "size", 1)) if kept.value is not None else 0


CACHED = Lens(
    name="cached",
    spanish="guardado",
    compute=_compute,
    plotted=False,
    source="Buenos Aires course 002, Algoritmo de Backpropagation.",
)
