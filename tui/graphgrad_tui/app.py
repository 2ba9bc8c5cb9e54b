"""Start the app: `run` for the command line, `main` for the script graphgrad-tui."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.theme import BUILTIN_THEMES

from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError, UsageError
from graphgrad.files.reading import is_model_name
from graphgrad.messages.catalogue import near, text
from graphgrad.source.gg import load
from graphgrad.source.text import read_text
from graphgrad.stepping.charset import charset_of
from graphgrad.stepping.work import Origin, Work
from graphgrad.views.text.stops import USUAL_FOLD, Fold
from graphgrad_tui.deeds.tour import is_first_run
from graphgrad_tui.keymap import read_keymap
from graphgrad_tui.session import work_of_file
from graphgrad_tui.settings import Settings
from graphgrad_tui.stepper_app import StepperApp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphgrad.trace.trace import Trace

__all__ = ["main", "run"]


def run(
    trace: Trace | None,
    *,
    fold: Fold = USUAL_FOLD,
    at: str | None = None,
    present: bool = False,
    point: Mapping[str, Any] | None = None,
    origin: Mapping[str, Any] | None = None,
    results: str | None = None,
    keys: str | None = None,
    theme: str | None = None,
    ascii_only: bool = False,
    closed: Sequence[str] | None = None,
) -> int:
    """Step through a trace until the user leaves.

    Args:
        trace: the run to step through; None shows what can be opened.
        fold: one stop per line of the file, per node, or per edge.
        at: a name, or dL/dNAME, to run to first.
        present: whether for a projector.
        point: values of leaves that were given beside the source.
        origin: the fields of `Origin`: the text the graph was read from.
        results: a file to which answers to questions are added.
        keys: a file with other keys for commands.
        theme: the name of the colours.
        ascii_only: whether to draw in ASCII, as on a terminal that cannot show more.
        closed: the groups to start with as one box each; None leaves it to the graph's size.

    Returns:
        The exit status.

    Raises:
        GraphgradError: if the file of keys cannot be used, or no theme has the name.
    """
    settings = Settings(
        fold=fold,
        at=at,
        charset="ascii" if ascii_only else "unicode",
        present=present,
        results=Path(results) if results else None,
        keys=read_keymap(keys),
        theme=_known_theme(theme),
        is_unchosen=trace is None,
        is_first_run=is_first_run(),
        closed=None if closed is None else tuple(closed),
    )
    app = StepperApp(_work(trace, origin, point), settings)
    gc.freeze()  # long pauses of the collector are seen as late frames
    try:
        app.run()
    finally:
        gc.unfreeze()
    return app.return_code or 0


def _work(
    trace: Trace | None, origin: Mapping[str, Any] | None, point: Mapping[str, Any] | None
) -> Work:
    """Return what is stepped through; without a trace, the first example, behind the greeting."""
    if trace is not None:
        return Work(trace, Origin(**origin) if origin else None, point or {})
    from graphgrad.source.samples import samples_folder
    from graphgrad_tui.screens.start_screen import EXAMPLES

    return work_of_file(samples_folder() / f"{EXAMPLES[0]}.gg")


def _known_theme(name: str | None) -> str:
    """Return the name of a theme; empty if none is asked for."""
    if name is None or name in BUILTIN_THEMES:
        return name or ""
    raise UsageError("app.no_theme", name=name, near=near(name, list(BUILTIN_THEMES)))


def main() -> int:
    """Step through the file named on the command line."""
    words = sys.argv[1:]
    if len(words) > 2 or (words and words[0].startswith("-")):
        sys.stderr.write(text("app.usage") + "\n")
        return 0 if words[0] in ("-h", "--help") else 2
    ascii_only = charset_of(sys.stdout.encoding, os.environ) == "ascii"
    try:
        if not words:
            return run(None, ascii_only=ascii_only)
        written = not is_model_name(words[0])
        origin = {"text": read_text(words[0]), "path": words[0]} if written else None
        at = words[1] if len(words) == 2 else None
        return run(record(load(words[0])), at=at, origin=origin, ascii_only=ascii_only)
    except GraphgradError as error:
        sys.stderr.write(f"{text('program.error')}: {error}\n")
        return error.exit_status
