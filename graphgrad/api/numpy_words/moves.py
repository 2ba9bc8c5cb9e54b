"""NumPy's functions that only move, pick or repeat entries, on handles.

NumPy itself moves the numbers of the places; what stands where afterwards is one subscript, one
reshape or one gather.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graphgrad.errors import UsageError

__all__ = ["EXCHANGES", "MOVES", "exchanged", "moved", "padded", "picked"]


def moved(function: Callable[..., Any], handle: Any, *args: Any, **options: Any) -> Any:
    """Return what a function that only moves entries makes of a handle: one, or a list of them."""
    import numpy as np

    places = np.arange(handle.size).reshape(handle.shape)
    found = function(places, *args, **options)
    if isinstance(found, list | tuple):
        return [picked(handle, part) for part in found]
    return picked(handle, np.asarray(found))


def picked(handle: Any, places: Any) -> Any:
    """Return the entries at places, counted row by row, by the plainest op that does it."""
    import numpy as np

    if places.size == handle.size and (places.ravel() == np.arange(handle.size)).all():
        return handle if places.shape == handle.shape else handle.reshape(places.shape)
    key = _block(handle.shape, places)
    if key is not None:
        return handle.applied("index", handle, key=key)
    at = tuple(places.ravel().tolist())
    return handle.applied("gather", handle, at=at, shape=places.shape)


def _block(shape: tuple[int, ...], places: Any) -> Any:
    """Return ranges along the axes where the places are a block of an array, else None."""
    import numpy as np

    if not places.size or places.ndim != len(shape):
        return None
    first = np.unravel_index(places.ravel()[0], shape)
    key = tuple((int(at), int(at) + n) for at, n in zip(first, places.shape, strict=True))
    if any(stop > length for (_, stop), length in zip(key, shape, strict=True)):
        return None
    whole = np.arange(int(np.prod(shape, dtype=int))).reshape(shape)
    block = whole[tuple(slice(*part) for part in key)]
    return key if (block == places).all() else None


def padded(handle: Any, pad_width: Any, mode: str = "constant", *, constant_values: Any = 0) -> Any:
    """Return an array in a frame: of a number, or of entries, as NumPy's modes say."""
    import numpy as np

    if isinstance(pad_width, Mapping) and not all(isinstance(axis, int) for axis in pad_width):
        raise UsageError("handle.numpy_option", function="pad", options=f"pad_width={pad_width!r}")
    places = np.arange(handle.size).reshape(handle.shape)
    if mode != "constant":
        return picked(handle, np.pad(places, pad_width, mode=mode))  # type: ignore[call-overload]
    outside = np.pad(places, pad_width, constant_values=-1)
    frame = np.pad(np.zeros(handle.shape), pad_width, constant_values=constant_values)
    at = tuple(int(n) for n in np.flatnonzero(outside >= 0))
    inside = handle.applied("scatter_at", handle, at=at, shape=outside.shape)
    return inside if not frame.any() else inside + frame


def exchanged(function: Callable[..., Any], handle: Any, *args: Any, **options: Any) -> Any:
    """Return what a function that exchanges axes makes of a handle: a transpose."""
    import numpy as np

    lengths = np.broadcast_to(0, tuple(range(2, 2 + handle.ndim)))  # each axis knows its number
    axes = tuple(n - 2 for n in function(lengths, *args, **options).shape)
    return handle.applied("transpose", handle, axes=axes)


MOVES: tuple[str, ...] = (
    "ravel", "squeeze", "flipud", "fliplr", "flip", "rot90", "roll", "repeat", "tile", "take",
    "take_along_axis", "diagonal", "expand_dims", "atleast_1d", "atleast_2d", "atleast_3d",
    "split", "array_split", "hsplit", "vsplit", "dsplit", "delete", "resize", "unstack",
    "reshape",
)  # fmt: skip
"""Functions of one array that only move its entries."""

EXCHANGES: tuple[str, ...] = ("swapaxes", "moveaxis", "rollaxis", "matrix_transpose")
"""Functions of one array that only exchange its axes."""
