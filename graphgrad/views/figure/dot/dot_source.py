"""Write a diagram as DOT source through the graphviz package.

Engines guess the width of text, so labels are HTML-like tables in which every measured piece starts
flush left in a cell that begins where we say.
"""

from __future__ import annotations

import html
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil, sqrt

import graphviz

from graphgrad.graph.graph import Graph
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.diagram import Diagram, DiagramBox, DiagramEdge
from graphgrad.views.figure.content.diagram_of import diagram_of
from graphgrad.views.figure.content.known_at import Frame, frame_of
from graphgrad.views.figure.content.scene_options import IN_DOT, FigureOptions, SceneOptions
from graphgrad.views.figure.content.spellings import PlainSpelling
from graphgrad.views.figure.content.spine import ranks_of
from graphgrad.views.figure.dot.dot_rows import (
    CURRENT,
    INK,
    ROLES,
    Grid,
    Ink,
    LabelRow,
    box_rows,
    edge_rows,
    size_of,
)
from graphgrad.views.text.numbers import with_commas

__all__ = ["MOST_BOXES", "digraph", "dot_text", "to_graphviz"]

MOST_BOXES = 2_000
_MOST_RANKS_ACROSS = 7
_POINTS = 72
_PADDING_ACROSS, _PADDING_DOWN, _DESCENT = 22.0, 12.0, 3.0
_BESIDE, _BELOW = 4, 4
_EDGE_COLOURS = {"pending": INK.pending, "forward": INK.forward, "backward": INK.backward}
_REPLACED = ("Cc", "Cs", "Cn", "Co")
_DROPPED = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def to_graphviz(source: Trace | Graph, options: FigureOptions | None = None) -> graphviz.Digraph:
    """Return the figure of a trace or a graph for your own Graphviz.

    Sizes and texts are final; ``source`` of the result is the DOT text.

    >>> from graphgrad.source.gg import read_gg
    >>> print(to_graphviz(read_gg("input x = 3; y = x^2", free_inputs=True)).name)
    figure

    Raises:
        UsageError: if the options name a line or a step that is not there.
        LimitError: if it would have more than `MOST_BOXES` boxes.
    """
    options = options or FigureOptions()
    if not isinstance(source, Trace):
        options = options._replace(step=None)
    same = {field: getattr(options, field) for field in IN_DOT}
    graph = source.graph if isinstance(source, Trace) else source
    if graph.heading.comma:
        options, same = options._replace(decimal_comma=True), same | {"decimal_comma": True}
    chosen = SceneOptions(collapse="none", language=options.language, **same)
    diagram = diagram_of(source, chosen, PlainSpelling, MOST_BOXES)
    return digraph(_with_commas(diagram) if options.decimal_comma else diagram, options)


def _with_commas(diagram: Diagram) -> Diagram:
    """Return a diagram whose formulas have decimal commas, before they are broken into rows."""
    boxes = tuple(b._replace(formula=with_commas(b.formula)) for b in diagram.boxes)
    edges = tuple(edge._replace(partial=with_commas(edge.partial)) for edge in diagram.edges)
    return diagram._replace(boxes=boxes, edges=edges)


def digraph(diagram: Diagram, options: FigureOptions) -> graphviz.Digraph:
    """Return a diagram in plain signs as DOT source."""
    frame = frame_of(diagram, options.step)
    body = graphviz.Digraph(
        "figure",
        graph_attr={
            "rankdir": _direction(diagram, options),
            "nodesep": "0.35",
            "ranksep": f"{_rank_gap(diagram):.2f}",
            "fontname": "Times-Roman",
            "forcelabels": "true",
        },
        node_attr={"fontname": "Times-Roman", "fontsize": "14", "fixedsize": "true"},
        edge_attr={"fontname": "Times-Roman", "fontsize": "13", "arrowsize": "0.8"},
    )
    _add_groups(body, diagram, frame, comma=options.decimal_comma)
    adjoints = {box.id: box.adjoint_sign for box in diagram.boxes}
    told = "contributions" in options.show
    for edge in diagram.edges:
        rows = edge_rows(edge, adjoints[edge.target], frame, told=told)
        rows = [row.with_commas() for row in rows] if options.decimal_comma else rows
        body.edge(edge.source, edge.target, **_edge_attributes(edge, rows, frame))
    return body


def _direction(diagram: Diagram, options: FigureOptions) -> str:
    if options.direction != "auto":
        return options.direction
    return "TB" if max(ranks_of(diagram).values()) >= _MOST_RANKS_ACROSS else "LR"


def _rank_gap(diagram: Diagram) -> float:
    """Return the room between ranks, in inches: more where many edges meet at one box."""
    arriving = Counter(edge.target for edge in diagram.edges)
    most = max(arriving.values(), default=0)
    return 0.45 + 0.15 * min(max(most - 2, 0), 5)


def _add_groups(drawn: graphviz.Digraph, diagram: Diagram, frame: Frame, *, comma: bool) -> None:
    """Add every box, inside the frames of its groups; inner frames are added last-made first."""
    bodies: dict[str, graphviz.Digraph] = {"": drawn}
    for number, group in enumerate(diagram.groups):
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
    for box in diagram.boxes:
        bodies[box.group].node(box.id, **_box_attributes(box, frame, comma=comma))
    for group in reversed(diagram.groups):
        bodies[group.parent].subgraph(bodies[group.name])


def _box_attributes(box: DiagramBox, frame: Frame, *, comma: bool) -> Mapping[str, str]:
    rows = box_rows(box, frame)
    rows = [row.with_commas() for row in rows] if comma else rows
    width, height = _outer_size(box, rows)
    style = ROLES[box.role]
    known, current = frame.knows(box.value_step), box.id in frame.acts
    border = CURRENT if current else style.border
    line = style.width + 1.6 if current else style.width
    return {
        "id": box.id,
        "class": f"{box.role}{' current' if current else ''}",
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


def _outer_size(box: DiagramBox, rows: Sequence[LabelRow]) -> tuple[float, float]:
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


def _edge_attributes(
    edge: DiagramEdge, rows: Sequence[LabelRow], frame: Frame
) -> Mapping[str, str]:
    state = frame.edge_state(edge.forward_step, edge.backward_step)
    current = edge.id in frame.acts
    attributes = {
        "id": edge.id,
        "class": f"{state}{' current' if current else ''}",
        "color": CURRENT if current else _EDGE_COLOURS[state],
        "penwidth": "3" if current else "1.4",
    }
    if state == "backward":
        attributes |= {"dir": "back", "style": "dashed"}
    if rows:
        label = html_label(rows, _BESIDE, _BELOW)
        attributes |= {"label": label, "fontcolor": INK.partial}
    return attributes


_TABLE = '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">'


def html_label(rows: Sequence[LabelRow], beside: int, below: int = 0) -> str:
    """Return rows as a label; rows that are not visible are empty cells of the same size.

    Args:
        rows: the rows.
        beside: points to leave free on both sides.
        below: points to leave free below, for a label that stands on a line.
    """
    width = ceil(size_of(rows)[0]) + 2 * beside
    foot = f"<TR>{_cell('', width, below)}</TR>" if below else ""
    return f"<{_TABLE}{''.join(_row(row, width) for row in rows)}{foot}</TABLE>>"


def printable(text: str) -> str:
    """Return text without control characters and marks that reorder what follows."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in _REPLACED else c
        for c in text
        if c not in _DROPPED
    )


def _row(row: LabelRow, width: int) -> str:
    height = ceil(row.height)
    if not row.visible:
        return f"<TR>{_cell('', width, height)}</TR>"
    before = (width - row.width) / 2
    cells = [_cell("", round(before), height)] if round(before) else []
    place, end = before, round(before)
    for piece in row.pieces:
        place += piece.width
        last = piece is row.pieces[-1] and isinstance(piece, Ink)  # a table would stretch
        stop = width if last else ceil(place)
        cells.append(_piece(piece, stop - end, height))
        end = stop
    if width > end:
        cells.append(_cell("", width - end, height))
    return f"<TR><TD>{_TABLE}<TR>{''.join(cells)}</TR></TABLE></TD></TR>"


def _piece(piece: Ink | Grid, width: int, height: int) -> str:
    if isinstance(piece, Grid):
        return _cell(_grid(piece), width, height)
    return _cell(_font(piece), width, height)


def _cell(content: str, width: int, height: int, more: str = "") -> str:
    align = ' ALIGN="LEFT" BALIGN="LEFT"' if content else ""
    return (
        f'<TD FIXEDSIZE="TRUE"{align}{more} WIDTH="{max(width, 1)}" HEIGHT="{height}">'
        f"{content}</TD>"
    )


def _font(ink: Ink) -> str:
    face = "Times-Italic" if ink.italic else "Times-Roman"
    text = html.escape(printable(ink.text)).replace("\\", "\\\\")  # \N would become the node's id
    return f'<FONT FACE="{face}" POINT-SIZE="{ink.size:g}" COLOR="{ink.colour}">{text}</FONT>'


def _grid(grid: Grid) -> str:
    """Return a matrix: its brackets are the borders of two narrow cells."""
    height = ceil(grid.inner_height)
    row_height = grid.inner_height / len(grid.rows)
    columns = [ceil(width) for width in grid.columns]
    lines = []
    for index, entries in enumerate(grid.rows):
        top, bottom = round(index * row_height), round((index + 1) * row_height)
        cells = "".join(
            _entry(Ink(entry, grid.colour, grid.size), width, bottom - top)
            for entry, width in zip(entries, columns, strict=True)
        )
        if index == 0:
            cells = f"{_bracket('L', grid, height)}{cells}{_bracket('R', grid, height)}"
        lines.append(f"<TR>{cells}</TR>")
    return f"{_TABLE}{''.join(lines)}</TABLE>"


def _bracket(side: str, grid: Grid, height: int) -> str:
    more = f' ROWSPAN="{len(grid.rows)}" BORDER="1" SIDES="{side}TB" COLOR="{grid.colour}"'
    return _cell("", 4, height, more)


def _entry(ink: Ink, width: int, height: int) -> str:
    """Return one entry of a matrix, in the middle of its cell."""
    before = max(1, round((width - ink.width) / 2))
    inner = f"{_cell('', before, height)}{_cell(_font(ink), width - before, height)}"
    return f"<TD>{_TABLE}<TR>{inner}</TR></TABLE></TD>"


def dot_text(source: Trace | Graph, options: FigureOptions | None = None) -> bytes:
    """Return the figure of a trace or a graph as DOT source; no engine is needed."""
    return str(to_graphviz(source, options).source).encode("utf-8")
