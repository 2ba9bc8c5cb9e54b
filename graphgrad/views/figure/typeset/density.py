"""Say how close a figure is set: the sizes of letters and the room around them."""

# Annotations are no texts here: of a named tuple, each text is compiled when this is imported.
from collections.abc import Mapping
from typing import Literal, NamedTuple

__all__ = ["ROOMY", "Density", "LabelKind", "density_of"]

LabelKind = Literal["name", "value", "adjoint", "partial", "contribution", "trouble", "group"]


class Density(NamedTuple):
    """Sizes in points, and room in parts of the usual.

    Attributes:
        letters: the size of each kind of text; the smallest decides what can be read from afar.
        padding: between a text and the border of its box.
        leading: between the rows of a label, in points.
        room: between boxes.
        air: beside the labels of edges, and inside of the frames of groups.
        widest_name: the widest row of a formula in a box.
        widest_partial: the widest row of a label on an edge.
    """

    letters: Mapping[LabelKind, float]
    padding: float
    leading: float
    room: float
    air: float
    widest_name: float
    widest_partial: float


_SMALL = 14.0
ROOMY = Density(
    {
        "name": 20.0,
        "value": 17.0,
        "adjoint": 15.0,
        "partial": _SMALL,
        "contribution": _SMALL,
        "trouble": _SMALL,
        "group": _SMALL,
    },
    padding=1.0,
    leading=5.0,
    room=1.0,
    air=1.0,
    widest_name=250.0,
    widest_partial=165.0,
)
COMPACT = Density(
    {
        "name": 14.5,
        "value": _SMALL,
        "adjoint": _SMALL,
        "partial": _SMALL,
        "contribution": _SMALL,
        "trouble": _SMALL,
        "group": _SMALL,
    },
    padding=0.42,
    leading=2.5,
    room=0.45,
    air=0.5,
    widest_name=170.0,
    widest_partial=120.0,
)
"""For a page whose letters shall be as large as they can be: nearly all of one size."""
NARROW = COMPACT._replace(widest_name=100.0, widest_partial=100.0)
"""For boxes that give up the signs of their adjoints: as narrow as their numbers."""


def density_of(*, compact: bool, narrow: bool) -> Density:
    """Return how close parts stand."""
    return NARROW if narrow else COMPACT if compact else ROOMY
