"""The table of verdicts that travels with a page says what the number rule says."""

from __future__ import annotations

from fractions import Fraction

import pytest

from graphgrad.exercises.algebra.enclosures import Ball, ball, interval, precision
from graphgrad.exercises.judging.page_questions import LIMITS, accepted
from graphgrad.exercises.reading.number_rule import Printed, judge_number

TRUTHS = [
    *(Fraction(n) for n in (0, 1, -1, 2, -4, -12, 600, 12345, 10**9)),
    *(Fraction(n) for n in ("0.5", "1/3", "-2/3", "0.39322386648", "0.9997", "-0.9997")),
    *(Fraction(n) for n in ("0.0312", "0.00023", "1e-7", "6.02e23", "0.2345", "0.99951", "9.996")),
]


def truth_of(number: Fraction) -> Ball:
    with precision(256):
        return ball(number)


def looked_up(truth: Fraction, digits: int, place: int, behind: int) -> str:
    table = accepted(truth_of(truth))
    value = digits * Fraction(10) ** place
    if table.exact and Fraction(table.exact) == value:
        return "right"
    if len(str(abs(digits))) > LIMITS.finest:
        for low, high, verdict in table.ranges:
            if Fraction(low) <= value <= Fraction(high):
                return verdict
        return "wrong"
    verdicts = {key: pair for key, *pair in table.decimals}.get(f"{digits}e{place}")
    return verdicts[0 if behind else 1] if verdicts else "wrong"


def ruled(truth: Fraction, digits: int, place: int, behind: int) -> str:
    count = len(str(abs(digits))) if digits else 0
    unit = Fraction(10) ** place
    with precision(256):
        found = judge_number(Printed(digits * unit, unit, count, behind), truth_of(truth))
    return f"{found.status}:{found.remark}" if found.remark else found.status


@pytest.mark.parametrize("truth", TRUTHS, ids=str)
def test_every_decimal_near_a_number_gets_the_verdict_of_the_rule(truth: Fraction) -> None:
    compared = 0
    for place in range(3, -16, -1):
        nearest = int(truth / Fraction(10) ** place)
        for digits in range(nearest - 3, nearest + 4):
            for behind in (0, 1):
                expected = ruled(truth, digits, place, behind)
                found = looked_up(truth, digits, place, behind)
                if not digits and place > 0:  # nobody writes 0e3; its remark may be missing
                    expected, found = expected.split(":")[0], found.split(":")[0]
                assert found == expected, (digits, place)
                compared += 1
    assert compared == 266


def test_an_irrational_number_has_no_exact_form() -> None:
    with precision(256):
        root = ball(Fraction(2)).sqrt()
    table = accepted(root)
    assert table.exact == ""
    assert ("1414e-3", "right", "right") in table.decimals
    assert ("1415e-3", "right", "right") not in table.decimals
    [found] = table.ranges
    assert Fraction(found.low) ** 2 < 2 < Fraction(found.high) ** 2


def test_a_ball_with_a_radius_is_read_at_its_middle() -> None:
    with precision(256):
        wide = interval(Fraction("0.39399999999999"), Fraction("0.39400000000001"))
    assert ("394e-3", "right", "right") in accepted(wide).decimals
