"""Change the value of a leaf or the formula of a line, and run the graph anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError, SourceError, UsageError
from graphgrad.expr.dialect import COMMA, STRICT
from graphgrad.graph.formula import line_formula
from graphgrad.graph.zooms.scalar import scalar_graph
from graphgrad.messages.catalogue import text
from graphgrad.source.gg import read_gg
from graphgrad.source.leaves import literal
from graphgrad.source.relations import broken_relations
from graphgrad.source.statements import read_statement
from graphgrad.source.tree import Piece, text_of, tree_of
from graphgrad.stepping.work import Work
from graphgrad.views.text.numbers import inline, shape_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphgrad.graph.graph import Graph, Line
    from graphgrad.stepping.work import Origin

__all__ = ["broken_assumptions", "edited", "present_text", "with_values"]

_LONGEST = 2_000


def present_text(work: Work, node: int) -> str:
    """Return what can be edited: the value of a leaf, the formula of a line."""
    graph = work.trace.graph
    line = graph.line(graph.line_of(node))
    if not graph.is_leaf(line.root):
        return line_formula(graph, line)
    value = work.trace.values[line.root]
    if shape_of(value):
        return str(value.tolist())
    return inline(value, digits=15)


def edited(work: Work, node: int, typed: str) -> Work:
    """Return the work with another value or formula, run anew.

    Args:
        work: what is stepped through.
        node: a node of the line to change.
        typed: the new right-hand side.

    Raises:
        GraphgradError: if it cannot be read or run, with the place.
    """
    graph = work.trace.graph
    line = graph.line(graph.line_of(node))
    if graph.is_leaf(line.root):
        point = {**work.point, line.name: _value(typed)}
        graph, origin = _resized(work, point)
        return Work(_run(work, graph, point), origin, point)
    if work.origin is None:
        raise UsageError("edit.no_source", name=line.name)
    origin = work.origin._replace(text=_with_formula(work.origin, line, typed))
    fresh = _read(origin, work.point)
    leaves = {found.name for found in fresh.lines() if fresh.is_leaf(found.root)}
    point = {name: value for name, value in work.point.items() if name in leaves}
    return Work(_run(work, fresh, point), origin, point)


def with_values(work: Work, values: Mapping[str, Any]) -> Work:
    """Return the work with other values of some leaves, run anew."""
    point = {**work.point, **values}
    graph, origin = _resized(work, point)
    return Work(record(graph, point), origin, point)


def _resized(work: Work, point: dict[str, Any]) -> tuple[Graph, Origin | None]:
    """Return the graph for a point: read again where bounds and sizes depend on its values."""
    graph, origin = work.trace.graph, work.origin
    sizes = tuple((name, point[name]) for name in graph.heading.sizes if name in point)
    if origin is None or sizes == origin.sizes:
        return graph, origin
    resized = origin._replace(sizes=sizes)
    return _read(resized, point), resized


def broken_assumptions(work: Work) -> list[str]:
    """Return a warning for each declared relation that the values given by hand break."""
    found = broken_relations(work.trace.graph, work.trace.values)
    return [
        text("warning.broken_relation", relation=broken.relation, values=broken.values)
        for broken in found
    ]


def _run(work: Work, graph: Graph, point: dict[str, Any]) -> Any:
    old = work.trace
    same_shape = shape_of(old.values[old.graph.output]) == graph.columns.shape(graph.output)
    seed = old.seed if old.adjoints is not None and same_shape else None
    return record(graph, point, seed=seed, exact=old.exact)


def _value(typed: str) -> Any:
    """Return a written-out value, with a decimal point or a decimal comma."""
    try:
        return literal(typed, STRICT)
    except SourceError:
        try:
            return literal(typed, COMMA)
        except GraphgradError:
            pass
        raise


def _read(origin: Origin, point: Mapping[str, Any]) -> Graph:
    graph = read_gg(
        origin.text,
        path=origin.path,
        row=origin.row,
        free_inputs=origin.free_inputs,
        relations=False,
        sizes=dict(origin.sizes),
        training=origin.training,
    )
    return scalar_graph(graph, point) if origin.zoom == "scalar" else graph


# ---- the text ----


def _with_formula(origin: Origin, line: Line, typed: str) -> str:
    """Return the source with another right-hand side of one line."""
    if len(typed) > _LONGEST or "\n" in typed or ";" in typed:
        raise UsageError("edit.one_line", limit=_LONGEST)
    tree = tree_of(origin.text, semicolons=origin.free_inputs)
    for place, piece in enumerate(tree):
        head = _head(piece, line.name)
        if head is not None:
            tree[place] = piece._replace(written=f"{head} {typed.strip()}\n")
            return text_of(tree)
    raise UsageError("edit.no_source", name=line.name)


def _head(piece: Piece, name: str) -> str | None:
    """Return a statement up to its equals sign if it assigns a name."""
    if not piece.text.strip():
        return None
    try:
        statement = read_statement(piece.text, STRICT)
    except GraphgradError:
        return None  # rows of data, numbers with a decimal comma
    computes = statement.start.takes == "name" and statement.start.reader != "leaf"
    if not computes or statement.name != name or statement.rest >= len(statement.tokens):
        return None
    return piece.text[: statement.tokens[statement.rest].end]
