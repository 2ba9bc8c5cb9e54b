"""Keep the results of questions in a file: a line of JSON each, added to what is there."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from graphgrad.errors import FileError
from graphgrad.files.reading import read_bytes
from graphgrad.files.writing import append_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["add_result", "checked_results"]

FORMAT = "graphgrad-predict/1"


def checked_results(path: Path | None) -> Path | None:
    """Return a file to which results may be added: a new one, or one that holds results.

    Raises:
        FileError: if it holds something else.
    """
    if path is not None and os.path.isfile(path):
        first = read_bytes(path).partition(b"\n")[0]
        if first and FORMAT.encode() not in first:
            raise FileError("file.not_results", path=str(path))
    return path


def add_result(path: Path, fields: Mapping[str, Any]) -> None:
    """Add a result.

    Raises:
        OSError: if it cannot be written; the file is as it was then.
    """
    append_line(path, json.dumps({"format": FORMAT, **fields}, ensure_ascii=False))
