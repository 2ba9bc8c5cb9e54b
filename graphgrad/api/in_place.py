"""Change the numbers of tensors and parameters where they are, in PyTorch's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphgrad.api.leaf import Leaf
from graphgrad.api.numpy_words.choices import refusing
from graphgrad.api.numpy_words.of_tensors import MAKERS, needs_no_gradient
from graphgrad.api.recording.operators import QUIET
from graphgrad.errors import ShapeError, UsageError
from graphgrad.ops.shapes import shape_text

__all__ = ["CHANGES", "InPlace", "augmented", "plain_numbers", "put_in_place"]


class InPlace:
    """What is added to a leaf; a leaf with a gradient changes under ``no_grad`` only.

    Beside the methods here stand those of `CHANGES`, such as ``add_``.
    """

    __slots__ = ()

    value: Any
    shape: tuple[int, ...]
    requires_grad: Any
    accumulates: bool

    def _change(self, value: Any) -> None:
        """Take a new value, unless a graph that is recorded has the old one."""
        if self.requires_grad and not QUIET:
            raise UsageError("given.recorded")
        self.value = value

    @property
    def data(self) -> Any:
        """Return the value; of a tensor as one without a gradient, whose changes are its own."""
        return MAKERS["held"](self, self.value, "value") if self.accumulates else self.value

    @data.setter
    def data(self, value: Any) -> None:
        self.value = plain_numbers(value)

    @property
    def grad(self) -> Any:
        """Return what backward passes brought since it was last None or zero; None before."""
        brought = Leaf.grad.fget(self)  # type: ignore[attr-defined]  # a property
        if brought is None or not self.requires_grad:
            return None
        return MAKERS["held"](self, brought, "grad") if self.accumulates else brought

    @grad.setter
    def grad(self, value: Any) -> None:
        Leaf.grad.fset(self, plain_numbers(value))  # type: ignore[attr-defined]  # a property


def plain_numbers(x: Any) -> Any:
    """Return the value of a node, and anything else as it is."""
    return x.value if hasattr(x, "place") else x


def put_in_place(own: Any, new: Any) -> Any:
    """Return the numbers of what is put into a tensor; note where a gradient is lost by that."""
    if _brings_gradient(own, new):
        own.cut = repr(new)
    return plain_numbers(new)


def _brings_gradient(own: Any, new: Any) -> bool:
    held = getattr(own, "owner", None) is not None  # .data and .grad take numbers, as PyTorch's
    return not (held or QUIET) and hasattr(new, "place") and not needs_no_gradient(new)


def augmented(name: str, change: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``+=`` and its like: of a tensor without a gradient, the sum where one comes in."""
    operator = f"__{name}__"

    def changed(self: Any, other: Any) -> Any:
        if self.requires_grad or not _brings_gradient(self, other):
            return change(self, other)
        found = getattr(self, operator)(other)
        if found.shape != self.shape:
            raise _misfit(change.__name__, found.shape, self.shape)
        return found

    return changed


def _misfit(name: str, got: tuple[int, ...], shape: tuple[int, ...]) -> ShapeError:
    return ShapeError(
        "given.in_place_shape", name=name, got=shape_text(got), shape=shape_text(shape)
    )


def _changing(name: str, how: Callable[..., Any]) -> Callable[..., Any]:
    """Return the method that takes what a function makes of the numbers."""

    def changed(self: Any, *args: Any, **options: Any) -> Any:
        import numpy as np

        self.cut = None if name in _ANEW else self.cut
        given = [put_in_place(self, one) for one in args]
        named = {key: put_in_place(self, value) for key, value in options.items()}
        found = np.asarray(refusing(name, how)(np.array(self.value), *given, **named), dtype=float)
        if np.broadcast_shapes(found.shape, self.shape) != self.shape:
            raise _misfit(name, found.shape, self.shape)
        found = np.broadcast_to(found, self.shape)
        self._change(found if self.shape else float(found))
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


def _masked(own: Any, mask: Any, value: Any) -> Any:
    import numpy as np

    return np.where(np.asarray(mask).astype(bool), value, own)


_NUMPYS = ("abs", "exp", "log", "sqrt", "square", "tanh", "sin", "cos", "round", "floor", "ceil",
           "sign", "nan_to_num")  # fmt: skip
CHANGES: dict[str, Callable[..., Any]] = {f"{name}_": _numpys(name) for name in _NUMPYS}
"""PyTorch's methods that change numbers where they are, to what they make of an array."""
CHANGES |= {
    "add_": lambda own, other, *, alpha=1: own + alpha * other,
    "sub_": lambda own, other, *, alpha=1: own - alpha * other,
    "mul_": lambda own, other: own * other,
    "div_": lambda own, other: own / other,
    "pow_": lambda own, exponent: own**exponent,
    "addcmul_": lambda own, one, other, *, value=1: own + value * one * other,
    "addcdiv_": lambda own, one, other, *, value=1: own + value * one / other,
    "lerp_": lambda own, end, weight: own + weight * (end - own),
    "neg_": lambda own: -own,
    "reciprocal_": lambda own: 1 / own,
    "relu_": lambda own: own * (own > 0),
    "sigmoid_": lambda own: 0.5 * (1 + _numpys("tanh")(own / 2)),
    "clamp_": _clipped,
    "clip_": _clipped,
    "fill_": _numpys("full_like"),
    "zero_": _numpys("zeros_like"),
    "copy_": lambda own, other: other,
    "masked_fill_": _masked,
    "index_fill_": lambda own, dim, index, value: _entries(own, _along(dim, index), value),
    "index_copy_": lambda own, dim, index, source: _entries(own, _along(dim, index), source),
    "index_add_": _added_at,
    "scatter_": _scattered,
    "scatter_add_": _scatter_added,
}

_ANEW = frozenset({"copy_", "fill_", "zero_"})
"""What makes all numbers anew."""

for _name, _how in CHANGES.items():
    setattr(InPlace, _name, _changing(_name, _how))
