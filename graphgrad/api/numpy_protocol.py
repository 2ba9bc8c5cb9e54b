"""Let NumPy's functions work on handles; functions without an op say which have one.

What appends an op, `graphgrad.api.handle.apply`, is handed in: handles call this file.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import Any

from graphgrad.errors import UsageError

__all__ = ["call_function", "call_ufunc"]

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
    "greater_equal": "greater_equal",
    "less_equal": "less_equal",
    "not_equal": "not_equal",
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
    if options and called in {*_UFUNCS, "square", "reciprocal", "positive", "multiply.outer"}:
        raise UsageError("handle.numpy_option", function=called, options=", ".join(options))
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
    name = function.__name__
    if name == "where" and len(args) + len(options) < 3:
        raise UsageError("handle.numpy_where")
    try:
        bound = signature(rule).bind(apply, *args, **options)
    except TypeError:
        known = [parameter for parameter in signature(rule).parameters if parameter != "apply"]
        raise UsageError(
            "handle.numpy_arguments",
            function=name,
            got=", ".join(options) or len(args),
            known=", ".join(known),
        ) from None
    return rule(*bound.args, **bound.kwargs)


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
    return apply("transpose", a) if axes is None else apply("transpose", a, axes=axes)


def _joined(op: str) -> Callable[..., Any]:
    def rule(apply: Apply, arrays: Any, axis: Any = 0) -> Any:
        return apply(op, *arrays, axis=axis)

    return rule


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
    "reshape": lambda apply, a, shape: apply("reshape", a, shape=shape),
    "where": lambda apply, condition, a, b: apply("where", condition, a, b),
    "concatenate": _joined("concat"),
    "stack": _joined("stack"),
    "broadcast_to": lambda apply, array, shape: apply("broadcast", array, shape=shape),
    "inv": lambda apply, a: apply("inverse", a),
}
