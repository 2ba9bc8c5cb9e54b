"""Hold what a figure says, before anything is typeset or placed.

Each role has a shape, which tells it without colour.
"""

# Annotations are no texts here: of a named tuple, each text is compiled when this is imported.
from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

from graphgrad.views.figure.content.scene_options import Style

__all__ = [
    "LEAF_ROLES",
    "SHAPES",
    "Diagram",
    "DiagramBox",
    "DiagramEdge",
    "DiagramGroup",
    "Mark",
    "Role",
    "Shape",
    "Telling",
    "Weight",
    "formula_in",
    "shape_of",
    "titled",
    "told",
    "with_titles",
]


Drawn = Literal["", "unit", "bias", "dots", "tensor"]
Mark = Literal["", "differs", "only"]
"""What a box or an edge is in a comparison of two diagrams."""
Role = Literal["input", "parameter", "constant", "computation", "loss", "folded"]
Shape = Literal["pill", "double", "square", "rounded", "thick", "circle", "stack", "bare", "solid"]
SHAPES: dict[Role, Shape] = {
    "input": "pill",
    "parameter": "double",
    "constant": "square",
    "computation": "rounded",
    "loss": "thick",
    "folded": "stack",
}
"""The shape of each role, which tells it without colour."""
DRAWN: dict[Drawn, Shape] = {
    "unit": "circle",
    "bias": "square",
    "dots": "bare",
    "tensor": "solid",
}
"""The shape of what is drawn as something else than a box."""
LEAF_ROLES: tuple[Role, ...] = ("input", "parameter", "constant")
"""The roles of what is given and not computed."""


class DiagramBox(NamedTuple):
    """One line of the graph, one operation, or several folded into one.

    Label, formula and sign are LaTeX; in the diagram of DOT source they are plain Unicode.

    Attributes:
        id: ``n`` and the node's number.
        node: the node whose value it shows.
        role: what it is in the graph.
        name: its name in the file.
        label: its name as it is written in it; empty for a number of a formula.
        formula: its right-hand side; empty for a leaf.
        symbol: its operation alone in LaTeX, for circles; empty for a leaf or several operations.
        value: a number or an array; None where unknown or not shown.
        adjoint: as ``value``.
        adjoint_sign: how its adjoint is written, as in ``∂L/∂z``.
        error_tex: the symbol of its error, which is minus its adjoint; empty where a course has
            none.
        group: dotted name of its group.
        trouble: why it is not finite, in words; empty where it is.
        words: the box read aloud.
        value_step: the first step after which its value is known; 0 from the start.
        adjoint_step: the first step after which its adjoint is known; 0 if there is none.
        nodes: all nodes of the graph it stands for.
        count: how many lines are folded into it; 0 for a plain box.
        frontier: those of the folded boxes that others read, whose values stay visible.
        summary: of a closed group, what it is and its parameters, in words; of a frozen parameter,
            that it is one.
        call: of a closed group, its formula in words.
        inside: all boxes that are folded into it.
        kept: what the lines folded into it bring back to one another, by name.
        named: whether the numbers of a fold are told by name, since its head does not name them.
        drawn: as what it is drawn where that is no box: a neuron, a bias beside one, the neurons
            that are left out between others, or the tensor that a layer makes.
        solid: of a tensor, how many numbers it has across, down and in depth.
        below: of a tensor, its shape and how many parameters its layer has, in words.
        parameters: of a tensor, how many numbers its layer alone has to learn.
        beside: of a bias, the id of its neuron.
        mark: whether it differs from a box of another diagram, or is in this one alone.
        changes: by how much its numbers differ from those of that box.
        part: of an input drawn entry by entry, the entry whose numbers it has, as in ``x[1]``.
    """

    id: str
    node: int
    role: Role
    name: str
    label: str
    formula: str
    symbol: str
    value: Any
    adjoint: Any
    adjoint_sign: str
    group: str
    trouble: str
    words: str
    value_step: int
    adjoint_step: int
    nodes: tuple[int, ...] = ()
    count: int = 0  # type: ignore[assignment]  # hides tuple.count, which no one needs here
    frontier: "tuple[DiagramBox, ...]" = ()
    error_tex: str = ""
    summary: str = ""
    call: str = ""
    inside: "tuple[DiagramBox, ...]" = ()
    kept: tuple[tuple[str, Any], ...] = ()
    named: bool = True
    drawn: Drawn = ""
    solid: tuple[int, ...] = ()
    below: str = ""
    parameters: int = 0
    beside: str = ""
    mark: Mark = ""
    changes: tuple[tuple[Literal["value", "adjoint"], Any], ...] = ()
    part: str = ""


class Weight(NamedTuple):
    """A weight that an edge stands for, or a block of them.

    Attributes:
        name: in the file; of a block, all its names as ranges.
        value: its value.
        gradient: what this use of it adds to its gradient; None without a backward pass.
        alone: whether no other edge stands for it, so that this is its whole gradient.
        crossed: whether other lines cross its own between the same layers.
        bias: of a bias, how it is typeset where weights have their numbers; else empty.
    """

    name: str
    value: Any
    gradient: Any
    alone: bool = True
    crossed: bool = False
    bias: str = ""


class DiagramEdge(NamedTuple):
    """One use of a box by another; sign and formula are spelled as those of the boxes.

    Attributes:
        id: ``e`` and its position.
        source: id of the box that is used.
        target: id of the box that uses it.
        slot: position among the target's arguments.
        sign: how the partial is written, as in ``∂z/∂w``; empty for a pullback.
        partial: its formula; empty where there is none or it is not shown.
        number: its value; None for a pullback or without a pass.
        contribution: what it adds to the source's adjoint; None without a backward pass.
        words: the edge read aloud, without numbers.
        numbers: its derivative and contribution read aloud; empty where it has none.
        forward_step: the first step after which it has been read.
        backward_step: the first step after which the adjoint was pulled back along it; 0 if never.
        formula: the derivative in plain symbols, as in ``∂z/∂w = x``; empty where there is none.
        brought: of an edge that leaves a fold, what it brings back to each line in it, by name.
        weight: what it multiplies by; None for an edge that is no weight.
        mark: as of a box.
    """

    id: str
    source: str
    target: str
    slot: int
    sign: str
    partial: str
    number: Any
    contribution: Any
    words: str
    numbers: str
    forward_step: int
    backward_step: int
    formula: str = ""
    brought: tuple[tuple[str, Any], ...] = ()
    weight: Weight | None = None
    mark: Mark = ""


class DiagramGroup(NamedTuple):
    """A frame around boxes; ``parent`` is the dotted name of the group around it, if any."""

    name: str
    title: str
    parent: str


class Diagram(NamedTuple):
    """All boxes and edges of a graph, and what each step of its trace acts on.

    Attributes:
        title: what it is, in a few words.
        output: name of its output.
        language: of its texts.
        boxes: in the order of the steps.
        edges: by target and slot.
        groups: outer ones first.
        acts: per step from 0, the ids of the boxes and edges it acts on.
        notes: what was folded away, in words.
        left_open: titles of groups that were to be folded, and would have closed a circle.
        scales: the least that the scales of its cells and of its lines reach, so that two diagrams
            can be compared.
        tell: gives boxes and edges their texts, where they are not written yet.
    """

    title: str
    output: str
    language: str
    boxes: tuple[DiagramBox, ...]
    edges: tuple[DiagramEdge, ...]
    groups: tuple[DiagramGroup, ...]
    acts: Sequence[tuple[str, ...]] = ((),)
    notes: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()
    scales: tuple[float, float] = (0.0, 0.0)
    tell: "Telling | None" = None


class Telling(NamedTuple):
    """Give the parts of a diagram their texts, where they are asked for: few of what is folded.

    Attributes:
        formula: the formula of a box, for who compares many and shows few.
        title: gives a box its name, its formula and its signs; one that has them stays.
        box: gives it its words as well.
        edge: gives an edge its texts.
    """

    formula: Callable[[DiagramBox], str]
    title: Callable[[DiagramBox], DiagramBox]
    box: Callable[[DiagramBox], DiagramBox]
    edge: Callable[[DiagramEdge], DiagramEdge]


def told(diagram: Diagram) -> Diagram:
    """Return a diagram whose boxes and edges have their texts."""
    tell = diagram.tell
    if tell is None:
        return diagram
    boxes, edges = tuple(map(tell.box, diagram.boxes)), tuple(map(tell.edge, diagram.edges))
    return diagram._replace(boxes=boxes, edges=edges, tell=None)


def titled(diagram: Diagram, box: DiagramBox) -> DiagramBox:
    """Return a box of a diagram with its name, its formula and its signs."""
    return box if diagram.tell is None else diagram.tell.title(box)


def formula_in(diagram: Diagram, box: DiagramBox) -> str:
    """Return the formula of a box of a diagram."""
    return box.formula if diagram.tell is None else diagram.tell.formula(box)


def with_titles(diagram: Diagram) -> Diagram:
    """Return a diagram all of whose boxes have their names, formulas and signs."""
    return diagram._replace(boxes=tuple(titled(diagram, box) for box in diagram.boxes))


def shape_of(box: DiagramBox, style: Style) -> Shape:
    """Return the shape of a box: operations are circles where the style is not formulas."""
    if box.drawn:
        return DRAWN[box.drawn]
    if style not in ("operator", "wire") or box.count:
        return SHAPES[box.role]
    if box.symbol:
        return "circle"
    return "bare" if style == "wire" else SHAPES[box.role]
