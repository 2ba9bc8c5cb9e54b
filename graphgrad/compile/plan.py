"""Run a graph as a program that was written for it: values and gradients at a point.

What the interpreter computes is what counts: where a number leaves the finite ones in a way that it
treats with more care, it is asked for that point.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from graphgrad.autodiff.jacobian import chosen_leaves
from graphgrad.autodiff.record import leaf_values, record, shaped
from graphgrad.compile.compiled import Compiled
from graphgrad.graph.graph import Graph
from graphgrad.graph.named import Named
from graphgrad.ops.evaluate import to_float
from graphgrad.trace.trace import Trace

__all__ = ["Plan", "Run"]


class Run(NamedTuple):
    """What a plan gives at a point: the output's value, and gradients by name."""

    value: Any
    gradients: Mapping[str, Any]


class Plan:
    r"""A graph compiled to a program.

    Args:
        graph: the graph.
        wrt: the inputs and parameters to differentiate by; all of them if None, none if empty.

    >>> from graphgrad.source.gg import read_gg
    >>> plan = Plan(read_gg("input x = 3\nparam w = 2\nloss L = (w*x - 1)^2"), wrt=["w"])
    >>> plan(), plan({"w": 1.0}).value
    (Run(value=25.0, gradients={'w': 30.0}), 4.0)
    """

    def __init__(self, graph: Graph, wrt: Iterable[str] | None = None) -> None:
        self.graph = graph
        self.wrt = chosen_leaves(graph, wrt)
        self._given = chosen_leaves(graph, None)
        self._leaves = [
            (name, graph.columns.shape(node), node) for name, node in self._given.items()
        ]
        self._compiled: dict[tuple[str, ...], Compiled] = {}

    def __call__(self, point: Mapping[str, Any] | None = None, *, seed: Any = None) -> Run:
        """Return value and gradients at a point; leaves that it does not name keep their values.

        Args:
            point: values of leaves by name.
            seed: adjoint of the output; 1 for a number. Without it an array has no gradients.
        """
        point = point or {}
        found = None
        if point.keys() <= self._given.keys():
            leaves, kinds = self._arguments(point, seed)
            found = self._for(kinds).run(leaves)
        if found is None:
            return self._interpreted(point, seed)
        return Run(found[0], Named(zip(self.wrt, found[1:], strict=False)))

    def trace(self, point: Mapping[str, Any] | None = None, *, seed: Any = None) -> Trace:
        """Return the pass with every value and adjoint that the program computes."""
        return record(self.graph, point, seed=seed)

    @property
    def source(self) -> str:
        """Return the program as a module of NumPy that can be run by itself."""
        return self._for(self._arguments({}, None)[1]).written.text()

    def _arguments(self, point: Mapping[str, Any], seed: Any) -> tuple[list[Any], tuple[str, ...]]:
        """Return the values of the leaves, and their kinds: the first says what the seed is."""
        leaves: list[Any] = []
        kinds: list[str] = [self._seed_kind(seed)]
        defaults = self.graph.defaults
        for name, shape, node in self._leaves:
            value = point.get(name)
            value = defaults.get(node) if value is None else value
            if type(value) is not float:
                if value is None or getattr(value, "shape", ()) != shape:
                    value = leaf_values(self.graph, point)[node]
                value = to_float(value)
            leaves.append(value)
            kinds.append("s" if isinstance(value, float) else value.dtype.char)
        if seed is not None:
            leaves.append(
                to_float(shaped("seed", seed, self.graph.columns.shape(self.graph.output)))
            )
        return leaves, tuple(kinds)

    def _seed_kind(self, seed: Any) -> str:
        if seed is not None:
            return "d" if self.graph.columns.shape(self.graph.output) else "s"
        return "none" if self.graph.columns.shape(self.graph.output) or not self.wrt else "one"

    def _for(self, kinds: tuple[str, ...]) -> Compiled:
        compiled = self._compiled.get(kinds)
        if compiled is None:
            by_node = dict(zip(self._given.values(), kinds[1:], strict=True))
            compiled = self._compiled[kinds] = Compiled(self.graph, by_node, self.wrt, kinds[0])
        return compiled

    def _interpreted(self, point: Mapping[str, Any], seed: Any) -> Run:
        trace = record(self.graph, point, seed=seed, backward=bool(self.wrt))
        gradients = trace.gradients
        found = ((name, gradients[name]) for name in self.wrt if gradients)
        return Run(trace.values[self.graph.output], Named(found))
