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


def broken(tex: str, width: Callable[[str], float], limit: float, space: float = 0.0) -> list[str]:
    r"""Return rows of a formula that fit a width, if it can be broken that way.

    Args:
        tex: the formula, wider than the limit.
        width: tells how wide a piece of it is; no longer row is measured.
        limit: the widest row wanted.
        space: what stands between two pieces of a row.

    >>> broken(r"a \cdot b + c \cdot d", len, 12, 1)
    ['a \\cdot b', '+ c \\cdot d']
    """
    rows = [tex]
    for depth in range(_DEEPEST):
        filled = _filled(_pieces(tex, depth), width, limit, space)
        rows = [row for row, _ in filled]
        if max(wide for _, wide in filled) <= limit:
            break
    return rows


def _filled(
    pieces: list[str], width: Callable[[str], float], limit: float, space: float
) -> list[tuple[str, float]]:
    """Return rows of pieces, each with its width."""
    rows: list[tuple[str, float]] = []
    for piece in pieces:
        wide = width(piece)
        longer = rows[-1][1] + space + wide if rows else wide
        if rows and longer <= limit:
            rows[-1] = (f"{rows[-1][0]} {piece}", longer)
        else:
            rows.append((piece, wide))
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
