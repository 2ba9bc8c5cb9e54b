"""List the mistakes that are made with a whole Jacobian."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphgrad.exercises.term_math import arrays
from graphgrad.exercises.terms import Pool

__all__ = ["jacobian_rules"]


def jacobian_rules(pool: Pool, right: Any) -> Iterator[tuple[str, Any]]:
    """Yield wrong forms of a Jacobian of one vector in another, with their labels.

    Args:
        pool: holds the terms.
        right: the Jacobian, an array of terms with two axes.
    """
    if right.ndim != 2:
        return
    np = arrays()
    yield "transposed", right.T
    rows, columns = right.shape
    if rows != columns:
        return
    diagonal = right.diagonal()
    off = np.full(right.shape, pool.number(0), dtype=object)
    identity = off.copy()
    only = off.copy()
    for place in range(rows):
        only[place, place] = diagonal[place]
        identity[place, place] = pool.number(1)
    yield "diagonal_only", only
    yield "equal_rows", np.array([diagonal] * rows, dtype=object)
    yield "identity", identity
