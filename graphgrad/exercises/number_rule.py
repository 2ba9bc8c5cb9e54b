"""Judge printed numbers by one rule: at least three significant digits unless exact.

A printed decimal stands for everything that rounds to it. One digit too few is ``rounded``, more is
``rough``: true as far as it goes, but it shows too little to earn the step. 0, 1 and -1 never pass
for another number: a saturated sigmoid is not 1.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from graphgrad.exercises.balls import Ball, ball, interval
from graphgrad.exercises.printed import Printed

__all__ = ["DIGITS", "Numeric", "close", "judge_number", "may_follow", "same"]

DIGITS = 3
_SAME = Fraction(1, 10**40)
_NEAR = Fraction(1, 20)
_WIDEST = Fraction(1, 10)
_TRIVIAL = (0, 1, -1)


class Numeric(NamedTuple):
    """A status (right, rounded, rough or wrong), how it was found, and a remark's message id."""

    status: str
    method: str
    remark: str = ""


def same(truth: Ball, value: Ball) -> bool:
    """Tell whether two balls hold the same number, for all that 40 digits can show."""
    difference = truth - value
    size = 1 + abs(value).abs_upper()
    return bool(difference.contains(0) and difference.abs_upper() < ball(_SAME) * size)


def judge_number(printed: Printed, truth: Ball, digits: int = DIGITS) -> Numeric:
    """Return how a printed number stands to the true one.

    >>> judge_number(Printed(Fraction("0.393"), Fraction("0.001"), 3, 3), ball(Fraction("0.3932")))
    Numeric(status='right', method='rounding', remark='')
    """
    if same(truth, ball(printed.value)):
        return Numeric("right", "value")
    if printed.unit == 0:
        return Numeric("wrong", "value")
    if not (truth < ball(printed.low) or truth > ball(printed.high)):
        return _within(printed, digits)
    if _truncated(printed, truth) and printed.digits >= digits:
        return Numeric("rounded", "rounding", "check.truncated")
    return Numeric("wrong", "value")


def _within(printed: Printed, digits: int) -> Numeric:
    """Judge a number to which the true one rounds."""
    if printed.value in _TRIVIAL:
        return Numeric("wrong", "value", "check.trivial")
    if printed.digits >= digits:
        return Numeric("right", "rounding")
    if printed.digits == digits - 1 and printed.decimals:
        return Numeric("rounded", "rounding", "check.few_digits")
    if printed.decimals:
        return Numeric("rough", "rounding", "check.too_few_digits")
    return Numeric("wrong", "value")


def _truncated(printed: Printed, truth: Ball) -> bool:
    if printed.value in _TRIVIAL or not printed.decimals:
        return False
    missing = abs(truth) - ball(abs(printed.value))
    return bool(
        missing >= 0 and missing < ball(printed.unit) and (truth > 0) == (printed.value > 0)
    )


def close(value: Ball, truth: Ball) -> bool:
    """Tell whether a value is near enough to the true one to be its rounding."""
    return bool(abs(value - truth) <= ball(_NEAR) * abs(truth))


def may_follow(printed: Printed, result: Ball) -> bool:
    """Tell whether a printed number may be what a computation from rounded numbers gave."""
    if not result.is_finite() or result.rad() > ball(_WIDEST) * abs(result.mid()) + ball(_SAME):
        return False
    narrow = result.rad() < ball(Fraction(1, 10**6))
    if narrow and result.contains(ball(printed.value)):
        return True
    if printed.value in _TRIVIAL or not printed.decimals or printed.digits < DIGITS - 1:
        return False
    return bool(result.overlaps(interval(printed.low, printed.high)))
