"""Compose a figure of two passes, or of two graphs, with what differs between them marked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import zip_longest
from typing import Any, NamedTuple

from graphgrad.graph.graph import Graph
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.diagram import told, with_titles
from graphgrad.views.figure.content.differences import compared_diagrams, with_answers
from graphgrad.views.figure.content.heat import on_one_scale
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.scene.compose import CLOSE_MARGIN, Drawing, Prepared, prepared
from graphgrad.views.figure.scene.fit import fitted
from graphgrad.views.figure.scene.legend import with_legend, with_marks
from graphgrad.views.figure.scene.on_page import on_page
from graphgrad.views.figure.scene.proposed_style import warned
from graphgrad.views.figure.scene.rungs import Sketch
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.scene.two_scenes import beside, size_beside

__all__ = ["Pair", "Side", "compared"]


class Side(NamedTuple):
    """One of two things that are compared.

    Attributes:
        title: what it is, in a few words.
        source: a pass, or a graph without numbers.
        answers: numbers found by hand that stand instead of those of the pass: a value by its
            name, an adjoint by ``d`` and the name; None for those of the pass.
    """

    title: str
    source: Trace | Graph
    answers: Mapping[str, Any] | None = None


class Pair(NamedTuple):
    """Two things that are compared."""

    first: Side
    second: Side


def compared(pair: Pair, options: SceneOptions) -> Scene:
    """Return the scene of two passes or graphs side by side, their differences marked.

    Args:
        pair: what is compared.
        options: what is shown of both, and how it is laid out.

    Raises:
        UsageError: as `graphgrad.views.figure.scene.compose.scene_of`.
        LimitError: as there.
    """
    sides = [_prepared(side, options) for side in pair]
    named = (with_titles(side.diagram) for side in sides)
    diagrams = on_one_scale(compared_diagrams(*named), sides[0].options)
    sides = [s._replace(diagram=d) for s, d in zip(sides, diagrams, strict=True)]
    drawing = _Both(sides, [side.title for side in pair])
    wanted = sides[0].options
    return fitted(wanted, drawing) if options.fit else warned(drawing.composed(wanted), wanted)


def _prepared(side: Side, options: SceneOptions) -> Prepared:
    found = prepared(side.source, options)
    if side.answers is None:
        return found
    return found._replace(diagram=with_answers(told(found.diagram), side.answers))


class _Both:
    """Two drawings that are tried in the same ways."""

    about_values = True

    def __init__(self, sides: list[Prepared], titles: list[str]) -> None:
        self.sides, self.titles = sides, titles
        self.drawings: list[Drawing] = [side.drawing() for side in sides]
        first, second = self.drawings
        first.beside, second.beside = second, first

    def boxes(self, options: SceneOptions) -> int:
        """Return how many boxes are left after folding."""
        return sum(drawing.boxes(options) for drawing in self.drawings)

    def largest(self, options: SceneOptions) -> float:
        """Return the share of all computed lines that the fullest folded box of a side holds."""
        return max(drawing.largest(options) for drawing in self.drawings)

    def ghosts(self, options: SceneOptions) -> int:
        """Return how many boxes more there are with shared parameters beside each use, of both."""
        return sum(drawing.ghosts(options) for drawing in self.drawings)

    def room(self, options: SceneOptions) -> tuple[float, float]:
        """Return the size of the smallest letters and the area of all boxes of both."""
        rooms = [drawing.room(options) for drawing in self.drawings]
        return max(smallest for smallest, _ in rooms), math.fsum(area for _, area in rooms)

    def sketched(self, options: SceneOptions) -> Sketch:
        """Return about how large both get together, in every way that is open."""
        first, second = (drawing.sketched(options) for drawing in self.drawings)
        last = second.ways[-1]
        pairs = zip_longest(first.ways, second.ways[: len(first.ways)], fillvalue=last)
        ways = [one._replace(size=size_beside(one.size, other.size)) for one, other in pairs]
        smallest = min(first.smallest, second.smallest)
        return Sketch(smallest, max(first.below, second.below), ways)

    def composed(self, options: SceneOptions) -> Scene:
        """Return both at their natural size."""
        scenes = [
            side.stepped(drawing.composed(options._replace(legend=False)))
            for side, drawing in zip(self.sides, self.drawings, strict=True)
        ]
        scene = beside(scenes, self.titles)
        scene = with_marks(with_legend(scene) if options.legend else scene)
        return on_page(scene, CLOSE_MARGIN) if options.compact else on_page(scene)
