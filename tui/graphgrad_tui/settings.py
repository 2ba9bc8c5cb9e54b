"""Hold the choices with which the app is started."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from graphgrad.stepping.journey import Journey
from graphgrad.views.cells.characters import Charset
from graphgrad.views.text.stops import USUAL_FOLD, Fold

if TYPE_CHECKING:
    from graphgrad_tui.session import Session

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to step.

    Attributes:
        fold: one stop per line of the file, per node, or per edge.
        at: a line to run to first, or dL/dNAME for its adjoint.
        charset: the characters the terminal can show.
        present: whether for a projector: light, big boxes, nothing beside the graph.
        results: a file to which answers to questions are added.
        keys: other keys for commands, by the commands' names.
        theme: the name of the colours; empty for those of the app.
        is_unchosen: whether no graph was named: what could be opened is shown first.
        is_first_run: whether somebody new is offered the tour.
        closed: the groups to start with as one box each; None leaves it to the graph's size.
    """

    fold: Fold = USUAL_FOLD
    at: str | None = None
    charset: Charset = "unicode"
    present: bool = False
    results: Path | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    theme: str = ""
    is_unchosen: bool = False
    is_first_run: bool = False
    closed: tuple[str, ...] | None = None

    def start(self, session: Session) -> int:
        """Return the stop to start at."""
        name, adjoint = self.at or "", False
        node = session.named(name)
        if node is None and name.startswith("d") and "/d" in name:
            node = session.named(name.partition("/d")[2])
            adjoint = True
        if node is None:
            return 0
        if adjoint:
            return session.stops.adjoint_position(node)
        return Journey(session.stops, 0, node).destination("to")
