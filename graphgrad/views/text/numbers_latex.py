r"""Write values in LaTeX: significant digits, ``{-4}`` for a negative number, small matrices."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from typing import Any

from graphgrad.symbolic.write.words_latex import text_tex
from graphgrad.views.text.numbers import number, shape_of, summary
from graphgrad.views.text.numbers_on_board import MOST_COLUMNS, MOST_ENTRIES, MOST_ROWS

__all__ = ["ends_tex", "is_tall", "number_tex", "readable", "value_tex", "value_words"]

_LONGEST_COLUMN = 4
_LONGEST_ENTIRE = 3
_MOST_STORED = 4096


def number_tex(value: Any, digits: int = 4, *, comma: bool = False) -> str:
    r"""Return a number in LaTeX.

    >>> number_tex(-4.0), number_tex(1e-7), number_tex(0.12345), number_tex(2.5, comma=True)
    ('{-4}', '10^{-7}', '0.1235', '2{,}5')
    """
    if isinstance(value, Fraction) and value.denominator != 1 and len(str(value)) <= 12:
        sign = "-" if value < 0 else ""
        return rf"{{{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}}}"
    text = number(value, digits).replace("≈", "")
    mantissa, e, exponent = text.partition("e")
    if e:
        sign, figures = ("-", mantissa[1:]) if mantissa.startswith("-") else ("", mantissa)
        times = "" if figures == "1" else rf"{figures} \cdot "
        text = rf"{sign}{times}10^{{{exponent}}}"
    text = text.replace("inf", r"\infty").replace("nan", r"\mathrm{nan}")
    text = text.replace(".", "{,}") if comma else text
    return f"{{{text}}}" if text.startswith("-") else text


def value_tex(value: Any, digits: int = 4, *, comma: bool = False) -> str:
    """Return a value in LaTeX: a number, a small matrix, else shape and range."""
    shape = shape_of(value)
    if not shape:
        return number_tex(value, digits, comma=comma)
    rows = _rows(value)
    if rows is None:
        return text_tex(summary(value).replace("-", "−"))
    body = r" \\ ".join(
        " & ".join(number_tex(entry, digits, comma=comma) for entry in row) for row in rows
    )
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"


def ends_tex(value: Any, digits: int = 4, *, comma: bool = False, shaped: bool = True) -> str:
    r"""Return a value in one row: of an array its first and last entry, and its shape.

    The marks between them and the shape say that it is a list, and no range from one number to
    another; beside an array of the same shape this is told already. Three entries are written out:
    nothing is saved where one stands between two.

    >>> import numpy as np
    >>> ends_tex(np.array([1.0, 2.0])), ends_tex(np.array([1.0, 2.0, 4.0, 8.0]))
    ('\\left[1,2\\right]', '\\left[1{,}{\\ldots}{,}8\\right]\\,(4)')
    >>> ends_tex(np.array([1.0, 2.0, -4.0])), ends_tex(np.eye(3))
    ('\\left[1,2,{-4}\\right]', '3{\\times}3\\,\\left[1{,}{\\ldots}{,}1\\right]')
    """
    shape = shape_of(value)
    between = ";" if comma else ","
    if math.prod(shape) <= _LONGEST_ENTIRE:
        if len(shape) != 1 or not shape[0]:
            return value_tex(value, digits, comma=comma)
        entries = (number_tex(entry, digits, comma=comma) for entry in value.tolist())
        return rf"\left[{between.join(entries)}\right]"
    flat = value.ravel()
    first, last = (number_tex(flat[k], digits, comma=comma) for k in (0, -1))
    row = rf"\left[{first}{{{between}}}{{\ldots}}{{{between}}}{last}\right]"
    if not shaped:
        return row
    if len(shape) == 1:
        return rf"{row}\,({shape[0]})"
    return r"{\times}".join(map(str, shape)) + rf"\,{row}"


def is_tall(value: Any) -> bool:
    """Tell whether a value takes several rows."""
    rows = _rows(value) if shape_of(value) else None
    return rows is not None and len(rows) > 1


def value_words(value: Any, digits: int = 4) -> str:
    """Return a value on one line, to be read aloud."""
    rows = _rows(value) if shape_of(value) else [[value]]
    if rows is None:
        return summary(value)
    text = "; ".join(", ".join(number(entry, digits) for entry in row) for row in rows)
    return f"[{text}]" if shape_of(value) else text


def readable(value: Any) -> str:
    """Return a value for programs: a number that reads back exactly, nested lists, else a shape.

    >>> readable(6.0), readable(Fraction(1, 3)), readable(float("inf"))
    ('6.0', '1/3', 'inf')
    """
    if type(value) is float:  # nearly all of a network of numbers
        return repr(value)
    shape = shape_of(value)
    if not shape:
        return str(value) if isinstance(value, Fraction) else repr(float(value))
    if math.prod(shape) > _MOST_STORED:
        return "x".join(map(str, shape))
    entries = value.tolist()
    return json.dumps(entries, default=str)


def _rows(value: Any) -> list[list[Any]] | None:
    """Return the rows of a small array; a short vector is a column."""
    shape = shape_of(value)
    if len(shape) == 1 and 0 < shape[0] <= MOST_COLUMNS:
        entries = value.tolist()
        return [[e] for e in entries] if shape[0] <= _LONGEST_COLUMN else [entries]
    if len(shape) == 2 and 0 < shape[0] <= MOST_ROWS and 0 < shape[1] <= MOST_COLUMNS:
        return list(value.tolist()) if shape[0] * shape[1] <= MOST_ENTRIES else None
    return None
