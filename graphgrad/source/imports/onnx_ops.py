"""State what the operators of ONNX are: rows of layers, and ops.

Source: ONNX Operators, onnx.ai, opset 13 to 22; an operator's inputs by position, attributes by
name.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.graph.emit import Ref
from graphgrad.messages.catalogue import quoted
from graphgrad.source.imports.program import Rules
from graphgrad.source.imports.space import bounded
from graphgrad.source.imports.torch_losses import WEIGHED
from graphgrad.source.imports.torch_words import TORCH

__all__ = ["ONNX"]


def _refused(argument: str, got: Any, expected: str) -> UsageError:
    return UsageError("nn.unsupported", argument=argument, got=quoted(got), expected=expected)


def _ints(value: Any) -> list[int]:
    """Return known whole numbers, as shapes and axes are."""
    if isinstance(value, Ref):
        raise UsageError("import.places")
    import numpy as np

    return [int(one) for one in np.ravel(value)]


def _one(op: str) -> Callable[..., Any]:
    return lambda m, x, **_: m.call(op, x)


def _two(op: str) -> Callable[..., Any]:
    return lambda m, a, b, **_: m.call(op, a, b)


def _as(name: str, **fixed: Any) -> Callable[..., Any]:
    """Return the rule of PyTorch's operation on the same inputs."""
    return lambda m, *args, **_: TORCH[name](m, *args, **fixed)


def _div(m: Any, a: Any, b: Any, **_: Any) -> Any:
    whole = all(getattr(getattr(v, "dtype", None), "kind", "-") in "iu" for v in (a, b))
    return a // b if whole else m.call("div", a, b)


def _pow(m: Any, a: Any, b: Any, **_: Any) -> Any:
    if not isinstance(b, Ref) and prod(m.shape(b)) == 1 and isinstance(a, Ref):
        return TORCH["pow"](m, a, float(b.reshape(())))
    return m.call("pow", a, b)


# ---- layers ----


def _gemm(
    m: Any, a: Any, b: Any, c: Any = None, *, alpha: float = 1.0, beta: float = 1.0,
    transA: int = 0, transB: int = 0, results: int = 1,
) -> Any:  # fmt: skip
    plain = transB and not transA and alpha == beta == 1
    if plain and isinstance(a, Ref) and isinstance(b, Ref) and (c is None or len(m.shape(c)) == 1):
        return TORCH["linear"](m, a, b, c)
    left = m.call("transpose", a) if transA else a
    product = m.call("matmul", left, m.call("transpose", b) if transB else b)
    product = product if alpha == 1 else m.call("mul", product, alpha)
    if c is None:
        return product
    return m.call("add", product, c if beta == 1 else m.call("mul", c, beta))


def _frame(auto_pad: str, pads: Any, axes: int) -> tuple[int, ...]:
    """Return the padding per axis; what differs at both ends is refused."""
    if auto_pad not in ("NOTSET", "VALID"):
        raise _refused("auto_pad", auto_pad, "'NOTSET', 'VALID'")
    found = list(pads or [0] * (2 * axes))
    if found[:axes] != found[axes:]:
        raise _refused("pads", pads, "the same at both ends")
    return tuple(found[:axes])


def _conv(
    m: Any, x: Any, w: Any, b: Any = None, *, auto_pad: str = "NOTSET", dilations: Any = 1,
    group: int = 1, kernel_shape: Any = None, pads: Any = None, strides: Any = 1,
    results: int = 1,
) -> Any:  # fmt: skip
    axes = len(m.shape(w)) - 2
    frame = _frame(auto_pad, pads, axes)
    return TORCH[f"conv{axes}d"](m, x, w, b, strides, frame, dilations, group)


def _conv_transpose(
    m: Any, x: Any, w: Any, b: Any = None, *, auto_pad: str = "NOTSET", dilations: Any = 1,
    group: int = 1, kernel_shape: Any = None, pads: Any = None, strides: Any = 1,
    output_padding: Any = 0, results: int = 1,
) -> Any:  # fmt: skip
    axes = len(m.shape(w)) - 2
    frame = _frame(auto_pad, pads, axes)
    rule = TORCH[f"conv_transpose{axes}d"]
    return rule(m, x, w, b, strides, frame, output_padding, group, dilations)


def _pool(kind: str) -> Callable[..., Any]:
    def rule(
        m: Any, x: Any, *, kernel_shape: Any, auto_pad: str = "NOTSET", ceil_mode: int = 0,
        dilations: Any = 1, pads: Any = None, strides: Any = None, count_include_pad: int = 0,
        storage_order: int = 0, results: int = 1,
    ) -> Any:  # fmt: skip
        axes = len(kernel_shape)
        frame, stride = _frame(auto_pad, pads, axes), strides or [1] * axes
        if kind == "max":
            rule = TORCH[f"max_pool{axes}d"]
            return rule(m, x, kernel_shape, stride, frame, dilations, bool(ceil_mode))
        rule = TORCH[f"avg_pool{axes}d"]
        return rule(m, x, kernel_shape, stride, frame, bool(ceil_mode), bool(count_include_pad))

    return rule


def _batch_norm(
    m: Any, x: Any, scale: Any, bias: Any, mean: Any, var: Any, *, epsilon: float = 1e-5,
    momentum: float = 0.9, training_mode: int = 0, results: int = 1,
) -> Any:  # fmt: skip
    found = TORCH["batch_norm"](
        m, x, scale, bias, mean, var, bool(training_mode), 1 - momentum, epsilon
    )
    return found if results == 1 else (found, *(None,) * (results - 1))


def _layer_norm(
    m: Any, x: Any, scale: Any, bias: Any = None, *, axis: int = -1, epsilon: float = 1e-5,
    stash_type: int = 1, results: int = 1,
) -> Any:  # fmt: skip
    return TORCH["layer_norm"](m, x, m.shape(x)[axis:], scale, bias, epsilon)


def _instance_norm(
    m: Any, x: Any, scale: Any, bias: Any, *, epsilon: float = 1e-5, **_: Any
) -> Any:
    return TORCH["group_norm"](m, x, m.shape(x)[1], scale, bias, epsilon)


# ---- moves ----


def _reshape(m: Any, x: Any, shape: Any, *, allowzero: int = 0, **_: Any) -> Any:
    lengths = _ints(shape)
    kept = [m.shape(x)[at] if n == 0 and not allowzero else n for at, n in enumerate(lengths)]
    return x.reshape(kept) if not isinstance(x, Ref) else m.call("reshape", x, shape=tuple(kept))


def _flatten(m: Any, x: Any, *, axis: int = 1, **_: Any) -> Any:
    shape = m.shape(x)
    return m.call("reshape", x, shape=(prod(shape[:axis]), prod(shape[axis:])))


def _transpose(m: Any, x: Any, *, perm: Any = None, **_: Any) -> Any:
    axes = tuple(perm) if perm else tuple(reversed(range(len(m.shape(x)))))
    return m.call("transpose", x, axes=axes)


def _unsqueeze(m: Any, x: Any, axes: Any = None, **_: Any) -> Any:
    rank = len(m.shape(x)) + len(_ints(axes))
    shape = list(m.shape(x))
    for axis in sorted(axis % rank for axis in _ints(axes)):
        shape.insert(axis, 1)
    return _reshape(m, x, shape, allowzero=1)


def _squeeze(m: Any, x: Any, axes: Any = None, **_: Any) -> Any:
    shape = m.shape(x)
    gone = range(len(shape)) if axes is None else [a % len(shape) for a in _ints(axes)]
    kept = [n for axis, n in enumerate(shape) if axis not in gone or n != 1]
    return _reshape(m, x, kept, allowzero=1)


def _expand(m: Any, x: Any, shape: Any, **_: Any) -> Any:
    import numpy as np

    full = bounded(np.broadcast_shapes(m.shape(x), tuple(_ints(shape))))
    return m.call("broadcast", x, shape=full) if isinstance(x, Ref) else np.broadcast_to(x, full)


def _concat(m: Any, *parts: Any, axis: int, **_: Any) -> Any:
    if not any(isinstance(part, Ref) for part in parts):
        import numpy as np

        return np.concatenate(parts, axis)
    return m.call("concat", *parts, axis=axis)


def _gather(m: Any, x: Any, places: Any, *, axis: int = 0, **_: Any) -> Any:
    import numpy as np

    if isinstance(places, Ref):
        if axis or len(m.shape(x)) != 2:
            raise UsageError("import.places")
        return TORCH["embedding"](m, x, places)
    whole = np.asarray(places).astype(int)
    key = int(whole) if not whole.shape else whole
    return m.picked(x, (*(slice(None),) * (axis % len(m.shape(x))), key))


def _gather_nd(m: Any, x: Any, places: Any, *, batch_dims: int = 0, **_: Any) -> Any:
    if isinstance(places, Ref) or batch_dims:
        raise UsageError("import.places")
    whole = places.astype(int)
    return m.picked(x, tuple(whole[..., at] for at in range(whole.shape[-1])))


def _slice(
    m: Any, x: Any, starts: Any, ends: Any, axes: Any = None, steps: Any = None, **_: Any
) -> Any:
    begins, stops = _ints(starts), _ints(ends)
    along = range(len(begins)) if axes is None else _ints(axes)
    by = [1] * len(begins) if steps is None else _ints(steps)
    key = [slice(None)] * len(m.shape(x))
    for axis, start, stop, step in zip(along, begins, stops, by, strict=True):
        past = step < 0 and stop < -(2**31)
        key[axis] = slice(start, None if past else stop, step)
    return m.picked(x, tuple(key))


def _split(
    m: Any, x: Any, sizes: Any = None, *, axis: int = 0, num_outputs: int = 0, results: int = 1,
    **_: Any,
) -> Any:  # fmt: skip
    each = -(-m.shape(x)[axis] // (num_outputs or results))
    found = TORCH["split"](m, x, each if sizes is None else _ints(sizes), axis)
    return found[0] if results == 1 else found


def _pad(
    m: Any, x: Any, pads: Any, value: Any = None, axes: Any = None, *, mode: str = "constant",
    **_: Any,
) -> Any:  # fmt: skip
    widths, rank = _ints(pads), len(m.shape(x))
    along = range(rank) if axes is None else [a % rank for a in _ints(axes)]
    sides = dict(zip(along, zip(widths[: len(along)], widths[len(along) :], strict=True),
                     strict=True))  # fmt: skip
    listed = [n for axis in reversed(range(rank)) for n in sides.get(axis, (0, 0))]
    return TORCH["pad"](m, x, listed, mode, None if value is None else float(value))


# ---- reductions, numbers ----


def _reduce(op: str) -> Callable[..., Any]:
    def rule(
        m: Any, x: Any, listed: Any = None, *, axes: Any = None, keepdims: int = 1,
        noop_with_empty_axes: int = 0, results: int = 1,
    ) -> Any:  # fmt: skip
        along = axes if listed is None else _ints(listed)
        return m.call(op, x, axis=tuple(along) if along else None, keepdims=bool(keepdims))

    return rule


def _constant(
    _: Any, *, value: Any = None, value_float: Any = None, value_int: Any = None,
    value_floats: Any = None, value_ints: Any = None, results: int = 1,
) -> Any:  # fmt: skip
    import numpy as np

    given = (value, value_float, value_int, value_floats, value_ints)
    said = [one for one in given if one is not None]
    if not said:
        raise KeyError("value")
    return np.asarray(said[0])


def _shape(m: Any, x: Any, *, start: int = 0, end: Any = None, **_: Any) -> Any:
    import numpy as np

    return np.array(m.shape(x)[start:end], dtype=int)


def _filled(m: Any, shape: Any, *, value: Any = None, **_: Any) -> Any:
    return m.full(_ints(shape), 0.0 if value is None else value.reshape(()))


def _cast(m: Any, x: Any, *, to: int, **_: Any) -> Any:
    return (
        x if isinstance(x, Ref) else x.astype(int if to in (6, 7) else bool if to == 9 else float)
    )


def _clip(m: Any, x: Any, low: Any = None, high: Any = None, **_: Any) -> Any:
    if low is None or high is None or isinstance(low, Ref) or isinstance(high, Ref):
        return TORCH["clamp"](m, x, low, high)
    return TORCH["hardtanh"](m, x, float(low), float(high))


def _leaky(m: Any, x: Any, *, alpha: float = 0.01, **_: Any) -> Any:
    return TORCH["leaky_relu"](m, x, alpha)


def _softmax(name: str) -> Callable[..., Any]:
    return lambda m, x, axis=-1, **_: TORCH[name](m, x, axis)


def _loss(m: Any, z: Any, y: Any, weight: Any = None, *, reduction: str = "mean",
          ignore_index: int = -100, results: int = 1) -> Any:  # fmt: skip
    how = ("none", "mean", "sum").index(reduction)
    found = TORCH["cross_entropy_loss"](m, z, y, weight, how, ignore_index)
    return found if results == 1 else (found, *(None,) * (results - 1))


def _recurrent(kind: str, gates: tuple[int, ...]) -> Callable[..., Any]:
    """Return the rule of a recurrent layer; ``gates`` are our rows in the order of ONNX's."""

    def rule(
        m: Any, x: Any, w: Any, r: Any, b: Any = None, lengths: Any = None, h: Any = None,
        c: Any = None, *, hidden_size: int, direction: str = "forward", layout: int = 0,
        linear_before_reset: int = 0, input_forget: int = 0, activations: Any = None,
        results: int = 1,
    ) -> Any:  # fmt: skip
        if kind == "gru" and not linear_before_reset:
            raise _refused("linear_before_reset", 0, "1")
        if layout:
            raise _refused("layout", layout, "0")
        back = {"forward": [False], "reverse": [True], "bidirectional": [False, True]}[direction]
        x = m.ended(m.call("transpose", x, axes=(1, 0, 2)), "rows")
        act = {"act": activations[0].lower() if activations else "tanh"}
        parts = []
        for at, reverse in enumerate(back):
            held = {"W": _ours(m, w, at, 0, gates, hidden_size),
                    "U": _ours(m, r, at, 0, gates, hidden_size)}  # fmt: skip
            if b is not None:
                held["b"] = _ours(m, b, at, 0, gates, hidden_size)
                held["c"] = _ours(m, b, at, len(gates), gates, hidden_size)
            states = [_start(m, state, at) for state in ((h, c) if kind == "lstm" else (h,))]
            parts.append(m.row(
                f"{kind}_sequence", (x, *states), held, units=hidden_size, reverse=reverse,
                bias=b is not None, biases=2, part="reverse" if reverse else "",
                **(act if kind == "elman" else {}),
            ))  # fmt: skip
        turned = [m.ended(m.call("transpose", part[0], axes=(1, 0, 2))) for part in parts]
        all_states = m.ended(m.call("stack", *turned, axis=1))
        last = [m.ended(m.call("stack", *each, axis=0)) for each in zip(*(p[1:] for p in parts),
                                                                       strict=True)]  # fmt: skip
        return (all_states, *last)[:results] if results > 1 else all_states

    return rule


def _ours(m: Any, weight: Any, at: int, first: int, gates: tuple[int, ...], units: int) -> Any:
    """Return the rows of one direction in our order of gates, a line of its own."""
    blocks = [
        m.picked(weight, (at, slice((first + gate) * units, (first + gate + 1) * units)))
        for gate in gates
    ]
    return m.ended(blocks[0] if len(blocks) == 1 else m.call("concat", *blocks, axis=0), "gates")


def _start(m: Any, state: Any, at: int) -> Any:
    if state is None or (not isinstance(state, Ref) and not state.any()):
        return None
    return m.ended(m.picked(state, at))


_SAME = ("Identity", "Dropout")
_ONE = {
    "Exp": "exp", "Log": "log", "Sqrt": "sqrt", "Neg": "neg", "Abs": "abs", "Sign": "sign",
    "Sin": "sin", "Cos": "cos", "Tan": "tan", "Sinh": "sinh", "Cosh": "cosh", "Asin": "arcsin",
    "Acos": "arccos", "Atan": "arctan", "Asinh": "arcsinh", "Acosh": "arccosh",
    "Atanh": "arctanh", "Erf": "erf", "Floor": "floor", "Ceil": "ceil", "Round": "round",
    "Det": "det",
}  # fmt: skip
_TWO = {
    "Add": "add", "Sub": "sub", "Mul": "mul", "MatMul": "matmul", "Greater": "greater",
    "Less": "less", "Equal": "equal", "GreaterOrEqual": "greater_equal",
    "LessOrEqual": "less_equal", "Mod": "mod",
}  # fmt: skip
_TORCH = {
    "Relu": "relu", "Sigmoid": "sigmoid", "Tanh": "tanh", "Softplus": "softplus", "Mish": "mish",
    "PRelu": "prelu", "Where": "where", "Max": "maximum", "Min": "minimum",
}  # fmt: skip

_TABLE: dict[str, Callable[..., Any]] = {
    **{name: _one(op) for name, op in _ONE.items()},
    **{name: _two(op) for name, op in _TWO.items()},
    **{name: _as(op) for name, op in _TORCH.items()},
    **dict.fromkeys(_SAME, lambda m, x, *_, **__: x),
    "Reciprocal": lambda m, x, **_: m.call("powi", x, n=-1),
    "Div": _div, "Pow": _pow, "Gemm": _gemm, "Conv": _conv, "ConvTranspose": _conv_transpose,
    "MaxPool": _pool("max"), "AveragePool": _pool("average"),
    "GlobalAveragePool": lambda m, x, **_: TORCH[f"adaptive_avg_pool{len(m.shape(x)) - 2}d"](
        m, x, 1),
    "BatchNormalization": _batch_norm, "LayerNormalization": _layer_norm,
    "InstanceNormalization": _instance_norm, "LSTM": _recurrent("lstm", (0, 2, 3, 1)),
    "GRU": _recurrent("gru", (1, 0, 2)), "RNN": _recurrent("elman", (0,)),
    "Reshape": _reshape, "Flatten": _flatten, "Transpose": _transpose, "Unsqueeze": _unsqueeze,
    "Squeeze": _squeeze, "Expand": _expand, "Concat": _concat, "Gather": _gather,
    "GatherND": _gather_nd,
    "Slice": _slice, "Split": _split, "Pad": _pad, "Constant": _constant, "Shape": _shape,
    "ConstantOfShape": _filled, "Cast": _cast, "Clip": _clip, "LeakyRelu": _leaky,
    "Elu": lambda m, x, alpha=1.0, **_: TORCH["elu"](m, x, alpha),
    "Selu": lambda m, x, **_: TORCH["selu"](m, x),
    "Gelu": lambda m, x, approximate="none", **_: TORCH["gelu"](m, x, approximate),
    "Softmax": _softmax("softmax"), "LogSoftmax": _softmax("log_softmax"),
    "SoftmaxCrossEntropyLoss": _loss,
    "Einsum": lambda m, *parts, equation, **_: TORCH["einsum"](m, equation, parts),
    **{f"Reduce{word}": _reduce(op) for word, op in (
        ("Sum", "sum"), ("Mean", "mean"), ("Max", "max"), ("Min", "min"), ("Prod", "prod"),
        ("LogSumExp", "logsumexp"), ("L2", "norm"))},
    "ReduceSumSquare": lambda m, x, *rest, **options: _reduce("sum")(
        m, m.call("powi", x, n=2), *rest, **options),
    "Trilu": lambda m, x, k=None, upper=1, **_: m.call(
        "triu" if upper else "tril", x, k=0 if k is None else int(k)),
}  # fmt: skip

ONNX = Rules("ONNX", _TABLE, lambda op: op if op in _TABLE else "", WEIGHED)
"""ONNX's operators, of the standard domain."""
