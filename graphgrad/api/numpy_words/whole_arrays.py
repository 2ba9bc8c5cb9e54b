"""NumPy's functions of whole arrays on handles: reductions, choices, joins, and plain answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphgrad.api.numpy_words.choices import CHOICES, plain
from graphgrad.api.numpy_words.joins import JOINS, counted, shape_of
from graphgrad.errors import UsageError

__all__ = ["FUNCTIONS"]

Apply = Callable[..., Any]
_DIGITS = 300
_MANY = 10_000_000


def _reduction(op: str) -> Callable[..., Any]:
    def rule(
        apply: Apply,
        a: Any,
        axis: Any = None,
        dtype: Any = None,
        *,
        keepdims: bool = False,
        where: Any = None,
    ) -> Any:
        _only_floats(dtype)
        if where is not None:
            if op != "sum":
                raise UsageError("handle.numpy_option", function=op, options="where")
            a = apply("where", where, a, 0)
        return apply(op, a, axis=axis, keepdims=keepdims)

    return rule


def _only_floats(dtype: Any) -> None:
    """Refuse a type that is none of floats."""
    import numpy as np

    if dtype is not None and np.dtype(dtype).kind != "f":
        raise UsageError("handle.dtype", got=np.dtype(dtype).name)


def _extreme(op: str, beside: str) -> Callable[..., Any]:
    def rule(
        apply: Apply, a: Any, axis: Any = None, *, keepdims: bool = False, initial: Any = None
    ) -> Any:
        found = apply(op, a, axis=axis, keepdims=keepdims)
        return found if initial is None else apply(beside, found, initial)

    return rule


def _spread(op: str) -> Callable[..., Any]:
    """Return the rule of variance or deviation; ddof counts as in NumPy."""

    def rule(
        apply: Apply,
        a: Any,
        axis: Any = None,
        dtype: Any = None,
        *,
        ddof: int = 0,
        correction: int | None = None,
        keepdims: bool = False,
    ) -> Any:
        _only_floats(dtype)
        freedom = ddof if correction is None else correction
        return apply(op, a, axis=axis, ddof=freedom, keepdims=keepdims)

    return rule


def _running(op: str) -> Callable[..., Any]:
    def rule(apply: Apply, a: Any, axis: Any = None) -> Any:
        return apply(op, a.reshape(-1), axis=0) if axis is None else apply(op, a, axis=axis)

    return rule


def _last_axis(handle: Any, axis: int) -> tuple[int, ...]:
    """Return the order of axes that puts one last."""
    axis %= handle.ndim
    return (*(at for at in range(handle.ndim) if at != axis), axis)


def _sort(apply: Apply, a: Any, axis: int | None = -1, *, stable: bool = True) -> Any:
    if axis is None:
        return apply("sort", a.reshape(-1))
    order = _last_axis(a, axis)
    if order == tuple(range(a.ndim)):
        return apply("sort", a)
    back = tuple(order.index(at) for at in range(a.ndim))
    return apply("transpose", apply("sort", apply("transpose", a, axes=order)), axes=back)


def _median(apply: Apply, a: Any, axis: int | None = None, *, keepdims: bool = False) -> Any:
    at = -1 if axis is None else axis
    ordered = _sort(apply, a, axis)
    size = ordered.shape[at]
    places = [slice(None)] * ordered.ndim
    places[at] = slice((size - 1) // 2, size // 2 + 1)
    found = apply("mean", ordered[tuple(places)], axis=at, keepdims=keepdims and axis is not None)
    return found.reshape((1,) * a.ndim) if keepdims and axis is None else found


def _average(apply: Apply, a: Any, axis: Any = None, weights: Any = None) -> Any:
    if weights is None:
        return apply("mean", a, axis=axis)
    if isinstance(axis, int) and len(shape_of(weights)) == 1 < len(shape_of(a)):
        lengths = [1] * len(shape_of(a))  # NumPy lays a vector of weights along the axis
        lengths[axis] = -1
        weights = apply("reshape", weights, shape=tuple(lengths))
    whole = apply("sum", apply("broadcast", weights, shape=shape_of(a)), axis=axis)
    return apply("sum", apply("mul", a, weights), axis=axis) / whole


def _norm(apply: Apply, x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    """Return NumPy's norms of vectors, and of matrices those that are sums of entries."""
    flat = axis is None and ord is None
    vector = x.ndim == 1 or isinstance(axis, int)
    if flat or (ord in (None, 2) and vector) or ord == "fro":
        return apply("norm", x, axis=axis, keepdims=keepdims)
    if vector and ord in (1, float("inf"), float("-inf")):
        op = {1: "sum", float("inf"): "max"}.get(ord, "min")
        return apply(op, abs(x), axis=axis, keepdims=keepdims)
    if vector and isinstance(ord, int | float) and ord > 0:
        return apply("sum", abs(x) ** ord, axis=axis, keepdims=keepdims) ** (1 / ord)
    if x.ndim == 2 and axis is None and ord in (1, float("inf")):
        return apply("max", apply("sum", abs(x), axis=0 if ord == 1 else 1))
    raise UsageError("handle.numpy_option", function="linalg.norm", options=f"ord={ord}")


def _transpose(apply: Apply, a: Any, axes: Any = None) -> Any:
    return apply("transpose", a) if axes is None else apply("transpose", a, axes=axes)


def _reshape(apply: Apply, a: Any, shape: Any, order: str = "C") -> Any:
    if order == "F":
        turned = tuple(reversed(shape if isinstance(shape, tuple | list) else (shape,)))
        return apply("transpose", apply("reshape", apply("transpose", a), shape=turned))
    return apply("reshape", a, shape=shape)


# ---- differences, and answers that are no nodes ----


def _difference(apply: Apply, a: Any, n: int = 1, axis: int = -1) -> Any:
    for _ in range(counted("diff", "n", n)):
        ahead, behind = ([slice(None)] * a.ndim for _ in range(2))
        ahead[axis], behind[axis] = slice(1, None), slice(None, -1)
        a = a[tuple(ahead)] - a[tuple(behind)]
    return a


def _trapezoids(apply: Apply, y: Any, x: Any = None, dx: float = 1.0, axis: int = -1) -> Any:
    """Return the area below points joined by lines."""
    if x is not None and len(shape_of(x)) != 1:
        raise UsageError("handle.numpy_option", function="trapezoid", options="x of several axes")
    turned = apply("transpose", y, axes=_last_axis(y, axis))
    widths = dx if x is None else x[1:] - x[:-1]
    return apply("sum", (turned[..., 1:] + turned[..., :-1]) / 2 * widths, axis=-1)


def _slopes(apply: Apply, f: Any, spacing: float = 1.0) -> Any:
    """Return central differences of a vector, one-sided ones at its ends."""
    if f.ndim != 1 or shape_of(spacing):
        told = f"ndim={f.ndim}" if f.ndim != 1 else "varargs of several entries"
        raise UsageError("handle.numpy_option", function="gradient", options=told)
    inner = (f[2:] - f[:-2]) / (2 * spacing)
    ends = ((f[1:2] - f[0:1]) / spacing, (f[-1:] - f[-2:-1]) / spacing)
    return apply("concat", ends[0], inner, ends[1], axis=0)


def _answer(name: str) -> Callable[..., Any]:
    """Return the rule of a function that tells places, truth or counts of the present values."""

    def rule(apply: Apply, *args: Any, **options: Any) -> Any:
        import numpy as np

        return getattr(np, name)(*(plain(arg) for arg in args), **options)

    return rule


def _full_like(apply: Apply, a: Any, fill_value: Any, dtype: Any = None) -> Any:
    if not hasattr(fill_value, "place"):
        return _answer("full_like")(apply, a, fill_value)
    return apply("broadcast", fill_value, shape=shape_of(a))


def _powers(apply: Apply, x: Any, N: int | None = None, *, increasing: bool = False) -> Any:  # noqa: N803  # NumPy's name
    """Return the powers of a vector as columns."""
    exponents = range(shape_of(x)[0] if N is None else counted("vander", "N", N, least=1))
    order = exponents if increasing else reversed(exponents)
    return apply("stack", *(x**at for at in order), axis=1)


def _line(apply: Apply, start: Any, stop: Any, num: int = 50, *, endpoint: bool = True) -> Any:
    import numpy as np

    num = counted("linspace", "num", num, most=_MANY)
    return start + (stop - start) * np.linspace(0.0, 1.0, num, endpoint=endpoint)


def _rounded(apply: Apply, a: Any, decimals: int = 0) -> Any:
    scale = 10 ** counted("round", "decimals", decimals, least=-_DIGITS, most=_DIGITS)
    return apply("round", a) if scale == 1 else apply("round", a * scale) / scale


FUNCTIONS: dict[str, Any] = JOINS | CHOICES | {
    "sum": _reduction("sum"),
    "nansum": lambda apply, a, axis=None: apply("sum", apply("where", a == a, a, 0), axis=axis),
    "mean": _reduction("mean"),
    "prod": _reduction("prod"),
    "max": _extreme("max", "maximum"),
    "amax": _extreme("max", "maximum"),
    "min": _extreme("min", "minimum"),
    "amin": _extreme("min", "minimum"),
    "ptp": lambda apply, a, axis=None, *, keepdims=False: (
        apply("max", a, axis=axis, keepdims=keepdims)
        - apply("min", a, axis=axis, keepdims=keepdims)
    ),
    "var": _spread("var"),
    "std": _spread("std"),
    "average": _average,
    "median": _median,
    "cumsum": _running("cumsum"),
    "cumprod": _running("cumprod"),
    "sort": _sort,
    "partition": lambda apply, a, kth, axis=-1: _sort(apply, a, axis),
    "norm": _norm,
    "transpose": _transpose,
    "permute_dims": _transpose,
    "reshape": _reshape,
    "broadcast_to": lambda apply, array, shape: apply("broadcast", array, shape=shape),
    "copy": lambda apply, a: apply("identity", a),
    "diff": _difference,
    "gradient": _slopes,
    "trapezoid": _trapezoids,
    "trapz": _trapezoids,
    "round": _rounded,
    "around": _rounded,
    "real": lambda apply, val: val,
    "imag": lambda apply, val: val * 0,
    "angle": lambda apply, z, deg=False: (
        apply("where", z < 0, 180.0 if deg else 3.141592653589793, 0)
    ),
    "full_like": _full_like,
    "linspace": _line,
    "vander": _powers,
} | {
    name: _answer(name)
    for name in (
        "any", "all", "argmax", "argmin", "argsort", "count_nonzero", "nonzero", "flatnonzero",
        "argwhere", "searchsorted", "unique", "zeros_like", "ones_like", "empty_like", "shape",
        "ndim", "size", "allclose", "isclose", "array_equal", "array_str", "array_repr",
        "array2string", "digitize", "histogram", "may_share_memory", "iscomplexobj", "isrealobj",
    )
}  # fmt: skip
"""NumPy's functions by name; each takes what appends an op, then NumPy's arguments."""
