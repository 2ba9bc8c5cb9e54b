"""Get ready behind the first frame; leave on a signal, and when the terminal is gone."""

from __future__ import annotations

import asyncio
import gc
import importlib
import os
import select
import signal
import sys
from contextlib import suppress
from contextvars import copy_context
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphgrad_tui.stage import Stage

__all__ = ["HUNG_UP", "TERMINATED", "leave_when_told", "on_start"]

_AFTER_FIRST_FRAME = 0.1

TERMINATED = 128 + 15
HUNG_UP = 128 + 1
"""The exit statuses of programs ended by SIGTERM and by SIGHUP."""

_LAST_WORDS = 2.0
"""Seconds that an app without a terminal has to end."""


def on_start(app: Stage) -> None:
    """Load sympy in the background; watch for the end of the terminal."""
    if app.is_headless or "sympy" in sys.modules:
        _load()
        app.has_symbols = True
    else:
        app.set_timer(_AFTER_FIRST_FRAME, lambda: _start_loading(app))
    leave_when_told(app)


def _start_loading(app: Stage) -> None:
    """Load in a daemon: who leaves at once does not wait for it."""
    # In a copy of this context: what is drawn afterwards keeps its language.
    Thread(target=copy_context().run, args=(_load_behind, app), daemon=True).start()


def _load_behind(app: Stage) -> None:
    _load()
    gc.freeze()  # what was just loaded stays: the collector need not walk it at a key
    with suppress(RuntimeError):  # the app has been left meanwhile
        app.call_from_thread(_loaded, app)


def _load() -> None:
    """Import what the first computed node asks for."""
    for name in ("partials", "composed", "chain_rule"):
        importlib.import_module(f"graphgrad.symbolic.derive.{name}")


def _loaded(app: Stage) -> None:
    app.has_symbols = True
    app.redraw()


def leave_when_told(app: Stage) -> None:
    """Leave the terminal as it was on SIGTERM; end when it has been closed."""
    if sys.platform == "win32" or app.is_headless:
        return
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, lambda: app.exit(return_code=TERMINATED))
    loop.add_signal_handler(signal.SIGHUP, lambda: app.exit(return_code=HUNG_UP))
    if sys.__stdin__ is not None:
        Thread(target=_watch, args=(app, sys.__stdin__.fileno()), daemon=True).start()


def _watch(app: Stage, terminal: int) -> None:
    """Wait for the other end to be closed: Textual goes on reading its end for ever."""
    hangup = select.poll()
    hangup.register(terminal, 0)  # no event is asked for: a hang-up is always told
    hangup.poll()
    with suppress(RuntimeError):  # the app has been left meanwhile
        app.call_from_thread(app.exit, return_code=HUNG_UP)
    sleep(_LAST_WORDS)
    os._exit(HUNG_UP)  # what is still to be written has nowhere to go
