"""Hold what stands on the stack while a formula is read: numbers, arrays, bounds, nodes."""

# Annotations are no texts here: of a named tuple, each text is compiled when this is imported.
from fractions import Fraction
from typing import Any, NamedTuple

from graphgrad.errors import GraphgradError, LimitError, ShapeError, SourceError, UsageError
from graphgrad.expr.tokens import MOST_DIGITS

__all__ = [
    "ArrayLiteral",
    "Bounds",
    "FamilyName",
    "Flag",
    "Keyword",
    "Number",
    "Operand",
    "ShapeLiteral",
    "Word",
    "bracketed",
    "counted_from_1",
    "decimal_number",
    "in_rows",
    "joined",
]

LARGEST_EXPONENT = 400


class Operand(NamedTuple):
    """What stands on the stack, with the columns it came from."""

    value: Any
    start: int
    end: int


def bracketed(text: str, operand: Operand) -> str:
    """Return an operand as written, with the brackets around its ends: ``(P-T)^T``, ``y[2]``."""
    start, end = operand.start, operand.end
    depth = lowest = 0
    for sign in text[start:end]:
        depth += (sign in "([") - (sign in ")]")
        lowest = min(lowest, depth)
    for _ in range(-lowest):
        start = max(text.rfind("(", 0, start), text.rfind("[", 0, start), 0)
    for _ in range(depth - lowest):
        ends = [found + 1 for found in (text.find(")", end), text.find("]", end)) if found >= 0]
        end = min(ends, default=end)
    return text[start:end]


class Keyword(NamedTuple):
    """A ``key=value`` argument, and where its key stands."""

    name: str
    operand: Operand
    start: int
    end: int


class Bounds(NamedTuple):
    """A slice's first and last subscript, counted from 1; None where left out."""

    start: Any
    stop: Any


class Flag(NamedTuple):
    """A setting that is true or false."""

    value: bool


class ShapeLiteral(NamedTuple):
    """A shape written 16x2."""

    lengths: tuple[int, ...]


class Word(NamedTuple):
    """A subscript that is no number, as in ``s[relu]``."""

    text: str


class FamilyName(NamedTuple):
    """A family of lines without its subscripts, or with a range of them."""

    name: str
    start: int | None = None
    stop: int | None = None


class Number(NamedTuple):
    """A numeral, possibly with a sign in front, that is not a node yet."""

    value: Fraction
    signed: bool = False


class ArrayLiteral(NamedTuple):
    """A written-out array of numbers, row by row."""

    entries: tuple[Fraction, ...]
    shape: tuple[int, ...]

    def array(self) -> Any:
        """Return the exact entries as an object array."""
        import numpy as np

        result = np.empty(len(self.entries), dtype=object)
        result[:] = self.entries
        return result.reshape(self.shape)


_LONGEST_EXPONENT = 20
"""Characters of an exponent that are looked at, and shown."""


def decimal_number(text: str) -> Fraction:
    """Return the exact value of a decimal numeral.

    Raises:
        LimitError: if it has too many digits or too large an exponent to be a useful number.

    >>> decimal_number("0.5e1")
    Fraction(5, 1)
    """
    mantissa, _, exponent = text.lower().partition("e")
    if len(mantissa) > MOST_DIGITS:
        raise LimitError("source.long_number", limit=MOST_DIGITS)
    if len(exponent) > _LONGEST_EXPONENT or abs(int(exponent or 0)) > LARGEST_EXPONENT:
        got = exponent[:_LONGEST_EXPONENT]
        raise LimitError("source.large_exponent", got=got, limit=LARGEST_EXPONENT)
    if text.isdecimal():
        return Fraction(int(text))
    whole, _, decimals = mantissa.partition(".")
    power = int(exponent or 0) - len(decimals)
    digits = int((whole + decimals) or "0")
    return Fraction(digits * 10**power) if power >= 0 else Fraction(digits, 10**-power)


def in_rows(found: ArrayLiteral, shape: tuple[int, ...]) -> ArrayLiteral:
    """Return what stands between semicolons: rows of numbers, or one bracketed row each.

    Raises:
        SourceError: if a row holds several arrays, or an array that is no row.
    """
    count, *inner = found.shape
    if not inner:
        return ArrayLiteral(found.entries, shape)
    if shape[1] == 1 and len(inner) == 1:
        return ArrayLiteral(found.entries, (count, *inner))
    raise SourceError("source.rows_of_arrays")


def joined(parts: list[Any]) -> ArrayLiteral | None:
    """Return numbers or equally shaped literals as one literal, or None if one is a node."""
    if all(isinstance(part, Number) for part in parts):
        return ArrayLiteral(tuple(part.value for part in parts), (len(parts),))
    if all(isinstance(part, ArrayLiteral) for part in parts):
        shapes = {part.shape for part in parts}
        if len(shapes) == 1:
            entries = tuple(entry for part in parts for entry in part.entries)
            return ArrayLiteral(entries, (len(parts), *shapes.pop()))
    return None


def counted_from_1(error: GraphgradError) -> GraphgradError:
    """Return the error of a formula of a file: what is wrong there is the source, not a call."""
    if error.message_id == "shape.axis":
        fields = dict(error.fields)
        got = fields["got"]
        fields["got"] = got + 1 if got >= 0 else got
        return ShapeError("source.axis", place=error.place, **fields)
    if isinstance(error, UsageError):
        return SourceError(error.message_id, place=error.place, **error.fields)
    return error
