"""Turn the shapes of an SVG tree into TikZ: same coordinates, same colours, same lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree

from graphgrad.views.scene.shapes import decimal

__all__ = ["colour_name", "stroke"]

_PIECE = re.compile(r"([MLCZ])([^MLCZ]*)")


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
