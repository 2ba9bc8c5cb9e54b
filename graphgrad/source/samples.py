"""Find the samples that come with graphgrad."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from graphgrad.errors import FileError
from graphgrad.expr.dialect import STRICT
from graphgrad.messages.catalogue import language
from graphgrad.source.headings import read_title
from graphgrad.source.statements import read_statement
from graphgrad.source.text import read_text

__all__ = ["Sample", "samples", "samples_folder"]

_TITLE = re.compile(r'^\s*title\s+".*"', re.MULTILINE)


class Sample(NamedTuple):
    """A sample file: its name, its title in the language in force, and where it is."""

    name: str
    title: str
    path: Path


def samples_folder() -> Path:
    """Return the folder of the samples: in a wheel inside the package, in a clone beside it.

    Raises:
        FileError: if there is neither.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_samples", package.parent / "samples"):
        if folder.is_dir():
            return folder
    raise FileError("samples.missing", path=str(package / "_samples"))


def samples() -> list[Sample]:
    """Return every sample, sorted by name; those with a table in a file lie beside it in `data`."""
    folder = samples_folder()
    found = [*folder.glob("*.gg"), *folder.glob("data/*.gg")]
    return [
        Sample(path.stem, _title(path), path) for path in sorted(found, key=lambda path: path.stem)
    ]


def _title(path: Path) -> str:
    match = _TITLE.search(read_text(path))
    if match is None:
        return ""
    title, titles = read_title(read_statement(match.group(), STRICT))
    return titles.get(language(), title)
