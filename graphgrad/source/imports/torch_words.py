"""State what PyTorch's operations on tensors are in ops: arithmetic, reductions, moves of axes."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.graph.emit import Ref
from graphgrad.layers.registry import DOORS
from graphgrad.messages.catalogue import quoted
from graphgrad.source.imports.program import Rules
from graphgrad.source.imports.torch_layers import LAYER_OPS
from graphgrad.source.imports.torch_losses import LOSS_OPS, WEIGHED

__all__ = ["TORCH", "TORCH_RULES", "is_whole", "torch_key"]

# ---- entry by entry ----


def _op(name: str) -> Callable[..., Any]:
    """Return the rule of an op of one or more values."""

    def one(m: Any, self: Any) -> Any:
        return m.call(name, self)

    return one


def _two(name: str) -> Callable[..., Any]:
    def both(m: Any, self: Any, other: Any) -> Any:
        return m.call(name, self, other)

    return both


def _add(sign: int) -> Callable[..., Any]:
    def rule(m: Any, self: Any, other: Any, alpha: Any = 1) -> Any:
        scaled = other if alpha == 1 else m.call("mul", other, alpha)
        return m.call("add" if sign > 0 else "sub", self, scaled)

    return rule


def _rsub(m: Any, self: Any, other: Any, alpha: Any = 1) -> Any:
    return _add(-1)(m, other, self, alpha)


def _div(m: Any, self: Any, other: Any, rounding_mode: Any = None) -> Any:
    ratio = m.call("div", self, other)
    if rounding_mode == "floor":
        return m.call("floor", ratio)
    if rounding_mode is not None:
        raise UsageError("nn.unsupported", argument="rounding_mode", got=quoted(rounding_mode),
                         expected="None, 'floor'")  # fmt: skip
    return ratio


def _pow(m: Any, self: Any, exponent: Any) -> Any:
    if isinstance(exponent, int | float) and isinstance(self, Ref):
        return m.call("sqrt", self) if exponent == 0.5 else m.call("powi", self, n=exponent)
    return m.call("pow", self, exponent)


def _clamp(m: Any, self: Any, min: Any = None, max: Any = None) -> Any:
    found = self if min is None else m.call("maximum", self, min)
    return found if max is None else m.call("minimum", found, max)


def _where(m: Any, condition: Any, self: Any, other: Any) -> Any:
    return m.call("where", condition, self, other)


def _masked_fill(m: Any, self: Any, mask: Any, value: Any) -> Any:
    return m.call("where", mask, value, self)


def _addmm(m: Any, self: Any, mat1: Any, mat2: Any, beta: Any = 1, alpha: Any = 1) -> Any:
    product = m.call("matmul", mat1, mat2)
    product = product if alpha == 1 else m.call("mul", product, alpha)
    return m.call("add", product, self if beta == 1 else m.call("mul", self, beta))


def _product() -> Callable[..., Any]:
    """Return the rule of a matrix product; its second factor has a name of its own in schemas."""

    def rule(m: Any, self: Any, *other: Any, **named: Any) -> Any:
        return m.call("matmul", self, *other, *named.values())

    return rule


# ---- reductions ----


def _reduce(op: str) -> Callable[..., Any]:
    def rule(m: Any, self: Any, dim: Any = None, keepdim: bool = False, dtype: Any = None) -> Any:
        return m.call(op, self, axis=_axes(dim), keepdims=keepdim)

    return rule


def _axes(dim: Any) -> Any:
    return None if dim is None or dim == [] else tuple(dim) if isinstance(dim, list) else dim


def _spread(op: str) -> Callable[..., Any]:
    def rule(
        m: Any, self: Any, dim: Any = None, unbiased: bool = True, keepdim: bool = False,
        correction: Any = None,
    ) -> Any:  # fmt: skip
        if isinstance(dim, bool):  # var(x, unbiased)
            dim, unbiased = None, dim
        ddof = int(unbiased) if correction is None else correction
        return m.call(op, self, axis=_axes(dim), ddof=ddof, keepdims=keepdim)

    return rule


def _extreme(op: str) -> Callable[..., Any]:
    """Return the rule of ``max(x, dim)``: values, and where they stand as None."""

    def rule(m: Any, self: Any, dim: int, keepdim: bool = False) -> Any:
        return m.ended(m.call(op, self, axis=dim, keepdims=keepdim)), None

    return rule


def _norm(m: Any, self: Any, ord: Any = 2, dim: Any = None, keepdim: bool = False, **_: Any) -> Any:
    if ord != 2:
        raise UsageError("nn.unsupported", argument="ord", got=quoted(ord), expected="2")
    return m.call("norm", self, axis=_axes(dim), keepdims=keepdim)


# ---- moves ----


def _shaped(m: Any, self: Any, shape: Any) -> Any:
    return m.call("reshape", self, shape=tuple(map(int, shape)))


def _view(m: Any, self: Any, size: Any) -> Any:
    return _shaped(m, self, size)


def _flatten(m: Any, self: Any, start_dim: int = 0, end_dim: int = -1) -> Any:
    shape = m.shape(self)
    start, end = start_dim % len(shape), end_dim % len(shape)
    whole = math.prod(shape[start : end + 1])
    return _shaped(m, self, (*shape[:start], whole, *shape[end + 1 :]))


def _unflatten(m: Any, self: Any, dim: int, sizes: Any) -> Any:
    shape = m.shape(self)
    dim %= len(shape)
    rest = -math.prod(sizes)
    sizes = [shape[dim] // rest if size == -1 else size for size in sizes]
    return _shaped(m, self, (*shape[:dim], *sizes, *shape[dim + 1 :]))


def _permute(m: Any, self: Any, dims: Any) -> Any:
    rank = len(m.shape(self))
    return m.call("transpose", self, axes=tuple(dim % rank for dim in dims))


def _transpose(m: Any, self: Any, dim0: int, dim1: int) -> Any:
    axes = list(range(len(m.shape(self))))
    axes[dim0], axes[dim1] = axes[dim1], axes[dim0]
    return m.call("transpose", self, axes=tuple(axes))


def _turned(m: Any, self: Any) -> Any:
    return self if len(m.shape(self)) < 2 else _transpose(m, self, -2, -1)


def _unsqueeze(m: Any, self: Any, dim: int) -> Any:
    shape = list(m.shape(self))
    shape.insert(dim if dim >= 0 else dim + len(shape) + 1, 1)
    return _shaped(m, self, shape)


def _squeeze(m: Any, self: Any, dim: Any = None) -> Any:
    shape = m.shape(self)
    some = range(len(shape)) if dim is None else dim if isinstance(dim, list) else [dim]
    gone = {axis % len(shape) for axis in some}
    return _shaped(m, self, [n for axis, n in enumerate(shape) if n != 1 or axis not in gone])


def _expand(m: Any, self: Any, size: Any, implicit: bool = False) -> Any:
    shape = m.shape(self)
    front = len(size) - len(shape)
    full = [shape[axis - front] if n == -1 else n for axis, n in enumerate(size)]
    return m.call("broadcast", self, shape=tuple(full))


def _select(m: Any, self: Any, dim: int, index: int) -> Any:
    return m.picked(self, (*_before(m, self, dim), index))


def _slice(
    m: Any, self: Any, dim: int = 0, start: Any = None, end: Any = None, step: int = 1
) -> Any:
    return m.picked(self, (*_before(m, self, dim), slice(start, end, step)))


def _before(m: Any, x: Any, dim: int) -> tuple[slice, ...]:
    return (slice(None),) * (dim % len(m.shape(x)))


def _index(m: Any, self: Any, indices: Any) -> Any:
    key = tuple(slice(None) if one is None else _whole(one) for one in indices)
    return m.picked(self, key)


def _whole(places: Any) -> Any:
    if isinstance(places, Ref):
        raise UsageError("import.places")
    return places if places.dtype == bool else places.astype(int)


def _index_select(m: Any, self: Any, dim: int, index: Any) -> Any:
    return m.picked(self, (*_before(m, self, dim), _whole(index)))


def _split(m: Any, self: Any, split_size: Any, dim: int = 0) -> Any:
    length = m.shape(self)[dim]
    sizes = split_size if isinstance(split_size, list) else [split_size] * -(-length // split_size)
    starts = [sum(sizes[:at]) for at in range(len(sizes))]
    return tuple(
        m.ended(_slice(m, self, dim, start, min(start + size, length)), f"p{at}")
        for at, (start, size) in enumerate(zip(starts, sizes, strict=True))
    )


def _chunk(m: Any, self: Any, chunks: int, dim: int = 0) -> Any:
    return _split(m, self, -(-m.shape(self)[dim] // chunks), dim)


def _unbind(m: Any, self: Any, dim: int = 0) -> Any:
    count = m.shape(self)[dim]
    return tuple(m.ended(_select(m, self, dim, at), f"p{at}") for at in range(count))


def _cat(m: Any, tensors: Any, dim: int = 0) -> Any:
    return m.call("concat", *tensors, axis=dim)


def _stack(m: Any, tensors: Any, dim: int = 0) -> Any:
    return m.call("stack", *tensors, axis=dim)


def _pad(m: Any, self: Any, pad: Any, mode: str = "constant", value: Any = None) -> Any:
    if mode != "constant":
        raise UsageError("nn.unsupported", argument="mode", got=quoted(mode), expected="'constant'")
    if min(pad) < 0:
        raise UsageError("nn.unsupported", argument="pad", got=quoted(pad), expected="0, 1, 2, …")
    found, rank = self, len(m.shape(self))
    for at in range(len(pad) // 2):
        axis, shape = rank - 1 - at, list(m.shape(found))
        sides = []
        for width in pad[2 * at : 2 * at + 2]:
            shape[axis] = width
            sides.append(m.full(tuple(shape), float(value or 0)) if width else None)
        parts = [part for part in (sides[0], found, sides[1]) if part is not None]
        found = found if len(parts) == 1 else m.call("concat", *parts, axis=axis)
    return found


def _flip(m: Any, self: Any, dims: Any) -> Any:
    for axis in dims:
        self = m.call("flip", self, axis=axis)
    return self


def _broadcast_all(m: Any, tensors: Any) -> Any:
    """Return the same tensors: ops broadcast where shapes meet."""
    return tuple(tensors)


def _einsum(m: Any, equation: str, tensors: Any, path: Any = None) -> Any:
    """Multiply with axes of one length for absent letters, and sum: what einsum abbreviates."""
    words, _, kept = equation.replace(" ", "").partition("->")
    parts = words.split(",")
    plain = kept.isalpha() or not kept
    if not plain or not all(len(set(word)) == len(word) and word.isalpha() for word in parts):
        raise UsageError("nn.unsupported", argument="equation", got=quoted(equation),
                         expected="'ij,jk->ik'")  # fmt: skip
    letters = [*kept, *sorted({*"".join(parts)} - {*kept})]
    product = None
    for word, tensor in zip(parts, tensors, strict=True):
        order = sorted(range(len(word)), key=[letters.index(letter) for letter in word].__getitem__)
        turned = _permute(m, tensor, order)
        lengths = dict(zip((word[at] for at in order), m.shape(turned), strict=True))
        spread = _shaped(m, turned, [lengths.get(letter, 1) for letter in letters])
        product = spread if product is None else m.call("mul", product, spread)
    gone = tuple(range(len(kept), len(letters)))
    return m.call("sum", product, axis=gone) if gone else product


def _same(m: Any, self: Any, *_: Any, **__: Any) -> Any:
    return self


# ---- made from numbers ----


def _made(value: float) -> Callable[..., Any]:
    def rule(m: Any, size: Any, **_: Any) -> Any:
        return m.full([int(n) for n in size], value)

    return rule


def _made_like(value: float) -> Callable[..., Any]:
    def rule(m: Any, self: Any, *_: Any, **__: Any) -> Any:
        return m.full(m.shape(self), value)

    return rule


def _full(m: Any, size: Any, fill_value: Any, **_: Any) -> Any:
    return _made(fill_value)(m, size)


def _full_like(m: Any, self: Any, fill_value: Any, **_: Any) -> Any:
    return _made(fill_value)(m, m.shape(self))


def _new(m: Any, self: Any, size: Any, **_: Any) -> Any:
    return _made(0.0)(m, size)


def _arange(
    m: Any, *bounds: Any, start: Any = None, end: Any = None, step: Any = 1, **_: Any
) -> Any:
    import numpy as np

    given = bounds or ((0 if start is None else start), end, step)
    return np.arange(*given)


def _getitem(m: Any, values: Any, at: int) -> Any:
    return values[at]


def _triangle(op: str) -> Callable[..., Any]:
    def rule(m: Any, self: Any, diagonal: int = 0) -> Any:
        return m.call(op, self, k=diagonal)

    return rule


def _to_mask(m: Any, self: Any, *_: Any, **__: Any) -> Any:
    return self


_ONE = {
    "exp": "exp", "log": "log", "sqrt": "sqrt", "sin": "sin", "cos": "cos", "tan": "tan",
    "abs": "abs", "neg": "neg", "sign": "sign", "erf": "erf", "erfc": "erfc", "log1p": "log1p",
    "expm1": "expm1", "exp2": "exp2", "log2": "log2", "log10": "log10", "asin": "arcsin",
    "acos": "arccos", "atan": "arctan", "sinh": "sinh", "cosh": "cosh", "asinh": "arcsinh",
    "acosh": "arccosh", "atanh": "arctanh", "floor": "floor", "ceil": "ceil", "round": "round",
    "inverse": "inverse", "det": "det", "linalg_det": "det", "trace": "trace",
    "linalg_inv": "inverse",
}  # fmt: skip
_BOTH = {
    "mul": "mul", "maximum": "maximum", "minimum": "minimum", "atan2": "arctan2",
    "max.other": "maximum", "min.other": "minimum", "hypot": "hypot", "logaddexp": "logaddexp",
    "gt": "greater", "lt": "less", "ge": "greater_equal", "le": "less_equal", "eq": "equal",
    "ne": "not_equal", "remainder": "mod", "xlogy": "xlogy", "outer": "outer",
}  # fmt: skip
_SAME = (
    "contiguous", "clone", "to", "alias", "detach_", "lift_fresh_copy", "_to_copy", "positive",
    "type_as", "float", "double", "_assert_tensor_metadata", "lift_fresh", "view_as_real_copy",
)  # fmt: skip

TORCH: dict[str, Callable[..., Any]] = {
    **LAYER_OPS,
    **LOSS_OPS,
    **{name: _op(op) for name, op in _ONE.items()},
    **{name: _two(op) for name, op in _BOTH.items()},
    **dict.fromkeys(_SAME, _same),
    "add": _add(1), "sub": _add(-1), "rsub": _rsub, "div": _div, "true_divide": _div, "pow": _pow,
    "square": lambda m, self: m.call("powi", self, n=2),
    "reciprocal": lambda m, self: m.call("powi", self, n=-1),
    "rsqrt": lambda m, self: m.call("div", 1, m.call("sqrt", self)),
    "clamp": _clamp, "clamp_min": _clamp,
    "clamp_max": lambda m, self, max: _clamp(m, self, None, max), "clip": _clamp,
    "where": _where, "masked_fill": _masked_fill, "lerp": lambda m, self, end, weight: m.call(
        "add", self, m.call("mul", weight, m.call("sub", end, self))),
    "addmm": _addmm, "baddbmm": lambda m, self, batch1, batch2, beta=1, alpha=1: _addmm(
        m, self, batch1, batch2, beta, alpha),
    "mm": _product(),
    "bmm": _product(),
    "mv": _product(), "matmul": _product(),
    "dot": lambda m, self, tensor: m.call("dot", self, tensor),
    "sum": _reduce("sum"), "mean": _reduce("mean"), "amax": _reduce("max"), "amin": _reduce("min"),
    "prod": _reduce("prod"), "logsumexp": _reduce("logsumexp"), "var": _spread("var"),
    "std": _spread("std"), "max": lambda m, self: m.call("max", self),
    "min": lambda m, self: m.call("min", self), "max.dim": _extreme("max"),
    "min.dim": _extreme("min"), "linalg_vector_norm": _norm,
    "norm": lambda m, self, p=2, dim=None, keepdim=False: _norm(m, self, p, dim, keepdim),
    "cumsum": lambda m, self, dim, dtype=None: m.call("cumsum", self, axis=dim),
    "cumprod": lambda m, self, dim, dtype=None: m.call("cumprod", self, axis=dim),
    "view": _view, "reshape": _shaped, "_unsafe_view": _view,
    "view_as": lambda m, self, other: _shaped(m, self, m.shape(other)),
    "flatten": _flatten, "unflatten": _unflatten, "permute": _permute, "transpose": _transpose,
    "t": _turned, "numpy_T": _turned, "mT": _turned, "swapaxes": _transpose,
    "unsqueeze": _unsqueeze, "squeeze": _squeeze, "expand": _expand,
    "expand_as": lambda m, self, other: _expand(m, self, m.shape(other)),
    "select": _select, "slice": _slice, "index": _index, "index_select": _index_select,
    "split": _split, "chunk": _chunk, "unbind": _unbind, "cat": _cat, "concat": _cat,
    "split_with_sizes": lambda m, self, split_sizes, dim=0: _split(m, self, split_sizes, dim),
    "stack": _stack, "pad": _pad, "broadcast_tensors": _broadcast_all, "einsum": _einsum,
    "constant_pad_nd": lambda m, self, pad, value=0: _pad(m, self, pad, "constant", value),
    "narrow": lambda m, self, dim, start, length: _slice(m, self, dim, start, start + length),
    "flip": _flip, "detach": _op("stop_gradient"),
    "tril": _triangle("tril"), "triu": _triangle("triu"),
    "zeros": _made(0.0), "ones": _made(1.0), "full": _full, "zeros_like": _made_like(0.0),
    "ones_like": _made_like(1.0), "full_like": _full_like, "new_zeros": _new,
    "new_ones": lambda m, self, size, **_: _made(1.0)(m, size), "arange": _arange,
    "scalar_tensor": lambda m, s, **_: s, "getitem": _getitem,
}  # fmt: skip
"""PyTorch's operation, without ``aten.``; with its overload where that is another one."""


def torch_key(op: str) -> str:
    """Return the key in `TORCH` of an operation's full name; empty where there is none.

    >>> torch_key("aten.max.dim"), torch_key("torch.ops.aten.add_.Tensor"), torch_key("aten.rand")
    ('max.dim', 'add', '')
    """
    word = op.removeprefix("torch.ops.").removeprefix("aten.")
    base, _, overload = word.partition(".")
    base = base if base in TORCH or base.startswith("__") else base.rstrip("_")
    with_overload = f"{base}.{overload}"
    return with_overload if with_overload in TORCH else base if base in TORCH else ""


TORCH_RULES = Rules("PyTorch", TORCH, torch_key, WEIGHED)
_LAYERS = {name for name, (_, door) in DOORS.items() if door.call != "heads"}


def is_whole(op: str, kind: str) -> bool:
    """Tell whether an operation is all that a module of some class does."""
    return kind.rpartition(".")[2] in _LAYERS and torch_key(op) not in _BESIDE


_BESIDE = {"zeros", "getitem", "transpose", "unsqueeze", "squeeze", "add", "contiguous", "select"}
"""What modules of recurrent layers call beside the layer itself."""
