"""Put the texts of boxes, edges and groups into the places that a layout gave them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from graphgrad.ops.evaluate import to_float
from graphgrad.symbolic.write.words_latex import text_tex
from graphgrad.views.figure.content.diagram import (
    Diagram,
    DiagramBox,
    DiagramEdge,
    DiagramGroup,
    Shape,
    Weight,
)
from graphgrad.views.figure.content.heat import EdgeHeat, edge_heat
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.geometry.places import Point, Rect, title_inset
from graphgrad.views.figure.layout.arranged import Arranged
from graphgrad.views.figure.layout.dot_output import Layout
from graphgrad.views.figure.scene.in_words import changes_told, size_told
from graphgrad.views.figure.scene.on_page import to_solid, touching
from graphgrad.views.figure.scene.outlines import corner_radius
from graphgrad.views.figure.scene.scene import (
    Blank,
    Held,
    Scene,
    SceneBox,
    SceneEdge,
    SceneGroup,
    SceneHeat,
    SceneSolid,
    SceneText,
)
from graphgrad.views.figure.typeset.density import ROOMY
from graphgrad.views.figure.typeset.label_rows import Label, LabelRow
from graphgrad.views.figure.typeset.measured import MARK_ROOM, Measured
from graphgrad.views.figure.typeset.typeset import typeset
from graphgrad.views.text.numbers_latex import readable, value_words

__all__ = ["placed_scene"]

_WIRE_GAP = 2.5
_PART = 65536  # a million floats of Python's are 32 MB


def placed_scene(
    diagram: Diagram, labels: Measured, placed: Arranged, options: SceneOptions
) -> Scene:
    """Put texts into the places of a layout."""
    layout = placed.layout
    boxes = [
        _scene_box(b, labels.boxes[b.id], layout.boxes[b.id], labels.shapes[b.id])
        for b in diagram.boxes
    ]
    hot = edge_heat(diagram, options)
    edges = [_edge(edge, labels, placed, hot) for edge in diagram.edges]
    if options.style == "neurons":  # large numbers on top
        edges.sort(key=lambda found: abs(found[0].level or 0.0))
    blanks = [blank for _, found in (*boxes, *edges) for blank in found]
    return Scene(
        title=diagram.title,
        description=size_told(diagram, placed),
        language=diagram.language,
        width=layout.width,
        height=layout.height,
        direction=placed.direction,
        boxes=tuple(box for box, _ in boxes),
        edges=tuple(edge for edge, _ in edges),
        groups=tuple(
            _scene_group(group, layout.frames[number])
            for number, group in enumerate(diagram.groups)
            if number in layout.frames
        ),
        blanks=tuple(b._replace(number=i + 1) for i, b in enumerate(blanks)),
        last_step=len(diagram.acts) - 1,
        acts=diagram.acts,
        engine=layout.engine,
        decimal_comma=options.decimal_comma,
        crowded=tuple(placed.crowded),
        notes=(*changes_told(options, diagram, placed), *diagram.notes),
    )


def _edge(
    edge: DiagramEdge, labels: Measured, placed: Arranged, hot: EdgeHeat
) -> tuple[SceneEdge, list[Blank]]:
    """Return an edge in its place; its line tells what it brings back where that is wanted."""
    return _scene_edge(
        edge,
        labels.edges.get(edge.id),
        _curve(edge, labels, placed.layout),
        placed.labels.get(edge.id),
        wire=edge.id in labels.reserved.wires,
        hot=hot,
    )


def _curve(edge: DiagramEdge, labels: Measured, layout: Layout) -> tuple[Point, ...]:
    """Return an edge's spline from outline to outline; a tensor's stands inside of its room."""
    curve = layout.curves[edge.id]
    for end in (edge.source, edge.target):
        rect = layout.boxes[end]
        curve = touching(curve, rect, corner_radius(labels.shapes[end], rect))
        if labels.shapes[end] == "solid":
            curve = to_solid(curve, rect, labels.boxes[end])
        curve = curve[::-1]
    return curve


def _scene_box(
    box: DiagramBox, label: Label, rect: Rect, shape: Shape
) -> tuple[SceneBox, list[Blank]]:
    """Return a box with its texts in the middle of its room, and its blanks."""
    rect = rect.grown(-MARK_ROOM) if box.mark else rect
    rows = _rows(label, rect, box.id)
    drawn = SceneBox(
        id=box.id,
        name=box.name,
        role=box.role,
        shape=shape,
        rect=rect.trimmed(*label.spare) if rows.solid and not box.mark else rect,
        texts=rows.texts,
        group=box.group,
        words=box.words,
        value=_stored(box.value),
        adjoint=_stored(box.adjoint),
        value_words=_told(box, "value"),
        adjoint_words=_told(box, "adjoint"),
        value_step=box.value_step,
        adjoint_step=box.adjoint_step,
        trouble=bool(box.trouble),
        held=_held(box),
        heat=rows.heat,
        solid=rows.solid,
        mark=box.mark,
        part=box.part,
    )
    return drawn, rows.blanks


def _told(box: DiagramBox, kind: Literal["value", "adjoint"]) -> str:
    """Return a number of a box in words; of a fold, those of the lines that others read."""
    if not box.frontier:
        return _aloud(getattr(box, kind))
    words = {inner.name: _aloud(getattr(inner, kind)) for inner in box.frontier}
    told = [(name, found) for name, found in words.items() if found]
    return told[0][1] if len(words) == len(told) == 1 else ", ".join(map(" = ".join, told))


def _held(box: DiagramBox) -> tuple[Held, ...]:
    """Return the lines that a folded box stands for."""
    kept = dict(box.kept)
    return tuple(
        Held(
            inner.name,
            inner.role,
            _stored(inner.value),
            _stored(inner.adjoint),
            _stored(kept.get(inner.name)),
        )
        for inner in box.inside
    )


def _scene_edge(
    edge: DiagramEdge,
    label: Label | None,
    curve: tuple[Point, ...],
    place: Rect | None,
    *,
    wire: bool = False,
    hot: EdgeHeat,
) -> tuple[SceneEdge, list[Blank]]:
    """Return an edge with its label in its place, and its blanks."""
    rows = _rows(label, place, edge.id, wire=wire) if label and place else _Placed((), [], ())
    drawn = SceneEdge(
        id=edge.id,
        source=edge.source,
        target=edge.target,
        slot=edge.slot,
        curve=curve,
        texts=rows.texts,
        label=place,
        words=edge.words,
        numbers=edge.numbers,
        partial=_stored(edge.number),
        contribution=_stored(edge.contribution),
        forward_step=edge.forward_step,
        backward_step=edge.backward_step,
        formula=edge.formula,
        partial_words=_aloud(edge.number),
        contribution_words=_aloud(edge.contribution),
        size=_size(edge),
        brought=tuple((name, _stored(value)) for name, value in edge.brought),
        heat=rows.heat,
        level=hot.level(edge),
        level_step=0 if hot.heat == "value" else edge.backward_step,
        headless=edge.weight is not None,
        mark=edge.mark,
        weight=() if edge.weight is None else _weight(edge.weight),
    )
    return drawn, rows.blanks


def _weight(weight: Weight) -> tuple[str, str, str]:
    """Return the name of a weight, its value and its gradient for programs."""
    return weight.name, _stored(weight.value), _stored(weight.gradient)


def _scene_group(group: DiagramGroup, rect: Rect) -> SceneGroup:
    """Return a frame with its title at the top left."""
    size = ROOMY.letters["group"]
    tex = text_tex(group.title)
    ink = typeset(tex, size)
    left = rect.left + title_inset(rect.width, ink.width)
    text = SceneText("group", tex, ink, left, rect.top + 1.25 * size, size)
    return SceneGroup(group.name, group.title, rect, text, closes=group.name)


class _Placed(NamedTuple):
    """The rows of a label in their place."""

    texts: tuple[SceneText, ...]
    blanks: list[Blank]
    heat: tuple[SceneHeat, ...]
    solid: SceneSolid | None = None


def _rows(label: Label, rect: Rect, owner: str, *, wire: bool = False) -> _Placed:
    """Return the rows of a label, centred in a rectangle, or above and below its middle."""
    texts: list[SceneText] = []
    blanks: list[Blank] = []
    heat: list[SceneHeat] = []
    solid: SceneSolid | None = None
    top = rect.top + (rect.height - label.height) / 2
    rows = label.baselines(top)
    for row, baseline in _on_both_sides(label, rect) if wire else rows:
        left = rect.left + (rect.width - row.width) / 2
        if row.ink.marks:
            text = SceneText(row.kind, row.tex, row.ink, left, baseline, row.size, row.known_step)
            texts.append(text)
        if row.blank[0]:
            blanks.append(_blank(row, left, baseline, owner))
        elif row.grid is not None:
            place = _behind(row, left, baseline)
            heat.append(SceneHeat(place, row.grid.rows, row.known_step))
        elif row.solid is not None and row.solid[0]:
            solid = _solid(row.solid, _behind(row, left, baseline))
    return _Placed(tuple(texts), blanks, tuple(heat), solid)


def _solid(size: tuple[float, float, float], place: Rect) -> SceneSolid:
    """Return a tensor in its place: the front at the lower left, the depth to the upper right."""
    wide, high, deep = size
    return SceneSolid(Rect(place.left, place.bottom - high, wide, high), deep)


def _on_both_sides(label: Label, rect: Rect) -> Iterator[tuple[LabelRow, float]]:
    """Yield values with their baselines above the middle of a wire, what comes back below it."""
    middle = rect.centre.y
    for row in label.rows:
        below = row.kind == "adjoint"
        yield row, middle + _WIRE_GAP + row.ascent if below else middle - _WIRE_GAP - row.descent


def _blank(row: LabelRow, left: float, baseline: float, owner: str) -> Blank:
    return Blank(0, _behind(row, left, baseline), row.kind, owner, row.answer)


def _behind(row: LabelRow, left: float, baseline: float) -> Rect:
    """Return where what stands behind the ink of a row goes."""
    width, height = row.behind
    middle = baseline + (row.descent - row.ascent) / 2
    return Rect(left + row.width - width, middle - height / 2, width, height)


def _aloud(value: Any) -> str:
    return "" if value is None else value_words(value)


def _size(edge: DiagramEdge) -> float | None:
    """Return how large all is that an edge brings back; None where it brings nothing."""
    told = [v for _, v in (*edge.brought, ("", edge.contribution)) if v is not None]
    return math.hypot(*map(_norm, told)) if told else None


def _norm(value: Any) -> float:
    """Return how large a number or an array is: the root of the sum of squares."""
    numbers = to_float(value)
    flat = numbers.ravel() if hasattr(numbers, "ravel") else [numbers]
    return math.hypot(*(math.hypot(*flat[i : i + _PART]) for i in range(0, len(flat), _PART)))


def _stored(value: Any) -> str:
    return "" if value is None else readable(value)
