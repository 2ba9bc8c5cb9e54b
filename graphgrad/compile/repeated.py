"""Run passes over one graph, and by programs once it has been run often: same bits, every number.

A caller that runs a graph at point after point need not know about plans.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.autodiff.record import leaf_values, record
from graphgrad.compile.halves import Halves, rounds_alike
from graphgrad.graph.graph import Graph
from graphgrad.ops.evaluate import arithmetic, to_float
from graphgrad.ops.given import read_only
from graphgrad.trace.trace import Trace
from graphgrad.trace.trouble import refuse_outside

__all__ = ["Repeated", "traced"]

_PAYS_AFTER = 60
"""Passes over a graph after which compiling them has begun to pay."""
_MOST_NODES = 600


def traced(
    graph: Graph, point: Mapping[str, Any] | None = None, *, seed: Any = None, exact: bool = False
) -> Trace:
    """Return a pass over a graph, as `record` does.

    Args:
        graph: the graph.
        point: values of leaves by name, instead of the graph's own.
        seed: adjoint of the output; 1 for a number.
        exact: whether to keep rationals exact.

    Raises:
        NonFiniteError: if a loss or a table is given a class, a target or a row that is not there.
    """
    if exact or seed is not None or graph.columns.shape(graph.output):
        return record(graph, point, seed=seed, exact=exact)
    kept = vars(graph)
    repeated: Repeated = kept.get("_repeated") or kept.setdefault("_repeated", Repeated(graph))
    found = repeated.trace(point) if repeated.pays() else None
    if found is None:
        return record(graph, point)
    refuse_outside(found)
    return found


class Repeated:
    """The passes over a graph whose inputs and parameters change from one to the next.

    Args:
        graph: the graph.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.passes = 0
        self._halves: dict[str, Halves | None] = {}
        self._given = [node for node in range(len(graph)) if _is_given(graph, node)]

    def pays(self) -> bool:
        """Count a pass, and tell whether it is to be run here."""
        self.passes += 1
        return self.passes > _PAYS_AFTER and len(self.graph) <= _MOST_NODES

    def values(self, leaves: Mapping[int, Any]) -> list[Any] | None:
        """Return the value of every node, None where the interpreter has to look.

        Args:
            leaves: the values of all leaves.
        """
        halves, given = self._for(leaves)
        return None if halves is None else halves.values(given)

    def trace(self, point: Mapping[str, Any] | None) -> Trace | None:
        """Return forward and backward pass at a point, None where the interpreter has to look."""
        halves, given = self._for(leaf_values(self.graph, point))
        values = None if halves is None else halves.values(given)
        if halves is None or values is None:
            return None
        adjoints = halves.adjoints(values, None)
        if adjoints is None:
            return None
        output = self.graph.output
        adjoints[output] = 1.0 if self.graph.variable[output] else None
        for value in (*values, *adjoints):
            if value is not None and type(value) is not float:
                read_only(value)
        return Trace(self.graph, values, adjoints, 1.0)

    def _for(self, leaves: Mapping[int, Any]) -> tuple[Halves | None, list[Any]]:
        """Return the programs for such leaves, and the values they take."""
        graph = self.graph
        constants = (n for n in leaves if graph.columns.row(n).name == "const")
        if any(leaves[node] is not graph.defaults.get(node) for node in constants):
            return None, []
        given = [arithmetic().leaf(to_float(leaves[node])) for node in self._given]
        kinds = "".join("s" if type(value) is float else value.dtype.char for value in given)
        if kinds not in self._halves:
            self._halves[kinds] = self._compiled(kinds)
        return self._halves[kinds], given

    def _compiled(self, kinds: str) -> Halves | None:
        graph = self.graph
        if not rounds_alike(graph.columns.kinds(), singles="f" in kinds):
            return None
        by_node = dict(zip(self._given, kinds, strict=True))
        return Halves(graph, by_node, self._given, self._given)


def _is_given(graph: Graph, node: int) -> bool:
    return graph.is_leaf(node) and graph.columns.row(node).name != "const"
