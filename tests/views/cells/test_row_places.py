"""Rows of boxes: pooled medians, told by sorting all votes, and in no more than n log n steps."""

from __future__ import annotations

import random
from itertools import repeat

import pytest

from graphgrad.views.cells.row_places import isotonic_median

Votes = list[tuple[int, int]]


def by_sorting(ballots: list[Votes]) -> list[int]:
    """Return the same rows the plain way: every pool is a sorted list."""
    pools: list[tuple[int, Votes, int]] = []
    for ballot in ballots:
        votes, count = ballot, 1
        while pools and pools[-1][0] > median(votes):
            _, others, size = pools.pop()
            votes, count = sorted(others + votes), count + size
        pools.append((median(votes), votes, count))
    return [row for found, _, count in pools for row in repeat(found, count)]


def median(votes: Votes) -> int:
    """Return the lower weighted median."""
    half = sum(force for _, force in votes)
    for row, force in votes:
        half -= 2 * force
        if half <= 0:
            return row
    raise AssertionError


@pytest.mark.parametrize("number", range(300))
def test_pooled_medians_are_those_of_sorted_votes(number: int) -> None:
    draw = random.Random(number)
    ballots = [
        sorted(
            (draw.randrange(-9, 20), draw.choice([1, 2, 4])) for _ in range(draw.randrange(1, 6))
        )
        for _ in range(draw.randrange(1, 25))
    ]
    assert isotonic_median(ballots) == by_sorting(ballots)
