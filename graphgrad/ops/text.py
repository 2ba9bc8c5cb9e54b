"""Write numbers and op calls as text of the expression language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from fractions import Fraction
from typing import Any, NamedTuple

from graphgrad.ops.row import ATOM, POWER, PRODUCT, SIGN, Infix, Prefix, Row
from graphgrad.ops.shapes import shape_text

__all__ = ["Written", "number_text", "written_call", "written_number"]


_MOST_BITS = 4000
"""Of a number that is written whole: Python writes no longer ones, and files have none."""


class Written(NamedTuple):
    """A piece of formula and how tightly its outermost operator binds."""

    text: str
    level: int = ATOM

    def within(self, level: int) -> str:
        """Return the text, in brackets if it binds more loosely than its surroundings."""
        return f"({self.text})" if self.level < level else self.text


def number_text(value: Any) -> str:
    """Return a number so that reading it gives the same number; one of 1,200 digits is cut.

    >>> number_text(Fraction(1, 4)), number_text(Fraction(1, 3)), number_text(1e-7)
    ('0.25', '1/3', '1e-07')
    """
    if isinstance(value, int) and value.bit_length() <= _MOST_BITS:
        return str(value)
    if isinstance(value, int | Fraction):
        return _fraction_text(Fraction(value))
    value = float(value)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _fraction_text(value: Fraction) -> str:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _MOST_BITS:
        with localcontext(Context(prec=16, Emax=MAX_EMAX, Emin=MIN_EMIN)):
            return f"{Decimal(value.numerator) / Decimal(value.denominator):.15e}"
    if value.denominator == 1:
        return str(value.numerator)
    twos = fives = 0
    rest = value.denominator
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives)
    if rest != 1 or places > 20:
        return f"{value.numerator}/{value.denominator}"
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def written_number(value: Any) -> Written:
    """Return a number as a piece of formula: signs and fractions bind like operators."""
    text = number_text(value)
    if text.startswith("-"):
        return Written(text, SIGN)
    return Written(text, PRODUCT if "/" in text else ATOM)


def written_call(
    row: Row, args: Iterable[Written], settings: Mapping[str, Any], rank: int = 0
) -> Written:
    """Return an op applied to pieces of formula.

    Args:
        row: the op.
        args: its arguments.
        settings: its settings, complete.
        rank: number of axes of the first argument, so that "all axes" is not spelled out.
    """
    args = tuple(args)
    special = _SPECIAL.get(row.name)
    if row.name == "powi" and rank > 1 and settings["n"] == -1:  # A^-1 is the inverse of a matrix
        return Written(f"powi({args[0].text}, n=-1)")
    if special is not None:
        return special(args, settings)
    if isinstance(row.notation, Infix):
        left, right = args
        symbol = row.notation.symbol
        space = "" if row.notation.level >= PRODUCT and symbol != "@" else " "
        behind = right.within(row.notation.right_level)
        if behind.startswith("-") and row.notation.level >= PRODUCT:
            behind = f"({behind})"  # 2*(-3), as on paper
        text = f"{left.within(row.notation.left_level)}{space}{symbol}{space}{behind}"
        return Written(text, row.notation.level)
    if isinstance(row.notation, Prefix):
        symbol = row.notation.symbol
        return Written(f"{symbol}{args[0].within(row.notation.level + 1)}", row.notation.level)
    inside = [arg.text for arg in args] + _settings_texts(row, settings, rank)
    return Written(f"{row.name}({', '.join(inside)})")


def _settings_texts(row: Row, settings: Mapping[str, Any], rank: int) -> list[str]:
    """Return the settings that differ from their defaults, as ``key=value``."""
    texts = []
    for setting in row.settings:
        value = settings[setting.name]
        if value == setting.default or value is None:
            continue
        if setting.default is None and setting.kind == "axes" and value == tuple(range(rank)):
            continue
        if setting.kind == "axis" and setting.default == -1 and value == rank - 1:
            continue
        texts.append(f"{setting.name}={setting_text(setting.kind, value)}")
    return texts


def setting_text(kind: str, value: Any) -> str:
    """Return a setting's value as a file writes it: axes and subscripts count from 1."""
    if kind == "axis":
        return str(value + 1)
    if kind == "axes":
        return (
            str(value[0] + 1)
            if len(value) == 1
            else f"[{', '.join(str(axis + 1) for axis in value)}]"
        )
    if kind == "shape":
        return shape_text(value) if value else "[]"
    if kind == "places":
        return f"[{', '.join(str(place + 1) for place in value)}]"
    if kind == "key":
        return f"[{key_text(value)}]"
    return str(int(value)) if kind == "flag" else number_text(value)


def key_text(key: Any) -> str:
    """Return subscripts counted from 1: ``1, 2:3``."""
    return ", ".join(
        str(part + 1) if isinstance(part, int) else f"{part[0] + 1}:{part[1]}" for part in key
    )


def _power(args: tuple[Written, ...], settings: Mapping[str, Any]) -> Written:
    exponent = written_number(settings["n"])
    text = exponent.text if exponent.level in (ATOM, SIGN) else f"({exponent.text})"
    return Written(f"{args[0].within(ATOM)}^{text}", POWER)


def _transpose(args: tuple[Written, ...], settings: Mapping[str, Any]) -> Written:
    axes = settings["axes"]
    if axes == tuple(reversed(range(len(axes)))):
        return Written(f"{args[0].within(ATOM)}^T", POWER)
    return Written(f"transpose({args[0].text}, axes={setting_text('axes', axes)})")


def _index(args: tuple[Written, ...], settings: Mapping[str, Any]) -> Written:
    return Written(f"{args[0].within(ATOM)}[{key_text(settings['key'])}]")


def _inverse(args: tuple[Written, ...], _settings: Mapping[str, Any]) -> Written:
    return Written(f"{args[0].within(ATOM)}^-1", POWER)


_SPECIAL = {"inverse": _inverse, "powi": _power, "transpose": _transpose, "index": _index}
