"""Step through both passes of a file in the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, TextIO

from graphgrad.autodiff.record import record, settled
from graphgrad.cli.command import command_of, flag, option
from graphgrad.cli.inputs import Source, find_line, read_point
from graphgrad.cli.option_types import OneOf
from graphgrad.cli.options import (
    collapse_option,
    depth_option,
    entries_option,
    point_options,
    source_options,
    stable_option,
    state_option,
)
from graphgrad.cli.output import complain, inert, line_width, original_encoding
from graphgrad.errors import UsageError
from graphgrad.files.reading import is_model_name
from graphgrad.graph.blocks import Depth
from graphgrad.graph.depth import closed_at
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import text
from graphgrad.source.text import read_text
from graphgrad.stepping.charset import charset_of
from graphgrad.stepping.work import Origin
from graphgrad.trace.trace import Trace
from graphgrad.views.text.stops import usual_fold

__all__ = ["command"]

GROUP = "graphgrad.steppers"
"""The entry points among which the app is looked for; nothing here imports it by name."""

_INSTALL = "python -m pip install graphgrad"

EXAMPLE = """\
graphgrad step samples/linear_regression.gg
graphgrad step samples/xor_sigmoid.gg --at yhat --set x1=0
graphgrad step samples/linear_regression.gg --plain --fold edge
graphgrad step samples/xor_sigmoid.gg --present --at dL/dz\
"""


@command_of("step", example=EXAMPLE, seconds=None)
@source_options
@point_options
@state_option
@stable_option
@entries_option
@flag("--plain", help="step.option.plain")
@flag("--present", help="step.option.present")
@option("--at", metavar="word.name", help="step.option.at")
@depth_option(None)
@collapse_option
@option("--fold", kind=OneOf("line", "node", "edge"), help="step.option.fold")
@option("--results", metavar="word.file", help="step.option.results")
@option("--keys", metavar="word.file", help="step.option.keys")
@option("--theme", metavar="word.name", help="step.option.theme")
@flag("--ascii", help="step.option.ascii", name="ascii_only")
def command(
    file: str | None,
    expression: str | None,
    settings: tuple[str, ...],
    row: int | None,
    state: str | None,
    stable: bool,
    zoom: str,
    plain: bool,
    at: str | None,
    detail: Depth | None,
    collapse: tuple[str, ...],
    **options: Any,
) -> int:
    """Step through a file: in the app, or line by line."""
    options["ascii_only"] = options["ascii_only"] or _shows_only_ascii()
    if file is None and expression is None and not plain and _is_terminal():
        return _app()(None, point={}, **options)
    options["fold"] = options["fold"] or usual_fold(detail)
    source = Source(file, expression, read_point(settings), zoom, state, stable=stable)
    graph = source.graph(row)
    point, _ = source.at(graph)
    if at is not None:
        find_line(graph, _line_of(graph, at))
    closed = [group.name for group in closed_at(graph, detail or "line", collapse)]
    trace, _ = settled(record(graph, point, refuse=False))
    if not plain and not _is_terminal():
        complain(text("step.no_terminal"))
        plain = True
    how = {"row": row, "zoom": zoom, "training": state is None, "stable": stable}
    origin = _origin(file, expression, **how)
    if plain:
        return _run_plain(
            trace,
            ascii_only=options["ascii_only"],
            fold=options["fold"],
            depth=detail or "line",
            collapse=collapse,
            at=at and _line_of(graph, at),
            point=point,
            origin=Origin(**origin) if origin else None,
            results=Path(options["results"]) if options["results"] else None,
        )
    if detail is not None or collapse:
        options["closed"] = closed
    return _app()(trace, at=at, point=point, origin=origin, **options)


def _line_of(graph: Graph, at: str) -> str:
    """Return the name to start at; dL/dNAME means the adjoint of NAME."""
    head, _, name = at.partition("/d")
    return name if name and head.startswith("d") and graph.find(at) is None else at


def _origin(file: str | None, expression: str | None, **how: Any) -> dict[str, Any] | None:
    """Return the text the graph was read from, so that the app can edit it."""
    if expression is not None:
        return {"text": expression, "free_inputs": True, **how}
    if file is None or file == "-" or is_model_name(file):
        return None
    return {"text": read_text(file), "path": file, **how}


def _run_plain(trace: Trace, *, ascii_only: bool, **options: Any) -> int:
    from graphgrad.stepping.plain.stepper import run_plain

    screen: Any = _InertScreen(sys.stdout)
    screen = _AsciiScreen(screen) if ascii_only else screen
    return run_plain(trace, sys.stdin, screen, width=line_width(), **options)


class _InertScreen:
    """A stream that hands on nothing that steers a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, words: str) -> int:
        """Write a text."""
        return self._stream.write(inert(words))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _AsciiScreen:
    """A stream that spells what ASCII has no character for."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, words: str) -> int:
        """Write a text, line by line: at the end of a line a dot is no product."""
        from graphgrad.views.cells.ascii_spelling import ascii_text

        return self._stream.write("\n".join(map(ascii_text, words.split("\n"))))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _is_terminal() -> bool:
    """Tell whether a person sits at both ends, or the app was given another screen to draw on."""
    return (sys.stdin.isatty() and sys.stdout.isatty()) or "TEXTUAL_DRIVER" in os.environ


def _shows_only_ascii() -> bool:
    """Tell whether the terminal was set up for ASCII; a pipe gets the same bytes everywhere."""
    return sys.stdout.isatty() and charset_of(original_encoding(), os.environ) == "ascii"


def _app() -> Callable[..., int]:
    """Return the app's function that runs a trace.

    Raises:
        UsageError: if no app is installed, or it cannot be loaded.
    """
    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    if not found:
        raise UsageError("step.no_app", group=GROUP, command=_INSTALL)
    try:
        run: Callable[..., int] = found[0].load()
    except (ImportError, AttributeError) as error:
        name = found[0].value
        raise UsageError("step.bad_app", name=name, why=error, command=_INSTALL) from None
    return run
