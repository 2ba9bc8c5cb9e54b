"""Read NumPy's subscripts on handles: entries and ranges by `index`, all others by `gather`."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from operator import index
from typing import Any

from graphgrad.api.numpy_words.of_tensors import stands_on_tensors
from graphgrad.api.recording.ancestry import tells_truth
from graphgrad.errors import GraphgradError, ShapeError, UsageError
from graphgrad.messages.catalogue import quoted
from graphgrad.ops.shapes import Shape, shape_text

__all__ = ["as_python_counts", "present", "subscript_key", "subscripted"]

Key = tuple[int | tuple[int, int], ...]


def subscripted(apply: Callable[..., Any], x: Any, key: Any) -> Any:
    """Append the op that picks what a subscript picks.

    Raises:
        ShapeError: if there are too many subscripts, or one is outside.
        UsageError: if one is nothing that NumPy takes.
    """
    plain = subscript_key(key, x.shape)
    if plain == ():  # x[()], and x[...] of a number: all there is
        return apply("identity", x)
    if plain is not None:
        return apply("index", x, key=plain)
    places = _places(key, x.shape, numbers_first=stands_on_tensors(x))
    return apply("gather", x, at=tuple(places.ravel().tolist()), shape=places.shape)


def as_python_counts(key: Any, shape: Shape) -> Any:
    """Return the key of `gg.index` with negative subscripts and slices counted from 0.

    >>> as_python_counts((-1, slice(None, 2)), (3, 4)), as_python_counts(5, (3,))
    ((2, (0, 2)), (5,))
    """
    parts = key if isinstance(key, tuple | list) else (key,)
    found: list[Any] = []
    for part, length in zip_longest(parts, shape[: len(parts)]):
        if length is not None and isinstance(part, slice) and _is_plain(part):
            found.append(_part(part, length))
        elif length is not None and _is_plain(part) and part is not Ellipsis:
            number = index(part)
            found.append(number + length if -length <= number < 0 else number)
        else:
            found.append(part)
    return tuple(found)


def subscript_key(key: Any, shape: Shape) -> Key | None:
    """Return integers and (start, stop) pairs for the leading axes of a shape.

    None where the subscripts are of another kind: steps, arrays of integers or of booleans, None.

    Raises:
        ShapeError: if there are too many subscripts, or one is outside.

    >>> subscript_key((-1, slice(None, 2)), (3, 4))
    (2, (0, 2))
    """
    parts = key if isinstance(key, tuple) else (key,)
    if any(not _is_plain(part) for part in parts):
        return None
    at = [i for i, part in enumerate(parts) if part is Ellipsis]
    if len(at) > 1:
        raise UsageError("handle.subscript", got=key)
    if at:
        missing = len(shape) - len(parts) + 1
        parts = (*parts[: at[0]], *([slice(None)] * missing), *parts[at[0] + 1 :])
    if len(parts) > len(shape):
        raise ShapeError(
            "shape.too_many_subscripts" if shape else "shape.subscripts_of_number",
            a=shape_text(shape),
            n=len(parts),
            limit=len(shape),
        )
    return tuple(_part(part, length) for part, length in zip(parts, shape, strict=False))


def _is_plain(part: Any) -> bool:
    """Tell whether a subscript is an integer, a range without a step or an ellipsis."""
    if isinstance(part, slice):
        return part.step is None or (type(part.step) is int and part.step == 1)
    if part is Ellipsis:
        return True
    return not isinstance(part, bool) and not getattr(part, "shape", ()) and _is_integer(part)


def _is_integer(part: Any) -> bool:
    try:
        index(part)
    except TypeError:
        return False
    return True


def _part(part: Any, length: int) -> int | tuple[int, int]:
    if isinstance(part, slice):
        try:
            start, stop, _ = part.indices(length)
        except TypeError:
            raise UsageError("handle.subscript", got=part) from None
        return start, max(start, stop)
    number = index(part)
    if not -length <= number < length:
        raise ShapeError("handle.subscript_range", got=number, length=length, last=length - 1)
    return number % length


def _places(key: Any, shape: Shape, *, numbers_first: bool = False) -> Any:
    """Return where the entries stand that a subscript picks, counted row by row.

    Args:
        key: the subscript.
        shape: what it picks from.
        numbers_first: whether single numbers pick before arrays of them do, as in PyTorch; in NumPy
            they are arrays too, whose axis comes first where a range stands between them.
    """
    import numpy as np

    parts = key if isinstance(key, tuple) else (key,)
    parts = tuple(present(part) for part in parts)
    for part in parts:
        if isinstance(part, str | bytes | float | complex | bool | np.bool_):
            raise UsageError("handle.subscript", got=key)
    try:
        read = tuple(_read(part) for part in parts)
        places = np.arange(int(np.prod(shape, dtype=int))).reshape(shape)
        if numbers_first:
            places = places[_numbers_of(read)]
            read = tuple(part for part in read if not _is_number(part))
        places = places[read]
    except GraphgradError:
        raise
    except (IndexError, TypeError, ValueError) as error:
        outside = isinstance(error, IndexError) and "out of bounds" in str(error)
        if outside:
            raise ShapeError("handle.places_outside", a=shape_text(shape)) from None
        raise UsageError("handle.subscript", got=key) from None
    return np.asarray(places)


def present(part: Any) -> Any:
    """Return a node's present value as a subscript: truth values of a comparison, whole numbers.

    Where it picks is fixed from then on; NumPy's and PyTorch's subscripts pass no gradient either.
    """
    if not hasattr(part, "place"):
        return part
    import numpy as np

    tape, node = part.place()
    value = np.asarray(part.value)
    if tells_truth(tape, node):
        return value != 0
    if not np.isfinite(value).all() or (value != np.floor(value)).any():
        raise UsageError("handle.subscript_node", got=quoted(part))
    return value.astype(int)


def _is_number(part: Any) -> bool:
    return getattr(part, "shape", None) == () and part.dtype.kind in "iu"


def _numbers_of(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a subscript of the single numbers alone, with whole axes for what else picks."""
    found: list[Any] = []
    for part in parts:
        if part is Ellipsis or _is_number(part):
            found.append(part)
        elif part is not None:
            kind = getattr(getattr(part, "dtype", None), "kind", "")
            axes = part.ndim if kind == "b" else 1
            found += [slice(None)] * axes
    return tuple(found)


def _read(part: Any) -> Any:
    """Return one subscript as NumPy takes it; an empty list picks nothing."""
    import numpy as np

    if part is None or part is Ellipsis or isinstance(part, slice):
        return part
    array = np.asarray(part)
    if array.size == 0 and array.dtype.kind == "f":
        return array.astype(int)
    if array.dtype.kind not in "iub":
        raise UsageError("handle.subscript", got=part)
    return array
