"""Put the texts of a box, an edge or a group into the place that a layout gave it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from graphgrad.ops.evaluate import to_float
from graphgrad.ops.shapes import entries
from graphgrad.symbolic.write.words_latex import text_tex
from graphgrad.views.figure.content.diagram import (
    DiagramBox,
    DiagramEdge,
    DiagramGroup,
    Shape,
    Weight,
)
from graphgrad.views.figure.content.heat import EdgeHeat
from graphgrad.views.figure.geometry.places import Point, Rect, title_inset
from graphgrad.views.figure.scene.scene import (
    Blank,
    Held,
    SceneBox,
    SceneEdge,
    SceneGroup,
    SceneHeat,
    SceneSolid,
    SceneText,
)
from graphgrad.views.figure.typeset.density import ROOMY
from graphgrad.views.figure.typeset.label_rows import Label, LabelRow
from graphgrad.views.figure.typeset.measured import MARK_ROOM
from graphgrad.views.figure.typeset.typeset import typeset
from graphgrad.views.text.numbers_latex import readable, value_words

__all__ = ["scene_box", "scene_edge", "scene_group"]

_WIRE_GAP = 2.5


def scene_box(
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
        rect=rect,
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


def scene_edge(
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


def scene_group(group: DiagramGroup, rect: Rect) -> SceneGroup:
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
    told = [value for _, value in edge.brought]
    told += [] if edge.contribution is None else [edge.contribution]
    return math.hypot(*map(_norm, told)) if told else None


def _norm(value: Any) -> float:
    """Return how large a number or an array is: the root of the sum of squares."""
    return math.hypot(*entries(to_float(value)))


def _stored(value: Any) -> str:
    return "" if value is None else readable(value)
