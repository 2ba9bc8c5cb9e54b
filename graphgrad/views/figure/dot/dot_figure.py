"""Plain data of a figure: boxes, edges and groups, with every text they may show.

A figure of a step holds all final texts: what is not known yet keeps its place and stays blank, so
that every step has the same layout.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graphgrad.views.text.numbers_on_board import Shown

__all__ = ["EdgeState", "Figure", "FigureBox", "FigureEdge", "FigureGroup", "Role"]

Role = Literal["input", "parameter", "constant", "computation", "loss"]
EdgeState = Literal["pending", "forward", "backward"]


@dataclass(frozen=True, slots=True)
class FigureBox:
    """One line of the graph, or one operation.

    Attributes:
        id: ``n`` and the node's number; the same in every figure of a graph.
        role: what it is in the graph.
        name: its name as on the board.
        formula: its right-hand side as on the board; empty for a leaf.
        value: its value; None where values are not shown.
        adjoint_symbol: how its adjoint is written, ``∂L/∂z``.
        adjoint: its adjoint; None where adjoints are not shown or there is none.
        group: dotted name of its group; empty outside of groups.
        trouble: why it is not finite, in words; empty where it is.
        value_known: whether the value is known at the figure's step.
        adjoint_known: whether the adjoint is known at the figure's step.
        current: whether the figure's step acts on it.
    """

    id: str
    role: Role
    name: str
    formula: str
    value: Shown | None
    adjoint_symbol: str
    adjoint: Shown | None
    group: str
    trouble: str
    value_known: bool = True
    adjoint_known: bool = True
    current: bool = False


@dataclass(frozen=True, slots=True)
class FigureEdge:
    """One use of a box by another.

    Attributes:
        id: ``e`` and its position in the figure of the whole graph.
        source: id of the box that is used.
        target: id of the box that uses it.
        slot: position among the target's arguments.
        symbol: how the partial is written, ``∂z/∂w``; empty where it is not shown.
        partial: the partial's formula.
        number: its value; None for a structural op, whose formula is the whole contribution.
        contribution: what it adds to the source's adjoint; None where it is not shown.
        known: whether partial and contribution are known at the figure's step.
        state: ``forward``; in a figure of a step also ``pending``, or ``backward`` once the
            adjoint has been pulled back along it.
        current: whether the figure's step acts on it.
    """

    id: str
    source: str
    target: str
    slot: int
    symbol: str
    partial: str
    number: Shown | None
    contribution: Shown | None
    known: bool = True
    state: EdgeState = "forward"
    current: bool = False


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """A frame around boxes; ``parent`` is the dotted name of the group around it, if any."""

    name: str
    title: str
    parent: str


@dataclass(frozen=True, slots=True)
class Figure:
    """Everything a picture of a graph shows.

    Attributes:
        direction: ``LR`` from left to right, ``TB`` from top to bottom.
        boxes: in the order of the steps.
        edges: by target and slot.
        groups: outer ones first.
    """

    direction: Literal["LR", "TB"]
    boxes: tuple[FigureBox, ...]
    edges: tuple[FigureEdge, ...]
    groups: tuple[FigureGroup, ...]
