"""Hold the values and adjoints of one pass; partials and contributions are computed on demand.

What is known after a step is a `State`: a pure function of the pass and the step's index.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from functools import cached_property, wraps
from numbers import Number
from typing import Any, TypeVar, TypeVarTuple
from weakref import WeakKeyDictionary

from graphgrad.errors import UnknownNameError, UsageError
from graphgrad.graph import display
from graphgrad.graph.graph import Edge, Graph
from graphgrad.graph.named import Named, Unknown
from graphgrad.messages.catalogue import Worded, near
from graphgrad.ops.evaluate import FloatArithmetic, arithmetic
from graphgrad.ops.given import as_given
from graphgrad.ops.row import Elementwise
from graphgrad.trace.live import has_nan, live_entries
from graphgrad.trace.steps import Steps
from graphgrad.trace.trouble import Trouble, first_trouble

__all__ = ["State", "Trace", "kept_with_trace"]

_MOST_NAMES = 20
_MOST_KEPT = 512
Key = TypeVarTuple("Key")
Made = TypeVar("Made")


class Trace:
    """One forward and, where there is a seed, one backward pass over a graph.

    Attributes:
        graph: the graph that was run.
        values: one value per node.
        adjoints: one adjoint per node, None where the output does not depend on the node; None as
            a whole if there was no backward pass.
        seed: the adjoint of the output.
        exact: whether rationals were kept exact.
        singles: the nodes whose values are numbers of float32. In the columns they stand as
            Python's, rounded; asked for by name they are NumPy's, as their arrays are.
    """

    def __init__(
        self,
        graph: Graph,
        values: list[Any],
        adjoints: list[Any] | None,
        seed: Any,
        *,
        exact: bool = False,
        singles: frozenset[int] = frozenset(),
    ) -> None:
        self.graph = graph
        self.values = values
        self.adjoints = adjoints
        self.seed = seed
        self.exact = exact
        self.singles = singles

    def __repr__(self) -> str:
        return f"<Trace of {self.graph!r}, {len(self.steps)} steps>"

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return display.mimebundle(self, **options)

    def _no_number(self, *_others: Any) -> Any:
        """Refuse arithmetic: ``A.trace()`` may have been meant as the sum of a diagonal."""
        raise UsageError("trace.no_number", trace=repr(self))

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _no_number
    __truediv__ = __rtruediv__ = __pow__ = __rpow__ = __neg__ = __abs__ = _no_number
    __matmul__ = __rmatmul__ = __lt__ = __le__ = __gt__ = __ge__ = _no_number
    __float__ = __int__ = __round__ = _no_number

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Number) or hasattr(other, "shape"):
            self._no_number()
        return self is other

    __hash__ = object.__hash__

    def __getstate__(self) -> dict[str, Any]:
        kept = ("graph", "values", "adjoints", "seed", "exact", "singles")
        return {name: getattr(self, name) for name in kept}

    @property
    def arithmetic(self) -> FloatArithmetic:
        """Return the arithmetic the pass was run in."""
        return arithmetic(exact=self.exact)

    @cached_property
    def steps(self) -> Steps:
        """Return the steps of the pass, computed when asked for."""
        adjoints = self.adjoints
        reached = None if adjoints is None else bytearray(a is not None for a in adjoints)
        return Steps(self.graph, reached)

    def state(self, index: int) -> State:
        """Return what is known after a step; 0 is the state in which only leaves are given."""
        return State(self, max(0, min(self.steps.whole(index), len(self.steps))))

    # ---- numbers of nodes and edges ----

    def value(self, name: str) -> Any:
        """Return the value of a line, or of an operation such as ``yhat.1``, by name."""
        node = self._node(name)
        return self.shown(node, self.values[node])

    def shown(self, node: int, number: Any) -> Any:
        """Return a value or an adjoint of a node as it is handed out: in the node's precision."""
        return as_given(number) if node in self.singles else number

    def adjoint(self, node: int | str) -> Any:
        """Return a node's adjoint; zeros where the output does not depend on it.

        Raises:
            UsageError: if there was no backward pass, as the output has several entries.
        """
        if isinstance(node, str):
            return self.shown(self._node(node), self.adjoint(self._node(node)))
        if self.adjoints is None:
            raise self._no_backward()
        try:
            adjoint = self.adjoints[node]
        except (TypeError, IndexError):
            self.graph.line_of(node)  # says what a node is
            raise
        return self.arithmetic.zero(self.graph.columns.shape(node)) if adjoint is None else adjoint

    @cached_property
    def gradients(self) -> Mapping[str, Any]:
        """Map each parameter, then each input, to its adjoint.

        Without a backward pass there is none, and a name that is asked for is refused as `adjoint`
        refuses it.
        """
        if self.adjoints is None:
            return Unknown(self._no_backward)
        graph = self.graph
        found: dict[str, dict[str, Any]] = {"parameter": {}, "input": {}}
        for line in graph.lines():
            role = graph.role(line.root)
            if role in found:
                found[role][line.name] = self.shown(line.root, self.adjoint(line.root))
        return Named(found["parameter"] | found["input"])

    def partial(self, edge: Edge) -> Any:
        """Return the partial of an element-wise node in one slot; None for structural ops."""
        row, args, settings = self._call(edge.target)
        if not isinstance(row, Elementwise):
            return None
        return self.arithmetic.partial(row, edge.slot, self.values[edge.target], args, settings)

    def contribution(self, edge: Edge) -> Any:
        """Return upstream adjoint times partial: what an edge adds to its source's adjoint."""
        return self.pulled_back(edge, self.adjoint(edge.target))

    def pulled_back(self, edge: Edge, adjoint: Any) -> Any:
        """Return any adjoint of an edge's target pulled back to its source."""
        row, args, settings = self._call(edge.target)
        call = (row, edge.slot, adjoint, self.values[edge.target], args, settings)
        found = self.arithmetic.contribution(*call)
        if not has_nan(found):
            return found
        return self.arithmetic.live_contribution(*call, self._live[edge.target])

    def uses(self, node: int) -> list[Edge]:
        """Return the edges that leave a node towards the output, in the order of the steps."""
        starts, consumers = self._consumers
        edges: list[Edge] = []
        for position in range(starts[node + 1] - 1, starts[node] - 1, -1):
            target = consumers[position]
            if self.adjoints is not None and self.adjoints[target] is not None:
                edges.extend(
                    Edge(node, target, slot)
                    for slot, parent in enumerate(self.graph.columns.parents_of(target))
                    if parent == node
                )
        return edges

    @cached_property
    def trouble(self) -> Trouble | None:
        """Return the first place where a value or partial is not a finite number."""
        return first_trouble(self)

    # ---- inside ----

    def _no_backward(self) -> UsageError:
        """Return what is said to who asks for gradients where there was no backward pass."""
        return UsageError("trace.no_backward", output=self.graph.name(self.graph.output))

    def _node(self, name: str) -> int:
        node = self.graph.find(name) if isinstance(name, str) else None
        if node is None:
            known = self.graph.line_names
            told = near(name, known) if isinstance(name, str) else Worded("near.none")
            shown = ", ".join(known[:_MOST_NAMES]) + (" ..." if len(known) > _MOST_NAMES else "")
            raise UnknownNameError("name.unknown", name=name, near=told, known=shown)
        return node

    def _call(self, node: int) -> tuple[Any, tuple[Any, ...], dict[str, Any]]:
        columns = self.graph.columns
        args = tuple(self.values[parent] for parent in columns.parents_of(node))
        return columns.row(node), args, self.arithmetic.settings(columns.settings_of(node))

    @cached_property
    def _live(self) -> list[Any]:
        """Return which entries derivatives pass through; asked for only where one is NaN."""
        graph = self.graph
        return live_entries(graph.columns, self.values, graph.output, self.arithmetic)

    @cached_property
    def _consumers(self) -> tuple[array[int], array[int]]:
        """Return, per node, where its distinct consumers stand in a flat list of them."""
        columns = self.graph.columns
        counts = array("I", bytes(4 * (len(columns) + 1)))
        for target in range(len(columns)):
            for source in dict.fromkeys(columns.parents_of(target)):
                counts[source + 1] += 1
        for node in range(len(columns)):
            counts[node + 1] += counts[node]
        consumers = array("I", bytes(4 * counts[-1]))
        filled = array("I", counts)
        for target in range(len(columns)):
            for source in dict.fromkeys(columns.parents_of(target)):
                consumers[filled[source]] = target
                filled[source] += 1
        return counts, consumers


class State:
    """What has been computed after ``index`` steps; going back is asking for a smaller index."""

    __slots__ = ("index", "trace")

    def __init__(self, trace: Trace, index: int) -> None:
        self.trace = trace
        self.index = index

    def value(self, node: int) -> Any:
        """Return a node's value, or None if it is not computed yet."""
        known = self.trace.steps.forward_index[node] <= self.index
        return self.trace.values[node] if known else None

    def adjoint(self, node: int) -> Any:
        """Return a node's adjoint, or None before it is seeded or accumulated."""
        start = self.trace.steps.backward_index[node]
        return self.trace.adjoint(node) if 0 < start <= self.index else None

    def contributions(self, node: int) -> list[tuple[Edge, Any]]:
        """Return the contributions to a node's adjoint that have been pulled back so far."""
        steps = self.trace.steps
        return [
            (edge, self.trace.contribution(edge))
            for edge in self.trace.uses(node)
            if 0 < steps.pullback_index(edge) <= self.index
        ]


def kept_with_trace(make: Callable[[Trace, *Key], Made]) -> Callable[[Trace, *Key], Made]:
    """Keep the last results of a function of a trace as long as the trace lives.

    A figure, the tables and what is told of each step ask for the same ones.
    """
    kept: WeakKeyDictionary[Trace, dict[tuple[*Key], Made]] = WeakKeyDictionary()

    @wraps(make)
    def found(trace: Trace, *key: *Key) -> Made:
        known = kept.setdefault(trace, {})
        if key not in known:
            if len(known) >= _MOST_KEPT:
                known.clear()
            known[key] = make(trace, *key)
        return known[key]

    return found
