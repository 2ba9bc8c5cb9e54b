"""Close the groups of a figure, at a depth or by name: each is one box that says what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graphgrad.graph.blocks import Depth
from graphgrad.graph.depth import ClosedGroup, closed_at, closed_groups, opened_wrapper
from graphgrad.graph.graph import Graph
from graphgrad.graph.groups import parent_group
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.diagram import Diagram
from graphgrad.views.figure.content.fold_boxes import Fold, folded
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.content.spellings import LatexSpelling, Spelling
from graphgrad.views.text.box_content import group_content, spelled_call
from graphgrad.views.text.stops import Stops, usual_fold

__all__ = ["at_depth", "exceptions_in", "folds_at", "folds_of", "stops_of"]

_WAYS = ("auto", "none", "", "repeats")


def exceptions_in(options: SceneOptions) -> tuple[str, ...]:
    """Return the groups that ``collapse`` names, where a depth closes groups."""
    how = options.collapse
    if options.detail not in ("block", "layer") or how in _WAYS or ":" in how or "@" in how:
        return ()
    return tuple(how.replace(",", " ").split())


def stops_of(trace: Trace, options: SceneOptions) -> Stops:
    """Return the steps of a figure: all of a closed group, of a line, of a node, or one event."""
    fold = options.fold or usual_fold(options.detail)
    closed: dict[int, str] = {}
    if fold == "line" and options.detail in ("block", "layer"):
        for group in closed_at(trace.graph, options.detail, exceptions_in(options)):
            closed |= dict.fromkeys(group.within, group.name)
    return Stops(trace, fold, closed)


def at_depth(
    diagram: Diagram, graph: Graph, options: SceneOptions, spelling: Spelling | None = None
) -> Diagram:
    """Return a diagram with the groups closed that a depth closes, but for the exceptions.

    Raises:
        UsageError: if there is no group of a name.
    """
    if options.detail not in ("block", "layer"):
        return diagram
    closed = closed_at(graph, options.detail, exceptions_in(options))
    return folded(diagram, list(_folds(diagram, graph, closed, spelling)))


def folds_at(diagram: Diagram, graph: Graph, depth: Depth) -> list[Fold]:
    """Return the folds of the groups that a depth closes; a wrapper of a network is opened."""
    opened = opened_wrapper(graph) if depth == "block" else ()
    return list(_folds(diagram, graph, closed_at(graph, depth, opened)))


def folds_of(diagram: Diagram, graph: Graph, names: Iterable[str]) -> list[Fold]:
    """Return the folds of groups by name; of two inside each other, the outer one."""
    return list(_folds(diagram, graph, closed_groups(graph, names)))


def _folds(
    diagram: Diagram,
    graph: Graph,
    closed: Iterable[ClosedGroup],
    spelling: Spelling | None = None,
) -> Iterator[Fold]:
    spelling = spelling or LatexSpelling(graph)
    boxes_at: dict[int, list[str]] = {}  # one per line, or one per operation of it
    for box in diagram.boxes:
        boxes_at.setdefault(graph.line_of(box.node), []).append(box.id)
    for group in closed:
        content = group_content(graph, group, diagram.language)
        inside = [box for index in group.within for box in boxes_at.get(index, ())]
        defined = (group.name,) if group.block is None else group.block.outputs
        heads = [node for name in defined if (node := graph.find(name)) is not None]
        told = {result: content.told(graph.name(result)) for result in content.results}
        yield Fold(
            content.name,
            tuple(inside),
            parent_group(group.name),
            label=", ".join(map(spelling.name, heads)),
            formula=spelling.call(content),
            call=spelled_call(graph, content),
            content=content,
            labels={n: spelling.word(w) for n, w in told.items() if w != graph.name(n)},
        )
