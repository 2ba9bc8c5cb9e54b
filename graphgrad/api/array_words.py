"""What PyTorch and NumPy call things on arrays, on handles: the lines of a lecture run as they are.

Rows of ops are methods already; these are words for several of them, or for no op at all.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log
from typing import Any

from graphgrad.errors import ShapeError
from graphgrad.ops.shapes import shape_text

__all__ = ["array_words"]

_LARGEST = ("max", "min")


def array_words() -> dict[str, Any]:
    """Return methods and properties of handles by name.

    >>> import graphgrad as gg
    >>> a = gg.param("A", [[1.0, 5.0], [3.0, 2.0]])
    >>> a.max(1).indices.value.tolist(), a.flatten().shape, a.t().shape
    ([1.0, 0.0], (4,), (2, 2))
    """
    return _METHODS | {
        "dtype": property(lambda h: getattr(h.value, "dtype", float)),
        "values": property(lambda h: _of_the_largest(h, "values")),
        "indices": property(lambda h: _of_the_largest(h, "indices")),
    }


def _of_the_largest(handle: Any, name: str) -> Any:
    """Return the two parts that PyTorch gives for the largest entries along an axis."""
    tape, node = handle.place()
    kind = tape.kinds[node]
    if kind.row.name not in _LARGEST or len(kind.settings["axis"]) != 1:
        message = f"'{type(handle).__name__}' object has no attribute {name!r}"
        raise AttributeError(message, name=name, obj=handle)
    if name == "values":
        return handle
    of = type(handle)(tape, tape.first[node]) if kind.row.name == "max" else None
    of = -type(handle)(tape, tape.first[node]) if of is None else of
    [axis] = kind.settings["axis"]
    found = of.argmax(axis)
    return found.reshape(handle.shape) if kind.settings["keepdims"] else found


def _clamped(handle: Any, min: Any = None, max: Any = None) -> Any:
    low = handle if min is None else handle.maximum(min)
    return low if max is None else low.minimum(max)


def _flat(handle: Any, start_dim: int = 0) -> Any:
    kept = handle.shape[:start_dim]
    return handle.reshape((*kept, handle.size // _product(kept)))


def _product(lengths: tuple[int, ...]) -> int:
    found = 1
    for length in lengths:
        found *= max(1, length)
    return found


def _squeezed(handle: Any, dim: int | None = None) -> Any:
    axes = range(handle.ndim) if dim is None else (_axis(handle, dim, handle.ndim),)
    gone = {axis for axis in axes if handle.shape[axis] == 1}
    return handle.reshape(tuple(n for axis, n in enumerate(handle.shape) if axis not in gone))


def _unsqueezed(handle: Any, dim: int) -> Any:
    axis = _axis(handle, dim, handle.ndim + 1)
    return handle.reshape((*handle.shape[:axis], 1, *handle.shape[axis:]))


def _axis(handle: Any, axis: int, count: int) -> int:
    if not isinstance(axis, int) or not -count <= axis < count:
        raise ShapeError(
            "shape.axis", op="squeeze", got=axis, shape=shape_text(handle.shape), rank=count
        )
    return axis % count


def _as_list(handle: Any) -> Any:
    value = handle.value
    return value.tolist() if hasattr(value, "tolist") else value


_METHODS: dict[str, Callable[..., Any]] = {
    "clamp": _clamped,
    "clip": _clamped,
    "detach": lambda h: h.value,
    "dim": lambda h: h.ndim,
    "double": lambda h: h,
    "flatten": _flat,
    "float": lambda h: h,
    "log10": lambda h: h.log() / log(10),
    "log2": lambda h: h.log() / log(2),
    "mm": lambda h, other: h @ other,
    "mv": lambda h, other: h @ other,
    "nelement": lambda h: h.size,
    "numel": lambda h: h.size,
    "numpy": lambda h: h.value,
    "ravel": _flat,
    "rsqrt": lambda h: 1 / h.sqrt(),
    "square": lambda h: h**2,
    "squeeze": _squeezed,
    "t": lambda h: h.T,
    "tolist": _as_list,
    "unsqueeze": _unsqueezed,
}
