"""What PyTorch and NumPy call things on arrays, on handles: the lines of a lecture run as they are.

Rows of ops are methods already; these are words for several of them, or for no op at all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphgrad.api.numpy_words.choices import refusing
from graphgrad.api.numpy_words.of_tensors import (
    MAKERS,
    chosen,
    deviating,
    largest,
    largest_few,
    median,
    of_the_largest,
    ordered,
    repeated,
    retain,
    stands_on_tensors,
)
from graphgrad.api.numpy_words.tensor_methods import TENSOR_METHODS, TENSOR_PROPERTIES
from graphgrad.errors import ShapeError, UsageError
from graphgrad.ops.shapes import shape_text

__all__ = ["OVERRIDING", "Count", "array_words"]


def array_words() -> dict[str, Any]:
    """Return methods and properties of handles by name.

    >>> import graphgrad as gg
    >>> a = gg.param("A", [[1.0, 5.0], [3.0, 2.0]])
    >>> a.max(1).indices.value.tolist(), a.flatten().shape, a.t().shape
    ([1.0, 0.0], (4,), (2, 2))
    """
    words = TENSOR_METHODS | _METHODS
    return (
        {name: refusing(name, word) for name, word in words.items()}
        | TENSOR_PROPERTIES
        | {
            "dtype": property(_dtype),
            "values": property(lambda h: of_the_largest(h, "values")),
            "indices": property(lambda h: of_the_largest(h, "indices")),
            "grad_fn": property(lambda h: h.place()[0].kinds[h.node].row.name),
            "is_leaf": property(lambda h: False),
            "mT": property(_pairwise_swapped),
            "real": property(_same),
            "imag": property(lambda h: 0 * h),
            "requires_grad": property(lambda h: True),
            "size": property(_size),
        }
    )


def _dtype(handle: Any) -> Any:
    if not handle.shape:  # NumPy's mean asks a number for its type and would call it
        raise AttributeError(name="dtype", obj=handle)
    return handle.value.dtype


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


def _by_numpy(name: str) -> Callable[..., Any]:
    """Return the method that does what NumPy's function of the name does; dim is an axis too."""

    def method(handle: Any, *args: Any, **options: Any) -> Any:
        import numpy as np

        for spelled, numpys in (("dim", "axis"), ("keepdim", "keepdims")):
            if spelled in options:
                options[numpys] = options.pop(spelled)
        return getattr(np, name)(handle, *args, **options)

    method.__name__ = name
    return method


def _cut_off(handle: Any) -> Any:
    """Return what no gradient passes: of tensors the present numbers, else a node."""
    if stands_on_tensors(handle):
        return MAKERS["floats"](handle.value)
    return handle.applied("stop_gradient", handle)


def _same(handle: Any, *_args: Any, **_options: Any) -> Any:
    return handle


def _typed(handle: Any, dtype: Any = float, **_options: Any) -> Any:
    import numpy as np

    kind = np.dtype(getattr(dtype, "numpy", dtype))
    if kind.kind in "iub" and stands_on_tensors(handle):
        return MAKERS["whole"](np.asarray(handle.value).astype(kind))
    if kind.kind != "f":
        raise UsageError("handle.dtype", got=kind.name)
    return handle


def _moved(handle: Any, *where: Any, dtype: Any = None, **_options: Any) -> Any:
    """Return a tensor as another type; there is one device, named in words or as another's."""
    for one in (*where, dtype):
        kind = one if isinstance(one, type) else getattr(one, "dtype", one)
        if isinstance(kind, type) or hasattr(kind, "kind"):
            return _typed(handle, kind)
    return handle


def _expanded(handle: Any, *shape: Any) -> Any:
    sizes = shape[0] if len(shape) == 1 and not isinstance(shape[0], int) else shape
    lead = len(sizes) - handle.ndim
    own = [handle.shape[at - lead] if at >= lead else 1 for at in range(len(sizes))]
    whole = tuple(have if n == -1 else n for n, have in zip(sizes, own, strict=True))
    return handle.applied("broadcast", handle, shape=whole)


def _masked(handle: Any, mask: Any, value: Any) -> Any:
    return handle.applied("where", mask, value, handle)


def _pairwise_swapped(handle: Any) -> Any:
    order = (*range(handle.ndim - 2), handle.ndim - 1, handle.ndim - 2)
    return handle.applied("transpose", handle, axes=order)


def _permuted(handle: Any, *axes: Any) -> Any:
    order = axes[0] if len(axes) == 1 and not isinstance(axes[0], int) else axes
    return handle.applied("transpose", handle, axes=tuple(order))


class Count(int):
    """The number of entries; called, as in PyTorch, it is the shape, or one length of it."""

    shape: tuple[int, ...]

    def __call__(self, dim: int | None = None) -> Any:
        """Return the shape, or one length of it."""
        return self.shape if dim is None else refusing("size", self.shape.__getitem__)(dim)


def _size(handle: Any) -> Count:
    count = Count(_product(handle.shape) if 0 not in handle.shape else 0)
    count.shape = handle.shape
    return count


def _argmax(handle: Any, axis: Any = None, *, dim: Any = None, keepdim: bool = False) -> Any:
    """Return the place of the largest entry, of all entries where no axis is given.

    Those of tensors are whole numbers, as in PyTorch.
    """
    along = axis if dim is None else dim
    if stands_on_tensors(handle):
        import numpy as np

        places = np.argmax(np.asarray(handle.value), axis=along, keepdims=keepdim)
        return MAKERS["whole"](places)
    if along is None:
        return handle.applied("argmax", handle.reshape(-1))
    found = handle.applied("argmax", handle, axis=along)
    shape = tuple(1 if at == along % handle.ndim else n for at, n in enumerate(handle.shape))
    return found.reshape(shape) if keepdim else found


def _argmin(handle: Any, *args: Any, **settings: Any) -> Any:
    return _argmax(-handle, *args, **settings)


def _norm(handle: Any, p: Any = None, dim: Any = None, keepdim: bool = False, **more: Any) -> Any:
    """Return a norm, in NumPy's or PyTorch's words; of a tensor's entries, never of a matrix."""
    import numpy as np

    axis, kept = more.get("axis", dim), more.get("keepdims", keepdim)
    of_entries = isinstance(p, int | float) and axis is None and stands_on_tensors(handle)
    x = handle.reshape(-1) if of_entries and not kept else handle
    return np.linalg.norm(x, ord=more.get("ord", p), axis=axis, keepdims=kept)


def _whole(handle: Any) -> Any:
    """Return the present value as whole numbers, which have no gradient."""
    import numpy as np

    return np.asarray(handle.value).astype(int)


_METHODS: dict[str, Any] = {
    "argsort": lambda h, axis=-1, dim=None: _by_numpy("argsort")(h, axis if dim is None else dim),
    "astype": _typed,
    "clamp": _clamped,
    "clone": lambda h: h.applied("identity", h),
    "conj": _same,
    "contiguous": _same,
    "copy": lambda h: h.applied("identity", h),
    "cpu": _same,
    "dim": lambda h: h.ndim,
    "double": _same,
    "half": _same,
    "bfloat16": _same,
    "expand": _expanded,
    "expand_as": lambda h, other: _expanded(h, other.shape),
    "flatten": _flat,
    "float": _same,
    "int": _whole,
    "long": _whole,
    "masked_fill": _masked,
    "mm": lambda h, other: h @ other,
    "bmm": lambda h, other: h @ other,
    "mv": lambda h, other: h @ other,
    "nelement": lambda h: int(h.size),
    "numel": lambda h: int(h.size),
    "numpy": lambda h: h.value,
    "permute": _permuted,
    "ravel": _flat,
    "requires_grad_": _same,
    "retain_grad": retain,
    "rsqrt": lambda h: 1 / h.sqrt(),
    "square": lambda h: h**2,
    "squeeze": _squeezed,
    "t": lambda h: h.T,
    "to": _moved,
    "tolist": _as_list,
    "type": _typed,
    "unsqueeze": _unsqueezed,
} | {
    name: _by_numpy(name)
    for name in ("any", "all", "nonzero", "ptp", "swapaxes", "take", "searchsorted")
}  # fmt: skip


OVERRIDING: dict[str, Callable[..., Any]] = {
    "argmax": _argmax,
    "argmin": _argmin,
    "clip": _clamped,
    "cumprod": _by_numpy("cumprod"),
    "cumsum": _by_numpy("cumsum"),
    "detach": _cut_off,
    "diagonal": _by_numpy("diagonal"),
    "dot": _by_numpy("dot"),
    "norm": _norm,
    "max": largest("max"),
    "min": largest("min"),
    "repeat": repeated,
    "roll": _by_numpy("roll"),
    "round": lambda h, decimals=0: round(h, decimals),
    "median": median,
    "sort": ordered,
    "topk": largest_few,
    "std": deviating("std"),
    "var": deviating("var"),
    "where": chosen,
}
"""Methods that differ from the row of their name: defaults and orders of arguments are NumPy's."""
