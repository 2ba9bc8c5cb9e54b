"""Fill in the partials of a row from sympy's derivative of its formula."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as with_changes
from functools import lru_cache
from typing import Any

import sympy

from graphgrad.errors import RowError
from graphgrad.ops.row import Elementwise
from graphgrad.symbolic.namespace import real_symbol
from graphgrad.symbolic.points import sample_settings
from graphgrad.symbolic.replay import bottom_up, replay
from graphgrad.symbolic.witness import formula_expression

__all__ = ["derive_partials"]

_OUT = real_symbol("out ")


def derive_partials(row: Elementwise) -> Elementwise:
    """Return a row with the partials that sympy finds; one that states its own is unchanged.

    The partials run on every namespace, like stated ones: sympy's tree is walked, not compiled.

    Raises:
        RowError: if sympy's derivative holds something that no op computes.

    >>> from graphgrad.ops.scalar import ScalarMath
    >>> square = Elementwise(name="square", arguments=("x",), formula=lambda m, x: x * x)
    >>> derive_partials(square).partials[0](ScalarMath(), 9.0, 3.0)
    6.0
    """
    if row.partials:
        return row
    for settings in sample_settings(row):
        for slot in range(len(row.arguments)):
            _refuse_unknown(row, slot, _derivative(row, slot, tuple(settings.items())))
    partials = tuple(_partial(row, slot) for slot in range(len(row.arguments)))
    return with_changes(row, partials=partials)


def _partial(row: Elementwise, slot: int) -> Callable[..., Any]:
    def partial(m: Any, out: Any, *args: Any, **settings: Any) -> Any:
        symbols = map(real_symbol, row.arguments)
        values = dict(zip(symbols, args, strict=True)) | {_OUT: out}
        return replay(_derivative(row, slot, tuple(settings.items())), m, values)

    return partial
