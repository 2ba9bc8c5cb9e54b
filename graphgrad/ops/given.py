"""Take a number or an array given from Python: copied once, read-only, real, or refused in words.

Every door through which Python values come in (leaves, constants of formulas, points, seeds,
directions) asks here, so that one rule holds for all of them: whole numbers and fractions stay
exact, float32 arrays stay float32, other arrays become float64; complex numbers, text, dates,
masked arrays and objects are refused.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, log10
from typing import Any

from graphgrad.errors import GraphgradError, UsageError
from graphgrad.ops.evaluate import arrays

__all__ = ["given", "read_only"]

_REFUSED_KINDS = {"c": "complex", "U": "text", "S": "text", "T": "text", "M": "date", "m": "date"}
_LONGEST = 80
_LARGEST = 1 << 1023
"""Below the largest float; a whole number or a fraction beyond it would be infinite."""


def given(value: Any, name: str, *, booleans: bool = False) -> Any:
    """Return a value as the engine keeps it.

    Args:
        value: a number, a nested list, an array, or what NumPy can make one of.
        name: what the value is for, to name it in an error.
        booleans: whether true and false are taken as 1 and 0.

    Returns:
        A Fraction for a whole number or a fraction, a float for another number, else an array that
        no one can write into: of Fractions where all entries are such objects, of float32 where it
        was, else of float64.

    Raises:
        UsageError: if the value is no real number or array of real numbers.

    >>> given(2, "x"), given(0.5, "x"), given([1, 2], "x")
    (Fraction(2, 1), 0.5, array([1., 2.]))
    """
    kind = type(value)
    if kind is float:
        return value
    if kind is int and -_LARGEST < value < _LARGEST:
        return Fraction(value)
    if kind is Fraction and -_LARGEST < value < _LARGEST:
        return value
    return _array_or_number(value, name, booleans=booleans)


def read_only(array: Any) -> Any:
    """Return an array that cannot be written into; numbers are returned as they are."""
    if hasattr(array, "flags"):
        array.setflags(write=False)
    return array


def _array_or_number(value: Any, name: str, *, booleans: bool) -> Any:
    np = arrays().np
    if type(value) is np.ndarray and value.shape and value.dtype.char in "fd":
        copied = value.copy("K") if value.dtype.isnative else value.astype(value.dtype.type)
        copied.setflags(write=False)
        return copied
    if isinstance(value, int | Fraction) and not -_LARGEST < value < _LARGEST:
        raise _refused(value, name, "large")
    if value is None or isinstance(value, str | bytes | bytearray | complex):
        raise _refused(value, name, _kind_of(value))
    if isinstance(value, np.ma.MaskedArray):
        raise _refused(value, name, "masked")
    try:
        array = np.asarray(value)
    except GraphgradError:
        raise
    except (TypeError, ValueError, RuntimeError, OverflowError):
        raise _refused(value, name, "ragged") from None
    if array.dtype.kind == "O":
        return _objects(array, value, name, booleans=booleans)
    if array.dtype.kind == "b" and not booleans:
        raise _refused(value, name, "boolean")
    if array.dtype.kind not in "fiub":
        raise _refused(value, name, _REFUSED_KINDS.get(array.dtype.kind, "object"))
    if array.shape == ():
        item = array.item()
        return Fraction(int(item)) if array.dtype.kind in "iub" else float(item)
    with np.errstate(all="ignore"):  # a long double may leave the range of doubles
        floats = np.array(array, dtype=np.float32 if array.dtype == np.float32 else np.float64)
    return read_only(floats)


def _objects(array: Any, value: Any, name: str, *, booleans: bool) -> Any:
    """Return an array of Python objects as Fractions, or as floats if one entry is none."""
    np = arrays().np
    entries = [_entry(entry, value, name, booleans=booleans) for entry in array.ravel()]
    if array.shape == ():
        return entries[0]
    exact = bool(entries) and all(isinstance(entry, Fraction) for entry in entries)
    result = np.empty(len(entries), dtype=object if exact else float)
    result[:] = entries if exact else list(map(_float, entries))
    return read_only(result.reshape(array.shape))


def _entry(entry: Any, value: Any, name: str, *, booleans: bool) -> Any:
    np = arrays().np
    if isinstance(entry, bool | np.bool_):
        if booleans:
            return Fraction(int(entry))
        raise _refused(value, name, "boolean")
    if isinstance(entry, int | Fraction):
        if not -_LARGEST < entry < _LARGEST:
            raise _refused(value, name, "large")
        return Fraction(entry)
    kind = _kind_of(entry)
    if kind == "object" and (isinstance(entry, Decimal) or hasattr(type(entry), "__float__")):
        try:
            return float(entry)
        except GraphgradError:
            raise
        except (TypeError, ValueError, ArithmeticError, RuntimeError):
            pass
    raise _refused(value, name, kind)


def _float(entry: Any) -> float:
    try:
        return float(entry)
    except OverflowError:
        return float("inf") if entry > 0 else float("-inf")


def _kind_of(value: Any) -> str:
    if isinstance(value, str | bytes | bytearray):
        return "text"
    if isinstance(value, complex):
        return "complex"
    if value is None:
        return "nothing"
    return "date" if type(value).__module__ == "datetime" else "object"


def _rounded(value: Any) -> str:
    """Return the size of a number that has too many digits to be written out."""
    return f"{'-' * (value < 0)}10^{int(log10(ceil(abs(value))))}"


def _refused(value: Any, name: str, kind: str) -> UsageError:
    shown = (
        repr(value) if kind != "large" or not isinstance(value, int | Fraction) else _rounded(value)
    )
    if len(shown) > _LONGEST:
        shown = f"{shown[:_LONGEST]}..."
    kind_name = type(value).__name__
    return UsageError(f"given.{kind}", name=name, got=shown, kind=kind_name)
