"""Hold what stands in boxes and on edges of a scene: texts, blanks, cells, blocks of tensors."""

# Annotations are no texts here: of a named tuple, each text is compiled when this is imported.
from typing import NamedTuple

from graphgrad.views.figure.geometry.places import Rect
from graphgrad.views.figure.typeset.label_rows import LabelKind
from graphgrad.views.figure.typeset.outlines_of_text import Ink

__all__ = ["Blank", "Held", "SceneHeat", "SceneSolid", "SceneText"]


class SceneText(NamedTuple):
    """One row of a label.

    Attributes:
        kind: ``name``, ``value``, ``adjoint``, ``partial``, ``contribution``, ``trouble`` or
            ``group``; themes colour texts by it.
        tex: the row in LaTeX, for writers that typeset it themselves.
        ink: the row as outlines, from the left end of its baseline.
        x: left end of the baseline.
        baseline: its y.
        size: of the letters.
        known_step: the first step after which it is shown; 0 from the start.
    """

    kind: LabelKind
    tex: str
    ink: Ink
    x: float
    baseline: float
    size: float
    known_step: int = 0

    @property
    def rect(self) -> Rect:
        """Return the rectangle of its ink."""
        return Rect(self.x, self.baseline - self.ink.ascent, self.ink.width, self.ink.height)


class Blank(NamedTuple):
    """An empty box to be filled in by hand.

    Attributes:
        number: counted from 1 in reading order.
        rect: the box.
        kind: what belongs in it.
        owner: id of the box or edge it belongs to.
        answer: what belongs in it, as in ``SceneBox.value``; never drawn.
    """

    number: int
    rect: Rect
    kind: LabelKind
    owner: str
    answer: str


class SceneHeat(NamedTuple):
    """Cells that tell numbers by colour.

    Attributes:
        rect: all of them.
        rows: the level of each, from -1 to 1; NaN where there is no cell.
        known_step: the first step after which they are shown; 0 from the start.
    """

    rect: Rect
    rows: tuple[tuple[float, ...], ...]
    known_step: int = 0


class SceneSolid(NamedTuple):
    """The block of a tensor: its front, and how deep it is drawn to the upper right."""

    front: Rect
    depth: float


class Held(NamedTuple):
    """A line that a folded box stands for, with its numbers for programs.

    Attributes:
        name: its name in the file.
        role: what it is in the graph.
        value: as in `SceneBox`.
        adjoint: as in `SceneBox`.
        inner: the part of the adjoint that other lines in the box bring back; empty for none.
    """

    name: str
    role: str
    value: str
    adjoint: str
    inner: str = ""
