"""Complete and check the settings of an op: defaults, axes counted from 0, shapes, numbers.

The readers of plain values at the end serve layers, trainings and PyTorch's arguments too: what
does not fit is None, and who asks says so in its own words.

Files and Python share this: what a file counts from 1 has been counted from 0 before.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import isfinite, prod
from operator import index
from typing import Any, Final

from graphgrad.errors import ShapeError, UsageError
from graphgrad.messages.catalogue import Worded
from graphgrad.ops.registry import find_for
from graphgrad.ops.row import Row, Setting
from graphgrad.ops.shapes import Shape, shape_text

__all__ = ["complete_settings", "flag", "number", "number_of", "whole"]

_LARGEST: Final = 10**308
_LARGEST_WHOLE: Final = 2**53


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
        found = flag(value)
        if found is None:
            raise UsageError("op.flag", op=row.name, setting=setting.name, got=value)
        return found
    read = _number(row, setting, value)
    if kind == "integer" and not isinstance(read, int):
        raise UsageError("op.whole_setting", op=row.name, setting=setting.name, got=value)
    return read


# ---- whole numbers ----


def _several(value: Any) -> list[Any] | None:
    """Return the entries of a tuple, a list or an array of one axis; None for other things."""
    if isinstance(value, tuple | list | range):
        return list(value)
    return list(value) if len(getattr(value, "shape", ())) == 1 else None


def _whole_numbers(row: Row, setting: Setting, value: Any) -> list[int]:
    entries = _several(value)
    numbers = [whole(entry) for entry in ([value] if entries is None else entries)]
    if None in numbers:
        raise UsageError("op.text_axis", op=row.name, setting=setting.name, got=value)
    return [one for one in numbers if one is not None]


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
    if len(set(axes)) < len(axes):
        raise UsageError("op.axis_twice", op=row.name)
    if row.name == "transpose" and len(axes) != rank:
        raise UsageError("op.axes", op=row.name, got=len(axes), rank=rank)
    return axes


def _axis(row: Row, setting: Setting, axis: Any, rank: int, shapes: tuple[Shape, ...]) -> int:
    place = whole(axis)
    if place is None:
        raise UsageError("op.text_axis", op=row.name, setting=setting.name, got=axis)
    if not rank:
        other = find_for(row.name, 2)
        form = "" if other in (row, None) else f"{other.name}(a, b)"
        hint = Worded("source.of_two", form=form) if form else ""
        raise ShapeError("op.needs_array", op=row.name, hint=hint)
    if not -rank <= place < rank:
        shape = shape_text(shapes[0])
        raise ShapeError("shape.axis", op=row.name, got=place, shape=shape, rank=rank)
    return place % rank


# ---- shapes and subscripts ----


def _lengths(row: Row, value: Any, shapes: tuple[Shape, ...]) -> Shape:
    entries = _several(value)
    numbers = [whole(entry) for entry in ([value] if entries is None else entries)]
    lengths = tuple(one for one in numbers if one is not None)
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
        place = whole(part)
        parts.append(_range(row, value, part) if place is None else place)
    return tuple(parts)


def _range(row: Row, value: Any, part: Any) -> tuple[int, int]:
    bounds = [whole(bound) for bound in part] if isinstance(part, tuple | list) else []
    if len(bounds) != 2 or bounds[0] is None or bounds[1] is None:
        raise UsageError("op.key", op=row.name, got=value)
    return bounds[0], bounds[1]


# ---- numbers ----


def _number(row: Row, setting: Setting, value: Any) -> Any:
    """Return a finite number: whole as an int that NumPy has too, else a Fraction or a float."""
    found = number(value)
    if found is not None:
        return found
    real = number_of(value)
    if real is None:
        raise UsageError("op.number_setting", op=row.name, setting=setting.name, got=value)
    got = real if isinstance(real, float) else "10^..."
    raise UsageError("op.finite_setting", op=row.name, setting=setting.name, got=got)


# ---- plain values ----


def whole(value: Any, *, written: bool = False) -> int | None:
    """Return a whole number, NumPy's included.

    Args:
        value: what is given.
        written: whether 2.0 and 4/2 are whole too, as in files and on command lines, where every
            number is one kind.

    >>> whole(2), whole(2.0), whole(2.0, written=True), whole(True)
    (2, None, 2, None)
    """
    if isinstance(value, bool) or getattr(getattr(value, "dtype", None), "kind", "") == "b":
        return None
    try:
        return index(value)
    except TypeError:
        if not written or not isinstance(value, float | Fraction):
            return None
        if isinstance(value, Fraction):  # of any size: no float need hold it
            return value.numerator if value.denominator == 1 else None
        return int(value) if isfinite(value) and value == int(value) else None


def number_of(value: Any) -> Any:
    """Return a real number of any size as it is: whole, a fraction or a float; None for others."""
    if isinstance(value, Fraction | float) and not hasattr(value, "dtype"):
        return value
    exact = whole(value)
    if exact is not None:
        return exact
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    real = isinstance(value, Decimal) or (kind == "f" and value.shape == ())
    return float(value) if real else None


def number(value: Any) -> Any:
    """Return a number that a float can hold, exact where it was; None for others.

    >>> number(Fraction(1, 2)), number(2.0), number(float("inf")), number("2")
    (Fraction(1, 2), 2, None, None)
    """
    found = number_of(value)
    if found is None or not -_LARGEST <= found <= _LARGEST:
        return None
    if isinstance(found, float):
        return int(found) if found.is_integer() and abs(found) <= _LARGEST_WHOLE else found
    short = -_LARGEST_WHOLE <= found <= _LARGEST_WHOLE and found == int(found)
    return int(found) if short else Fraction(found)


def flag(value: Any, *, written: bool = False) -> bool | None:
    """Return true or false, also from 1 or 0; None for others.

    Args:
        value: what is given.
        written: whether 1.0 is 1, as in files, where every number is one kind.

    >>> flag(True), flag(0), flag(2), flag(0.0), flag(0.0, written=True)
    (True, False, None, None, False)
    """
    if type(value).__name__ in ("bool", "bool_") and getattr(value, "shape", ()) == ():
        return bool(value)
    return bool(value) if whole(value, written=written) in (0, 1) else None
