"""Lay a DOT source out with an engine and read back where everything went."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from graphgrad.errors import UsageError
from graphgrad.views.figure.geometry.places import Point, Rect
from graphgrad.views.figure.layout.dot_input import UNSEEN
from graphgrad.views.layout_engines.engine import Engine

__all__ = ["Layout", "laid_out"]

_ANSWERS: dict[tuple[str, str], bytes] = {}
_MOST_KEPT = 64


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
        UsageError: if the engine fails.
    """
    return _read(_run(engine, source), engine.name)


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
    except (KeyError, ValueError, TypeError) as error:
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
        width, height = float(item["width"]) * 72, float(item["height"]) * 72
        return Rect(x - width / 2, y - height / 2, width, height)

    def frame(self, text: str) -> Rect:
        """Return the rectangle of a cluster."""
        left, low, right, high = _numbers(text)
        return Rect(left, self.height - high, right - left, high - low)

    def curve(self, text: str) -> tuple[Point, ...]:
        """Return a spline; tips that an engine names apart are its first and last point."""
        words = text.split(";")[0].split()
        points = [self.point(word) for word in words if word[0] not in "es"]
        for word in words:
            if word.startswith("s,"):
                points[0] = self.point(word[2:])
            elif word.startswith("e,"):
                points[-1] = self.point(word[2:])
        return tuple(points)


def _numbers(text: str) -> list[float]:
    return [float(word) for word in text.split(",")]
