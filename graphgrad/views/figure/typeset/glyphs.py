"""Draw MathML with ziamath and read back where each glyph went."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NamedTuple
from xml.etree import ElementTree

from graphgrad.views.figure.typeset.outlines_of_text import Ink, Mark, Rule

__all__ = ["DIGITS", "UNIT", "drawn", "learn", "outline_path", "outlines"]

UNIT = 100.0
"""The size in points at which all is drawn; other sizes are scaled from it."""
DIGITS = "0123456789"
_OUTLINE_SIZE = 12.0
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_lock = threading.RLock()
_outlines: dict[str, str] = {}


@lru_cache(maxsize=8192)
def drawn(source: str) -> Ink:
    """Return the text of a MathML tree as outlines."""
    from graphgrad.views.figure.typeset.ziamath_door import zia  # what is kept needs no drawing

    ziamath = zia()
    with _lock, _symbol_table(ziamath.config):
        math = ziamath.math(ElementTree.fromstring(source), size=UNIT)
        picture = math.drawon(ElementTree.Element("svg"), 0.0, 0.0)
        box = math.node.bbox
        advance = float(math.node.xadvance())
    symbols = {str(s.get("id")): _symbol(s) for s in picture.iter("symbol")}
    marks = tuple(_mark(use, symbols) for use in picture.iter("use"))
    rules = tuple(_rule(element) for element in picture.iter("rect"))
    left = min(0.0, float(box.xmin))
    width = max(advance, float(box.xmax)) - left
    ink = Ink(width, float(box.ymax), -float(box.ymin), marks, rules)
    return ink if left == 0.0 else _moved(ink, -left)


def outline_path(name: str, size: float) -> str:
    """Return the SVG path of a glyph's outline at a size, y down, from its origin.

    Args:
        name: as in a `Mark`.
        size: in points.
    """
    return _scaled_path(_outlines[name], size / _OUTLINE_SIZE)


def outlines() -> dict[str, str]:
    """Return the SVG paths of the glyphs drawn so far, by name."""
    return _outlines


def learn(found: Mapping[str, str]) -> None:
    """Take over outlines of glyphs that were drawn before."""
    for name, path in found.items():
        _outlines.setdefault(name, path)


def _moved(ink: Ink, distance: float) -> Ink:
    moved = ink.placed(distance, 0.0)
    return Ink(ink.width, ink.ascent, ink.descent, moved.marks, moved.rules)


@contextmanager
def _symbol_table(config: Any) -> Iterator[None]:
    """Let ziamath name its glyphs: a setting of the whole process, put back after."""
    before = config.svg2, config.precision
    config.svg2, config.precision = True, 4
    try:
        yield
    finally:
        config.svg2, config.precision = before


class _Symbol(NamedTuple):
    """The box ziamath gives a glyph in its table of symbols."""

    left: float
    top: float
    height: float


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


@lru_cache(maxsize=16384)
def _scaled_path(path: str, scale: float) -> str:
    between, numbers = _cut(path)
    scaled = between % tuple([number * scale for number in numbers])
    return " ".join(scaled.replace(".00", "").split())


@lru_cache(maxsize=16384)
def _cut(path: str) -> tuple[str, tuple[float, ...]]:
    """Return a path with places for its numbers, and these."""
    return _NUMBER.sub("%.2f", path), tuple(map(float, _NUMBER.findall(path)))
