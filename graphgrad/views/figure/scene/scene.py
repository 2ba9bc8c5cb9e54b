"""Hold a figure that has been laid out: plain frozen data, in points, y down from the top left.

A scene is one layout for all steps. Every part says after which step it is known, so that a frame
is the same geometry drawn with other colours; see `graphgrad.views.figure.content.known_at`.
"""

# Annotations are no texts here: of a named tuple, each text is compiled when this is imported.
from collections.abc import Sequence
from typing import Literal, NamedTuple

from graphgrad.views.figure.content.diagram import Mark, Role, Shape
from graphgrad.views.figure.geometry.places import Point, Rect
from graphgrad.views.figure.scene.texts_and_cells import (
    Blank,
    Held,
    SceneHeat,
    SceneSolid,
    SceneText,
)
from graphgrad.views.figure.typeset.label_rows import LabelKind
from graphgrad.views.text.numbers import with_commas

__all__ = [
    "Blank",
    "Held",
    "LegendEntry",
    "Point",
    "Rect",
    "Scene",
    "SceneBox",
    "SceneEdge",
    "SceneGroup",
    "SceneHeat",
    "SceneSolid",
    "SceneText",
    "Shape",
]


class SceneBox(NamedTuple):
    """A box with its texts.

    Attributes:
        id: ``n`` and the node's number; unique in the scene.
        name: its name in the file.
        role: what it is in the graph.
        shape: how its role is told without colour.
        rect: its outline, border included.
        texts: from top to bottom.
        group: dotted name of its group.
        words: the box read aloud, without numbers.
        value: for programs: a number that reads back exactly, or nested lists; empty if unknown.
        adjoint: as ``value``.
        value_words: the value read aloud.
        adjoint_words: the adjoint read aloud.
        value_step: the first step after which its value is known; 0 from the start.
        adjoint_step: the first step after which its adjoint is known; 0 if there is none.
        trouble: whether it is the first that is not finite.
        dimmed: whether it is off the highlighted path.
        held: the lines that a folded box stands for, all of them.
        heat: its numbers as cells of colours.
        solid: of a tensor, its front and its depth; None for any other box.
        mark: whether it differs from a box of another figure, or is in this one alone.
        part: of an input drawn entry by entry, the entry whose numbers it has.
    """

    id: str
    name: str
    role: Role
    shape: Shape
    rect: Rect
    texts: tuple[SceneText, ...]
    group: str
    words: str
    value: str
    adjoint: str
    value_words: str
    adjoint_words: str
    value_step: int
    adjoint_step: int
    trouble: bool = False
    dimmed: bool = False
    held: tuple[Held, ...] = ()
    heat: tuple[SceneHeat, ...] = ()
    solid: SceneSolid | None = None
    mark: Mark = ""
    part: str = ""


class SceneEdge(NamedTuple):
    """An arrow from a box to one that uses it.

    Attributes:
        id: ``e`` and its position; unique in the scene.
        source: id of the box that is used.
        target: id of the box that uses it.
        slot: position among the target's arguments.
        curve: a Bézier spline from border to border: a start, then three points per piece.
        texts: its label, from top to bottom.
        label: the rectangle of the label; None where there is none.
        words: the edge read aloud, without numbers.
        numbers: its derivative and contribution read aloud; empty where it has none.
        partial: the partial's value for programs; empty if unknown.
        contribution: as ``partial``.
        forward_step: the first step after which it has been read.
        backward_step: the first step after which the adjoint was pulled back along it; 0 if never.
        formula: the derivative in plain symbols, as in ``∂z/∂w = x``; empty where there is none.
        partial_words: the partial read aloud.
        contribution_words: the contribution read aloud.
        dimmed: whether it is off the highlighted path.
        size: the norm of its contribution, for themes that tell how large gradients are.
        brought: of an edge from a folded box, the contribution to each line in it, by name.
        heat: its contribution as cells of colours.
        level: the number that its line tells by colour and width, from -1 to 1; None for none.
        level_step: the first step after which its line tells that number; 0 from the start.
        weight: the name of the weight that it stands for, its value and what this use adds to its
            gradient, for programs; empty for none.
        mark: as of a box.
        headless: whether it is a line without a head, of which there are too many for heads.
    """

    id: str
    source: str
    target: str
    slot: int
    curve: tuple[Point, ...]
    texts: tuple[SceneText, ...]
    label: Rect | None
    words: str
    numbers: str
    partial: str
    contribution: str
    forward_step: int
    backward_step: int
    formula: str = ""
    partial_words: str = ""
    contribution_words: str = ""
    dimmed: bool = False
    size: float | None = None
    brought: tuple[tuple[str, str], ...] = ()
    heat: tuple[SceneHeat, ...] = ()
    level: float | None = None
    level_step: int = 0
    weight: tuple[str, ...] = ()
    headless: bool = False
    mark: Mark = ""


class SceneGroup(NamedTuple):
    """A dashed frame round the boxes of a group, its title at the top left.

    ``closes`` is what ``--collapse`` calls the group; empty for the frame of a side.
    """

    name: str
    title: str
    rect: Rect
    text: SceneText
    closes: str = ""


class LegendEntry(NamedTuple):
    """One line of the legend: a sample of a shape or of a line, and what it means."""

    sample: str
    rect: Rect
    text: SceneText


class Scene(NamedTuple):
    """A figure that has been laid out.

    Attributes:
        title: what it is, in a few words.
        description: what it shows, in sentences, without numbers.
        language: of title, description, captions and words.
        width: of the page, in the units of all coordinates.
        height: of the page, in the units of all coordinates.
        direction: ``LR`` or ``TB``.
        boxes: in the order of the steps.
        edges: by target and slot.
        groups: outer ones first.
        blanks: empty boxes, by number.
        legend: empty where none is wanted.
        last_step: the number of steps; steps count from 0, where only leaves are given.
        acts: per step from 0, the ids of the boxes and edges it acts on.
        captions: per step from 0, what it does in words; empty without a trace or for long passes.
        headings: per step from 0, the same in a few words and without numbers.
        smallest: the size of the smallest letters, in the same units.
        scale: points per unit; 1 unless the figure is fitted to a page.
        engine: the layout engine.
        notes: what was folded, turned or is too small, in words for the reader.
        warnings: those of the notes that are advice to the maker, no part of the description.
        crowded: ids of edges whose label found no quite free place.
        decimal_comma: whether numbers are written with a comma.
    """

    title: str
    description: str
    language: str
    width: float
    height: float
    direction: Literal["LR", "TB"]
    boxes: tuple[SceneBox, ...]
    edges: tuple[SceneEdge, ...]
    groups: tuple[SceneGroup, ...]
    blanks: tuple[Blank, ...] = ()
    legend: tuple[LegendEntry, ...] = ()
    last_step: int = 0
    acts: Sequence[tuple[str, ...]] = ((),)
    captions: Sequence[str] = ()
    headings: Sequence[str] = ()
    smallest: float = 0.0
    scale: float = 1.0
    engine: str = ""
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    crowded: tuple[str, ...] = ()
    decimal_comma: bool = False

    def written(self, told: str) -> str:
        """Return a text with its numbers as the figure writes them."""
        return with_commas(told) if self.decimal_comma else told

    def blank_kinds(self, owner: str) -> set[LabelKind]:
        """Return what is left blank in a box or on an edge, by id."""
        return {blank.kind for blank in self.blanks if blank.owner == owner}
