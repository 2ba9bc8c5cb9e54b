"""Let NumPy's functions work on handles; functions without an op say which have one.

What appends an op, `graphgrad.api.handle.apply`, is handed in: handles call this file.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import Any

from graphgrad.api.numpy_words.choices import plain, refusing
from graphgrad.api.numpy_words.linear import LINEAR
from graphgrad.api.numpy_words.moves import EXCHANGES, MOVES, exchanged, moved, padded
from graphgrad.api.numpy_words.ufuncs import MADE, PLAIN, ROW_OF
from graphgrad.api.numpy_words.whole_arrays import FUNCTIONS
from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import near

__all__ = ["call_function", "call_ufunc", "words"]

Apply = Callable[..., Any]

_ROWS_FIRST = {"roll", "flip", "tile", "repeat"}
"""Moves that have a row of their own, for the calls that it covers."""


def call_ufunc(
    apply: Apply, ufunc: Any, method: str, args: tuple[Any, ...], options: dict[str, Any]
) -> Any:
    """Append the op of a NumPy ufunc.

    Raises:
        UsageError: if the ufunc, its method or an option has no op, naming those that have.
    """
    return refusing(f"np.{ufunc.__name__}", _of_ufunc)(apply, ufunc, method, args, options)


def _of_ufunc(
    apply: Apply, ufunc: Any, method: str, args: tuple[Any, ...], options: dict[str, Any]
) -> Any:
    name = ufunc.__name__
    called = name if method == "__call__" else f"{name}.{method}"
    options = {key: value for key, value in options.items() if not _says_nothing(key, value)}
    if method == "__call__":
        if name in PLAIN:
            return ufunc(*(plain(arg) for arg in args), **options)
        known = name in MADE or name in ROW_OF
        if known and not options:
            return _entry_by_entry(apply, name, args)
    else:
        known = (method, name) in _METHODS or (method == "outer" and name in ROW_OF)
        if known and not set(options) - {"axis", "keepdims"}:
            return _by_method(apply, method, name, args, options)
    if known and options:
        raise UsageError("handle.numpy_option", function=called, options=", ".join(options))
    raise _unsupported(called)


def _says_nothing(option: str, value: Any) -> bool:
    """Tell whether an option asks for what happens anyway."""
    import numpy as np

    if option == "dtype" and value is not None:
        return bool(np.dtype(value) == np.float64)
    if option == "axis":  # None asks for all axes, where reduce goes along the first one
        return False
    return value is None or (option == "where" and value is True)


def _entry_by_entry(apply: Apply, name: str, args: tuple[Any, ...]) -> Any:
    if name in ("power", "float_power") and _is_handle(args[0]):
        return args[0] ** args[1]
    return MADE[name](*args) if name in MADE else apply(ROW_OF[name], *args)


_METHODS: dict[tuple[str, str], str] = {
    ("reduce", "add"): "sum",
    ("reduce", "multiply"): "prod",
    ("reduce", "maximum"): "max",
    ("reduce", "minimum"): "min",
    ("reduce", "logaddexp"): "logsumexp",
    ("accumulate", "add"): "cumsum",
    ("accumulate", "multiply"): "cumprod",
}


def _by_method(
    apply: Apply, method: str, name: str, args: tuple[Any, ...], options: dict[str, Any]
) -> Any:
    """Append what a method of a ufunc does: NumPy's reduce goes along the first axis."""
    if method != "outer":
        axis = options.pop("axis", args[1] if len(args) > 1 else 0)
        return apply(_METHODS[method, name], args[0], axis=axis, **options)
    if name == "multiply":
        return apply("outer", *args)
    first, second = args
    rank = len(getattr(second, "shape", ()))
    shape = (*getattr(first, "shape", ()), *((1,) * rank))
    return _entry_by_entry(apply, name, (apply("reshape", first, shape=shape), second))


def call_function(
    apply: Apply, function: Any, args: tuple[Any, ...], options: dict[str, Any]
) -> Any:
    """Append the op of a NumPy function such as ``np.sum``.

    Raises:
        UsageError: if the function has no op, naming those that have.
    """
    name = function.__name__
    rule = _rule(name, function)
    if rule is None:
        raise _unsupported(name)
    if name == "where" and len(args) + len(options) == 1:
        return refusing("np.where", function)(*(plain(arg) for arg in args))
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
    return refusing(f"np.{name}", rule)(*bound.args, **bound.kwargs)


def _rule(name: str, function: Any) -> Callable[..., Any] | None:
    if name in FUNCTIONS or name in LINEAR:
        return FUNCTIONS.get(name) or LINEAR[name]
    if name in MADE:
        return lambda _apply, *args: MADE[name](*args)
    if name == "pad":
        return lambda _apply, array, *args, **options: padded(array, *args, **options)
    if name in EXCHANGES:
        return lambda _apply, a, *args, **options: exchanged(function, a, *args, **options)
    if name in MOVES:
        return lambda apply, a, *args, **options: _moved(apply, function, a, args, options)
    return None


def _moved(
    apply: Apply, function: Any, a: Any, args: tuple[Any, ...], options: dict[str, Any]
) -> Any:
    """Append a row of the function's name where it covers the call, else move places."""
    name = function.__name__
    given = list(args)
    axis = options.get("axis")
    if name in _ROWS_FIRST:
        amount = None if name == "flip" else given.pop(0) if given else next(
            (options[key] for key in ("shift", "reps", "repeats") if key in options), None
        )  # fmt: skip
        axis = given[0] if given else axis
        if name == "tile" and amount is not None:
            return apply("tile", a, times=amount)
        if isinstance(axis, int) and (name == "flip" or isinstance(amount, int)):
            setting = {"roll": "shift", "repeat": "times"}.get(name)
            return apply(name, a, **({setting: amount} if setting else {}), axis=axis)
    return moved(function, a, *args, **options)


def _is_handle(operand: Any) -> bool:
    return hasattr(operand, "place")


def words() -> list[str]:
    """Return the names of the functions that work on handles."""
    return sorted({*ROW_OF, *MADE, *PLAIN, *FUNCTIONS, *LINEAR, *MOVES, *EXCHANGES, "pad"})


def _unsupported(name: str) -> UsageError:
    return UsageError("handle.numpy", function=name, near=near(name, words()))
