"""Change the numbers of tensors and parameters where they are, in PyTorch's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from weakref import ref

from graphgrad.api.handle import Handle
from graphgrad.api.leaf import Leaf
from graphgrad.api.numpy_words.choices import refusing
from graphgrad.api.numpy_words.memory import (
    become_node,
    change_node,
    change_seen_leaf,
    is_there,
    lose,
    put,
    renumbered,
    share,
)
from graphgrad.api.numpy_words.of_tensors import MAKERS, needs_no_gradient, stands_on_tensors
from graphgrad.api.recording.operators import QUIET, recording
from graphgrad.api.subscripts import present
from graphgrad.errors import InPlaceError, ShapeError, UsageError
from graphgrad.ops.shapes import shape_text

__all__ = ["AUGMENTED", "CHANGES", "InPlace", "augmented", "handed_on", "plain_numbers"]


class InPlace:
    """What is added to a leaf; a leaf with a gradient changes under ``no_grad`` only.

    Beside the methods here stand those of `CHANGES`, such as ``add_``.
    """

    __slots__ = ()

    value: Any
    shape: tuple[int, ...]
    requires_grad: Any
    accumulates: bool
    seat: Any
    shown: Any
    follows = False
    """Whether it becomes a node where what has a gradient is put into it."""

    def __setitem__(self, key: Any, new: Any) -> None:
        import numpy as np

        if not self.accumulates:
            raise UsageError("handle.assigned", node=repr(self))
        if is_there(self, _plain_key(key), new):
            return
        if _follows(self, [new]):
            become_node(self, _with_entries(self, key, new))
            return
        changed = np.array(self.value)
        refusing("__setitem__", changed.__setitem__)(_plain_key(key), plain_numbers(new))
        self._change(changed if self.shape else float(changed), [new])

    def _change(self, value: Any, given: Iterable[Any] = ()) -> str | None:
        """Take a new value, unless a graph that is recorded has the old one.

        Args:
            value: the numbers.
            given: what they were made from; a gradient that passes through it is lost.

        Returns:
            what brought a gradient that is lost, or None.
        """
        if self.requires_grad and not QUIET:
            raise InPlaceError("given.recorded")
        self.value = value
        cut = next(filter(None, (_lost_by(self, one) for one in given)), None)
        if cut is not None:
            lose(self, cut)
        return cut

    @property
    def data(self) -> Any:
        """Return the value; of a tensor as one without a gradient, whose changes are its own."""
        return MAKERS["held"](self, self.value, "value") if self.accumulates else self.value

    @data.setter
    def data(self, value: Any) -> None:
        self.seat = None
        self.value = plain_numbers(value)
        if isinstance(value, Leaf) and self.accumulates:
            share(self, value, lambda a: a, apart=True)

    @property
    def grad(self) -> Any:
        """Return what backward passes brought since it was last None or zero; None before."""
        brought = Leaf.grad.fget(self)  # type: ignore[attr-defined]  # a property
        if brought is None or not self.requires_grad:
            return None
        if not self.accumulates:
            return brought
        held = self.shown and self.shown()
        if held is None:
            held = MAKERS["held"](self, brought, "grad")
            self.shown = ref(held)
        return held

    @grad.setter
    def grad(self, value: Any) -> None:
        Leaf.grad.fset(self, plain_numbers(value))  # type: ignore[attr-defined]  # a property


def _plain_key(key: Any) -> Any:
    """Return a subscript with nodes of whole numbers and of truth values as arrays of them."""
    parts = key if isinstance(key, tuple) else (key,)
    read = tuple(present(part) if hasattr(part, "place") else part for part in parts)
    return read if isinstance(key, tuple) else read[0]


def plain_numbers(x: Any) -> Any:
    """Return the value of a node, and anything else as it is."""
    return x.value if hasattr(x, "place") else x


def _lost_by(own: Any, new: Any) -> str | None:
    """Return what brings a gradient that a tensor does not keep, where something does."""
    if _brings_gradient(own, new):
        return repr(new)
    return None if QUIET else getattr(new, "cut", None)


def _brings_gradient(own: Any, new: Any) -> bool:
    held = getattr(own, "owner", None) is not None  # .data and .grad take numbers, as PyTorch's
    return not (held or QUIET) and hasattr(new, "place") and not needs_no_gradient(new)


def _follows(own: Any, given: Iterable[Any]) -> bool:
    """Tell whether a tensor becomes a node by what it is changed with."""
    able = own.follows and not own.requires_grad
    return able and any(_brings_gradient(own, one) for one in given)


def _with_entries(own: Any, key: Any, new: Any) -> Any:
    """Return the node that has other entries at a subscript."""
    import numpy as np

    places = np.arange(own.size).reshape(own.shape)
    at = refusing("__setitem__", places.__getitem__)(_plain_key(key))
    return refusing("__setitem__", put)(own, at, new)


def augmented(name: str, change: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``+=`` and its like: of a tensor without a gradient, the sum where one comes in."""
    operator = f"__{name}__"

    def changed(self: Any, other: Any) -> Any:
        if not _follows(self, [other]):
            return change(self, other)
        return become_node(self, _fitting(change.__name__, self, getattr(self, operator)(other)))

    return changed


def _fitting(name: str, own: Any, made: Any) -> Any:
    """Return what a change in place makes of a tensor, which keeps its shape."""
    if made.shape != own.shape:
        raise _misfit(name, made.shape, own.shape)
    return made


def _misfit(name: str, got: tuple[int, ...], shape: tuple[int, ...]) -> ShapeError:
    return ShapeError(
        "given.in_place_shape", name=name, got=shape_text(got), shape=shape_text(shape)
    )


def _changing(name: str, how: Callable[..., Any]) -> Callable[..., Any]:
    """Return the method that takes what a function makes of the numbers."""

    def changed(self: Any, *args: Any, **options: Any) -> Any:
        import numpy as np

        if _follows(self, [*args, *options.values()]):
            made = refusing(name, _ON_NODES[name])(self, *args, **options)
            return become_node(self, _fitting(name, self, made))
        given = list(map(plain_numbers, args))
        named = {key: plain_numbers(value) for key, value in options.items()}
        found = np.asarray(refusing(name, how)(np.array(self.value), *given, **named), dtype=float)
        if np.broadcast_shapes(found.shape, self.shape) != self.shape:
            raise _misfit(name, found.shape, self.shape)
        found = np.broadcast_to(found, self.shape)
        numbers = found if self.shape else float(found)
        lost = self._change(numbers, [*args, *options.values()])
        if name in _ANEW and lost is None and not QUIET:
            self.cut = None
        return self

    changed.__name__ = name
    changed.__doc__ = how.__doc__ or f"Set the numbers to what {name[:-1]} makes of them."
    return changed


def _numpys(name: str) -> Callable[..., Any]:
    def call(own: Any, *args: Any) -> Any:
        import numpy as np

        return getattr(np, name)(own, *args)

    return call


def _entries(own: Any, key: Any, value: Any) -> Any:
    own[key] = value
    return own


def _along(dim: int, index: Any) -> tuple[Any, ...]:
    import numpy as np

    return (*(slice(None),) * dim, np.asarray(index).astype(int))


def _added_at(own: Any, dim: int, index: Any, source: Any, *, alpha: float = 1) -> Any:
    """Add rows of another tensor at places along an axis, each as often as it is named."""
    import numpy as np

    np.add.at(own, _along(dim % own.ndim, index), alpha * np.asarray(source))
    return own


def _scattered(own: Any, dim: int, index: Any, src: Any = None, *, value: Any = None) -> Any:
    """Set the entries that an index names along an axis, as one-hot codes are made."""
    import numpy as np

    at = np.asarray(index).astype(int)
    new = np.asarray(value if src is None else src, dtype=float)
    new = new[tuple(map(slice, at.shape))] if new.ndim else new
    np.put_along_axis(own, at, new, axis=dim)
    return own


def _scatter_added(own: Any, dim: int, index: Any, src: Any) -> Any:
    """Add entries at the places that an index names along an axis."""
    import numpy as np

    at = np.asarray(index).astype(int)
    places: list[Any] = [*np.indices(at.shape)]
    places[dim] = at
    np.add.at(own, tuple(places), np.asarray(src)[tuple(map(slice, at.shape))])
    return own


def _clipped(own: Any, min: Any = None, max: Any = None) -> Any:
    import numpy as np

    return np.clip(own, min, max)


def _below(own: Any, max: Any) -> Any:
    return _clipped(own, max=max)


def _masked(own: Any, mask: Any, value: Any) -> Any:
    import numpy as np

    return np.where(np.asarray(mask).astype(bool), value, own)


def _with_diagonal(own: Any, value: Any) -> Any:
    import numpy as np

    np.fill_diagonal(own, value)
    return own


_NUMPYS = ("abs", "exp", "log", "sqrt", "square", "tanh", "sin", "cos", "round", "floor", "ceil",
           "sign", "nan_to_num", "expm1", "log1p", "trunc")  # fmt: skip
CHANGES: dict[str, Callable[..., Any]] = {f"{name}_": _numpys(name) for name in _NUMPYS}
"""PyTorch's methods that change numbers where they are, to what they make of an array."""
CHANGES |= {
    "add_": lambda own, other, *, alpha=1: own + alpha * other,
    "sub_": lambda own, other, *, alpha=1: own - alpha * other,
    "floor_divide_": lambda own, other: _numpys("floor")(own / other),
    "mul_": lambda own, other: own * other,
    "div_": lambda own, other: own / other,
    "pow_": lambda own, exponent: own**exponent,
    "addcmul_": lambda own, one, other, *, value=1: own + value * one * other,
    "addcdiv_": lambda own, one, other, *, value=1: own + value * one / other,
    "lerp_": lambda own, end, weight: own + weight * (end - own),
    "neg_": lambda own: -own,
    "reciprocal_": lambda own: 1 / own,
    "relu_": lambda own: _numpys("maximum")(own, 0),
    "remainder_": lambda own, other: own % other,
    "sigmoid_": lambda own: 0.5 * (1 + _numpys("tanh")(own / 2)),
    "clamp_": _clipped,
    "clamp_max_": _below,
    "clamp_min_": _clipped,
    "clip_": _clipped,
    "fill_": _numpys("full_like"),
    "fill_diagonal_": _with_diagonal,
    "zero_": _numpys("zeros_like"),
    "copy_": lambda own, other: other,
    "masked_fill_": _masked,
    "index_fill_": lambda own, dim, index, value: _entries(own, _along(dim, index), value),
    "index_copy_": lambda own, dim, index, source: _entries(own, _along(dim, index), source),
    "index_add_": _added_at,
    "scatter_": _scattered,
    "scatter_add_": _scatter_added,
}

AUGMENTED = {
    "add": "add", "sub": "sub", "mul": "mul", "div": "truediv", "pow": "pow",
    "floor_divide": "floordiv", "remainder": "mod",
}  # fmt: skip
"""Methods that change numbers where they are, to the operators that do."""
_ANEW = frozenset({"copy_", "fill_", "zero_"})
"""What makes all numbers anew."""

for _name, _how in CHANGES.items():
    setattr(InPlace, _name, _changing(_name, _how))


# ---- nodes that are computed from tensors ----


def _scattered_node(own: Any, dim: int, index: Any, src: Any = None, *, value: Any = None) -> Any:
    new, places = value if src is None else src, _named(own, dim, index)
    return put(own, places, _front(new, places.shape))


def _scatter_added_node(own: Any, dim: int, index: Any, src: Any) -> Any:
    places = _named(own, dim, index)
    return own + _spread(own, places, _front(src, places.shape))


def _added_at_node(own: Any, dim: int, index: Any, source: Any, *, alpha: float = 1) -> Any:
    return own + _spread(own, _rows_of(own, dim, index), alpha * source)


def _diagonal_places(own: Any) -> Any:
    """Return the places of the entries whose subscripts are equal."""
    import numpy as np

    return np.diagonal(np.arange(own.size).reshape(own.shape))


def _rows_of(own: Any, dim: int, index: Any) -> Any:
    """Return the places of the parts that an index names along an axis."""
    import numpy as np

    return np.arange(own.size).reshape(own.shape)[_along(dim % own.ndim, index)]


def _named(own: Any, dim: int, index: Any) -> Any:
    """Return the place of every entry that an index names along an axis."""
    import numpy as np

    at = np.asarray(index).astype(int)
    places = np.arange(own.size).reshape(own.shape)[tuple(map(slice, _without(at.shape, dim, own)))]
    return np.take_along_axis(places, at, axis=dim)


def _without(shape: tuple[int, ...], dim: int, own: Any) -> list[int]:
    """Return the shape of an index, as long as the tensor along the axis that it names."""
    lengths = list(shape)
    lengths[dim] = own.shape[dim]
    return lengths


def _front(new: Any, shape: tuple[int, ...]) -> Any:
    """Return as many entries of a tensor, from its beginning, as an index names."""
    return new[tuple(map(slice, shape))] if getattr(new, "shape", ()) else new


def _spread(own: Any, places: Any, new: Any) -> Any:
    """Return zeros of a tensor's shape with entries added up at their places."""
    flat = tuple(int(at) for at in places.ravel())
    entries = own.applied("broadcast", new, shape=places.shape).reshape(-1)
    return own.applied("scatter_at", entries, at=flat, shape=own.shape)


_ON_NODES: dict[str, Callable[..., Any]] = dict(CHANGES)
_ON_NODES |= {
    "clamp_": lambda own, *bounds, **named: own.clip(*bounds, **named),
    "clamp_max_": lambda own, *most, **named: own.clip(None, *most, **named),
    "clamp_min_": lambda own, *least, **named: own.clip(*least, **named),
    "clip_": lambda own, *bounds, **named: own.clip(*bounds, **named),
    "fill_diagonal_": lambda own, value: put(own, _diagonal_places(own), value),
    "copy_": lambda own, other: own.applied("where", 0, own, other),
    "fill_": lambda own, value: own.applied("where", 0, own, value),
    "index_add_": _added_at_node,
    "index_copy_": lambda own, dim, index, new: put(own, _rows_of(own, dim, index), new),
    "index_fill_": lambda own, dim, index, new: put(own, _rows_of(own, dim, index), new),
    "masked_fill_": lambda own, mask, value: own.masked_fill(mask, value),
    "nan_to_num_": lambda own, nan=0.0: own.nan_to_num(nan),
    "relu_": lambda own: own.relu(),
    "scatter_": _scattered_node,
    "scatter_add_": _scatter_added_node,
    "sigmoid_": lambda own: own.sigmoid(),
    "zero_": lambda own: own.applied("where", 0, own, 0),
}
"""The same changes of what was computed with a gradient; a copy keeps nothing of what was there."""


def _of_tensors(handle: Any) -> bool:
    tape = handle.tape
    return tape is not None and tape.tensors and stands_on_tensors(handle)


def _become(handle: Any, name: str, made: Any) -> Any:
    """Let a node become what a change in place makes of it."""
    made = _fitting(name, handle, made)
    if not QUIET:
        return change_node(handle, made)
    numbers = plain_numbers(made)
    if change_seen_leaf(handle, numbers):
        return handle
    with recording():
        return change_node(handle, renumbered(handle, numbers))


def _changing_node(name: str, how: Callable[..., Any]) -> Callable[..., Any]:
    def changed(self: Any, *args: Any, **options: Any) -> Any:
        if not _of_tensors(self):
            raise UsageError("handle.in_place", name=name, node=repr(self), made=name[:-1])
        return _become(self, name, refusing(name, how)(self, *args, **options))

    changed.__name__ = name
    changed.__doc__ = f"Become what {name[:-1]} makes of the node, and its views with it."
    return changed


def _augmented_node(name: str) -> Callable[..., Any]:
    operator = f"__{name}__"

    def changed(self: Any, other: Any) -> Any:
        if not _of_tensors(self):
            return NotImplemented
        return _become(self, operator, getattr(self, operator)(other))

    return changed


def _set_entries(self: Any, key: Any, new: Any) -> None:
    """Let a node become one with other entries; of what is no tensor, say what to write."""
    if not _of_tensors(self):
        raise UsageError("handle.assigned", node=repr(self))
    if not is_there(self, _plain_key(key), new):
        _become(self, "__setitem__", _with_entries(self, key, new))


for _name, _how in _ON_NODES.items():
    setattr(Handle, _name, _changing_node(_name, _how))
for _name in AUGMENTED.values():
    setattr(Handle, f"__i{_name}__", _augmented_node(_name))
Handle.__setitem__ = _set_entries  # type: ignore[method-assign]  # handles know of no tensors


_IDLE, _MASKS = ("identity", "flatten"), ("dropout", "inverted_dropout")


def handed_on(row: Any, made: Any, given: Any, told: Any, *, training: bool) -> Any:
    """Return what a layer made of a tensor, as PyTorch hands it on.

    With ``inplace=True`` it is the tensor itself, which has changed; where the layer does nothing,
    as dropout at inference, what changes in one changes in the other.

    Args:
        row: the layer.
        made: what it computed.
        given: what it was computed from.
        told: the arguments of the call by name.
        training: whether masks are drawn.
    """
    if not (isinstance(given, Handle) and isinstance(made, Handle) and stands_on_tensors(given)):
        return made
    if told.get("inplace") and given.tape is not None:
        return _become(given, row.name, made)
    if told.get("inplace") and isinstance(given, InPlace):
        given._change(made.value)
        return given
    idle = row.name in _IDLE or (row.name in _MASKS and not training)
    if idle and made is not given:
        share(made, given, lambda a: a.reshape(made.shape))
    return made
