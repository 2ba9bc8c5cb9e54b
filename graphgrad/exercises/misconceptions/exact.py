"""Tell a number of few digits from a mistake: 0.5 for tanh(0.5) is no rounding."""

from __future__ import annotations

from graphgrad.exercises.answers import Link, Target
from graphgrad.exercises.balls import ball, precision
from graphgrad.exercises.misconceptions.catalogue import mistakes_of
from graphgrad.exercises.number_rule import same
from graphgrad.exercises.printed import printed_entries
from graphgrad.exercises.reference import Reference

__all__ = ["is_exactly_a_mistake"]

_BITS = 256


def is_exactly_a_mistake(reference: Reference, target: Target, link: Link) -> bool:
    """Tell whether the numbers of an answer are, to the last digit, what one mistake gives."""
    printed = printed_entries(link.reading.expression)
    if printed is None:
        return False
    for mistake in mistakes_of(reference, target):
        values = reference.balls(mistake.value)
        if values is None or len(values) != len(printed):
            continue
        with precision(_BITS):
            pairs = zip(values, printed, strict=True)
            if all(not isinstance(v, str) and same(v, ball(p.value)) for v, p in pairs):
                return True
    return False
