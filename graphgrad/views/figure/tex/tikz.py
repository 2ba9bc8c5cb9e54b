"""Turn a frame into TikZ commands: the shapes of the SVG tree, and one node per text.

Coordinates, colours and lines are those of the SVG. The list has an entry for every shape and text
of the scene, empty where nothing is drawn: entry i is the same part in every frame, so that frames
can be laid over each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from graphgrad.views.figure.geometry.places import Rect
from graphgrad.views.figure.scene.outlines import decimal
from graphgrad.views.figure.scene.scene import LegendEntry, Scene, SceneText
from graphgrad.views.figure.svg.svg import svg_tree
from graphgrad.views.figure.svg.svg_parts import letters_tex
from graphgrad.views.figure.tex.safe_tex import math
from graphgrad.views.figure.typeset.ziamath_input import with_plain_brackets

__all__ = ["LEAST_HEIGHT", "colour_name", "commands_of", "stroke"]


_SLACK = 0.6
_INSET = 10.0
LEAST_HEIGHT = 1.61  # a sum of TeX is as high
_LEADING = 1.2
_NUMBER_SIZE = 8.5
_SHAPES = ("rect", "ellipse", "path")
_PIECE = re.compile(r"([MLCZ])([^MLCZ]*)")


def commands_of(scene: Scene, *, step: int | None = None, theme: str = "light") -> list[str]:
    """Return the commands of a frame: the page, then each part in the order of the SVG tree.

    Args:
        scene: the figure.
        step: the step after which it is shown; None shows everything at once.
        theme: a name of `graphgrad.views.figure.svg.theme.THEMES`.

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
            hidden = element.get("visibility") == "hidden"
            yield "" if hidden else stroke(element, scene.scale)
    groups = drawn.findall("g")[-len(texts) :] if texts else []
    for text, group in zip(texts, groups, strict=True):
        shown = group.get("visibility") != "hidden" and bool(text.tex.strip())
        yield _node(scene, text, group, inside) if shown else ""


def _legend(scene: Scene, drawn: ElementTree.Element, entry: LegendEntry) -> Iterator[str]:
    yield from _part(scene, drawn, [entry.text])
    letters = letters_tex(entry)
    if letters is not None:
        place = f"({decimal(entry.rect.centre.x)},{decimal(entry.text.baseline)})"
        sample = _sized(letters, entry.text.size * scene.scale, drawn.findall("g")[0])
        yield rf"\node[anchor=base] at {place} {{{sample}}};"


def _room(text: SceneText, inside: Rect | None) -> float:
    """Return how wide a text may be in another font: as its box, else a little over its ink."""
    if inside is None:
        return text.ink.width + _SLACK * text.size
    middle = text.x + text.ink.width / 2
    return max(text.ink.width, 2 * (min(middle - inside.left, inside.right - middle) - _INSET))


def _node(scene: Scene, text: SceneText, group: ElementTree.Element, inside: Rect | None) -> str:
    """Return a text as a node: titles of frames from the left, others round their middle."""
    is_title, room = text.kind == "group" and inside is None, _room(text, inside)
    anchor, x = ("base west", 0.0) if is_title else ("base", text.ink.width / 2)
    place = f"({decimal(text.x + x)},{decimal(text.baseline)})"
    width = f"{decimal(room * scene.scale)}bp"
    height = f"{decimal(max(text.ink.height, text.size * LEAST_HEIGHT) * scene.scale)}bp"
    written = _sized(math(with_plain_brackets(text.tex)), text.size * scene.scale, group)
    return rf"\node[anchor={anchor}] at {place} {{\ggfit{{{width}}}{{{height}}}{{{written}}}}};"


def _sized(tex: str, size: float, group: ElementTree.Element) -> str:
    font = rf"\fontsize{{{decimal(size)}bp}}{{{decimal(size * _LEADING)}bp}}\selectfont"
    return rf"{font}\color{{{colour_name(group.get('fill', '#000000'))}}}$\displaystyle {tex}$"


def stroke(element: ElementTree.Element, scale: float) -> str:
    r"""Return an SVG shape as a TikZ command; empty where it draws nothing.

    Args:
        element: a ``rect``, an ``ellipse`` or a ``path`` of straight lines and cubic pieces.
        scale: points per unit of the coordinates.

    >>> stroke(ElementTree.Element("path", {"d": "M0 0L3 4Z", "fill": "#FF0000"}), 1.0)
    '\\path[fill=ggFF0000] (0,0) -- (3,4) -- cycle;'
    """
    options = _options(element.attrib, scale)
    way = {"rect": _rectangle, "ellipse": _ellipse, "path": _path}[element.tag]
    return rf"\path[{', '.join(options)}] {way(element.attrib, scale)};" if options else ""


def colour_name(colour: str) -> str:
    """Return the name under which a colour such as ``#00695C`` is defined.

    >>> colour_name("#00695c")
    'gg00695C'
    """
    return f"gg{colour.removeprefix('#').upper()}"


def _options(attributes: Mapping[str, str], scale: float) -> list[str]:
    options = []
    for name, key in (("fill", "fill"), ("stroke", "draw")):
        colour = attributes.get(name, "none")
        if colour != "none":
            options.append(f"{key}={colour_name(colour)}")
    if attributes.get("stroke", "none") != "none":
        width = float(attributes.get("stroke-width", "1"))
        options.append(f"line width={decimal(width * scale)}bp")
        dashes = attributes.get("stroke-dasharray", "").split()
        if dashes:
            on, off = (decimal(float(length) * scale) for length in dashes)
            options.append(f"dash pattern=on {on}bp off {off}bp")
    if options and float(attributes.get("rx", "0")) and "cx" not in attributes:
        options.append(f"rounded corners={decimal(float(attributes['rx']) * scale)}bp")
    return options


def _rectangle(attributes: Mapping[str, str], _scale: float) -> str:
    names = ("x", "y", "width", "height")
    x, y, width, height = (float(attributes.get(name, "0")) for name in names)
    return f"({decimal(x)},{decimal(y)}) rectangle ({decimal(x + width)},{decimal(y + height)})"


def _ellipse(attributes: Mapping[str, str], scale: float) -> str:
    across, down = (decimal(float(attributes[name]) * scale) for name in ("rx", "ry"))
    middle = f"({attributes['cx']},{attributes['cy']})"
    return f"{middle} ellipse[x radius={across}bp, y radius={down}bp]"


def _path(attributes: Mapping[str, str], _scale: float) -> str:
    drawn = []
    for command, rest in _PIECE.findall(attributes["d"]):
        numbers = rest.replace(",", " ").split()
        points = [f"({x},{y})" for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        if command == "M":
            drawn.append(points[0])
        elif command == "L":
            drawn += [f"-- {point}" for point in points]
        elif command == "Z":
            drawn.append("-- cycle")
        else:
            for a, b, c in zip(points[::3], points[1::3], points[2::3], strict=True):
                drawn.append(f".. controls {a} and {b} .. {c}")
    return " ".join(drawn)
