"""Find sums of products whose factors form tables: those are matrix products."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from graphgrad.graph.zooms.units import Unit

__all__ = ["Table", "tables_of"]

Factors = tuple[int, ...]


class Table(NamedTuple):
    """Sums of products side by side: of every left factor with every right one, or in pairs.

    Attributes:
        left: the first factors of each sum; as a matrix, one row each.
        right: the second factors.
        units: the sums, row by row of left against right; one for each pair otherwise.
        paired: whether left and right belong together one by one.
    """

    left: list[Factors]
    right: list[Factors]
    units: list[Unit]
    paired: bool


def tables_of(units: Sequence[Unit]) -> Iterator[Table]:
    """Yield the tables that sums of products make up; each sum is in one of them.

    Sums that share factors belong together. Where a left and a right factor of them do not meet,
    they make no matrix product and are multiplied in pairs.
    """
    alike: dict[tuple[int, int], list[Unit]] = defaultdict(list)
    for unit in units:
        alike[len(unit.left), len(unit.atoms)].append(unit)
    for group in alike.values():
        pairs: list[Unit] = []
        for together in _sharing(group):
            table = _complete(together) if len(together) > 1 else None
            if table is None:
                pairs += together
            else:
                yield table
        if pairs:
            yield Table([u.left for u in pairs], [u.right for u in pairs], pairs, paired=True)


def _sharing(units: Sequence[Unit]) -> list[list[Unit]]:
    """Return the sums apart that share no factors, directly or through others."""
    parent = list(range(len(units)))

    def root(of: int) -> int:
        while parent[of] != of:
            parent[of] = parent[parent[of]]
            of = parent[of]
        return of

    first: dict[tuple[bool, Factors], int] = {}
    for number, unit in enumerate(units):
        for key in ((False, unit.left), (True, unit.right)):
            other = root(first.setdefault(key, number))
            parent[root(number)] = other
    together: dict[int, list[Unit]] = defaultdict(list)
    for number, unit in enumerate(units):
        together[root(number)].append(unit)
    return list(together.values())


def _complete(units: Sequence[Unit]) -> Table | None:
    """Return the table in which each left factor meets each right one once."""
    left = list(dict.fromkeys(unit.left for unit in units))
    right = list(dict.fromkeys(unit.right for unit in units))
    if len(units) != len(left) * len(right):
        return None
    by_factors = {(unit.left, unit.right): unit for unit in units}
    if len(by_factors) != len(units):
        return None
    cells = [by_factors[a, b] for a in left for b in right]
    return Table(left, right, cells, paired=False)
