"""Tell what went wrong in a live session as JSON: a sentence, its place, never a traceback."""

from __future__ import annotations

import os
import traceback
from typing import Any

from graphgrad.errors import FileError, GraphgradError, LimitError, UsageError
from graphgrad.messages.catalogue import text

__all__ = ["mistake_of"]

_PLACE = ("line", "column", "length", "text")


def mistake_of(error: Exception) -> dict[str, Any]:
    """Return an error as a session answers it, in the language in force.

    >>> from graphgrad.errors import UsageError
    >>> mistake_of(UsageError("app.no_arrays"))["place"] is None
    True
    """
    found = _worded(error)
    if found is None:
        told = _own_mistake(error)
        return {"id": "program.own_mistake", "message": told, "text": told, "place": None}
    place = found.place
    return {
        "id": found.message_id,
        "message": found.body(None),
        "text": found.text(),
        "place": None if place is None else {name: getattr(place, name) for name in _PLACE},
    }


def _worded(error: Exception) -> GraphgradError | None:
    """Return an error in our own words; None where there is none: a mistake of ours."""
    if isinstance(error, GraphgradError):
        return error
    if isinstance(error, OSError):
        why = error.strerror or type(error).__name__
        return FileError("program.system", why=why, name=str(error.filename or "-"))
    if isinstance(error, ModuleNotFoundError) and (error.name or "").partition(".")[0] == "numpy":
        return UsageError("browser.no_numpy")  # only a browser's Python can be without it
    if isinstance(error, MemoryError | RecursionError):
        return LimitError("program.memory", kind=type(error).__name__)
    return None


def _own_mistake(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1:]
    where = f"{os.path.basename(frame[0].filename)}:{frame[0].lineno}" if frame else "-"
    return text("program.own_mistake", kind=type(error).__name__, what=str(error), where=where)
