"""Colours and shapes of a figure; a role is told by shape and border as well as by colour.

Every text colour has a contrast of at least 4.5:1 on every fill it stands on.
"""

from __future__ import annotations

from typing import NamedTuple

from graphgrad.views.figure.model import Role

__all__ = ["CURRENT", "INK", "ROLES", "Colours", "RoleStyle"]


class RoleStyle(NamedTuple):
    """How the boxes of a role look; ``peripheries`` counts the lines of the border."""

    shape: str
    style: str
    fill: str
    border: str
    width: float
    peripheries: int = 1


class Colours(NamedTuple):
    """The colours of texts and edges."""

    name: str = "#1A202C"
    value: str = "#00695C"
    adjoint: str = "#B3261E"
    partial: str = "#5F4B00"
    forward: str = "#4A5568"
    backward: str = "#B3261E"
    pending: str = "#CBD5E0"
    group: str = "#4A5568"


INK = Colours()
CURRENT = "#D53F8C"
"""The border of what a step acts on; it is thicker as well."""

ROLES: dict[Role, RoleStyle] = {
    "input": RoleStyle("ellipse", "filled", "#FFF3C4", "#B7791F", 1.4),
    "parameter": RoleStyle("box", "filled", "#E9DDFB", "#6B46C1", 1.4, peripheries=2),
    "constant": RoleStyle("box", "filled", "#EDF2F7", "#718096", 1.0),
    "computation": RoleStyle("box", "filled,rounded", "#DCEBFA", "#2B6CB0", 1.4),
    "loss": RoleStyle("box", "filled,rounded", "#FBE3D6", "#C05621", 3.4),
}
