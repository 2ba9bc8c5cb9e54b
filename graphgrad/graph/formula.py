"""Write the formula of a line or node in the expression language."""

from __future__ import annotations

from graphgrad.graph.graph import Graph, Line
from graphgrad.ops.row import Infix
from graphgrad.ops.text import Written, written_call, written_number

__all__ = ["line_formula", "node_formula", "written_value"]

_LONGEST = 2_000


def line_formula(graph: Graph, line: Line, *, exact: bool = False) -> str:
    """Return the right-hand side of a line, with other lines by name; empty for a leaf.

    Args:
        graph: the graph.
        line: the line.
        exact: whether a sum on the right of a sum has brackets: reading gives the same nodes then.
    """
    if graph.is_leaf(line.root):
        return ""
    written: dict[int, Written] = {}
    for node in line.nodes:
        written[node] = _written(graph, node, written, exact=exact)
    return written[line.root].text


def node_formula(graph: Graph, node: int) -> str:
    """Return one operation on its parents' names; empty for a leaf."""
    if graph.is_leaf(node):
        return ""
    names = {
        parent: Written(graph.name(parent))
        for parent in graph.columns.parents_of(node)
        if not graph.is_constant(parent)
    }
    return _written(graph, node, names).text


def _written(graph: Graph, node: int, known: dict[int, Written], *, exact: bool = False) -> Written:
    columns = graph.columns
    if graph.is_constant(node):
        return written_value(graph, node)
    args = [
        known.get(parent)
        or (written_value(graph, parent) if graph.is_constant(parent) else None)
        or Written(graph.name(parent))
        for parent in columns.parents_of(node)
    ]
    notation = columns.row(node).notation
    if exact and isinstance(notation, Infix) and notation.right_level == args[1].level:
        args[1] = Written(args[1].within(notation.level + 1))
    rank = len(columns.shape(columns.parents_of(node)[0]))
    call = written_call(columns.row(node), args, columns.settings_of(node), rank)
    return call if len(call.text) <= _LONGEST else Written("…")


def written_value(graph: Graph, node: int) -> Written:
    """Return a constant as it is written: its own line's name, ``pi``, or the number."""
    index = graph.line_of(node)
    if node == graph.line_ends[index] - 1:
        return Written(graph.line_names[index])
    symbol = graph.columns.settings_of(node).get("symbol")
    if symbol:
        return Written(symbol)
    if graph.columns.shape(node):
        return Written(_array_text(graph.defaults[node]))
    return written_number(graph.defaults[node])


def _array_text(value: object) -> str:
    entries = value.tolist() if hasattr(value, "tolist") else value
    if isinstance(entries, list):
        return f"[{', '.join(map(_array_text, entries))}]"
    return written_number(entries).text
