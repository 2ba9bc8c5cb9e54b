"""Put off a matrix product that may never be asked for: the gradient of data.

A network's first layer spends as much on the gradient of its input as on that of its weights, and
training looks at the second only. What is put off holds the two factors, nothing else of the pass.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphgrad.ops.evaluate import arrays, fitted

__all__ = ["Deferred", "deferred", "settled"]

_LARGEST = 1e150


class Deferred:
    """A sum of which some terms are not computed yet.

    Attributes:
        shape: the shape of the sum.
        dtype: its type.
    """

    __slots__ = ("dtype", "shape", "terms")

    def __init__(self, like: Any, *terms: Any) -> None:
        self.shape: tuple[int, ...] = like.shape
        self.dtype = like.dtype
        self.terms = list(terms)

    def __add__(self, other: Any) -> Deferred:
        return Deferred(self, *self.terms, *_terms(other))

    def __radd__(self, other: Any) -> Deferred:
        return Deferred(self, other, *self.terms)

    __array_ufunc__ = None  # so that an array leaves the sum to this class

    def known(self) -> list[Any]:
        """Return the terms that are computed already."""
        return [term for term in self.terms if not callable(term)]

    def value(self) -> Any:
        """Return the sum, its terms added in the order in which they came."""
        with arrays().np.errstate(all="ignore"):
            total, *others = (term() if callable(term) else term for term in self.terms)
            for term in others:
                total = total + term
        return total


def _terms(term: Any) -> list[Any]:
    return term.terms if isinstance(term, Deferred) else [term]


def deferred(
    pullback: Callable[..., Any], m: Any, adjoint: Any, out: Any, args: tuple[Any, ...], slot: int
) -> Any:
    """Return what one factor of a matrix product gets, put off where it is sure to be finite.

    Each entry is a sum of products of entries of the adjoint and of the other factor. By Cauchy and
    Schwarz none of its partial sums is larger than the product of their norms.
    """
    other, like = args[1 - slot], args[slot]
    size = float(m.np.vdot(adjoint, adjoint)) * float(m.np.vdot(other, other))
    if not size < _LARGEST:
        with m.np.errstate(all="ignore"):
            return pullback(m, adjoint, out, args, slot)
    placeholder = (like, other) if slot == 0 else (other, like)

    def term() -> Any:
        return fitted(pullback(m, adjoint, out, placeholder, slot), like)

    return Deferred(like, term)


def settled(value: Any) -> Any:
    """Return a sum of which all terms are computed."""
    return value.value() if isinstance(value, Deferred) else value
