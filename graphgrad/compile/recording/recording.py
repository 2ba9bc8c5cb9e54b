"""Run rows on operations: the same lines that compute numbers write down a program.

The namespace does at once what never changes a number: it computes what is constant, keeps an equal
operation once, repeats a number or a row only where it must, and keeps truth values apart.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from graphgrad.compile.recording.entry_recording import EntryRecording
from graphgrad.graph.columns import NO_SETTINGS
from graphgrad.ops.registry import find, row
from graphgrad.ops.row import Structural
from graphgrad.ops.rows.movement_rows import indexed_shape
from graphgrad.ops.shapes import Shape, reduced_shape

__all__ = ["Recording"]

_STRUCTURE = frozenset(
    {"max", "argmax_mask", "softmax", "logsumexp", "norm", "inverse", "scatter_add", "gather",
     "scatter_at", "concat", "stack", "windows", "fold", "pad", "flip", "repeat", "matmul", "outer",
     "det", "order_mask"}
)  # fmt: skip

_OF_ONE: dict[str, Callable[[Any, Any], Any]] = {
    "max": lambda _m, x: x,
    "logsumexp": lambda _m, x: x,
    "norm": lambda m, x: m.abs(x),
    "argmax_mask": lambda _m, _x: 1.0,
}
"""What operations along axes are of a single number, which has none."""


class Recording(EntryRecording):
    """Namespace of every row that appends operations to a program."""

    def __getattr__(self, name: str) -> Any:
        if name in _STRUCTURE:
            return lambda *args, **settings: self.structural(name, args, settings)
        found = None if name.startswith("_") else find(name)
        if isinstance(found, Structural):
            return lambda *args, **settings: found.evaluate(self, *args, **settings)
        return super().__getattr__(name)

    def sum(self, x: Any, *, axis: tuple[int, ...], keepdims: bool) -> Any:
        """Return the sum along axes."""
        op = self.op(x)
        if op is None or not axis:
            return x
        shape = reduced_shape(op.shape, axis, keepdims=keepdims)
        if op.name == "broadcast" and self.shape(self.var(op.args[0])) == ():
            count = math.prod(op.shape[at] for at in axis)
            total = self.var(op.args[0]) * float(count)
            return self.broadcast(total, shape=shape, kind=op.kind) if shape else total
        x = self.plain(x)
        made = self.append("sum", (x,), shape, self.kind(x), {"axis": axis, "keepdims": keepdims})
        return self.number(made) if self.kind(made) == "d" else made

    def number(self, x: Any) -> Any:
        """Return an array without axes as a number of Python's."""
        if self.kind(x) == "s" or self.shape(x) != ():
            return x
        return self.append("item", (self.plain(x),), (), "s")

    def broadcast(self, x: Any, *, shape: Shape, kind: str = "") -> Any:
        """Return a value repeated to a shape."""
        if self.shape(x) == shape:
            return x
        op = self.op(x)
        if op is not None and op.name == "broadcast":
            kind, x = kind or op.kind, self.var(op.args[0])
        have = self.kind(x)
        if not kind:
            kind = have if have != "s" or self.weak else "d"
        return self.append("broadcast", (x,), shape, kind)

    def reshape(self, x: Any, *, shape: Shape) -> Any:
        """Return the same entries, row by row, in another shape."""
        if self.shape(x) == ():
            return self.broadcast(x, shape=shape) if shape else x
        return self._moved("reshape", x, shape, NO_SETTINGS)

    def transpose(self, x: Any, *, axes: tuple[int, ...]) -> Any:
        """Return an array with its axes exchanged."""
        op = self.op(x)
        if op is None or axes == tuple(range(len(axes))):
            return x
        if op.name == "transpose":
            before = op.setting("axes")
            return self.transpose(self.var(op.args[0]), axes=tuple(before[at] for at in axes))
        shape = tuple(op.shape[at] for at in axes)
        return self._moved("transpose", x, shape, {"axes": axes})

    def index(self, x: Any, *, key: Any) -> Any:
        """Return entries of an array, by whole numbers and ranges."""
        shape = indexed_shape(self.shape(x), key=key)
        made = self._moved("index", x, shape, {"key": key})
        return self.number(made)

    def _moved(self, name: str, x: Any, shape: Shape, settings: Mapping[str, Any]) -> Any:
        """Append an operation that moves entries; a repeated number stays one."""
        op = self.op(x)
        if op is not None and op.name == "broadcast":
            source = self.var(op.args[0])
            if self.shape(source) == ():
                return self.broadcast(source, shape=shape, kind=op.kind) if shape else source
        if name == "reshape" and self.shape(x) == shape:
            return x
        if op is not None and name == op.name == "reshape":
            return self.reshape(self.var(op.args[0]), shape=shape)
        if op is None or (op.kind == "s" and op.shape == ()):
            return self.append(name, (x,), shape, "d", settings)
        return self.append(name, (x,), shape, op.kind, settings)

    def structural(self, name: str, args: tuple[Any, ...], settings: dict[str, Any]) -> Any:
        """Append an operation on whole arrays; its shape comes from the row of that name."""
        if name in _OF_ONE and self.shape(args[0]) == ():
            return _OF_ONE[name](self, args[0])
        shape = self._shape_of(name, args, settings)
        plain = tuple(self.plain(arg) for arg in args)
        kind = self._common_kind(plain)
        kind = "d" if kind == "s" else kind
        plain = tuple(self.cast(arg, kind) if self.kind(arg) == "s" else arg for arg in plain)
        made = self.append(name, plain, shape, kind, settings)
        return self.number(made) if kind == "d" else made

    def _shape_of(self, name: str, args: tuple[Any, ...], settings: dict[str, Any]) -> Shape:
        shapes = tuple(self.shape(arg) for arg in args)
        if name == "outer":
            return shapes[0] + shapes[1]
        found: Any = row(name)
        shape: Shape = found.shape(*shapes, **settings)
        return shape
