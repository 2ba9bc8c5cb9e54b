"""Functions entry by entry that NumPy has not, or not with the engine's rules for NaN."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

__all__ = [
    "choose", "erf", "erfc", "number_logaddexp", "number_power", "number_sigmoid", "power",
    "sigmoid", "whole_power", "xlogy",
]  # fmt: skip


def number_power(x: Any, y: Any) -> Any:
    """Return the power of a number; a power that is no real number raises."""
    if x != x or y != y:
        return math.nan
    found = x**y
    if isinstance(found, complex):
        raise ValueError
    return found


def number_sigmoid(z: Any) -> Any:
    """Return 1/(1 + exp(-z)) of a number, in a form that does not overflow."""
    small = math.exp(-abs(z))
    return (small if z < 0 else 1.0) / (1.0 + small)


def sigmoid(z: Any) -> Any:
    """Return 1/(1 + exp(-z)) in a form that does not overflow."""
    small = np.exp(-np.abs(z))
    return np.where(z < 0, small, 1.0) / (1.0 + small)


def power(x: Any, y: Any) -> Any:
    """Return x to the power y; NaN where one of them is."""
    return np.where(np.isnan(x) | np.isnan(y), np.nan, np.power(x, y)).astype(np.result_type(x, y))


def whole_power(x: Any, n: Any) -> Any:
    """Return x to the power n; NaN where x is, even for n = 0."""
    return np.where(np.isnan(x), x, x**n)


def xlogy(x: Any, y: Any) -> Any:
    """Return x log(y), 0 where x is 0; a number takes the type of the array."""
    found = np.where(np.equal(x, 0) & np.equal(y, y), 0.0, x * np.log(y))
    return found.astype(np.result_type(x, y))


def choose(condition: Any, a: Any, b: Any) -> Any:
    """Return a where the condition is not 0, b where it is; NaN where it is NaN."""
    chosen = np.where(np.not_equal(condition, 0), a, b)
    unknown = np.not_equal(condition, condition)
    return np.where(unknown, np.nan, chosen) if np.any(unknown) else chosen


def erf(x: Any) -> Any:
    """Return the error function; NumPy has none."""
    return np.vectorize(math.erf, otypes=[float])(x).astype(x.dtype)


def erfc(x: Any) -> Any:
    """Return 1 - erf(x); NumPy has none."""
    return np.vectorize(math.erfc, otypes=[float])(x).astype(x.dtype)


def number_logaddexp(x: Any, y: Any) -> Any:
    """Return log(exp(x) + exp(y)) of numbers, in a form that does not overflow."""
    return x + math.log(2) if x == y else max(x, y) + math.log1p(math.exp(-abs(x - y)))
