"""Run structural rows entry by entry, on arrays whose entries are symbols or precise numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphgrad.ops.entries import Entries, as_array
from graphgrad.ops.row import Elementwise, Row, Structural
from graphgrad.ops.shapes import Shape
from graphgrad.symbolic.sympy_rows.on_sympy import real_symbol

__all__ = ["as_array", "row_value", "symbol_array"]


def symbol_array(name: str, shape: Shape) -> Any:
    """Return an array of real symbols named by their subscripts from 1."""
    result = np.empty(shape, dtype=object)
    for place in np.ndindex(*shape):
        subscripts = "_".join(str(index + 1) for index in place)
        result[place] = real_symbol(f"{name}_{subscripts}" if place else name)
    return result


def row_value(row: Row, m: Any, args: tuple[Any, ...], settings: dict[str, Any]) -> Any:
    """Return an op's output as an object array, its formula applied entry by entry.

    >>> from graphgrad.ops.registry import row
    >>> from graphgrad.symbolic.sympy_rows.on_sympy import EXPANDED
    >>> row_value(row("add"), EXPANDED, (as_array([1, 2]), as_array(3)), {}).tolist()
    [4, 5]
    """
    if isinstance(row, Structural):
        return as_array(row.evaluate(Entries(m), *args, **settings))
    assert isinstance(row, Elementwise)
    formula = row.formula
    every = np.frompyfunc(lambda *entries: formula(m, *entries, **settings), len(args), 1)
    return as_array(every(*args))
