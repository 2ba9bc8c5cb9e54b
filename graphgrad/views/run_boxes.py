"""Turn a run into boxes for the character drawing: one per line, node or closed group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from graphgrad.graph.depth import ClosedGroup
from graphgrad.graph.graph import Graph
from graphgrad.graph.groups import parent_group, within
from graphgrad.graph.inputs import read_from_outside
from graphgrad.messages.catalogue import language
from graphgrad.symbolic.write.latex_movement import is_of_a_layer
from graphgrad.trace.trace import State, Trace
from graphgrad.views.cells.boxes import CellBox
from graphgrad.views.cells.groups import Collapsed, collapse
from graphgrad.views.figure.content.parts import Part, graph_parts
from graphgrad.views.text.box_content import BoxContent, group_content, spelled_call
from graphgrad.views.text.course_words import in_course_words
from graphgrad.views.text.entries import Detail
from graphgrad.views.text.numbers import inline

__all__ = ["Closed", "cell_boxes", "closed", "closed_boxes", "group_rows"]

LONGEST_FORMULA = 24
LONGEST_VALUE = 22
_WIDEST_SUMMARY, _NARROW_SUMMARY = 34, 16


class Closed(NamedTuple):
    """Boxes with some groups as one box each.

    Attributes:
        collapsed: the boxes, and which one shows each box that was given.
        contents: what the box of a closed group says, by its key; of a group that is left and
            entered again, and so is several boxes, nothing.
    """

    collapsed: Collapsed
    contents: dict[int, BoxContent]


def cell_boxes(trace: Trace, detail: Detail = "line", state: State | None = None) -> list[CellBox]:
    """Return a box per line or node: its name and formula, value and adjoint.

    Args:
        trace: the run.
        detail: a box per line, or per node; the numbers of a formula have no box of their own.
        state: what is known at a step; None knows everything.
    """
    graph = trace.graph
    state = state or trace.state(len(trace.steps))
    return [
        CellBox(
            part.node,
            _title(graph, part),
            _rows(state, part.node),
            _sources(graph, part),
            part.group,
            graph.role(part.node),
        )
        for part in graph_parts(graph, detail)
        if not _inner_number(graph, part.node)
    ]


def closed(graph: Graph, boxes: Sequence[CellBox], groups: Sequence[ClosedGroup]) -> Closed:
    """Return boxes with each group as one; its head is its name and the call that made it.

    Args:
        graph: the graph.
        boxes: a box per line or node, with its node as key.
        groups: the closed groups.
    """
    owner = {index: group.name for group in groups for index in group.within}
    names = {group.name for group in groups}
    moved = [replace(box, group=_moved(graph, box, owner, names)) for box in boxes]
    found = collapse(moved, names)
    contents: dict[int, BoxContent] = {}
    for group in groups:
        inside = {graph.line(index).root for index in group.within}
        keys = {found.shown_by[node] for node in inside if node in found.shown_by}
        if len(keys) == 1:
            contents[keys.pop()] = group_content(graph, group, language())
    heads = {key: _head(graph, content) for key, content in contents.items()}
    drawn = (replace(b, title=heads[b.key]) if b.key in heads else b for b in found.boxes)
    return Closed(found._replace(boxes=tuple(drawn)), contents)


def closed_boxes(
    trace: Trace, boxes: Sequence[CellBox], groups: Sequence[ClosedGroup]
) -> list[CellBox]:
    """Return boxes with each closed group as one: what it is, values and adjoints of its outputs.

    A group that is left and entered again stays several boxes, as `collapse` numbers them.
    """
    drawn, contents = closed(trace.graph, boxes, groups)
    state = trace.state(len(trace.steps))

    def rows(node: int) -> tuple[str, ...]:
        return _rows(state, node)

    return [
        replace(box, rows=group_rows(trace.graph, contents[box.key], rows))
        if box.key in contents
        else box
        for box in drawn.boxes
    ]


def group_rows(
    graph: Graph,
    content: BoxContent,
    rows: Callable[[int], Sequence[str]],
    *,
    brief: bool = False,
) -> tuple[str, ...]:
    """Return the rows of a closed group: what it is, then the numbers of its results.

    Args:
        graph: the graph.
        content: what its box says.
        rows: the value and the adjoint of a node, each after its sign.
        brief: whether only the first result is told, and in narrow rows what it is.
    """
    found = _wrapped(content.summary, _NARROW_SUMMARY if brief else _WIDEST_SUMMARY)
    told = content.results[:1] if brief else content.results
    for node in told:
        before = content.told(graph.name(node))
        found += [f"{before} {row}".lstrip() for row in rows(node)]
    rest = content.rest + len(content.results) - len(told)
    return (*found, f"… +{rest}") if rest else tuple(found)


def _moved(graph: Graph, box: CellBox, owner: dict[int, str], names: set[str]) -> str:
    """Return the group of a box; a leaf that a closed group does not hold stands beside it."""
    group = owner.get(graph.line_of(box.key))
    if group is not None:
        return group
    around = next((name for name in names if within(box.group, name)), None)
    return box.group if around is None else parent_group(around)


def _head(graph: Graph, content: BoxContent) -> str:
    """Return what heads a closed group; dotted, since there are no frames around it."""
    call = spelled_call(graph, content)
    short = 0 < len(call) <= LONGEST_FORMULA
    return f"{content.group.name} = {call}" if short else content.group.name


def _wrapped(summary: str, widest: int) -> list[str]:
    """Return a summary in rows, broken after commas."""
    rows: list[str] = []
    for phrase in filter(None, summary.split(", ")):
        if rows and len(rows[-1]) + len(phrase) < widest:
            rows[-1] += f", {phrase}"
        else:
            rows.append(phrase)
    return [f"{row}," for row in rows[:-1]] + rows[-1:]


def _sources(graph: Graph, part: Part) -> tuple[int, ...]:
    """Return what a box reads, in the order of its formula, where its numbers stand."""
    read: Iterable[int] = (use.source for use in part.uses)
    if part.composite:  # a number may stand in the formula of another line
        read = read_from_outside(graph, graph.line(graph.line_of(part.node)))
    return tuple(source for source in read if not _inner_number(graph, source))


def _inner_number(graph: Graph, node: int) -> bool:
    return graph.is_constant(node) and graph.line(graph.line_of(node)).root != node


def _title(graph: Graph, part: Part) -> str:
    name, formula = graph.name(part.node), part.formula
    if is_of_a_layer(graph, part.node):
        formula = in_course_words(formula)
    return f"{name} = {formula}" if 0 < len(formula) <= LONGEST_FORMULA else name


def _rows(state: State, node: int) -> tuple[str, ...]:
    trace, value = state.trace, state.value(node)
    rows = ["v ?" if value is None else f"v {_written(value)}"]
    if trace.adjoints is not None and trace.graph.variable[node]:
        known = state.adjoint(node)
        if known is None and trace.adjoints[node] is None:
            known = trace.adjoint(node)
        rows.append("∇ ?" if known is None else f"∇ {_written(known)}")
    return tuple(rows)


def _written(value: Any) -> str:
    return inline(value, LONGEST_VALUE)
