"""Complete and check the settings of an op: defaults, axes counted from 0, shapes, numbers."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import prod
from typing import Any

from graphgrad.errors import ShapeError, UsageError
from graphgrad.ops.row import Row, Setting
from graphgrad.ops.shapes import Shape, shape_text

__all__ = ["complete_settings"]


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
            raise UsageError("op.unknown_setting", op=row.name, got=name, known=", ".join(known))
    result = {}
    rank = len(shapes[0]) + (row.name == "stack") if shapes else 0
    for setting in row.settings:
        value = settings.get(setting.name, setting.default)
        if value is None and setting.kind != "axes":
            raise UsageError("op.missing_setting", op=row.name, setting=setting.name)
        result[setting.name] = _standard(row, setting, value, rank, shapes)
    return result


def _standard(row: Row, setting: Setting, value: Any, rank: int, shapes: tuple[Shape, ...]) -> Any:
    if setting.kind == "axis":
        return _axis(row, value, rank, shapes)
    if setting.kind == "axes":
        if value is None:
            return tuple(range(rank))
        if isinstance(value, str):
            return tuple(reversed(range(rank)))
        axes = (value,) if isinstance(value, int) else tuple(value)
        return _distinct(row, tuple(_axis(row, axis, rank, shapes) for axis in axes), rank)
    if setting.kind == "shape":
        lengths = (value,) if isinstance(value, int) else tuple(int(n) for n in value)
        return _filled(lengths, shapes) if row.name == "reshape" else lengths
    if setting.kind == "key":
        return tuple(part if isinstance(part, int) else tuple(part) for part in value)
    if setting.kind == "flag":
        return bool(value)
    return _number(row, setting, value)


def _filled(lengths: Shape, shapes: tuple[Shape, ...]) -> Shape:
    """Return lengths with one -1 replaced by what the entries leave, as in NumPy."""
    if lengths.count(-1) != 1:
        return lengths
    rest = -prod(lengths)
    whole = prod(shapes[0])
    if not rest or whole % rest:
        return lengths
    return tuple(whole // rest if length == -1 else length for length in lengths)


def _distinct(row: Row, axes: tuple[int, ...], rank: int) -> tuple[int, ...]:
    """Return axes that differ; a transpose names all of them."""
    if len(set(axes)) < len(axes) or (row.name == "transpose" and len(axes) != rank):
        raise UsageError("op.axes", op=row.name, got=len(axes), rank=rank)
    return axes


def _axis(row: Row, axis: Any, rank: int, shapes: tuple[Shape, ...]) -> int:
    if not isinstance(axis, int):
        raise UsageError("op.axis_kind", op=row.name, got=axis)
    if not -rank <= axis < rank:
        shape = shape_text(shapes[0])
        raise ShapeError("shape.axis", op=row.name, got=axis, shape=shape, rank=rank)
    return axis % rank


def _number(row: Row, setting: Setting, value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction):
        raise UsageError("op.number_setting", op=row.name, setting=setting.name, got=value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Fraction) and value.denominator == 1:
        return int(value)
    return value
