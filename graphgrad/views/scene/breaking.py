r"""Break a formula in LaTeX into rows before its operators, outside of brackets if possible."""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["broken"]

_TOKEN = re.compile(r"\\(?:left|right)\s*(?:\\[A-Za-z]+|\\.|.)|\\[A-Za-z]+|\\.|.", re.DOTALL)
_OPERATORS = frozenset({"+", "-", r"\cdot", r"\odot", r"\otimes", "=", r"\,"})
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")
_LEFT, _RIGHT = re.compile(r"\\left(?![A-Za-z])"), re.compile(r"\\right(?![A-Za-z])")
_DEEPEST = 3


def broken(tex: str, width: Callable[[str], float], limit: float) -> list[str]:
    r"""Return rows of a formula that fit a width, if it can be broken that way.

    Args:
        tex: the formula.
        width: tells how wide a row is.
        limit: the widest row wanted.

    >>> broken(r"a \cdot b + c \cdot d", len, 12)
    ['a \\cdot b', '+ c \\cdot d']
    """
    if width(tex) <= limit:
        return [tex]
    rows = [tex]
    for depth in range(_DEEPEST):
        rows = _filled(_pieces(tex, depth), width, limit)
        if max(map(width, rows)) <= limit:
            break
    return rows


def _filled(pieces: list[str], width: Callable[[str], float], limit: float) -> list[str]:
    rows: list[str] = []
    for piece in pieces:
        longer = f"{rows[-1]} {piece}" if rows else piece
        if rows and width(longer) <= limit:
            rows[-1] = longer
        else:
            rows.append(piece)
    return rows


def _pieces(tex: str, deepest: int) -> list[str]:
    """Cut a formula before operators that stand in at most so many brackets."""
    if deepest:
        tex = tex.replace(r"\left(", "(").replace(r"\right)", ")")
    braces = brackets = 0
    pieces = [""]
    for token in _TOKEN.findall(tex):
        inside = braces > 0 or brackets > deepest
        if token in _OPERATORS and not inside and pieces[-1].strip(" (-"):
            pieces.append("")
        pieces[-1] += token
        if token in ("{", r"\begin") or _LEFT.match(token):
            braces += 1
        elif token in ("}", r"\end") or _RIGHT.match(token):
            braces -= 1
        elif token in _OPENING:
            brackets += 1
        elif token in _CLOSING:
            brackets -= 1
    return [piece.strip() for piece in pieces if piece.strip() not in ("", r"\,")]
