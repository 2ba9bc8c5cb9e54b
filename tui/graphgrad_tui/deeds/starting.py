"""Get ready for stepping behind the first frame."""

from __future__ import annotations

import gc
import importlib
import sys
from contextlib import suppress
from contextvars import copy_context
from threading import Thread
from typing import TYPE_CHECKING

from graphgrad_tui.deeds.leaving import leave_when_told

if TYPE_CHECKING:
    from graphgrad_tui.stepper_app import StepperApp

__all__ = ["on_start"]

_AFTER_FIRST_FRAME = 0.1


def on_start(app: StepperApp) -> None:
    """Load sympy in the background; watch for the end of the terminal."""
    if app.is_headless or "sympy" in sys.modules:
        _load()
        app.has_symbols = True
    else:
        app.set_timer(_AFTER_FIRST_FRAME, lambda: _start_loading(app))
    leave_when_told(app)


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
