"""Write output files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from graphgrad.errors import FileError
from graphgrad.messages import Worded

__all__ = ["make_folder", "write_output"]


def write_output(path: str | os.PathLike[str], data: bytes | str) -> None:
    """Write a file under a temporary name and rename it; text is written as UTF-8.

    Raises:
        FileError: if the place cannot be written; nothing is left behind then.
    """
    target = Path(path)
    content = data.encode("utf-8") if isinstance(data, str) else data
    temporary = None
    try:
        if target.is_dir():
            raise IsADirectoryError(21, "is a folder")
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        _share(Path(temporary))
        Path(temporary).replace(target)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
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


def _share(path: Path) -> None:
    """Give a temporary file the permissions a new file would have."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)
