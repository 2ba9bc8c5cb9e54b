"""Lay a diagram out, with more room or the other way round where that reads better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from graphgrad.views.scene.diagram import Diagram
from graphgrad.views.scene.layout import Layout, laid_out, reads_tables
from graphgrad.views.scene.layout_source import Size, layout_source
from graphgrad.views.scene.measured import Measured
from graphgrad.views.scene.options import SceneOptions
from graphgrad.views.scene.places import Rect
from graphgrad.views.scene.placing import place_labels
from graphgrad.views.scene.spine import Spine, spine_of
from graphgrad.views.scene.wires import joined

__all__ = ["Arranged", "arranged"]

_MOST_RANKS_ACROSS = 6
_MOST_TRIED = 60
_WIDER = 1.4
_PAGE = Size(1920.0, 1080.0)
_PREFER_ACROSS = 1.08


class Arranged(NamedTuple):
    """A diagram laid out, with its labels in their places.

    Attributes:
        layout: where boxes, curves and frames went.
        labels: the rectangle of each label, by id of the edge.
        crowded: ids of the edges whose label found no free place.
        direction: the direction chosen.
    """

    layout: Layout
    labels: Mapping[str, Rect]
    crowded: Sequence[str]
    direction: Literal["LR", "TB"]

    @property
    def scale(self) -> float:
        """Return how far it can grow on a slide; across is preferred a little."""
        width, height = self.layout.width, self.layout.height
        fit = min(_PAGE.width / max(width, 1.0), _PAGE.height / max(height, 1.0))
        return fit * (_PREFER_ACROSS if self.direction == "LR" else 1.0)


def arranged(diagram: Diagram, labels: Measured, options: SceneOptions) -> Arranged:
    """Return the layout in the direction asked for, or that fills a slide better."""
    spine = spine_of(diagram)
    if options.direction != "auto":
        return _placed(diagram, spine, labels, options.direction, options.engine)
    if spine.length <= _MOST_RANKS_ACROSS:
        return _placed(diagram, spine, labels, "LR", options.engine)
    if len(diagram.boxes) > _MOST_TRIED:
        return _placed(diagram, spine, labels, "TB", options.engine)
    across = _placed(diagram, spine, labels, "LR", options.engine)
    down = _placed(diagram, spine, labels, "TB", options.engine)
    return across if across.scale >= down.scale else down


def _placed(
    diagram: Diagram,
    spine: Spine,
    labels: Measured,
    direction: Literal["LR", "TB"],
    engine: str | None,
) -> Arranged:
    """Lay a diagram out; with more room where labels did not find a free place."""
    best: Arranged | None = None
    spaced, reserved, tables = False, labels.reserved, reads_tables(engine)
    for spread in (1.0, 1.0, _WIDER, _WIDER**2):
        source = layout_source(
            diagram, spine, reserved, direction, spread, spaced=spaced, tables=tables
        )
        spaced = True
        layout, rooms = joined(laid_out(source, engine), reserved.wires)
        places, crowded = place_labels(layout, reserved.labels)
        placed = Arranged(layout, places | rooms, crowded, direction)
        if best is None or len(crowded) < len(best.crowded):
            best = placed
        if not crowded or len(diagram.boxes) > _MOST_TRIED:
            break
    assert best is not None
    return best
