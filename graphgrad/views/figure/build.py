"""Build the figure of a trace, or of a graph that has not been run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from graphgrad.errors import LimitError
from graphgrad.graph.graph import Graph
from graphgrad.messages import language
from graphgrad.trace.trace import Trace
from graphgrad.views.entries import Detail
from graphgrad.views.figure.edges import EdgeBuilder
from graphgrad.views.figure.findings import Findings, findings_of
from graphgrad.views.figure.model import Figure, FigureBox, FigureEdge, FigureGroup, Role
from graphgrad.views.figure.moment import Always, moment_of
from graphgrad.views.figure.options import FigureOptions
from graphgrad.views.figure.parts import Part, graph_parts
from graphgrad.views.figure.scope import parts_between, rank_count
from graphgrad.views.figure.shown import shown
from graphgrad.views.figure.symbols import Symbols

__all__ = ["MOST_BOXES", "figure_of"]

MOST_BOXES = 2_000
_MOST_RANKS_ACROSS = 7


def figure_of(source: Trace | Graph, options: FigureOptions | None = None) -> Figure:
    """Return the figure of a trace; of a graph, the figure without numbers.

    Raises:
        UsageError: if the options name a line or a step that is not there.
        LimitError: if it would have more than `MOST_BOXES` boxes.
    """
    options = options or FigureOptions()
    trace = source if isinstance(source, Trace) else None
    graph = source.graph if isinstance(source, Trace) else source
    return _Builder(graph, trace, options).figure()


class _Builder:
    """Hold what boxes and edges are made from."""

    def __init__(self, graph: Graph, trace: Trace | None, options: FigureOptions) -> None:
        self.graph = graph
        self.trace = trace
        self.options = options
        self.language = options.language or language()
        self.moment: Always = moment_of(trace, options.step)
        self.symbols = Symbols(graph)
        self.parts = self._chosen(options.detail)

    def figure(self) -> Figure:
        """Return the figure."""
        boxes: list[FigureBox] = []
        edges: list[FigureEdge] = []
        wanted = any(part in self.options.show for part in ("partials", "contributions"))
        owner = {node: part.node for part in self.parts for node in part.nodes}
        builder = EdgeBuilder(self.graph, owner, self.options, self.moment)
        for part in self.parts:
            found = findings_of(self.graph, self.trace, part, partials=wanted)
            boxes.append(self._box(part, found))
            edges.extend(builder.edges(part, found))
        return Figure(
            direction=self._direction(),
            boxes=tuple(boxes),
            edges=tuple(edges),
            groups=tuple(_groups(self.parts)),
        )

    def _chosen(self, detail: Detail) -> list[Part]:
        parts = list(graph_parts(self.graph, detail))
        if self.options.wrt:
            parts = parts_between(self.graph, parts, self.options.wrt)
        if len(parts) > MOST_BOXES:
            raise LimitError("figure.too_many", got=len(parts), limit=MOST_BOXES)
        return parts

    def _direction(self) -> Any:
        if self.options.direction != "auto":
            return self.options.direction
        return "TB" if rank_count(self.parts) > _MOST_RANKS_ACROSS else "LR"

    def _box(self, part: Part, found: Findings) -> FigureBox:
        node, graph, show = part.node, self.graph, self.options.show
        number = graph.is_constant(node) and bool(part.formula)
        values = "values" in show and found.value is not None and not number
        adjoints = "adjoints" in show and found.adjoint is not None
        return FigureBox(
            id=f"n{node}",
            role=cast("Role", graph.role(node)),
            name="" if number else self.symbols.name(node),
            formula=self.symbols.formula(part.formula),
            value=shown(found.value) if values else None,
            adjoint_symbol=self.symbols.adjoint(node),
            adjoint=shown(found.adjoint) if adjoints else None,
            group=part.group,
            trouble=found.trouble_words(self.language),
            value_known=self.moment.knows_value(part),
            adjoint_known=self.moment.knows_adjoint(part),
            current=self.moment.is_current(part),
        )


def _groups(parts: list[Part]) -> Iterator[FigureGroup]:
    """Yield the groups of the parts and the groups around them, outer ones first."""
    seen: set[str] = set()
    for part in parts:
        words = part.group.split(".") if part.group else []
        for depth in range(1, len(words) + 1):
            name = ".".join(words[:depth])
            if name not in seen:
                seen.add(name)
                yield FigureGroup(name, words[depth - 1], ".".join(words[: depth - 1]))
