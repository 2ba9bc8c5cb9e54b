"""Show a session where no script runs: its figure, with words for who cannot see it."""

from __future__ import annotations

from typing import Any

from graphgrad.api.notebook.figure import FITTED
from graphgrad.graph.graph import Graph
from graphgrad.live.session import Session
from graphgrad.messages.catalogue import text
from graphgrad.trace.trace import Trace

__all__ = ["StillStepper", "picture_bundle"]


class StillStepper:
    """The figure of a session, for who has no widgets; it says what installs them.

    Attributes:
        session: what is looked at.
        step: after which it is drawn; 0 draws everything.
    """

    def __init__(self, session: Session, step: int = 0) -> None:
        self.session = session
        self.step = step

    @property
    def graph(self) -> Graph:
        """Return the graph."""
        return self.session.graph

    @property
    def trace(self) -> Trace:
        """Return its pass."""
        return self.session.trace

    @property
    def text(self) -> str:
        """Return it as the text of a file."""
        return self.session.text()

    @property
    def state(self) -> dict[str, Any]:
        """Return what `graphgrad.stepper` makes the same of."""
        return self.session.state()

    def __repr__(self) -> str:
        return f"<stepper of {self.session.graph!r}>"

    def _repr_mimebundle_(self, **_asked: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = picture_bundle(self.session, self.step)
        data["text/plain"] = f"{self!r}\n{text('live.no_widgets')}"
        return data, metadata


def picture_bundle(session: Session, step: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a notebook shows of a session where no script runs, with words for it."""
    picture, alternative = session.picture(step)
    picture = picture.replace("<svg ", f'<svg style="{FITTED}" ', 1)
    return {"image/svg+xml": picture}, {"image/svg+xml": {"alt": alternative}}
