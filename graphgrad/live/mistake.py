"""Tell what went wrong in a live session as JSON: a sentence, its place, never a traceback."""

from __future__ import annotations

import os
import traceback
from typing import Any

from graphgrad.errors import FileError, GraphgradError, LimitError, UsageError
from graphgrad.files.reading import told_refusal
from graphgrad.messages.catalogue import Worded, ids_of, text

__all__ = ["in_a_page", "mistake_of"]

_INSTEAD = "live.instead."

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
    place, here = found.place, in_a_page(found)
    return {
        "id": found.message_id,
        "message": here.body(None),
        "text": here.text(),
        "place": None if place is None else {name: getattr(place, name) for name in _PLACE},
    }


def in_a_page(error: GraphgradError) -> GraphgradError:
    """Return an error in the words of a page, where the usual ones name options of a command.

    >>> from graphgrad.errors import LimitError
    >>> print(in_a_page(LimitError("figure.too_many_neurons", got=9, limit=5)))
    9 neurons and lines are more than a figure shows: expected 5 at most. Choose layers under Style.
    """
    fields = {name: _instead(value) for name, value in error.fields.items()}
    told = type(error)(_own(error.message_id), place=error.place, **fields)
    told.within = error.within
    return told


def _instead(field: Any) -> Any:
    return Worded(_own(field.message_id), **field.fields) if isinstance(field, Worded) else field


def _own(message_id: str) -> str:
    """Return the id of what a page says instead, if it says something of its own."""
    own = f"{_INSTEAD}{message_id}"
    return own if own in ids_of("pages") else message_id


def _worded(error: Exception) -> GraphgradError | None:
    """Return an error in our own words; None where there is none: a mistake of ours."""
    if isinstance(error, GraphgradError):
        return error
    if isinstance(error, OSError):
        why = told_refusal(error)
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
