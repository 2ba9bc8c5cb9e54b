"""Take something along: copied text, a picture of the screen, a figure of the step, also opened."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from graphgrad.errors import GraphgradError
from graphgrad.files.reach import own_folder
from graphgrad.files.writing import EXISTS, write_output
from graphgrad.messages.catalogue import language, set_language, text
from graphgrad_tui.deeds import questions
from graphgrad_tui.widgets.command_bar import CommandBar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.screen import Screen

    from graphgrad_tui.stage import Stage

__all__ = [
    "REPLACE",
    "copy_dot",
    "copy_latex",
    "copy_value",
    "export",
    "obey_export",
    "obey_replacement",
    "open_picture",
    "screen_rows",
    "screenshot",
    "viewer",
]


REPLACE = "E?"
"""The prompt at which a replacement is asked about."""


def copy_value(app: Stage) -> None:
    """Copy what is known about the node."""
    from graphgrad_tui.texts.node_text import node_lines

    lines = node_lines(app.state, app.node, app.session.fold, app.round.hidden)
    _copy(app, "\n".join(line.text for line in lines))


def copy_latex(app: Stage) -> None:
    """Copy formula and chain rule of the node in LaTeX."""
    from graphgrad.stepping.copies import copied_latex

    if not questions.is_open(app):
        _copy(app, copied_latex(app.trace, app.node, app.session.fold))


def copy_dot(app: Stage) -> None:
    """Copy the graph at this step as DOT source."""
    from graphgrad.stepping.copies import copied_dot

    if not questions.is_open(app):
        _copy(app, copied_dot(app.trace, app.stop.last, app.session.fold))


def _copy(app: Stage, copied: str) -> None:
    app.copy_to_clipboard(copied)
    first = copied.partition("\n")[0]
    app.notify(text("take.copied", what=first[:40], lines=copied.count("\n") + 1))


# ---- files ----


def screenshot(app: Stage) -> None:
    """Write the screen as SVG and as text."""
    stem = _free_stem(f"graphgrad-{_slug(app)}-{app.cursor}")
    rows = "\n".join(row.rstrip() for row in screen_rows(app.screen)) + "\n"
    _write(app, f"{stem}.svg", app.export_screenshot().encode("utf-8"))
    _write(app, f"{stem}.txt", rows.encode("utf-8"))


def _free_stem(stem: str) -> str:
    """Return a name that neither file of a picture has yet."""
    found, number = stem, 2
    while any(os.path.lexists(f"{found}{ending}") for ending in (".svg", ".txt")):
        found, number = f"{stem}-{number}", number + 1
    return found


def screen_rows(screen: Screen[object]) -> list[str]:
    """Return the screen as rows of characters, as a terminal shows them."""
    strips = screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]


def export(app: Stage) -> None:
    """Ask for the file to which the figure of this step is written."""
    if questions.is_open(app):
        return
    from graphgrad.stepping.step_figure import endings

    bar = app.query_one(CommandBar)
    bar.open("E", text("take.export_hint", known=endings()))
    bar.fill(f"graphgrad-{_slug(app)}-{app.cursor}.svg", replaced=True)


def obey_export(app: Stage, typed: str) -> None:
    """Write the figure of this step; the ending names the format. What is there is asked about."""
    if typed.strip():
        _export(app, typed.strip(), force=False)


def obey_replacement(app: Stage, typed: str) -> None:
    """Replace the file that was asked about, if the answer is yes."""
    if typed.strip().casefold() in ("y", "yes", "s", "si", "sí"):
        _export(app, app.asked_about, force=True)
    else:
        app.notify(text("take.kept", path=app.asked_about))


def _export(app: Stage, path: str, *, force: bool) -> None:
    from graphgrad.stepping.step_figure import write_step

    try:
        write_step(app.trace, path, app.stop.last, app.session.fold, force=force)
    except GraphgradError as error:
        if error.message_id != EXISTS:
            app.notify(str(error), severity="error")
            return
        app.asked_about = path
        app.query_one(CommandBar).open(REPLACE, text("take.replace", path=path))
    else:
        app.notify(text("take.written", path=path))


def _write(app: Stage, path: str, data: bytes) -> None:
    try:
        write_output(path, data)
    except GraphgradError as error:
        app.notify(str(error), severity="error")
    else:
        app.notify(text("take.written", path=path))


def _slug(app: Stage) -> str:
    """Return a word for file names: the file's own, or the output's."""
    graph = app.trace.graph
    stem = Path(graph.heading.path).stem if graph.heading.path else graph.name(graph.output)
    return re.sub(r"[^\w-]+", "_", stem)


# ---- the figure in the system's viewer ----


def open_picture(app: Stage) -> None:
    """Draw this step behind the screen, then open it."""
    if questions.is_open(app):
        return
    app.notify(text("picture.drawing"))
    work = partial(_draw, app, language())
    app.run_worker(work, thread=True, exclusive=True, group="picture")


def _draw(app: Stage, code: str) -> None:
    from graphgrad.stepping.step_figure import write_step

    set_language(code, everywhere=False)
    folder = own_folder()
    path = folder / f"step-{app.cursor}.svg"
    try:
        write_step(app.trace, path, app.stop.last, app.session.fold)
    except GraphgradError as error:
        said, severity = error.text(), "error"
    else:
        said, severity = _opened(app, path), "information"
    with suppress(RuntimeError):  # the app has been left meanwhile
        app.call_from_thread(app.notify, said, severity=severity)


def _opened(app: Stage, path: Path) -> str:
    """Open a picture and return what to say about it."""
    if app.is_web:
        app.call_from_thread(
            app.deliver_binary, str(path), open_method="browser", mime_type="image/svg+xml"
        )
        return text("picture.opened", path=path)
    command = viewer(os.environ, sys.platform)
    if not command:
        return text("picture.lies", path=path)
    try:
        subprocess.Popen(
            [*command, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return text("picture.lies", path=path)
    return text("picture.opened", path=path)


def viewer(environment: Mapping[str, str], system: str) -> list[str]:
    """Return the command that opens a file with the system's viewer; empty where nobody sees it.

    >>> viewer({"SSH_CONNECTION": "10.0.0.1", "DISPLAY": ":0"}, "linux")
    []
    """
    if "SSH_CONNECTION" in environment or "SSH_TTY" in environment:
        return []
    if system == "win32":
        return ["explorer"]
    if system == "darwin":
        return ["open"]
    seen = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    found = shutil.which("xdg-open") if seen else None
    return [found] if found else []
