"""Fill in the partials of a row from sympy's derivative of its formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace as with_changes
from typing import Any

import sympy

from graphgrad.errors import RowError
from graphgrad.ops.row import Elementwise
from graphgrad.symbolic.sympy_rows.on_sympy import real_symbol
from graphgrad.symbolic.sympy_rows.precise import sample_settings
from graphgrad.symbolic.sympy_rows.replay import first_unknown, replay
from graphgrad.symbolic.witness.rows import formula_expression

__all__ = ["derive_partials"]

_OUT = real_symbol("out ")


def derive_partials(row: Elementwise) -> Elementwise:
    """Return a row with the partials that sympy finds; one that states its own is unchanged.

    The partials run on every namespace, like stated ones: sympy's tree is walked, not compiled.

    Raises:
        RowError: if sympy's derivative holds something that no op computes.

    >>> from graphgrad.ops.row import Elementwise
    >>> from graphgrad.ops.floats import ScalarMath
    >>> square = Elementwise(name="square", arguments=("x",), formula=lambda m, x: x * x)
    >>> derive_partials(square).partials[0](ScalarMath(), 9.0, 3.0)
    6.0
    """
    if row.partials:
        return row
    derivatives, slots = _Derivatives(row), range(len(row.arguments))
    for settings in sample_settings(row):
        for slot in slots:
            derivatives.refuse_unknown(slot, settings)
    return with_changes(row, partials=tuple(map(derivatives.partial, slots)))


class _Derivatives:
    """Work out the derivatives of one row, once per choice of settings."""

    def __init__(self, row: Elementwise) -> None:
        self.row = row
        self.known: dict[Any, Any] = {}

    def of(self, slot: int, settings: Mapping[str, Any]) -> Any:
        """Return sympy's derivative, with the output where the formula stands."""
        key = (slot, *settings.items())
        if key not in self.known:
            formula, symbols = formula_expression(self.row, settings)
            derivative = sympy.diff(formula, symbols[slot])
            if formula.is_Pow or formula.is_Function:
                derivative = derivative.subs(formula, _OUT)
            elif not formula.is_Symbol:
                derivative = derivative.xreplace({formula: _OUT})
            self.known[key] = derivative
        return self.known[key]

    def refuse_unknown(self, slot: int, settings: Mapping[str, Any]) -> None:
        """Refuse a derivative that no namespace can run."""
        unknown = first_unknown(self.of(slot, settings))
        if unknown:
            argument = self.row.arguments[slot]
            raise RowError("row.no_derivative", row=self.row.name, argument=argument, got=unknown)

    def partial(self, slot: int) -> Callable[..., Any]:
        """Return the partial in one slot, as a row states it."""

        def partial(m: Any, out: Any, *args: Any, **settings: Any) -> Any:
            symbols = map(real_symbol, self.row.arguments)
            values = dict(zip(symbols, args, strict=True)) | {_OUT: out}
            return replay(self.of(slot, settings), m, values)

        return partial
