"""Find what the module `torch` calls something: makers, functions of nodes, layers, optimizers.

Functions come from the rows, from NumPy's words and from the methods of nodes; layers and
optimizers are those of `gg.nn` and `gg.optim`, with gradients that add up.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import ModuleType, SimpleNamespace
from typing import Any

from graphgrad.api.functions import function_of
from graphgrad.api.handle import Handle
from graphgrad.api.in_place import CHANGES, plain_numbers
from graphgrad.api.leaf import Leaf
from graphgrad.api.networks import nn as networks
from graphgrad.api.networks.module import Module
from graphgrad.api.networks.parameter import Parameter
from graphgrad.api.numpy_words.choices import refusing
from graphgrad.api.numpy_words.looks import settling
from graphgrad.api.numpy_words.memory import share
from graphgrad.api.numpy_words.of_tensors import MAKERS as HOOKS
from graphgrad.api.numpy_words.protocol import words
from graphgrad.api.numpy_words.ufuncs import MADE, ROW_OF
from graphgrad.api.recording.operators import QUIET
from graphgrad.api.torch_words.making import MAKERS, Generator
from graphgrad.api.torch_words.modules import MODULES
from graphgrad.api.torch_words.tensor import (
    Tensor,
    enable_grad,
    no_grad,
    set_grad_enabled,
    tensor,
    whole_numbers,
)
from graphgrad.errors import UsageError
from graphgrad.layers.doors.binding import no_member
from graphgrad.ops.registry import function_names

__all__ = ["find_layer", "find_word", "known_words"]

_SPELLED = {
    "cat": "concatenate", "concat": "concatenate", "clamp": "clip", "arctan2": "arctan2",
    "mul": "multiply", "div": "divide", "sub": "subtract",
    "eq": "equal", "ne": "not_equal", "gt": "greater", "lt": "less", "ge": "greater_equal",
    "le": "less_equal", "pow": "power", "row_stack": "vstack", "trapz": "trapezoid",
    "swapdims": "swapaxes", "movedim": "moveaxis", "neg": "negative", "logical_not": "logical_not",
}  # fmt: skip
_AS_IN_NUMPY = {"dim": "axis", "keepdim": "keepdims"}
_FROM_NUMPY = frozenset(
    {
        "stack",
        "allclose",
        "all",
        "any",
        "argsort",
        "isnan",
        "isfinite",
        "nonzero",
        "isin",
        "bincount",
        "column_stack",
        "trapezoid",
    }
)
REFUSED = {
    "load": "given.no_pickle", "save": "given.no_pickle", "vmap": "given.no_vmap",
    "eig": "given.no_factors", "kthvalue": "given.no_kthvalue",
}  # fmt: skip
"""What PyTorch has and lessons ask for, to the message that says what to write instead."""


class _OfTensors(type):
    """What every node is an instance of, given or computed."""

    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, Handle)


class AnyTensor(metaclass=_OfTensors):
    """What a lesson calls ``torch.Tensor``: nodes are instances, called it makes one of floats."""

    def __new__(cls, data: Any) -> Any:
        return Tensor(data)


_AS_METHODS = frozenset(
    {"argmax", "argmin", "cumprod", "cumsum", "median", "norm", "permute", "round", "select",
     "sort", "split", "std", "topk", "transpose", "var"}
)  # fmt: skip
"""Functions whose defaults are those of the methods, which follow PyTorch for tensors."""


@cache
def _own() -> dict[str, Any]:
    import numpy as np

    makers = {name: refusing(f"torch.{name}", make) for name, make in MAKERS.items()}
    return makers | _types() | MODULES | {
        "Generator": Generator,
        "Size": tuple,
        "Tensor": AnyTensor,
        "FloatTensor": AnyTensor,
        "DoubleTensor": AnyTensor,
        "LongTensor": refusing("LongTensor", lambda data: tensor(data, dtype=np.int64)),
        "cuda": SimpleNamespace(
            is_available=lambda: False, device_count=lambda: 0, manual_seed=lambda _seed: None,
            manual_seed_all=lambda _seed: None,
        ),
        "compile": lambda model=None, **_options: model,
        "device": str,
        "e": np.e,
        "enable_grad": enable_grad,
        "get_default_dtype": lambda: np.float64,
        "inf": np.inf,
        "inference_mode": no_grad,
        "is_floating_point": lambda x: getattr(x, "dtype", np.dtype(int)).kind == "f",
        "is_grad_enabled": lambda: not QUIET,
        "is_tensor": lambda x: isinstance(x, Handle) or getattr(x, "is_tensor", False),
        **dict.fromkeys(("mm", "bmm", "mv"), refusing("torch.mm", lambda a, b: a @ b)),
        "max": refusing("torch.max", _choosing("max", "maximum")),
        "min": refusing("torch.min", _choosing("min", "minimum")),
        "nan": np.nan,
        "no_grad": no_grad,
        "pi": np.pi,
        "set_default_dtype": lambda _dtype: None,
        "set_grad_enabled": set_grad_enabled,
        "set_num_threads": lambda _count: None,
        "set_printoptions": lambda **_options: None,
        "manual_seed": MAKERS["manual_seed"],
    }  # fmt: skip


def _types() -> dict[str, Any]:
    """Return PyTorch's types: floats are of 64 bits here, whatever they are called."""
    import numpy as np

    floats = ("float", "double", "float32", "float64", "half", "float16", "bfloat16")
    whole = {
        "int": np.int64, "long": np.int64, "int32": np.int32, "int64": np.int64, "bool": np.bool_,
        "short": np.int16, "int16": np.int16, "int8": np.int8, "uint8": np.uint8,
    }  # fmt: skip
    return dict.fromkeys(floats, np.float64) | whole | {"dtype": np.dtype}


def _choosing(op: str, beside: str) -> Callable[..., Any]:
    """Return torch.max or torch.min: of one tensor along an axis, or of two tensors."""

    def choose(x: Any, *args: Any, **options: Any) -> Any:
        if args and hasattr(args[0], "place"):
            return x.applied(beside, x, args[0])
        return getattr(x, op)(*args, **options)

    return choose


def find_word(name: str) -> Any:
    """Return what ``torch.name`` is.

    Raises:
        AttributeError: if there is none, with the names that are near.

    >>> x = find_word("tensor")([1.0, 2.0], requires_grad=True)
    >>> find_word("tanh")(x).sum().backward(); len(x.grad)
    2
    """
    own = _own()
    if name in own:
        return own[name]
    if name.startswith("_"):
        raise AttributeError(name)
    if name in CHANGES:
        return refusing(
            f"torch.{name}", lambda x, *args, **options: getattr(x, name)(*args, **options)
        )
    return settling(_function(name), name)


def _function(name: str) -> Any:
    """Return the function of nodes that PyTorch calls by a name."""
    if name in _AS_METHODS:
        return getattr(Handle, name)
    spelled = _SPELLED.get(name, name)
    if name in _FROM_NUMPY or spelled != name:
        return _numpys(spelled)
    found = function_of(name)
    if found is not None:
        return _in_pytorchs_words(found)
    if spelled in words():
        return _numpys(spelled)
    method = getattr(Handle, name, None)
    if callable(method):
        return method
    if name in REFUSED:
        return _refusing(name)
    raise no_member("torchlike", name, known_words())


def _refusing(name: str) -> Callable[..., Any]:
    """Return a function that says what to write instead."""

    def refuse(*_args: Any, **_options: Any) -> Any:
        raise UsageError(REFUSED[name], word=f"torch.{name}")

    return refuse


def _in_pytorchs_words(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of rows that takes dim for axis."""

    def called(*args: Any, **options: Any) -> Any:
        return function(*args, **{_AS_IN_NUMPY.get(k, k): v for k, v in options.items()})

    called.__name__, called.__doc__ = function.__name__, function.__doc__
    return called


def _numpys(name: str) -> Callable[..., Any]:
    """Return NumPy's function in PyTorch's words; plain answers are tensors of whole numbers."""

    def called(*args: Any, **options: Any) -> Any:
        import numpy as np

        given = {_AS_IN_NUMPY.get(k, k): v for k, v in options.items()}
        places: tuple[Any, ...] = (np, np.linalg)
        function = next((getattr(place, name) for place in places if hasattr(place, name)), None)
        made: Any = function or MADE.get(name) or function_of(ROW_OF.get(name, name))
        found = refusing(f"torch.{name}", made)(*args, **given)
        plain = isinstance(found, np.ndarray | np.generic) and found.dtype.kind in "iub"
        return whole_numbers(found) if plain else found

    called.__name__ = name
    return called


def known_words() -> list[str]:
    """Return the names that `find_word` surely has."""
    return sorted({*_own(), *_SPELLED, *words(), *function_names()})


@cache
def find_layer(name: str) -> Any:
    """Return what ``torch.nn.name`` is: of a layer, a class whose gradients add up.

    Raises:
        AttributeError: if there is none.
    """
    known = dir(networks)
    if name not in known and not name.startswith("_"):
        raise no_member("torchlike.nn", name, known)
    found = getattr(networks, name)
    if isinstance(found, ModuleType) or not isinstance(found, type):
        return found
    adds = issubclass(found, Parameter) or (found is not Module and issubclass(found, Module))
    return _adding(found) if adds else found


def _adding(kind: Any) -> Any:
    """Return a class whose parameters add their gradients up, as PyTorch's do."""

    def __init__(self: Any, *args: Any, **options: Any) -> None:  # noqa: N807  # Python's name
        plain = {name: plain_numbers(value) for name, value in options.items()}
        kind.__init__(self, *map(plain_numbers, args), **plain)
        leaves = list(self.parameters()) if isinstance(self, Module) else [self]
        for leaf in leaves:
            leaf.accumulates = True
        if args and isinstance(self, Parameter) and isinstance(args[0], Leaf):
            share(self, args[0], lambda a: a, apart=True)

    own: dict[str, Any] = {"__init__": __init__, "__doc__": kind.__doc__}
    if hasattr(kind, "whole"):
        own["whole"] = find_layer(kind.whole.__name__)
    if issubclass(kind, Parameter):
        own["__slots__"] = ()
    made = type(kind.__name__, (kind,), own)
    made.__module__ = kind.__module__
    return made


HOOKS["word"] = find_word
