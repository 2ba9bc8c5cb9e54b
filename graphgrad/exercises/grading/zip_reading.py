"""Read the files of a zip without trusting it: no bombs, no paths outside, no links."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from graphgrad.errors import FileError, LimitError

__all__ = ["LARGEST_TOTAL", "MOST_ENTRIES", "zip_entries"]

MOST_ENTRIES = 20_000
LARGEST_ENTRY = 256 * 1024
LARGEST_TOTAL = 512 * 2**20
LARGEST_ZIP = 512 * 2**20
_READABLE = (".txt", ".md", ".csv", ".html", ".htm", "")
_SKIPPED = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini")

Entry = tuple[str, bytes, str]
"""Path, content, and the message id of why there is none."""


def zip_entries(path: Path) -> Iterator[Entry]:
    """Yield the files of a zip; one that is refused or broken comes with the reason.

    Raises:
        FileError: if it is no zip.
        LimitError: if it is larger, or holds more, than any class hands in.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_ZIP:
            raise LimitError("file.too_large", path=str(path), got=size, limit=LARGEST_ZIP)
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_ENTRIES:
                raise LimitError("classroom.grade.too_many", path=str(path), limit=MOST_ENTRIES)
            yield from _entries(archive, infos, str(path))
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError) as error:
        if isinstance(error, FileError):
            raise
        raise FileError("classroom.grade.no_zip", path=str(path)) from None


def _entries(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], path: str) -> Iterator[Entry]:
    total = 0
    for info in infos:
        name = info.filename
        if info.is_dir() or any(p.lower() in _SKIPPED for p in PurePosixPath(name).parts):
            continue
        problem = _refused(info)
        data = b""
        if not problem:
            data, problem = _content(archive, info)
            total += len(data)
            if total > LARGEST_TOTAL:
                raise LimitError("file.too_large", path=path, got=total, limit=LARGEST_TOTAL)
        yield _shown(name), data, problem


def _refused(info: zipfile.ZipInfo) -> str:
    """Return why an entry is not even opened."""
    name = info.filename
    outside = name.startswith(("/", "\\")) or ":" in name.split("/")[0][:3] or "\\" in name
    if outside or ".." in PurePosixPath(name).parts or "\0" in name:
        return "classroom.problem.path"
    mode = info.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "classroom.problem.special"
    if info.flag_bits & 1:
        return "classroom.problem.encrypted"
    if PurePosixPath(name).suffix.lower() not in _READABLE:
        return "classroom.problem.kind"
    return "classroom.problem.large" if info.file_size > LARGEST_ENTRY else ""


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[bytes, str]:
    """Read an entry, never more than its bound whatever its header says."""
    try:
        with archive.open(info) as stream:
            data = stream.read(LARGEST_ENTRY + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError):
        return b"", "classroom.problem.unreadable"
    except RuntimeError:  # encrypted after all
        return b"", "classroom.problem.encrypted"
    return (data, "") if len(data) <= LARGEST_ENTRY else (b"", "classroom.problem.large")


def _shown(name: str) -> str:
    """Return a path inside the zip that stays inside wherever it is written."""
    parts = [p for p in PurePosixPath(name.replace("\\", "/")).parts if p not in ("..", "/", ".")]
    return "/".join("".join(c if c.isprintable() else "_" for c in p) for p in parts) or "_"
