"""Leave out of formulas what changes nothing: a transpose undone, a shape kept, a number apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphgrad.symbolic.pieces import Piece, Pieces

__all__ = ["INDICATORS", "folded", "repeated"]

INDICATORS = frozenset({"greater", "less", "equal", "step"})
"""Ops whose value is 1 or 0."""

Unary = Callable[["Pieces", "Piece", dict[str, Any]], "Piece | None"]
Binary = Callable[["Pieces", "Piece", "Piece"], "Piece | None"]


def folded(m: Pieces, name: str, args: tuple[Piece, ...], settings: dict[str, Any]) -> Piece | None:
    """Return an op on pieces in a shorter form, or None if there is none."""
    if name in _BINARY:
        return _BINARY[name](m, *args)
    if name in _LINEAR and args[0].scaled:
        core, factor = args[0].scaled
        return m.scaled(m.call(name, core, **settings), factor)
    return _UNARY[name](m, args[0], settings) if name in _UNARY else None


def repeated(x: Piece) -> Piece | None:
    """Return what a piece only repeats or gives leading axes of length 1, else None."""
    if x.op == "broadcast":
        return x.inner[0]
    if x.op == "reshape":
        (inner,) = x.inner
        lead = len(x.shape) - len(inner.shape)
        return inner if x.shape == (1,) * lead + inner.shape else None
    return None


def _add(m: Pieces, a: Piece, b: Piece) -> Piece | None:
    """Write a - b for a + (-b)."""
    if b.scaled and b.scaled[1] < 0:
        return m.call("sub", a, m.scaled(b.scaled[0], -b.scaled[1]))
    return None


def _sub(m: Pieces, a: Piece, b: Piece) -> Piece | None:
    """Write a + b for a - (-b), and c for 1 - (1 - c) of an indicator c."""
    if b.scaled and b.scaled[1] < 0:
        return m.call("add", a, m.scaled(b.scaled[0], -b.scaled[1]))
    if a.number == 1 and b.op == "sub" and b.inner[0].number == 1:
        return b.inner[1] if b.inner[1].op in INDICATORS else None
    return None


def _equal(_m: Pieces, a: Piece, b: Piece) -> Piece | None:
    """Write 1 - c for c == 0 of an indicator c."""
    return 1 - a if b.number == 0 and a.op in INDICATORS else None


def _transpose(_m: Pieces, x: Piece, settings: dict[str, Any]) -> Piece | None:
    """Leave out a transpose that changes nothing, or that undoes the one inside."""
    unchanged = tuple(range(len(x.shape)))
    axes = tuple(settings.get("axes", reversed(unchanged)))
    if axes == unchanged:
        return x
    if x.op == "transpose" and tuple(x.settings["axes"][axis] for axis in axes) == unchanged:
        return x.inner[0]
    return None


def _reshape(m: Pieces, x: Piece, settings: dict[str, Any]) -> Piece | None:
    """Leave out a reshape that changes nothing; repeat a number in the final shape at once."""
    if x.shape == settings["shape"]:
        return x
    if x.op == "broadcast" and not x.inner[0].shape:
        return m.call("broadcast", x.inner[0], shape=settings["shape"])
    return None


def _broadcast(_m: Pieces, x: Piece, settings: dict[str, Any]) -> Piece | None:
    return x if x.shape == settings["shape"] else None


_UNARY: dict[str, Unary] = {
    "transpose": _transpose,
    "reshape": _reshape,
    "broadcast": _broadcast,
}
_BINARY: dict[str, Binary] = {"add": _add, "sub": _sub, "equal": _equal}
_LINEAR = frozenset({"broadcast", "reshape", "sum", "transpose"})
