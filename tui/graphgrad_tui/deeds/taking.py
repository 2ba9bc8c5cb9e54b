"""Take something along: copied text, a picture of the screen, a figure of the step."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from graphgrad.errors import GraphgradError
from graphgrad.messages import text
from graphgrad.views.files import write_output
from graphgrad_tui.deeds import predicting
from graphgrad_tui.widgets.command_bar import CommandBar

if TYPE_CHECKING:
    from graphgrad_tui.stepper_app import StepperApp

__all__ = ["copy_dot", "copy_latex", "copy_value", "export", "obey_export", "screenshot"]


def copy_value(app: StepperApp) -> None:
    """Copy what is known about the node."""
    from graphgrad_tui.node_text import node_lines

    hidden = app.quiz.hidden if app.quiz else ()
    lines = node_lines(app.state, app.node, app.session.fold, hidden)
    _copy(app, "\n".join(line.text for line in lines))


def copy_latex(app: StepperApp) -> None:
    """Copy formula and chain rule of the node in LaTeX."""
    from graphgrad.stepping.copies import copied_latex

    if not predicting.is_open(app):
        _copy(app, copied_latex(app.trace, app.node, app.session.fold))


def copy_dot(app: StepperApp) -> None:
    """Copy the graph at this step as DOT source."""
    from graphgrad.stepping.copies import copied_dot

    if not predicting.is_open(app):
        _copy(app, copied_dot(app.trace, app.stop.last, app.session.fold))


def _copy(app: StepperApp, copied: str) -> None:
    app.copy_to_clipboard(copied)
    first = copied.partition("\n")[0]
    app.notify(text("take.copied", what=first[:40], lines=copied.count("\n") + 1))


# ---- files ----


def screenshot(app: StepperApp) -> None:
    """Write the screen as SVG and as text."""
    from graphgrad_tui.snapshots import screen_rows

    stem = f"graphgrad-{_slug(app)}-{app.cursor}"
    rows = "\n".join(row.rstrip() for row in screen_rows(app.screen)) + "\n"
    _write(app, f"{stem}.svg", app.export_screenshot().encode("utf-8"))
    _write(app, f"{stem}.txt", rows.encode("utf-8"))


def export(app: StepperApp) -> None:
    """Ask for the file to which the figure of this step is written."""
    if predicting.is_open(app):
        return
    from graphgrad.stepping.figures import endings

    bar = app.query_one(CommandBar)
    bar.open("E", text("take.export_hint", known=endings()))
    bar.fill(f"graphgrad-{_slug(app)}-{app.cursor}.svg")


def obey_export(app: StepperApp, typed: str) -> None:
    """Write the figure of this step; the ending names the format."""
    from graphgrad.stepping.figures import write_step

    if not typed.strip():
        return
    try:
        write_step(app.trace, typed.strip(), app.stop.last, app.session.fold)
    except GraphgradError as error:
        app.notify(str(error), severity="error")
    else:
        app.notify(text("take.written", path=typed.strip()))


def _write(app: StepperApp, path: str, data: bytes) -> None:
    try:
        write_output(path, data)
    except GraphgradError as error:
        app.notify(str(error), severity="error")
    else:
        app.notify(text("take.written", path=path))


def _slug(app: StepperApp) -> str:
    """Return a word for file names: the file's own, or the output's."""
    graph = app.trace.graph
    stem = Path(graph.heading.path).stem if graph.heading.path else graph.name(graph.output)
    return re.sub(r"[^\w-]+", "_", stem)
