r"""Typeset LaTeX to glyph outlines: words, numerals and matrices piece by piece, formulas whole.

A formula is drawn once for all its numerals: ``h_{17}`` is ``h_{00}`` with other digits. Digits are
equally wide, so that a graph of hundreds of numbered names costs a few drawings.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from xml.etree import ElementTree

from graphgrad.errors import UsageError
from graphgrad.symbolic.write.words_latex import words_of_text
from graphgrad.views.figure.typeset.glyphs import DIGITS, UNIT, drawn
from graphgrad.views.figure.typeset.kept_outlines import (
    Drawn,
    keep,
    keep_digits,
    kept,
    kept_digits,
)
from graphgrad.views.figure.typeset.outlines_of_text import Ink, beside, entries_of, in_brackets

__all__ = ["typeset"]

_LONGEST = 4_000
_NUMERAL = re.compile(r"\{-?\d+(?:\.\d+|\{,\}\d+)?\}|\d+(?:\.\d+|\{,\}\d+)?")
_NUMERAL_PIECE = re.compile(r"\{,\}|.")
_BRACE = re.compile(r"(?P<open>(?<!\\)\{|\\left(?![a-z]))|(?<!\\)\}|\\right(?![a-z])")
_DEEPEST = 60
_DIGIT = re.compile(r"\d")
_WORDS, _WHOLE = "words\n", "whole\n"
"""Before what is kept of other things than formulas of zeros: no LaTeX of ours begins so."""
_TURNED = {"msubsup", "munderover", "munder", "mover", "mroot", "mmultiscripts"}


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
    zeros = _DIGIT.sub("0", tex)
    if kept(zeros) is None:
        _check_commands(tex)
    if len(tex) > _LONGEST:
        raise UsageError("scene.bad_latex", label=tex[:80], why=f"> {_LONGEST}")
    if _is_too_deep(tex):
        raise UsageError("scene.bad_latex", label=tex[:80], why=f"{{{{...}}}} > {_DEEPEST}")
    try:
        return _formula_ink(tex)
    except Exception as error:  # noqa: BLE001  # a user's label may break the reader anywhere
        why = f"{type(error).__name__}: {error}"[:120]
        raise UsageError("scene.bad_latex", label=tex[:80], why=why) from None


def _check_commands(tex: str) -> None:
    """Refuse LaTeX with a command that no reader knows; what is kept was checked once."""
    from graphgrad.views.figure.typeset.latex_commands import unknown_command

    command = unknown_command(tex)
    if command:
        raise UsageError("scene.unknown_command", got=command, label=tex[:80])


def _is_too_deep(tex: str) -> bool:
    """Tell whether groups are nested further than the reader of LaTeX can bear, level by level."""
    depth = deepest = 0
    for brace in _BRACE.finditer(tex):
        depth = depth + 1 if brace["open"] else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest > _DEEPEST


def _words_ink(words: str) -> Ink:
    """Draw plain words, which no reader of LaTeX sees."""
    if not words:
        return Ink(0.0, 0.0, 0.0, (), ())
    found = kept(f"{_WORDS}{words}")
    if found is None:
        math = ElementTree.Element("math")
        ElementTree.SubElement(math, "mtext").text = words.replace(" ", "\N{NO-BREAK SPACE}")
        found = Drawn(drawn(ElementTree.tostring(math, encoding="unicode")))
        keep(f"{_WORDS}{words}", found)
    return found.ink


def _formula_ink(tex: str) -> Ink:
    """Return a formula as outlines.

    Raises:
        Exception: of any kind, where it cannot be read as LaTeX.
    """
    digits = _DIGIT.findall(tex)
    template = _template(_DIGIT.sub("0", tex))
    if len(template.places) != len(digits):
        return _whole(tex)
    if not digits:
        return template.ink
    variants = _digit_outlines()
    ink, marks = template.ink, list(template.ink.marks)
    for place, digit in zip(template.places, digits, strict=True):
        outline = variants[marks[place].outline][int(digit)]
        marks[place] = marks[place]._replace(outline=outline)
    return Ink(ink.width, ink.ascent, ink.descent, tuple(marks), ink.rules)


def _whole(tex: str) -> Ink:
    """Return a formula whose digits cannot be told apart."""
    found = kept(f"{_WHOLE}{tex}")
    if found is None:
        found = Drawn(drawn(_source(tex)))
        keep(f"{_WHOLE}{tex}", found)
    return found.ink


@lru_cache(maxsize=8192)
def _template(tex: str) -> Drawn:
    """Return a formula of zeros; without places where its digits cannot be told apart."""
    found = kept(tex)
    if found is None:
        found = _new_template(tex)
        keep(tex, found)
    return found


def _new_template(tex: str) -> Drawn:
    tree = _mathml(tex)
    ink = drawn(ElementTree.tostring(tree, encoding="unicode"))
    count = tex.count("0")
    if not count:
        return Drawn(ink)
    variants = _digit_outlines()
    places = [index for index, mark in enumerate(ink.marks) if mark.outline in variants]
    if len(places) != count:
        return Drawn(ink)
    if count > 1 and any(element.tag in _TURNED for element in tree.iter()):
        return Drawn(ink, _in_order(tex, places))
    return Drawn(ink, tuple(places))


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
    return ElementTree.tostring(_mathml(tex), encoding="unicode")


def _mathml(tex: str) -> ElementTree.Element:
    """Return LaTeX as MathML; a figure all of whose labels are kept does not load its reader."""
    from graphgrad.views.figure.typeset.ziamath_input import mathml_of

    return mathml_of(tex)


@cache
def _digit_outlines() -> dict[str, list[str]]:
    """Map each outline of a zero, of plain and of small scripts, to those of all digits."""
    found = kept_digits()
    if found:
        return found
    for tex in (DIGITS, f"x_{{{DIGITS}}}", f"x_{{y_{{{DIGITS}}}}}", rf"\mathbf{{{DIGITS}}}"):
        names = [mark.outline for mark in drawn(_source(tex)).marks[-len(DIGITS) :]]
        if len(set(names)) == len(DIGITS):
            found.setdefault(names[0], names)
    keep_digits(found)
    return found
