"""Hold whole numbers and truth values: arrays that pick entries and never have a gradient."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from graphgrad.api.in_place import CHANGES, plain_numbers
from graphgrad.api.numpy_words.looks import LOOKS, looked
from graphgrad.api.numpy_words.methods import Count
from graphgrad.api.numpy_words.of_tensors import MAKERS, Largest, shown_as_tensor
from graphgrad.errors import InPlaceError

__all__ = ["whole_numbers"]


_OF_NODES = frozenset(
    {"accumulates", "applied", "backward", "graph", "node", "of_tape", "place", "spot", "tape",
     "trace", "value"}
)  # fmt: skip
"""What nodes have and these have not: whoever asks for it tells one from the other."""


@cache
def _whole_type() -> Any:
    """Make the type of whole numbers and truth values: an array with PyTorch's methods."""
    import numpy as np

    class Whole(np.ndarray):
        """Whole numbers or truth values; they pick entries and have no gradient."""

        requires_grad = False
        is_tensor = is_leaf = True
        grad = grad_fn = None
        device = "cpu"

        def __array_wrap__(
            self, array: Any, context: Any = None, return_scalar: bool = False
        ) -> Any:
            return self if array is self else _told(array)

        def __getattr__(self, name: str) -> Any:
            """Return the function of the module as a method; in place, what it makes is kept."""
            if name in CHANGES:
                return partial(_changed, self, name)
            if name.startswith("_") or name in _OF_NODES:
                raise AttributeError(name)
            return partial(_seen if name in LOOKS else _called, MAKERS["word"](name), name, self)

        def __repr__(self) -> str:
            return shown_as_tensor(np.asarray(self), "")

        @property
        def size(self) -> Any:
            """Return the number of entries; called, the shape."""
            count = Count(np.asarray(self).size)
            count.shape = self.shape
            return count

        def view(self, *shape: Any) -> Any:  # type: ignore[override]
            """Return the same entries in another shape, as PyTorch's view does."""
            if shape and all(isinstance(n, int | tuple) for n in shape):
                return self.reshape(*shape)
            return super().view(*shape)

        def double(self) -> Any:
            """Return the numbers as floats, which may have a gradient."""
            return MAKERS["floats"](np.asarray(self, dtype="float64"))

        def long(self) -> Any:
            """Return whole numbers: the same, if they are."""
            return self.to(np.int64)

        int = long

        def bool(self) -> Any:
            """Return which entries are not 0."""
            return self if self.dtype == bool else whole_numbers(np.asarray(self) != 0)

        def detach(self) -> Any:
            """Return the same entries in the same memory."""
            return self[...]

        def cpu(self) -> Any:
            """Return the same: there is one device."""
            return self

        retain_grad = cpu

        def contiguous(self) -> Any:
            """Return the same, or a copy in which the entries stand row after row."""
            return self if self.flags.c_contiguous else self.clone()

        def clone(self) -> Any:
            """Return a copy."""
            return whole_numbers(np.array(self))

        def to(self, *where: Any, dtype: Any = None, **_options: Any) -> Any:
            """Return the entries as another type; there is one device."""
            for one in (*where, dtype):
                kind = getattr(one, "dtype", one) if not isinstance(one, type) else one
                if isinstance(kind, type | np.dtype) and np.dtype(kind) != self.dtype:
                    return _told(np.asarray(self).astype(kind))
            return self

        type = to

        def type_as(self, other: Any) -> Any:
            """Return the entries as the type of another tensor."""
            return self.to(other.dtype)

        def numpy(self) -> Any:
            """Return the plain array."""
            return np.array(self)

        def numel(self) -> Any:
            """Return the number of entries."""
            return np.asarray(self).size

        nelement = numel

        def dim(self) -> Any:
            """Return the number of axes."""
            return self.ndim

        def unsqueeze(self, dim: Any) -> Any:
            """Return the entries with one more axis of length 1."""
            return np.expand_dims(self, dim)

        def squeeze(self, dim: Any = None) -> Any:
            """Return the entries without axes of length 1, or without one that has it."""
            gone = dim is None or self.shape[dim] == 1
            return np.ndarray.squeeze(self, dim) if gone else self[...]

        def t(self) -> Any:
            """Return the transpose."""
            return self.T

        def transpose(self, *axes: Any) -> Any:
            """Return the array with two axes exchanged."""
            return np.swapaxes(self, *axes) if len(axes) == 2 else super().transpose(*axes)

        def repeat(self, *sizes: Any) -> Any:
            """Return copies side by side, as PyTorch's repeat does."""
            return whole_numbers(np.asarray(self.double().repeat(*sizes).value).astype(self.dtype))

        def where(self, condition: Any, other: Any) -> Any:
            """Return the entries where a condition holds, elsewhere those of another tensor."""
            return MAKERS["word"]("where")(condition, self, other)

        def sort(self, dim: Any = -1, *, descending: Any = False) -> Any:  # type: ignore[override]
            """Return the entries in order, and where they were."""
            places = self.argsort(dim, descending=descending)
            return Largest(np.take_along_axis(self, np.asarray(places), axis=dim), places)

        def argsort(self, dim: Any = -1, *, descending: Any = False) -> Any:  # type: ignore[override]
            """Return where the entries stand in order."""
            numbers = np.asarray(self, dtype=np.int64)
            order = np.argsort(-numbers if descending else numbers, axis=dim, kind="stable")
            return whole_numbers(order)

        def max(self, dim: Any = None, keepdim: Any = False, **options: Any) -> Any:  # type: ignore[override]
            """Return the largest entry, along an axis with its places."""
            return _largest(self, "max", options.get("axis", dim), keepdim)

        def min(self, dim: Any = None, keepdim: Any = False, **options: Any) -> Any:  # type: ignore[override]
            """Return the smallest entry, along an axis with its places."""
            return _largest(self, "min", options.get("axis", dim), keepdim)

    for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow"):
        setattr(Whole, f"__i{name}__", _augmented(name))
    setattr(Whole, "float", Whole.double)  # noqa: B010  # a builtin's name would hide it above
    for name in ("sum", "prod", "mean", "any", "all", "argmax", "argmin", "cumsum", "cumprod"):
        setattr(Whole, name, _along(getattr(np, name)))
    return Whole


def _called(function: Callable[..., Any], name: str, own: Any, *args: Any, **options: Any) -> Any:
    """Return what a function of nodes gives of the numbers, whole where they only move."""
    import numpy as np

    found = function(MAKERS["floats"](np.asarray(own, dtype=float)), *args, **options)
    return _whole_again(found, own.dtype) if name in _MOVES else found


def _seen(function: Callable[..., Any], name: str, own: Any, *args: Any, **options: Any) -> Any:
    """Return views of an array, by the words that give views."""
    import numpy as np

    found = _called(function, name, own, *args, **options)
    parts = found if isinstance(found, tuple | list) else [found]
    seen = [
        looked(name, np.asarray(own), made=parts, at=at, args=args, options=options)
        for at in range(len(parts))
    ]
    views = [np.ndarray.view(one, _whole_type()) for one in seen]
    return type(found)(views) if isinstance(found, tuple | list) else views[0]


def _whole_again(found: Any, dtype: Any) -> Any:
    import numpy as np

    if isinstance(found, tuple | list):
        return type(found)(_whole_again(one, dtype) for one in found)
    return whole_numbers(np.asarray(plain_numbers(found)).astype(dtype))


_MOVES = frozenset(
    {"abs", "add", "chunk", "clamp", "clip", "diag", "diff", "dot", "expand", "expand_as",
     "flatten", "flip", "fliplr", "flipud", "gather", "index_select", "masked_fill",
     "masked_select", "matmul",
     "maximum", "minimum", "mm", "movedim", "mul", "mv", "narrow", "neg", "outer", "permute",
     "ravel", "repeat", "repeat_interleave", "reshape_as", "roll", "select_along", "sign", "split",
     "square", "sub", "take_along_dim", "tile", "tril", "triu", "unbind", "unflatten", "unique",
     "view_as"}
)  # fmt: skip
"""Words that give whole numbers of whole numbers."""


def _told(found: Any) -> Any:
    """Return numbers as a tensor: floats as one that may have a gradient."""
    import numpy as np

    array = np.asarray(found)
    return MAKERS["floats"](array) if array.dtype.kind == "f" else whole_numbers(array)


def _along(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return NumPy's function as a method that takes dim and keepdim."""

    def method(self: Any, dim: Any = None, keepdim: bool = False, **options: Any) -> Any:
        import numpy as np

        axis = options.get("axis", dim)
        kept = {"keepdims": True} if keepdim or options.get("keepdims") else {}
        axis = tuple(axis) if isinstance(axis, list) else axis
        return _told(function(np.asarray(self), axis=axis, **kept))

    method.__name__ = function.__name__
    method.__doc__ = function.__doc__
    return method


def _largest(own: Any, name: str, dim: Any, keepdim: bool) -> Any:
    import numpy as np

    plain = np.asarray(own)
    if dim is None:
        return _told(getattr(np, name)(plain))
    if hasattr(dim, "shape"):  # of two tensors
        return _told(getattr(np, f"{name}imum")(plain, np.asarray(plain_numbers(dim))))
    values, places = (getattr(np, word)(plain, axis=dim, keepdims=keepdim)
                      for word in (name, f"arg{name}"))  # fmt: skip
    return Largest(_told(values), whole_numbers(places))


def _augmented(name: str) -> Callable[..., Any]:
    """Return an operator such as ``+=``, which keeps whole numbers whole."""
    import numpy as np

    operation = getattr(np.ndarray, f"__i{name}__")

    def changed(self: Any, other: Any) -> Any:
        try:
            return operation(self, plain_numbers(other))
        except TypeError:
            raise InPlaceError("given.whole", word=f"__i{name}__") from None

    return changed


_CUT_OFF = frozenset({"copy_", "fill_", "masked_fill_"})
"""What makes whole numbers of floats, as PyTorch does."""


def _changed(own: Any, name: str, *args: Any, **options: Any) -> Any:
    """Keep in an array what a change in place makes of it."""
    import numpy as np

    given = map(plain_numbers, args)
    named = {key: plain_numbers(value) for key, value in options.items()}
    found = np.asarray(CHANGES[name](np.array(own), *given, **named))
    if found.dtype.kind == "f" and own.dtype.kind != "f" and name not in _CUT_OFF:
        raise InPlaceError("given.whole", word=name)
    own[...] = found
    return own


def whole_numbers(data: Any) -> Any:
    """Return whole numbers or truth values as an array with PyTorch's methods."""
    import numpy as np

    return np.ndarray.view(np.array(data), _whole_type())
