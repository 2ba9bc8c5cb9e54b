"""Write what is to be laid out as DOT source: sizes and ids, no text of the user's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from math import ceil
from typing import Literal, NamedTuple

import graphviz

from graphgrad.graph.groups import groups_around, within
from graphgrad.views.figure.content.diagram import Diagram, DiagramBox, DiagramEdge
from graphgrad.views.figure.content.spine import Spine
from graphgrad.views.figure.geometry.places import Reserved, Size
from graphgrad.views.figure.typeset.density import ROOMY, Density

__all__ = ["UNSEEN", "Plan", "layout_source"]

_POINTS = 72.0
_DUMMY = 10.0
_ADVANCE, _LINE = 0.6 * _DUMMY, 1.2 * _DUMMY
_LABEL_AIR = 8.0
_TITLE_AIR = 6.0
_FRAME_AIR = 12.0
_NUMBERED = re.compile(r"(.*?\D)(\d+)(\]?)")
_UNITS = ("input", "computation")
_FEWEST_FRAMED, _MOST_UNITS = 5, 40
"""An engine keeps the order of a few units in a frame by itself, and better."""
UNSEEN = "unseen"
"""The id of edges that only keep an order."""


class Plan(NamedTuple):
    """How a diagram is to be laid out.

    Attributes:
        direction: from left to right or from top to bottom.
        rows: the main chain in rows, from top to bottom; empty where it is not broken.
        turned: ids of the edges inside of rows that run from right to left.
        spread: how much more than the usual room to leave between parts.
        spaced: whether edges without a label keep clear of labels too.
        tables: whether the engine reads HTML-like labels, whose size no font can change.
        density: how close parts stand.
        frames: whether the boxes of a group are kept together in a frame.
    """

    direction: Literal["LR", "TB"]
    rows: tuple[tuple[str, ...], ...] = ()
    turned: frozenset[str] = frozenset()
    spread: float = 1.0
    spaced: bool = False
    tables: bool = True
    density: Density = ROOMY
    frames: bool = True


def layout_source(diagram: Diagram, spine: Spine, reserved: Reserved, plan: Plan) -> str:
    """Return the DOT source of a diagram.

    Args:
        diagram: the boxes and edges.
        spine: its longest chain, drawn straight.
        reserved: the room of every part.
        plan: how it is to be laid out.
    """
    drawn = _canvas(diagram, plan)
    _add_boxes(drawn, diagram, spine, reserved, plan)
    for row in plan.rows:
        drawn.body.append(f"\t{{rank=same; {'; '.join(row)}}}\n")
    for edge in diagram.edges:
        attributes = _edge(edge, spine, reserved, plan)
        if edge.id in reserved.wires:
            _add_wire(drawn, edge, attributes)
            continue
        if plan.spaced:
            attributes.setdefault("label", _dummy(Size(0.0, 0.0), tables=plan.tables))
        ends = edge.source, edge.target
        drawn.edge(*(ends[::-1] if edge.id in plan.turned else ends), **attributes)
    return str(drawn.source)


def _keep_order(
    bodies: Mapping[str, graphviz.Digraph], diagram: Diagram, rank: Mapping[str, int]
) -> None:
    """Put the units of a layer in their order: neuron 1, neuron 2, and so on.

    Edges that nobody sees lead from each to the next; they stand in one rank, in one frame.
    """
    found: dict[tuple[object, ...], list[DiagramBox]] = {}
    for box in diagram.boxes:
        family = _NUMBERED.fullmatch(box.name)
        if family and box.role in _UNITS:
            key = family[1], family[3], box.role, box.group, rank[box.id]
            found.setdefault(key, []).append(box)
    for units in found.values():
        framed = units[0].group in bodies and bool(units[0].group)
        if (_FEWEST_FRAMED if framed else 2) <= len(units) <= _MOST_UNITS:
            body = bodies.get(units[0].group, bodies[""])
            chain = " -> ".join(box.id for box in units)
            body.body.append(f"\t{{rank=same; edge [id={UNSEEN} style=invis]; {chain}}}\n")


def _canvas(diagram: Diagram, plan: Plan) -> graphviz.Digraph:
    """Return an empty drawing."""
    spread = plan.spread * plan.density.room
    return graphviz.Digraph(
        "scene",
        graph_attr={
            "rankdir": plan.direction,
            "nodesep": f"{0.36 * spread:.3f}",
            "ranksep": f"{_rank_gap(diagram) * spread:.3f}",
            "splines": "true",
            "outputorder": "nodesfirst",
        },
        node_attr={"shape": "box", "fixedsize": "true", "label": ""},
        edge_attr={"fontname": "Courier", "fontsize": f"{_DUMMY:g}", "dir": "none"},
    )


def _rank_gap(diagram: Diagram) -> float:
    """Return the room between ranks, in inches: more where many edges meet at one box."""
    arriving = Counter(edge.target for edge in diagram.edges)
    most = max(arriving.values(), default=0)
    return 0.4 + 0.16 * min(max(most - 2, 0), 4)


def _add_boxes(
    drawn: graphviz.Digraph,
    diagram: Diagram,
    spine: Spine,
    reserved: Reserved,
    plan: Plan,
) -> None:
    """Add every box inside the frames of its groups; inner frames are added last-made first."""
    bodies: dict[str, graphviz.Digraph] = {"": drawn}
    groups = diagram.groups if plan.frames else ()
    for number, group in enumerate(groups):
        bodies[group.name] = _frame(number, reserved.titles[group.name], plan)
    chain = set() if plan.rows else set(spine.chain)
    for box in diagram.boxes:
        attributes = _measures(reserved.boxes[box.id])
        if box.id in chain:
            attributes["group"] = "spine"
        if box.id in reserved.circles:
            attributes["shape"] = "circle"
        bodies[box.group if groups else ""].node(box.id, **attributes)
    within = {box.id: box.group for box in diagram.boxes}
    for edge in diagram.edges:
        if edge.id in reserved.wires:
            around = _common(within[edge.source], within[edge.target])
            on_chain = edge.id in spine.links
            _add_room(
                bodies[around if groups else ""], edge, reserved.wires[edge.id], on_chain=on_chain
            )
    if not plan.rows:
        _keep_order(bodies, diagram, spine.rank)
    for group in reversed(groups):
        bodies[group.parent].subgraph(bodies[group.name])


def _frame(number: int, title: Size, plan: Plan) -> graphviz.Digraph:
    """Return the empty frame of a group, with room for its title."""
    attributes = {
        "id": f"g{number}",
        "label": _dummy(Size(title.width + _TITLE_AIR, title.height), tables=plan.tables),
        "fontname": "Courier",
        "fontsize": f"{_DUMMY:g}",
        "labeljust": "l",
        "labelloc": "t",
        "margin": f"{_FRAME_AIR * plan.density.air:g}",
    }
    return graphviz.Digraph(f"cluster_{number}", graph_attr=attributes)


def _measures(size: Size) -> dict[str, str]:
    """Return a size as attributes, in inches."""
    return {"width": f"{size.width / _POINTS:.4f}", "height": f"{size.height / _POINTS:.4f}"}


def _add_room(body: graphviz.Digraph, edge: DiagramEdge, size: Size, *, on_chain: bool) -> None:
    """Add the box in the middle of a wire where its texts go."""
    body.node(f"w{edge.id}", **_measures(size), **({"group": "spine"} if on_chain else {}))


def _add_wire(drawn: graphviz.Digraph, edge: DiagramEdge, attributes: dict[str, str]) -> None:
    """Add an edge as two, with the box for its texts between them."""
    weight = {"weight": attributes["weight"]} if "weight" in attributes else {}
    middle = f"w{edge.id}"
    drawn.edge(edge.source, middle, id=f"{edge.id}a", headport="w", **weight)
    drawn.edge(middle, edge.target, id=f"{edge.id}b", tailport="e", **weight)


def _common(first: str, second: str) -> str:
    """Return the dotted name of the innermost group around two groups."""
    shared = [group for group in groups_around(first) if within(second, group)]
    return shared[-1] if shared else ""


def _edge(edge: DiagramEdge, spine: Spine, reserved: Reserved, plan: Plan) -> dict[str, str]:
    attributes = {"id": edge.id}
    size = reserved.labels.get(edge.id)
    if size is not None:
        air = _LABEL_AIR * plan.density.air
        room = Size(size.width + air, size.height + air / 2)
        attributes["label"] = _dummy(room, tables=plan.tables)
    if edge.id in spine.links:
        attributes["weight"] = "12"
        if any(edge.target == row[0] for row in plan.rows):
            attributes["minlen"] = "2"  # what only the next row reads stands between the rows
    elif edge.id in spine.skips:
        attributes["weight"] = "0"
        on_chain = edge.source in spine.chain and edge.target in spine.chain
        if on_chain and plan.direction == "LR":
            attributes |= {"tailport": "ne", "headport": "nw"}
    return attributes


def _dummy(size: Size, *, tables: bool) -> str:
    """Return a label that takes up a size: an empty table, or a text in Courier."""
    columns = max(1, ceil(size.width / _ADVANCE))
    rows = max(1, ceil(size.height / _LINE))
    if not tables:
        return "\\n".join(["M" * columns] * rows)
    width, height = round(columns * _ADVANCE), round(rows * _LINE)
    return f"<{_TABLE.format(width=width, height=height)}>"


_TABLE = (
    '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0" FIXEDSIZE="TRUE" '
    'WIDTH="{width}" HEIGHT="{height}"><TR><TD></TD></TR></TABLE>'
)
