"""State which of PyTorch's words give views, and where in the memory each one looks.

Source: the reference of PyTorch 2.13, Tensor Views.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from operator import index
from typing import Any

from graphgrad.api.numpy_words.memory import apart, in_order, share, stands_in
from graphgrad.api.numpy_words.of_tensors import MAKERS, needs_no_gradient, settled
from graphgrad.api.recording.operators import QUIET
from graphgrad.ops.registry import find
from graphgrad.ops.row import Elementwise

__all__ = ["LOOKS", "SAME", "looked", "seeing", "seen", "settling"]


def looked(
    word: str, a: Any, *, made: Any, at: int, args: tuple[Any, ...], options: dict[str, Any]
) -> Any:
    """Return what a word sees of an array: a view of it, or a copy, or None.

    Args:
        word: the name of the method.
        a: the array.
        made: all that the word gave.
        at: which of them is meant.
        args: what the word was given.
        options: what it was given by name.
    """
    look = LOOKS.get(word)
    return None if look is None else look(a, made, at, *args, **options)


def _reshaped(a: Any, made: Any, at: int, *_args: Any, **_options: Any) -> Any:
    """Return the same entries in the shape of the result: a view where NumPy can, as PyTorch."""
    return a.reshape(made[at].shape)


def _expanded(a: Any, made: Any, at: int, *_args: Any, **_options: Any) -> Any:
    import numpy as np

    return np.broadcast_to(a, made[at].shape)


def _turned(a: Any, _made: Any, _at: int, *axes: Any, **named: Any) -> Any:
    """Return an array with its axes turned round, in an order, or two of them exchanged."""
    axes = axes or tuple(named.values())
    if len(axes) == 2:
        return a.swapaxes(*map(index, axes))
    return a.transpose(*axes)


def _permuted(a: Any, _made: Any, _at: int, *axes: Any, **named: Any) -> Any:
    return a.transpose(*(axes or tuple(named.values())))


def _swapped(a: Any, _made: Any, _at: int, *axes: Any, **named: Any) -> Any:
    return a.swapaxes(*(axes or tuple(named.values())))


def _moved(a: Any, _made: Any, _at: int, *axes: Any, **named: Any) -> Any:
    import numpy as np

    return np.moveaxis(a, *(axes or tuple(named.values())))


def _entries(a: Any, _made: Any, _at: int, key: Any) -> Any:
    """Return what numbers and ranges pick; what is picked by arrays or by truth is a copy."""
    parts = key if isinstance(key, tuple) else (key,)
    plain = [_plain(part) for part in parts]
    if any(part is _NOT_PLAIN for part in plain):
        return None
    return a[(*plain, *(() if Ellipsis in plain else (Ellipsis,)))]


_NOT_PLAIN = object()


def _plain(part: Any) -> Any:
    """Return a number, a range, None or an ellipsis as NumPy takes it."""
    if part is None or part is Ellipsis or isinstance(part, slice):
        return part
    if isinstance(part, bool) or getattr(part, "shape", ()) != ():
        return _NOT_PLAIN
    if getattr(getattr(part, "dtype", None), "kind", "i") not in "iu":
        return _NOT_PLAIN
    return index(part) if hasattr(part, "__index__") else _NOT_PLAIN


def _part(a: Any, _made: Any, _at: int, dim: int, index: int) -> Any:
    return a[_along(a, dim, int(index))]


def _narrowed(a: Any, _made: Any, _at: int, dim: int, start: int, length: int) -> Any:
    start = int(start) + (a.shape[dim] if int(start) < 0 else 0)
    return a[_along(a, dim, slice(start, start + int(length)))]


def _along(a: Any, dim: int, part: Any) -> tuple[Any, ...]:
    return (*(slice(None),) * (dim % a.ndim), part, Ellipsis)


def _diagonal(
    a: Any, _made: Any, _at: int, offset: int = 0, dim1: int = 0, dim2: int = 1, **named: Any
) -> Any:
    import numpy as np

    return np.diagonal(a, offset, named.get("axis1", dim1), named.get("axis2", dim2))


def _pieces(dim: int = 0) -> Callable[..., Any]:
    """Return where the pieces lie that an array is cut into along an axis."""

    def look(a: Any, made: Any, at: int, _how: Any = None, dim: int = dim, **named: Any) -> Any:
        axis = named.get("axis", dim) % a.ndim
        start = sum(part.shape[axis] for part in made[:at])
        return a[_along(a, axis, slice(start, start + made[at].shape[axis]))]

    return look


def _unbound(a: Any, _made: Any, at: int, dim: int = 0, **named: Any) -> Any:
    return a[_along(a, named.get("axis", dim), at)]


def _columns(a: Any, made: Any, at: int, how: Any = None) -> Any:
    return _pieces(min(1, a.ndim - 1))(a, made, at, how)


_reversed: Callable[..., Any] = lambda a, *_args: a.T  # noqa: E731  # a row of the table

LOOKS: dict[str, Callable[..., Any]] = {
    "__getitem__": _entries,
    "ravel": lambda a, made, at: a.reshape(-1) if a.flags.c_contiguous else None,
    "chunk": _pieces(),
    "diagonal": _diagonal,
    "dsplit": _pieces(2),
    "hsplit": _columns,
    "mH": lambda a, *_args: a.swapaxes(-1, -2),
    "mT": lambda a, *_args: a.swapaxes(-1, -2),
    "moveaxis": _moved,
    "movedim": _moved,
    "narrow": _narrowed,
    "permute": _permuted,
    "select": _part,
    "select_along": _part,
    "split": _pieces(),
    "swapaxes": _swapped,
    "swapdims": _swapped,
    "tensor_split": _pieces(),
    "transpose": _turned,
    "unbind": _unbound,
    "vsplit": _pieces(),
}
LOOKS |= dict.fromkeys(("T", "H", "t"), _reversed)
LOOKS |= dict.fromkeys(("broadcast_to", "expand", "expand_as"), _expanded)
LOOKS |= dict.fromkeys(
    ("atleast_1d", "atleast_2d", "atleast_3d", "contiguous", "detach", "flatten", "reshape",
      "reshape_as", "squeeze", "unflatten", "unsqueeze", "view", "view_as"),
    _reshaped,
)  # fmt: skip
"""Each word that gives views, to where it looks in an array."""

_KEEPS_ORDER = frozenset(
    {f"__{side}{name}__" for side in ("", "r") for name in
     ("add", "sub", "mul", "truediv", "pow", "mod", "floordiv")}
    | {"__abs__", "__neg__", "__round__", "addcdiv", "addcmul", "clamp", "clip", "clone", "copy",
       "flip", "lerp", "masked_fill", "nan_to_num", "reciprocal", "round", "square", "where"}
)  # fmt: skip
"""Words beside those of entries whose results stand in memory as what they are made of."""
_NUMPYS = ("__array_function__", "__array_ufunc__")
"""By these, words that are made of NumPy's come to their results."""

SAME = frozenset(
    {"bfloat16", "conj", "cpu", "double", "float", "half", "requires_grad_", "to", "type",
     "type_as"}
)  # fmt: skip
"""Words that give the tensor itself where nothing is to be done."""


def settling(method: Callable[..., Any], word: str) -> Callable[..., Any]:
    """Return a method, or a function, whose results are tensors where no gradient reaches them."""
    plain = getattr(method, "unseen", method)
    keeps_order = word in _KEEPS_ORDER or isinstance(find(word), Elementwise)

    @wraps(method)
    def called(*args: Any, **options: Any) -> Any:
        found = settled(plain(*args, **options), (*args, *options.values()))
        if keeps_order:
            _note_order(found, [*args, *options.values()])
        return seen(word, args[0], found, args[1:], options) if args else found

    return called


def see(word: str, source: Any, found: Any, args: tuple[Any, ...], options: Any) -> None:
    """Note that what a word gave of a tensor are views of it, where they are.

    Args:
        word: the name of the method.
        source: what it was called on.
        found: what it gave: one tensor, or a list of them.
        args: what it was given beside the tensor.
        options: what it was given by name.
    """
    parts = found if isinstance(found, list | tuple) else [found]
    for at, part in enumerate(parts):
        if hasattr(part, "place"):
            look = partial(looked, word, made=parts, at=at, args=args, options=options)
            folds = word == "ravel" or LOOKS[word] is _reshaped
            folds = folds and _folds(part.shape, source.shape)
            share(part, source, look, folds=folds, apart=word == "detach")


def _folds(made: tuple[int, ...], shape: tuple[int, ...]) -> bool:
    """Tell whether axes of more than one entry are joined or cut."""
    return [n for n in made if n != 1] != [n for n in shape if n != 1]


def seen(word: str, source: Any, found: Any, args: tuple[Any, ...], options: Any) -> Any:
    """Return what a word gave of a tensor: a view of it, itself, or what stands apart."""
    if word in _NUMPYS or not hasattr(source, "place"):
        return found
    if not (source.accumulates if source.tape is None else source.tape.tensors):
        return found
    if word == "contiguous":
        return source if in_order(source) else apart(source)
    if word == "flatten" and getattr(found, "shape", None) == source.shape:
        return source
    if word in LOOKS:
        found = _told_apart(source, found)
        see(word, source, found, args, options)
        return found
    if found is source:
        return source if word in SAME else apart(source)
    memory = getattr(getattr(source, "seat", None), "memory", None)
    for one in found if isinstance(found, list | tuple) else [found]:
        if one is not source and stands_in(one, memory):
            one.seat = None
    return found


def _note_order(made: Any, given: Any) -> None:
    """Note on a tensor that it may stand otherwise than row after row, as what it is made of."""
    if getattr(made, "tape", 0) is None and any(
        not in_order(one) for one in given if hasattr(one, "place")
    ):
        made.turned = True


def _told_apart(source: Any, found: Any) -> Any:
    """Return views that see all of a tensor as tensors of their own, where no gradient passes."""
    if isinstance(found, list | tuple):
        return type(found)(_told_apart(source, one) for one in found)
    if found is not source or not (QUIET or needs_no_gradient(source)):
        return found
    return MAKERS["floats"](source.value)


def seeing(word: str, method: Callable[..., Any]) -> Callable[..., Any]:
    """Return the method of nodes that notes what is a view of a tensor."""

    def called(self: Any, *args: Any, **options: Any) -> Any:
        found = method(self, *args, **options)
        if self.accumulates if self.tape is None else self.tape.tensors:
            return seen(word, self, found, args, options)
        return found

    called.__name__, called.__doc__ = word, method.__doc__
    called.unseen = method  # type: ignore[attr-defined]  # what tensors call, which note it once
    return called
