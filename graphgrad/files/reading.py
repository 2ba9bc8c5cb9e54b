"""Read a file's bytes: regular files only, never more than a bound, never waiting for a writer."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from graphgrad.errors import FileError, GraphgradError, LimitError
from graphgrad.files.reach import reachable
from graphgrad.messages.catalogue import Worded

__all__ = [
    "LARGEST_FILE",
    "PICKLES",
    "is_model_name",
    "is_regular",
    "missing",
    "read_beside",
    "read_bytes",
    "read_standard_input",
    "told_damaged",
    "told_missing",
    "told_refusal",
    "told_unreadable",
]

LARGEST_FILE = 64 * 2**20
_HANDED = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
"""Where a shell puts a pipe that it hands over, as in ``graphgrad run <(command)``."""
_SAMPLED = (".gg", ".md", "")
"""How the files of samples end, or are written in haste."""
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def read_bytes(path: str | os.PathLike[str], limit: int = LARGEST_FILE) -> bytes:
    """Return a file's bytes.

    Args:
        path: a regular file, or a pipe that a shell has handed over.
        limit: how many bytes it may have at most.

    Raises:
        FileError: if it cannot be read, or is a device, a named pipe or the like.
        LimitError: if it is larger.
    """
    return read_beside(reachable(path), limit)


def read_beside(path: str | os.PathLike[str], limit: int = LARGEST_FILE) -> bytes:
    """Return the bytes of a file that `graphgrad.files.reach.named_in` has allowed.

    Raises:
        FileError: as `read_bytes`; LimitError if it is larger.
    """
    try:
        handed = str(path).startswith(_HANDED)
        _check(path, os.stat(path), limit, handed=handed)
        flags = os.O_RDONLY if handed else _FLAGS  # a pipe put there meanwhile does not hold us up
        with open(os.open(path, flags), "rb") as stream:
            _check(path, os.fstat(stream.fileno()), limit, handed=handed)
            data = stream.read(limit + 1)
    except GraphgradError:
        raise
    except OSError as error:
        raise told_unreadable(error, path) from None
    except ValueError:  # a NUL in the name
        raise FileError(missing(path), path=str(path)) from None
    return _bounded(data, str(path), limit)


def read_standard_input(limit: int = LARGEST_FILE) -> bytes:
    """Return what standard input holds.

    Raises:
        FileError: if there is none; LimitError if it is more than a file may hold.
    """
    if sys.stdin is None:  # closed by whoever started us
        raise FileError(missing("-"), path="-")
    return _bounded(sys.stdin.buffer.read(limit + 1), "-", limit)


def _bounded(data: bytes, path: str, limit: int) -> bytes:
    if len(data) > limit:
        raise LimitError("file.too_large", path=path, got=len(data), limit=limit)
    return data


def _check(path: str | os.PathLike[str], info: os.stat_result, limit: int, *, handed: bool) -> None:
    """Refuse what is no regular file, or too large, before a byte of it is read."""
    if stat.S_ISDIR(info.st_mode):
        raise FileError("file.is_folder", path=str(path))
    if not stat.S_ISREG(info.st_mode) and not handed:
        raise FileError("file.special", path=str(path))
    if info.st_size > limit:
        raise LimitError("file.too_large", path=str(path), got=info.st_size, limit=limit)


def missing(path: str | os.PathLike[str]) -> str:
    """Return the message that a file is not there; samples are looked for among networks only.

    >>> missing("net.gg"), missing("class.csv")
    ('file.missing_sample', 'file.missing')
    """
    return "file.missing_sample" if Path(path).suffix.lower() in _SAMPLED else "file.missing"


@contextmanager
def told_missing(message: str) -> Iterator[None]:
    """Tell what is expected where a file is not there.

    Raises:
        FileError: with this message.
    """
    try:
        yield
    except FileError as error:
        if not error.message_id.startswith("file.missing"):
            raise
        raise FileError(message, path=error.fields["path"]) from None


def told_unreadable(error: OSError, path: str | os.PathLike[str]) -> FileError:
    """Return that a file or folder cannot be read, and why."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FileError(missing(path), path=str(path))
    if isinstance(error, IsADirectoryError):
        return FileError("file.is_folder", path=str(path))
    if isinstance(error, PermissionError):
        return FileError("file.denied", path=str(path))
    return FileError("file.unreadable", path=str(path), why=told_refusal(error))


_REFUSALS: Final = {
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "read_only",
    errno.ENOENT: "folder_missing",
    errno.ENOTDIR: "folder_missing",
    errno.EISDIR: "is_folder",
    errno.EEXIST: "is_file",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "large",
    errno.ENAMETOOLONG: "long_name",
    errno.ELOOP: "links",
    errno.EMFILE: "many_files",
    errno.ENFILE: "many_files",
    errno.EIO: "disk",
    errno.EADDRINUSE: "taken",
}
"""What the system refuses that happens to users; the words of `os.strerror` are in English."""


def told_refusal(error: OSError | ValueError) -> Worded:
    """Return why the system has refused to read or write, in the language in force.

    >>> from graphgrad.messages.catalogue import text
    >>> text(told_refusal(OSError(28, "No space left on device")).message_id)
    'the disk is full'
    """
    number = getattr(error, "errno", None)
    if number in _REFUSALS:
        return Worded(f"file.why.{_REFUSALS[number]}")
    detail = getattr(error, "strerror", None) or type(error).__name__
    return Worded("file.why.other", detail=detail)


@contextmanager
def told_damaged(error: GraphgradError) -> Iterator[None]:
    """Tell whatever a library makes of damaged bytes as one error.

    What unpackers raise is no closed list: errors of zlib, bz2 and lzma, of numbers beyond 64 bits,
    of names that are no text.

    Raises:
        GraphgradError: the one given, or one that was worded inside.
    """
    try:
        yield
    except GraphgradError:
        raise
    except Exception as damage:
        raise error from damage


def is_regular(path: Path) -> bool:
    """Tell whether a path leads to a regular file."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


_MODELS = (".onnx", ".pt2", ".safetensors")
PICKLES = (".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".joblib")
"""What PyTorch and others save by pickling: named, to be refused."""


def is_model_name(path: str | os.PathLike[str]) -> bool:
    """Tell whether a file's name ends as that of a model of another framework does.

    >>> is_model_name("net.onnx"), is_model_name("net.gg")
    (True, False)
    """
    return os.path.splitext(os.fspath(path))[1].lower() in _MODELS + PICKLES
