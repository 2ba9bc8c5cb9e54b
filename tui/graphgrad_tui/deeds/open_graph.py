"""Open another graph: a file, a sample; the old one stays until the new one can be read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graphgrad.errors import GraphgradError
from graphgrad.files.reach import fenced_folder, is_reachable
from graphgrad_tui.deeds import questions
from graphgrad_tui.session import Session

if TYPE_CHECKING:
    from graphgrad.stepping.work import Work
    from graphgrad_tui.stage import Stage

__all__ = ["browse", "enter", "open_file", "welcome"]


def open_file(app: Stage) -> None:
    """Ask for a file."""
    from graphgrad_tui.screens.open_screen import OpenScreen

    if not questions.is_open(app):
        path = app.trace.graph.heading.path
        folder = Path(path).parent if path and not app.is_unchosen else Path()
        if not is_reachable(folder):
            folder = fenced_folder() or Path()
        app.push_screen(OpenScreen(folder), lambda work: enter(app, work))


def browse(app: Stage) -> None:
    """Show the samples."""
    from graphgrad_tui.screens.samples_screen import SamplesScreen

    if not questions.is_open(app):
        app.push_screen(SamplesScreen(app.charset), lambda work: enter(app, work))


def enter(app: Stage, work: Work | None) -> None:
    """Step through another graph from its start; where none was chosen, go on as before."""
    if work is None:
        if app.is_unchosen:
            welcome(app)
        return
    app.is_unchosen = False
    if app.round.quiz is not None:
        questions.toggle(app)
    app.session = Session(work, app.session.fold)
    app.place(0, None)
    app.relayout()
    app.refresh_bindings()


def welcome(app: Stage) -> None:
    """Say what can be opened, where the app was started without a file."""
    from graphgrad_tui.screens.start_screen import StartScreen

    app.push_screen(StartScreen(), lambda chosen: _begin(app, chosen))


def _begin(app: Stage, chosen: str | None) -> None:
    if chosen == "open":
        open_file(app)
    elif chosen == "samples":
        browse(app)
    elif chosen is not None:
        app.call_after_refresh(_enter_sample, app, chosen)


def _enter_sample(app: Stage, name: str) -> None:
    from graphgrad.source.samples import samples_folder
    from graphgrad_tui.session import work_of_file

    try:
        enter(app, work_of_file(samples_folder() / f"{name}.gg"))
    except GraphgradError as error:
        app.notify(error.text(), severity="error")
        welcome(app)
