"""Write a figure as DOT source through the graphviz package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt

import graphviz

from graphgrad.graph.graph import Graph
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.build import figure_of
from graphgrad.views.figure.html_label import html_label, printable
from graphgrad.views.figure.model import Figure, FigureBox, FigureEdge
from graphgrad.views.figure.options import FigureOptions
from graphgrad.views.figure.rows import Ink, LabelRow, box_rows, edge_rows, size_of
from graphgrad.views.figure.theme import CURRENT, INK, ROLES

__all__ = ["digraph", "to_graphviz"]

_POINTS = 72
_PADDING_ACROSS, _PADDING_DOWN, _DESCENT = 22.0, 12.0, 3.0
_BESIDE, _BELOW = 4, 4
_EDGE_COLOURS = {"pending": INK.pending, "forward": INK.forward, "backward": INK.backward}


def to_graphviz(source: Trace | Graph, options: FigureOptions | None = None) -> graphviz.Digraph:
    """Return the figure of a trace or a graph for your own Graphviz.

    Sizes and texts are final; ``source`` of the result is the DOT text.

    >>> from graphgrad.source import read_gg
    >>> print(to_graphviz(read_gg("input x = 3; y = x^2", free_inputs=True)).name)
    figure
    """
    return digraph(figure_of(source, options))


def digraph(figure: Figure) -> graphviz.Digraph:
    """Return a figure as DOT source."""
    drawn = graphviz.Digraph(
        "figure",
        graph_attr={
            "rankdir": figure.direction,
            "nodesep": "0.35",
            "ranksep": f"{_rank_gap(figure):.2f}",
            "fontname": "Times-Roman",
            "forcelabels": "true",
        },
        node_attr={"fontname": "Times-Roman", "fontsize": "14", "fixedsize": "true"},
        edge_attr={"fontname": "Times-Roman", "fontsize": "13", "arrowsize": "0.8"},
    )
    _add_groups(drawn, figure)
    adjoints = {box.id: box.adjoint_symbol for box in figure.boxes}
    for edge in figure.edges:
        rows = edge_rows(edge, adjoints[edge.target])
        drawn.edge(edge.source, edge.target, **_edge_attributes(edge, rows))
    return drawn


def _rank_gap(figure: Figure) -> float:
    """Return the room between ranks, in inches: more where many edges meet at one box."""
    arriving = Counter(edge.target for edge in figure.edges)
    most = max(arriving.values(), default=0)
    return 0.45 + 0.15 * min(max(most - 2, 0), 5)


def _add_groups(drawn: graphviz.Digraph, figure: Figure) -> None:
    """Add every box, inside the frames of its groups; inner frames are added last-made first."""
    bodies: dict[str, graphviz.Digraph] = {"": drawn}
    for number, group in enumerate(figure.groups):
        attributes = {
            "label": graphviz.escape(printable(group.title)),
            "labeljust": "l",
            "style": "dashed",
            "color": INK.group,
            "fontcolor": INK.group,
            "fontname": "Times-Roman",
            "fontsize": "14",
            "margin": "10",
        }
        bodies[group.name] = graphviz.Digraph(f"cluster_{number}", graph_attr=attributes)
    for box in figure.boxes:
        bodies[box.group].node(box.id, **_box_attributes(box))
    for group in reversed(figure.groups):
        bodies[group.parent].subgraph(bodies[group.name])


def _box_attributes(box: FigureBox) -> Mapping[str, str]:
    rows = box_rows(box)
    width, height = _outer_size(box, rows)
    style = ROLES[box.role]
    known = box.value_known
    border = CURRENT if box.current else style.border
    line = style.width + 1.6 if box.current else style.width
    return {
        "id": box.id,
        "class": f"{box.role}{' current' if box.current else ''}",
        "label": html_label(rows, _BESIDE),
        "shape": style.shape,
        "style": f"{style.style},dashed" if box.trouble else style.style,
        "fillcolor": style.fill if known else "#FFFFFF",
        "color": INK.adjoint if box.trouble else border if known else INK.pending,
        "penwidth": f"{line:g}",
        "peripheries": str(style.peripheries),
        "width": f"{width / _POINTS:.4f}",
        "height": f"{height / _POINTS:.4f}",
    }


def _outer_size(box: FigureBox, rows: Sequence[LabelRow]) -> tuple[float, float]:
    """Return the size of a box round its rows; the corners of all rows lie inside an ellipse."""
    width, height = size_of(rows)
    if ROLES[box.role].shape != "ellipse":
        return width + _PADDING_ACROSS, height + _PADDING_DOWN
    outer = 1.1 * height + _PADDING_DOWN
    widest, y = 0.0, -height / 2
    for row in rows:
        text_only = all(isinstance(piece, Ink) for piece in row.pieces)
        reach = max(abs(y), abs(y + row.height)) - (_DESCENT if text_only else -1)
        widest = max(widest, row.width / sqrt(1 - (2 * reach / outer) ** 2))
        y += row.height
    return widest + _PADDING_ACROSS - 4, outer


def _edge_attributes(edge: FigureEdge, rows: Sequence[LabelRow]) -> Mapping[str, str]:
    attributes = {
        "id": edge.id,
        "class": f"{edge.state}{' current' if edge.current else ''}",
        "color": CURRENT if edge.current else _EDGE_COLOURS[edge.state],
        "penwidth": "3" if edge.current else "1.4",
    }
    if edge.state == "backward":
        attributes |= {"dir": "back", "style": "dashed"}
    if rows:
        label = html_label(rows, _BESIDE, _BELOW)
        attributes |= {"label": label, "fontcolor": INK.partial}
    return attributes
