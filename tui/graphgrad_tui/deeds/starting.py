"""Get ready for stepping behind the first frame, and leave cleanly when told to."""

from __future__ import annotations

import asyncio
import gc
import importlib
import signal
import sys
from contextlib import suppress
from contextvars import copy_context
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphgrad_tui.stepper_app import StepperApp

__all__ = ["TERMINATED", "on_start"]

_AFTER_FIRST_FRAME = 0.1
TERMINATED = 143
"""The exit status of a program ended by SIGTERM: 128 + 15."""


def on_start(app: StepperApp) -> None:
    """Load sympy in the background, and leave the terminal as it was on SIGTERM."""
    if app.is_headless or "sympy" in sys.modules:
        _load()
        app.has_symbols = True
    else:
        app.set_timer(_AFTER_FIRST_FRAME, lambda: _start_loading(app))
    if sys.platform != "win32" and not app.is_headless:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, _leave, app)


def _start_loading(app: StepperApp) -> None:
    """Load in a daemon: who leaves at once does not wait for it."""
    # In a copy of this context: what is drawn afterwards keeps its language.
    Thread(target=copy_context().run, args=(_load_behind, app), daemon=True).start()


def _load_behind(app: StepperApp) -> None:
    _load()
    gc.freeze()  # what was just loaded stays: the collector need not walk it at a key
    with suppress(RuntimeError):  # the app has been left meanwhile
        app.call_from_thread(_loaded, app)


def _load() -> None:
    """Import what the first computed node asks for."""
    for name in ("partials", "composed", "explain"):
        importlib.import_module(f"graphgrad.symbolic.{name}")


def _loaded(app: StepperApp) -> None:
    app.has_symbols = True
    app.redraw()


def _leave(app: StepperApp) -> None:
    app.exit(return_code=TERMINATED)
