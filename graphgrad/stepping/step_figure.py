"""Write the step we are at as a figure."""

from __future__ import annotations

import os

from graphgrad.exercises.judging.page_questions import questions_for
from graphgrad.files.writing import check_free
from graphgrad.trace.trace import Trace
from graphgrad.views.figure import writers as scenes
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.writers import DrawOptions
from graphgrad.views.pass_writers import PASS_WRITERS
from graphgrad.views.render import write_figure
from graphgrad.views.text.stops import Fold, Stops, detail_of

__all__ = ["endings", "write_step"]


def write_step(
    trace: Trace, path: str | os.PathLike[str], step: int, fold: Fold, *, force: bool = False
) -> None:
    """Write the graph as it is after a step of the trace; the ending of the file names the format.

    Args:
        trace: the pass.
        path: the file.
        step: the last step that is shown.
        fold: what counts as a step.
        force: whether any file may be replaced; otherwise none is.

    Raises:
        UsageError: if the ending is unknown, or what it needs is not installed.
        FileError: if the file cannot be written.
    """
    check_free(path, force=force)  # also a figure: only who is asked knows which
    place = Stops(trace, fold).of_index(step) if step else 0
    how = DrawOptions(step=place, questions=questions_for(path, trace))
    write_figure(trace, path, SceneOptions(detail=detail_of(fold), fold=fold), how, force=force)


def endings() -> str:
    """Return the endings of the formats there are."""
    known = [row.ending for name, row in scenes.WRITERS.items() if name == row.ending]
    return " ".join(f".{ending}" for ending in (*known, *PASS_WRITERS))
