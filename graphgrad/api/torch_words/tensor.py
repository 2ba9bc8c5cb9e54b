"""Hold what PyTorch calls a tensor: a leaf whose gradients add up and whose entries may be set.

Whole numbers and truth values are arrays of their own: they pick entries and never have a gradient.
"""

from __future__ import annotations

from contextlib import ContextDecorator
from typing import Any

from graphgrad.api.in_place import AUGMENTED, CHANGES, InPlace, augmented, plain_numbers
from graphgrad.api.leaf import Leaf, become_computed
from graphgrad.api.numpy_words.looks import settling
from graphgrad.api.numpy_words.memory import in_order, share
from graphgrad.api.numpy_words.of_tensors import MAKERS, shown_as_tensor
from graphgrad.api.recording.operators import recording
from graphgrad.api.torch_words.whole_numbers import whole_numbers
from graphgrad.graph.kinds import leaf_kind
from graphgrad.ops.registry import code_of

__all__ = [
    "Held", "Tensor", "as_tensor", "enable_grad", "no_grad", "set_grad_enabled", "tensor",
    "whole_numbers",
]  # fmt: skip


class Tensor(InPlace, Leaf):
    """A number or an array that PyTorch's lessons compute with.

    Args:
        data: a number, a nested list or an array of floats.
        requires_grad: whether backward passes bring it a gradient; each adds to the last.

    >>> w = Tensor([1.0, 2.0], requires_grad=True)
    >>> for _ in range(2):
    ...     (w * w).sum().backward()
    >>> w.grad.tolist()
    [4.0, 8.0]
    """

    __slots__ = ()
    follows = True

    def __init__(self, data: Any, requires_grad: bool = False) -> None:
        super().__init__("tensor", data, "param" if requires_grad else "input")
        self.anonymous = self.accumulates = True

    # ---- gradients ----

    @property
    def requires_grad(self) -> bool:
        """Tell whether backward passes bring it a gradient; may be assigned."""
        return self.op == "param"

    @requires_grad.setter
    def requires_grad(self, asked: bool) -> None:
        self.op = "param" if asked else "input"
        self.kind = leaf_kind(code_of(self.op), self.shape)
        self.spot = (0, 0)

    def requires_grad_(self, asked: bool = True) -> Tensor:
        """Set `requires_grad` and return the tensor."""
        self.requires_grad = asked
        return self

    @property
    def is_leaf(self) -> bool:
        """Tell that it was given, not computed."""
        return True

    def detach(self) -> Tensor:
        """Return a tensor without a gradient whose changes are this one's too."""
        made = Tensor(self.value)
        share(made, self, lambda a: a, apart=True)
        return made

    def clone(self) -> Any:
        """Return a copy; that of a parameter is a node of its graph."""
        if self.requires_grad:
            return self.applied("identity", self)
        made = Tensor(self.value)
        made.cut, made.turned = self.cut, not in_order(self)
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle a tensor with its gradient."""
        grad = self.grad
        return _restored, (self.exact, self.requires_grad, None if grad is None else grad.numpy())

    def numpy(self) -> Any:
        """Return the numbers as an array of their own."""
        import numpy as np

        return np.array(self.value)

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        """Let NumPy read the numbers of a tensor that has no gradient, as PyTorch does."""
        import numpy as np

        if self.requires_grad:
            return Leaf.__array__(self, dtype, copy)
        return np.array(self.value, dtype=dtype)

    # ---- in place ----

    def __repr__(self) -> str:
        return shown_as_tensor(self.value, "requires_grad=True" if self.requires_grad else "")


for _name, _python in AUGMENTED.items():
    setattr(Tensor, f"__i{_python}__", augmented(_python, getattr(InPlace, f"{_name}_")))

_ITSELF = frozenset(
    {"applied", "backward", "data", "dim", "graph", "item", "nelement", "numel", "numpy",
     "place", "retain_grad", "size", "tolist", "trace", "used_on", "value", *CHANGES}
)  # fmt: skip
"""What is asked of a tensor, and makes no other one."""
_OPERATORS = (
    "add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "matmul", "rmatmul", "pow",
    "rpow", "mod", "rmod", "floordiv", "rfloordiv", "gt", "lt", "ge", "le", "eq", "ne", "neg",
    "abs", "and", "rand", "or", "ror", "invert", "round", "getitem", "array_ufunc",
    "array_function",
)  # fmt: skip


def _settle_methods() -> None:
    """Let every method of nodes make tensors of tensors that have no gradient."""
    own = vars(Tensor)
    inherited = [f"__{name}__" for name in _OPERATORS]
    inherited += [name for name in dir(Leaf) if name[0] != "_" and name not in _ITSELF]
    for name in inherited:
        if name in own:
            continue
        found = getattr(Leaf, name)
        if isinstance(found, property) and name in ("T", "mT", "H"):
            getter: Any = found.fget
            setattr(Tensor, name, property(settling(getter, name)))
        elif callable(found) and not isinstance(found, property):
            setattr(Tensor, name, settling(found, name))
    Tensor.__hash__ = Leaf.__hash__  # type: ignore[method-assign]  # == is of the entries


_settle_methods()


def _restored(numbers: Any, requires_grad: bool, gradient: Any) -> Tensor:
    """Return a tensor that was copied or pickled."""
    made = Tensor(numbers, requires_grad)
    if gradient is not None:
        made.grad = gradient if made.shape else float(gradient)
    return made


class Held(Tensor):
    """The numbers, or the gradient, of a tensor; what changes here changes there.

    >>> w = tensor([1.0, 2.0], requires_grad=True)
    >>> w.data.add_(tensor([1.0, 1.0]), alpha=-0.5).tolist(), w.tolist()
    ([0.5, 1.5], [0.5, 1.5])
    """

    __slots__ = ("owner", "part")
    follows = False

    def __init__(self, owner: Any, numbers: Any, part: str) -> None:
        super().__init__(numbers)
        self.owner, self.part = owner, part
        if part == "value":
            share(self, owner, lambda a: a, apart=True)

    def renumber(self, value: Any) -> None:
        """Take other numbers; those of a gradient are the gradient of the tensor they are of."""
        super().renumber(value)
        shown = self.owner.shown
        if self.part == "grad" and shown is not None and shown() is self:
            self.owner.grad = self.floats()
            self.owner.shown = shown


MAKERS.update(floats=Tensor, whole=whole_numbers, held=Held, computed=become_computed)


def tensor(data: Any, dtype: Any = None, requires_grad: bool = False, device: Any = None) -> Any:
    """Return numbers as a tensor: floats with a gradient if asked, whole numbers without.

    Args:
        data: a number, a nested list, an array, or a tensor.
        dtype: a type of NumPy; floats stay 64 bits long unless an array is float32.
        requires_grad: whether it gets a gradient.
        device: ignored.

    >>> tensor([1, 2]).tolist(), tensor([1.5], requires_grad=True)
    ([1, 2], tensor([1.5], requires_grad=True))
    """
    import numpy as np

    array = np.asarray(plain_numbers(data))
    wanted = np.dtype(dtype).kind if dtype is not None else array.dtype.kind
    if wanted in "iub" and not requires_grad:
        return whole_numbers(array.astype(dtype if dtype is not None else array.dtype))
    return Tensor(array.astype(float) if array.shape else float(array), requires_grad)


def as_tensor(data: Any, dtype: Any = None, device: Any = None, **options: Any) -> Any:
    """Return a tensor as it is, where it has the type; anything else as a new one."""
    whole = getattr(data, "is_tensor", False) and not hasattr(data, "place")
    if not hasattr(data, "place") and not whole:
        return tensor(data, dtype=dtype, **options)
    return data if dtype is None else data.to(dtype=dtype)


class no_grad(ContextDecorator):  # noqa: N801  # PyTorch's name
    """Compute without a graph, and allow tensors to be changed in place.

    >>> w = tensor(1.0, requires_grad=True)
    >>> y = w * 2
    >>> with no_grad():
    ...     w -= 0.5
    ...     (y * 3).requires_grad
    False
    >>> w.item()
    0.5
    """

    wanted = False

    def __new__(cls, function: Any = None) -> Any:
        """Return a block, or a function that runs in one, as in a decorator without brackets."""
        made = super().__new__(cls)
        if not callable(function):
            return made
        return cls()(function)

    def __init__(self) -> None:
        self.entered: list[Any] = []

    def __enter__(self) -> None:
        self.entered.append(recording(wanted=self.wanted))
        self.entered[-1].__enter__()

    def __exit__(self, *error: Any) -> None:
        self.entered.pop().__exit__(*error)


class enable_grad(no_grad):  # noqa: N801  # PyTorch's name
    """Record again inside a block that does not."""

    wanted = True


class set_grad_enabled(no_grad):  # noqa: N801  # PyTorch's name
    """Record or not, as told, until the block ends."""

    def __init__(self, mode: bool) -> None:
        super().__init__()
        self.wanted = bool(mode)
