"""Take a number or an array given from Python: copied once, read-only, real, or refused in words.

Every door through which Python values come in (leaves, constants of formulas, points, seeds,
directions) asks here, so that one rule holds for all of them: whole numbers and fractions stay
exact, float32 arrays stay float32, other arrays become float64; complex numbers, text, dates,
masked arrays and objects are refused.

A number of float32 is kept as a `Single`. A pass computes numbers as Python's, and rounds those of
float32 after each operation. For +, -, *, / and square roots that is what a machine of float32
gives, bit for bit; other functions are nearer to the true number than there.

Source: Figueroa, "When is double rounding innocuous?", ACM SIGNUM Newsletter 30(3), 1995.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction
from math import ceil, log10
from typing import Any

from graphgrad.errors import GraphgradError, UsageError
from graphgrad.messages.catalogue import quoted
from graphgrad.ops.evaluate import arrays

__all__ = [
    "Single", "as_given", "given", "has_single", "in_single", "is_plain", "like_known", "read_only",
    "rounded",
]  # fmt: skip

_REFUSED_KINDS = {"c": "complex", "U": "text", "S": "text", "T": "text", "M": "date", "m": "date"}
_LONGEST = 80
_LARGEST = 1 << 1023
"""Below the largest float; a whole number or a fraction beyond it would be infinite."""
_LARGEST_SINGLE = 3.4e38
"""Nearly the largest float32."""


class Single(float):
    """A number that was given as a float32, and so is one of float32 in every pass."""

    __slots__ = ()


def given(value: Any, name: str, *, booleans: bool = False) -> Any:
    """Return a value as the engine keeps it.

    Args:
        value: a number, a nested list, an array, or what NumPy can make one of.
        name: what the value is for, to name it in an error.
        booleans: whether true and false are taken as 1 and 0.

    Returns:
        A Fraction for a whole number or a fraction, a float for another number, which is a `Single`
        where it was of float32, else an array that no one can write into: of Fractions where all
        entries are such objects, of float32 where it was, else of float64.

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
    if (kind is Fraction and -_LARGEST < value < _LARGEST) or kind is Single:
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
        if array.dtype.kind in "iub":
            return Fraction(int(item))
        return Single(item) if array.dtype.char == "f" else float(item)
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
    large = kind == "large" and isinstance(value, int | Fraction)
    shown = _rounded(value) if large else quoted(value)
    if len(shown) > _LONGEST:
        shown = f"{shown[:_LONGEST]}..."
    kind_name = type(value).__name__
    return UsageError(f"given.{kind}", name=name, got=shown, kind=kind_name)


# ---- numbers of float32 ----


def rounded(number: float) -> float:
    """Return the nearest number that a float32 holds; infinite beyond the largest one.

    >>> rounded(0.1), rounded(1e300)
    (0.10000000149011612, inf)
    """
    return float(as_given(number))


def in_single(value: Any) -> Any:
    """Return a number rounded as `rounded` does, an array as one of float32."""
    return rounded(value) if type(value) is float else value.astype("float32", copy=False)


def has_single(values: Collection[Any]) -> bool:
    """Tell whether there is a number or an array of float32 among values as they were given."""
    types = set(map(type, values))  # in a graph of a million numbers, one or two
    if Single in types or all(kind.__module__ != "numpy" for kind in types):
        return Single in types
    return any(getattr(getattr(value, "dtype", None), "char", "") == "f" for value in values)


def like_known(value: Any, known: Any) -> Any:
    """Return a number in the precision of the one in whose place it is given.

    A number of Python's has none of its own; NumPy's float64 has.

    >>> type(like_known(0.1, Single(2))).__name__, type(like_known(0.1, 2.0)).__name__
    ('Single', 'float')
    """
    if type(known) is Single and type(value) in (int, float, Fraction):
        return Single(rounded(float(value)))
    return value


def as_given(number: Any) -> Any:
    """Return a number of float32 as NumPy's, which says so; what is no number as it is."""
    if type(number) is not float and type(number) is not Single:
        return number
    np = arrays().np
    if -_LARGEST_SINGLE < number < _LARGEST_SINGLE:
        return np.float32(number)
    with np.errstate(all="ignore"):  # beyond it NumPy warns, and the result is infinite
        return np.float32(number)


def is_plain(value: Any, shape: tuple[int, ...]) -> bool:
    """Tell whether programs take a value as it is: a matrix of NumPy multiplies otherwise."""
    plain = type(value) is arrays().np.ndarray and value.shape == shape
    return plain and value.dtype.char in "df"
