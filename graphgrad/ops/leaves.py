"""List the three kinds of leaves."""

from __future__ import annotations

from graphgrad.ops.row import Leaf

__all__ = ["LEAVES"]

LEAVES = (
    Leaf(name="input", arguments=(), role="input", doc="A given value: data."),
    Leaf(name="param", arguments=(), role="parameter", doc="A value that training changes."),
    Leaf(
        name="const",
        arguments=(),
        role="constant",
        doc="A number of the formula; the setting symbol names pi and e.",
    ),
)
