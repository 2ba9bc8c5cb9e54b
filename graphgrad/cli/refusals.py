"""Turn everything that can stop a command into one paragraph and an exit status."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from typing import Any

import click
from click.exceptions import Exit

from graphgrad.cli.option_types import shown_name
from graphgrad.cli.output import complain
from graphgrad.errors import FileError, GraphgradError, LimitError, UsageError
from graphgrad.messages.catalogue import near, text

__all__ = ["note_interrupt", "refused", "status_of"]

INTERRUPTED = 130
OWN_MISTAKE = 70
_signals: list[int] = []


def status_of(call: Callable[[], Any]) -> int:
    """Run a call and return its exit status; errors are worded on standard error.

    A user's mistake never shows a traceback. A mistake of graphgrad itself does so only where
    GRAPHGRAD_TRACEBACK is set, and exits with 70.
    """
    try:
        return call() or 0
    except Exit as stop:
        return stop.exit_code
    except GraphgradError as error:
        return refused(error)
    except click.ClickException as error:
        return refused(_reworded(error))
    except (KeyboardInterrupt, EOFError, click.Abort):
        return _interrupted()
    except BrokenPipeError:  # the reader of our output had enough
        return 0
    except OSError as error:
        from graphgrad.files.reading import told_refusal  # hardly ever needed

        name = error.filename or "-"
        return refused(FileError("program.system", why=told_refusal(error), name=name))
    except (MemoryError, RecursionError) as error:
        return refused(LimitError("program.memory", kind=type(error).__name__))
    except Exception as error:  # noqa: BLE001 -- the edge: a lecture must not see a traceback
        return _interrupted() if _signals else _own_mistake(error)


def note_interrupt(number: int, _frame: object) -> None:
    """Remember Ctrl-C: what is interrupted while it is imported fails in ways of its own.

    Raises:
        KeyboardInterrupt: always, as Python does.
    """
    _signals.append(number)
    raise KeyboardInterrupt


def _interrupted() -> int:
    complain(text("program.interrupted"))
    return INTERRUPTED


def refused(error: GraphgradError) -> int:
    """Word an error on standard error and return its exit status."""
    complain(f"{text('program.error')}: {error.text()}")
    return error.exit_status


def _reworded(error: click.ClickException) -> GraphgradError:
    """Return what click complains about as an error of the catalogue."""
    ctx = getattr(error, "ctx", None)
    help_call = f"{ctx.command_path if ctx is not None else 'graphgrad'} --help"
    if isinstance(error, click.NoSuchOption):
        known = [name for p in ctx.command.params for name in p.opts] if ctx is not None else []
        name = error.option_name
        return UsageError("usage.unknown_option", name=name, near=near(name, known), help=help_call)
    if isinstance(error, click.MissingParameter):
        kind = "argument" if isinstance(error.param, click.Argument) else "option"
        word = getattr(error.param, "metavar_id", "")
        name = text(word) if kind == "argument" and word else shown_name(error.param)
        return UsageError(f"usage.missing_{kind}", name=name, help=help_call)
    if isinstance(error, click.BadOptionUsage):
        flag = _is_flag(ctx, error.option_name)
        message = "usage.flag_with_value" if flag else "usage.option_without_value"
        return UsageError(message, name=error.option_name, help=help_call)
    return UsageError("usage.other", what=error.format_message(), help=help_call)


def _is_flag(ctx: click.Context | None, name: str) -> bool:
    params = ctx.command.params if ctx is not None else []
    return any(isinstance(p, click.Option) and p.is_flag and name in p.opts for p in params)


def _own_mistake(error: Exception) -> int:
    if os.environ.get("GRAPHGRAD_TRACEBACK"):
        complain("".join(traceback.format_exception(error)).rstrip())
    broken = getattr(error, "broken", None)  # of a worker process
    if broken is None:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{os.path.basename(frame.filename)}:{frame.lineno}"
        broken = type(error).__name__, str(error), where
    kind, what, where = broken
    complain(text("program.own_mistake", kind=kind, what=what, where=where))
    return OWN_MISTAKE
