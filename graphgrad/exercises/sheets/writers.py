"""Choose the writer of a sheet by the ending of its file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graphgrad.errors import UsageError
from graphgrad.exercises.sheets.document import Document
from graphgrad.exercises.sheets.html_page import html_sheet
from graphgrad.exercises.sheets.latex import latex_sheet
from graphgrad.exercises.sheets.markdown import markdown_sheet

__all__ = ["WRITERS", "writer_of"]

Writer = Callable[[Document], str]

WRITERS: dict[str, Writer] = {
    "md": markdown_sheet,
    "html": html_sheet,
    "tex": latex_sheet,
    "txt": lambda document: document.template,
}
"""A new format is one entry here."""


def writer_of(path: str) -> Writer:
    """Return the writer for a file's ending.

    Raises:
        UsageError: if there is none.
    """
    ending = Path(path).suffix.lower().removeprefix(".")
    if ending not in WRITERS:
        known = ", ".join(f".{name}" for name in WRITERS)
        raise UsageError("classroom.usage.ending", path=path, known=known)
    return WRITERS[ending]
