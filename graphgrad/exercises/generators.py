"""Name what normal forms are made of: generators, relations between them, irreducible factors."""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = ["Factor", "Generator", "GiveUp", "Poly", "Relation"]

Poly = Any
"""A ``flint.fmpq_mpoly`` in a ring's generators."""


class GiveUp(Exception):  # noqa: N818 -- not an error: the search for a proof ends here
    """Signal that a proof would cost more than it may."""


class Generator(NamedTuple):
    """What a polynomial variable stands for; ``positive`` if it is never negative."""

    key: tuple[Any, ...]
    positive: bool


class Relation(NamedTuple):
    """State that a power of a generator equals a polynomial in earlier ones."""

    generator: int
    degree: int
    equals: Poly


class Factor(NamedTuple):
    """An irreducible polynomial with leading coefficient > 0; ``positive`` if it is never < 0."""

    poly: Poly
    positive: bool
