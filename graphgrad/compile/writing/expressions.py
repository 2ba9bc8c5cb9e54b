"""Write one operation as an expression: of Python for numbers, of NumPy for arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphgrad.compile.recording.program import Op
from graphgrad.ops.floats import PYTHONS_WORDS
from graphgrad.ops.rows.window_rows import each_axis

__all__ = [
    "DTYPES",
    "KERNELS",
    "array_expression",
    "into",
    "key_text",
    "number_expression",
    "number_text",
]

DTYPES = {"d": "np.float64", "f": "np.float32"}
_INFIX = {
    "add": "+", "sub": "-", "mul": "*", "div": "/", "greater": ">", "less": "<", "equal": "==",
    "greater_equal": ">=", "less_equal": "<=", "not_equal": "!=", "logical_and": "&",
}  # fmt: skip
KERNELS = {
    "choose": "elementwise", "erf": "elementwise", "number_power": "elementwise",
    "number_sigmoid": "elementwise", "power": "elementwise", "sigmoid": "elementwise",
    "whole_power": "elementwise", "xlogy": "elementwise", "erfc": "elementwise",
    "number_logaddexp": "elementwise", "det": "reductions", "order_mask": "reductions",
    "argmax_mask": "reductions",
    "first_largest": "reductions", "inverse": "reductions", "largest": "reductions",
    "parts": "reductions", "logsumexp": "reductions", "norm": "reductions",
    "softmax": "reductions", "fold": "windows", "pad": "windows", "put": "windows",
    "put_at": "windows", "windows": "windows",
}  # fmt: skip
"""Each kernel and the file that defines it."""


def number_text(value: float) -> str:
    """Return a number as Python reads it.

    >>> number_text(-0.5), number_text(float("inf"))
    ('-0.5', 'math.inf')
    """
    if value != value:
        return "math.nan"
    if value in (float("inf"), float("-inf")):
        return "math.inf" if value > 0 else "-math.inf"
    return repr(float(value))


_ZEROS = ("0.0", "-0.0")


def _closed(text: str) -> str:
    return f"({text})" if text.startswith("-") else text


# ---- numbers ----


def number_expression(op: Op, args: list[str]) -> str:
    """Return an operation on numbers; it may raise where a value leaves the finite numbers."""
    a, b = args[0], args[-1]
    infix = _INFIX.get(op.name)
    if op.name == "div" and b in _ZEROS:  # which Python refuses
        return f"float(np.divide({a}, {b}))"
    if infix:
        text = f"{_closed(a)} {infix} {b}"
        return text if op.name in ("add", "sub", "mul", "div") else f"float({text})"
    if op.name == "powi":
        return _power_of_number(_closed(a), op.setting("n"))
    written = _NUMBERS.get(op.name)
    if written:
        return written(*args)
    return f"math.{PYTHONS_WORDS.get(op.name, op.name)}({', '.join(args)})"


def _power_of_number(x: str, n: Any) -> str:
    whole = isinstance(n, int) and n > 0
    return f"{x} ** {n}" if whole else f"number_power({x}, {n!r})"


_NUMBERS: dict[str, Callable[..., str]] = {
    "neg": lambda x: f"-{_closed(x)}",
    "abs": lambda x: f"abs({x})",
    "sign": lambda x: f"{x} if {x} != {x} else float({x} > 0) - float({x} < 0)",
    "sigmoid": lambda z: f"number_sigmoid({z})",
    "pow": lambda x, y: f"number_power({x}, {y})",
    "xlogy": lambda x, y: f"0.0 if {x} == 0 and {y} == {y} else {x} * math.log({y})",
    "maximum": lambda a, b: f"{b} if {b} > {a} or {b} != {b} else {a}",
    "minimum": lambda a, b: f"{b} if {b} < {a} or {b} != {b} else {a}",
    "where": lambda c, a, b: f"{c} if {c} != {c} else {a} if {c} != 0 else {b}",
    "item": lambda x: f"float({x})",
    "floor": lambda x: f"float(math.floor({x}))",
    "rint": lambda x: f"float(round({x}))",
    "mod": lambda x, y: f"{_closed(x)} % {y}",
    "logaddexp": lambda x, y: f"number_logaddexp({x}, {y})",
    "single": lambda x: f"float(np.float32({x}))",
}


# ---- arrays ----


def array_expression(op: Op, args: list[str], kinds: list[str]) -> str:
    """Return an operation on arrays.

    Args:
        op: the operation.
        args: its arguments as they are written.
        kinds: the kinds of its arguments.
    """
    infix = _INFIX.get(op.name)
    if infix:
        return f"{_closed(args[0])} {infix} {args[1]}"
    if op.name == "where":
        return _where(op, args, kinds)
    if op.name == "broadcast" and kinds[0] == "s" and op.kind in DTYPES:
        return f"np.full({op.shape}, {args[0]}, {DTYPES[op.kind]})"
    written = _ARRAYS.get(op.name)
    if written is not None:
        return written(op, args)
    settings = "".join(f", {name}={value!r}" for name, value in op.settings)
    if op.name in KERNELS:
        return f"{op.name}({', '.join(args)}{settings})"
    return f"np.{op.name}({', '.join(args)})"


def _where(op: Op, args: list[str], kinds: list[str]) -> str:
    condition, *rest = args
    if kinds[1] == kinds[2] == "s" and op.kind == "f":
        rest = [f"np.float32({text})" for text in rest]
    name = "np.where" if kinds[0][0] == "?" else "choose"
    return f"{name}({condition}, {', '.join(rest)})"


def _power(op: Op, args: list[str]) -> str:
    n = op.setting("n")
    if n == 2:
        return f"np.square({args[0]})"
    return f"whole_power({args[0]}, {n!r})" if n == 0 else f"{args[0]} ** {n!r}"


def _axes(op: Op) -> str:
    axis = op.setting("axis")
    text = f"axis={axis[0] if len(axis) == 1 else axis}"
    return f"{text}, keepdims=True" if op.setting("keepdims") else text


def key_text(key: Any) -> str:
    """Return subscripts as they stand in brackets."""
    parts = [str(part) if isinstance(part, int) else f"{part[0]}:{part[1]}" for part in key]
    return ", ".join(parts)


def _transposed(op: Op, args: list[str]) -> str:
    axes = op.setting("axes")
    return f"{args[0]}.T" if axes == (1, 0) else f"{args[0]}.transpose({axes})"


def _windows(op: Op, args: list[str]) -> str:
    size = op.setting("size" if op.name == "windows" else "shape")
    steps, gaps = (each_axis(op.setting(name), len(size)) for name in ("stride", "dilation"))
    return f"{op.name}({args[0]}, {size}, {steps}, {gaps})"


# ---- into memory that is there ----

_UFUNCS = {
    "add": "add", "sub": "subtract", "mul": "multiply", "div": "divide", "neg": "negative",
    "abs": "absolute", "logical_not": "logical_not", "logical_and": "logical_and",
    "matmul": "matmul", "dot": "dot",
}  # fmt: skip
_POWERS: dict[Any, str] = {2: "square", 0.5: "sqrt", -1: "reciprocal"}


def into(op: Op, args: list[str], kinds: list[str], name: str, target: str) -> list[str]:
    """Return statements that write an operation's result into memory and give it a name.

    Args:
        op: the operation.
        args: its arguments as they are written.
        kinds: their kinds.
        name: the name of the result.
        target: the memory.
    """
    if op.name == "cast":
        return [f"np.copyto({target}, {array_expression(op, args, kinds)})", f"{name} = {target}"]
    if op.name == "powi" and op.setting("n") not in _POWERS:
        if op.setting("n") == 0:
            return [f"np.copyto({target}, whole_power({args[0]}, 0))", f"{name} = {target}"]
        return [f"{name} = np.power({args[0]}, {op.setting('n')!r}, out={target})"]
    if op.name in _METHODS or op.name == "windows":
        return [f"{name} = {array_expression(op, args, kinds)[:-1]}, out={target})"]
    ufunc = _POWERS[op.setting("n")] if op.name == "powi" else _UFUNCS.get(op.name, op.name)
    return [f"{name} = np.{ufunc}({', '.join(args)}, out={target})"]


_METHODS = frozenset({"sum", "add.reduce", "max", "concat", "stack"})
_ARRAYS: dict[str, Callable[[Op, list[str]], str]] = {
    "neg": lambda op, args: f"-{args[0]}",
    "logical_not": lambda op, args: f"~{args[0]}",
    "powi": _power,
    "pow": lambda op, args: f"power({', '.join(args)})",
    "item": lambda op, args: f"float({args[0]})",
    "cast": lambda op, args: f"{args[0]}.astype({DTYPES[op.kind]})",
    "sum": lambda op, args: f"{args[0]}.sum({_axes(op)})",
    "max": lambda op, args: f"{args[0]}.max({_axes(op)})",
    "add.reduce": lambda op, args: f"np.add.reduce({args[0]}, {_axes(op)})",
    "broadcast": lambda op, args: f"np.broadcast_to({args[0]}, {op.shape})",
    "reshape": lambda op, args: f"{args[0]}.reshape({op.shape})",
    "transpose": _transposed,
    "index": lambda op, args: f"{args[0]}[{key_text(op.setting('key'))}]",
    "scatter_add": lambda op, args: (
        f"put({args[0]}, {op.shape}, np.s_[{key_text(op.setting('key'))}])"
    ),
    "matmul": lambda op, args: f"{args[0]} @ {args[1]}",
    "dot": lambda op, args: f"{args[0]}.dot({args[1]})",
    "outer": lambda op, args: f"np.multiply.outer({', '.join(args)})",
    "concat": lambda op, args: f"np.concatenate([{', '.join(args)}], axis={op.setting('axis')})",
    "stack": lambda op, args: f"np.stack([{', '.join(args)}], axis={op.setting('axis')})",
    "windows": _windows,
    "fold": _windows,
    "flip": lambda op, args: f"np.flip({args[0]}, {op.setting('axis')}).copy()",
    "repeat": lambda op, args: f"np.repeat({args[0]}, {op.setting('times')}, {op.setting('axis')})",
    "gather": lambda op, args: f"np.take({args[0]}, {args[1]}).reshape({op.shape})",
    "scatter_at": lambda op, args: f"put_at({args[0]}, {op.shape}, {args[1]})",
}
