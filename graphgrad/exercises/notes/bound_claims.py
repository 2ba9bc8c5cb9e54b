r"""Judge bounds of a derivative that notes state, such as ``\sigma'(z) \le 1/4``."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from graphgrad.exercises.deciding.verdict import Counterexample
from graphgrad.exercises.notes.judged_claim import Judged
from graphgrad.ops.registry import find
from graphgrad.ops.row import Elementwise

__all__ = ["BoundClaim", "bound_claim", "judged_bound"]

_BOUND = re.compile(
    r"""^\s*\\?(?:operatorname\{)?(?P<name>[^\W\d]\w*?)\}?\s*+(?:'|′|\^\{?\\prime\}?)\s*+
        (?:\\left)?(?:\([^()=]*+\))?\s*+
        (?P<relation>\\leqslant|\\geqslant|\\leq|\\geq|\\le|\\ge|\\lt|\\gt|<=|>=|≤|≥|<|>)\s*
        (?P<number>-?(?:\\[dt]?frac\{\d+\}\{\d+\}|\d+\s*/\s*\d+|\d*[.]?\d+))\s*$""",
    re.VERBOSE,
)
_BEFORE = re.compile(r",\s*(?:\\[ ,;]\s*)*")
"""Ends what a formula states before the bound, as ``|w| < 1,``."""
_SIGNS = {"\\leq": "<=", "\\le": "<=", "≤": "<=", "\\leqslant": "<=", "\\lt": "<"}
_SIGNS |= {"\\geq": ">=", "\\ge": ">=", "≥": ">=", "\\geqslant": ">=", "\\gt": ">"}
_CLOSE = 1e-9
_FAR = 30.0


class BoundClaim(NamedTuple):
    """The derivative of a function of one number is said to be bounded everywhere."""

    row: Elementwise
    relation: str
    bound: Fraction

    @property
    def text(self) -> str:
        """Return the claim in the expression language."""
        return f"{self.row.name}'(z) {self.relation} {self.bound}"


def bound_claim(text: str) -> BoundClaim | None:
    r"""Return the bound that a formula states; None for any other formula.

    >>> bound_claim(r"\sigma'(z_j) \le 0.25").text
    "sigmoid'(z) <= 1/4"
    >>> bound_claim("x < 1") is None
    True
    """
    match = _BOUND.match(_BEFORE.split(text)[-1])
    if match is None:
        return None
    name = "σ" if match["name"] == "sigma" else match["name"]
    row = find(name)
    if not isinstance(row, Elementwise) or len(row.arguments) != 1:
        return None
    written = re.sub(r"\\[dt]?frac\{(\d+)\}\{(\d+)\}", r"\1/\2", match["number"]).replace(" ", "")
    try:
        bound = Fraction(written)
    except (ValueError, ZeroDivisionError):
        return None
    return BoundClaim(row, _SIGNS.get(match["relation"], match["relation"]), bound)


def judged_bound(claim: BoundClaim, blank: Judged) -> Judged:
    """Return what became of a bound: proved by the exact extreme, or refuted at a point."""
    from graphgrad.views.lenses.calculus.bounds import derivative_bounds
    from graphgrad.views.lenses.slopes import derivative_at

    low, high, exact = derivative_bounds(claim.row, {})
    above = claim.relation.startswith("<")
    told, value, at, taken = high if above else low
    bound = float(claim.bound)
    beyond = value > bound + _CLOSE if above else value < bound - _CLOSE
    touched = len(claim.relation) == 1 and taken and abs(value - bound) <= _CLOSE
    found = replace(blank, read_as=claim.text, method="extremes" if exact else "grid")
    if not beyond and not touched:
        return replace(found, status="true" if exact else "undecided")
    spot = at if math.isfinite(at) else math.copysign(_FAR, at)
    slope = float(derivative_at(claim.row, float(spot), {}))
    relation = f"{claim.relation} {claim.bound}"
    point = Counterexample({"z": f"{spot:g}"}, relation, f"{slope:g}")
    right = f"{claim.row.name}'(z) {'<=' if above else '>='} {told.removeprefix('≈')}"
    return replace(found, status="false", corrected=right, counterexample=point)
