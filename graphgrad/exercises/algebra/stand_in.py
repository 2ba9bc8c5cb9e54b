"""Name what stands in for FLINT where there is none, in a browser's Python.

Polynomials of SymPy and intervals of mpmath, with the part of FLINT's names that this room uses.
They are as exact and as rigorous, and slower. Only where ``import flint`` fails is this loaded.
"""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from graphgrad.exercises.algebra import pure_balls, pure_polynomials

__all__ = ["DomainError", "flint"]

DomainError = pure_polynomials.NotExactError
flint: Any = SimpleNamespace(
    arb=pure_balls.PureBall,
    ctx=pure_balls.settings,
    fmpq=Fraction,
    fmpq_mpoly_ctx=pure_polynomials.PureContext,
    Ordering=SimpleNamespace(degrevlex="grevlex"),
)
