"""Write ids, classes and numbers of a figure and its parts as attributes that read back.

The samples of a legend are drawn here as well.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element as Tree

from graphgrad.symbolic.write.words_latex import printable
from graphgrad.views.figure.content.diagram import SHAPES, Shape
from graphgrad.views.figure.content.known_at import Frame
from graphgrad.views.figure.geometry.places import Point, Rect
from graphgrad.views.figure.scene.legend import HEAT, HEAT_LINE, MARKS
from graphgrad.views.figure.scene.outlines import (
    DASHES,
    Element,
    arrow_head,
    decimal,
    outline,
    path_data,
    shortened,
)
from graphgrad.views.figure.scene.scene import LegendEntry, Scene, SceneBox, SceneEdge, SceneHeat
from graphgrad.views.figure.svg.heat_marks import cell_elements, line_style
from graphgrad.views.figure.svg.theme import Theme
from graphgrad.views.figure.typeset.outlines_of_text import Ink
from graphgrad.views.figure.typeset.typeset import typeset

__all__ = [
    "box_data",
    "edge_data",
    "edge_heat",
    "figure_data",
    "is_open",
    "letters_of",
    "letters_tex",
    "mark_elements",
    "sample_elements",
    "written",
]


_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_LINE = 1.4
_THINNEST, _THICKEST = 0.8, 4.2
_LETTERS = {
    "value": "1",
    "adjoint": r"\partial L",
    "partial": r"\partial z",
    "contribution": r"\Delta",
}
_SIZE = 13.0
_ODD = re.compile('[&<>"\r\n\t]')
_IN_TEXT = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_IN_VALUE = (*_IN_TEXT, ('"', "&quot;"), ("\r", "&#13;"), ("\n", "&#10;"), ("\t", "&#09;"))
_MARK, _MARK_AIR, _SMALL = 2.6, 5.0, 30.0


def figure_data(scene: Scene, frame: Frame, theme: str, prefix: str) -> dict[str, str]:
    """Return the attributes of the whole figure: its size, its name in words, its step."""
    attributes = {
        "xmlns": _SVG,
        "xmlns:xlink": _XLINK,
        "id": prefix,
        "class": "graphgrad",
        "role": "img",
        "lang": scene.language,
        "aria-label": printable(scene.title),
        "width": f"{decimal(scene.width * scene.scale)}pt",
        "height": f"{decimal(scene.height * scene.scale)}pt",
        "viewBox": f"0 0 {decimal(scene.width)} {decimal(scene.height)}",
        "data-theme": theme,
        "data-last-step": str(scene.last_step),
    }
    if frame.step is not None:
        attributes["data-step"] = str(frame.step)
    return attributes


def box_data(scene: Scene, frame: Frame, box: SceneBox, prefix: str) -> dict[str, str]:
    """Return the attributes of a box; numbers that are unknown or left blank are not told."""
    known = frame.knows(box.value_step)
    words = (
        "node",
        box.role,
        "" if known else "pending",
        "current" if box.id in frame.acts else "",
    )
    attributes = {
        "id": f"{prefix}-{box.id}",
        "class": " ".join(filter(None, (*words, "dimmed" if box.dimmed else ""))),
        "data-node": printable(box.name),
        "data-role": box.role,
        "data-shape": box.shape,
        "data-step": str(box.value_step),
    }
    hidden = scene.blank_kinds(box.id)
    if box.value and known and "value" not in hidden:
        attributes["data-value"] = box.value
    if box.adjoint and frame.has_pulled(box.adjoint_step) and "adjoint" not in hidden:
        attributes["data-adjoint"] = box.adjoint
    if box.mark:
        attributes["data-mark"] = box.mark
    if box.part:
        attributes["data-part"] = printable(box.part)
    if box.held and not scene.blanks:
        attributes["data-lines"] = _lines(frame, box)
    if box.adjoint_step:
        attributes["data-adjoint-step"] = str(box.adjoint_step)
    return attributes


def _lines(frame: Frame, box: SceneBox) -> str:
    """Return all lines of a folded box as JSON, with what is known of each."""
    value, adjoint = frame.knows(box.value_step), frame.has_pulled(box.adjoint_step)
    told = [
        {"name": line.name, "role": line.role}
        | ({"value": line.value} if value and line.value else {})
        | ({"adjoint": line.adjoint} if adjoint and line.adjoint else {})
        | ({"inner": line.inner} if adjoint and line.inner else {})
        for line in box.held
    ]
    return json.dumps(told)


def edge_data(scene: Scene, frame: Frame, edge: SceneEdge, prefix: str) -> dict[str, str]:
    """Return the attributes of an edge; numbers that are unknown or left blank are not told."""
    current = "current" if edge.id in frame.acts else ""
    state = frame.edge_state(edge.forward_step, edge.backward_step)
    words = ("edge", state, current, "dimmed" if edge.dimmed else "")
    attributes = {
        "id": f"{prefix}-{edge.id}",
        "class": " ".join(filter(None, words)),
        "data-edge": edge.id,
        "data-source": edge.source,
        "data-target": edge.target,
        "data-slot": str(edge.slot),
        "data-step": str(edge.forward_step),
        "data-backward-step": str(edge.backward_step),
    }
    if edge.mark:
        attributes["data-mark"] = edge.mark
    if edge.weight:
        attributes["data-weight"] = printable(edge.weight[0])
        attributes["data-weight-value"] = edge.weight[1]
    if is_open(scene, frame, edge):
        if edge.weight and edge.weight[2]:
            attributes["data-weight-gradient"] = edge.weight[2]
        numbers = (("partial", edge.partial), ("contribution", edge.contribution))
        attributes |= {f"data-{name}": value for name, value in numbers if value}
        if edge.brought:
            attributes["data-contributions"] = json.dumps(dict(edge.brought))
    return attributes


def edge_heat(scene: Scene, theme: Theme) -> dict[str, tuple[str, float]]:
    """Return the colour and width of each edge by the power of ten of its contribution."""
    sizes = {edge.id: edge.size for edge in scene.edges if edge.size and math.isfinite(edge.size)}
    if not theme.heat or not sizes:
        return {}
    powers = {name: math.log10(size) for name, size in sizes.items()}
    low, high = min(powers.values()), max(powers.values())
    found = {}
    for name, power in powers.items():
        share = (power - low) / (high - low) if high > low else 1.0
        colour = theme.heat[round(share * (len(theme.heat) - 1))]
        found[name] = colour, _THINNEST + share * (_THICKEST - _THINNEST)
    return found


def is_open(scene: Scene, frame: Frame, edge: SceneEdge) -> bool:
    """Tell whether an edge's numbers may be told: known, and not on a worksheet.

    A contribution gives the adjoint away, and a partial the value, wherever they are left blank.
    """
    return frame.has_pulled(edge.backward_step) and not scene.blanks


def sample_elements(entry: LegendEntry, theme: Theme) -> Iterator[Element]:
    """Yield the outline or the arrow that an entry explains; nothing for letters."""
    for role, colours in theme.roles.items():
        if role == entry.sample:
            style = {"fill": colours.fill, "stroke": colours.border}
            style["stroke-width"] = decimal(colours.width)
            for tag, shape in outline(SHAPES[role], entry.rect, colours.width):
                yield tag, style | shape
    kind, _, level = entry.sample.partition(" ")
    yield from mark_elements(kind, entry.rect.grown(-_MARK), theme)
    if kind == HEAT:
        yield from cell_elements(SceneHeat(entry.rect, ((float(level),),)), theme)
    if kind == HEAT_LINE:
        yield "path", {"d": path_data(_straight(entry.rect)), **line_style(float(level), theme)}
    if entry.sample in ("forward", "backward"):
        yield from _arrow(entry.rect, theme, back=entry.sample == "backward")


def mark_elements(
    mark: str, rect: Rect, theme: Theme, shape: Shape = "rounded"
) -> Iterator[Element]:
    """Yield the halo of what differs in a comparison: dashed where it is in one figure alone."""
    if mark not in MARKS:
        return
    style = {"class": "mark", "fill": "none", "stroke": theme.current}
    style["stroke-width"] = decimal(_MARK)
    if mark == "only":
        style["stroke-dasharray"] = "7 4"
    kind: Shape = "circle" if shape == "circle" else "rounded"
    air = _MARK_AIR if rect.height > _SMALL else _MARK
    for tag, drawn in outline(kind, rect.grown(air), _MARK):
        yield tag, style | drawn


def letters_of(entry: LegendEntry) -> Ink | None:
    """Return the letters that an entry explains; None for shapes and arrows."""
    tex = letters_tex(entry)
    return None if tex is None else typeset(tex, _SIZE)


def letters_tex(entry: LegendEntry) -> str | None:
    """Return the letters that an entry explains in LaTeX; None for shapes and arrows."""
    return _LETTERS.get(entry.sample)


def _straight(rect: Rect, *, back: bool = False) -> tuple[Point, ...]:
    ends = (rect.right, rect.left) if back else (rect.left, rect.right)
    step = (ends[1] - ends[0]) / 3
    return tuple(Point(ends[0] + step * index, rect.centre.y) for index in range(4))


def _arrow(rect: Rect, theme: Theme, *, back: bool) -> Iterator[Element]:
    curve = _straight(rect, back=back)
    colour = theme.backward if back else theme.forward
    line = {"d": path_data(shortened(curve)), "fill": "none", "stroke": colour}
    line["stroke-width"] = decimal(_LINE)
    if back:
        line["stroke-dasharray"] = DASHES
    yield "path", line
    yield "path", {"d": arrow_head(curve), "fill": colour}


def written(element: Tree) -> str:
    """Return an element as XML text.

    It is what ElementTree writes, which looks up for each name whether it has a namespace, and so
    takes three times as long.

    >>> from xml.etree.ElementTree import fromstring, tostring
    >>> tree = fromstring("<g id='a&quot;&#10;b'><title>x &lt; 1</title><use/></g>")
    >>> written(tree) == tostring(tree, encoding="unicode")
    True
    """
    pieces: list[str] = []
    _write(element, pieces.append)
    return "".join(pieces)


def _write(element: Tree, write: Callable[[str], None]) -> None:
    write(f"<{element.tag}")
    for name, value in element.items():
        write(f' {name}="{_escaped(value, _IN_VALUE) if _ODD.search(value) else value}"')
    if not element.text and not len(element):
        write(" />")
        return
    write(">")
    if element.text:
        write(_escaped(element.text, _IN_TEXT))
    for inner in element:
        _write(inner, write)
    write(f"</{element.tag}>")


def _escaped(text: str, signs: tuple[tuple[str, str], ...]) -> str:
    for sign, instead in signs:  # a table would look every character up
        if sign in text:
            text = text.replace(sign, instead)
    return text
