"""Read numbers as they are printed, and judge them by one rule: three significant digits or exact.

A printed decimal stands for everything that rounds to it. One digit too few is ``rounded``, more is
``rough``: true as far as it goes, but it shows too little to earn the step. 0, 1 and -1 never pass
for another number: a saturated sigmoid is not 1.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from graphgrad.exercises.algebra.enclosures import Ball, ball, interval
from graphgrad.expr.items import Expression, Item
from graphgrad.source.operands import decimal_number

__all__ = [
    "DIGITS",
    "FINEST",
    "Numeric",
    "Printed",
    "close",
    "is_cut_off",
    "judge_number",
    "may_follow",
    "printed_entries",
    "same",
    "with_sign",
]


FINEST = 12
_LARGEST_SCALE = 300
_SCALE = -1
"""In place of a count of digits: a power of ten that scales another number."""
DIGITS = 3
_SAME = Fraction(1, 10**40)
_NEAR = Fraction(1, 20)
_NEGLIGIBLE = Fraction(1, 10**7)
"""What no hand sees, as the eps below a root; 0, 1 and -1 are told from their neighbours anyway."""
_SHORT = 6
"""Digits of a number that was not rounded so as to show such a difference."""
_WIDEST = Fraction(1, 10)
_TRIVIAL = (0, 1, -1)


class Printed(NamedTuple):
    """A number as printed.

    Attributes:
        value: the number.
        unit: the value of its last digit; 0 for a fraction, which is exact.
        digits: how many significant digits it shows.
        decimals: how many of them stand behind the decimal sign.
    """

    value: Fraction
    unit: Fraction = Fraction(0)
    digits: int = 0
    decimals: int = 0

    @property
    def half(self) -> Fraction:
        """Return how far off the number it stands for may be.

        Nobody rounds to more than 12 digits by hand: they come from a machine, and its last ones
        are noise.
        """
        noise = abs(self.value) / 10**FINEST if self.digits > FINEST else Fraction(0)
        return max(self.unit / 2, noise)

    @property
    def low(self) -> Fraction:
        """Return the smallest number it may stand for."""
        return self.value - self.half

    @property
    def high(self) -> Fraction:
        """Return the largest number it may stand for."""
        return self.value + self.half


_TEN = Printed(Fraction(10), Fraction(1), 2, 0)


def printed_entries(expression: Expression) -> list[Printed] | None:
    """Return the numbers of a formula that is written out: one, or an array's, row by row.

    >>> from graphgrad.expr.parser import parse
    >>> [p.digits for p in printed_entries(parse("[0.050, -3]"))]
    [2, 1]
    """
    stack: list[Any] = []
    for item in expression.items:
        count = item.arity
        parts = stack[len(stack) - count :] if count else []
        del stack[len(stack) - count :]
        value = _item(item, parts)
        if value is None:
            return None
        stack.append(value)
    result = stack[0] if isinstance(stack[0], list) else [stack[0]]
    return None if any(printed.digits == _SCALE for printed in result) else result


def _item(item: Item, parts: list[Any]) -> Any:
    if item.kind == "number":
        return _number(item.value)
    numbers = all(isinstance(part, Printed) for part in parts)
    if item.kind == "prefix" and numbers:
        sign = -1 if item.value == "-" else 1
        return parts[0]._replace(value=sign * parts[0].value)
    if item.kind == "infix" and item.value == "/" and numbers:
        whole = all(part.decimals == 0 for part in parts)
        return Printed(parts[0].value / parts[1].value) if whole and parts[1].value else None
    if item.kind == "infix" and numbers:
        return _scientific(item.value, *parts)
    if item.kind in ("array", "rows"):
        return [entry for p in parts for entry in (p if isinstance(p, list) else [p])]
    return None


def _scientific(sign: str, left: Printed, right: Printed) -> Printed | None:
    """Return 10^-4 as what a number is scaled by, and 4.38·10^-4 as the number 4.38e-4.

    What scales has no last digit: its unit is 0, like that of a fraction.
    """
    if sign == "^" and left == _TEN and not right.decimals and abs(right.value) <= _LARGEST_SCALE:
        whole = right.value.denominator == 1
        return Printed(Fraction(10) ** int(right.value), Fraction(0), _SCALE) if whole else None
    scaled = sign == "*" and right.digits == _SCALE and left.digits > 0 and left.unit
    if not scaled:
        return None
    return left._replace(value=left.value * right.value, unit=left.unit * right.value)


def _number(text: str) -> Printed:
    value = decimal_number(text)  # first, for it bounds the exponent
    mantissa, _, exponent = text.lower().partition("e")
    whole, _, decimals = mantissa.partition(".")
    unit = Fraction(10) ** (int(exponent or 0) - len(decimals))
    significant = (whole + decimals).lstrip("0")
    return Printed(value, unit, len(significant), len(decimals))


class Numeric(NamedTuple):
    """How a printed number stands to the true one.

    Attributes:
        status: right, rounded, rough or wrong.
        method: how that was found.
        remark: a message id.
        few_digits: whether it is true as far as it goes, and shows too few digits.
        sign_only: whether nothing but its sign is wrong.
    """

    status: str
    method: str
    remark: str = ""
    few_digits: bool = False
    sign_only: bool = False


def same(truth: Ball, value: Ball) -> bool:
    """Tell whether two balls hold the same number, for all that 40 digits can show."""
    difference = truth - value
    size = 1 + abs(value).abs_upper()
    return bool(difference.contains(0) and difference.abs_upper() < ball(_SAME) * size)


def judge_number(printed: Printed, truth: Ball, digits: int = DIGITS) -> Numeric:
    """Return how a printed number stands to the true one.

    >>> judge_number(Printed(Fraction("0.393"), Fraction("0.001"), 3, 3), ball(Fraction("0.3932")))
    Numeric(status='right', method='rounding', remark='', few_digits=False, sign_only=False)
    """
    if same(truth, ball(printed.value)) or _is_as_good(printed, truth):
        return Numeric("right", "value")
    if printed.unit == 0:
        return Numeric("wrong", "value")
    if not (truth < ball(printed.low) or truth > ball(printed.high)):
        return _within(printed, truth, digits)
    if is_cut_off(printed, truth) and printed.digits >= digits:
        return Numeric("rounded", "rounding", "check.truncated")
    return Numeric("wrong", "value")


def _is_as_good(printed: Printed, truth: Ball) -> bool:
    """Tell whether a number differs from the true one by less than any hand sees."""
    if printed.value in _TRIVIAL or printed.unit == 0 or printed.digits > _SHORT:
        return False
    return bool(abs(truth - ball(printed.value)) <= ball(_NEGLIGIBLE) * abs(truth))


def with_sign(result: Numeric, printed: Printed, truth: Ball) -> Numeric:
    """Return how a number stands to the true one, and whether only its sign is wrong."""
    turned = printed._replace(value=-printed.value)
    only = result.status == "wrong" and judge_number(turned, truth, 1).status != "wrong"
    return result._replace(sign_only=only)


def _within(printed: Printed, truth: Ball, digits: int) -> Numeric:
    """Judge a number to which the true one rounds; 12 may be 12.0 without its zero."""
    if printed.value in _TRIVIAL:
        return Numeric("wrong", "value", "check.trivial")
    if printed.digits >= digits:
        return Numeric("right", "rounding")
    longer = printed._replace(unit=printed.unit / 10)
    zero_left = not (truth < ball(longer.low) or truth > ball(longer.high))
    if printed.digits == digits - 1 and (printed.decimals or (zero_left and printed.digits > 1)):
        return Numeric("rounded", "rounding", "check.few_digits", True)
    if printed.decimals:
        return Numeric("rough", "rounding", "check.too_few_digits", True)
    return Numeric("wrong", "value")


def is_cut_off(printed: Printed, truth: Ball) -> bool:
    """Tell whether the digits of a number were cut off where it should have been rounded up."""
    if printed.value in _TRIVIAL or not printed.decimals:
        return False
    missing = abs(truth) - ball(abs(printed.value))
    return bool(
        missing >= 0 and missing < ball(printed.unit) and (truth > 0) == (printed.value > 0)
    )


def close(value: Ball, truth: Ball) -> bool:
    """Tell whether a value is near enough to the true one to be its rounding."""
    return bool(abs(value - truth) <= ball(_NEAR) * abs(truth))


def may_follow(printed: Printed, result: Ball, *, whole: bool = False) -> bool:
    """Tell whether a printed number may be what a computation from rounded numbers gave.

    Args:
        printed: the number.
        result: what was computed.
        whole: whether a whole number of the usual digits may be a rounding, as 134 of 133.6.
    """
    narrow = result.is_finite() and result.rad() < ball(Fraction(1, 10**6))
    if narrow and printed.value == 0 and result.contains(0):
        return True  # what cancels is known to no digit
    if not result.is_finite() or result.rad() > ball(_WIDEST) * abs(result.mid()) + ball(_SAME):
        return False
    if narrow and result.overlaps(ball(printed.value)):
        return True
    if _is_as_good(printed, result):
        return True
    long = printed.digits > DIGITS - whole or (printed.decimals and printed.digits >= DIGITS - 1)
    if printed.value in _TRIVIAL or not long:
        return False
    return bool(result.overlaps(interval(printed.low, printed.high)))
