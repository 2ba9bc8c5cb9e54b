"""Run rows on object arrays, whose entries are symbols, precise numbers, or nodes of a graph."""

from __future__ import annotations

from math import prod
from typing import Any

from graphgrad.ops.evaluate import arrays
from graphgrad.ops.floats import ArrayMath

__all__ = ["Entries", "as_array"]


def as_array(value: Any) -> Any:
    """Return a value as an array of objects; a scalar gets shape ()."""
    array = arrays().np.asarray(value)
    return array if array.dtype == object else array.astype(object)


class Entries(ArrayMath):
    """Namespace of array functions on object arrays; entries are computed in another namespace.

    Sums of exponentials are the definitions here, without the shift that keeps floats finite.
    """

    def __init__(self, m: Any) -> None:
        super().__init__()
        self.m = m
        self.exp = self._each("exp")
        self.log = self._each("log")
        self.sqrt = self._each("sqrt")

    def _each(self, name: str) -> Any:
        function = getattr(self.m, name)
        return lambda *args: self.np.frompyfunc(function, len(args), 1)(*map(as_array, args))

    def where(self, condition: Any, a: Any, b: Any) -> Any:
        """Return a where the condition is not 0, else b, entry by entry."""
        return self._each("where")(condition, a, b)

    def equal(self, a: Any, b: Any) -> Any:
        """Return 1 where two entries are equal, else 0."""
        return self._each("equal")(a, b)

    def max(self, x: Any, *, axis: tuple[int, ...], keepdims: bool) -> Any:
        """Return the largest entry along axes, as the sum of entries times their marks."""
        x = as_array(x)
        return self.np.sum(x * self.argmax_mask(x, axis=axis), axis=axis, keepdims=keepdims)

    def argmax_mask(self, x: Any, *, axis: tuple[int, ...]) -> Any:
        """Return 1 at the first largest entry along the axes, else 0."""
        flat = self._rows(x, axis)
        mask = self.np.empty(flat.shape, dtype=object)
        for place in self.np.ndindex(*flat.shape[:-1]):
            mask[place] = self._first_largest(flat[place].tolist())
        ndim = self.np.ndim(x)
        last = tuple(range(ndim - len(axis), ndim))
        moved = self.np.moveaxis(self.np.zeros(self.np.shape(x)), axis, last).shape
        return self.np.moveaxis(mask.reshape(moved), last, axis)

    def _first_largest(self, entries: list[Any]) -> Any:
        """Return marks: no entry before is as large, no entry behind is larger."""
        marks = self.np.empty(len(entries), dtype=object)
        for index, entry in enumerate(entries):
            before = [self.m.greater(entry, other) for other in entries[:index]]
            behind = [1 - self.m.greater(other, entry) for other in entries[index + 1 :]]
            marks[index] = self.m.every(*before, *behind)
        return marks

    def _rows(self, x: Any, axis: tuple[int, ...]) -> Any:
        """Return the entries with the axes flattened into the last one."""
        x = as_array(x)
        kept = x.ndim - len(axis)
        moved = self.np.moveaxis(x, axis, tuple(range(kept, x.ndim)))
        return moved.reshape((*moved.shape[:kept], prod(moved.shape[kept:])))

    def softmax(self, x: Any, *, axis: int) -> Any:
        """Return exp(x) over its sum."""
        powers = self.exp(as_array(x))
        return powers / self.np.sum(powers, axis=axis, keepdims=True)

    def logsumexp(self, x: Any, *, axis: tuple[int, ...], keepdims: bool) -> Any:
        """Return the logarithm of the sum of exponentials."""
        return self.log(self.np.sum(self.exp(as_array(x)), axis=axis, keepdims=keepdims))

    def norm(self, x: Any, *, axis: tuple[int, ...], keepdims: bool) -> Any:
        """Return the square root of the sum of squares."""
        x = as_array(x)
        return self.sqrt(self.sum(x * x, axis=axis, keepdims=keepdims))

    def inverse(self, x: Any) -> Any:
        """Return the inverse of the last two axes, by cofactors."""
        x = as_array(x)
        if x.ndim > 2:
            parts = [self.inverse(part) for part in x]
            return self.np.array(parts, dtype=object).reshape(x.shape)
        size = len(x)
        result = self.np.empty(x.shape, dtype=object)
        whole = self._determinant(x)
        for row, column in self.np.ndindex(size, size):
            minor = self.np.delete(self.np.delete(x, column, axis=0), row, axis=1)
            cofactor = self._determinant(minor) / whole
            result[row, column] = -cofactor if (row + column) % 2 else cofactor
        return result

    def det(self, x: Any) -> Any:
        """Return the determinant, by cofactors."""
        return self._determinant(as_array(x))

    def order_mask(self, x: Any) -> Any:
        """Return rows of which the j-th marks the entry that is j-th in rising order."""
        x = as_array(x)
        mask = self.np.empty((*x.shape, x.shape[-1]), dtype=object)
        for place in self.np.ndindex(*x.shape[:-1]):
            for at, rank in enumerate(self._ranks(x[place].tolist())):
                for j in range(x.shape[-1]):
                    mask[(*place, j, at)] = self.m.equal(rank, j)
        return mask

    def _ranks(self, entries: list[Any]) -> list[Any]:
        """Return how many entries come before each: smaller ones, and equal ones further left."""
        ranks = []
        for at, entry in enumerate(entries):
            before: Any = 0
            for other, value in enumerate(entries):
                if other != at:
                    larger = self.m.greater(value, entry)
                    before = before + (1 - larger if other < at else self.m.greater(entry, value))
            ranks.append(before)
        return ranks

    def _determinant(self, x: Any) -> Any:
        """Return a determinant, expanded along the first row."""
        if not len(x):
            return 1
        total: Any = None
        for column, entry in enumerate(x[0]):
            term = entry * self._determinant(self.np.delete(x[1:], column, axis=1))
            signed = -term if column % 2 else term
            total = signed if total is None else total + signed
        return total
