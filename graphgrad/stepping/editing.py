"""Change the value of a leaf or the formula of a line, and run the graph anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from graphgrad.autodiff.record import record, settled
from graphgrad.errors import GraphgradError, SourceError, UsageError
from graphgrad.expr.dialect import COMMA, STRICT
from graphgrad.graph.formula import line_formula
from graphgrad.graph.zooms.entry_names import array_point, entry_name, scalar_point
from graphgrad.graph.zooms.scalar import scalar_graph
from graphgrad.messages.catalogue import text
from graphgrad.ops.evaluate import to_float
from graphgrad.source.gg import read_gg
from graphgrad.source.leaves import literal
from graphgrad.source.relations import broken_relations
from graphgrad.source.statements import read_statement
from graphgrad.source.tree import depths, text_of, tree_of
from graphgrad.stepping.work import Work
from graphgrad.views.text.name_ranges import shape_words
from graphgrad.views.text.numbers import as_in_file, inline, shape_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphgrad.expr.dialect import Dialect
    from graphgrad.graph.graph import Graph, Line
    from graphgrad.ops.shapes import Shape
    from graphgrad.source.tree import Piece
    from graphgrad.stepping.work import Origin

__all__ = ["Editable", "broken_assumptions", "edited", "present_text", "typed_value"]
__all__ += ["with_values", "zoomed"]

_LONGEST = 2_000


class Editable(NamedTuple):
    """What can be edited.

    Attributes:
        left: the name of a leaf or a line; of a pass of a loop, or in a call, as it is written.
        right: the value of a leaf, the formula of a line.
        row: the line of the text, where it stands for more than this line; 0 otherwise.
    """

    left: str
    right: str
    row: int = 0


def present_text(work: Work, node: int, place: Shape | None = None) -> Editable:
    """Return what can be edited of a node: its line's value or formula, as it stands.

    Args:
        work: what is stepped through.
        node: a node of the line.
        place: the one entry of a leaf that is meant.
    """
    graph = work.trace.graph
    line = graph.line(graph.line_of(node))
    if place is not None and graph.is_leaf(line.root):
        value = work.trace.values[line.root][place]
        left, right = entry_name(line.name, place), inline(value, digits=15)
        return Editable(as_in_file(graph, left), as_in_file(graph, right))
    if not graph.is_leaf(line.root):
        found = _written(work.origin, graph, line)
        if found is None or found.alone:
            return Editable(line.name, as_in_file(graph, line_formula(graph, line)))
        left = found.left.removesuffix("=").strip()
        return Editable(left, " ".join(found.right.split()), found.tree[found.at].number)
    value = work.trace.values[line.root]
    if shape_of(value):
        return Editable(line.name, as_in_file(graph, str(value.tolist())))
    return Editable(line.name, as_in_file(graph, inline(value, digits=15)))


def edited(work: Work, node: int, typed: str, place: Shape | None = None) -> Work:
    """Return the work with another value or formula, run anew.

    Args:
        work: what is stepped through.
        node: a node of the line to change.
        typed: the new right-hand side.
        place: the one entry of a leaf that is meant.

    Raises:
        GraphgradError: if it cannot be read or run, with the place.
    """
    graph = work.trace.graph
    line = graph.line(graph.line_of(node))
    if place is not None:
        return _with_entry(work, line, place, typed)
    if graph.is_leaf(line.root):
        shape = shape_of(work.trace.values[line.root])
        point = {**work.point, line.name: _value_for(graph, line.name, shape, typed)}
        graph, origin = _resized(work, point)
        return Work(_run(work, graph, point), origin, point)
    found = _written(work.origin, graph, line)
    if work.origin is None or found is None:
        raise UsageError("edit.no_source", name=line.name)
    origin = work.origin._replace(text=_with_formula(found, typed))
    fresh = _read(origin, work.point)
    leaves = {found.name for found in fresh.lines() if fresh.is_leaf(found.root)}
    point = {name: value for name, value in work.point.items() if name in leaves}
    return Work(_run(work, fresh, point), origin, point)


def _with_entry(work: Work, line: Line, place: Shape, typed: str) -> Work:
    """Return the work with another number in one entry of a leaf, run anew."""
    name = entry_name(line.name, place)
    value = _value_for(work.trace.graph, name, (), typed)
    array = to_float(work.trace.values[line.root]) * 1.0
    array[place] = float(value)
    return with_values(work, {line.name: array})


def with_values(work: Work, values: Mapping[str, Any]) -> Work:
    """Return the work with other values of some leaves, run anew."""
    point = {**work.point, **values}
    graph, origin = _resized(work, point)
    return Work(settled(record(graph, point, refuse=False))[0], origin, point)


def _resized(work: Work, point: dict[str, Any]) -> tuple[Graph, Origin | None]:
    """Return the graph for a point: read again where bounds and sizes depend on its values."""
    graph, origin = work.trace.graph, work.origin
    sizes = tuple((name, point[name]) for name in graph.heading.sizes if name in point)
    if origin is None or sizes == origin.sizes:
        return graph, origin
    resized = origin._replace(sizes=sizes)
    return _read(resized, point), resized


def zoomed(work: Work, zoom: str) -> Work:
    """Return the work with arrays as they are, or with every entry as a line of its own.

    Args:
        work: what is stepped through.
        zoom: ``array`` or ``scalar``.

    Raises:
        GraphgradError: if there would be too many entries, or no text tells of the arrays.
    """
    origin, graph = work.origin, work.trace.graph
    if origin is None and zoom == "array":
        raise UsageError("app.no_arrays")
    if origin is None:
        fresh = scalar_graph(graph, work.point)
    else:
        origin = origin._replace(zoom=zoom)
        fresh = _read(origin, work.point)
    point = scalar_point(fresh, work.point) if zoom == "scalar" else array_point(fresh, work.point)
    return Work(settled(record(fresh, point, refuse=False))[0], origin, point)


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
    return settled(record(graph, point, seed=seed, exact=old.exact, refuse=False))[0]


def _value_for(graph: Graph, name: str, shape: Shape, typed: str) -> Any:
    """Return the value that was typed for a leaf.

    Raises:
        UsageError: if it is none: it is said of the one field that is typed into, not of a file.
    """
    try:
        value = typed_value(typed, COMMA if graph.heading.comma else STRICT)
    except SourceError as error:
        if error.message_id in _TOLD_ALONE:
            raise UsageError("edit.bad_value", name=name, why=error.body(None)) from None
        raise _no_value(graph, name, shape, typed) from None
    if shape_of(value) != shape:
        raise _no_value(graph, name, shape, typed)
    return value


def _no_value(graph: Graph, name: str, shape: Shape, typed: str) -> UsageError:
    """Return the error of what is no value of a shape."""
    fields = {"shape": shape_words(shape), "like": as_in_file(graph, _example(shape))}
    wanted = text("edit.an_array" if shape else "edit.a_number", **fields)
    return UsageError("edit.no_value", name=name, got=typed.strip(), wanted=wanted)


_TOLD_ALONE = ("source.zero_denominator", "source.unclosed", "source.unopened")


def _example(shape: Shape) -> str:
    """Return how a value of a shape may be written.

    >>> _example(()), _example((3,)), _example((2, 4))
    ('0.5', '[0.5, 0.5, …]', '[[0.5, 0.5, …], [0.5, 0.5, …]]')
    """
    told = "0.5"
    for size in reversed(shape):
        told = f"[{', '.join([told] * min(size, 2))}{', …' if size > 2 else ''}]"
    return told


def typed_value(typed: str, first: Dialect = STRICT) -> Any:
    """Return a written-out value, with a decimal point or a decimal comma.

    Args:
        typed: the value.
        first: how the file writes numbers; what reads both ways is read so.
    """
    try:
        return literal(typed, first)
    except SourceError:
        try:
            return literal(typed, STRICT if first is COMMA else COMMA)
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
    if origin.stable:
        from graphgrad.autodiff.stable import stable

        graph = stable(graph)
    return scalar_graph(graph, point) if origin.zoom == "scalar" else graph


# ---- the text ----


class _Written(NamedTuple):
    """Where a line is written.

    Attributes:
        tree: the pieces of the text.
        at: the position of the piece that states the line.
        left: what stands before its equals sign, and it.
        right: what stands behind it.
        alone: whether it states this line alone, by its name: no pass of a loop, no call.
    """

    tree: list[Piece]
    at: int
    left: str
    right: str
    alone: bool


def _written(origin: Origin | None, graph: Graph, line: Line) -> _Written | None:
    """Return where the text states a line: by its name, else by its place, for a loop or a call."""
    if origin is None:
        return None
    tree = tree_of(origin.text, semicolons=origin.free_inputs)
    places = graph.heading.places
    row = places[line.index] if line.index < len(places) else 0
    found = []
    for at, (piece, depth) in enumerate(zip(tree, depths(tree), strict=True)):
        here = piece.number <= row <= piece.number + piece.text.count("\n") or not row
        sides = _sides(piece) if here else None
        if sides is not None:
            name, left, right = sides
            found.append(_Written(tree, at, left, right, not depth and name == line.name))
    named = [one for one in found if one.alone]
    return named[0] if named else found[0] if row and len(found) == 1 else None


def _sides(piece: Piece) -> tuple[str, str, str] | None:
    """Return the name, and both sides of the equals sign, of a statement that computes."""
    for dialect in (STRICT, COMMA):
        try:
            statement = read_statement(piece.text, dialect)
        except GraphgradError:
            continue  # rows of data, blank rows, numbers of the other dialect
        depth = 0
        for token in statement.tokens:
            depth += (token.value in _OPEN) - (token.value in _CLOSE)
            if token.value == "=" and not depth and statement.start.reader not in _NO_FORMULA:
                return statement.name, piece.text[: token.end], piece.text[token.end :].strip()
        return None
    return None


_OPEN, _CLOSE = ("(", "["), (")", "]")
_NO_FORMULA = ("leaf", "for", "train")


def _with_formula(found: _Written, typed: str) -> str:
    """Return the source with another right-hand side of one line."""
    if len(typed) > _LONGEST or "\n" in typed or ";" in typed:
        raise UsageError("edit.one_line", limit=_LONGEST)
    tree = found.tree
    tree[found.at] = tree[found.at]._replace(written=f"{found.left} {typed.strip()}\n")
    return text_of(tree)
