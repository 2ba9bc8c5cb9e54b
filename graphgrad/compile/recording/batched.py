"""Run rows on many tangents at once: an array of them has one more axis in front.

Rows count axes as if that axis were not there. Only tangents have it; a rule that pushes a tangent
forward is linear in it, so few functions ever meet one.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

from graphgrad.compile.recording.lowering import Lowering, as_ieee
from graphgrad.compile.recording.recording import Recording
from graphgrad.compile.recording.var import Composite
from graphgrad.ops.row import Elementwise, Structural
from graphgrad.ops.shapes import Shape

__all__ = ["Batch", "Batched", "Pushed"]


class Batch(Composite):
    """Many values of one shape, as one array of a program."""

    __slots__ = ("m", "var")

    def __init__(self, m: Batched, var: Any) -> None:
        self.m = m
        self.var = var

    def __add__(self, other: Any) -> Batch:
        return self.m.entries("add", self, other)

    def __radd__(self, other: Any) -> Batch:
        return self.m.entries("add", other, self)

    def __sub__(self, other: Any) -> Batch:
        return self.m.entries("sub", self, other)

    def __rsub__(self, other: Any) -> Batch:
        return self.m.entries("sub", other, self)

    def __mul__(self, other: Any) -> Batch:
        return self.m.entries("mul", self, other)

    def __rmul__(self, other: Any) -> Batch:
        return self.m.entries("mul", other, self)

    def __truediv__(self, other: Any) -> Batch:
        return self.m.entries("div", self, other)

    def __neg__(self) -> Batch:
        return self.m.entries("neg", self)


class Batched:
    """Namespace of rows in which some arrays are batches; the others go to the usual one.

    Args:
        m: the usual namespace.
        count: how many values a batch has.
    """

    def __init__(self, m: Recording, count: int) -> None:
        self.m = m
        self.count = count

    @property
    def pi(self) -> float:
        """Return the number pi."""
        return self.m.pi

    def shape(self, x: Any) -> Shape:
        """Return the shape of one value."""
        return self.m.shape(x.var)[1:] if isinstance(x, Batch) else self.m.shape(x)

    def __getattr__(self, name: str) -> Any:
        def call(*args: Any, **settings: Any) -> Any:
            if any(isinstance(arg, Batch) for arg in args):
                raise NotImplementedError(name)
            return getattr(self.m, name)(*args, **settings)

        return call

    def entries(self, name: str, *args: Any) -> Batch:
        """Do entry by entry; values of fewer axes get axes of length 1 behind the batch's."""
        rank = max(len(self.shape(arg)) for arg in args)
        return Batch(self, self.m.elementwise(name, *(self._aligned(arg, rank) for arg in args)))

    def _aligned(self, x: Any, rank: int) -> Any:
        if not isinstance(x, Batch):
            return x
        inner = self.shape(x)
        missing = (1,) * (rank - len(inner))
        return self.m.reshape(x.var, shape=(self.count, *missing, *inner)) if missing else x.var

    # ---- whole arrays ----

    def sum(self, x: Any, *, axis: tuple[int, ...], keepdims: bool) -> Any:
        """Return sums along axes of each value."""
        if not isinstance(x, Batch):
            return self.m.sum(x, axis=axis, keepdims=keepdims)
        along = tuple(at + 1 for at in axis)
        return Batch(self, self.m.sum(x.var, axis=along, keepdims=keepdims))

    def broadcast(self, x: Any, *, shape: Shape) -> Any:
        """Return each value repeated to a shape."""
        if not isinstance(x, Batch):
            return self.m.broadcast(x, shape=shape)
        aligned = self._aligned(x, len(shape))
        return Batch(self, self.m.broadcast(aligned, shape=(self.count, *shape)))

    def reshape(self, x: Any, *, shape: Shape) -> Any:
        """Return each value in another shape."""
        if not isinstance(x, Batch):
            return self.m.reshape(x, shape=shape)
        return Batch(self, self.m.reshape(x.var, shape=(self.count, *shape)))

    def transpose(self, x: Any, *, axes: tuple[int, ...]) -> Any:
        """Return each value with its axes exchanged."""
        if not isinstance(x, Batch):
            return self.m.transpose(x, axes=axes)
        return Batch(self, self.m.transpose(x.var, axes=(0, *(at + 1 for at in axes))))

    def index(self, x: Any, *, key: Any) -> Any:
        """Return entries of each value."""
        if not isinstance(x, Batch):
            return self.m.index(x, key=key)
        return Batch(self, self.m.index(x.var, key=((0, self.count), *key)))

    def scatter_add(self, x: Any, *, key: Any, shape: Shape) -> Any:
        """Return zeros with each value's entries at a place."""
        if not isinstance(x, Batch):
            return self.m.scatter_add(x, key=key, shape=shape)
        whole = ((0, self.count), *key)
        return Batch(self, self.m.scatter_add(x.var, key=whole, shape=(self.count, *shape)))

    def gather(self, x: Any, *, at: tuple[int, ...], shape: Shape) -> Any:
        """Return entries of each value by their places."""
        if not isinstance(x, Batch):
            return self.m.gather(x, at=at, shape=shape)
        places = self._places(at, prod(self.shape(x)))
        return Batch(self, self.m.gather(x.var, at=places, shape=(self.count, *shape)))

    def scatter_at(self, x: Any, *, at: tuple[int, ...], shape: Shape) -> Any:
        """Return zeros with each value's entries added at their places."""
        if not isinstance(x, Batch):
            return self.m.scatter_at(x, at=at, shape=shape)
        places = self._places(at, prod(shape))
        return Batch(self, self.m.scatter_at(x.var, at=places, shape=(self.count, *shape)))

    def _places(self, at: tuple[int, ...], size: int) -> tuple[int, ...]:
        return tuple(size * value + place for value in range(self.count) for place in at)

    def windows(self, x: Any, **settings: Any) -> Any:
        """Return the windows of each value: they lie along the last axes."""
        return self._last("windows", x, settings)

    def fold(self, x: Any, **settings: Any) -> Any:
        """Return windows of each value added up."""
        return self._last("fold", x, settings)

    def pad(self, x: Any, **settings: Any) -> Any:
        """Return each value in a frame."""
        return self._last("pad", x, settings)

    def _last(self, name: str, x: Any, settings: dict[str, Any]) -> Any:
        function = getattr(self.m, name)
        many = isinstance(x, Batch)
        return Batch(self, function(x.var, **settings)) if many else function(x, **settings)

    def flip(self, x: Any, *, axis: int) -> Any:
        """Return each value in reverse order along an axis."""
        if not isinstance(x, Batch):
            return self.m.flip(x, axis=axis)
        return Batch(self, self.m.flip(x.var, axis=axis + 1))

    def repeat(self, x: Any, *, times: int, axis: int) -> Any:
        """Return each value's entries several times along an axis."""
        if not isinstance(x, Batch):
            return self.m.repeat(x, times=times, axis=axis)
        return Batch(self, self.m.repeat(x.var, times=times, axis=axis + 1))

    def stack(self, *parts: Any, axis: int) -> Any:
        """Return values side by side along a new axis of each."""
        return self._joined("stack", parts, axis)

    def concat(self, *parts: Any, axis: int) -> Any:
        """Return values side by side along an axis of each."""
        return self._joined("concat", parts, axis)

    def where(self, condition: Any, a: Any, b: Any) -> Any:
        """Return entries of the one value or the other, of each."""
        if not any(isinstance(x, Batch) for x in (condition, a, b)):
            return self.m.where(condition, a, b)
        return self.entries("where", condition, a, b)

    def _joined(self, name: str, parts: tuple[Any, ...], axis: int) -> Any:
        join, repeated = getattr(self.m, name), self.m.broadcast
        if not any(isinstance(part, Batch) for part in parts):
            return join(*parts, axis=axis)
        whole = [
            x.var if isinstance(x, Batch) else repeated(x, shape=(self.count, *self.shape(x)))
            for x in parts
        ]
        return Batch(self, join(*whole, axis=axis + 1))

    # ---- products ----

    def outer(self, a: Any, b: Any) -> Any:
        """Return all products of entries of two vectors."""
        if not isinstance(a, Batch) and not isinstance(b, Batch):
            return self.m.outer(a, b)
        tall = self.reshape(a, shape=(*self.shape(a), 1))
        wide = self.reshape(b, shape=(1, *self.shape(b)))
        return self.entries("mul", tall, wide)

    def matmul(self, a: Any, b: Any) -> Any:
        """Return products of matrices and vectors, one of which is a batch of such."""
        if not isinstance(a, Batch) and not isinstance(b, Batch):
            return self.m.matmul(a, b)
        if not isinstance(b, Batch):
            return self._many_left(a, b)
        return self._many_right(a, b)

    def _many_left(self, a: Batch, b: Any) -> Batch:
        """Return many matrices times one: the rows of all of them times it."""
        inner, right = self.shape(a), self.shape(b)
        if len(right) > 2 or len(inner) < 1:
            return self._stacked(a, b)
        rows = self.m.reshape(a.var, shape=(self.count * prod(inner[:-1]), inner[-1]))
        shape = (self.count, *inner[:-1], *right[1:])
        return Batch(self, self.m.reshape(self.m.matmul(rows, b), shape=shape))

    def _many_right(self, a: Any, b: Batch) -> Batch:
        left, inner = self.shape(a), self.shape(b)
        if isinstance(a, Batch) or len(left) > 2 or len(inner) > 2:
            return self._stacked(a, b)
        if len(inner) == 1:
            turned = a if len(left) == 1 else self.m.transpose(a, axes=(1, 0))
            return Batch(self, self.m.matmul(b.var, turned))
        return Batch(self, self.m.matmul(a, b.var))

    def _stacked(self, a: Any, b: Any) -> Batch:
        """Return products of stacks: vectors as matrices, all with the same number of axes."""
        vectors = (len(self.shape(a)) == 1, len(self.shape(b)) == 1)
        if vectors[0]:
            a = self.reshape(a, shape=(1, *self.shape(a)))
        if vectors[1]:
            b = self.reshape(b, shape=(*self.shape(b), 1))
        rank = max(len(self.shape(a)), len(self.shape(b)))
        found = Batch(self, self.m.matmul(self._aligned(a, rank), self._aligned(b, rank)))
        shape = self.shape(found)
        shape = (*shape[:-2], *shape[-2 + vectors[0] :])
        shape = shape[:-1] if vectors[1] else shape
        return Batch(self, self.m.reshape(found.var, shape=(self.count, *shape)))


class Pushed:
    """Forward mode over a graph that is being lowered, on many tangents at once.

    Args:
        lowering: the graph, with its values.
        tangents: a batch of tangents per leaf.
        count: how many tangents a batch has.
    """

    def __init__(self, lowering: Lowering, tangents: Mapping[int, Any], count: int) -> None:
        self.lowering = lowering
        self.m = Batched(lowering.m, count)
        self.tangents: dict[int, Any] = {n: Batch(self.m, var) for n, var in tangents.items()}
        columns = lowering.columns
        for node in range(len(columns)):
            parents = columns.parents_of(node)
            terms = [
                self._term(node, slot, self.tangents[parent])
                for slot, parent in enumerate(parents)
                if parent in self.tangents
            ]
            kept = [term for term in terms if term is not None]
            if kept:
                self.tangents[node] = sum(kept[1:], kept[0])

    def _term(self, node: int, slot: int, tangent: Batch) -> Any:
        lowering, m = self.lowering, self.m
        row, settings = lowering.columns.row(node), lowering.settings_of(node)
        out = lowering.value(node)
        args = tuple(lowering.value(parent) for parent in lowering.columns.parents_of(node))
        if isinstance(row, Elementwise):
            partial = as_ieee(row.computed_partials[slot], lowering.m, out, *args, **settings)
            if not hasattr(partial, "at") and partial == 0:
                return None
            product = partial * tangent if hasattr(partial, "at") else tangent * partial
            shape = lowering.columns.shape(node)
            return product if m.shape(product) == shape else m.broadcast(product, shape=shape)
        assert isinstance(row, Structural)
        if row.pushforward is not None:
            return row.pushforward(m, tangent, out, args, slot, **settings)
        moved = (*args[:slot], tangent, *args[slot + 1 :])
        return row.evaluate(m, *moved, **settings)
