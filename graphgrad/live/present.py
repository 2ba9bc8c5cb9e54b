"""Hold what a session looks at: a graph, its pass, values given by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from graphgrad.autodiff.record import record, settled
from graphgrad.errors import GraphgradError, UsageError
from graphgrad.expr.dialect import COMMA, STRICT
from graphgrad.graph.graph import Graph
from graphgrad.graph.zooms.entry_names import array_point
from graphgrad.live.view import View
from graphgrad.live.written import same_numbers
from graphgrad.messages.catalogue import near
from graphgrad.source.gg import read_named
from graphgrad.source.writing.value_texts import value_text
from graphgrad.stepping import editing
from graphgrad.stepping.work import Origin, Work
from graphgrad.trace.trace import Trace

__all__ = ["Moment", "Present", "opened", "read", "with_kept", "with_value", "zoomed"]


class Present(NamedTuple):
    """What is looked at.

    Attributes:
        graph: the graph, entry by entry where the view says so.
        trace: its pass; None while a leaf has no value.
        origin: the text it was read from; None if it came from Python.
        point: values given by hand.
    """

    graph: Graph
    trace: Trace | None
    origin: Origin | None
    point: dict[str, Any]

    @classmethod
    def of(cls, work: Work) -> Present:
        """Return what is looked at of a work."""
        return cls(work.trace.graph, work.trace, work.origin, dict(work.point))


class Moment(NamedTuple):
    """What an undo leads back to.

    Attributes:
        base: the graph as it was read.
        now: the same zoomed, with values given by hand.
        view: how it is shown.
        name: of its file.
        row: of its data.
    """

    base: Present
    now: Present
    view: View
    name: str
    row: int | None


def read(source: str | Graph | Trace, name: str, row: int | None) -> Present:
    """Return what is looked at of a text, a graph or a pass.

    Args:
        source: the text of a file, a graph, or a pass.
        name: of the file, for messages.
        row: the row of the text's data; the first if None.

    Raises:
        GraphgradError: if it cannot be read or run.
    """
    if isinstance(source, Trace):
        return Present(source.graph, source, None, _given(source))
    if isinstance(source, Graph):
        return _ran(source, None, {})
    graph = read_named(source, name, row=row)
    if row is not None and graph.heading.table is None:
        raise UsageError("usage.no_rows", got=row)
    return _ran(graph, Origin(source, name, row), {})


def _given(trace: Trace) -> dict[str, Any]:
    """Return the values of a pass that are not those of its graph."""
    graph, found = trace.graph, dict[str, Any]()
    for line in graph.lines():
        if not graph.is_leaf(line.root):
            continue
        value, usual = trace.values[line.root], graph.defaults.get(line.root)
        if usual is None or not same_numbers(value, usual):
            found[line.name] = value
    return found


def zoomed(present: Present, base: Present, *, entries: bool) -> Present:
    """Return the same with every entry as a line of its own, or with arrays again.

    Args:
        present: what is looked at.
        base: the same as it was read, with arrays.
        entries: whether entries are lines.
    """
    origin, wanted = present.origin, "scalar" if entries else "array"
    is_entries = present.graph is not base.graph if origin is None else origin.zoom == "scalar"
    if present.trace is None or entries == is_entries:
        return present
    if origin is None and not entries:
        return _ran(base.graph, None, dict(array_point(base.graph, present.point)))
    return Present.of(editing.zoomed(Work(present.trace, origin, present.point), wanted))


def _ran(graph: Graph, origin: Origin | None, point: dict[str, Any]) -> Present:
    """Return a graph with its pass; without one while a leaf has no value."""
    try:
        return Present(graph, settled(record(graph, point, refuse=False))[0], origin, point)
    except GraphgradError as error:
        if error.message_id != "leaf.no_value":
            raise
        return Present(graph, None, origin, point)


def with_value(present: Present, name: str, written: str) -> Present:
    """Return what is looked at with another value of a leaf, or formula of a line."""
    graph = present.graph
    node = graph.find(name)
    leaves = [line.name for line in graph.lines() if graph.is_leaf(line.root)]
    if node is None:
        raise UsageError(
            "live.no_leaf", name=name, known=", ".join(leaves), near=near(name, leaves)
        )
    if present.trace is None:
        value = editing.typed_value(written, COMMA if graph.heading.comma else STRICT)
        return _ran(graph, present.origin, {**present.point, name: value})
    work = Work(present.trace, present.origin, present.point)
    return Present.of(editing.edited(work, node, written))


def with_kept(present: Present, point: Mapping[str, Any], names: Collection[str]) -> Present:
    """Return the same with values given by hand before, but for those of some names."""
    for leaf, value in point.items():
        if leaf.partition("[")[0] not in names:
            present = with_value(present, leaf, value_text(value))
    return present


def opened(source: str | Graph | Trace, view: View, name: str, row: int | None) -> Moment:
    """Return what is looked at of a source that is opened.

    Args:
        source: the text of a file, a graph, or a pass.
        view: how it is shown.
        name: of the file, for messages.
        row: of the text's data; the first if None.

    Raises:
        GraphgradError: if it cannot be read or run.
    """
    base = read(source, name, row)
    return Moment(base, zoomed(base, base, entries=view.entries), view, name, row)
