"""Run rows on object arrays of nodes under construction: a line of arrays, entry by entry."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import prod
from typing import Any

from graphgrad.graph.emit import Emitter, Ref
from graphgrad.ops.entries import Entries, as_array
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Elementwise, Row, Structural

__all__ = ["EntryEmitter", "EntryMath"]

Place = tuple[int, ...]
_RUNNING = ("cumsum", "cumprod")


class EntryEmitter(Emitter):
    """The namespace of one entry: every op by name; a zero of the array's own is not added."""

    def call(self, op: str, *args: Any, **settings: Any) -> Ref:
        """Append an op by name."""
        if op == "add" and not all(isinstance(arg, Ref) for arg in args):
            left, right = args
            if isinstance(right, Ref) and left == 0:
                return right
            if isinstance(left, Ref) and right == 0:
                return left
        return super().call(op, *args, **settings)

    def number(self, value: Any) -> Ref:
        """Return a number, or a node, as a node; whole numbers stay exact."""
        return super().number(Fraction(value) if isinstance(value, int) else value)

    def every(self, *marks: Any) -> Any:
        """Return 1 where all marks are 1, as their product."""
        result: Any = 1
        for mark in marks:
            result = result * mark
        return result


class EntryMath(Entries):
    """Namespace of structural rows on arrays of nodes; each entry becomes ops on entries.

    Attributes:
        off_board: whether a softmax takes the largest entry off before it takes exponentials, and
            a norm is distances of two entries at a time.
        made_by: of each node that a function returned, the function's name and the entry's place.
    """

    def __init__(self, emitter: EntryEmitter) -> None:
        self.made_by: dict[int, tuple[str, Place]] = {}
        self.off_board = False
        super().__init__(emitter)
        for row in ROWS:
            if isinstance(row, Elementwise):
                setattr(self, row.name, self._each(row.name))

    def value(self, row: Row, args: tuple[Any, ...], settings: dict[str, Any]) -> Any:
        """Return the output of an op on arrays of nodes, as an array of nodes."""
        args = tuple(map(as_array, args))
        if isinstance(row, Elementwise):
            return as_array(getattr(self, row.name)(*args, **settings))
        assert isinstance(row, Structural)
        if row.name == "one_hot":
            args = (self._checked(*args, **settings),)
        if row.name == "std" and self.off_board:
            return self._noted(row.name, self._deviation(*args, **settings))
        found = row.evaluate(self, *args, **settings)
        if row.name in _RUNNING:  # an entry is not what the next one is computed from
            found = getattr(self, "identity")(as_array(found))  # noqa: B009  # set from the rows
        return self._noted(row.name, found)

    def _checked(self, x: Any, *, classes: int, first: int) -> Any:
        """Return numbers of classes as targets: no comparison tells that there is no class 7."""
        target: Any = getattr(self, "target")  # noqa: B009  # set from the rows
        return target(x, low=first, high=first + classes - 1, step=1)

    def _each(self, name: str) -> Callable[..., Any]:
        def every(*args: Any, **settings: Any) -> Any:
            entry = self.np.frompyfunc(lambda *at: self.m.call(name, *at, **settings), len(args), 1)
            return self._noted(name, entry(*map(as_array, args)))

        return every

    def _noted(self, name: str, result: Any) -> Any:
        """Remember which function made the entries of a result, and return it as an array."""
        found = as_array(result)
        for place in self.np.ndindex(*found.shape):
            entry = found[place]
            if isinstance(entry, Ref):
                self.made_by.setdefault(entry.node, (name, place if found.size > 1 else ()))
        return found

    def sum(self, x: Any, *, axis: Place, keepdims: bool) -> Any:
        """Return the sum of entries along axes."""
        x = as_array(x)
        found = as_array(super().sum(x, axis=axis, keepdims=keepdims))
        if not x.size and found.size:  # the mean of nothing is 0/0, which a number refuses
            found = self.np.frompyfunc(self.m.number, 1, 1)(found)
        return self._noted("sum", found)

    def max(self, x: Any, *, axis: Place, keepdims: bool) -> Any:
        """Return the largest entry along axes, two at a time; a tie goes to the first."""
        rows = self._rows(x, axis)
        larger = self.np.frompyfunc(self.m.maximum, 2, 1)
        largest = as_array(larger.reduce(rows, axis=-1)) if axis else rows[..., 0]
        if keepdims:
            kept = (1 if at in axis else n for at, n in enumerate(self.np.shape(x)))
            largest = largest.reshape(tuple(kept))
        return self._noted("max", largest)

    def softmax(self, x: Any, *, axis: int) -> Any:
        """Return exp(x) over its sum, x without its largest entry where that would overflow."""
        x = as_array(x)
        powers = self.exp(x - self.max(x, axis=(axis,), keepdims=True) if self.off_board else x)
        return powers / self.sum(powers, axis=(axis,), keepdims=True)

    def logsumexp(self, x: Any, *, axis: Place, keepdims: bool) -> Any:
        """Return the logarithm of the sum of exponentials, beside the largest if need be."""
        if not self.off_board:
            return self.log(self.sum(self.exp(x), axis=axis, keepdims=keepdims))
        x = as_array(x)
        largest = self.max(x, axis=axis, keepdims=True)
        rest = self.log(self.sum(self.exp(x - largest), axis=axis, keepdims=True)) + largest
        return rest if keepdims else rest.reshape(self.np.shape(self.np.sum(x, axis=axis)))

    def norm(self, x: Any, *, axis: Place, keepdims: bool) -> Any:
        """Return the root of the sum of squares; where it is 0, of two entries at a time."""
        if not self.off_board:
            return super().norm(x, axis=axis, keepdims=keepdims)
        rows = self._rows(x, axis)
        if rows.shape[-1] == 1:
            rows = getattr(self, "abs")(rows)  # noqa: B009  # set from the rows
        distance = self.np.frompyfunc(self.m.hypot, 2, 1)
        found = as_array(distance.reduce(rows, axis=-1))
        return self.np.expand_dims(found, axis) if keepdims else found

    def _deviation(self, x: Any, *, axis: Place, ddof: int, keepdims: bool) -> Any:
        """Return the standard deviation as the norm of distances from the mean."""
        x = as_array(x)
        count = prod(x.shape[at] for at in axis)
        mean = self.sum(x, axis=axis, keepdims=True) / count
        norm = self.norm(x - mean, axis=axis, keepdims=keepdims)
        return norm / self.m.sqrt(self.m.number(count - ddof))

    def scatter_add(self, x: Any, *, key: Any, shape: Place) -> Any:
        """Return zeros with entries put at a place: nothing is added to them."""
        result = self.np.zeros(shape, dtype=object)
        place = tuple(part if isinstance(part, int) else slice(*part) for part in key)
        result[place] = as_array(x)[()]
        return result
