"""Colours and lines of a figure, one entry per theme.

Every text has a contrast of at least 4.5:1 on every fill it may stand on, every border 3:1 on the
page; a test computes both. Fills say little in grey, so each role has its own shape as well.
Source of the colours: measured pairs of the rendering notes; W3C, WCAG 2.2, criteria 1.4.3, 1.4.11.
"""

# Annotations are no texts here: of a named tuple, each text is compiled when this is imported.
from collections.abc import Mapping
from typing import NamedTuple

from graphgrad.errors import UsageError
from graphgrad.views.figure.content.diagram import Role
from graphgrad.views.figure.typeset.label_rows import LabelKind

__all__ = ["THEMES", "Ramp", "RoleColours", "Theme", "theme_of"]


class RoleColours(NamedTuple):
    """Fill, border and thickness of the border of a role's boxes."""

    fill: str
    border: str
    width: float = 1.4


class Ramp(NamedTuple):
    """Colours of numbers, from the most negative over 0 to the most positive.

    Attributes:
        negative: of the most negative number.
        zero: of 0.
        positive: of the most positive number.
        by_size: whether cells tell numbers by how large they are, black or white alone telling
            the sign, as where there is no colour.
        line: the border of cells.
    """

    negative: str
    zero: str
    positive: str
    by_size: bool = False
    line: str = "#94A3B8"

    def colour(self, level: float) -> str:
        """Return the colour of a level from -1 to 1.

        >>> Ramp("#0000FF", "#FFFFFF", "#FF0000").colour(-0.5)
        '#8080FF'
        """
        end, share = (self.positive if level > 0 else self.negative), abs(level)
        channels = (
            round(int(self.zero[k : k + 2], 16) * (1 - share) + int(end[k : k + 2], 16) * share)
            for k in (1, 3, 5)
        )
        return "#" + "".join(f"{channel:02X}" for channel in channels)


_BLUE_TO_RED = Ramp("#1B5FAA", "#F8FAFC", "#B3261E")


class Theme(NamedTuple):
    """Everything that depends on taste, page or eyes.

    Attributes:
        name: to choose it by.
        page: the background.
        roles: how boxes look.
        text: the colour of each kind of text.
        forward: lines that have been read.
        backward: lines along which an adjoint was pulled back; these are dashed as well.
        pending: lines and borders of what is not computed yet.
        current: what a step acts on; it is thicker as well.
        group: frames of groups.
        dim: lines and texts off a highlighted path.
        heat: colours of lines from the smallest contribution to the largest, by powers of ten;
            larger ones are thicker as well. Empty where all have one colour.
        ramp: colours of numbers by size and sign.
    """

    name: str
    page: str
    roles: Mapping[Role, RoleColours]
    text: Mapping[LabelKind, str]
    forward: str
    backward: str
    pending: str
    current: str
    group: str
    dim: str
    heat: tuple[str, ...] = ()
    ramp: Ramp = _BLUE_TO_RED


_LIGHT = Theme(
    name="light",
    page="#FFFFFF",
    roles={
        "input": RoleColours("#FFF3C4", "#A16207"),
        "parameter": RoleColours("#E9DDFB", "#6B46C1"),
        "constant": RoleColours("#F1F5F9", "#64748B", 1.0),
        "computation": RoleColours("#DCEBFA", "#2B6CB0"),
        "loss": RoleColours("#FBE3D6", "#C05621", 3.2),
        "folded": RoleColours("#E6EEF6", "#2B6CB0"),
    },
    text={
        "name": "#111827",
        "value": "#00695C",
        "adjoint": "#B3261E",
        "partial": "#5F4B00",
        "contribution": "#B3261E",
        "trouble": "#B3261E",
        "group": "#475569",
    },
    forward="#475569",
    backward="#B3261E",
    pending="#CBD5E0",
    current="#BE185D",
    group="#64748B",
    dim="#B6BFCA",
)

_DARK = Theme(
    name="dark",
    page="#111827",
    roles={
        "input": RoleColours("#3B2F0B", "#D6A316"),
        "parameter": RoleColours("#2E1F52", "#A78BFA"),
        "constant": RoleColours("#1F2937", "#94A3B8", 1.0),
        "computation": RoleColours("#12304F", "#60A5FA"),
        "loss": RoleColours("#47210F", "#FB923C", 3.2),
        "folded": RoleColours("#1B2C42", "#60A5FA"),
    },
    text={
        "name": "#F9FAFB",
        "value": "#5EEAD4",
        "adjoint": "#FCA5A5",
        "partial": "#FDE68A",
        "contribution": "#FCA5A5",
        "trouble": "#FCA5A5",
        "group": "#CBD5E1",
    },
    forward="#CBD5E1",
    backward="#FCA5A5",
    pending="#4B5563",
    current="#F9A8D4",
    group="#94A3B8",
    dim="#5B6676",
    ramp=Ramp("#60A5FA", "#1F2937", "#FB7185", line="#64748B"),
)

_WHITE_FILLS: dict[Role, RoleColours] = {
    "input": RoleColours("#FFFFFF", "#000000", 1.2),
    "parameter": RoleColours("#FFFFFF", "#000000", 1.2),
    "constant": RoleColours("#FFFFFF", "#595959", 0.9),
    "computation": RoleColours("#FFFFFF", "#000000", 1.2),
    "loss": RoleColours("#FFFFFF", "#000000", 3.2),
    "folded": RoleColours("#FFFFFF", "#000000", 1.2),
}

_PRINT = Theme(
    name="print",
    page="#FFFFFF",
    roles=_WHITE_FILLS,
    text={
        "name": "#000000",
        "value": "#000000",
        "adjoint": "#404040",
        "partial": "#404040",
        "contribution": "#404040",
        "trouble": "#000000",
        "group": "#404040",
    },
    forward="#000000",
    backward="#404040",
    pending="#BFBFBF",
    current="#000000",
    group="#737373",
    dim="#B3B3B3",
    ramp=Ramp("#000000", "#C8C8C8", "#FFFFFF", by_size=True, line="#737373"),
)

_COLOUR_BLIND = _LIGHT._replace(
    name="colour-blind",
    roles={
        "input": RoleColours("#FFF8DB", "#8A6100"),
        "parameter": RoleColours("#E3E8F0", "#3F3F76"),
        "constant": RoleColours("#FFFFFF", "#64748B", 1.0),
        "computation": RoleColours("#E1F0FF", "#0B5CAD"),
        "loss": RoleColours("#FFE9DC", "#B3470B", 3.2),
        "folded": RoleColours("#EAF2FB", "#0B5CAD"),
    },
    text={
        "name": "#111827",
        "value": "#1D4ED8",
        "adjoint": "#B3261E",
        "partial": "#4A4A4A",
        "contribution": "#B3261E",
        "trouble": "#B3261E",
        "group": "#475569",
    },
    current="#111827",
    ramp=Ramp("#1D4ED8", "#F8FAFC", "#B45309"),
)

_LECTURES = _LIGHT._replace(
    name="lectures",
    roles={
        "input": RoleColours("#FFE97F", "#8A6D00"),
        "parameter": RoleColours("#D9C2F0", "#6A2C91"),
        "constant": RoleColours("#FFFFFF", "#64748B", 1.0),
        "computation": RoleColours("#BFD9F2", "#1F5FA6"),
        "loss": RoleColours("#BFD9F2", "#1F5FA6", 3.2),
        "folded": RoleColours("#D5E5F5", "#1F5FA6"),
    },
    text={
        "name": "#111827",
        "value": "#004D40",
        "adjoint": "#8E1B14",
        "partial": "#5F4B00",
        "contribution": "#8E1B14",
        "trouble": "#8E1B14",
        "group": "#475569",
    },
)

_HEAT = _LIGHT._replace(
    name="heat",
    heat=("#3B5BA5", "#5B54A8", "#7A4A9E", "#97418A", "#AF3A6E", "#BF3B4B", "#C2471F"),
)

THEMES: dict[str, Theme] = {
    theme.name: theme for theme in (_LIGHT, _DARK, _PRINT, _COLOUR_BLIND, _LECTURES, _HEAT)
}
"""A new theme is one entry here; the tests measure it."""


def theme_of(name: str) -> Theme:
    """Return a theme by name.

    Raises:
        UsageError: if there is none.
    """
    if name not in THEMES:
        raise UsageError("scene.unknown_theme", got=name, known=", ".join(THEMES))
    return THEMES[name]
