"""Tell that a system of strict inequalities has no solution, by Fourier-Motzkin elimination.

Monomials count as independent unknowns, so "no solution" is proved and "may have one" is not.
Source: Schrijver, Theory of Linear and Integer Programming, section 12.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

__all__ = ["may_hold"]

_MOST_ROWS = 200

Row = dict[Any, Fraction]
"""Coefficients by unknown; the key None holds the number. The row states: their sum is > 0."""


def may_hold(rows: Iterable[Mapping[Any, Fraction]]) -> bool:
    """Return False only if no real numbers make every row positive.

    >>> may_hold([{"x": Fraction(1)}, {"x": Fraction(-1), None: Fraction(-1)}])
    False
    """
    system = [dict(row) for row in rows]
    while True:
        unknowns = sorted({key for row in system for key in row if key is not None}, key=repr)
        if not unknowns:
            return all(row.get(None, Fraction(0)) > 0 for row in system)
        costs = {u: _cost(system, u) for u in unknowns}
        cheapest = min(unknowns, key=lambda u: costs[u])
        if costs[cheapest] > _MOST_ROWS:
            return True
        system = _eliminated(system, cheapest)


def _cost(system: list[Row], unknown: Any) -> int:
    above = sum(row.get(unknown, 0) > 0 for row in system)
    below = sum(row.get(unknown, 0) < 0 for row in system)
    return above * below + len(system) - above - below


def _eliminated(system: list[Row], unknown: Any) -> list[Row]:
    above = [row for row in system if row.get(unknown, 0) > 0]
    below = [row for row in system if row.get(unknown, 0) < 0]
    kept = [row for row in system if not row.get(unknown, 0)]
    for high in above:
        for low in below:
            kept.append(_combined(high, -low[unknown], low, high[unknown]))
    return kept


def _combined(a: Row, times: Fraction, b: Row, other: Fraction) -> Row:
    total = {key: value * times for key, value in a.items()}
    for key, value in b.items():
        total[key] = total.get(key, Fraction(0)) + value * other
    return {key: value for key, value in total.items() if value}
