"""Check a row against sympy and against numbers before it may be used.

Every partial has two witnesses: ``sympy.diff`` of the formula and a central difference. Numbers
decide: sympy's ``simplify`` and ``equals`` hang or do not know. What sympy proves in addition is
reported. A structural row is checked against the derivative of its entries, at its own examples.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import sympy

from graphgrad.errors import RowError
from graphgrad.graph.settings import complete_settings
from graphgrad.ops.evaluate import arithmetic
from graphgrad.ops.row import Elementwise, Row, Structural
from graphgrad.ops.shapes import Shape, shape_text
from graphgrad.symbolic.sympy_rows.entrywise import as_array, row_value, symbol_array
from graphgrad.symbolic.sympy_rows.on_sympy import EXPANDED, number, real_symbol
from graphgrad.symbolic.sympy_rows.precise import (
    PRECISE,
    NotRealError,
    precise,
    sample_points,
    sample_settings,
)
from graphgrad.symbolic.sympy_rows.replay import NotReplayableError, replay

__all__ = ["Checked", "check_row", "check_structural", "formula_expression"]


_CLOSE = 1e-9
_CLOSE_DIFFERENCE = 1e-6
_STEP = 1e-10
_SMALL = 80
FAILURES = (ArithmeticError, AttributeError, NotImplementedError, TypeError, ValueError)


class Checked(NamedTuple):
    """What was found about one partial.

    Attributes:
        argument: name of the argument.
        points: number of points at which partial, sympy and central difference agree.
        proved: whether sympy also shows that partial and derivative are the same expression.
    """

    argument: str
    points: int
    proved: bool


def check_row(row: Row) -> list[Checked]:
    """Check that a row's formula, partials and evaluation agree with each other.

    Raises:
        RowError: with a counterexample point.

    >>> from graphgrad.ops.registry import row
    >>> check_row(row("tanh"))
    [Checked(argument='x', points=8, proved=True)]
    """
    if isinstance(row, Structural):
        return check_structural(row)
    if not isinstance(row, Elementwise):
        return []
    if row.partials and len(row.partials) != len(row.arguments):
        raise RowError(
            "row.partial_count", row=row.name, got=len(row.partials), expected=len(row.arguments)
        )
    results: dict[str, Checked] = {}
    for settings in sample_settings(row):
        for checked in _Check(row, settings).run():
            known = results.get(checked.argument, Checked(checked.argument, 0, proved=True))
            points, proved = known.points + checked.points, known.proved and checked.proved
            results[checked.argument] = Checked(checked.argument, points, proved)
    return list(results.values())


def formula_expression(row: Elementwise, settings: Mapping[str, Any]) -> tuple[Any, list[Any]]:
    """Return a row's formula in sympy, and the symbols of its arguments.

    Raises:
        RowError: if the formula uses a function that no op computes, or cannot run on symbols.
    """
    symbols = [real_symbol(name) for name in row.arguments]
    try:
        found = row.formula(EXPANDED, *symbols, **settings)
    except AttributeError as error:
        raise RowError("row.unknown_function", row=row.name, got=error.name or str(error)) from None
    except FAILURES as error:
        raise RowError("row.not_symbolic", row=row.name, reason=str(error)) from None
    if not isinstance(found, sympy.Expr | int | float | Fraction):
        raise RowError("row.no_number", row=row.name, got=repr(found))
    return number(found), symbols


class _Check:
    """Check one row with one choice of settings."""

    def __init__(self, row: Elementwise, settings: Mapping[str, Any]) -> None:
        self.row = row
        self.settings = settings
        self.formula, self.symbols = formula_expression(row, settings)
        self.numbers = arithmetic()
        self.numeric = self.numbers.settings(settings)

    def run(self) -> list[Checked]:
        derivatives = [sympy.diff(self.formula, symbol) for symbol in self.symbols]
        points = list(sample_points(self.row, self.settings))
        if not points:
            raise RowError("row.no_points", row=self.row.name)
        for point in points:
            value = self.value(point)
            for slot in range(len(self.row.partials)):
                self.partial(slot, derivatives[slot], point, value)
        return [
            Checked(argument, len(points), self.proved(slot, derivatives[slot]))
            for slot, argument in enumerate(self.row.arguments[: len(self.row.partials)])
        ]

    def precisely(self, expression: Any, point: tuple[float, ...]) -> Any:
        values = dict(zip(self.symbols, map(precise, point), strict=True))
        return precise(replay(expression, PRECISE, values))

    def value(self, point: tuple[float, ...]) -> float:
        """Return the evaluated row, checked against its formula."""
        shown = self.shown(point)
        try:
            expected = float(self.precisely(self.formula, point))
        except (NotRealError, NotReplayableError, ArithmeticError):
            raise RowError("row.formula_fails", row=self.row.name, point=shown) from None
        try:
            got = self.numbers.value(self.row, point, self.numeric, scalar=True)
        except AttributeError as error:
            raise RowError("row.unknown_function", row=self.row.name, got=error.name) from None
        except FAILURES as error:
            raise RowError(
                "row.evaluate_fails", row=self.row.name, point=shown, reason=str(error)
            ) from None
        if not _is_close(got, expected, _CLOSE):
            raise RowError(
                "row.evaluate_wrong", row=self.row.name, point=shown, got=got, expected=expected
            )
        return float(got)

    def partial(self, slot: int, derivative: Any, point: tuple[float, ...], value: float) -> None:
        """Compare one partial with both witnesses."""
        difference = self.central_difference(slot, point)
        try:
            expected = float(self.precisely(derivative, point))
        except (NotRealError, NotReplayableError, ArithmeticError):
            expected = difference
        try:
            got = self.numbers.partial(self.row, slot, value, point, self.numeric)
        except FAILURES as error:
            raise self.wrong(slot, point, str(error), expected) from None
        if not _is_close(got, expected, _CLOSE):
            raise self.wrong(slot, point, got, expected)
        if not _is_close(got, difference, _CLOSE_DIFFERENCE):
            raise self.wrong(slot, point, got, difference)

    def central_difference(self, slot: int, point: tuple[float, ...]) -> float:
        above, below = ([precise(x) for x in point] for _ in range(2))
        above[slot] += _STEP
        below[slot] -= _STEP
        rise = self.formula_at(above) - self.formula_at(below)
        return float(rise / (2 * precise(_STEP)))

    def formula_at(self, point: list[Any]) -> Any:
        return precise(self.row.formula(PRECISE, *point, **self.settings))

    def wrong(self, slot: int, point: tuple[float, ...], got: Any, expected: float) -> RowError:
        return RowError(
            "row.partial_wrong",
            row=self.row.name,
            argument=self.row.arguments[slot],
            point=self.shown(point),
            got=got,
            expected=expected,
        )

    def shown(self, point: tuple[float, ...]) -> str:
        named = dict(zip(self.row.arguments, point, strict=True)) | dict(self.settings)
        return ", ".join(f"{name} = {value}" for name, value in named.items())

    def proved(self, slot: int, derivative: Any) -> bool:
        """Try to show with cheap means that partial and derivative are the same."""
        partial = self.row.partials[slot]
        try:
            stated = number(partial(EXPANDED, self.formula, *self.symbols, **self.settings))
        except FAILURES:
            return False
        difference = stated - derivative
        if difference == 0:
            return True
        if difference.has(sympy.Piecewise) or sympy.count_ops(difference) > _SMALL:
            return False
        return bool(sympy.cancel(sympy.expand(difference)) == 0)


def _is_close(got: Any, expected: float, tolerance: float) -> bool:
    return bool(abs(float(got) - expected) <= tolerance * (1 + abs(expected)))


def check_structural(row: Structural) -> list[Checked]:
    """Check shape, pullback and pushforward of a row at its examples.

    Raises:
        RowError: naming the shapes at which something does not fit.
    """
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
