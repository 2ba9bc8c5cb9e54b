r"""Put pieces of LaTeX together: brackets, numbers, and the ops that templates cannot spell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from graphgrad.ops.row import ATOM, COMPARE, POWER, PRODUCT, SIGN
from graphgrad.ops.text import Written, number_text, setting_text
from graphgrad.symbolic.latex_movement import MOVEMENT
from graphgrad.symbolic.markers import as_base
from graphgrad.symbolic.names import raised

__all__ = ["SPECIAL", "bracketed", "entrywise_product", "latex_number", "within"]

_SMALL = re.compile(r"0\.0000")


def within(piece: Written, level: int) -> str:
    """Return a piece's LaTeX, in brackets if it binds more loosely than its surroundings."""
    if piece.level >= level:
        return as_base(piece.text) if level > POWER else piece.text
    return bracketed(piece)


def bracketed(piece: Written) -> str:
    """Return a piece in brackets: square ones turn a comparison into a number."""
    opening, closing = ("[", "]") if piece.level == COMPARE else ("(", ")")
    return rf"\left{opening}{piece.text}\right{closing}"


def latex_number(value: Any) -> Written:
    r"""Return a number in LaTeX.

    >>> from fractions import Fraction
    >>> latex_number(Fraction(1, 3)).text, latex_number(1e-7).text
    ('\\frac{1}{3}', '10^{-7}')
    """
    text = number_text(value)
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    if digits in ("inf", "nan"):
        digits = r"\infty" if digits == "inf" else r"\mathrm{nan}"
    elif "/" in digits:
        top, bottom = digits.split("/")
        digits = rf"\frac{{{top}}}{{{bottom}}}"
    elif "e" in digits or _SMALL.match(digits):
        mantissa, exponent = _scientific(digits)
        power = f"10^{{{exponent}}}"
        if mantissa == "1":
            return Written(sign + power, SIGN if sign else POWER)
        return Written(rf"{sign}{mantissa} \cdot {power}", PRODUCT)
    return Written(sign + digits, SIGN if sign else ATOM)


def _scientific(digits: str) -> tuple[str, int]:
    """Return mantissa and exponent of 1.5e-07, or of 0.00000015."""
    if "e" in digits:
        mantissa, _, power = digits.partition("e")
        return mantissa, int(power)
    figures = digits[2:].lstrip("0")
    exponent = len(figures) - len(digits) + 1
    return figures[0] + ("." + figures[1:] if figures[1:] else ""), exponent


def _product(args: tuple[Written, ...], _settings: Mapping[str, Any]) -> Written:
    """Leave out the dot between a number and what is none: 2x."""
    left, right = within(args[0], PRODUCT), within(args[1], PRODUCT + 1)
    number = left.replace(".", "").isdigit()
    dot = " " if number and not right[0].isdigit() and right[:2] != "\x02c" else r" \cdot "
    return Written(f"{left}{dot}{right}", PRODUCT)


def entrywise_product(args: tuple[Written, ...]) -> Written:
    """Write the product of two arrays entry by entry with a circle, apart from matrix products."""
    left, right = within(args[0], PRODUCT), within(args[1], PRODUCT + 1)
    return Written(rf"{left} \odot {right}", PRODUCT)


def _matrix_product(symbol: str) -> Any:
    """Return a writer that keeps other products in brackets, for they bind alike."""
    return lambda args, _settings: Written(
        f"{within(args[0], PRODUCT + 1)} {symbol} {within(args[1], PRODUCT + 1)}", PRODUCT
    )


def _where(args: tuple[Written, ...], settings: Mapping[str, Any]) -> Written:
    """Write cases so that their neighbours in a sum or product stand apart."""
    holds, yes, no = (arg.text for arg in args)
    return Written(rf"\begin{{cases}} {yes} & {holds} \\ {no} & \text{{else}} \end{{cases}}", _OPEN)


def _sum(args: tuple[Written, ...], settings: Mapping[str, Any]) -> Written:
    axis = settings["axis"]
    over = "" if axis is None else rf"_{{\mathrm{{axis}}\,{setting_text('axes', axis)}}}"
    return Written(rf"\sum{over} {within(args[0], PRODUCT)}", _OPEN)


def _transpose(args: tuple[Written, ...], settings: Mapping[str, Any]) -> Written | None:
    axes = settings["axes"]
    if axes == tuple(reversed(range(len(axes)))):
        return None
    order = setting_text("axes", axes)
    return raised(rf"{within(args[0], ATOM)}^{{\top {order}}}")


_OPEN = COMPARE + 1
SPECIAL = {
    "mul": _product,
    "where": _where,
    "matmul": _matrix_product(r"\,"),
    "dot": _matrix_product(r"\cdot"),
    "outer": _matrix_product(r"\otimes"),
    "sum": _sum,
    "transpose": _transpose,
    **MOVEMENT,
}
