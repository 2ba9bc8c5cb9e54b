"""Typeset LaTeX to glyph outlines with ziamath.

A formula is typeset once for all its numerals, since digits are equally wide: ``h_{17}`` is the
picture of ``h_{00}`` with other digits. That makes a graph of hundreds of numbered names cheap.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import NamedTuple
from xml.etree import ElementTree

from graphgrad.errors import UsageError
from graphgrad.views.scene.grids import entries_of, in_brackets
from graphgrad.views.scene.ink import Ink, Mark, Rule, beside
from graphgrad.views.scene.latex_commands import unknown_command
from graphgrad.views.scene.mathml import DIGITS, mathml_of
from graphgrad.views.scene.wording import words_of_text
from graphgrad.views.scene.zia import zia

__all__ = ["outline_path", "typeset"]

_UNIT = 100.0
_OUTLINE_SIZE = 12.0
_LONGEST = 4_000
_DIGIT = re.compile(r"\d")
_NUMERAL = re.compile(r"\{-?\d+(?:\.\d+|\{,\}\d+)?\}|\d+(?:\.\d+|\{,\}\d+)?")
_NUMERAL_PIECE = re.compile(r"\{,\}|.")
_lock = threading.RLock()
_outlines: dict[str, str] = {}


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
    return _unit_ink(tex.strip()).placed(0.0, 0.0, size / _UNIT)


def outline_path(name: str, size: float) -> str:
    """Return the SVG path of a glyph's outline at a size, y down, from its origin.

    Args:
        name: as in a `Mark`.
        size: in points.
    """
    return _scaled_path(_outlines[name], size / _OUTLINE_SIZE)


@lru_cache(maxsize=65536)
def _unit_ink(tex: str) -> Ink:
    words, entries = words_of_text(tex), entries_of(tex)
    if words is not None:
        return _drawn_words(words)
    if entries is not None:
        return in_brackets([[_unit_ink(entry) for entry in row] for row in entries], _UNIT)
    if len(tex) > 1 and _NUMERAL.fullmatch(tex):
        return beside([_unit_ink(piece) for piece in _NUMERAL_PIECE.findall(tex.strip("{}"))])
    command = unknown_command(tex)
    if command:
        raise UsageError("scene.unknown_command", got=command, label=tex[:80])
    if len(tex) > _LONGEST:
        raise UsageError("scene.bad_latex", label=tex[:80], why=f"> {_LONGEST}")
    try:
        tree = mathml_of(tex)
        digits = [digit for text in tree.itertext() for digit in _DIGIT.findall(text)]
        source = ElementTree.tostring(tree, encoding="unicode")
        return _with_digits(source, digits) if digits else _drawn(source)
    except Exception as error:  # noqa: BLE001  # a user's label may break the reader anywhere
        why = f"{type(error).__name__}: {error}"[:120]
        raise UsageError("scene.bad_latex", label=tex[:80], why=why) from None


def _drawn_words(words: str) -> Ink:
    """Draw plain words, which no reader of LaTeX sees."""
    math = ElementTree.Element("math")
    ElementTree.SubElement(math, "mtext").text = words.replace(" ", "\N{NO-BREAK SPACE}")
    return _drawn(ElementTree.tostring(math, encoding="unicode"))


def _with_digits(source: str, digits: list[str]) -> Ink:
    """Draw a formula with zeros and put the digits in their places."""
    tree = ElementTree.fromstring(source)
    for element in tree.iter():
        element.text = _DIGIT.sub("0", element.text or "")
    ink = _drawn(ElementTree.tostring(tree, encoding="unicode"))
    variants = _digit_outlines()
    zeros = [index for index, mark in enumerate(ink.marks) if mark.outline in variants]
    if len(zeros) != len(digits):
        return _drawn(source)
    marks = list(ink.marks)
    for index, digit in zip(zeros, digits, strict=True):
        outline = variants[marks[index].outline][int(digit)]
        marks[index] = marks[index]._replace(outline=outline)
    return Ink(ink.width, ink.ascent, ink.descent, tuple(marks), ink.rules)


@cache
def _digit_outlines() -> dict[str, list[str]]:
    """Map each outline of a zero, of plain and of small scripts, to those of all digits."""
    found: dict[str, list[str]] = {}
    for tex in (DIGITS, f"x_{{{DIGITS}}}", f"x_{{y_{{{DIGITS}}}}}", rf"\mathbf{{{DIGITS}}}"):
        marks = _drawn(ElementTree.tostring(mathml_of(tex), encoding="unicode")).marks
        names = [mark.outline for mark in marks[-len(DIGITS) :]]
        if len(set(names)) == len(DIGITS):
            found.setdefault(names[0], names)
    return found


class _Symbol(NamedTuple):
    """The box ziamath gives a glyph in its table of symbols."""

    left: float
    top: float
    height: float


@lru_cache(maxsize=8192)
def _drawn(source: str) -> Ink:
    """Draw a MathML tree and read back where each glyph went."""
    with _lock, _symbol_table():
        math = zia().math(ElementTree.fromstring(source), size=_UNIT)
        drawn = math.drawon(ElementTree.Element("svg"), 0.0, 0.0)
        box = math.node.bbox
        advance = float(math.node.xadvance())
    symbols = {str(s.get("id")): _symbol(s) for s in drawn.iter("symbol")}
    marks = tuple(_mark(use, symbols) for use in drawn.iter("use"))
    rules = tuple(_rule(element) for element in drawn.iter("rect"))
    left = min(0.0, float(box.xmin))
    width = max(advance, float(box.xmax)) - left
    ink = Ink(width, float(box.ymax), -float(box.ymin), marks, rules)
    return ink if left == 0.0 else _moved(ink, -left)


def _moved(ink: Ink, distance: float) -> Ink:
    moved = ink.placed(distance, 0.0)
    return Ink(ink.width, ink.ascent, ink.descent, moved.marks, moved.rules)


@contextmanager
def _symbol_table() -> Iterator[None]:
    """Let ziamath name its glyphs: a setting of the whole process, put back after."""
    config = zia().config
    before = config.svg2, config.precision
    config.svg2, config.precision = True, 4
    try:
        yield
    finally:
        config.svg2, config.precision = before


def _symbol(element: ElementTree.Element) -> _Symbol:
    name = str(element.get("id"))
    left, top, _, height = map(float, str(element.get("viewBox")).split())
    path = element.find("path")
    _outlines.setdefault(name, "" if path is None else str(path.get("d")))
    return _Symbol(left, top, height)


def _mark(use: ElementTree.Element, symbols: dict[str, _Symbol]) -> Mark:
    name = str(use.get("href")).removeprefix("#")
    symbol = symbols[name]
    x, y, height = (float(str(use.get(key))) for key in ("x", "y", "height"))
    scale = height / symbol.height
    return Mark(name, x - symbol.left * scale, y - symbol.top * scale, _OUTLINE_SIZE * scale)


def _rule(element: ElementTree.Element) -> Rule:
    return Rule(*(float(str(element.get(key))) for key in ("x", "y", "width", "height")))


_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@lru_cache(maxsize=16384)
def _scaled_path(path: str, scale: float) -> str:
    scaled = _NUMBER.sub(lambda match: f"{float(match[0]) * scale:.2f}", path)
    return re.sub(r"\s+", " ", scaled.replace(".00", "")).strip()
