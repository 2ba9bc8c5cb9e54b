"""Write numbers and arrays for people: significant digits, matrices where they are small."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from graphgrad.messages.catalogue import text
from graphgrad.ops.evaluate import to_float
from graphgrad.views.text.name_ranges import shape_words

if TYPE_CHECKING:
    from graphgrad.graph.graph import Graph

__all__ = ["DIGITS", "as_in_file", "block", "factor", "inline", "number", "shape_of"]
__all__ += ["significant", "with_comma", "with_commas", "with_commas_latex"]

DIGITS = 6
LARGEST_INTEGER = 10**15
LONGEST_EXACT = 24
MOST_ROWS = 12
LONGEST_VECTOR = 24
_POINT = r"(?<![\w.])(\d+)\.(?=\d)"
_BETWEEN = r"(\\text\{[^{}]*\})|(?<!\\), "
_LIST = r"\[[-−\d.,\se]+\]"
_ROWS = r"\],(?=\s+\[)"
_FEW_DIGITS, _NOISE = 4, 1e-12

_digits: ContextVar[int] = ContextVar("digits", default=DIGITS)


@contextmanager
def significant(digits: int) -> Iterator[None]:
    """Write numbers with as many digits where no others are asked for, as captions of a figure.

    >>> with significant(2):
    ...     number(0.68997448)
    '0.69'
    """
    token = _digits.set(digits)
    try:
        yield
    finally:
        _digits.reset(token)


def number(value: Any, digits: int | None = None) -> str:
    """Return a number with significant digits, else those in force; short rationals stay exact.

    A number beside a whole one keeps the digits that tell them apart: where a unit is at
    0.9999998, the next line needs 1 - h^2, which is not 0.

    >>> number(6.0), number(1e-7), number(0.68997448), number(-0.0), number(Fraction(1, 3))
    ('6', '1e-7', '0.689974', '0', '1/3')
    >>> number(0.99999977), number(0.99999977, 2), number(3 + 1e-15), number(0.9999994992)
    ('0.99999977', '1', '3', '0.999999499')
    """
    digits = _digits.get() if digits is None else digits
    if isinstance(value, Fraction):
        exact = str(value)
        if len(exact) <= LONGEST_EXACT:
            return exact
        return "≈" + number(to_float(value), digits)
    value = float(value)
    if not math.isfinite(value):
        return "nan" if math.isnan(value) else ("inf" if value > 0 else "-inf")
    if value.is_integer() and abs(value) < LARGEST_INTEGER:
        return str(int(value))
    mantissa, e, exponent = f"{value:.{_telling(value, digits)}g}".partition("e")
    return f"{mantissa}e{int(exponent)}" if e else mantissa


def _telling(value: float, digits: int) -> int:
    """Return the digits that tell a number from the whole one beside it, more than asked for.

    Where few are asked for there is no room, and what is nearer than floats get is rounding.
    """
    beside = abs(value - round(value))
    if digits < _FEW_DIGITS or not _NOISE * max(1.0, abs(value)) < beside < abs(value) * 0.5:
        return digits
    room = abs(value) < 10 ** (digits - 2)  # of a large number the whole digits are enough
    shown = abs(float(f"{value:.{digits}g}") - round(value))
    if abs(shown - beside) <= beside / 10 or not room:
        return digits
    return max(digits, math.ceil(math.log10(max(1.0, abs(value)) / beside)) + 2)


def factor(value: Any) -> str:
    """Return a number as a factor of a product: in brackets where it has a sign or a bar.

    >>> factor(-4.0), factor(4.0)
    ('(-4)', '4')
    """
    written = inline(value)
    return f"({written})" if written.startswith("-") or "/" in written else written


def inline(value: Any, limit: int = 48, digits: int | None = None) -> str:
    """Return a value on one line: a number, a short array, else shape and range.

    Args:
        value: a number or an array.
        limit: the most characters an array may take before it is summarized.
        digits: significant digits; None takes those in force.
    """
    shape = shape_of(value)
    if not shape:
        return number(value, digits)
    if _size(shape) <= limit // 2:
        written = _nested(value.tolist(), digits)
        if len(written) <= limit:
            return written
    return summary(value)


def block(value: Any, limit: int = 48, digits: int | None = None) -> list[str]:
    """Return a value on as many lines as it needs: a matrix row by row, columns aligned.

    Args:
        value: a number or an array.
        limit: the most characters per line before an array is summarized.
        digits: significant digits; None takes those in force.
    """
    shape = shape_of(value)
    if 0 in shape:
        return [summary(value)]
    if len(shape) == 1 and shape[0] <= LONGEST_VECTOR:
        return _wrapped_vector(value, limit, digits)
    if len(shape) != 2 or shape[0] > MOST_ROWS or shape[1] > limit // 2:
        return [inline(value, limit, digits)]
    rows = [[number(entry, digits) for entry in row] for row in value.tolist()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "[" + "  ".join(entry.rjust(w) for entry, w in zip(row, widths, strict=True)) + "]"
        for row in rows
    ]
    return lines if len(lines[0]) <= limit else [summary(value)]


def _wrapped_vector(value: Any, limit: int, digits: int | None) -> list[str]:
    written = inline(value, len(value) * (limit + 2), digits)
    lines = textwrap.wrap(written, limit, subsequent_indent=" ", break_on_hyphens=False)
    return [line.ljust(max(map(len, lines))) for line in lines]


def summary(value: Any) -> str:
    """Return an array's shape and the range of its entries."""
    floats = to_float(value)
    size = _size(shape_of(value))
    return text(
        "number.array" if size else "number.empty",
        shape=shape_words(shape_of(value)),
        least=number(floats.min(), 3) if size else "",
        most=number(floats.max(), 3) if size else "",
    )


def with_comma(told: str) -> str:
    """Return a text whose numbers are written with a comma, and lists of them with semicolons.

    >>> with_comma("w = [0.5, 2], x1.2 = 3.25"), with_comma("[[0.5,2], [1,0]]")
    ('w = [0,5; 2], x1.2 = 3,25', '[[0,5;2]; [1,0]]')
    """
    told = re.sub(_ROWS, "];", re.sub(_LIST, _with_semicolons, told))
    return re.sub(_POINT, r"\1,", told)


def _with_semicolons(found: re.Match[str]) -> str:
    """Return a list whose entries are apart even where those have commas."""
    return found[0].replace(",", ";") if "." in found[0] else found[0].replace(", ", "; ")


def as_in_file(graph: Graph, told: str) -> str:
    r"""Return a text about a graph as its file writes numbers, entries and arguments.

    A text that is so written already stays as it is.

    >>> from graphgrad.source.gg import read_gg
    >>> commas = read_gg("decimal comma\ninput x = 0,5\ny = max(x; 0,25)")
    >>> as_in_file(commas, "y = max(x, 0.25) = 0.5, W[1,2]"), as_in_file(commas, "no number")
    ('y = max(x; 0,25) = 0,5, W[1;2]', 'no number')
    """
    return with_commas(told) if graph.heading.comma else told


def with_commas(told: str) -> str:
    """Return a text with decimal commas, and semicolons between entries and arguments.

    >>> with_commas("[0.5, 2] and clip(x, 0, 1), W[1,2]")
    '[0,5; 2] and clip(x; 0; 1), W[1;2]'
    """
    found, inside = [], [""]
    for at, sign in enumerate(told):
        if sign in "([":
            named = at > 0 and (told[at - 1].isalnum() or told[at - 1] == "_")
            inside.append(sign if named else "")
        elif sign in ")]" and len(inside) > 1:
            inside.pop()
        parts = inside[-1] == "[" or (inside[-1] == "(" and told[at + 1 : at + 2] == " ")
        found.append(";" if sign == "," and parts else sign)
    return with_comma("".join(found))


def with_commas_latex(latex: str) -> str:
    r"""Return LaTeX with decimal commas, and semicolons between arguments.

    >>> print(with_commas_latex(r"\max\left(x, 0.25\right) + \left[1, 2.5\right]"))
    \max\left(x; 0{,}25\right) + \left[1; 2{,}5\right]
    """
    return re.sub(_POINT, r"\1{,}", re.sub(_BETWEEN, lambda found: found[1] or "; ", latex))


def shape_of(value: Any) -> tuple[int, ...]:
    """Return the shape of a number or an array."""
    return tuple(getattr(value, "shape", ()))


def _nested(entries: Any, digits: int | None) -> str:
    if isinstance(entries, list):
        return f"[{', '.join(_nested(entry, digits) for entry in entries)}]"
    return number(entries, digits)


def _size(shape: tuple[int, ...]) -> int:
    return math.prod(shape)
