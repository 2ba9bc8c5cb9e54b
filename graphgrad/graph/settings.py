"""Complete and check the settings of an op: defaults, axes counted from 0, shapes, numbers.

Files and Python share this: what a file counts from 1 has been counted from 0 before.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import isfinite, prod
from operator import index
from typing import Any

from graphgrad.errors import ShapeError, UsageError
from graphgrad.ops.row import Row, Setting
from graphgrad.ops.shapes import Shape, shape_text

__all__ = ["complete_settings"]

_LARGEST = 10**308
_LARGEST_WHOLE = 2**53


def complete_settings(
    row: Row, settings: Mapping[str, Any], shapes: tuple[Shape, ...]
) -> dict[str, Any]:
    """Return every setting of a row, in the row's order and in standard form.

    Raises:
        UsageError: if a setting is unknown, missing or of the wrong kind.
        ShapeError: if an axis is outside the shape.
    """
    known = [setting.name for setting in row.settings]
    for name in settings:
        if name not in known:
            told = "op.unknown_setting" if known else "op.no_settings"
            raise UsageError(told, op=row.name, got=name, known=", ".join(known))
    result = {}
    rank = len(shapes[0]) + (row.name == "stack") if shapes else 0
    for setting in row.settings:
        value = settings.get(setting.name, setting.default)
        if value is None and setting.kind != "axes":
            raise UsageError("op.missing_setting", op=row.name, setting=setting.name)
        result[setting.name] = _standard(row, setting, value, rank, shapes)
    return result


def _standard(row: Row, setting: Setting, value: Any, rank: int, shapes: tuple[Shape, ...]) -> Any:
    kind = setting.kind
    if kind == "axis":
        return _axis(row, setting, value, rank, shapes)
    if kind == "axes":
        return _axes(row, setting, value, rank, shapes)
    if kind == "shape":
        return _lengths(row, value, shapes)
    if kind == "key":
        return _key(row, value)
    if kind == "places":
        return tuple(_whole_numbers(row, setting, value))
    if kind == "flag":
        if not _is_flag(value):
            raise UsageError("op.flag", op=row.name, setting=setting.name, got=value)
        return bool(value)
    number = _number(row, setting, value)
    if kind == "integer" and not isinstance(number, int):
        raise UsageError("op.number_setting", op=row.name, setting=setting.name, got=value)
    return number


# ---- whole numbers ----


def _whole(value: Any) -> int | None:
    """Return a whole number, NumPy's included; None for floats, booleans and what is no number."""
    if isinstance(value, bool) or getattr(getattr(value, "dtype", None), "kind", "") == "b":
        return None
    try:
        return index(value)
    except TypeError:
        return None


def _several(value: Any) -> list[Any] | None:
    """Return the entries of a tuple, a list or an array of one axis; None for other things."""
    if isinstance(value, tuple | list | range):
        return list(value)
    return list(value) if len(getattr(value, "shape", ())) == 1 else None


def _whole_numbers(row: Row, setting: Setting, value: Any) -> list[int]:
    entries = _several(value)
    numbers = [_whole(entry) for entry in ([value] if entries is None else entries)]
    if None in numbers:
        raise UsageError("op.text_axis", op=row.name, setting=setting.name, got=value)
    return [number for number in numbers if number is not None]


# ---- axes ----


def _axes(
    row: Row, setting: Setting, value: Any, rank: int, shapes: tuple[Shape, ...]
) -> tuple[int, ...]:
    """Return different axes; all of them where none is named."""
    if value is None:
        return tuple(range(rank))
    if isinstance(value, str) and value == setting.default:
        return tuple(reversed(range(rank)))
    numbers = _whole_numbers(row, setting, value)
    axes = tuple(_axis(row, setting, axis, rank, shapes) for axis in numbers)
    if len(set(axes)) < len(axes) or (row.name == "transpose" and len(axes) != rank):
        raise UsageError("op.axes", op=row.name, got=len(axes), rank=rank)
    return axes


def _axis(row: Row, setting: Setting, axis: Any, rank: int, shapes: tuple[Shape, ...]) -> int:
    number = _whole(axis)
    if number is None:
        raise UsageError("op.text_axis", op=row.name, setting=setting.name, got=axis)
    if not rank:
        raise ShapeError("op.needs_array", op=row.name)
    if not -rank <= number < rank:
        shape = shape_text(shapes[0])
        raise ShapeError("shape.axis", op=row.name, got=number, shape=shape, rank=rank)
    return number % rank


# ---- shapes and subscripts ----


def _lengths(row: Row, value: Any, shapes: tuple[Shape, ...]) -> Shape:
    entries = _several(value)
    numbers = [_whole(entry) for entry in ([value] if entries is None else entries)]
    lengths = tuple(number for number in numbers if number is not None)
    free = row.name == "reshape"
    if len(lengths) < len(numbers) or any(n < (-1 if free else 0) for n in lengths):
        raise UsageError("op.lengths", op=row.name, got=value)
    if lengths.count(-1) > 1:
        raise ShapeError("op.two_unknown", got=lengths)
    return _filled(lengths, shapes) if free else lengths


def _filled(lengths: Shape, shapes: tuple[Shape, ...]) -> Shape:
    """Return lengths with one -1 replaced by what the entries leave, as in NumPy."""
    if -1 not in lengths:
        return lengths
    rest = -prod(lengths)
    whole = prod(shapes[0])
    if not rest or whole % rest:
        return lengths
    return tuple(whole // rest if length == -1 else length for length in lengths)


def _key(row: Row, value: Any) -> tuple[Any, ...]:
    """Return subscripts counted from 0: whole numbers, and ranges as (start, stop)."""
    entries = value if isinstance(value, tuple | list) else (value,)
    parts: list[Any] = []
    for part in entries:
        number = _whole(part)
        parts.append(_range(row, value, part) if number is None else number)
    return tuple(parts)


def _range(row: Row, value: Any, part: Any) -> tuple[int, int]:
    bounds = [_whole(bound) for bound in part] if isinstance(part, tuple | list) else []
    if len(bounds) != 2 or bounds[0] is None or bounds[1] is None:
        raise UsageError("op.key", op=row.name, got=value)
    return bounds[0], bounds[1]


# ---- numbers ----


def _is_flag(value: Any) -> bool:
    if isinstance(value, bool) or type(value).__name__ in ("bool", "bool_"):
        return getattr(value, "shape", ()) == ()
    return _whole(value) in (0, 1)


def _number(row: Row, setting: Setting, value: Any) -> Any:
    """Return a finite number: whole as an int that NumPy has too, else a Fraction or a float."""
    exact: Fraction | int | None = value if isinstance(value, Fraction) else _whole(value)
    if exact is not None:
        if not -_LARGEST <= exact <= _LARGEST:
            raise UsageError("op.finite_setting", op=row.name, setting=setting.name, got="10^...")
        short = -_LARGEST_WHOLE <= exact <= _LARGEST_WHOLE and exact == int(exact)
        return int(exact) if short else Fraction(exact)
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    real = isinstance(value, float | Decimal) or (kind == "f" and value.shape == ())
    if not real:
        raise UsageError("op.number_setting", op=row.name, setting=setting.name, got=value)
    number = float(value)
    if not isfinite(number):
        raise UsageError("op.finite_setting", op=row.name, setting=setting.name, got=number)
    return int(number) if number.is_integer() and abs(number) <= _LARGEST_WHOLE else number
