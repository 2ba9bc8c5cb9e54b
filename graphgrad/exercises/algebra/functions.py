"""Run rows on terms: the lines that compute numbers and build graphs also build expressions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial, reduce
from math import factorial, prod
from typing import Any

from graphgrad.errors import LimitError
from graphgrad.exercises.algebra.terms import Pool, Term
from graphgrad.ops.floats import ArrayMath
from graphgrad.ops.registry import find
from graphgrad.ops.row import Elementwise, Structural

__all__ = ["TermMath", "arrays"]

_ON_ARRAYS = frozenset(
    {"matmul", "outer", "sum", "transpose", "reshape", "broadcast", "index"}
    | {"scatter_add", "concat", "stack", "gather", "scatter_at"}
    | {"windows", "fold", "flip", "repeat"}
)
_ON_ENTRIES = frozenset({"norm", "inverse", "det", "order_mask"})
_MOST_PARTS = {"inverse": 24, "det": 24, "order_mask": 4_000}
"""How many products a determinant has, or marks the order of entries, before it is too large."""


def arrays() -> Any:
    """Return numpy, imported when the first array is met."""
    import numpy

    return numpy


class TermMath:
    """Namespace of every row on terms and on object arrays of terms."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    @property
    def pi(self) -> Term:
        """Return the number pi."""
        return Term(self.pool, self.pool.put("pi"))

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name in _ON_ARRAYS:
            return getattr(ArrayMath(), name)  # type: ignore[no-any-return]
        if name in _ON_ENTRIES:
            return partial(self._on_entries, name)
        row = find(name)
        if isinstance(row, Structural):  # what is no op of its own here is made of others
            return lambda *args, **settings: row.evaluate(self, *args, **(row.defaults | settings))
        if not isinstance(row, Elementwise):
            raise AttributeError(name)
        return lambda *args, **settings: row.formula(self, *args, **(row.defaults | settings))

    def _on_entries(self, name: str, x: Any, **settings: Any) -> Any:
        """Return what is defined by the entries of an array, each computed as a term.

        Raises:
            LimitError: if there would be too many terms.
        """
        shape = self.shape(x)
        parts = factorial(min(shape[-1], 9)) if name in ("inverse", "det") else prod(shape)
        parts *= shape[-1] if name == "order_mask" else 1
        if parts > _MOST_PARTS.get(name, parts):
            raise LimitError("check.too_many_terms", limit=_MOST_PARTS[name])
        from graphgrad.ops.entries import Entries  # few exercises ask for one of them

        return getattr(Entries(self), name)(x, **settings)

    def shape(self, value: Any) -> tuple[int, ...]:
        """Return the shape of an array, () for a term."""
        return tuple(getattr(value, "shape", ()))

    def _each(self, function: Callable[..., Term], *args: Any) -> Any:
        """Apply a function of terms to terms, or entry by entry to arrays."""
        term = self.pool.term
        if not any(hasattr(arg, "shape") for arg in args):
            return function(*map(term, args))
        each = arrays().frompyfunc(lambda *parts: function(*map(term, parts)), len(args), 1)
        return each(*args)

    def _call(self, op: str, *args: Any, held: Any = None) -> Any:
        put = self.pool.put
        return self._each(
            lambda *terms: Term(self.pool, put(op, tuple(t.id for t in terms), held)), *args
        )

    # ---- elementary functions ----

    def exp(self, x: Any) -> Any:
        """Return e^x."""
        return self._each(lambda t: self.pool.folded("exp", t, 0, 1), x)

    def log(self, x: Any) -> Any:
        """Return the natural logarithm."""
        return self._each(lambda t: self.pool.folded("log", t, 1, 0), x)

    def sqrt(self, x: Any) -> Any:
        """Return the square root."""
        return self.powi(x, n=Fraction(1, 2))

    def sin(self, x: Any) -> Any:
        """Return the sine."""
        return self._each(lambda t: self.pool.folded("sin", t, 0, 0), x)

    def cos(self, x: Any) -> Any:
        """Return the cosine."""
        return self._each(lambda t: self.pool.folded("cos", t, 0, 1), x)

    def tan(self, x: Any) -> Any:
        """Return the tangent as sine over cosine."""
        return self.sin(x) / self.cos(x)

    def tanh(self, x: Any) -> Any:
        """Return the hyperbolic tangent through exp."""
        return 1 - 2 / (self.exp(2 * x) + 1)

    def erf(self, x: Any) -> Any:
        """Return the error function."""
        return self._call("erf", x)

    def asin(self, x: Any) -> Any:
        """Return the arc whose sine is given."""
        return self._call("asin", x)

    def atan(self, x: Any) -> Any:
        """Return the arc whose tangent is given."""
        return self._call("atan", x)

    arcsin, arctan = asin, atan

    def floor(self, x: Any) -> Any:
        """Return the largest whole number up to x."""
        return self._each(
            lambda t: self._known(t, "floor", lambda v: v.numerator // v.denominator), x
        )

    def stop_gradient(self, x: Any) -> Any:
        """Return the same value, which no derivative moves."""
        return self._each(self._held, x)

    def _held(self, term: Term) -> Term:
        known = self.pool.value(term.id) is not None
        return term if known else Term(self.pool, self.pool.put("held", (term.id,)))

    def abs(self, x: Any) -> Any:
        """Return the absolute value."""
        return self._call("abs", x)

    def powi(self, x: Any, *, n: Any) -> Any:
        """Return a power with a constant exponent."""
        exponent = Fraction(n)
        return self._each(lambda t: self.pool.raised(t, exponent), x)

    def pow(self, x: Any, y: Any) -> Any:
        """Return a power; with a variable exponent it exists for x > 0."""
        return self._each(self.pool.pow, x, y)

    # ---- comparison and choice ----

    def positive(self, x: Any) -> Any:
        """Return 1 where x > 0, else 0."""
        return self._each(lambda t: self._known(t, "positive", lambda v: v > 0), x)

    def zero(self, x: Any) -> Any:
        """Return 1 where x is 0, else 0."""
        return self._each(lambda t: self._known(t, "zero", lambda v: v == 0), x)

    def _known(self, term: Term, op: str, test: Callable[[Fraction], int]) -> Term:
        value = self.pool.value(term.id)
        if value is not None:
            return self.pool.number(int(test(value)))
        return Term(self.pool, self.pool.put(op, (term.id,)))

    def greater(self, a: Any, b: Any) -> Any:
        """Return 1 where a > b, else 0."""
        return self._each(self._greater, a, b)

    def _greater(self, a: Term, b: Term) -> Term:
        term: Term = self.pool.number(0) if a == b else self.positive(a - b)
        return term

    def less(self, a: Any, b: Any) -> Any:
        """Return 1 where a < b, else 0."""
        return self.greater(b, a)

    def equal(self, a: Any, b: Any) -> Any:
        """Return 1 where a and b are equal, else 0."""
        return self.zero(a - b)

    def sign(self, x: Any) -> Any:
        """Return -1, 0 or 1."""
        return self.positive(x) - self.positive(-x)

    def where(self, condition: Any, a: Any, b: Any) -> Any:
        """Return a where the condition is not 0, else b."""
        return self._each(self._where, condition, a, b)

    def _where(self, condition: Term, a: Term, b: Term) -> Term:
        value = self.pool.value(condition.id)
        if value is not None:
            return a if value else b
        return Term(self.pool, self.pool.put("where", (condition.id, a.id, b.id)))

    # ---- along axes ----

    def pad(self, x: Any, *, width: tuple[int, ...], value: Any) -> Any:
        """Return an array with a frame of one value."""
        return ArrayMath().pad(x, width=width, value=self.pool.number(value))

    def max(self, x: Any, *, axis: tuple[int, ...], keepdims: bool) -> Any:
        """Return the largest entry along axes."""
        return self._along(x, axis, keepdims, lambda part: reduce(self.maximum, part))

    def logsumexp(self, x: Any, *, axis: tuple[int, ...], keepdims: bool) -> Any:
        """Return the logarithm of the sum of exponentials along axes."""
        return self._along(x, axis, keepdims, lambda p: self.log(sum(self.exp(t) for t in p)))

    def softmax(self, x: Any, *, axis: int) -> Any:
        """Return exp(x_i) over the sum of all exp(x_j) along an axis."""
        powers = self.exp(x)
        return powers / self._along(powers, (axis,), True, sum)

    def argmax_mask(self, x: Any, *, axis: tuple[int, ...]) -> Any:
        """Return 1 at the first largest entry along axes, else 0."""
        if not hasattr(x, "shape"):
            return self.pool.number(1)
        np = arrays()
        mask = np.empty(x.shape, dtype=object)
        for index in np.ndindex(*self._kept(x.shape, axis)):
            places = self._places(x.shape, axis, index)
            for rank, place in enumerate(places):
                wins = [self.greater(x[place], x[other]) for other in places[:rank]]
                wins += [1 - self.greater(x[other], x[place]) for other in places[rank + 1 :]]
                mask[place] = self.pool.product(map(self.pool.term, wins))
        return mask

    def _along(self, x: Any, axis: tuple[int, ...], keepdims: bool, fold: Any) -> Any:
        if not hasattr(x, "shape"):
            return fold([x])
        np = arrays()
        kept = self._kept(x.shape, axis)
        result = np.empty(kept, dtype=object)
        for index in np.ndindex(*kept):
            result[index] = fold([x[place] for place in self._places(x.shape, axis, index)])
        if keepdims:
            return result
        squeezed = result.reshape([n for i, n in enumerate(x.shape) if i not in axis])
        return squeezed if squeezed.shape else squeezed.item()

    @staticmethod
    def _kept(shape: tuple[int, ...], axis: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(1 if i in axis else n for i, n in enumerate(shape))

    @staticmethod
    def _places(
        shape: tuple[int, ...], axis: tuple[int, ...], index: tuple[int, ...]
    ) -> list[tuple[int, ...]]:
        """Return the places of the entries that one reduced entry stands for."""
        ranges = [range(n) if i in axis else (index[i],) for i, n in enumerate(shape)]
        places: list[tuple[int, ...]] = [()]
        for part in ranges:
            places = [(*place, k) for place in places for k in part]
        return places
