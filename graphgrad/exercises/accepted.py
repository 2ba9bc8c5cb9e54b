"""Work out what the number rule says about everything that may be typed for one number.

A page without Python looks its verdicts up here: each is one answer of `judge_number`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction

from graphgrad.exercises.balls import Ball, ball, precision
from graphgrad.exercises.number_rule import DIGITS, judge_number, same
from graphgrad.exercises.printed import FINEST, Printed
from graphgrad.expr.decimals import MOST_DIGITS
from graphgrad.source.numbers import LARGEST_EXPONENT
from graphgrad.views.scene.html.questions import Accepted, Limits, RangeVerdict

__all__ = ["LIMITS", "accepted"]

LIMITS = Limits(MOST_DIGITS, LARGEST_EXPONENT, FINEST)
_PLAINEST = 10**18
_BOUND_DIGITS = 36
_BITS = 256
_WRONG = "wrong"


def accepted(truth: Ball, digits: int = DIGITS) -> Accepted:
    """Return what may be typed for a true number.

    Args:
        truth: a finite ball; its size must be within what a numeral can write.
        digits: how many significant digits a rounded number must show.

    >>> accepted(ball(Fraction(1, 4))).decimals[3:5]
    (('25e-2', 'right', 'right'), ('250e-3', 'right', 'right'))
    """
    with precision(_BITS):
        number = _middle(truth)
        plain = number.limit_denominator(_PLAINEST)
        exact = str(plain) if same(truth, ball(plain)) else ""
        decimals = tuple(_decimals(truth, number, digits))
        return Accepted(exact, decimals, tuple(_ranges(truth, number, digits)))


def _middle(truth: Ball) -> Fraction:
    mantissa, exponent = truth.mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def _verdict(truth: Ball, printed: Printed, digits: int) -> str:
    found = judge_number(printed, truth, digits)
    return f"{found.status}:{found.remark}" if found.remark else found.status


def _decimals(truth: Ball, number: Fraction, digits: int) -> Iterator[tuple[str, str, str]]:
    """Yield verdicts on the neighbours of a number in every place down to the finest.

    Whatever else ends in that place is wrong, and has no remark.
    """
    if not number:
        return
    first = _leading_place(number)
    for place in range(max(first + 1, 0), min(first, 0) - FINEST, -1):
        unit = Fraction(10) ** place
        lower = number // unit
        for mantissa in (lower, lower + 1):
            count = len(str(abs(mantissa))) if mantissa else 0
            if count > FINEST or (not mantissa and place < -MOST_DIGITS):
                continue
            printed = [Printed(mantissa * unit, unit, count, behind) for behind in (1, 0)]
            with_decimals, without = (_verdict(truth, p, digits) for p in printed)
            if {with_decimals, without} != {_WRONG}:
                yield f"{mantissa}e{place}", with_decimals, without


def _leading_place(number: Fraction) -> int:
    """Return the place of the first digit: 0 for 7, -1 for 0.7.

    >>> _leading_place(Fraction(999)), _leading_place(Fraction(-1, 1000))
    (2, -3)
    """
    size = abs(number)
    place = len(str(size.numerator)) - len(str(size.denominator))
    return place if size >= Fraction(10) ** place else place - 1


def _ranges(truth: Ball, number: Fraction, digits: int) -> Iterator[RangeVerdict]:
    """Yield verdicts on numbers with more digits than anybody rounds to by hand."""
    unit = Fraction(1, 10 ** (FINEST + 1))
    for trivial in (0, 1, -1):
        verdict = _verdict(truth, Printed(Fraction(trivial), unit, FINEST + 2, 1), digits)
        if verdict != _WRONG:
            yield RangeVerdict(str(trivial), str(trivial), verdict)
    ends = (number / (1 + Fraction(1, 10**FINEST)), number / (1 - Fraction(1, 10**FINEST)))
    low, high = _decimal(min(ends), ROUND_CEILING), _decimal(max(ends), ROUND_FLOOR)
    long = Printed(Fraction(low), Fraction(low) / 10 ** (2 * FINEST), 2 * FINEST, 1)
    verdict = _verdict(truth, long, digits)
    if number and verdict != _WRONG:
        yield RangeVerdict(low, high, verdict)


def _decimal(number: Fraction, rounding: str) -> str:
    context = Context(_BOUND_DIGITS, rounding, Emin=-999999, Emax=999999)
    quotient = context.divide(Decimal(number.numerator), Decimal(number.denominator))
    return f"{quotient:e}"
