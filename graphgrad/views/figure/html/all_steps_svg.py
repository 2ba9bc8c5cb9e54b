"""Prepare one SVG that holds all steps: every text and both ways of every arrow, told by class.

The numbers of later steps are drawn but hidden; no title or attribute tells them before.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

from graphgrad.symbolic.write.words_latex import printable
from graphgrad.views.figure.content.known_at import Frame
from graphgrad.views.figure.html.predict_form import NONE_ASKED, Hidden, questions_hiding
from graphgrad.views.figure.scene.outlines import DASHES, arrow_head, path_data, shortened
from graphgrad.views.figure.scene.scene import Scene, SceneBox, SceneEdge
from graphgrad.views.figure.svg.heat_marks import line_style
from graphgrad.views.figure.svg.svg import svg_tree
from graphgrad.views.figure.svg.theme import theme_of

__all__ = ["stage_of"]

_TOLD = (
    *("data-value", "data-adjoint", "data-lines"),
    *("data-partial", "data-contribution", "data-contributions", "data-weight-gradient"),
)
_XLINK = "xlink:href"


def stage_of(
    scene: Scene, theme: str, frame: Frame, hidden: Hidden = NONE_ASKED
) -> ElementTree.Element:
    """Return the SVG of all steps, as it looks after the frame's step.

    Args:
        scene: the figure.
        theme: a name of `graphgrad.views.figure.svg.theme.THEMES`.
        frame: the state it starts in; its step is a number.
        hidden: which texts tell the answers to which questions.
    """
    root = svg_tree(scene, theme=theme)
    _without_addresses(root)
    root.set("data-step", str(frame.step))
    described = root.find("desc")
    if described is not None:
        described.text = printable(scene.description)
    prefix, backward = root.get("id", ""), theme_of(theme).backward
    drawn = {str(group.get("id")): group for group in root.iter("g") if group.get("id")}
    for box in scene.boxes:
        group = drawn[f"{prefix}-{box.id}"]
        _prepare_box(scene, box, group, frame)
        _ask(box, group, hidden)
    for edge in scene.edges:
        dim = theme_of(theme).dim
        group = drawn[f"{prefix}-{edge.id}"]
        _prepare_edge(scene, edge, group, frame, dim if edge.dimmed else backward)
        if edge.level is not None and edge.level_step:
            _tell_later(group, line_style(0.0, theme_of(theme)))
        _ask(edge, group, hidden)
    for group in root.iter("g"):
        if "text" in group.get("class", "").split():
            _switch(group, "later", on=_is_later(group, frame))
    for cells in root.iter("path"):
        if "cells" in cells.get("class", "").split():
            _switch(cells, "later", on=_is_later(cells, frame))
    return root


def _is_later(element: ElementTree.Element, frame: Frame) -> bool:
    return int(element.get("data-step", "0")) > (frame.step or 0)


def _without_addresses(root: ElementTree.Element) -> None:
    """Drop the names of namespaces, which an SVG inside HTML does not need."""
    for name in ("xmlns", "xmlns:xlink"):
        root.attrib.pop(name, None)
    for element in root.iter("use"):
        element.set("href", element.attrib.pop(_XLINK))


def _prepare_box(scene: Scene, box: SceneBox, group: ElementTree.Element, frame: Frame) -> None:
    _say(group, box.words)
    _switch(group, "pending", on=not frame.knows(box.value_step))
    _acts(scene, box, group, frame)


def _prepare_edge(
    scene: Scene, edge: SceneEdge, group: ElementTree.Element, frame: Frame, colour: str
) -> None:
    """Draw an arrow's way back beside its way ahead; classes show one of them."""
    _say(group, edge.words)
    _switch(group, "forward", on=False)
    _switch(group, frame.edge_state(edge.forward_step, edge.backward_step), on=True)
    _acts(scene, edge, group, frame)
    ways = [part for part in group.findall("path") if part.get("class") != "cells"]
    for part in ways:
        _switch(part, "ahead", on=True)
    if not edge.backward_step:
        return
    back = edge.curve[::-1]
    line = {"class": "line back", "d": path_data(shortened(back)), "fill": "none"}
    line |= {"stroke": colour, "stroke-width": "1.4", "stroke-dasharray": DASHES}
    head = {"class": "head back", "d": arrow_head(back), "fill": colour}
    place = len(group.findall("title")) + len(ways)
    group.insert(place, ElementTree.Element("path", line))
    group.insert(place + 1, ElementTree.Element("path", head))


def _tell_later(group: ElementTree.Element, thin: Mapping[str, str]) -> None:
    """Draw a line thin and grey until what it tells is known, which is on its way back."""
    ways = [part for part in group.findall("path") if "ahead" in part.get("class", "").split()]
    for part in group.findall("path"):
        if "back" in part.get("class", "").split():
            group.remove(part)
    place = list(group).index(ways[0])
    for part in ways:
        told = {**part.attrib, **thin}
        told.pop("stroke-dasharray", None)
        if "head" in part.get("class", "").split():
            told = dict(part.attrib) | {"fill": thin["stroke"]}
        group.insert(place, ElementTree.Element("path", told))
        _switch(part, "ahead", on=False)
        _switch(part, "back", on=True)


def _say(group: ElementTree.Element, words: str) -> None:
    """Name a part without its numbers, which may belong to a later step."""
    title = group.find("title")
    if title is not None:
        title.text = printable(words)
    for name in _TOLD:
        group.attrib.pop(name, None)


def _acts(
    scene: Scene, part: SceneBox | SceneEdge, group: ElementTree.Element, frame: Frame
) -> None:
    """Say at which steps a part is acted on."""
    steps = [str(step) for step, acts in enumerate(scene.acts) if part.id in acts]
    if steps:
        group.set("data-acts", " ".join(steps))
    _switch(group, "current", on=part.id in frame.acts)


def _ask(part: SceneBox | SceneEdge, group: ElementTree.Element, hidden: Hidden) -> None:
    """Say at each text which questions it answers."""
    for text, drawn in zip(part.texts, group.findall("g"), strict=True):
        numbers = questions_hiding(hidden, part, text.kind)
        if numbers:
            drawn.set("data-asks", numbers)


def _switch(element: ElementTree.Element, name: str, *, on: bool) -> None:
    kept = [word for word in element.get("class", "").split() if word != name]
    element.set("class", " ".join([*kept, name] if on else kept))
