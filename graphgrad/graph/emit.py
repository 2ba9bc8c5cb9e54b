"""Run rows on graph nodes: the same lines that compute numbers build a graph of the result."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Protocol

from graphgrad.graph.columns import NO_SETTINGS, Columns
from graphgrad.ops.registry import code_of
from graphgrad.ops.shapes import Shape

__all__ = ["Emitter", "Ref"]

Number = int | float | Fraction


class _Target(Protocol):
    """What nodes can be emitted into: a graph builder, or a tape of handles."""

    columns: Columns

    def constant(self, value: Any, shape: Shape = (), symbol: str = "") -> int: ...


class Emitter:
    """Namespace of every row that appends nodes to a target.

    >>> from graphgrad.graph.builder import GraphBuilder
    >>> builder = GraphBuilder()
    >>> x = Emitter(builder).ref(builder.leaf_line("x", "input", 3.0))
    >>> (x * x + 1).node
    3
    """

    def __init__(self, target: _Target) -> None:
        self.receiver = target

    def ref(self, node: int) -> Ref:
        """Return a node as something rows can compute with."""
        return Ref(self, node)

    @property
    def pi(self) -> Ref:
        """Return the number pi as a node."""
        return Ref(self, self.receiver.constant(math.pi, (), "pi"))

    def number(self, value: Any) -> Ref:
        """Return a number, or a node, as a node."""
        return value if isinstance(value, Ref) else Ref(self, self.receiver.constant(value))

    def shape(self, ref: Any) -> Shape:
        """Return the shape of a node or a number."""
        return self.receiver.columns.shape(ref.node) if isinstance(ref, Ref) else ()

    def call(self, op: str, *args: Any, **settings: Any) -> Ref:
        """Append an op by name."""
        parents = [self.number(arg).node for arg in args]
        node = self.receiver.columns.apply(code_of(op), parents, settings or NO_SETTINGS)
        return Ref(self, node)

    def __getattr__(self, op: str) -> Callable[..., Ref]:
        if op.startswith("__"):
            raise AttributeError(op)
        return lambda *args, **settings: self.call(op, *args, **settings)


class Ref:
    """A node under construction, with operators."""

    __slots__ = ("emitter", "node")

    def __init__(self, emitter: Emitter, node: int) -> None:
        self.emitter = emitter
        self.node = node

    def __add__(self, other: Any) -> Ref:
        return self.emitter.call("add", self, other)

    def __radd__(self, other: Any) -> Ref:
        return self.emitter.call("add", other, self)

    def __sub__(self, other: Any) -> Ref:
        return self.emitter.call("sub", self, other)

    def __rsub__(self, other: Any) -> Ref:
        return self.emitter.call("sub", other, self)

    def __mul__(self, other: Any) -> Ref:
        if isinstance(other, Number) and other in (1, -1):
            return self if other == 1 else -self
        return self.emitter.call("mul", self, other)

    def __rmul__(self, other: Any) -> Ref:
        if isinstance(other, Number) and other in (1, -1):
            return self if other == 1 else -self
        return self.emitter.call("mul", other, self)

    def __truediv__(self, other: Any) -> Ref:
        return self.emitter.call("div", self, other)

    def __rtruediv__(self, other: Any) -> Ref:
        return self.emitter.call("div", other, self)

    def __neg__(self) -> Ref:
        return self.emitter.call("neg", self)

    def __pow__(self, exponent: Any) -> Ref:
        if isinstance(exponent, Ref):
            return self.emitter.call("pow", self, exponent)
        return self.emitter.call("powi", self, n=exponent)

    def __rpow__(self, base: Any) -> Ref:
        return self.emitter.call("pow", base, self)
