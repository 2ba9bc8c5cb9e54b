"""Check the pool of terms at its bound."""

from __future__ import annotations

import pytest

from graphgrad.errors import LimitError
from graphgrad.exercises.algebra import terms
from graphgrad.exercises.algebra.terms import Pool


def test_a_full_pool_refuses_the_same_term_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time it had a place, where nothing stood."""
    monkeypatch.setattr(terms, "MOST_TERMS", 3)
    pool = Pool()
    x, y = pool.name("x"), pool.name("y")
    total = x + y
    for _ in range(2):
        with pytest.raises(LimitError):
            _ = x * y
    assert len(pool) == 3
    assert (x + y) == total
