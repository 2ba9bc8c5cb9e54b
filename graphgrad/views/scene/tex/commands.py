"""Turn a frame into TikZ commands: the shapes of the SVG tree, and one node per text.

The list has an entry for every shape and text of the scene, empty where nothing is drawn: entry i
is the same part in every frame, so that frames can be laid over each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from graphgrad.views.scene.mathml import with_plain_brackets
from graphgrad.views.scene.places import Rect
from graphgrad.views.scene.scene import LegendEntry, Scene, SceneText
from graphgrad.views.scene.shapes import decimal
from graphgrad.views.scene.svg import svg_tree
from graphgrad.views.scene.svg_legend import letters_tex
from graphgrad.views.scene.tex.strokes import colour_name, stroke
from graphgrad.views.scene.tex.words import math

__all__ = ["commands_of"]

_SLACK = 0.6
_INSET = 7.0
_LEAST_HEIGHT = 1.3
_LEADING = 1.2
_NUMBER_SIZE = 8.5
_SHAPES = ("rect", "ellipse", "path")


def commands_of(scene: Scene, *, step: int | None = None, theme: str = "light") -> list[str]:
    """Return the commands of a frame: the page, then each part in the order of the SVG tree.

    Args:
        scene: the figure.
        step: the step after which it is shown; None shows everything at once.
        theme: a name of `graphgrad.views.scene.theme.THEMES`.

    Raises:
        UsageError: if there is no such step or theme.
    """
    return list(_commands(scene, svg_tree(scene, step=step, theme=theme)))


def _commands(scene: Scene, root: ElementTree.Element) -> Iterator[str]:
    for element in root.findall("rect"):
        yield stroke(element, scene.scale)
    parts = iter(root.findall("g"))
    for group in scene.groups:
        yield from _part(scene, next(parts), [group.text])
    for edge in scene.edges:
        yield from _part(scene, next(parts), list(edge.texts))
    for box in scene.boxes:
        yield from _part(scene, next(parts), list(box.texts), box.rect)
    for blank in scene.blanks:
        drawn = next(parts)
        yield from _part(scene, drawn, [])
        corner = f"({decimal(blank.rect.left + 2.5)},{decimal(blank.rect.top + 2.0)})"
        number = _sized(str(blank.number), _NUMBER_SIZE * scene.scale, drawn[-1])
        yield rf"\node[anchor=north west] at {corner} {{{number}}};"
    for entry in scene.legend:
        yield from _legend(scene, next(parts), entry)


def _part(
    scene: Scene, drawn: ElementTree.Element, texts: list[SceneText], inside: Rect | None = None
) -> Iterator[str]:
    for element in drawn:
        if element.tag in _SHAPES:
            yield stroke(element, scene.scale)
    groups = drawn.findall("g")[-len(texts) :] if texts else []
    for text, group in zip(texts, groups, strict=True):
        shown = group.get("visibility") != "hidden" and bool(text.tex.strip())
        yield _node(scene, text, group, _room(text, inside)) if shown else ""


def _legend(scene: Scene, drawn: ElementTree.Element, entry: LegendEntry) -> Iterator[str]:
    yield from _part(scene, drawn, [entry.text])
    letters = letters_tex(entry)
    if letters is not None:
        place = f"({decimal(entry.rect.centre.x)},{decimal(entry.text.baseline)})"
        sample = _sized(letters, entry.text.size * scene.scale, drawn.findall("g")[0])
        yield rf"\node[anchor=base] at {place} {{{sample}}};"


def _room(text: SceneText, inside: Rect | None) -> float:
    """Return how wide a text may be in another font: as its box, else a little over its ink."""
    width = text.ink.width + _SLACK * text.size
    if inside is None:
        return width
    middle = text.x + text.ink.width / 2
    return max(width, 2 * (min(middle - inside.left, inside.right - middle) - _INSET))


def _node(scene: Scene, text: SceneText, group: ElementTree.Element, room: float) -> str:
    """Return a text as a node round the middle of the place that was measured for it."""
    middle = f"({decimal(text.x + text.ink.width / 2)},{decimal(text.baseline)})"
    width = f"{decimal(room * scene.scale)}bp"
    height = f"{decimal(max(text.ink.height, text.size * _LEAST_HEIGHT) * scene.scale)}bp"
    written = _sized(math(with_plain_brackets(text.tex)), text.size * scene.scale, group)
    return rf"\node[anchor=base] at {middle} {{\ggfit{{{width}}}{{{height}}}{{{written}}}}};"


def _sized(tex: str, size: float, group: ElementTree.Element) -> str:
    font = rf"\fontsize{{{decimal(size)}bp}}{{{decimal(size * _LEADING)}bp}}\selectfont"
    return rf"{font}\color{{{colour_name(group.get('fill', '#000000'))}}}$\displaystyle {tex}$"
