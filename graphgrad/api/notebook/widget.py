"""The stepper as a widget of Jupyter: traits carry messages to a session and what it shows."""

from __future__ import annotations

from importlib import resources
from typing import Any

import anywidget
from traitlets import Bool, Dict, Int, observe

from graphgrad.api.notebook.still import picture_bundle
from graphgrad.graph.graph import Graph
from graphgrad.live.front_end import live_script
from graphgrad.live.session import Session
from graphgrad.trace.trace import Trace

__all__ = ["StepperWidget"]

_GLUE = resources.files(__package__).joinpath("widget.js").read_text("utf-8")


class StepperWidget(anywidget.AnyWidget):
    """A live session in a cell.

    All traits are saved with the notebook: without a kernel it still steps and asks, and only what
    changes the graph waits for one.

    Attributes:
        shown: what the front end draws.
        state: text, values and view; `graphgrad.stepper` takes it and makes the same stepper again.
        step: the step it is at; setting it goes there.
        asked: the latest message of the front end.
        answered: the answer to it, without what is shown.
        follows: whether its theme follows the notebook's.
    """

    _esm = f"{live_script()}\n{_GLUE}"
    shown = Dict().tag(sync=True)
    state = Dict().tag(sync=True)
    step = Int(0).tag(sync=True)
    asked = Dict().tag(sync=True)
    answered = Dict().tag(sync=True)
    follows = Bool(default_value=True).tag(sync=True)

    def __init__(self, session: Session, step: int = 0, *, follows: bool = True) -> None:
        self.session = session
        told = session.shown(step)
        super().__init__(shown=told, state=session.state(), step=told["step"], follows=follows)

    @property
    def graph(self) -> Graph:
        """Return the graph as it stands."""
        return self.session.graph

    @property
    def trace(self) -> Trace:
        """Return its pass, with the values that were typed."""
        return self.session.trace

    @property
    def text(self) -> str:
        """Return the text of a file, with the values that were typed."""
        return self.session.text()

    @observe("asked")
    def _answer(self, change: Any) -> None:
        asked = dict(change["new"])
        if not asked:
            return
        number = asked.pop("id", None)
        answer = self.session.answer(asked)
        with self.hold_sync():
            for name in ("shown", "state"):
                if name in answer:
                    setattr(self, name, answer.pop(name))
            self.answered = {**answer, "id": number}

    def __repr__(self) -> str:
        return f"<stepper of {self.session.graph!r}>"

    def _repr_mimebundle_(self, **asked: Any) -> Any:
        """Return the widget, and the figure for pages where no script runs."""
        bundle = super()._repr_mimebundle_(**asked)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        picture, words = picture_bundle(self.session, self.step)
        return {**data, **picture}, {**metadata, **words}
