"""Write products and sums of numbers as they stand on a board."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graphgrad.ops.row import PRODUCT, SUM
from graphgrad.views.numbers import shape_of
from graphgrad.views.substitution import written

__all__ = ["MOST_TERMS", "product_text", "sum_text"]

MOST_TERMS = 12


def product_text(adjoint: Any, partial: Any, contribution: str) -> str:
    """Return adjoint times partial and its result; for arrays the result alone.

    >>> product_text(-4.0, -1.0, "4")
    '-4·(-1) = 4'
    """
    if shape_of(adjoint) or shape_of(partial):
        return contribution
    return f"{written(adjoint).within(SUM)}·{written(partial).within(PRODUCT)} = {contribution}"


def sum_text(terms: Sequence[Any], value: str) -> str:
    """Return the terms of a sum and its value; the value alone if there is one term.

    >>> sum_text([11.0, -2.0], "9")
    '11 + (-2) = 9'
    """
    if len(terms) == 1:
        return value
    pieces = [written(term) for term in terms[:MOST_TERMS]]
    total = " + ".join(p.within(SUM + 1) if i else p.text for i, p in enumerate(pieces))
    if "…" in total:
        return value
    return f"{total}{' + …' if len(terms) > MOST_TERMS else ''} = {value}"
