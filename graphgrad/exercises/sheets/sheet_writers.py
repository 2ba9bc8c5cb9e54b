"""Write a sheet in the format that the ending of its file names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from graphgrad.errors import UsageError
from graphgrad.exercises.sheets.html_sheet import html_sheet
from graphgrad.exercises.sheets.latex_sheet import latex_sheet, pdf_sheet
from graphgrad.exercises.sheets.markdown_sheet import markdown_sheet
from graphgrad.exercises.sheets.sheet import Document

__all__ = ["WRITERS", "check_ending", "has_figure", "sheet_files"]

Files = dict[str, bytes | str]
"""What a sheet consists of: contents by the endings of their files."""


def _markdown(document: Document, stem: str) -> Files:
    """Return the sheet and its figure, which Markdown cannot hold."""
    if document.figure is None:
        return {"md": markdown_sheet(document)}
    return {"svg": document.figure.svg, "md": markdown_sheet(document, f"{stem}.svg")}


WRITERS: dict[str, Callable[[Document, str], Files]] = {
    "md": _markdown,
    "html": lambda document, _: {"html": html_sheet(document)},
    "tex": lambda document, _: {"tex": latex_sheet(document)},
    "pdf": lambda document, _: {"pdf": pdf_sheet(document)},
    "txt": lambda document, _: {"txt": document.template},
}
"""A new format is one entry here."""


def check_ending(path: str) -> str:
    """Return the format that a file's ending names.

    Raises:
        UsageError: if it names none.
    """
    ending = Path(path).suffix.lower().removeprefix(".")
    if ending not in WRITERS:
        known = ", ".join(f".{name}" for name in WRITERS)
        raise UsageError("classroom.usage.ending", path=path, known=known)
    return ending


def has_figure(ending: str) -> bool:
    """Tell whether sheets of a format have the graph on them."""
    return ending != "txt"


def sheet_files(document: Document, path: Path) -> dict[Path, bytes | str]:
    """Return the files of a sheet, the one of its own name last.

    Raises:
        UsageError: if the ending names no format, or no TeX is installed for a PDF.
    """
    files = WRITERS[check_ending(str(path))](document, path.stem)
    return {path.with_suffix(f".{ending}"): content for ending, content in files.items()}
