"""Build the figure of a trace, or of a graph that has not been run.

Build the edges that arrive at one box of a figure.

Gather the numbers of one part of a figure from its trace.

Write the names, formulas and derivatives of one graph as on the board.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from graphgrad.errors import LimitError
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import language, text
from graphgrad.symbolic.derive.partials import line_partials, node_partials
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.parts import Part, Use, graph_parts, parts_between, rank_count
from graphgrad.views.figure.dot.dot_figure import Figure, FigureBox, FigureEdge, FigureGroup, Role
from graphgrad.views.figure.dot.dot_moment import Always, moment_of
from graphgrad.views.figure.dot.dot_options import FigureOptions
from graphgrad.views.text.entries import Detail, adjoint_of, line_entry, node_entry
from graphgrad.views.text.numbers_on_board import Shown, shown
from graphgrad.views.text.plain_math import lowered, typeset_formula, typeset_name, typeset_node

__all__ = [
    "MOST_BOXES",
    "EdgeBuilder",
    "Findings",
    "FoundPartial",
    "Symbols",
    "figure_of",
    "findings_of",
]


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


class _Label(NamedTuple):
    """What an edge says; all empty where it says nothing."""

    symbol: str = ""
    partial: str = ""
    number: Shown | None = None
    contribution: Shown | None = None


class EdgeBuilder:
    """Build edges between the boxes of one figure, numbering them as they come."""

    def __init__(
        self,
        graph: Graph,
        owner: dict[int, int],
        options: FigureOptions,
        moment: Always,
    ) -> None:
        self.graph = graph
        self.owner = owner
        self.options = options
        self.moment = moment
        self.symbols = Symbols(graph)
        self.count = 0

    def edges(self, part: Part, found: Findings) -> Iterator[FigureEdge]:
        """Yield the edges into a part from the parts that are drawn."""
        for use in part.uses:
            if use.source in self.owner:
                yield self._edge(part, use, found.partials.get(use.slot))

    def _edge(self, part: Part, use: Use, partial: FoundPartial | None) -> FigureEdge:
        label = _Label() if partial is None else self._label(part, use, partial)
        state = self.moment.edge_state(part, use)
        self.count += 1
        return FigureEdge(
            id=f"e{self.count - 1}",
            source=f"n{self.owner[use.source]}",
            target=f"n{part.node}",
            slot=use.slot,
            symbol=label.symbol,
            partial=label.partial,
            number=label.number,
            contribution=label.contribution,
            known=self.moment.timeless or state == "backward",
            state=state,
            current=self.moment.is_current_edge(part, use),
        )

    def _label(self, part: Part, use: Use, partial: FoundPartial) -> _Label:
        show = self.options.show
        symbol = formula = ""
        number = None
        if "partials" in show:
            repeated = sum(other.source == use.source for other in part.uses) > 1
            formula = self.symbols.formula(partial.symbolic)
            number = _or_none(partial.value)
            if not partial.pullback:
                symbol = self.symbols.partial(part.node, use, repeated=repeated)
        contribution = _or_none(partial.contribution) if "contributions" in show else None
        return _Label(symbol, formula, number, contribution)


def _or_none(value: Any) -> Shown | None:
    return None if value is None else shown(value)


class FoundPartial(NamedTuple):
    """A derivative: its formula, its number and what it contributes, None where unknown.

    ``pullback`` says that the formula is the whole contribution, not a factor of it.
    """

    symbolic: str
    value: Any
    contribution: Any
    pullback: bool


@dataclass(frozen=True, slots=True)
class Findings:
    """What is known about a part; all None or empty for a graph that has not been run.

    Attributes:
        value: its value.
        adjoint: its adjoint; None without a backward pass or where nothing varies.
        partials: its derivatives, by slot.
        trouble: the reason why it is the first that is not finite, else empty.
    """

    value: Any = None
    adjoint: Any = None
    partials: Mapping[int, FoundPartial] = field(default_factory=dict)
    trouble: str = ""

    def trouble_words(self, language: str) -> str:
        """Return the reason in words, empty where all is well."""
        return text(f"figure.trouble.{self.trouble}", language) if self.trouble else ""


def findings_of(graph: Graph, trace: Trace | None, part: Part, *, partials: bool) -> Findings:
    """Return what is known about a part.

    Args:
        graph: the graph.
        trace: its trace, if it has been run.
        part: the part.
        partials: whether derivatives are wanted too.
    """
    if trace is None:
        return Findings(partials=_symbols(graph, part) if partials else {})
    found = _entries(trace, part) if partials else {}
    trouble = trace.trouble
    reason = trouble.reason if trouble is not None and trouble.node in part.nodes else ""
    return Findings(trace.values[part.node], adjoint_of(trace, part.node), found, reason)


def _entries(trace: Trace, part: Part) -> dict[int, FoundPartial]:
    line = trace.graph.line(trace.graph.line_of(part.node))
    whole = len(part.nodes) == len(line.nodes)
    entry = line_entry(trace, line) if whole else node_entry(trace, line, part.node)
    return {
        p.slot: FoundPartial(p.symbolic, p.value, p.contribution, p.value is None)
        for p in entry.partials
    }


def _symbols(graph: Graph, part: Part) -> dict[int, FoundPartial]:
    line = graph.line(graph.line_of(part.node))
    if graph.is_leaf(part.node):
        return {}
    whole = len(part.nodes) == len(line.nodes)
    found = line_partials(graph, line) if whole else node_partials(graph, part.node)
    return {p.slot: FoundPartial(p.text, None, None, p.kind == "pullback") for p in found}


class Symbols:
    """Spell what belongs to one graph; a line's own label goes before its name."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.single = not graph.columns.shape(graph.output)
        self.output = typeset_node(graph, graph.output)

    def name(self, node: int) -> str:
        """Return a node's name."""
        return typeset_node(self.graph, node)

    def formula(self, text: str) -> str:
        """Return a formula of the expression language."""
        return typeset_formula(text, self._spelled, self._adjoint_of)

    def adjoint(self, node: int) -> str:
        """Return the sign of a node's adjoint: ``∂L/∂z``; without one output, ``adj(z)``."""
        return self._adjoint_of(self.name(node))

    def partial(self, target: int, use: Use, *, repeated: bool) -> str:
        """Return the sign of a partial; a source used in several slots is told by its slot."""
        sign = f"∂{self.name(target)}/∂{self.name(use.source)}"
        return sign + lowered(f"({use.slot + 1})") if repeated else sign

    def _adjoint_of(self, name: str) -> str:
        return f"∂{self.output}/∂{name}" if self.single else f"adj({name})"

    def _spelled(self, name: str) -> str:
        if not self.graph.labels:
            return typeset_name(name)
        node = self.graph.find(name)
        return typeset_name(name) if node is None else typeset_node(self.graph, node)
