"""Evaluate terms on balls: enclosures of real numbers, so that what is decided is proved.

A value is a ball, or one of three ways of having none: ``UNDEFINED`` (log of a negative number,
division by exactly 0), ``KINK`` (a choice hangs on a ball around 0) and ``UNCLEAR`` (the ball is
too wide to tell). Of the last two more digits may help.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from graphgrad.exercises.algebra.terms import Pool

try:
    import flint
except ImportError:  # a browser's Python has none
    from graphgrad.exercises.algebra.stand_in import flint  # type: ignore[no-redef]

__all__ = [
    "BITS",
    "KINK",
    "UNCLEAR",
    "UNDEFINED",
    "Ball",
    "Program",
    "ball",
    "function_of_one",
    "interval",
    "pi",
    "precision",
    "shown",
    "whole_number",
]

Ball = Any
"""A ``flint.arb``, or one of the three words below."""

UNDEFINED = "undefined"
KINK = "kink"
UNCLEAR = "unclear"


_LARGEST_WHOLE = 10_000
_LONGEST_WHOLE = 10**300
_REAL = {"pow": "real power"}
BITS = 256
"""The precision at which answers are compared: about 77 decimal digits."""


@contextmanager
def precision(bits: int = BITS) -> Iterator[None]:
    """Compute balls with so many bits inside the block."""
    before = flint.ctx.prec
    flint.ctx.prec = bits
    try:
        yield
    finally:
        flint.ctx.prec = before


def ball(value: Fraction | int) -> Ball:
    """Return the ball around a rational number."""
    value = Fraction(value)
    return flint.arb(flint.fmpq(value.numerator, value.denominator))


def interval(low: Fraction, high: Fraction) -> Ball:
    """Return a ball that holds every number between two."""
    return ball(low).union(ball(high))


def pi() -> Ball:
    """Return the number pi."""
    return flint.arb.pi()


def function_of_one(op: str, x: Ball) -> Ball:
    """Return an operation with one argument."""
    return _OF_ONE[op](x)


def shown(value: Ball, digits: int = 12) -> str:
    """Return a ball's midpoint to a number of significant digits, or its word.

    >>> shown(ball(Fraction(1, 4)))
    '0.25'
    """
    if isinstance(value, str):
        return value
    text: str = value.mid().str(digits, radius=False)
    if text.startswith("[") or not value.is_finite():
        return str(value.str(digits))
    mantissa, e, exponent = text.partition("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return mantissa + e + exponent


def _power(x: Ball, exponent: int) -> Ball:
    if exponent < 0 and x.contains(0):
        return UNDEFINED if x.is_zero() else UNCLEAR
    return x**exponent


def _root(x: Ball, exponent: Fraction) -> Ball:
    if x.contains(0) and not x.is_zero():
        return UNCLEAR
    if x < 0 or (exponent < 0 and x.is_zero()):
        return UNDEFINED
    if exponent.denominator > 64:
        return x ** ball(exponent)
    root = x.sqrt() if exponent.denominator == 2 else x.root(exponent.denominator)
    return root**exponent.numerator


def whole_number(value: Ball) -> int | None:
    """Return the one whole number in a ball; None if there is none, or it is very large.

    Flint ends the whole process when it is asked about a number whose exponent fits in no word,
    such as 2 squared 70 times, or 1 by that.
    """
    size, longest = abs(value), ball(_LONGEST_WHOLE)
    if size * longest < 1:
        return 0 if value.contains(0) else None
    found = value.unique_fmpz() if size <= longest else None
    return None if found is None else int(found)


def _whole_power(x: Ball, y: Ball) -> Ball:
    """Return a power of a base below 0, which exists for a whole exponent only."""
    if not abs(y) <= ball(_LARGEST_WHOLE):
        return UNCLEAR
    whole = whole_number(y)
    if whole is not None and y.is_exact():
        return x**whole
    return UNDEFINED if not y.contains_integer() else UNCLEAR


def _real_power(x: Ball, y: Ball) -> Ball:
    logarithm = _log(x)
    return logarithm if isinstance(logarithm, str) else (y * logarithm).exp()


def _log(x: Ball) -> Ball:
    if x > 0:
        return x.log()
    return UNDEFINED if x < 0 or x.is_zero() else UNCLEAR


def _asin(x: Ball) -> Ball:
    if x >= -1 and x <= 1:
        return x.asin()
    return UNDEFINED if x > 1 or x < -1 else UNCLEAR


def _positive(x: Ball) -> Ball:
    if x > 0:
        return flint.arb(1)
    return flint.arb(0) if x <= 0 else KINK


def _zero(x: Ball) -> Ball:
    if x.is_zero():
        return flint.arb(1)
    return KINK if x.contains(0) else flint.arb(0)


def _factorial(x: Ball) -> Ball:
    return UNDEFINED if x < 0 else (x + 1).gamma()


_OF_ONE: dict[str, Callable[[Ball], Ball]] = {
    "exp": lambda x: x.exp(),
    "log": _log,
    "sin": lambda x: x.sin(),
    "cos": lambda x: x.cos(),
    "erf": lambda x: x.erf(),
    "floor": lambda x: x.floor(),
    "held": lambda x: x,
    "factorial": _factorial,
    "asin": _asin,
    "atan": lambda x: x.atan(),
    "abs": abs,
    "positive": _positive,
    "zero": _zero,
}


class Program:
    """Terms laid out as instructions, to be run at many points and precisions.

    Args:
        pool: where the terms are.
        roots: the terms whose values are wanted.
        whole: whether a base below 0 has a value where its exponent is a whole number; at points
            that are drawn that is chance, and such powers count as undefined.
    """

    def __init__(self, pool: Pool, roots: Iterable[int], *, whole: bool = True) -> None:
        self.pool = pool
        self.roots = tuple(roots)
        order = pool.reach(self.roots)
        place = {term: index for index, term in enumerate(order)}
        self.code = [
            (
                pool.ops[term],
                tuple(place[arg] for arg in pool.args[term]),
                pool.held[term],
            )
            for term in order
        ]
        if not whole:
            self.code = [(_REAL.get(op, op), args, held) for op, args, held in self.code]
        self.places = [place[root] for root in self.roots]
        self.names = [held for op, _, held in self.code if op == "name"]

    def run(self, point: Mapping[str, Ball]) -> list[Ball]:
        """Return the values of the roots, at the precision in force.

        Raises:
            KeyError: with the name of a variable the point does not give.
        """
        values: list[Ball] = []
        for op, args, held in self.code:
            values.append(_run(op, [values[arg] for arg in args], held, point))
        return [values[place] for place in self.places]


def _run(op: str, args: list[Ball], held: Any, point: Mapping[str, Ball]) -> Ball:
    if op == "where":
        return _where(*args)
    for arg in args:
        if isinstance(arg, str):
            return next(word for word in (UNDEFINED, KINK, UNCLEAR) if word in args)
    result = _compute(op, args, held, point)
    if isinstance(result, str) or result.is_finite():
        return result
    return UNCLEAR


def _where(condition: Ball, a: Ball, b: Ball) -> Ball:
    if isinstance(condition, str):
        return condition
    if condition.is_zero():
        return b
    return KINK if condition.contains(0) else a


def _compute(op: str, args: list[Ball], held: Any, point: Mapping[str, Ball]) -> Ball:
    if op == "add":
        total = args[0]
        for arg in args[1:]:
            total = total + arg
        return total
    if op == "mul":
        total = args[0]
        for arg in args[1:]:
            total = total * arg
        return total
    if op == "number":
        return ball(held)
    if op == "name":
        return point[held]
    if op == "power":
        return _power(args[0], held)
    if op == "root":
        return _root(args[0], held)
    if op == "real power":
        return _real_power(*args)
    if op == "pow":
        return _real_power(*args) if not args[0] < 0 else _whole_power(*args)
    if op == "pi":
        return pi()
    return _OF_ONE[op](args[0])
