"""Reach FLINT, or what stands in for it where there is none: in a browser's Python.

In its place stand polynomials of SymPy and intervals of mpmath, with the part of FLINT's names that
this room uses. They are as exact and as rigorous, and slower.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

__all__ = ["DomainError", "flint", "stand_in"]


def stand_in() -> Any:
    """Return what has FLINT's names without FLINT."""
    from fractions import Fraction

    from graphgrad.exercises.algebra import pure_balls, pure_polynomials

    return SimpleNamespace(
        arb=pure_balls.PureBall,
        ctx=pure_balls.settings,
        fmpq=Fraction,
        fmpq_mpoly_ctx=pure_polynomials.PureContext,
        Ordering=SimpleNamespace(degrevlex="grevlex"),
        DomainError=pure_polynomials.NotExactError,
    )


flint: Any
DomainError: type[Exception]
try:
    import flint
    from flint.utils.flint_exceptions import DomainError
except ImportError:
    flint = stand_in()
    DomainError = flint.DomainError
