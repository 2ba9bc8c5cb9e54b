"""Open the figure of this step in the system's viewer; where there is none, say where it lies."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from graphgrad.errors import GraphgradError
from graphgrad.messages import language, set_language, text
from graphgrad_tui.deeds import predicting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphgrad_tui.stepper_app import StepperApp

__all__ = ["open_picture", "viewer"]


def open_picture(app: StepperApp) -> None:
    """Draw this step behind the screen, then open it."""
    if predicting.is_open(app):
        return
    app.notify(text("picture.drawing"))
    work = partial(_draw, app, language())
    app.run_worker(work, thread=True, exclusive=True, group="picture")


def _draw(app: StepperApp, code: str) -> None:
    from graphgrad.stepping.figures import write_step

    set_language(code, everywhere=False)
    folder = Path(tempfile.mkdtemp(prefix="graphgrad-"))
    path = folder / f"step-{app.cursor}.svg"
    try:
        write_step(app.trace, path, app.stop.last, app.session.fold)
    except GraphgradError as error:
        said, severity = error.text(), "error"
    else:
        said, severity = _opened(app, path), "information"
    with suppress(RuntimeError):  # the app has been left meanwhile
        app.call_from_thread(app.notify, said, severity=severity)


def _opened(app: StepperApp, path: Path) -> str:
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
