"""Build the edges that arrive at one box of a figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from graphgrad.graph.graph import Graph
from graphgrad.views.figure.findings import Findings, FoundPartial
from graphgrad.views.figure.model import FigureEdge
from graphgrad.views.figure.moment import Always
from graphgrad.views.figure.options import FigureOptions
from graphgrad.views.figure.parts import Part, Use
from graphgrad.views.figure.shown import Shown, shown
from graphgrad.views.figure.symbols import Symbols

__all__ = ["EdgeBuilder"]


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
