"""Evaluate rows on numbers: floats with IEEE rules, or exact rationals where they last."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from graphgrad.ops.exact import ExactMath, bounded
from graphgrad.ops.floats import ArrayMath, ScalarMath
from graphgrad.ops.row import Elementwise, Row, Structural
from graphgrad.ops.shapes import Shape, unbroadcast

__all__ = [
    "ExactArithmetic", "FloatArithmetic", "arithmetic", "fitted", "is_exact", "of_type",
    "pulled_back", "quietly", "to_float",
]  # fmt: skip

Settings = Mapping[str, Any]

_SCALARS = ScalarMath()
_LEAVES_THE_FINITE = (ArithmeticError, ValueError)


@cache
def arrays() -> ArrayMath:
    """Return the one namespace of array functions."""
    return ArrayMath()


@cache
def arithmetic(*, exact: bool = False) -> FloatArithmetic:
    """Return the arithmetic on floats, or on exact rationals."""
    return ExactArithmetic() if exact else FloatArithmetic()


def is_exact(value: Any) -> bool:
    """Tell whether a value is a rational number or an array of them."""
    return isinstance(value, Fraction) or getattr(getattr(value, "dtype", None), "kind", "") == "O"


def to_float(value: Any) -> Any:
    """Return a value as a float or a float array; too large a rational becomes infinite.

    >>> to_float(Fraction(1, 4))
    0.25
    """
    if isinstance(value, float):
        return value if type(value) is float else float(value)
    kind = getattr(value, "dtype", None)
    if kind is not None and kind.char in "fd" and value.shape:
        return value
    if isinstance(value, Fraction | int):
        try:
            return float(value)
        except OverflowError:
            return math.inf if value > 0 else -math.inf
    np = arrays().np
    array = np.asarray(value)
    if array.dtype == object:
        array = np.vectorize(_entry, otypes=[float])(array)
    if array.dtype != np.float32 or array.shape == ():
        array = np.asarray(array, dtype=float)
    return float(array) if array.shape == () else array


def _entry(value: Any) -> float:
    """Return one entry of an object array as a float; raises TypeError for what is no number."""
    return to_float(value) if isinstance(value, Fraction | int) else float(value)


class FloatArithmetic:
    """Evaluate rows on floats and float arrays; nothing raises, non-finite values are values."""

    exact = False

    def leaf(self, value: Any) -> Any:
        """Return a leaf's value in this arithmetic."""
        return _plain(to_float(value))

    def settings(self, settings: Settings) -> dict[str, Any]:
        """Return settings with their numbers in this arithmetic."""
        return {name: _float_setting(value) for name, value in settings.items()}

    def value(self, row: Row, args: tuple[Any, ...], settings: Settings, *, scalar: bool) -> Any:
        """Return the output of an op; ``scalar`` says that the output has shape ()."""
        if isinstance(row, Elementwise):
            return self._elementwise(row.evaluate or row.formula, args, settings, scalar=scalar)
        assert isinstance(row, Structural)
        return _on_arrays(row.evaluate, args, settings)

    def partial(
        self, row: Elementwise, slot: int, out: Any, args: tuple[Any, ...], settings: Settings
    ) -> Any:
        """Return the partial in one slot; of the output's shape, or a number."""
        scalar = isinstance(out, float | Fraction)
        partial = row.computed_partials[slot]
        return self._elementwise(partial, (out, *args), settings, scalar=scalar)

    def contribution(
        self,
        row: Row,
        slot: int,
        adjoint: Any,
        out: Any,
        args: tuple[Any, ...],
        settings: Settings,
    ) -> Any:
        """Return upstream adjoint times partial, in the shape of the parent."""
        if isinstance(row, Elementwise):
            if type(adjoint) is float and type(out) is float:
                try:
                    partial = row.computed_partials[slot]
                    return adjoint * float(partial(_SCALARS, out, *args, **settings))
                except _LEAVES_THE_FINITE:
                    pass
            return self.scaled(adjoint, self.partial(row, slot, out, args, settings), args[slot])
        assert isinstance(row, Structural)
        if type(adjoint) is float and getattr(args[slot], "dtype", None) == "float32":
            adjoint = arrays().np.float32(adjoint)
        result = self._structural(row.computed_pullback, adjoint, out, args, slot, settings)
        result = self.zero(_shape(args[slot])) if result is None else result
        return of_type(result, args[slot])

    def live_contribution(
        self,
        row: Row,
        slot: int,
        adjoint: Any,
        out: Any,
        args: tuple[Any, ...],
        settings: Settings,
        live: Any,
    ) -> Any:
        """Return a contribution to which entries of the output that do not matter add nothing.

        Args:
            row: the op.
            slot: the argument.
            adjoint: the upstream adjoint.
            out: the op's value.
            args: its arguments.
            settings: its settings.
            live: marks the entries of the output through which a derivative passes.
        """
        if not isinstance(row, Elementwise):
            return self.contribution(row, slot, adjoint, out, args, settings)
        np = arrays().np
        partial = self.partial(row, slot, out, args, settings)
        with np.errstate(all="ignore"):
            taken = np.not_equal(partial, 0) & live if row.selects else live
            product = np.where(taken, np.multiply(adjoint, partial), 0.0)
        return self.scaled(_plain(product), 1.0, args[slot])

    def pushforward(
        self,
        row: Row,
        slot: int,
        tangent: Any,
        out: Any,
        args: tuple[Any, ...],
        settings: Settings,
    ) -> Any:
        """Return the output's tangent due to one argument's tangent."""
        if isinstance(row, Elementwise):
            partial = self.partial(row, slot, out, args, settings)
            if row.selects:
                tangent = self._where_taken(partial, tangent)
            return self.scaled(partial, tangent, out)
        assert isinstance(row, Structural)
        if row.pushforward is None:
            moved = (*args[:slot], tangent, *args[slot + 1 :])
            return self.value(row, moved, settings, scalar=_shape(out) == ())
        result = self._structural(row.pushforward, tangent, out, args, slot, settings)
        return of_type(self.zero(_shape(out)) if result is None else result, out)

    def _where_taken(self, partial: Any, tangent: Any) -> Any:
        """Return a tangent that is 0 where an argument is not taken, for 0 times inf is NaN."""
        if is_exact(tangent):
            return tangent
        np = arrays().np
        taken = np.not_equal(partial, 0)
        return _plain(np.where(taken, tangent, 0.0)) if not np.all(taken) else tangent

    def kink_distances(
        self, row: Elementwise | Structural, args: tuple[Any, ...], settings: Settings
    ) -> list[float]:
        """Return how far the nearest entry is from each kink of a row."""
        if row.kinks is None:
            return []
        m = arrays()
        distances = (m.np.abs(kink) for kink in row.kinks(m, *args, **settings))
        return [float(m.np.min(entries, initial=math.inf)) for entries in distances]

    def scaled(self, factor: Any, other: Any, like: Any) -> Any:
        """Return the product of two arrays, summed or repeated to the shape of a third."""
        if isinstance(factor, float) and isinstance(other, float) and isinstance(like, float):
            return factor * other
        m = arrays()
        with m.np.errstate(all="ignore"):
            product = m.np.asarray(m.np.multiply(factor, other))
            shape = _shape(like)
            if _is_stretched(product.shape, shape):
                product = m.broadcast(product, shape=shape)
            return of_type(_plain(unbroadcast(m, product, shape)), like)

    def add(self, a: Any, b: Any) -> Any:
        """Return the sum of two contributions."""
        if type(a) is float:
            return a + b
        with arrays().np.errstate(all="ignore"):
            return _plain(a + b)

    def zero(self, shape: Shape) -> Any:
        """Return zeros of a shape."""
        return _plain(arrays().np.zeros(shape)) if shape else 0.0

    def one(self, shape: Shape) -> Any:
        """Return ones of a shape."""
        return _plain(arrays().np.ones(shape)) if shape else 1.0

    def _elementwise(
        self, function: Any, args: tuple[Any, ...], settings: Settings, *, scalar: bool
    ) -> Any:
        if scalar:
            try:
                return float(function(_SCALARS, *args, **settings))
            except _LEAVES_THE_FINITE:
                args = tuple(map(arrays().np.float64, args))
        return _on_arrays(function, args, settings)

    def _structural(
        self,
        rule: Any,
        direction: Any,
        out: Any,
        args: tuple[Any, ...],
        slot: int,
        settings: Settings,
    ) -> Any:
        m = arrays()
        with m.np.errstate(all="ignore"):
            result = rule(m, direction, out, args, slot, **settings)
        return result if result is None else _plain(result)


class ExactArithmetic(FloatArithmetic):
    """Evaluate rows on rationals as long as they stay rational, on floats from there on."""

    exact = True

    def leaf(self, value: Any) -> Any:
        """Return a leaf's value as rationals where it was given as such."""
        return _plain(value if is_exact(value) else to_float(value))

    def settings(self, settings: Settings) -> dict[str, Any]:
        """Return settings unchanged: they are exact already."""
        return dict(settings)

    def value(self, row: Row, args: tuple[Any, ...], settings: Settings, *, scalar: bool) -> Any:
        """Return the exact output where there is one, else the float output."""
        rule = row.formula if isinstance(row, Elementwise) else None
        if isinstance(row, Structural):
            rule = row.evaluate
        exact = _exactly(rule, args, args, settings)
        if exact is not None:
            return exact
        floats = tuple(map(to_float, args))
        return super().value(row, floats, super().settings(settings), scalar=scalar)

    def partial(
        self, row: Elementwise, slot: int, out: Any, args: tuple[Any, ...], settings: Settings
    ) -> Any:
        """Return the exact partial where there is one, else the float partial."""
        every = (out, *args)
        exact = _exactly(row.computed_partials[slot], every, every, settings)
        if exact is not None:
            return exact
        floats = tuple(map(to_float, args))
        return super().partial(row, slot, to_float(out), floats, super().settings(settings))

    def scaled(self, factor: Any, other: Any, like: Any) -> Any:
        """Return an exact product, or a float one if a factor is a float."""
        if not (is_exact(factor) and is_exact(other)):
            factor, other, like = to_float(factor), to_float(other), to_float(like)
        elif isinstance(factor, Fraction) and isinstance(other, Fraction) and _shape(like) == ():
            return factor * other
        return super().scaled(factor, other, like)

    def add(self, a: Any, b: Any) -> Any:
        """Return an exact sum, or a float one if a term is a float."""
        return _plain(a + b if is_exact(a) and is_exact(b) else to_float(a) + to_float(b))

    def zero(self, shape: Shape) -> Any:
        """Return exact zeros."""
        return arrays().np.full(shape, Fraction(0), dtype=object) if shape else Fraction(0)

    def one(self, shape: Shape) -> Any:
        """Return exact ones."""
        return arrays().np.full(shape, Fraction(1), dtype=object) if shape else Fraction(1)

    def _structural(
        self,
        rule: Any,
        direction: Any,
        out: Any,
        args: tuple[Any, ...],
        slot: int,
        settings: Settings,
    ) -> Any:
        every = (direction, out, *args)
        if all(map(is_exact, every)):
            exact = _exactly(rule, every, (direction, out, args, slot), settings)
            if exact is not None:
                return exact
        floats = tuple(map(to_float, args))
        return super()._structural(rule, to_float(direction), to_float(out), floats, slot, settings)


def _exactly(rule: Any, inputs: tuple[Any, ...], call: tuple[Any, ...], settings: Settings) -> Any:
    """Return the rule's exact result, or None where there is none."""
    if not all(map(is_exact, inputs)):
        return None
    try:
        result = rule(ExactMath(), *call, **settings)
        return None if result is None else bounded(result)
    except (ArithmeticError, ValueError, TypeError):
        return None


def _float_setting(value: Any) -> Any:
    return float(value) if isinstance(value, Fraction) else value


def _on_arrays(function: Any, args: tuple[Any, ...], settings: Settings) -> Any:
    """Apply a function to arrays; numbers among them take the precision of the arrays."""
    with arrays().np.errstate(all="ignore"):
        return _plain(quietly(function, args, settings))


def quietly(function: Any, args: tuple[Any, ...], settings: Settings) -> Any:
    """Apply a function to arrays inside ``numpy.errstate``; a float, or an array, still writable.

    Numbers among the arguments take the precision of the arrays, and so does the result.
    """
    m = arrays()
    types = "".join([" " if type(arg) is float else arg.dtype.char for arg in args])
    single = "f" in types and "d" not in types
    if " " in types:
        number = m.np.float32 if single else m.np.float64
        args = tuple([number(arg) if type(arg) is float else arg for arg in args])
    result = function(m, *args, **settings)
    if getattr(result, "ndim", 0) == 0:
        return float(result)
    return result.astype(m.np.float32) if single and result.dtype.char == "d" else result


def pulled_back(
    pullback: Any, slot: int, adjoint: Any, out: Any, args: tuple[Any, ...], settings: Settings
) -> Any:
    """Return the contribution of a structural op inside ``numpy.errstate``."""
    m, like = arrays(), args[slot]
    if type(adjoint) is float:
        single = type(like) is not float and like.dtype.char == "f"
        adjoint = m.np.float32(adjoint) if single else m.np.float64(adjoint)
    result = pullback(m, adjoint, out, args, slot, **settings)
    return fitted(result, like)


def fitted(value: Any, like: Any) -> Any:
    """Return an array repeated or summed to the shape of another, in its precision; None is 0."""
    m = arrays()
    if value is None:
        return m.np.zeros_like(like) if _shape(like) else 0.0
    shape = () if type(like) is float else like.shape
    have = () if type(value) is float else value.shape
    if have != shape:
        if _is_stretched(have, shape):
            value = m.broadcast(value, shape=shape)
        value = unbroadcast(m, value, shape)
    if not shape:
        return float(value)
    return value if value.dtype is like.dtype else of_type(value, like)


def of_type(value: Any, like: Any) -> Any:
    """Return an array with the precision of another, where both hold floats."""
    have, wanted = getattr(value, "dtype", None), getattr(like, "dtype", None)
    if have == wanted or have is None or wanted is None or "O" in (have.char, wanted.char):
        return value
    return _plain(value.astype(wanted))


@lru_cache(4096)
def _is_stretched(shape: Shape, to: Shape) -> bool:
    """Tell whether an array must be repeated to reach a shape."""
    if len(shape) < len(to):
        return True
    ends = zip(reversed(shape), reversed(to), strict=False)
    return shape != to and any(length == 1 != wanted for length, wanted in ends)


def _plain(value: Any) -> Any:
    """Return scalars as Python numbers, arrays such that no one can write into them."""
    if isinstance(value, float | Fraction):
        return float(value) if isinstance(value, float) else value
    if getattr(value, "shape", ()) == ():
        item = value.item() if hasattr(value, "item") else value
        return item if isinstance(item, Fraction) else float(item)
    value.flags.writeable = False
    return value


def _shape(value: Any) -> Shape:
    return tuple(getattr(value, "shape", ()))
