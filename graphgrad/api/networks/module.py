"""Build networks of modules, as `torch.nn.Module` does: attributes that are modules are children.

What a module computes are handles: ``model(x).backward()`` leaves gradients on its parameters, and
``gg.graph(loss)`` has a group for every layer.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from graphgrad.api.leaf import Leaf, forget_gradients
from graphgrad.api.networks.parameter import Parameter
from graphgrad.api.numpy_words.of_tensors import MAKERS
from graphgrad.errors import ShapeError, UsageError
from graphgrad.layers.doors.door import line_name
from graphgrad.messages.catalogue import near, text
from graphgrad.ops.shapes import shape_text

__all__ = ["Module"]

_TABLES = ("_parameters", "_buffers", "_modules")


class Module:
    """A network or a part of one; subclasses define ``__init__`` and ``forward``.

    >>> from graphgrad import nn
    >>> class Net(nn.Module):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.fc = nn.Linear(2, 1)
    ...     def forward(self, x):
    ...         return self.fc(x)
    >>> [name for name, _ in Net().named_parameters()]
    ['fc.weight', 'fc.bias']
    """

    _parameters: dict[str, Any]
    _buffers: dict[str, Any]
    _modules: dict[str, Any]
    training: bool
    _path: str

    def __new__(cls, *_args: Any, **_options: Any) -> Module:
        """Make the tables before ``__init__``, which may forget to call its parent's."""
        made = super().__new__(cls)
        for table in _TABLES:
            object.__setattr__(made, table, {})
        object.__setattr__(made, "training", True)
        object.__setattr__(made, "_path", "")
        return made

    def __init__(self) -> None:
        """Prepare nothing more."""

    # ---- attributes ----

    def __setattr__(self, name: str, value: Any) -> None:
        for table in _TABLES:
            if name in getattr(self, table):
                del getattr(self, table)[name]
        if isinstance(value, Leaf):
            self._parameters[name] = value
        elif isinstance(value, Module):
            self._modules[name] = value
        else:
            object.__setattr__(self, name, value)
            return
        self.__dict__.pop(name, None)
        self._rename()

    def __getattr__(self, name: str) -> Any:
        for table in _TABLES:
            held = self.__dict__.get(table, {})
            if name in held:
                return held[name]
        message = f"'{type(self).__name__}' object has no attribute {name!r}"
        raise AttributeError(message, name=name, obj=self)

    def __delattr__(self, name: str) -> None:
        for table in _TABLES:
            if name in getattr(self, table):
                del getattr(self, table)[name]
                return
        object.__delattr__(self, name)

    def __dir__(self) -> list[str]:
        held = (name for table in _TABLES for name in getattr(self, table))
        return sorted({*super().__dir__(), *held})

    def register_parameter(self, name: str, param: Leaf | None) -> None:
        """Hold a parameter under a name; None holds the place of one that is absent."""
        self._parameters[name] = param
        self._rename()

    def register_buffer(self, name: str, tensor: Any, persistent: bool = True) -> None:
        """Hold numbers that are saved with the module and not trained."""
        import numpy as np

        self._buffers[name] = np.array(tensor, dtype=float)

    def add_module(self, name: str, module: Module | None) -> None:
        """Hold a child under a name."""
        if not isinstance(name, str):
            raise UsageError("name.invalid", got=name)
        setattr(self, name, module)

    register_module = add_module

    def _rename(self) -> None:
        """Name all modules and parameters below after their places in the network."""
        for path, module in self.named_modules(prefix=self._path):
            object.__setattr__(module, "_path", path)
        for path, leaf in self.named_parameters(prefix=self._path):
            if isinstance(leaf, Parameter):
                leaf.rename(path)

    @property
    def line_name(self) -> str:
        """Return the name of the lines that a call of this module makes; empty for a network."""
        return line_name(self._path)

    # ---- computing ----

    def forward(self, *_args: Any, **_options: Any) -> Any:
        """Compute the output; every subclass says how."""
        raise UsageError("nn.no_forward", name=type(self).__name__)

    def __call__(self, *args: Any, **options: Any) -> Any:
        """Return what `forward` computes."""
        return self.forward(*args, **options)

    # ---- what it holds ----

    def children(self) -> Iterator[Module]:
        """Yield the modules held directly."""
        for _, child in self.named_children():
            yield child

    def named_children(self) -> Iterator[tuple[str, Module]]:
        """Yield names and modules held directly."""
        yield from ((name, child) for name, child in self._modules.items() if child is not None)

    def modules(self) -> Iterator[Module]:
        """Yield this module and all below it, each once."""
        for _, module in self.named_modules():
            yield module

    def named_modules(
        self, memo: Any = None, prefix: str = "", remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Module]]:
        """Yield names and modules, this one first, each once."""
        seen = [] if memo is None else memo
        waiting = [(prefix, self)]
        while waiting:
            name, module = waiting.pop(0)
            if remove_duplicate and any(module is other for other in seen):
                continue
            seen.append(module)
            yield name, module
            front = f"{name}." if name else ""
            waiting[:0] = [(f"{front}{key}", child) for key, child in module.named_children()]

    def parameters(self, recurse: bool = True) -> Iterator[Leaf]:
        """Yield the parameters, each once."""
        for _, leaf in self.named_parameters(recurse=recurse):
            yield leaf

    def named_parameters(
        self, prefix: str = "", recurse: bool = True, remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Leaf]]:
        """Yield names such as ``fc1.weight`` and parameters; a shared one once."""
        yield from self._held("_parameters", prefix, recurse, remove_duplicate)

    def buffers(self, recurse: bool = True) -> Iterator[Any]:
        """Yield the buffers."""
        for _, buffer in self.named_buffers(recurse=recurse):
            yield buffer

    def named_buffers(
        self, prefix: str = "", recurse: bool = True, remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Any]]:
        """Yield names and buffers, as running means of batch normalization."""
        yield from self._held("_buffers", prefix, recurse, remove_duplicate)

    def _held(
        self, table: str, prefix: str, recurse: bool, once: bool
    ) -> Iterator[tuple[str, Any]]:
        seen: list[Any] = []
        found = self.named_modules(prefix=prefix) if recurse else [(prefix, self)]
        for name, module in found:
            for key, value in getattr(module, table).items():
                if value is None or (once and any(value is other for other in seen)):
                    continue
                seen.append(value)
                yield (f"{name}.{key}" if name else key), value

    def get_parameter(self, target: str) -> Leaf:
        """Return a parameter by its name.

        Raises:
            UsageError: if there is none.
        """
        known = dict(self.named_parameters(remove_duplicate=False))
        if target not in known:
            raise UsageError("nn.no_parameter", name=target, near=near(target, known))
        return known[target]

    # ---- saving ----

    def state_dict(self) -> dict[str, Any]:
        """Return names and values of parameters and buffers, as arrays of their own.

        In PyTorch's words parameters are tensors, which have ``clone()``.
        """
        import numpy as np

        held = [*self._held("_parameters", "", True, False)]
        found: dict[str, Any] = {}
        for name, leaf in held:
            found[name] = (MAKERS["floats"] if leaf.accumulates else np.array)(leaf.value)
        for name, buffer in self._held("_buffers", "", True, False):
            found[name] = np.array(buffer)
        return found

    def load_state_dict(self, state_dict: Mapping[str, Any], strict: bool = True) -> None:
        """Take the values of a `state_dict`, PyTorch's too: what NumPy can read will do.

        Args:
            state_dict: names to arrays.
            strict: whether every name must be known and none may be missing.

        Raises:
            UsageError: if names are missing or unknown; nothing is changed then.
            ShapeError: if an array has another shape; nothing is changed then.
        """
        import numpy as np

        own = self.state_dict()
        missing = [name for name in own if name not in state_dict]
        unknown = [name for name in state_dict if name not in own]
        if strict and (missing or unknown):
            raise UsageError(
                "nn.state", missing=", ".join(missing) or "–", unknown=", ".join(unknown) or "–"
            )
        taken = {n: np.array(state_dict[n], dtype=float) for n in own if n in state_dict}
        for name, value in taken.items():
            if value.shape != own[name].shape:
                got, expected = shape_text(value.shape), shape_text(own[name].shape)
                raise ShapeError("shape.leaf_value", name=name, got=got, expected=expected)
        for name, leaf in self._held("_parameters", "", True, False):
            if name in taken:
                leaf.value = taken[name] if leaf.shape else float(taken[name])
        for path, module in self.named_modules(remove_duplicate=False):
            for key in module._buffers:
                name = f"{path}.{key}" if path else key
                if name in taken:
                    module._buffers[key] = taken[name]

    # ---- modes ----

    def train(self, mode: bool = True) -> Module:
        """Let dropout drop and batch normalization look at the batch, here and below."""
        for module in self.modules():
            object.__setattr__(module, "training", bool(mode))
        return self

    def eval(self) -> Module:
        """Do as at inference: no dropout, running statistics."""
        return self.train(False)

    def to(self, *_where: Any, **_options: Any) -> Module:
        """Return the module itself: here is one device, and numbers are of 64 bits."""
        return self

    cpu = float = double = to

    def requires_grad_(self, requires_grad: bool = True) -> Module:
        """Freeze or free all parameters."""
        for leaf in self.parameters():
            if isinstance(leaf, Parameter):
                leaf.requires_grad = requires_grad
        return self

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget gradients that add up; of others, say that ``backward`` overwrites them here."""
        if not forget_gradients(list(self.parameters()), to_none=set_to_none):
            warnings.warn(text("optim.zero_grad"), UserWarning, stacklevel=2)

    def apply(self, fn: Callable[[Module], Any]) -> Module:
        """Call a function on every module, children first."""
        for module in reversed(list(self.modules())):
            fn(module)
        return self

    # ---- telling ----

    def extra_repr(self) -> str:
        """Return what is told in brackets."""
        return ""

    def __repr__(self) -> str:
        lines = []
        for name, child in self.named_children():
            first, *rest = repr(child).split("\n")
            lines += [f"  ({name}): {first}", *(f"  {line}" for line in rest)]
        head = f"{type(self).__name__}({self.extra_repr()}"
        return "\n".join([head, *lines, ")"]) if lines else f"{head})"
