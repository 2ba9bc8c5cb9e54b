"""Write down what the interpreter does with a graph as a program: values, then adjoints.

The order of operations is the interpreter's (`graphgrad/autodiff/passes.py`), so that numbers stay
the same; nothing is decided twice, the rows say what is computed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graphgrad.autodiff.precision import rounding_of
from graphgrad.compile.recording.program import Operand, Program
from graphgrad.compile.recording.recording import Recording
from graphgrad.compile.recording.var import Var
from graphgrad.graph.graph import Graph
from graphgrad.graph.kinds import Kind
from graphgrad.ops.evaluate import arithmetic, arrays, to_float
from graphgrad.ops.given import Single
from graphgrad.ops.row import Elementwise, Row, Structural
from graphgrad.ops.shapes import unbroadcast

__all__ = ["DIRECTION", "SEED", "Lowering", "as_ieee", "depending_on"]

SEED = -1
"""The node that the seed counts as."""
DIRECTION = -2
"""The node that the first direction counts as; those after it count on downwards."""


def depending_on(graph: Graph, nodes: Iterable[int]) -> bytearray:
    """Mark the nodes that are computed from some others: only these need adjoints."""
    columns = graph.columns
    marks = bytearray(len(columns))
    for node in nodes:
        marks[node] = 1
    starts, parents = columns.starts, columns.parents
    for node in range(len(columns)):
        if not marks[node]:
            marks[node] = any(marks[parent] for parent in parents[starts[node] : starts[node + 1]])
    return marks


class Lowering:
    """A program of a graph that is being written down.

    Args:
        graph: the graph.
        kinds: the kind of each leaf that is given when the program runs, ``f`` of a number too if
            it is one of float32; the others are constants.
    """

    def __init__(self, graph: Graph, kinds: Mapping[int, str]) -> None:
        self.graph = graph
        self.columns = graph.columns
        self.program = Program()
        self.m = Recording(self.program)
        numbers = arithmetic()
        self.settings = [numbers.settings(entry) for entry in self.columns.settings_table]
        self._forward(kinds)

    # ---- values ----

    def _forward(self, kinds: Mapping[int, str]) -> None:
        values, rounding = self.program.values, self._rounding(kinds)
        for node in range(len(self.columns)):
            parents = self.columns.parents_of(node)
            if parents:
                args = tuple([self.m.var(values[parent]) for parent in parents])
                value = self._applied(self.columns.row(node), args, self.settings_of(node))
                if rounding is not None and rounding[node].single:
                    value = self._in_single(value)
            elif node in kinds:
                shape = self.columns.shape(node)
                value = self.m.leaf(node, shape, kinds[node] if shape else "s")
            else:
                value = self.m.constant(to_float(self.graph.defaults[node]), node)
            values[node] = self.m.operand(value)

    def _rounding(self, kinds: Mapping[int, str]) -> list[Kind] | None:
        """Return the kinds of the nodes, those that round to float32 among them, if any does."""
        leaves = dict(self.graph.defaults)
        for node, kind in kinds.items():
            number = Single() if kind == "f" else 0.0
            leaves[node] = arrays().np.empty(1, kind) if self.columns.shape(node) else number
        rounding = rounding_of(self.columns, leaves)
        self.singles = rounding.singles
        return rounding.kinds

    def _in_single(self, value: Any) -> Any:
        """Return a value rounded to float32; the entry of an array of float32 is so already."""
        if self.m.shape(value):
            return self.m.cast(value, "f")
        op = self.m.op(value)
        if op is not None and op.name == "item" and self.m.kind(self.m.var(op.args[0])) == "f":
            return value
        return self.m.single(value)

    def value(self, node: int) -> Any:
        """Return the value of a node, as rows compute with it."""
        return self.m.var(self.program.values[node])

    def settings_of(self, node: int) -> dict[str, Any]:
        """Return the settings of a node, its numbers as floats."""
        return self.settings[self.columns.settings[node]]

    def _applied(self, row: Row, args: tuple[Any, ...], settings: dict[str, Any]) -> Any:
        assert isinstance(row, Elementwise | Structural)
        function = row.evaluate or row.formula if isinstance(row, Elementwise) else row.evaluate
        return self._finished(as_ieee(function, self.m, *args, **settings), args)

    def _finished(self, value: Any, args: tuple[Any, ...]) -> Any:
        """Return a row's result in the type that the interpreter gives it."""
        kinds = {self.m.kind(arg)[-1] for arg in args if self.m.shape(arg)}
        if self.m.shape(value) == ():
            return self.m.number(value)
        return self.m.cast(value, "f") if kinds == {"f"} and self.m.kind(value) == "d" else value

    # ---- adjoints ----

    def backward(self, wrt: Iterable[int], seed: str | None = None) -> None:
        """Append the backward pass.

        Args:
            wrt: the leaves to differentiate by.
            seed: the kind of the adjoint of the output, where it is given; None for 1.

        Source: Griewank and Walther, Evaluating Derivatives, 2nd ed., section 3.2.
        """
        variable, output = depending_on(self.graph, wrt), self.graph.output
        adjoints: dict[int, Any] = {output: 1.0 if seed is None else self._seed(seed)}
        self.m.weak = True
        for node in range(output, -1, -1):
            parents = self.columns.parents_of(node)
            if node not in adjoints or not parents:
                continue
            args = tuple([self.value(parent) for parent in parents])
            for slot, source in enumerate(parents):
                if variable[source]:
                    term = self._contribution(node, slot, adjoints[node], args)
                    if source in adjoints:
                        term = adjoints[source] + term
                    adjoints[source] = term
        self.program.adjoints = {node: self.m.operand(a) for node, a in adjoints.items()}

    def _seed(self, kind: str) -> Any:
        output = self.m.var(self.program.values[self.graph.output])
        seed = self.m.leaf(SEED, self.m.shape(output), kind)
        return self.m.cast(seed, self.m.kind(output)[-1]) if kind != "s" else seed

    def gradients(self, wrt: Iterable[int]) -> list[Operand]:
        """Return the adjoints of leaves in the leaves' types, zeros where none reaches one."""
        found = []
        for node in wrt:
            leaf = self.value(node)
            adjoint = self.m.var(self.program.adjoints.get(node, 0.0))
            adjoint = self.m.broadcast(adjoint, shape=self.m.shape(leaf))
            found.append(self.m.operand(self.m.cast(adjoint, self.m.kind(leaf))))
        return found

    def _contribution(self, node: int, slot: int, adjoint: Any, args: tuple[Any, ...]) -> Any:
        m, row, like = self.m, self.columns.row(node), args[slot]
        out, settings = self.value(node), self.settings_of(node)
        shape = m.shape(like)
        if isinstance(row, Elementwise):
            partial = as_ieee(row.computed_partials[slot], m, out, *args, **settings)
            partial = self._finished(partial, args) if isinstance(partial, Var) else partial
            return self.like(self._scaled(adjoint, partial, shape), like)
        assert isinstance(row, Structural)
        if m.kind(like)[-1] == "f" and m.shape(adjoint) == ():
            adjoint = m.single(adjoint)
        pulled = row.computed_pullback(m, adjoint, out, args, slot, **settings)
        return self.like(m.broadcast(0.0, shape=shape) if pulled is None else pulled, like)

    def _scaled(self, factor: Any, other: Any, shape: Any) -> Any:
        """Return a product summed or repeated to a shape."""
        m = self.m
        if not isinstance(other, Var) and other == 0:
            return m.broadcast(0.0, shape=shape)
        product = factor * other
        if len(m.shape(product)) < len(shape):
            product = m.broadcast(product, shape=shape)
        return unbroadcast(m, product, shape)

    def like(self, value: Any, like: Any) -> Any:
        """Return a contribution in the shape and the type of what it is added to."""
        if self.m.shape(like) == ():
            return self.m.number(value)
        kind = self.m.kind(like)[-1]
        return value if self.m.kind(value) in ("s", kind, f"?{kind}") else self.m.cast(value, kind)


def as_ieee(function: Callable[..., Any], m: Any, *args: Any, **settings: Any) -> Any:
    """Apply a rule; where Python refuses to divide numbers by 0, as IEEE 754 says."""
    try:
        return function(m, *args, **settings)
    except (ZeroDivisionError, OverflowError):
        np = arrays().np
        with np.errstate(all="ignore"):
            floats = [np.float64(arg) if type(arg) is float else arg for arg in args]
            found = function(m, *floats, **settings)
        return float(found) if isinstance(found, float) else found
