"""Check a structural row against the derivative of its entries, at the row's own examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import sympy

from graphgrad.errors import RowError
from graphgrad.graph.settings import complete_settings
from graphgrad.ops.evaluate import arithmetic
from graphgrad.ops.shapes import Shape, shape_text
from graphgrad.symbolic.entries import as_array, row_value, symbol_array
from graphgrad.symbolic.namespace import EXPANDED
from graphgrad.symbolic.precise import PRECISE, precise
from graphgrad.symbolic.replay import replay

if TYPE_CHECKING:
    from graphgrad.ops.row import Structural
    from graphgrad.symbolic.witness import Checked

__all__ = ["check_structural"]

_CLOSE = 1e-9


def check_structural(row: Structural) -> list[Checked]:
    """Check shape, pullback and pushforward of a row at its examples.

    Raises:
        RowError: naming the shapes at which something does not fit.
    """
    from graphgrad.symbolic.witness import Checked

    counts: dict[str, int] = {}
    for shapes, settings in row.examples:
        check = _Example(row, shapes, complete_settings(row, settings, shapes))
        check.shape()
        for slot in range(len(shapes)):
            check.pullback(slot)
            check.pushforward(slot)
            name = row.arguments[min(slot, len(row.arguments) - 1)]
            counts[name] = counts.get(name, 0) + 1
    if not counts:
        raise RowError("row.no_points", row=row.name)
    return [Checked(name, count, proved=False) for name, count in counts.items()]


class _Example:
    """Check one row at one choice of shapes and settings."""

    def __init__(self, row: Structural, shapes: tuple[Shape, ...], settings: Any) -> None:
        self.row = row
        self.shapes = shapes
        self.settings = settings
        self.numbers = arithmetic()
        self.symbols = [symbol_array(f"x{i}", shape) for i, shape in enumerate(shapes)]
        self.out_shape = row.shape(*shapes, **settings)
        self.entries = row_value(row, EXPANDED, tuple(self.symbols), settings)
        self.points = [_numbers(shape, 0.618034, i) for i, shape in enumerate(shapes)]
        self.adjoint = _numbers(self.out_shape, 0.754878, 7)
        self.values = {
            symbol: precise(float(value))
            for symbols, point in zip(self.symbols, self.points, strict=True)
            for symbol, value in zip(symbols.flat, np.ravel(point), strict=True)
        }

    def shape(self) -> None:
        """Check the shape rule and the evaluation."""
        out = self.evaluated()
        if tuple(np.shape(out)) != self.out_shape:
            raise RowError(
                "row.shape_wrong",
                row=self.row.name,
                shapes=self._shapes(),
                got=shape_text(self.out_shape),
                expected=shape_text(tuple(np.shape(out))),
            )
        expected = self._numeric(self.entries)
        if not np.allclose(out, expected, rtol=_CLOSE, atol=_CLOSE):
            raise RowError(
                "row.evaluate_wrong",
                row=self.row.name,
                point=self._shapes(),
                got=out,
                expected=expected,
            )

    def evaluated(self) -> Any:
        return self.numbers.value(
            self.row, tuple(self.points), self.settings, scalar=not self.out_shape
        )

    def pullback(self, slot: int) -> None:
        """Compare the pullback with the gradient of adjoint times output, entry by entry."""
        adjoint = as_array(self.adjoint)
        total = sum(
            sympy.Rational(repr(float(a))) * e
            for a, e in zip(adjoint.flat, self.entries.flat, strict=True)
        )
        gradient = np.frompyfunc(lambda symbol: sympy.diff(total, symbol), 1, 1)
        expected = self._numeric(as_array(gradient(self.symbols[slot])))
        got = self.numbers.contribution(
            self.row, slot, self.adjoint, self.evaluated(), tuple(self.points), self.settings
        )
        self._compare(slot, got, expected)

    def pushforward(self, slot: int) -> None:
        """Compare the pushforward with the derivative of the output along a direction."""
        direction = _numbers(self.shapes[slot], 0.819173, 3)
        pairs = list(zip(self.symbols[slot].flat, np.ravel(direction), strict=True))
        along = np.frompyfunc(
            lambda e: sum(sympy.diff(e, s) * sympy.Rational(repr(float(d))) for s, d in pairs), 1, 1
        )
        expected = self._numeric(as_array(along(self.entries)))
        got = self.numbers.pushforward(
            self.row, slot, direction, self.evaluated(), tuple(self.points), self.settings
        )
        self._compare(slot, got, expected)

    def _numeric(self, expressions: Any) -> Any:
        number = np.frompyfunc(
            lambda e: float(precise(replay(sympy.sympify(e), PRECISE, self.values))), 1, 1
        )
        return np.asarray(number(expressions), dtype=float)

    def _compare(self, slot: int, got: Any, expected: Any) -> None:
        fits = np.shape(got) == np.shape(expected)
        if not fits or not np.allclose(got, expected, rtol=_CLOSE, atol=_CLOSE):
            raise RowError(
                "row.pullback_wrong",
                row=self.row.name,
                argument=self.row.arguments[min(slot, len(self.row.arguments) - 1)],
                shapes=self._shapes(),
                got=got,
                expected=expected,
            )

    def _shapes(self) -> str:
        return ", ".join(map(shape_text, self.shapes))


def _numbers(shape: Shape, step: float, first: int) -> Any:
    """Return an array of distinct numbers in (-2, 2), the same every time."""
    count = int(np.prod(shape)) if shape else 1
    values = [round(4 * ((first + 1 + i) * step % 1.0) - 2, 3) for i in range(count)]
    return np.array(values).reshape(shape) if shape else values[0]
