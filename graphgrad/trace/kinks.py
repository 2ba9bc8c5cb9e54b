"""Find where a pass stood at a point without a derivative, and whether that mattered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from graphgrad.graph.graph import Graph
from graphgrad.ops.evaluate import arrays, to_float
from graphgrad.ops.row import INDICATORS, Elementwise, Structural
from graphgrad.trace.trace import Trace

__all__ = ["Kink", "follows_a_comparison", "kink_at", "kinks"]


class Kink(NamedTuple):
    """A node at a point without a derivative, where a convention was taken.

    Attributes:
        node: the node.
        convention: message id of what is taken there.
        entries: where in an array, subscripts from 0; none for a number.
        settings: of the node, which may be what is taken.
    """

    node: int
    convention: str
    entries: tuple[tuple[int, ...], ...]
    settings: Mapping[str, Any]


def kinks(trace: Trace, nodes: Iterable[int]) -> Iterator[Kink]:
    """Yield the kinks of nodes that mattered to a derivative."""
    for node in nodes:
        found = kink_at(trace, node)
        if found is not None:
            yield found


def kink_at(trace: Trace, node: int) -> Kink | None:
    """Return a node's kink, where there is one and a derivative went through it.

    A comparison at its jump matters wherever it is looked at; another kink only where an adjoint
    arrives that is not 0.
    """
    columns = trace.graph.columns
    row = columns.row(node)
    if not isinstance(row, Elementwise | Structural) or not row.kinks or not row.convention:
        return None
    if follows_a_comparison(trace.graph, node):
        return None
    args = tuple(to_float(trace.values[parent]) for parent in columns.parents_of(node))
    settings = trace.arithmetic.settings(columns.settings_of(node))
    np = arrays().np
    shape = columns.shape(node)
    with np.errstate(all="ignore"):
        at_kink = [np.asarray(k) == 0 for k in row.kinks(arrays(), *args, **settings)]
    if not any(mask.any() for mask in at_kink):
        return None
    mask = _whole(np, at_kink, shape)
    if row.name not in INDICATORS and trace.adjoints is not None:
        mask = mask & np.broadcast_to(np.asarray(to_float(trace.adjoint(node))) != 0, shape)
    if not mask.any():
        return None
    entries = tuple(tuple(int(i) for i in place) for place in np.argwhere(mask)) if shape else ()
    return Kink(node, row.convention, entries, columns.settings_of(node))


def follows_a_comparison(graph: Graph, node: int) -> bool:
    """Tell whether a node chooses by a comparison: then the kink is the comparison's."""
    columns = graph.columns
    row = columns.row(node)
    if not isinstance(row, Elementwise) or not row.branches:
        return False
    condition = columns.parents_of(node)[0]
    reached = [condition]
    while reached:
        at = reached.pop()
        name = columns.row(at).name
        if name in INDICATORS or graph.is_constant(at):
            continue
        if name not in ("mul", "maximum", "minimum", "sub", "add"):
            return False
        reached += columns.parents_of(at)
    return True


def _whole(np: Any, masks: list[Any], shape: tuple[int, ...]) -> Any:
    """Return one mask of the output's shape; what was reduced away marks all it went into."""
    whole = np.zeros(shape, dtype=bool)
    for mask in masks:
        if mask.size == whole.size:
            whole = whole | mask.reshape(shape)
        else:
            fits = np.broadcast_shapes(mask.shape, shape) == shape
            whole = whole | (np.broadcast_to(mask, shape) if fits else mask.any())
    return whole
