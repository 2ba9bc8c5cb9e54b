"""Stand for an op of the registry as a sympy function, so that what is shown reads sigmoid(z)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy

from graphgrad.ops.row import Elementwise

__all__ = ["Applied", "applied"]

_CLASSES: dict[Any, type[Any]] = {}


class Applied(sympy.Function):  # type: ignore[misc]  # sympy has no annotations
    """A row applied to sympy arguments; it stays as it is until it is asked to be expanded.

    Attributes:
        row: the row.
        settings: the row's settings, part of the function.
    """

    row: Elementwise
    settings: Mapping[str, Any]

    def fdiff(self, argindex: int = 1) -> Any:
        """Return the row's partial in one argument (sympy counts from 1)."""
        from graphgrad.symbolic.namespace import NAMED

        partial = self.row.partials[argindex - 1]
        return sympy.sympify(partial(NAMED, self, *self.args, **self.settings))

    def _eval_is_extended_real(self) -> bool:
        return True

    def _eval_evalf(self, precision: int) -> Any:
        from graphgrad.symbolic.namespace import EXPANDED

        return self.row.formula(EXPANDED, *self.args, **self.settings)._eval_evalf(precision)


def applied(row: Elementwise, settings: Mapping[str, Any]) -> type[Any]:
    """Return the sympy function of a row with given settings.

    >>> from graphgrad.ops import row
    >>> z = sympy.Symbol("z", real=True)
    >>> applied(row("sigmoid"), {})(z).diff(z)
    (1 - sigmoid(z))*sigmoid(z)
    """
    key = (row.name, row.formula, row.partials, tuple(settings.items()))
    if key not in _CLASSES:
        content = {"row": row, "settings": dict(settings), "nargs": len(row.arguments)}
        _CLASSES[key] = type(row.name, (Applied,), content)
    return _CLASSES[key]
