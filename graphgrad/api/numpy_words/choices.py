"""NumPy's functions that choose between values or bend them piece by piece, on handles."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from itertools import pairwise
from typing import Any

from graphgrad.errors import GraphgradError, UsageError

__all__ = ["CHOICES", "ODD", "plain", "refusal", "refusing"]

Apply = Callable[..., Any]
ODD = (
    TypeError, ValueError, LookupError, OverflowError, ZeroDivisionError, RecursionError,
    AttributeError,
)  # fmt: skip
"""What Python and NumPy raise of values that they cannot use."""


def refusing(name: str, word: Callable[..., Any]) -> Callable[..., Any]:
    """Return a word that refuses, in words of ours, what Python or NumPy cannot use."""

    @wraps(word)
    def said(*args: Any, **options: Any) -> Any:
        try:
            return word(*args, **options)
        except ODD as error:
            raise refusal(name, error) from None

    return said


def refusal(name: str, error: Exception) -> Exception:
    """Return what is raised of a call for an error inside it: ours, which has its words, as it is.

    Args:
        name: what was called, for messages.
        error: one of `ODD`.
    """
    if isinstance(error, GraphgradError):
        return error
    return UsageError("handle.numpy_refused", function=name, why=str(error))


def plain(x: Any) -> Any:
    """Return the present value of a handle, anything else as it is."""
    return x.value if hasattr(x, "place") else x


def _clip(apply: Apply, a: Any, a_min: Any = None, a_max: Any = None, *, min: Any = None,
          max: Any = None) -> Any:  # fmt: skip
    low = a_min if min is None else min
    high = a_max if max is None else max
    if low is None or high is None:
        one = a if low is None else apply("maximum", a, low)
        return one if high is None else apply("minimum", one, high)
    return apply("clip", a, low, high)


def _select(apply: Apply, condlist: Any, choicelist: Any, default: Any = 0) -> Any:
    found = default
    for condition, choice in zip(reversed(condlist), reversed(choicelist), strict=True):
        found = apply("where", condition, choice, found)
    return found


def _piecewise(apply: Apply, x: Any, condlist: Any, funclist: Any) -> Any:
    rest = list(funclist[len(condlist) :])
    found = _of(rest[0], x) if rest else apply("mul", x, 0)
    for condition, piece in zip(
        reversed(condlist), reversed(funclist[: len(condlist)]), strict=True
    ):
        found = apply("where", condition, _of(piece, x), found)
    return found


def _of(piece: Any, x: Any) -> Any:
    return piece(x) if callable(piece) else piece


def _interpolated(apply: Apply, x: Any, xp: Any, fp: Any) -> Any:
    """Return the broken line through points, level outside: the sum of its pieces."""
    if hasattr(xp, "place"):  # where the line bends is no node: its gradient would be lost
        raise UsageError("handle.numpy_option", function="interp", options="xp")
    places, heights = xp, fp
    inside = apply("clip", x, float(places[0]), float(places[-1]))
    total: Any = heights[0]
    for at, (left, right) in enumerate(pairwise(places)):
        share = (apply("clip", inside, float(left), float(right)) - left) / (right - left)
        total = total + share * (heights[at + 1] - heights[at])
    return total


CHOICES: dict[str, Callable[..., Any]] = {
    "where": lambda apply, condition, x, y: apply("where", condition, x, y),
    "clip": _clip,
    "select": _select,
    "piecewise": _piecewise,
    "interp": _interpolated,
}
"""NumPy's choices by name; each takes what appends an op, then NumPy's arguments."""
