"""NumPy's functions entry by entry, on handles: rows of one name, and what a few rows make."""

from __future__ import annotations

from collections.abc import Callable
from math import log, pi
from typing import Any

from graphgrad.api.numpy_words.joins import counted
from graphgrad.ops.evaluate import arithmetic
from graphgrad.ops.given import given
from graphgrad.ops.registry import ROWS, code_of

__all__ = ["MADE", "PLAIN", "ROW_OF", "made", "rounded", "turned"]

ROW_OF: dict[str, str] = {
    "add": "add", "subtract": "sub", "multiply": "mul", "divide": "div", "true_divide": "div",
    "negative": "neg", "power": "pow", "float_power": "pow", "matmul": "matmul",
    "absolute": "abs", "fabs": "abs", "remainder": "mod", "rint": "round", "expit": "sigmoid",
} | {
    name: name
    for name in (
        "exp", "log", "sqrt", "sin", "cos", "tan", "tanh", "sign", "maximum", "minimum",
        "greater", "less", "equal", "greater_equal", "less_equal", "not_equal",
        "arcsin", "arccos", "arctan", "arctan2", "sinh", "cosh", "arcsinh", "arccosh", "arctanh",
        "exp2", "expm1", "log1p", "log2", "log10", "cbrt", "hypot", "logaddexp", "floor", "ceil",
        "mod", "erf", "erfc", "xlogy",
    )
}  # fmt: skip
"""What NumPy and SciPy call a function entry by entry, and the row that computes it."""


def _holds(x: Any) -> Any:
    """Return a node that is 1 where a value counts as true."""
    return x != 0


def _applied(op: str, *operands: Any) -> Any:
    """Append an op where one of the operands is a handle, which knows how; else compute it."""
    handle = next(filter(_is_handle, operands), None)
    if handle is None:
        import numpy as np

        args = tuple(np.asarray(given(operand, op, booleans=True), float) for operand in operands)
        return arithmetic().value(ROWS[code_of(op)], args, {}, scalar=False)
    return handle.applied(op, *operands)


def _present(x: Any, y: Any, choice: str) -> Any:
    """Return the larger or smaller of two values, the other one where one is NaN."""
    chosen = _applied(choice, x, y)
    kept = _applied("where", _applied("equal", y, y), chosen, x) if _is_handle(y) else chosen
    return _applied("where", _applied("equal", x, x), kept, y) if _is_handle(x) else kept


def _is_handle(x: Any) -> bool:
    return hasattr(x, "place")


def _sinc(x: Any) -> Any:
    """Return sin(pi x)/(pi x), 1 at 0."""
    turned = pi * x
    safe = _applied("where", x == 0, 1, turned)
    return _applied("where", x == 0, 1 - turned**2 / 6, _applied("sin", safe) / safe)


def _known(x: Any) -> Any:
    """Return x with 0 for NaN and the largest floats for infinities."""
    from sys import float_info

    most = float_info.max
    known = _applied("where", x == x, x, 0)
    return _applied("clip", known, -most, most)


def _floor_divided(x: Any, y: Any) -> Any:
    return _applied("round", (x - _applied("mod", x, y)) / y)


def _truncated(x: Any) -> Any:
    return _applied("sign", x) * _applied("floor", abs(x))


def _cut_remainder(x: Any, y: Any) -> Any:
    """Return what is left with the sign of x, as in C."""
    return _applied("sign", x) * _applied("mod", abs(x), abs(y))


def _signed(y: Any) -> Any:
    """Return 1 with the sign of y; that of a zero is known of numbers alone."""
    import numpy as np

    return _applied("where", y < 0, -1, 1) if _is_handle(y) else np.copysign(1.0, y)


def _entropy(x: Any) -> Any:
    return -_applied("xlogy", x, x)


MADE: dict[str, Callable[..., Any]] = {
    "square": lambda x: x**2,
    "reciprocal": lambda x: 1 / x,
    "positive": lambda x: x,
    "conjugate": lambda x: x,
    "deg2rad": lambda x: x * (pi / 180),
    "radians": lambda x: x * (pi / 180),
    "rad2deg": lambda x: x * (180 / pi),
    "degrees": lambda x: x * (180 / pi),
    "trunc": _truncated,
    "fix": _truncated,
    "fmod": _cut_remainder,
    "floor_divide": _floor_divided,
    "divmod": lambda x, y: (_floor_divided(x, y), _applied("mod", x, y)),
    "fmax": lambda x, y: _present(x, y, "maximum"),
    "fmin": lambda x, y: _present(x, y, "minimum"),
    "logaddexp2": lambda x, y: _applied("logaddexp", x * log(2), y * log(2)) / log(2),
    "copysign": lambda x, y: abs(x) * _signed(y),
    "heaviside": lambda x, y: _applied("where", x == 0, y, _applied("step", x)),
    "logical_not": lambda x: x == 0,
    "logical_and": lambda x, y: _holds(x) * _holds(y),
    "logical_or": lambda x, y: _applied("maximum", _holds(x), _holds(y)),
    "logical_xor": lambda x, y: _holds(x) != _holds(y),
    "logit": lambda x: _applied("log", x / (1 - x)),
    "ndtr": lambda x: _applied("erfc", -x / 2**0.5) / 2,
    "log_ndtr": lambda x: _applied("log", _applied("erfc", -x / 2**0.5) / 2),
    "entr": _entropy,
    "sinc": _sinc,
    "nan_to_num": _known,
}
"""Functions that a few rows make; those of NumPy that are no ufuncs, as sinc, are among them."""

PLAIN: frozenset[str] = frozenset({"isfinite", "isnan", "isinf", "signbit"})
"""Functions that tell truth values of the present values, as plain arrays."""


def made(name: str) -> Callable[..., Any]:
    """Return an operator of handles that several rows make."""
    return MADE[name]


def turned(name: str) -> Callable[..., Any]:
    """Return the same operator with a handle on its right."""
    return lambda right, left: MADE[name](left, right)


def rounded(x: Any, digits: int) -> Any:
    """Return the nearest number with so many digits behind the point."""
    scale = 10.0 ** counted("round", "decimals", digits, least=-300, most=300)
    return _applied("round", x) if scale == 1 else _applied("round", x * scale) / scale
