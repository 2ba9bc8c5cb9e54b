"""Apply a layer row: run its forward so that it appends named lines to a graph under construction.

Files and Python handles share this: each brings a target to append to, and the parameters' nodes.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, Protocol

from graphgrad.graph.columns import Columns
from graphgrad.graph.emit import Emitter, Ref
from graphgrad.layers.initialisers import filled
from graphgrad.layers.row import Layer
from graphgrad.ops.shapes import Shape

__all__ = ["LayerEmitter", "apply_layer"]


class Target(Protocol):
    """What lines can be appended to: a graph builder, or a tape of handles."""

    columns: Columns

    def constant(self, value: Any, shape: Shape = (), symbol: str = "") -> int: ...

    def end_line(self, name: str, *, label: str = "", group: str = "") -> None: ...


class LayerEmitter(Emitter):
    """The namespace of a layer's forward: every op by name, and names for lines of its group.

    Args:
        target: receives nodes and lines.
        name: the name of the line that the call defines; inner lines are ``name.inner``.
        group: the group of all lines of the call.
        results: names of results to the lines that the author gave them.
        training: whether dropout drops and batch statistics are taken from the batch.
    """

    def __init__(
        self,
        target: Target,
        name: str,
        group: str,
        *,
        results: Mapping[str, str] | None = None,
        training: bool = True,
    ) -> None:
        super().__init__(target)
        self.lines = target
        self.name = name
        self.group = group
        self.results = dict(results or {})
        self.training = training

    def line(self, name: str, value: Any) -> Ref:
        """Name a value: a line of the group, or the author's own line where it is a result."""
        ref = self.number(value)
        if self.closed(ref):
            ref = self.call("identity", ref)
        self.lines.end_line(self.results.get(name, f"{self.name}.{name}"), group=self.group)
        return ref

    def inner(self, name: str) -> LayerEmitter:
        """Return the namespace of a layer inside this one, whose lines are ``name.inner...``.

        What comes back from the inner forward is made a line by `line` here, under the same name.
        """
        return LayerEmitter(
            self.lines, f"{self.name}.{name}", f"{self.group}.{name}", training=self.training
        )

    def full(self, shape: Shape, value: Any) -> Ref:
        """Return an exact constant: an array of one value."""
        return Ref(self, self.receiver.constant(filled(shape, value), shape))

    def array(self, rows: Any) -> Ref:
        """Return an exact constant: nested lists of numbers as an array."""
        import numpy as np

        value = np.array(rows, dtype=object)
        return Ref(self, self.receiver.constant(value, value.shape))

    def closed(self, ref: Ref) -> bool:
        """Tell whether a value belongs to a line that has ended."""
        ends: Any = getattr(self.lines, "line_ends", ())
        return bool(len(ends)) and ref.node < ends[-1]


def apply_layer(
    layer: Layer,
    m: LayerEmitter,
    inputs: tuple[Ref | None, ...],
    parameters: Mapping[str, Ref],
    settings: Mapping[str, Any],
) -> tuple[Ref, ...]:
    """Append the lines of a layer and return its results; the last line is left open.

    The caller ends the line of the first result; further results are lines that `forward` names
    by `LayerEmitter.line`.

    Args:
        layer: the row.
        m: where it is built.
        inputs: what it is applied to; None for inputs left out.
        parameters: the nodes of its parameters, by name.
        settings: its settings, complete.
    """
    result: Any = layer.forward(m, SimpleNamespace(**parameters), *inputs, **settings)
    return result if isinstance(result, tuple) else (result,)
