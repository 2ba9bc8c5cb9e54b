"""State what JAX's primitives are in ops and rows of layers.

Source: JAX documentation, jax.lax module, operators; a primitive's parameters by name.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.graph.emit import Ref
from graphgrad.messages.catalogue import quoted
from graphgrad.source.imports.program import Rules
from graphgrad.source.imports.torch_words import TORCH

__all__ = ["ENTRY_BY_ENTRY", "JAX_RULES"]


def _refused(argument: str, got: Any, expected: str) -> UsageError:
    return UsageError("nn.unsupported", argument=argument, got=quoted(got), expected=expected)


def _plain(op: str) -> Callable[..., Any]:
    return lambda m, *args, **_: m.call(op, *args)


def _as(name: str) -> Callable[..., Any]:
    """Return the rule of PyTorch's operation on the same value."""
    return lambda m, x, **_: TORCH[name](m, x)


# ---- entry by entry ----


def _whole_power(m: Any, x: Any, *, y: int, **_: Any) -> Any:
    return m.call("powi", x, n=y)


def _pow(m: Any, x: Any, y: Any, **_: Any) -> Any:
    if isinstance(y, int | float):
        return m.call("sqrt", x) if y == 0.5 else m.call("powi", x, n=y)
    return m.call("pow", x, y)


def _select(m: Any, which: Any, *cases: Any, **_: Any) -> Any:
    """Return ``cases[which]``; the first is that of False."""
    if len(cases) != 2:
        raise _refused("cases", len(cases), "2")
    return m.call("where", which, cases[1], cases[0])


def _clamp(m: Any, low: Any, x: Any, high: Any, **_: Any) -> Any:
    return m.call("minimum", m.call("maximum", x, low), high)


def _finite(m: Any, x: Any, **_: Any) -> Any:
    """Return 1 where x - x is 0: neither of an infinity nor of NaN."""
    return m.call("equal", m.call("sub", x, x), 0)


def _converted(m: Any, x: Any, *, new_dtype: Any, **_: Any) -> Any:
    if "int" in new_dtype:
        return m.call("mul", m.call("sign", x), m.call("floor", m.call("abs", x)))
    return m.call("not_equal", x, 0) if new_dtype == "bool" else x


def _round(m: Any, x: Any, *, rounding_method: Any, **_: Any) -> Any:
    if "EVEN" in rounding_method:
        return m.call("round", x)
    away = m.call("floor", m.call("add", m.call("abs", x), 0.5))
    return m.call("mul", m.call("sign", x), away)


# ---- products ----


def _dot(m: Any, a: Any, b: Any, *, dimension_numbers: Any, **_: Any) -> Any:
    """Return a product over some axes: by `dot` or `matmul` where they stand as those take them."""
    (left, right), (left_batch, right_batch) = dimension_numbers
    ranks = len(m.shape(a)), len(m.shape(b))
    if not left_batch and len(left) == 1:
        if ranks == (1, 1):
            return m.call("dot", a, b)
        if ranks[0] <= 2 and ranks[1] <= 2:
            a = a if left[0] == ranks[0] - 1 else m.call("transpose", a)
            b = b if right[0] == 0 else m.call("transpose", b)
            return m.call("matmul", a, b)
    if not left and not left_batch:
        return m.call("mul", _ranked(m, a, ranks[0] + ranks[1], 0), b)
    return _batched(m, a, b, (left_batch, left), (right_batch, right))


def _ranked(m: Any, x: Any, rank: int, front: int) -> Any:
    shape = (*(1,) * front, *m.shape(x))
    return m.call("reshape", x, shape=(*shape, *(1,) * (rank - len(shape))))


def _batched(m: Any, a: Any, b: Any, left: Any, right: Any) -> Any:
    """Return a product as one of stacked matrices: axes in common, then free ones."""
    batch = tuple(m.shape(a)[axis] for axis in left[0])
    one, kept = _stacked(m, a, left, last=True)
    other, others = _stacked(m, b, right, last=False)
    product = m.call("matmul", one, other)
    return _shaped(m, product, (*batch, *kept, *others))


def _stacked(m: Any, x: Any, axes: Any, *, last: bool) -> tuple[Any, tuple[int, ...]]:
    """Return x as matrices (batch, rows, columns), and the lengths of its free axes.

    The axes that are summed over come last, or first behind the batch.
    """
    batch, summed = tuple(axes[0]), tuple(axes[1])
    shape = m.shape(x)
    free = tuple(axis for axis in range(len(shape)) if axis not in batch + summed)
    order = (*batch, *free, *summed) if last else (*batch, *summed, *free)
    lengths = [prod(shape[axis] for axis in part) for part in (free, summed)]
    front = (prod(shape[axis] for axis in batch),) if batch else ()
    turned = _turned(m, x, order)
    return (_shaped(m, turned, (*front, *(lengths if last else lengths[::-1]))),
            tuple(shape[axis] for axis in free))  # fmt: skip


# ---- moves ----


def _shaped(m: Any, x: Any, shape: tuple[int, ...]) -> Any:
    if m.shape(x) == tuple(shape):
        return x
    return m.call("reshape", x, shape=tuple(shape))


def _turned(m: Any, x: Any, order: tuple[int, ...]) -> Any:
    if tuple(order) == tuple(range(len(order))):
        return x
    return m.call("transpose", x, axes=tuple(order))


def _reshape(m: Any, x: Any, *, new_sizes: Any, **_: Any) -> Any:
    return _shaped(m, x, tuple(new_sizes))


def _broadcast(m: Any, x: Any, *, shape: Any, broadcast_dimensions: Any, **_: Any) -> Any:
    if not m.shape(x):
        return m.call("broadcast", x, shape=tuple(shape))
    held = dict(zip(broadcast_dimensions, m.shape(x), strict=True))
    thin = _shaped(m, x, tuple(held.get(axis, 1) for axis in range(len(shape))))
    return thin if m.shape(thin) == tuple(shape) else m.call("broadcast", thin, shape=tuple(shape))


def _squeeze(m: Any, x: Any, *, dimensions: Any, **_: Any) -> Any:
    shape = m.shape(x)
    gone = {axis % len(shape) for axis in dimensions}
    return _shaped(m, x, tuple(n for axis, n in enumerate(shape) if axis not in gone))


def _slice(
    m: Any, x: Any, *, start_indices: Any, limit_indices: Any, strides: Any, **_: Any
) -> Any:
    steps = strides or (1,) * len(start_indices)
    key = [slice(*one) for one in zip(start_indices, limit_indices, steps, strict=True)]
    return m.picked(x, tuple(key))


def _placed(m: Any, x: Any, *, places: Any) -> Any:
    """Return the entries at places of the array written as one row."""
    if places.ndim and places.size and places.shape[0] < places.size:
        rows = _rows(m.shape(x), places)
        if rows is not None:
            return m.picked(x, rows)
    return m.call("gather", x, at=tuple(places.ravel().tolist()), shape=places.shape)


def _rows(shape: tuple[int, ...], places: Any) -> Any:
    """Return which whole rows the places are, None where they are not."""
    import numpy as np

    size = prod(shape[1:])
    first = places.reshape(places.shape[0], -1)[:, 0] // size
    whole = np.arange(prod(shape)).reshape(shape)[first]
    return first if whole.shape == places.shape and (whole == places).all() else None


def _scatter(m: Any, x: Any, updates: Any, *, places: Any, add: bool) -> Any:
    """Return x with other entries at places, or with them added; a place is counted from 1."""
    import numpy as np

    spread = updates
    if m.shape(updates):
        at = np.maximum(places - 1, 0)
        spread = m.call("gather", updates, at=tuple(at.ravel().tolist()), shape=at.shape)
    if add:
        return m.call("add", x, m.call("where", (places > 0).astype(float), spread, 0))
    return m.call("where", (places > 0).astype(float), spread, x)


def _pad(m: Any, x: Any, value: Any, *, padding_config: Any, **_: Any) -> Any:
    if any(inside for _, _, inside in padding_config):
        raise _refused("padding_config", padding_config, "(low, high, 0)")
    if isinstance(value, Ref):
        raise _refused("padding_value", "computed", "0.0")
    cut = tuple(slice(max(0, -low), n - max(0, -high))
                for (low, high, _), n in zip(padding_config, m.shape(x), strict=True))  # fmt: skip
    if any(low < 0 or high < 0 for low, high, _ in padding_config):
        x = m.picked(x, cut)
    widths = [max(0, side) for low, high, _ in reversed(padding_config) for side in (low, high)]
    return TORCH["pad"](m, x, widths, "constant", float(value)) if any(widths) else x


def _concatenate(m: Any, *parts: Any, dimension: int, **_: Any) -> Any:
    return m.call("concat", *parts, axis=dimension)


def _split(m: Any, x: Any, *, sizes: Any, axis: int, **_: Any) -> Any:
    return TORCH["split"](m, x, list(sizes), axis)


def _row(m: Any, x: Any, *, at: int) -> Any:
    return m.picked(x, at)


def _stack(m: Any, *parts: Any, axis: int = 0, **_: Any) -> Any:
    return m.call("stack", *parts, axis=axis)


# ---- along axes ----


def _reduce(op: str) -> Callable[..., Any]:
    def rule(m: Any, x: Any, *, axes: Any, **_: Any) -> Any:
        return m.call(op, x, axis=tuple(axes), keepdims=False) if axes else x

    return rule


def _running(op: str) -> Callable[..., Any]:
    def rule(m: Any, x: Any, *, axis: int, reverse: bool, **_: Any) -> Any:
        found = m.call(op, m.call("flip", x, axis=axis) if reverse else x, axis=axis)
        return m.call("flip", found, axis=axis) if reverse else found

    return rule


def _sort(m: Any, *operands: Any, dimension: int, **_: Any) -> Any:
    if len(operands) != 1:
        raise _refused("operands", len(operands), "1")
    order = list(range(len(m.shape(operands[0]))))
    order[dimension], order[-1] = order[-1], order[dimension]
    return _turned(m, m.call("sort", _turned(m, operands[0], tuple(order))), tuple(order))


def _argmax(m: Any, x: Any, *, axes: Any, **_: Any) -> Any:
    return m.call("argmax", x, axis=axes[0])


# ---- windows ----


def _conv(
    m: Any, x: Any, w: Any, *, window_strides: Any, padding: Any, lhs_dilation: Any,
    rhs_dilation: Any, dimension_numbers: Any, feature_group_count: int,
    batch_group_count: int = 1, **_: Any,
) -> Any:  # fmt: skip
    """Return a convolution with axes in the order of PyTorch's: batch, channels, places."""
    if any(n != 1 for n in lhs_dilation) or batch_group_count != 1:
        raise _refused("lhs_dilation", lhs_dilation, "(1, 1)")
    into, filters, out = dimension_numbers
    x, w = _turned(m, x, tuple(into)), _turned(m, w, tuple(filters))
    axes = len(window_strides)
    frame = [0] * axes
    if all(low == high for low, high in padding):
        frame = [low for low, _ in padding]
    else:
        widths = [side for both in reversed(padding) for side in both]
        x = TORCH["pad"](m, m.ended(x, "turned"), widths, "constant", 0.0)
    rule = TORCH[f"conv{axes}d"]
    found = rule(m, m.ended(x, "x"), m.ended(w, "w"), None, list(window_strides), frame,
                 list(rhs_dilation), feature_group_count)  # fmt: skip
    back = sorted(range(len(out)), key=tuple(out).__getitem__)
    return _turned(m, found, tuple(back))


def _window(kind: str) -> Callable[..., Any]:
    def rule(
        m: Any, x: Any, *, window_dimensions: Any, window_strides: Any, padding: Any,
        base_dilation: Any, window_dilation: Any, **_: Any,
    ) -> Any:  # fmt: skip
        if any(n != 1 for n in (*base_dilation, *window_dilation)):
            raise _refused("window_dilation", window_dilation, "1")
        moving = [axis for axis, n in enumerate(window_dimensions) if n > 1] or [-1]
        still = [axis for axis in range(len(window_dimensions)) if axis not in moving]
        if not 1 <= len(moving) <= 2 or any(window_strides[axis] != 1 for axis in still):
            raise _refused("window_dimensions", window_dimensions, "(1, 1, 2, 2)")
        return _pooled(m, x, kind, moving, still, window_dimensions, window_strides, padding)

    return rule


def _pooled(
    m: Any, x: Any, kind: str, moving: list[int], still: list[int], size: Any, strides: Any,
    padding: Any,
) -> Any:  # fmt: skip
    """Pool over the last axes of (images, 1, places), and put the axes back."""
    order = (*still, *moving)
    turned = _turned(m, x, order)
    front = tuple(m.shape(x)[axis] for axis in still)
    places = m.shape(turned)[len(still) :]
    kernel, step = [size[axis] for axis in moving], [strides[axis] for axis in moving]
    sides = [padding[axis] for axis in moving]
    if any(low != high for low, high in sides):
        raise _refused("padding", tuple(padding), "the same at both ends")
    images = m.ended(_shaped(m, turned, (prod(front), 1, *places)), "x")
    frame = [low for low, _ in sides]
    if kind == "max":
        found = TORCH[f"max_pool{len(moving)}d"](m, images, kernel, step, frame)
    else:
        pooled = TORCH[f"avg_pool{len(moving)}d"](m, images, kernel, step, frame)
        found = m.call("mul", pooled, prod(kernel))
    found = _shaped(m, found, (*front, *m.shape(found)[2:]))
    return _turned(m, found, tuple(sorted(range(len(order)), key=order.__getitem__)))


def _along(op: str) -> Callable[..., Any]:
    return lambda m, x, *, axis, **_: m.call(op, x, axis=axis)


_SAME = ("copy", "copy_p", "optimization_barrier", "sharding_constraint",
         "reduce_precision", "name", "pvary")  # fmt: skip
_OPS = {
    "neg": "neg", "exp": "exp", "exp2": "exp2", "log": "log", "log1p": "log1p", "expm1": "expm1",
    "tanh": "tanh", "sin": "sin", "cos": "cos", "tan": "tan", "asin": "arcsin", "acos": "arccos",
    "atan": "arctan", "sinh": "sinh", "cosh": "cosh", "asinh": "arcsinh", "acosh": "arccosh",
    "atanh": "arctanh", "logistic": "sigmoid", "sqrt": "sqrt", "cbrt": "cbrt", "abs": "abs",
    "sign": "sign", "floor": "floor", "ceil": "ceil", "erf": "erf", "erfc": "erfc", "add": "add",
    "add_any": "add", "sub": "sub", "mul": "mul", "div": "div", "max": "maximum", "min": "minimum",
    "atan2": "arctan2", "stop_gradient": "stop_gradient", "gt": "greater", "lt": "less",
    "ge": "greater_equal", "le": "less_equal", "eq": "equal", "ne": "not_equal",
    "and": "mul", "or": "maximum", "xor": "not_equal",
}  # fmt: skip
_NN = {"relu": "relu", "silu": "silu", "softplus": "softplus", "elu": "elu", "selu": "selu",
       "leaky_relu": "leaky_relu", "log_sigmoid": "log_sigmoid"}  # fmt: skip

_TABLE: dict[str, Callable[..., Any]] = {
    **{name: _plain(op) for name, op in _OPS.items()},
    **{f"jax.{name}": _as(rule) for name, rule in _NN.items() if rule in TORCH},
    **dict.fromkeys(_SAME, lambda m, x, **_: x),
    "jax.relu6": lambda m, x, **_: m.call("minimum", m.call("relu", x), 6),
    "jax.softmax": _along("softmax"), "jax.log_softmax": _along("log_softmax"),
    "jax.inv": _plain("inverse"), "jax.det": _plain("det"),
    "square": lambda m, x, **_: m.call("powi", x, n=2),
    "rsqrt": lambda m, x, **_: m.call("div", 1, m.call("sqrt", x)),
    "not": lambda m, x, **_: m.call("sub", 1, x),
    "integer_pow": _whole_power, "pow": _pow, "select_n": _select, "clamp": _clamp,
    "is_finite": _finite, "convert_element_type": _converted, "round": _round,
    "dot_general": _dot, "reshape": _reshape, "broadcast_in_dim": _broadcast, "squeeze": _squeeze,
    "expand_dims": _reshape, "slice": _slice, "gather": _placed, "scatter": _scatter, "pad": _pad,
    "concatenate": _concatenate, "split": _split, "row": _row, "stack": _stack,
    "transpose": lambda m, x, *, permutation, **_: _turned(m, x, tuple(permutation)),
    "rev": lambda m, x, *, dimensions, **_: TORCH["flip"](m, x, dimensions),
    "reduce_sum": _reduce("sum"), "reduce_max": _reduce("max"), "reduce_min": _reduce("min"),
    "reduce_prod": _reduce("prod"), "reduce_and": _reduce("min"), "reduce_or": _reduce("max"),
    "cumsum": _running("cumsum"), "cumprod": _running("cumprod"), "sort": _sort,
    "argmax": _argmax, "conv_general_dilated": _conv, "reduce_window_max": _window("max"),
    "reduce_window_sum": _window("sum"),
}  # fmt: skip

ENTRY_BY_ENTRY = frozenset(_OPS) | {"select_n", "pow", "clamp"}
"""Primitives that broadcast by themselves in ops."""

JAX_RULES = Rules("JAX", _TABLE, lambda op: op if op in _TABLE else "")
"""JAX's primitives, and the functions of `jax.nn` that are known by name (``jax.relu``)."""
