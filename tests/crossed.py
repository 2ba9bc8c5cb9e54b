"""Cross lists of cases: quick tests have each case once or more, slow ones every combination.

A test over samples, formats and themes costs their product; what it finds is nearly always a fault
of one of them. So the quick tests walk all lists together, the shorter ones again from the start.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pytest

__all__ = ["crossed"]


def crossed(**lists: Sequence[Any]) -> pytest.MarkDecorator:
    """Return the parameters of a test: every combination, all but a few of them slow.

    Args:
        lists: by name of the parameter, its cases: values, or ``pytest.param`` with their marks.
    """
    cases = [[_case(value) for value in values] for values in lists.values()]
    longest = max(map(len, cases))
    quick = {tuple(k % len(column) for column in cases) for k in range(longest)}
    found = []
    for places in product(*(range(len(column)) for column in cases)):
        parts = [column[place] for column, place in zip(cases, places, strict=True)]
        marks = [mark for part in parts for mark in part.marks]
        if places not in quick:
            marks.append(pytest.mark.slow)
        values = [part.values[0] for part in parts]
        name = "-".join(str(part.id) for part in parts)
        found.append(pytest.param(*values, id=name, marks=marks))
    return pytest.mark.parametrize(",".join(lists), found)


def _case(value: Any) -> Any:
    """Return a case with its name and its marks."""
    marks, name = getattr(value, "marks", ()), getattr(value, "id", None)
    (value,) = getattr(value, "values", (value,)) if hasattr(value, "marks") else (value,)
    if name is None:
        name = value.stem if isinstance(value, Path) else str(value)
    return pytest.param(value, id=name, marks=marks)
