"""Start the app: `run` for the command line, `main` for the script graphgrad-tui."""

from __future__ import annotations

import gc
import locale
import sys
from typing import TYPE_CHECKING

from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError
from graphgrad.messages import text
from graphgrad.source import load
from graphgrad_tui.settings import Settings
from graphgrad_tui.stepper_app import StepperApp
from graphgrad_tui.working import Work

if TYPE_CHECKING:
    from graphgrad.trace import Trace
    from graphgrad.views.cells import Charset
    from graphgrad.views.stops import Fold

__all__ = ["main", "run"]


def run(trace: Trace, *, fold: Fold = "line", at: str | None = None) -> int:
    """Step through a trace until the user leaves.

    Args:
        trace: the run to step through.
        fold: one stop per line of the file, per node, or per edge.
        at: a name to run to first.

    Returns:
        The exit status.
    """
    app = StepperApp(Work(trace), Settings(fold=fold, at=at, charset=terminal_charset()))
    gc.collect()
    gc.freeze()  # long pauses of the collector are seen as late frames
    try:
        app.run()
    finally:
        gc.unfreeze()
    return app.return_code or 0


def terminal_charset() -> Charset:
    """Return the characters that the terminal can show."""
    encoding = getattr(sys.stdout, "encoding", None) or locale.getpreferredencoding(False)
    return "unicode" if "utf" in encoding.lower() else "ascii"


def main() -> int:
    """Step through the file named on the command line."""
    words = sys.argv[1:]
    if not 1 <= len(words) <= 2 or words[0].startswith("-"):
        sys.stderr.write(text("app.usage") + "\n")
        return 0 if words and words[0] in ("-h", "--help") else 2
    try:
        return run(record(load(words[0])), at=words[1] if len(words) == 2 else None)
    except GraphgradError as error:
        sys.stderr.write(f"{text('program.error')}: {error}\n")
        return error.exit_status
