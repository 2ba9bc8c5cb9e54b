"""Record operations on handles: columns that grow, and the values computed so far."""

from __future__ import annotations

from typing import Any, Protocol
from weakref import ReferenceType, ref

from graphgrad.autodiff.passes import run_backward, run_forward
from graphgrad.graph.columns import NO_SETTINGS, Columns
from graphgrad.ops.evaluate import arithmetic, arrays
from graphgrad.ops.registry import code_of
from graphgrad.ops.row import Elementwise, Structural
from graphgrad.ops.shapes import Shape
from graphgrad.trace.trouble import broken

__all__ = ["CallName", "Tape"]

_CONST = code_of("const")
_CHECKED = frozenset(map(code_of, ("one_hot", "target")))
_FIRST_COMPACTION = 1 << 10


class OnTape(Protocol):
    """What a tape needs of a handle: to tell it where its node stands now."""

    tape: Tape
    node: int


class Given(Protocol):
    """What a tape needs of a leaf: its value, and where to leave the gradient."""

    name: str
    op: str
    exact: Any
    version: int

    @property
    def shape(self) -> Shape:
        """Return the shape of the value."""

    def receive(self, gradient: Any) -> None:
        """Take the gradient of a backward pass."""


class CallName:
    """The name of one call of a layer; the lines it makes are named after it.

    Attributes:
        name: the layer's, as ``fc1``; a second call of it is named otherwise in a graph.
        kind: the row.
        results: names of what the row returns.
        settings: the row's, complete.
    """

    __slots__ = ("kind", "name", "results", "settings")

    def __init__(
        self,
        name: str,
        kind: str = "",
        results: tuple[str, ...] = (),
        settings: tuple[tuple[str, Any], ...] = (),
    ) -> None:
        self.name = name
        self.kind = kind
        self.results = results
        self.settings = settings

    def name_node(self, value: Any, inner: str) -> None:
        """Name a node, unless it has a name or is a leaf; the inner name of a result is empty."""
        tape = getattr(value, "tape", None)
        if tape is not None and value.node not in tape.leaves:
            tape.lines.setdefault(value.node, (self, inner))


class Tape:
    """The operations that led to some handles; it lives as long as one of them.

    Attributes:
        columns: the nodes.
        leaves: the leaf object of each leaf node.
        constants: the value of each constant node.
        lines: nodes that a layer named: the call and the name inside it.
        living: the handles on this tape, weakly, so that what none is computed from can be freed.
    """

    def __init__(self) -> None:
        self.columns = Columns()
        self.leaves: dict[int, Given] = {}
        self.nodes: dict[Given, int] = {}
        self.constants: dict[int, Any] = {}
        self.lines: dict[int, tuple[CallName, str]] = {}
        self.values: list[Any] = []
        self.versions: dict[int, int] = {}
        self.adjoints: list[Any] = []
        self.living: list[ReferenceType[OnTape]] = []
        self.compact_at = _FIRST_COMPACTION

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what refers to handles weakly: a copied handle adds itself again."""
        return {**self.__dict__, "living": []}

    # ---- growing ----

    def leaf(self, leaf: Given) -> int:
        """Return the node of a leaf, appended on first use."""
        node = self.nodes.get(leaf)
        if node is None:
            node = self.columns.leaf(code_of(leaf.op), leaf.shape)
            self.nodes[leaf] = node
            self.leaves[node] = leaf
        return node

    def constant(self, value: Any, shape: Shape = (), symbol: str = "") -> int:
        """Append a number of a formula."""
        settings = {"symbol": symbol} if symbol else NO_SETTINGS
        node = self.columns.leaf(_CONST, shape, settings)
        self.constants[node] = value
        return node

    def absorb(self, other: Tape) -> None:
        """Take over the nodes and the handles of another tape."""
        numbers: list[int] = []
        for node in range(len(other.columns)):
            leaf = other.leaves.get(node)
            if leaf is not None:
                numbers.append(self.leaf(leaf))
                continue
            parents = [numbers[parent] for parent in other.columns.parents_of(node)]
            numbers.append(self.columns.copy_node(other.columns, node, parents))
            if node in other.constants:
                self.constants[numbers[-1]] = other.constants[node]
            if node in other.lines:
                self.lines[numbers[-1]] = other.lines[node]
        self.adjoints += [None] * (len(self.columns) - len(self.adjoints))
        for node, adjoint in enumerate(other.adjoints):
            if adjoint is not None:
                self.adjoints[numbers[node]] = adjoint
        for handle in other.handles():
            handle.tape, handle.node = self, numbers[handle.node]
            self.living.append(ref(handle))

    def handles(self) -> list[OnTape]:
        """Return the living handles on this tape."""
        return [handle for living in self.living if (handle := living()) is not None]

    # ---- computing ----

    def value(self, node: int) -> Any:
        """Return a node's value at the leaves' present values."""
        stale = any(
            leaf.version != self.versions.get(known, leaf.version)
            for known, leaf in self.leaves.items()
        )
        if stale:
            self.values = []
        if node >= len(self.values):
            known = self.constants | {k: leaf.exact for k, leaf in self.leaves.items()}
            self.versions = {k: leaf.version for k, leaf in self.leaves.items()}
            start = len(self.values)
            run_forward(self.columns, known, arithmetic(), self.values)
            self._without_strangers(start, known)
        return self.values[node]

    def _without_strangers(self, start: int, known: dict[int, Any]) -> None:
        """Put nan where a class or target is outside its domain, as log(-1) is nan.

        The formulas of these rows give a number there: a class that does not exist costs nothing.
        """
        columns = self.columns
        for node in range(start, len(columns)):
            if columns.codes[node] not in _CHECKED:
                continue
            value = self._checked(node)
            if value is not None:
                self.values[node:] = [value]
                run_forward(columns, known, arithmetic(), self.values)

    def _checked(self, node: int) -> Any:
        """Return a node's value with nan outside the domain; None where nothing is outside."""
        columns, value = self.columns, self.values[node]
        row = columns.row(node)
        assert isinstance(row, Elementwise | Structural)
        args = tuple(self.values[parent] for parent in columns.parents_of(node))
        wrong: Any = False
        for condition in row.domain(columns.settings_of(node)):
            wrong = wrong | broken(condition, args)
        if not wrong.any():
            return None
        np = arrays().np
        while np.ndim(wrong) < np.ndim(value):  # a code lies along a new last axis
            wrong = wrong[..., None]
        found = np.where(wrong, np.nan, value)
        return found if np.ndim(found) else float(found)

    def backward(self, node: int, seed: Any) -> None:
        """Pull a seed back from a node and leave the adjoints on the leaves it reaches."""
        self.value(node)
        adjoints = run_backward(
            self.columns, self.values, node, seed, self._variable(), arithmetic()
        )
        self.adjoints = adjoints
        for known, leaf in self.leaves.items():
            if known < len(adjoints) and adjoints[known] is not None:
                leaf.receive(adjoints[known])

    def _variable(self) -> bytearray:
        """Mark the nodes that depend on an input or a parameter."""
        columns = self.columns
        starts, parents = columns.starts, columns.parents
        marks = bytearray(len(columns))
        for node in range(len(columns)):
            first, end = starts[node], starts[node + 1]
            if first == end:
                marks[node] = columns.codes[node] != _CONST
            else:
                marks[node] = any(marks[parent] for parent in parents[first:end])
        return marks

    def ancestors(self, roots: list[int]) -> bytearray:
        """Mark the nodes that some roots are computed from, the roots included."""
        marks = bytearray(len(self.columns))
        for root in roots:
            marks[root] = 1
        starts, parents = self.columns.starts, self.columns.parents
        for node in range(max(roots, default=-1), -1, -1):
            if marks[node]:
                for parent in parents[starts[node] : starts[node + 1]]:
                    marks[parent] = 1
        return marks

    # ---- forgetting ----

    def compact(self) -> None:
        """Drop the nodes no living handle is computed from, so that discarded losses are freed.

        Called when the tape has doubled, so its cost is spread over the operations in between.
        """
        handles = self.handles()
        self.living = [ref(handle) for handle in handles]
        marks = self.ancestors([handle.node for handle in handles])
        kept = sum(marks)
        if 2 * kept > len(marks):
            self.compact_at = 2 * len(marks)
            return
        self.compact_at = max(_FIRST_COMPACTION, 2 * kept)
        self._keep(marks, handles)

    def _keep(self, marks: bytearray, handles: list[OnTape]) -> None:
        """Renumber the marked nodes and forget the others."""
        old = self.columns
        leaves, constants, lines = self.leaves, self.constants, self.lines
        adjoints = self.adjoints + [None] * (len(marks) - len(self.adjoints))
        self.columns = Columns()
        self.leaves, self.nodes, self.constants, self.lines = {}, {}, {}, {}
        self.values = []
        self.adjoints = [adjoints[node] for node in range(len(marks)) if marks[node]]
        numbers = [-1] * len(marks)
        for node in range(len(marks)):
            if not marks[node]:
                continue
            parents = [numbers[parent] for parent in old.parents_of(node)]
            numbers[node] = self.columns.copy_node(old, node, parents)
            if node in leaves:
                self.leaves[numbers[node]] = leaves[node]
                self.nodes[leaves[node]] = numbers[node]
            if node in constants:
                self.constants[numbers[node]] = constants[node]
            if node in lines:
                self.lines[numbers[node]] = lines[node]
        for handle in handles:
            handle.node = numbers[handle.node]
