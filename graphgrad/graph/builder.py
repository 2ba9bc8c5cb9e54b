"""Build a graph node by node and line by line, then freeze it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Any

from graphgrad.graph.columns import NO_SETTINGS, Columns
from graphgrad.graph.graph import Graph, Heading
from graphgrad.ops.registry import code_of
from graphgrad.ops.shapes import Shape

__all__ = ["GraphBuilder"]

_CONSTANT = code_of("const")


class GraphBuilder:
    """Append leaves and ops; ``end_line`` closes a named line around the nodes since the last.

    >>> builder = GraphBuilder()
    >>> x = builder.leaf_line("x", "input", 3.0)
    >>> y = builder.apply("mul", (x, x))
    >>> builder.end_line("y")
    >>> builder.freeze(output=y).node(y).parents
    (0, 0)
    """

    def __init__(self) -> None:
        self.columns = Columns()
        self.defaults: dict[int, Any] = {}
        self.later: dict[int, Callable[[], Any]] = {}
        self.line_ends = array("I")
        self.line_names: list[str] = []
        self.line_groups = array("I")
        self.groups: list[str] = [""]
        self._group_index: dict[str, int] = {"": 0}
        self.labels: dict[int, str] = {}

    def leaf(self, role: str, value: Any, shape: Shape) -> int:
        """Append a leaf (``input``, ``param`` or ``const``); a value of None is not given yet.

        A function is called for the value when the graph is frozen, so that what is too large can
        be refused before it is made.
        """
        node = self.columns.leaf(code_of(role), shape)
        if callable(value):
            self.later[node] = value
        elif value is not None:
            self.defaults[node] = _owned(value)
        return node

    def leaf_line(self, name: str, role: str, value: Any, shape: Shape = ()) -> int:
        """Append a leaf that is a line of its own."""
        node = self.leaf(role, value, shape)
        self.end_line(name)
        return node

    def constant(self, value: Any, shape: Shape = (), symbol: str = "") -> int:
        """Append a number of the formula; ``symbol`` names pi and e."""
        node = self.columns.leaf(_CONSTANT, shape, {"symbol": symbol} if symbol else NO_SETTINGS)
        self.defaults[node] = _owned(value)
        return node

    def apply(self, op: str, parents: Sequence[int], **settings: Any) -> int:
        """Append an op, by name, on earlier nodes."""
        return self.columns.apply(code_of(op), parents, settings)

    def end_line(self, name: str, *, label: str = "", group: str = "") -> None:
        """Name the nodes since the last line; the last of them is the line's value."""
        if label:
            self.labels[len(self.line_names)] = label
        if group not in self._group_index:
            self._group_index[group] = len(self.groups)
            self.groups.append(group)
        self.line_groups.append(self._group_index[group])
        self.line_names.append(name)
        self.line_ends.append(len(self.columns))

    def freeze(self, output: int, *, loss: bool = False, heading: Heading | None = None) -> Graph:
        """Return the immutable graph; the builder must not be used afterwards."""
        for node, make in self.later.items():
            value = self.defaults[node] = make()
            value.flags.writeable = False  # no one else has it
        return Graph(
            self.columns,
            self.line_ends,
            self.line_names,
            self.line_groups,
            self.groups,
            self.labels,
            self.defaults,
            output=output,
            loss=loss,
            heading=heading or Heading(),
        )


def _owned(value: Any) -> Any:
    """Return an array that no one else can write into; numbers as they are."""
    if not hasattr(value, "flags") or not value.flags.writeable:
        return value
    copied = value.copy()
    copied.flags.writeable = False
    return copied
