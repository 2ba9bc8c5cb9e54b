"""Build terms with the calls that build graphs: rows are applied to arrays of terms."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from graphgrad.errors import LimitError
from graphgrad.exercises.algebra.functions import TermMath, arrays
from graphgrad.exercises.algebra.terms import Pool
from graphgrad.graph.settings import complete_settings
from graphgrad.ops.registry import row as row_named
from graphgrad.ops.row import Elementwise, Row, Structural
from graphgrad.ops.shapes import Shape, broadcast_shapes

__all__ = [
    "MOST_ENTRIES",
    "TermBuilder",
    "applied",
    "as_terms",
    "in_shape",
    "shape_of",
    "subscript",
]

MOST_ENTRIES = 4_000
_LARGEST_ROOT = 1_000
_FINE = 10**13


def shape_of(value: Any) -> Shape:
    """Return the shape of an array of terms, () for a term."""
    return tuple(getattr(value, "shape", ()))


def in_shape(terms: Sequence[Any], shape: Shape) -> Any:
    """Return terms as an array of a shape, or the one term of a scalar."""
    if not shape:
        return terms[0]
    result = arrays().empty(len(terms), dtype=object)
    result[:] = terms
    return result.reshape(shape)


def subscript(place: int, shape: Shape) -> str:
    """Return the subscript, from 1, of an entry counted row by row.

    >>> subscript(3, (2, 3))
    '[2,1]'
    """
    index: list[int] = []
    for length in reversed(shape):
        place, rest = divmod(place, length)
        index.insert(0, rest + 1)
    return f"[{','.join(map(str, index))}]"


def as_terms(pool: Pool, value: Any) -> Any:
    """Return a number or array of numbers as a term or an array of terms."""
    if not hasattr(value, "shape"):
        root = _root_of(value)
        return pool.term(value) if root is None else TermMath(pool).sqrt(pool.number(root))
    if value.shape == ():
        return pool.term(value.item())
    if value.size > MOST_ENTRIES:
        raise LimitError("check.too_many_terms", limit=MOST_ENTRIES)
    return arrays().frompyfunc(pool.term, 1, 1)(value)


def _root_of(value: Any) -> int | None:
    """Return the whole number whose square root a number is, to the last digit of a float.

    >>> _root_of(Fraction("1.4142135623730951")), _root_of(1.5), _root_of(Fraction("1.41421356"))
    (2, None, None)
    """
    exact = Fraction(value) if isinstance(value, float | Fraction) and _is_finite(value) else None
    if exact is None or not 1 < exact < _LARGEST_ROOT or exact.denominator < _FINE:
        return None
    number = round(exact * exact)
    root = math.sqrt(number)  # a decimal of more digits is another number, which can be told apart
    return number if exact in (Fraction(root), Fraction(repr(root))) else None


def _is_finite(value: Any) -> bool:
    return not isinstance(value, float) or math.isfinite(value)


def applied(math: TermMath, row: Row, args: Sequence[Any], settings: dict[str, Any]) -> Any:
    """Return a row's value on terms; the settings are complete."""
    if isinstance(row, Elementwise):
        result = row.formula(math, *args, **settings)
    else:
        assert isinstance(row, Structural)
        result = row.evaluate(math, *args, **settings)
    return as_terms(math.pool, result)


class TermBuilder:
    """Look like a graph builder to the reader of formulas, and keep values as terms.

    Attributes:
        values: the term, or array of terms, of each node.
    """

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.math = TermMath(pool)
        self.values: list[Any] = []

    @property
    def columns(self) -> TermBuilder:
        """Return what answers questions about shapes: this builder."""
        return self

    def __len__(self) -> int:
        return len(self.values)

    def shape(self, node: int) -> Shape:
        """Return the shape of a node's value."""
        return shape_of(self.values[node])

    def add(self, value: Any) -> int:
        """Keep a value as a new node."""
        self.values.append(value)
        return len(self.values) - 1

    def constant(self, value: Any, shape: Shape = (), symbol: str = "") -> int:
        """Keep a number; pi and e stay exact."""
        if symbol == "pi":
            return self.add(self.math.pi)
        if symbol == "e":
            return self.add(self.math.exp(self.pool.number(1)))
        return self.add(as_terms(self.pool, value))

    def apply(self, op: str, parents: Sequence[int], **settings: Any) -> int:
        """Apply a row, by name, to earlier nodes.

        Raises:
            ShapeError: if the shapes do not fit.
            LimitError: if the result has too many entries.
        """
        row = row_named(op)
        args = [self.values[parent] for parent in parents]
        shapes = tuple(map(shape_of, args))
        full = complete_settings(row, settings, shapes)
        if isinstance(row, Elementwise):
            shape = broadcast_shapes(op, shapes)
        else:
            assert isinstance(row, Structural)
            shape = row.shape(*shapes, **full)
        size = 1
        for length in shape:
            size *= length
        if size > MOST_ENTRIES:
            raise LimitError("check.too_many_terms", limit=MOST_ENTRIES)
        return self.add(applied(self.math, row, args, full))

    def value(self, node: int) -> Any:
        """Return a node's term or array of terms."""
        return self.values[node]
