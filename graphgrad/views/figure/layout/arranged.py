"""Lay a diagram out, with more room or the other way round where that reads better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from graphgrad.views.figure.content.collapse import Spine, spine_of
from graphgrad.views.figure.content.diagram import Diagram
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.geometry.places import Rect, Size
from graphgrad.views.figure.layout.dot_input import Plan, layout_source
from graphgrad.views.figure.layout.dot_output import Layout, laid_out
from graphgrad.views.figure.layout.estimate import Way, estimated
from graphgrad.views.figure.layout.frames import framed, tangled
from graphgrad.views.figure.layout.label_places import place_labels
from graphgrad.views.figure.layout.neuron_columns import in_neuron_columns
from graphgrad.views.figure.layout.stretched import stretched
from graphgrad.views.figure.layout.wires_and_rows import (
    broken_rows,
    joined,
    straightened,
    turned_edges,
)
from graphgrad.views.figure.typeset.density import density_of
from graphgrad.views.figure.typeset.measured import Measured
from graphgrad.views.layout_engines.engine import Engine

__all__ = ["Arranged", "arranged", "ways_of"]

_MOST_RANKS_ACROSS = 6
_MOST_TRIED = 60
_FACTORS = (1.0, 1.12, 1.25, 1.4, 1.6, 1.9)
_MOST_STRETCHED = 150
_PAGE = Size(1920.0, 1080.0)
_PREFER_ACROSS = 1.08
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


def arranged(diagram: Diagram, labels: Measured, options: SceneOptions, engine: Engine) -> Arranged:
    """Return the layout in the direction asked for, or that is likely to fill a slide better.

    The engine runs once. Labels that find no free place get one by pulling the layout apart.
    """
    if options.style == "neurons":
        standing = in_neuron_columns(diagram, labels.reserved)
        told, crowded = place_labels(standing, labels.reserved.labels)
        return Arranged(standing, told, crowded, "LR")
    spine = spine_of(diagram)
    way = _way(diagram, spine, labels, options)
    plan = _plan(diagram, spine, labels, options, way, engine)
    reserved = labels.reserved
    source = layout_source(diagram, spine, reserved, plan)
    laid = straightened(laid_out(source, engine), plan.turned)
    best: Arranged | None = None
    for factor in _FACTORS:
        apart = stretched(laid, factor) if factor > 1.0 else laid
        if not plan.frames:
            apart = framed(diagram, apart, reserved)
        layout, rooms = joined(apart, reserved.wires)
        places, crowded = place_labels(layout, reserved.labels)
        placed = Arranged(layout, places | rooms, crowded, way.direction, len(plan.rows))
        if best is None or len(crowded) < len(best.crowded):
            best = placed
        if not crowded or len(diagram.boxes) > _MOST_STRETCHED:
            break
    assert best is not None
    return best


def ways_of(diagram: Diagram, labels: Measured, options: SceneOptions) -> list[Way]:
    """Return the ways in which a diagram may be laid out, with their estimated sizes."""
    if options.style == "neurons":
        standing = in_neuron_columns(diagram, labels.reserved)
        return [Way("LR", 0, Size(standing.width, standing.height))]
    density = density_of(compact=options.compact, narrow=options.short_signs)
    found = list(estimated(diagram, spine_of(diagram), labels.reserved, density))
    if options.rows:
        return [way for way in found if way.rows == options.rows] or found[1:2]
    if options.style == "wire":
        return found[:1]
    if options.direction != "auto":
        return [way for way in found if way.direction == options.direction and not way.rows]
    return found


def _way(diagram: Diagram, spine: Spine, labels: Measured, options: SceneOptions) -> Way:
    """Return the way asked for; else across if that is short, or the one that fills a slide."""
    ways = ways_of(diagram, labels, options)
    across = [way for way in ways if way.direction == "LR"]
    if across and spine.length <= _MOST_RANKS_ACROSS:
        return across[0]
    plain = [way for way in ways if not way.rows] or ways
    if len(diagram.boxes) > _MOST_TRIED:
        return plain[-1]
    best = max(plain, key=_worth)
    if best.scale_on(_PAGE) >= _READABLE or plain == ways:
        return best
    return max([best, *ways], key=_worth)


def _worth(way: Way) -> float:
    """Return how far a layout can grow on a slide; across is preferred a little, rows are not."""
    scale = way.scale_on(_PAGE)
    return scale * _PREFER_ACROSS if way.direction == "LR" else scale / (_WORTH if way.rows else 1)


def _plan(
    diagram: Diagram,
    spine: Spine,
    labels: Measured,
    options: SceneOptions,
    way: Way,
    engine: Engine,
) -> Plan:
    widths = {box: size.width for box, size in labels.reserved.boxes.items()}
    rows = broken_rows(spine.chain, widths, way.rows)
    turned = turned_edges(diagram, rows)
    density = density_of(compact=options.compact, narrow=options.short_signs)
    # engines lose edges of rows that leave a frame
    frames = not rows and not tangled(diagram)
    spaced = bool(labels.reserved.labels) and len(diagram.boxes) <= _MOST_TRIED
    return Plan(
        way.direction,
        rows,
        turned,
        spaced=spaced,
        tables=engine.html_labels,
        density=density,
        frames=frames,
    )
