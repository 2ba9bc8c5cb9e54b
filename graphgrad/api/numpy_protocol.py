"""Let NumPy's functions and subscripts work on handles; functions without an op say which have one.

What appends an op, `graphgrad.api.handle.apply`, is handed in: handles call this file.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import index
from typing import Any

from graphgrad.errors import ShapeError, UsageError
from graphgrad.ops.shapes import Shape, shape_text

__all__ = ["call_function", "call_ufunc", "subscript_key"]

Apply = Callable[..., Any]

_UFUNCS: dict[str, str] = {
    "add": "add",
    "subtract": "sub",
    "multiply": "mul",
    "divide": "div",
    "true_divide": "div",
    "negative": "neg",
    "power": "pow",
    "float_power": "pow",
    "matmul": "matmul",
    "exp": "exp",
    "log": "log",
    "sqrt": "sqrt",
    "sin": "sin",
    "cos": "cos",
    "tan": "tan",
    "tanh": "tanh",
    "absolute": "abs",
    "fabs": "abs",
    "sign": "sign",
    "maximum": "maximum",
    "minimum": "minimum",
    "greater": "greater",
    "less": "less",
    "equal": "equal",
}


def call_ufunc(
    apply: Apply, ufunc: Any, method: str, args: tuple[Any, ...], options: dict[str, Any]
) -> Any:
    """Append the op of a NumPy ufunc.

    Raises:
        UsageError: if the ufunc, its method or an option has no op, naming those that have.
    """
    name = ufunc.__name__
    if method == "__call__" and not options:
        if name == "square":
            return args[0] ** 2
        if name == "reciprocal":
            return 1 / args[0]
        if name == "positive":
            return args[0]
        if name in ("power", "float_power") and _is_handle(args[0]):
            return args[0] ** args[1]
        if name in _UFUNCS:
            return apply(_UFUNCS[name], *args)
    if method == "outer" and name == "multiply" and not options:
        return apply("outer", *args)
    called = name if method == "__call__" else f"{name}.{method}"
    raise _unsupported(called)


def call_function(
    apply: Apply, function: Any, args: tuple[Any, ...], options: dict[str, Any]
) -> Any:
    """Append the op of a NumPy function such as ``np.sum``.

    Raises:
        UsageError: if the function has no op, naming those that have.
    """
    rule = _FUNCTIONS.get(function.__name__)
    if rule is None:
        raise _unsupported(function.__name__)
    try:
        return rule(apply, *args, **options)
    except TypeError:
        called = f"{function.__name__}({', '.join(options)})"
        raise _unsupported(called) from None


def _is_handle(operand: Any) -> bool:
    return hasattr(operand, "place")


def _unsupported(name: str) -> UsageError:
    known = sorted({*_UFUNCS, *_FUNCTIONS, "square", "reciprocal"})
    return UsageError("handle.numpy", function=name, known=", ".join(known))


def _reduction(op: str) -> Callable[..., Any]:
    def rule(apply: Apply, a: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
        return apply(op, a, axis=axis, keepdims=keepdims)

    return rule


def _dot(apply: Apply, a: Any, b: Any) -> Any:
    ranks = [len(getattr(operand, "shape", ())) for operand in (a, b)]
    return apply("mul" if 0 in ranks else "matmul", a, b)


def _transpose(apply: Apply, a: Any, axes: Any = None) -> Any:
    return apply("transpose", a) if axes is None else apply("transpose", a, axes=tuple(axes))


def _reshape(apply: Apply, a: Any, shape: Any) -> Any:
    lengths = [shape] if isinstance(shape, int) else list(shape)
    if -1 in lengths:
        size = 1
        for length in a.shape:
            size *= length
        rest = 1
        for length in lengths:
            rest *= 1 if length == -1 else length
        lengths[lengths.index(-1)] = size // max(rest, 1)
    return apply("reshape", a, shape=tuple(lengths))


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "sum": _reduction("sum"),
    "mean": _reduction("mean"),
    "max": _reduction("max"),
    "amax": _reduction("max"),
    "min": _reduction("min"),
    "amin": _reduction("min"),
    "dot": _dot,
    "inner": lambda apply, a, b: apply("dot", a, b),
    "outer": lambda apply, a, b: apply("outer", a, b),
    "transpose": _transpose,
    "reshape": _reshape,
    "where": lambda apply, condition, a, b: apply("where", condition, a, b),
    "concatenate": lambda apply, arrays, axis=0: apply("concat", *arrays, axis=axis),
    "stack": lambda apply, arrays, axis=0: apply("stack", *arrays, axis=axis),
    "broadcast_to": lambda apply, array, shape: apply("broadcast", array, shape=tuple(shape)),
}


def subscript_key(key: Any, shape: Shape) -> tuple[int | tuple[int, int], ...]:
    """Return integers and (start, stop) pairs for the leading axes of a shape.

    Raises:
        ShapeError: if there are too many subscripts, or one is outside.
        UsageError: if one is neither an integer nor a slice without a step.

    >>> subscript_key((-1, slice(None, 2)), (3, 4))
    (2, (0, 2))
    """
    parts = key if isinstance(key, tuple) else (key,)
    if Ellipsis in [part for part in parts if part is Ellipsis]:
        at = next(i for i, part in enumerate(parts) if part is Ellipsis)
        missing = len(shape) - len(parts) + 1
        parts = (*parts[:at], *([slice(None)] * missing), *parts[at + 1 :])
    if len(parts) > len(shape):
        raise ShapeError(
            "shape.too_many_subscripts", a=shape_text(shape), n=len(parts), limit=len(shape)
        )
    return tuple(_part(part, length) for part, length in zip(parts, shape, strict=False))


def _part(part: Any, length: int) -> int | tuple[int, int]:
    if isinstance(part, slice):
        start, stop, step = part.indices(length)
        if step != 1:
            raise UsageError("handle.subscript", got=part)
        return start, stop
    try:
        number = index(part)
    except TypeError:
        raise UsageError("handle.subscript", got=part) from None
    if not -length <= number < length:
        raise ShapeError("handle.subscript_range", got=number, length=length, last=length - 1)
    return number % length
