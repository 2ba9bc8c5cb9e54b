"""Read a file and run its graph, as the command line does."""

from __future__ import annotations

from pathlib import Path

from graphgrad.autodiff.record import record
from graphgrad.source.gg import load
from graphgrad.source.text import read_text
from graphgrad.stepping.work import Origin, Work

__all__ = ["work_of_file"]


def work_of_file(path: str | Path) -> Work:
    """Return the run of a file, with its text so that it can be edited.

    Raises:
        GraphgradError: if it cannot be read or is not valid, with the place.
    """
    place = str(Path(path).expanduser())
    return Work(record(load(place)), Origin(read_text(place), place))
