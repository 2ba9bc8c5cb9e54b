"""Rows of the items: monotone regressions and what they are used for."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from graphgrad.views.cells.row_places import isotonic, isotonic_median

numbers = st.integers(0, 6).map(float)


@given(st.lists(st.tuples(numbers, st.integers(1, 3).map(float)), min_size=1, max_size=5))
def test_isotonic_is_monotone_and_no_whole_rows_are_nearer(
    pairs: list[tuple[float, float]],
) -> None:
    wishes = [wish for wish, _ in pairs]
    weights = [weight for _, weight in pairs]
    found = isotonic(wishes, weights)
    assert found == sorted(found)

    def distance(rows: tuple[float, ...] | list[float]) -> float:
        return sum(w * (a - b) ** 2 for w, a, b in zip(weights, rows, wishes, strict=True))

    best = min(
        distance(rows)
        for rows in product(range(7), repeat=len(wishes))
        if list(rows) == sorted(rows)
    )
    assert distance(found) <= best + 1e-9


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 6), st.integers(1, 3)), min_size=1, max_size=3),
        min_size=1,
        max_size=4,
    )
)
def test_isotonic_median_is_monotone_and_best(ballots: list[list[tuple[int, int]]]) -> None:
    found = isotonic_median([sorted(ballot) for ballot in ballots])
    assert found == sorted(found)

    def distance(rows: tuple[int, ...] | list[int]) -> int:
        return sum(
            force * abs(row - wish)
            for row, ballot in zip(rows, ballots, strict=True)
            for wish, force in ballot
        )

    best = min(
        distance(rows)
        for rows in product(range(7), repeat=len(ballots))
        if list(rows) == sorted(rows)
    )
    assert distance(found) == best
