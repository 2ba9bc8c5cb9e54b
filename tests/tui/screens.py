"""Traces to step through, and a reader of what the app shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphgrad.autodiff.record import record
from graphgrad.source.gg import read_gg
from graphgrad.stepping.work import Origin, Work
from graphgrad_tui.settings import Settings
from graphgrad_tui.stepper_app import StepperApp

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from graphgrad.trace.trace import Trace

SMALL: Final = (80, 24)
LARGE: Final = (120, 40)

REGRESSION: Final = """
title "Linear regression"
input x = 3
input y = 9
param w = 2
param b = 1
[model]
z = w*x
yhat = z + b
[loss]
e = yhat - y
loss L = e^2
"""

SHARED: Final = """
input X = 1
param w1 = 2
param w2 = 3
z1 = w1*X
z2 = w2*(z1 + X)
output yhat = w1*(z1 + z2)
"""


def traced(text: str) -> Trace:
    """Run a source."""
    return record(read_gg(text))


def app_of(text: str = REGRESSION, **options: object) -> StepperApp:
    """Return an app for a source."""
    origin = Origin(text)
    return StepperApp(Work(traced(text), origin), Settings(**options))  # type: ignore[arg-type]


def grid(app: StepperApp) -> list[str]:
    """Return the screen as rows of characters, as a terminal would show them."""
    compositor = app.screen._compositor
    return ["".join(segment.text for segment in strip) for strip in compositor.render_strips()]


async def settled(app: StepperApp, pilot: Pilot[None]) -> list[str]:
    """Return the screen once every pane has its size and no redraw is due.

    One pause is not enough on a busy machine: sizes are told by messages, and texts are worded
    anew for them after the next refresh.
    """
    before: list[str] = []
    for _ in range(50):
        await pilot.pause()
        now = grid(app)
        if now == before and not app._waiting:
            return now
        before = now
    raise AssertionError("the screen never came to rest")


def shown(app: StepperApp) -> str:
    """Return the screen as one text."""
    return "\n".join(grid(app))


def notices(app: StepperApp) -> str:
    """Return what the app has said in passing."""
    return " ".join(notification.message for notification in app._notifications)


def node_named(app: StepperApp, name: str) -> int:
    """Return the node of a name."""
    found = app.trace.graph.find(name)
    assert found is not None
    return found
