"""Hold what is stepped through and what was marked in it; nothing here knows of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.stepping.work import History, Work
from graphgrad.views.text.stops import Stops
from graphgrad_tui.graph_view.boxes import Boxes
from graphgrad_tui.graph_view.folding import Folding
from graphgrad_tui.texts.finding import Finding
from graphgrad_tui.texts.telling import Telling

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphgrad.stepping.work import Change
    from graphgrad.trace.trace import Trace
    from graphgrad.views.text.stops import Fold

__all__ = ["Session"]


class Session:
    """One graph at one point, its stops, and the marks set by hand.

    Attributes:
        work: the trace and where it comes from.
        fold: one stop per line, node or edge.
        breakpoints: nodes at which to stop, in the order in which they were set.
        watched: nodes to show all the time, in the order in which they were set.
        changes: what the last edit changed, by box; shown until the next move.
        history: the works before and after the present one.
    """

    def __init__(self, work: Work, fold: Fold) -> None:
        self.fold: Fold = fold
        self.breakpoints: dict[int, None] = {}
        self.watched: dict[int, None] = {}
        self.changes: dict[int, Change] = {}
        self.history = History()
        self._use(work)

    def _use(self, work: Work) -> None:
        self.work = work
        self.stops = Stops(work.trace, self.fold)
        self.boxes = Boxes(work.trace, self.fold)
        self.telling = Telling(self.stops)
        self.finding = Finding(work.trace.graph, self.boxes)
        self.folding = Folding(self.boxes.parts)

    @property
    def trace(self) -> Trace:
        """Return the run that is stepped through."""
        return self.work.trace

    def replace(self, work: Work) -> None:
        """Step through another run; marks stay with the names they were set at."""
        marks = self._names(self.breakpoints), self._names(self.watched)
        closed = self.folding.closed
        self._use(work)
        self.breakpoints, self.watched = (self._nodes(names) for names in marks)
        self.folding.closed = closed & set(self.folding.groups)

    def _names(self, nodes: Iterable[int]) -> list[str]:
        return [self.trace.graph.name(node) for node in nodes]

    def _nodes(self, names: Iterable[str]) -> dict[int, None]:
        found = (self.finding.named(name) for name in names)
        return dict.fromkeys(node for node in found if node is not None)
