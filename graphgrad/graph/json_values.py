"""Write numbers, rationals and arrays as plain data for JSON, and read them back, checked."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import Any

from graphgrad.files.checked import Checked
from graphgrad.ops.given import Single, rounded
from graphgrad.ops.shapes import Shape, shape_text

__all__ = ["shape_from_data", "shaped_value", "value_from_data", "value_to_data"]

MOST_ENTRIES = 10**9


def shape_from_data(data: Checked) -> Shape:
    """Return a shape.

    Raises:
        DataError: if it is none.
    """
    return tuple(size.whole(0, MOST_ENTRIES) for size in data.items())


def value_to_data(value: Any) -> Any:
    """Return a number, array or setting as JSON data; rationals as ``{"exact": "1/3"}``.

    A number of float32 is ``{"single": 0.5}``.
    """
    if isinstance(value, Fraction):
        return {"exact": str(value)}
    if type(value) is Single:
        return {"single": value_to_data(float(value))}
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return str(value)
    if hasattr(value, "tolist"):
        data = {"array": _nested(value.tolist()), "shape": list(value.shape)}
        return data | {"precision": "single"} if value.dtype.char == "f" else data
    return list(map(value_to_data, value)) if isinstance(value, tuple) else value


def _nested(entries: Any) -> Any:
    return (
        [_nested(entry) for entry in entries]
        if isinstance(entries, list)
        else value_to_data(entries)
    )


def shaped_value(data: Checked, shape: Shape) -> Any:
    """Return a value that must have a shape.

    Raises:
        DataError: if it has another, or is none.
    """
    found = value_from_data(data)
    if tuple(getattr(found, "shape", ())) != shape:
        data.refuse("shape", shape=shape_text(shape))
    return found


def value_from_data(data: Checked) -> Any:
    """Return what `value_to_data` wrote: a number, a rational or an array.

    Raises:
        DataError: if it is none.
    """
    if not isinstance(data.value, dict):
        return data.number()
    if data.get("exact") is not None:
        return data["exact"].rational()
    if data.get("single") is not None:
        return Single(rounded(data["single"].number()))
    if data.get("array") is None:
        data.refuse("value")
    found = _array(data["array"], shape_from_data(data["shape"]), data)
    precision = data.get("precision")
    if precision is None:
        return found
    precision.one_of(["single"])
    return found.astype("float32")


def _array(entries: Checked, shape: Shape, whole: Checked) -> Any:
    import numpy as np

    level = [entries]
    while level and isinstance(level[0].value, list):
        level = [entry for part in level for entry in part.items()]
    flat = [value_from_data(entry) for entry in level]
    if len(flat) != prod(shape) or any(hasattr(entry, "shape") for entry in flat):
        whole.refuse("shape", shape=shape_text(shape))
    kind: Any = object if any(isinstance(entry, Fraction) for entry in flat) else float
    result = np.empty(len(flat), dtype=kind)
    result[:] = flat
    return result.reshape(shape)
