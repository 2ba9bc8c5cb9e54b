"""Open the screens that work something out: the gradient check and training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.autodiff.record import record
from graphgrad.stepping.work import Work
from graphgrad_tui.deeds import changing, predicting

if TYPE_CHECKING:
    from graphgrad.layers.training import Iterate
    from graphgrad_tui.stage import Stage

__all__ = ["check", "train"]


def check(app: Stage) -> None:
    """Compare four derivatives."""
    from graphgrad_tui.screens.check_screen import CheckScreen

    if not predicting.is_open(app):
        app.push_screen(CheckScreen(app.session.work))


def train(app: Stage) -> None:
    """Train, and step through the iterate that is chosen."""
    from graphgrad_tui.screens.train_screen import TrainScreen

    if predicting.is_open(app):
        return
    work = app.session.work

    def entered(iterate: Iterate | None) -> None:
        if iterate is not None:
            point = {**work.point, **iterate.values}
            trace = record(work.trace.graph, point)
            changing.enter_work(app, Work(trace, work.origin, point))

    app.push_screen(TrainScreen(work), entered)
