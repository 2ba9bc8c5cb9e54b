"""Measure what starting weights do: which layers get no gradient, which units stay equal.

Source: Goodfellow, Bengio and Courville, Deep Learning, section 8.4 (symmetry).
"""

from __future__ import annotations

from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import Worded
from graphgrad.ops.evaluate import to_float
from graphgrad.trace.trace import Trace
from graphgrad.views.lenses.stages import Stage
from graphgrad.views.lenses.subject import Subject

__all__ = ["ALMOST", "PASSED_ON", "all_equal", "first_passes", "reached", "starved"]

ALMOST = 1e-15
PASSED_ON = {"identity", "reshape", "index", "transpose", "target", "broadcast"}
"""What moves entries and changes none."""
_PASSES, _MOST_NAMED = 8, 4


def reached(graph: Graph, start: int) -> bytearray:
    """Return which nodes read a node, also through others; itself among them."""
    found = bytearray(len(graph))
    found[start] = 1
    for node in range(start + 1, len(graph)):
        found[node] = any(found[parent] for parent in graph.columns.parents_of(node))
    return found


def first_passes(graph: Graph) -> list[Trace]:
    """Return a pass of each of the first samples; none where the graph cannot be run."""
    try:
        passes = [record(graph, point) for point in Subject(graph).points[:_PASSES]]
    except GraphgradError:
        return []
    return [trace for trace in passes if trace.adjoints is not None]


def starved(
    graph: Graph, traces: list[Trace], stage: Stage, weighted: list[Stage]
) -> Worded | None:
    """Tell which layers that a layer reads, also through others, get no gradient at all."""
    import numpy as np

    names = []
    for other in weighted[: weighted.index(stage)]:
        nodes = [graph.find(name) or 0 for name in other.parameters]
        found = (np.any(to_float(trace.adjoint(node))) for trace in traces for node in nodes)
        if reached(graph, other.output)[stage.output] and traces and not any(found):
            names.append(other.name)
    told = ", ".join([*names[:_MOST_NAMED], *["…"] * (len(names) > _MOST_NAMED)])
    return Worded("lint.zero_start.before", names=told) if names else None


def all_equal(traces: list[Trace], stage: Stage, weights: int) -> Worded | None:
    """Tell whether the units of a layer get the same gradient on every sample."""
    import numpy as np

    carried = {weights}
    for node in stage.nodes:
        parents = stage.graph.columns.parents_of(node)
        row = stage.graph.columns.row(node).name
        at = next((slot for slot, parent in enumerate(parents) if parent in carried), -1)
        if at >= 0 and row in PASSED_ON:
            carried.add(node)
        elif at >= 0 and row in ("matmul", "dot"):  # its units are the rows of W in W @ x
            found = [np.atleast_1d(to_float(trace.adjoint(node))) for trace in traces]
            axis = 0 if at == 0 else -1
            several = bool(found) and found[0].shape[axis] > 1
            if several and not any(np.any(np.ptp(one, axis=axis) > ALMOST) for one in found):
                return Worded("lint.zero_start.units")
    return None
