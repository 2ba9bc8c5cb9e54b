"""Fractions of pieces of formula: a number, and the factors above and below one bar.

The numbers of pieces are divided in `ratio` and nowhere else. What stands below may be 0, in any
spelling (0, -0.0, 0^2, 0*x): then there is no ratio, and the quotient stays as it is written.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import Any, Generic, NamedTuple, TypeVar

from graphgrad.ops.row import INDICATORS
from graphgrad.ops.shapes import Shape, broadcast_shapes

__all__ = [
    "Bar",
    "bar_of",
    "base_of",
    "fraction_of",
    "of_bar",
    "over_common_bar",
    "over_one_bar",
    "ratio",
]

P = TypeVar("P", bound=Any)
"""A piece; what is done with pieces is asked of their namespace ``m``."""

_HIGHEST = 9


def ratio(above: float | Fraction, below: float | Fraction) -> Fraction | None:
    """Return a number divided by another; None where that one is 0.

    >>> ratio(1, 3), ratio(1, -0.0)
    (Fraction(1, 3), None)
    """
    return Fraction(above) / Fraction(below) if below else None


class Bar(NamedTuple, Generic[P]):
    """A piece as a fraction: its number, and the factors above and below the bar."""

    number: Fraction
    above: list[P]
    below: list[P]

    def times(self, other: Bar[P]) -> Bar[P]:
        """Return a product of fractions."""
        number = self.number * other.number
        return Bar(number, self.above + other.above, self.below + other.below)

    def over(self, other: Bar[P]) -> Bar[P] | None:
        """Return a quotient of fractions; None where the other is 0."""
        number = ratio(self.number, other.number)
        if number is None:
            return None
        return Bar(number, self.above + other.below, self.below + other.above)


def fraction_of(piece: Any) -> Fraction:
    """Return the number that multiplies a piece."""
    if piece.scaled:
        return Fraction(piece.scaled[1])
    return Fraction(1) if piece.number is None else Fraction(piece.number)


def base_of(piece: P) -> tuple[P, Any]:
    """Return what a piece is a positive whole power of, and which."""
    n = piece.settings.get("n") if piece.op == "powi" else None
    whole = n is not None and Fraction(n).denominator == 1 and n > 0
    return (piece.inner[0], n) if whole else (piece, 1)


def bar_of(piece: P) -> Bar[P]:
    """Return the factors of a piece, those of a power of it one by one."""
    number, core = fraction_of(piece), piece.scaled[0] if piece.scaled else piece
    if core.number is not None:
        return Bar(number, [], [])
    if core.op not in ("mul", "div"):
        base, power = base_of(core)
        if base is not core and not bar_of(base).number:
            return Bar(Fraction(0), [], [])
        return Bar(number, [base] * int(power) if power <= _HIGHEST else [core], [])
    first, second = map(bar_of, core.inner)
    inside = first.times(second) if core.op == "mul" else first.over(second)
    return Bar(number, [], []).times(Bar(Fraction(1), [core], []) if inside is None else inside)


def of_bar(m: Any, bar: Bar[P], shape: Shape) -> P | None:
    """Return the piece of a fraction; None where it would be of another shape than was asked."""
    top = reduce(m.product, bar.above) if bar.above else m.piece(1)
    if bar.below:
        top = m.applied("div", (top, reduce(m.product, bar.below)))
    found: P = m.scaled(top, bar.number)
    return found if found.shape == shape or top.number is not None else None


def over_one_bar(m: Any, a: P, b: P, *, below: bool) -> P | None:
    """Return a product or a fraction in which what stands above and below the bar is gone.

    None where nothing does, and no bar stands over another.

    Args:
        m: the namespace of pieces.
        a: the first factor, or what stands above.
        b: the second factor, or what stands below.
        below: whether it is a fraction.
    """
    first, second = bar_of(a), bar_of(b)
    whole = first.over(second) if below else first.times(second)
    if whole is None:
        return None
    nested = below and bool(first.below or second.below)
    kept, under = _without_twins(whole.above, whole.below)
    if len(kept) == len(whole.above) and not nested and not _with_root(under):
        return None
    shape = broadcast_shapes("mul", (a.shape, b.shape))
    under = _without_roots(under)
    top = reduce(m.product, kept) if kept else m.piece(1)
    if under:
        top = m.applied("div", (top, reduce(m.product, under)))
    if top.shape != shape:
        if top.shape:
            return None
        top = m.call("broadcast", top, shape=shape)
    found: P = m.scaled(top, whole.number)
    return found


def _without_twins(above: list[P], below: list[P]) -> tuple[list[P], list[P]]:
    """Return the factors above and below a bar without those that are on both sides."""
    kept, under = list[P](), list(below)
    for factor in above:
        twin = next((other for other in under if _is_same(factor, other)), None)
        if twin is None:
            kept.append(factor)
        else:
            under.remove(twin)
    return kept, under


def _is_same(a: Any, b: Any) -> bool:
    return bool(a.text.text == b.text.text and a.shape == b.shape)


def _with_root(factors: list[P]) -> P | None:
    """Return a root that is a factor twice."""
    roots = [factor for factor in factors if factor.op == "sqrt"]
    return next((r for r in roots if sum(_is_same(r, other) for other in roots) > 1), None)


def _without_roots(factors: list[P]) -> list[P]:
    """Return factors with x in place of the square of its root."""
    while (root := _with_root(factors)) is not None:
        first, second = [place for place, f in enumerate(factors) if _is_same(f, root)][:2]
        rest = [f for place, f in enumerate(factors) if place not in (first, second)]
        factors = [*rest[:first], root.inner[0], *rest[first:]]
    return factors


def over_common_bar(m: Any, name: str, a: P, b: P) -> P | None:
    """Return (a - b)/c for a/c - b/c, and k*(a - b) for k*a - k*b."""
    found = _under_one_condition(m, name, a, b)
    if found is not None:
        return found
    first, second = bar_of(a), bar_of(b)
    below = list[P]()
    left, right = list(first.below), list(second.below)
    for factor in first.below:
        twin = next((other for other in right if _is_same(factor, other)), None)
        if twin is not None:
            right.remove(twin)
            left.remove(factor)
            below.append(factor)
    number = abs(first.number) if abs(first.number) == abs(second.number) else Fraction(1)
    numbers = ratio(first.number, number), ratio(second.number, number)
    if None in numbers or (not below and number == 1):
        return None
    if not below and number.numerator != 1 and (first.below or second.below):
        return None
    rests = [
        of_bar(m, Bar(own, bar.above, under), piece.shape)
        for own, bar, under, piece in zip(
            numbers, (first, second), (left, right), (a, b), strict=True
        )
        if own is not None
    ]
    if None in rests or broadcast_shapes(name, (a.shape, b.shape)) != broadcast_shapes(
        name, tuple(rest.shape for rest in rests if rest)
    ):
        return None
    left_rest, right_rest = rests
    assert left_rest is not None
    assert right_rest is not None
    if first.number < 0 and (second.number < 0) == (name == "add"):
        whole = m.call("add", -left_rest, -right_rest if name == "add" else right_rest)
        number = -number
    else:
        whole = m.call(name, left_rest, right_rest)
    if below:
        whole = m.applied("div", (whole, reduce(m.product, below)))
    joined: P = m.scaled(whole, number)
    return joined


def _under_one_condition(m: Any, name: str, a: P, b: P) -> P | None:
    """Return (u - v)*[c > 0] for u*[c > 0] - v*[c > 0] of arrays."""
    first, second = bar_of(a), bar_of(b)
    for factor in first.above if a.shape == b.shape else ():
        twin = next((other for other in second.above if _is_same(factor, other)), None)
        if twin is None or factor.op not in INDICATORS or factor.shape != a.shape:
            continue
        rests = [
            of_bar(m, bar._replace(above=[f for f in bar.above if f is not own]), a.shape)
            for bar, own in ((first, factor), (second, twin))
        ]
        if rests[0] is not None and rests[1] is not None and all(r.shape for r in rests if r):
            joined: P = m.multiply(m.call(name, *rests), factor)
            return joined
    return None
