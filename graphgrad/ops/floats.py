"""Run rows on floats: Python's own, and arrays of NumPy, imported when the first one is met."""

from __future__ import annotations

import math
from functools import cached_property
from typing import Any

from graphgrad.ops.window_math import WindowMath

__all__ = ["PYTHONS_WORDS", "ArrayMath", "ScalarMath"]

PYTHONS_WORDS = {
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arctan2": "atan2",
    "sinh": "sinh", "cosh": "cosh", "arcsinh": "asinh", "arccosh": "acosh", "arctanh": "atanh",
    "exp2": "exp2", "log2": "log2", "log10": "log10", "cbrt": "cbrt", "hypot": "hypot",
}  # fmt: skip
"""What NumPy calls a function that Python's `math` has too, and its name there."""
_OF_NUMPY: tuple[str, ...] = ("exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "tan", "tanh")
_OF_NUMPY += ("floor", "rint", "mod", "logaddexp")


class ScalarMath:
    """Namespace of functions on floats; may raise where a value leaves the finite numbers."""

    pi = math.pi
    exp = staticmethod(math.exp)
    expm1 = staticmethod(math.expm1)
    log = staticmethod(math.log)
    log1p = staticmethod(math.log1p)
    sqrt = staticmethod(math.sqrt)
    sin = staticmethod(math.sin)
    cos = staticmethod(math.cos)
    tan = staticmethod(math.tan)
    tanh = staticmethod(math.tanh)
    erf = staticmethod(math.erf)
    erfc = staticmethod(math.erfc)
    abs = staticmethod(abs)
    for _name, _word in PYTHONS_WORDS.items():
        locals()[_name] = staticmethod(getattr(math, _word))

    @staticmethod
    def powi(x: float, *, n: float) -> float:
        """Return x**n for a constant n; a non-integer power of a negative number raises."""
        if x != x:
            return x
        power: float | complex = x**n
        if isinstance(power, complex):
            raise ValueError
        return power

    @staticmethod
    def pow(x: float, y: float) -> float:
        """Return x**y; a non-integer power of a negative number raises."""
        if x != x or y != y:
            return math.nan
        power: float | complex = x**y
        if isinstance(power, complex):
            raise ValueError
        return power

    @staticmethod
    def sign(x: float) -> float:
        return x if x != x else float((x > 0) - (x < 0))

    @staticmethod
    def greater(a: float, b: float) -> float:
        return 1.0 if a > b else 0.0

    @staticmethod
    def less(a: float, b: float) -> float:
        return 1.0 if a < b else 0.0

    @staticmethod
    def equal(a: float, b: float) -> float:
        return 1.0 if a == b else 0.0

    @staticmethod
    def greater_equal(a: float, b: float) -> float:
        return 1.0 if a >= b else 0.0

    @staticmethod
    def less_equal(a: float, b: float) -> float:
        return 1.0 if a <= b else 0.0

    @staticmethod
    def not_equal(a: float, b: float) -> float:
        return 1.0 if a != b else 0.0

    @staticmethod
    def where(condition: float, a: float, b: float) -> float:
        if condition != condition:
            return condition
        return a if condition != 0 else b

    @staticmethod
    def maximum(a: float, b: float) -> float:
        return b if b > a or b != b else a

    @staticmethod
    def minimum(a: float, b: float) -> float:
        return b if b < a or b != b else a

    @staticmethod
    def floor(x: float) -> float:
        return float(math.floor(x))

    @staticmethod
    def rint(x: float) -> float:
        return float(round(x))

    @staticmethod
    def mod(x: float, y: float) -> float:
        return x % y

    @staticmethod
    def logaddexp(x: float, y: float) -> float:
        if x == y:
            return x + math.log(2)
        return max(x, y) + math.log1p(math.exp(-abs(x - y)))

    @staticmethod
    def xlogy(x: float, y: float) -> float:
        return 0.0 if x == 0 and y == y else x * math.log(y)

    @staticmethod
    def sigmoid(z: float) -> float:
        small = math.exp(-abs(z))
        return (small if z < 0 else 1.0) / (1.0 + small)

    @staticmethod
    def shape(_x: Any) -> tuple[int, ...]:
        return ()


class ArrayMath(WindowMath):
    """Namespace of functions on float arrays; wrap calls in ``numpy.errstate`` for silence."""

    pi = math.pi

    def __init__(self) -> None:
        import numpy as np

        self.np: Any = np
        for name in (*_OF_NUMPY, *PYTHONS_WORDS):
            setattr(self, name, getattr(np, name))
        self.abs, self.sign = np.abs, np.sign
        self.matmul, self.outer = np.matmul, np.multiply.outer

    def _floats(self, x: Any) -> Any:
        """Return an array of floats; whole numbers have no negative powers in NumPy."""
        array = self.np.asarray(x)
        return array if array.dtype.kind == "f" else array.astype(float)

    def _precision(self, a: Any, b: Any) -> Any:
        """Return the precision of two operands: Python's numbers have none."""
        single = False
        for one in (a, b):
            kind = getattr(one, "dtype", None)
            if kind is not None:
                if kind.char == "d":
                    return self.np.float64
                single = single or kind.char == "f"
        return self.np.float32 if single else self.np.float64

    @cached_property
    def erf(self) -> Any:
        """Return the error function for arrays; NumPy has none, math.erf is exact."""
        each = self.np.vectorize(math.erf, otypes=[float])
        return lambda x: each(x).astype(self._precision(x, x), copy=False)

    @cached_property
    def erfc(self) -> Any:
        """Return 1 - erf(x) for arrays, exact far out."""
        each = self.np.vectorize(math.erfc, otypes=[float])
        return lambda x: each(x).astype(self._precision(x, x), copy=False)

    def powi(self, x: Any, *, n: float) -> Any:
        power = self._floats(x) ** n
        return power if n else self.np.where(self.np.isnan(x), x, power)

    def pow(self, x: Any, y: Any) -> Any:
        power = self.np.power(self._floats(x), y)
        return self.np.where(self.np.isnan(x) | self.np.isnan(y), self.np.nan, power)

    def greater(self, a: Any, b: Any) -> Any:
        return self.np.greater(a, b).astype(self._precision(a, b))

    def less(self, a: Any, b: Any) -> Any:
        return self.np.less(a, b).astype(self._precision(a, b))

    def equal(self, a: Any, b: Any) -> Any:
        return self.np.equal(a, b).astype(self._precision(a, b))

    def greater_equal(self, a: Any, b: Any) -> Any:
        return self.np.greater_equal(a, b).astype(self._precision(a, b))

    def less_equal(self, a: Any, b: Any) -> Any:
        return self.np.less_equal(a, b).astype(self._precision(a, b))

    def not_equal(self, a: Any, b: Any) -> Any:
        return self.np.not_equal(a, b).astype(self._precision(a, b))

    def where(self, condition: Any, a: Any, b: Any) -> Any:
        np = self.np
        of_arrays = [x.dtype.type for x in (a, b) if getattr(x, "ndim", 0)]
        if len(of_arrays) == 1:  # a number takes the array's precision
            a, b = (x if getattr(x, "ndim", 0) else of_arrays[0](x) for x in (a, b))
        chosen = np.where(np.not_equal(condition, 0), a, b)
        unknown = np.not_equal(condition, condition)
        return np.where(unknown, np.nan, chosen) if np.any(unknown) else chosen

    def maximum(self, a: Any, b: Any) -> Any:
        np = self.np
        if type(a) is int and a == 0:  # what NumPy takes of 0 and -0 differs by machine
            result = np.maximum(b, 0.0)
            result += 0.0
            return result
        return np.where(np.greater(b, a) | np.not_equal(b, b), b, a)

    def minimum(self, a: Any, b: Any) -> Any:
        np = self.np
        return np.where(np.less(b, a) | np.not_equal(b, b), b, a)

    def xlogy(self, x: Any, y: Any) -> Any:
        np = self.np
        return np.where(np.equal(x, 0) & np.equal(y, y), 0.0, x * np.log(y))

    def sigmoid(self, z: Any) -> Any:
        small = self.np.exp(-self.np.abs(z))
        return self.np.where(self.np.less(z, 0), small, 1.0) / (1.0 + small)

    def softplus(self, z: Any) -> Any:
        return self.np.logaddexp(0.0, z)

    # ---- structure ----

    def shape(self, x: Any) -> tuple[int, ...]:
        shape = getattr(x, "shape", None)
        return () if type(x) is float else tuple(self.np.shape(x)) if shape is None else shape

    def sum(self, x: Any, *, axis: tuple[int, ...], keepdims: bool) -> Any:
        return self.np.add.reduce(x, axis=axis, keepdims=keepdims)

    def max(self, x: Any, *, axis: tuple[int, ...], keepdims: bool) -> Any:
        return self.np.maximum.reduce(x, axis=axis, keepdims=keepdims)

    def argmax_mask(self, x: Any, *, axis: tuple[int, ...]) -> Any:
        """Return 1 at the first largest entry along the axes, in row order, else 0."""
        np = self.np
        x = np.asarray(x)
        last = tuple(range(x.ndim - len(axis), x.ndim))
        flat = self._flattened(x, axis)
        mask = np.zeros(flat.shape, dtype=x.dtype if x.dtype.kind == "f" else float)
        if mask.size:
            np.put_along_axis(mask, np.argmax(flat, axis=-1)[..., None], 1.0, axis=-1)
        return np.moveaxis(mask.reshape(np.moveaxis(x, axis, last).shape), last, axis)

    def _flattened(self, x: Any, axis: tuple[int, ...]) -> Any:
        """Return the entries with the axes moved to the end and joined into one."""
        moved = self.np.moveaxis(x, axis, tuple(range(x.ndim - len(axis), x.ndim)))
        kept = moved.shape[: x.ndim - len(axis)]
        return moved.reshape((*kept, math.prod(moved.shape[len(kept) :])))

    def lead(self, x: Any, *, axis: tuple[int, ...]) -> Any:
        """Return by how much the largest entry exceeds the second largest; inf if it is alone."""
        np = self.np
        flat = self._flattened(np.asarray(x), axis)
        if flat.shape[-1] < 2:
            return np.full(flat.shape[:-1], np.inf)
        ordered = np.sort(flat, axis=-1)
        return ordered[..., -1] - ordered[..., -2]

    def softmax(self, x: Any, *, axis: int) -> Any:
        """Shift by the largest entry first, so that nothing overflows."""
        np = self.np
        powers = np.exp(x - np.max(x, axis=axis, keepdims=True, initial=-np.inf))
        return powers / np.sum(powers, axis=axis, keepdims=True)

    def norm(self, x: Any, *, axis: tuple[int, ...], keepdims: bool) -> Any:
        """Divide by the largest entry first, so that no square overflows."""
        np = self.np
        largest = np.max(np.abs(x), axis=axis, keepdims=True, initial=0.0)
        scale = np.where(np.isfinite(largest) & (largest > 0), largest, 1.0)
        total = np.sqrt(np.sum((x / scale) ** 2, axis=axis, keepdims=True)) * scale
        return total if keepdims else np.squeeze(total, axis=axis)

    def logsumexp(self, x: Any, *, axis: tuple[int, ...], keepdims: bool) -> Any:
        """Shift by the largest entry first, so that nothing overflows."""
        np = self.np
        largest = np.maximum.reduce(x, axis=axis, keepdims=True, initial=-np.inf)
        finite = np.isfinite(largest)
        shift = largest if finite.all() else np.where(finite, largest, 0.0)
        total = np.log(np.add.reduce(np.exp(x - shift), axis=axis, keepdims=True)) + shift
        return total if keepdims else total.squeeze(axis)

    def inverse(self, x: Any) -> Any:
        """Return the inverse of the last two axes; NaN where there is none."""
        np = self.np
        x = np.asarray(x)
        if not np.all(np.isfinite(x)):
            return np.full(x.shape, np.nan, dtype=x.dtype)
        try:
            return np.linalg.inv(x)
        except np.linalg.LinAlgError:
            return np.full(x.shape, np.nan, dtype=x.dtype)

    def det(self, x: Any) -> Any:
        """Return the determinant of the last two axes."""
        return self.np.linalg.det(self.np.asarray(x))

    def order_mask(self, x: Any) -> Any:
        """Return rows of which the j-th marks the entry that is j-th in rising order."""
        np = self.np
        x = np.asarray(x)
        places = np.argsort(x, axis=-1, kind="stable")
        mask = np.equal(places[..., None], np.arange(x.shape[-1]))
        mask = mask.astype(x.dtype if x.dtype.kind == "f" else float)
        mask[np.not_equal(x, x).any(axis=-1)] = np.nan
        return mask

    def transpose(self, x: Any, *, axes: tuple[int, ...]) -> Any:
        return self.np.asarray(x).transpose(axes)

    def reshape(self, x: Any, *, shape: tuple[int, ...]) -> Any:
        return self.np.asarray(x).reshape(shape)

    def broadcast(self, x: Any, *, shape: tuple[int, ...]) -> Any:
        x = self.np.asarray(x)
        result = self.np.empty(shape, dtype=x.dtype)
        result[...] = x
        return result

    def index(self, x: Any, *, key: Any) -> Any:
        return self.np.asarray(x)[_numpy_key(key)]

    def scatter_add(self, x: Any, *, key: Any, shape: tuple[int, ...]) -> Any:
        x = self.np.asarray(x)
        result = self.np.zeros(shape, dtype=x.dtype)
        result[_numpy_key(key)] += x
        return result

    def gather(self, x: Any, *, at: tuple[int, ...], shape: tuple[int, ...]) -> Any:
        return self.np.take(x, self.np.array(at, dtype=int)).reshape(shape)

    def scatter_at(self, x: Any, *, at: tuple[int, ...], shape: tuple[int, ...]) -> Any:
        x = self.np.asarray(x)
        result = self.np.zeros(math.prod(shape), dtype=x.dtype)
        self.np.add.at(result, self.np.array(at, dtype=int), x.ravel())
        return result.reshape(shape)

    def concat(self, *xs: Any, axis: int) -> Any:
        return self.np.concatenate(xs, axis=axis)

    def stack(self, *xs: Any, axis: int) -> Any:
        return self.np.stack(xs, axis=axis)


def _numpy_key(key: Any) -> tuple[Any, ...]:
    return tuple(part if isinstance(part, int) else slice(*part) for part in key)
