"""Typeset LaTeX to glyph outlines: words, numerals and matrices piece by piece, formulas whole."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree import ElementTree

from graphgrad.errors import UsageError
from graphgrad.symbolic.write.words_latex import words_of_text
from graphgrad.views.figure.typeset.glyphs import UNIT, drawn
from graphgrad.views.figure.typeset.latex_commands import unknown_command
from graphgrad.views.figure.typeset.outlines_of_text import Ink, beside, entries_of, in_brackets
from graphgrad.views.figure.typeset.templates import formula_ink

__all__ = ["typeset"]

_LONGEST = 4_000
_NUMERAL = re.compile(r"\{-?\d+(?:\.\d+|\{,\}\d+)?\}|\d+(?:\.\d+|\{,\}\d+)?")
_NUMERAL_PIECE = re.compile(r"\{,\}|.")


@lru_cache(maxsize=65536)
def typeset(tex: str, size: float) -> Ink:
    r"""Return LaTeX as outlines.

    Args:
        tex: math in LaTeX, without dollar signs.
        size: of its letters, in points.

    Raises:
        UsageError: if it has an unknown command or cannot be read as LaTeX.

    >>> -1 < typeset("12", 10).width - typeset("34", 10).width < 1
    True
    """
    return _unit_ink(tex.strip()).placed(0.0, 0.0, size / UNIT)


@lru_cache(maxsize=65536)
def _unit_ink(tex: str) -> Ink:
    words, entries = words_of_text(tex), entries_of(tex)
    if words is not None:
        return _words_ink(words)
    if entries is not None:
        return in_brackets([[_unit_ink(entry) for entry in row] for row in entries], UNIT)
    if len(tex) > 1 and _NUMERAL.fullmatch(tex):
        return beside([_unit_ink(piece) for piece in _NUMERAL_PIECE.findall(tex.strip("{}"))])
    command = unknown_command(tex)
    if command:
        raise UsageError("scene.unknown_command", got=command, label=tex[:80])
    if len(tex) > _LONGEST:
        raise UsageError("scene.bad_latex", label=tex[:80], why=f"> {_LONGEST}")
    try:
        return formula_ink(tex)
    except Exception as error:  # noqa: BLE001  # a user's label may break the reader anywhere
        why = f"{type(error).__name__}: {error}"[:120]
        raise UsageError("scene.bad_latex", label=tex[:80], why=why) from None


def _words_ink(words: str) -> Ink:
    """Draw plain words, which no reader of LaTeX sees."""
    math = ElementTree.Element("math")
    ElementTree.SubElement(math, "mtext").text = words.replace(" ", "\N{NO-BREAK SPACE}")
    return drawn(ElementTree.tostring(math, encoding="unicode"))
