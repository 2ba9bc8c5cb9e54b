"""Lay a diagram out, with more room or the other way round where that reads better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from graphgrad.views.figure.content.collapse import Spine, spine_of
from graphgrad.views.figure.content.diagram import Diagram
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.geometry.places import Rect, Size
from graphgrad.views.figure.layout.dot_input import Plan, layout_source
from graphgrad.views.figure.layout.dot_output import Layout, laid_out
from graphgrad.views.figure.layout.frames import framed, tangled
from graphgrad.views.figure.layout.label_places import place_labels
from graphgrad.views.figure.layout.wires_and_rows import (
    broken_rows,
    joined,
    straightened,
    turned_edges,
)
from graphgrad.views.figure.typeset.density import COMPACT, ROOMY
from graphgrad.views.figure.typeset.measured import Measured
from graphgrad.views.layout_engines.engine import Engine

__all__ = ["MOST_ROWS", "Arranged", "arranged"]

_MOST_RANKS_ACROSS = 6
_MOST_TRIED = 60
_WIDER = 1.4
_PAGE = Size(1920.0, 1080.0)
_PREFER_ACROSS = 1.08
MOST_ROWS = 3
_WORTH = 1.3
"""How much larger rows must make a figure: they hide which boxes stand in one layer."""
_READABLE = 24.0 / 14.0
"""How far a figure must grow on a slide of 1920x1080 for its letters of 14 points to be 24 high."""


class Arranged(NamedTuple):
    """A diagram laid out, with its labels in their places.

    Attributes:
        layout: where boxes, curves and frames went.
        labels: the rectangle of each label, by id of the edge.
        crowded: ids of the edges whose label found no free place.
        direction: the direction chosen.
        rows: into how many rows the main chain is broken; 0 for none.
    """

    layout: Layout
    labels: Mapping[str, Rect]
    crowded: Sequence[str]
    direction: Literal["LR", "TB"]
    rows: int = 0

    @property
    def scale(self) -> float:
        """Return how far it can grow on a slide; across is preferred a little."""
        width, height = self.layout.width, self.layout.height
        fit = min(_PAGE.width / max(width, 1.0), _PAGE.height / max(height, 1.0))
        return fit * (_PREFER_ACROSS if self.direction == "LR" else 1.0)


def arranged(diagram: Diagram, labels: Measured, options: SceneOptions, engine: Engine) -> Arranged:
    """Return the layout in the direction asked for, or that fills a slide better."""
    tries = _Tries(diagram, spine_of(diagram), labels, engine)
    if options.rows:
        return tries.placed(options, "TB")
    if options.direction != "auto":
        return tries.placed(options, options.direction)
    if tries.spine.length <= _MOST_RANKS_ACROSS:
        return tries.placed(options, "LR")
    if len(diagram.boxes) > _MOST_TRIED:
        return tries.placed(options, "TB")
    best = max(
        (tries.placed(options, "LR"), tries.placed(options, "TB")), key=lambda placed: placed.scale
    )
    if best.scale >= _READABLE or options.style == "wire":
        return best
    rows = (replace(options, rows=count) for count in range(1, MOST_ROWS + 1))
    tried = [tries.placed(way, "TB") for way in rows]
    free = [
        placed
        for placed in tried
        if len(placed.crowded) <= len(best.crowded)
        and len(placed.layout.frames) >= len(best.layout.frames)
    ]
    return max([best, *free], key=lambda placed: placed.scale / (_WORTH if placed.rows else 1.0))


class _Tries(NamedTuple):
    """Lay one diagram out in several ways."""

    diagram: Diagram
    spine: Spine
    labels: Measured
    engine: Engine

    def placed(self, options: SceneOptions, direction: Literal["LR", "TB"]) -> Arranged:
        """Return a layout; with more room where labels did not find a free place."""
        best: Arranged | None = None
        reserved = self.labels.reserved
        first = self._plan(options, direction)
        for index, spread in enumerate((1.0, 1.0, _WIDER, _WIDER**2, _WIDER**3)):
            plan = first._replace(spread=spread, spaced=index > 0)
            source = layout_source(self.diagram, self.spine, reserved, plan)
            laid = straightened(laid_out(source, self.engine), plan.turned)
            if not plan.frames:
                laid = framed(self.diagram, laid, reserved)
            layout, rooms = joined(laid, reserved.wires)
            places, crowded = place_labels(layout, reserved.labels)
            placed = Arranged(layout, places | rooms, crowded, direction, len(first.rows))
            if best is None or len(crowded) < len(best.crowded):
                best = placed
            if not crowded or len(self.diagram.boxes) > _MOST_TRIED:
                break
        assert best is not None
        return best

    def _plan(self, options: SceneOptions, direction: Literal["LR", "TB"]) -> Plan:
        widths = {box: size.width for box, size in self.labels.reserved.boxes.items()}
        rows = broken_rows(self.spine.chain, widths, options.rows)
        turned = turned_edges(self.diagram, rows)
        density = COMPACT if options.compact else ROOMY
        # engines lose edges of rows that leave a frame
        frames = not rows and not tangled(self.diagram)
        tables = self.engine.html_labels
        return Plan(direction, rows, turned, tables=tables, density=density, frames=frames)
