"""Lay a DOT source out with an engine and read back where everything went."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import Worded
from graphgrad.views.figure.geometry.places import Point, Rect
from graphgrad.views.figure.layout.dot_input import UNSEEN
from graphgrad.views.layout_engines.engine import Engine

__all__ = ["Layout", "laid_out"]

_ANSWERS: dict[tuple[str, str], bytes] = {}
_MOST_KEPT = 64
_FARTHEST, _LARGEST_BOX = 1e7, 1e8
"""In points: no graph that can be drawn is larger, nor one of its boxes."""
_BOX = re.compile(r"^[ \t]*+(?!graph |node |edge )(\w++) \[", re.MULTILINE)
_EDGE = re.compile(rf"^[ \t]*+\w++ -> \w++ \[[^\]\n]*?\bid=(?!{UNSEEN}\b)(\w+)", re.MULTILINE)
"""What a source asks for by name: boxes, and the edges that are drawn."""
_ODD = (LookupError, ValueError, TypeError, AttributeError, RecursionError)
"""What answers raise that are no layout: another engine's, or a damaged one's."""


class Layout(NamedTuple):
    """Where everything went, in points, y down from the top left of the drawing.

    Attributes:
        width: of the drawing.
        height: of the drawing.
        boxes: by id.
        curves: by id of the edge, a Bézier spline from source to target.
        labels: by id of the edge, the middle of its label.
        frames: by number of the group.
        engine: the engine's name.
    """

    width: float
    height: float
    boxes: dict[str, Rect]
    curves: dict[str, tuple[Point, ...]]
    labels: dict[str, Point]
    frames: dict[int, Rect]
    engine: str


def laid_out(source: str, engine: Engine) -> Layout:
    """Return the layout of a DOT source.

    Raises:
        UsageError: if the engine fails, or leaves out a box or an edge.
    """
    layout = _read(_run(engine, source), engine.name)
    lost = [name for name in _BOX.findall(source) if name not in layout.boxes]
    lost += [name for name in _EDGE.findall(source) if name not in layout.curves]
    if lost:
        why = Worded("figure.engine_lost", name=lost[0])
        raise UsageError("figure.engine_failed", engine=engine.name, why=why)
    return layout


def _run(engine: Engine, source: str) -> bytes:
    """Run an engine; of the last sources, the same on the same engine is laid out once."""
    key = engine.name, source
    if key not in _ANSWERS:
        answer = engine.run(source, "json")
        if len(_ANSWERS) >= _MOST_KEPT:
            del _ANSWERS[next(iter(_ANSWERS))]
        _ANSWERS[key] = answer
    return _ANSWERS[key]


def _read(answer: bytes, engine: str) -> Layout:
    try:
        data: Any = json.loads(answer)
        _, _, width, height = _numbers(data["bb"])
        flip = _Flip(height)
        objects = data.get("objects", [])
        edges = [edge for edge in data.get("edges", []) if edge["id"] != UNSEEN]
        return Layout(
            width,
            height,
            {o["name"]: flip.box(o) for o in objects if "pos" in o},
            {e["id"]: flip.curve(e["pos"]) for e in edges},
            {e["id"]: flip.point(e["lp"]) for e in edges if "lp" in e},
            {
                int(o["id"][1:]): flip.frame(o["bb"])
                for o in objects
                if "bb" in o and "pos" not in o
            },
            engine,
        )
    except _ODD as error:
        why = f"{type(error).__name__}: {error}"
        raise UsageError("figure.engine_failed", engine=engine, why=why) from None


class _Flip:
    """Read places whose y axis points up."""

    def __init__(self, height: float) -> None:
        self.height = height

    def point(self, text: str) -> Point:
        """Return a place."""
        x, y = _numbers(text)
        return Point(x, self.height - y)

    def box(self, item: dict[str, str]) -> Rect:
        """Return the rectangle of a node."""
        x, y = self.point(item["pos"])
        width, height = _number(item["width"]) * 72, _number(item["height"]) * 72
        if min(width, height) < 0 or width * height > _LARGEST_BOX:
            raise ValueError(item["width"], item["height"])
        return Rect(x - width / 2, y - height / 2, width, height)

    def frame(self, text: str) -> Rect:
        """Return the rectangle of a cluster."""
        left, low, right, high = _numbers(text)
        return Rect(left, self.height - high, right - left, high - low)

    def curve(self, text: str) -> tuple[Point, ...]:
        """Return a spline; tips that an engine names apart are its first and last point."""
        words = text.split(";")[0].split()
        points = [self.point(word) for word in words if word[0] not in "es"]
        if len(points) < 4 or len(points) % 3 != 1:
            raise ValueError(text)
        for word in words:
            if word.startswith("s,"):
                points[0] = self.point(word[2:])
            elif word.startswith("e,"):
                points[-1] = self.point(word[2:])
        return tuple(points)


def _numbers(text: str) -> list[float]:
    return [_number(word) for word in text.split(",")]


def _number(word: str) -> float:
    found = float(word)
    if not abs(found) <= _FARTHEST:
        raise ValueError(word)
    return found
