r"""Draw a formula once for all its numerals: ``h_{17}`` is ``h_{00}`` with other digits.

Digits are equally wide, so that a graph of hundreds of numbered names costs a few drawings.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple
from xml.etree import ElementTree

from graphgrad.views.figure.typeset.glyphs import drawn
from graphgrad.views.figure.typeset.outlines_of_text import Ink
from graphgrad.views.figure.typeset.ziamath_input import DIGITS, mathml_of

__all__ = ["formula_ink"]

_DIGIT = re.compile(r"\d")
_TURNED = {"msubsup", "munderover", "munder", "mover", "mroot", "mmultiscripts"}


class _Template(NamedTuple):
    """A formula of zeros, and per digit of its LaTeX the position of its mark."""

    ink: Ink
    places: tuple[int, ...]


def formula_ink(tex: str) -> Ink:
    """Return a formula as outlines.

    Raises:
        Exception: of any kind, where it cannot be read as LaTeX.
    """
    digits = _DIGIT.findall(tex)
    if not digits:
        return drawn(_source(tex))
    template = _template(_DIGIT.sub("0", tex))
    if len(template.places) != len(digits):
        return drawn(_source(tex))
    variants = _digit_outlines()
    ink, marks = template.ink, list(template.ink.marks)
    for place, digit in zip(template.places, digits, strict=True):
        outline = variants[marks[place].outline][int(digit)]
        marks[place] = marks[place]._replace(outline=outline)
    return Ink(ink.width, ink.ascent, ink.descent, tuple(marks), ink.rules)


@lru_cache(maxsize=8192)
def _template(tex: str) -> _Template:
    """Return a formula of zeros; without places where its digits cannot be told apart."""
    tree = mathml_of(tex)
    ink = drawn(ElementTree.tostring(tree, encoding="unicode"))
    variants = _digit_outlines()
    places = [index for index, mark in enumerate(ink.marks) if mark.outline in variants]
    count = tex.count("0")
    if len(places) != count:
        return _Template(ink, ())
    if count > 1 and any(element.tag in _TURNED for element in tree.iter()):
        return _Template(ink, _in_order(tex, places))
    return _Template(ink, tuple(places))


def _in_order(tex: str, places: list[int]) -> tuple[int, ...]:
    """Return places in the order of the digits in LaTeX, told by drawing a digit of its own each.

    Scripts may be drawn in another order than they are written: ``x^{2}_{1}`` as ``x_{1}^{2}``.
    """
    if len(places) > len(DIGITS):
        return ()
    counter = iter(DIGITS)
    marks = drawn(_source(_DIGIT.sub(lambda _: next(counter), tex))).marks
    shown = {
        outline: digit
        for outlines in _digit_outlines().values()
        for digit, outline in enumerate(outlines)
    }
    found = {shown.get(marks[place].outline): place for place in places}
    return tuple(found[digit] for digit in range(len(places)) if digit in found)


def _source(tex: str) -> str:
    return ElementTree.tostring(mathml_of(tex), encoding="unicode")


@cache
def _digit_outlines() -> dict[str, list[str]]:
    """Map each outline of a zero, of plain and of small scripts, to those of all digits."""
    found: dict[str, list[str]] = {}
    for tex in (DIGITS, f"x_{{{DIGITS}}}", f"x_{{y_{{{DIGITS}}}}}", rf"\mathbf{{{DIGITS}}}"):
        names = [mark.outline for mark in drawn(_source(tex)).marks[-len(DIGITS) :]]
        if len(set(names)) == len(DIGITS):
            found.setdefault(names[0], names)
    return found
