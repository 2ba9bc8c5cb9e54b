"""Give each role a shape, which tells it without colour."""

from __future__ import annotations

from typing import Literal

from graphgrad.views.scene.diagram import DiagramBox, Role
from graphgrad.views.scene.options import Style

__all__ = ["LEAF_ROLES", "SHAPES", "Shape", "shape_of"]

Shape = Literal["pill", "double", "square", "rounded", "thick", "circle", "stack", "bare"]
SHAPES: dict[Role, Shape] = {
    "input": "pill",
    "parameter": "double",
    "constant": "square",
    "computation": "rounded",
    "loss": "thick",
    "folded": "stack",
}
"""The shape of each role, which tells it without colour."""

LEAF_ROLES: tuple[Role, ...] = ("input", "parameter", "constant")
"""The roles of what is given and not computed."""


def shape_of(box: DiagramBox, style: Style) -> Shape:
    """Return the shape of a box: operations are circles where the style is not formulas."""
    if style == "formula" or box.role == "folded":
        return SHAPES[box.role]
    if box.symbol:
        return "circle"
    return "bare" if style == "wire" else SHAPES[box.role]
