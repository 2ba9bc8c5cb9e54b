"""Write output files whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from graphgrad.errors import FileError
from graphgrad.messages.catalogue import Worded

__all__ = ["make_folder", "write_output"]


def write_output(path: str | os.PathLike[str], data: bytes | str) -> None:
    """Write a file under a temporary name and rename it; text is written as UTF-8.

    Raises:
        FileError: if the place cannot be written; nothing is left behind then.
    """
    target = Path(path)
    content = data.encode("utf-8") if isinstance(data, str) else data
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        if target.is_dir():
            raise IsADirectoryError(21, "is a folder")
        with temporary.open("xb") as stream:  # of a new file, so with the permissions of one
            stream.write(content)
        temporary.replace(target)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise FileError("file.unwritable", path=str(path), why=_why(error)) from None


def make_folder(path: str | os.PathLike[str]) -> None:
    """Make a folder and those around it, unless it is there.

    Raises:
        FileError: if it cannot be made.
    """
    try:
        Path(path).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError("file.unwritable", path=str(path), why=_why(error)) from None


def _why(error: OSError) -> Worded:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Worded("file.why.folder_missing")
    if isinstance(error, IsADirectoryError):
        return Worded("file.why.is_folder")
    if isinstance(error, PermissionError):
        return Worded("file.why.denied")
    return Worded("file.why.other", detail=error.strerror or type(error).__name__)
