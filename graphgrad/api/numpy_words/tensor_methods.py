"""Further methods of PyTorch's tensors on handles: compositions of words that handles have.

What PyTorch has as a function too, such as ``torch.index_select``, is found by the name of the
method (`graphgrad.api.torch_words.namespace`). Source of all that they do: the reference of
PyTorch 2.13, torch and torch.Tensor.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphgrad.api.numpy_words.choices import plain
from graphgrad.api.numpy_words.of_tensors import MAKERS

__all__ = ["TENSOR_METHODS", "TENSOR_PROPERTIES"]


def _numpy(name: str) -> Callable[..., Any]:
    """Return the method that does what NumPy's function of the name does."""

    def method(*args: Any, **options: Any) -> Any:
        import numpy as np

        return getattr(np, name)(*args, **options)

    return method


def _whole(at: Any) -> Any:
    import numpy as np

    return np.asarray(plain(at)).astype(int)


def _picked(handle: Any, dim: int, index: Any) -> Any:
    """Return the parts at places along an axis."""
    import numpy as np

    return np.take(handle, np.atleast_1d(_whole(index)), axis=dim)


def _narrowed(handle: Any, dim: int, start: int, length: int) -> Any:
    key = [slice(None)] * handle.ndim
    key[dim] = slice(start, start + length)
    return handle[tuple(key)]


def _part(handle: Any, dim: int, index: int) -> Any:
    return handle[(*(slice(None),) * range(handle.ndim)[dim], index)]


def _where_true(handle: Any, mask: Any) -> Any:
    import numpy as np

    return handle[np.broadcast_to(np.asarray(plain(mask)).astype(bool), handle.shape)]


def _unflattened(handle: Any, dim: int, sizes: Any) -> Any:
    shape = handle.shape
    at = range(len(shape))[dim]
    known = [n for n in sizes if n != -1]
    rest = shape[at]
    for n in known:
        rest //= n
    whole = (rest if n == -1 else n for n in sizes)
    return handle.reshape((*shape[:at], *whole, *shape[at + 1 :]))


def _plus_product(
    handle: Any, one: Any, other: Any, *, beta: float = 1, alpha: float = 1
) -> Any:  # fmt: skip
    """Return the sum of this and a product of matrices, each times a number."""
    return beta * handle + alpha * (one @ other)


def _quantile(handle: Any, q: Any, dim: int | None = None, *, keepdim: bool = False) -> Any:
    """Return the value below which a share of the entries lies, between two of them by a line."""
    import numpy as np

    along = 0 if dim is None else dim
    entries: Any = np.sort(handle.reshape(-1) if dim is None else handle, axis=along)
    at = float(plain(q)) * (entries.shape[along] - 1)
    low = int(at)
    lower = entries.select_along(along, low)
    upper = entries.select_along(along, min(low + 1, entries.shape[along] - 1))
    found = lower + (at - low) * (upper - lower)
    if not keepdim:
        return found
    return found.unsqueeze(dim) if dim is not None else found.reshape((1,) * handle.ndim)


def _with_mean(name: str) -> Callable[..., Any]:
    """Return the method that gives a deviation and the mean."""

    def method(handle: Any, dim: Any = None, **options: Any) -> Any:
        kept = options.get("keepdim", False)
        spread = getattr(handle, name)(dim=dim, **options)
        return spread, handle.mean(axis=dim, keepdims=kept)

    return method


def _distances(handle: Any, other: Any, p: float = 2.0) -> Any:
    """Return the distance of every row of one matrix from every row of another."""
    apart = handle.unsqueeze(-2) - other.unsqueeze(-3)
    return apart.norm(p, -1)


def _answer(name: str) -> Callable[..., Any]:
    """Return the method that tells truth or counts of the present values."""

    def method(handle: Any, *args: Any, **options: Any) -> Any:
        import numpy as np

        values = np.asarray(plain(handle))
        found = getattr(np, name)(values, *map(plain, args), **options)
        return MAKERS["whole"](found) if isinstance(found, np.ndarray) else found

    method.__name__ = name
    return method


def _made_like(fill: float) -> Callable[..., Any]:
    """Return the method that makes a tensor of a shape, full of a number."""

    def method(_handle: Any, *size: Any, **_options: Any) -> Any:
        import numpy as np

        shape = size[0] if len(size) == 1 and not isinstance(size[0], int) else size
        return MAKERS["floats"](np.full(tuple(shape), fill))

    return method


def _true(handle: Any) -> Any:
    import numpy as np

    return MAKERS["whole"](np.asarray(plain(handle)) != 0)


def _pieces(handle: Any, size: Any, dim: int = 0) -> Any:
    """Split as PyTorch does: pieces of a size, or of the sizes of a list."""
    import numpy as np

    length = handle.shape[dim]
    ends = np.cumsum(size)[:-1] if not isinstance(size, int) else range(size, length, size)
    return np.split(handle, list(ends), axis=dim)


def _chunks(handle: Any, count: int, dim: int = 0) -> Any:
    return _pieces(handle, -(-handle.shape[dim] // count), dim)


def _of_type(handle: Any, other: Any) -> Any:
    kind = getattr(other, "dtype", None)
    return handle if kind is None or kind.kind == "f" else handle.type(kind)


TENSOR_METHODS: dict[str, Callable[..., Any]] = {
    "addcmul": lambda h, one, other, *, value=1: h + value * one * other,
    "addcdiv": lambda h, one, other, *, value=1: h + value * one / other,
    "addmm": _plus_product,
    "addmv": _plus_product,
    "baddbmm": _plus_product,
    "allclose": _answer("allclose"),
    "bool": _true,
    "cdist": _distances,
    "chunk": _chunks,
    "diff": lambda h, n=1, dim=-1: _numpy("diff")(h, n=n, axis=dim),
    "dist": lambda h, other, p=2: (h - other).flatten().norm(p),
    "eq": lambda h, other: h == other,
    "frac": lambda h: h - _numpy("trunc")(h),
    "ge": lambda h, other: h >= other,
    "gt": lambda h, other: h > other,
    "index_select": _picked,
    "is_contiguous": lambda h: True,
    "is_floating_point": lambda h: True,
    "isclose": _answer("isclose"),
    "isfinite": _answer("isfinite"),
    "isinf": _answer("isinf"),
    "isnan": _answer("isnan"),
    "le": lambda h, other: h <= other,
    "lerp": lambda h, end, weight: h + weight * (end - h),
    "logical_not": lambda h: ~h,
    "lt": lambda h, other: h < other,
    "masked_select": _where_true,
    "movedim": _numpy("moveaxis"),
    "nan_to_num": lambda h, nan=0.0: h.applied("where", h == h, h, nan),
    "narrow": _narrowed,
    "ndimension": lambda h: h.ndim,
    "ne": lambda h, other: h != other,
    "new_full": lambda h, size, fill_value, **_options: _made_like(fill_value)(h, size),
    "new_ones": _made_like(1.0),
    "new_tensor": lambda h, data, **_options: MAKERS["floats"](data),
    "new_zeros": _made_like(0.0),
    "pairwise_distance": lambda h, other, p=2.0: (h - other).norm(p, -1),
    "quantile": _quantile,
    "reciprocal": lambda h: 1 / h,
    "repeat_interleave": lambda h, repeats, dim=None: (
        _numpy("repeat")(h.flatten() if dim is None else h, repeats, axis=dim or 0)
    ),
    "reshape_as": lambda h, other: h.reshape(other.shape),
    "select": _part,
    "select_along": _part,
    "split": _pieces,
    "std_mean": _with_mean("std"),
    "swapdims": _numpy("swapaxes"),
    "take_along_dim": lambda h, indices, dim: _numpy("take_along_axis")(h, _whole(indices), dim),
    "type_as": _of_type,
    "unflatten": _unflattened,
    "unbind": lambda h, dim=0: [part.squeeze(dim) for part in _pieces(h, 1, dim)],
    "unique": _answer("unique"),
    "var_mean": _with_mean("var"),
    "view_as": lambda h, other: h.reshape(other.shape),
}  # fmt: skip
"""PyTorch's names to what they do of a handle."""


TENSOR_PROPERTIES = {
    "device": property(lambda _handle: "cpu"),
    "is_cuda": property(lambda _handle: False),
    "mH": property(lambda handle: handle.mT),
}
"""What is read, not called."""
