"""Gather the answer files of a class: a folder, one folder per student, or Moodle's zip.

What students hand in is hostile until it is read: sizes are bounded before reading, links are not
followed, and a zip has no bombs, no links and no names that leave it.
"""

from __future__ import annotations

import os
import re
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from graphgrad.errors import FileError, LimitError
from graphgrad.exercises.files.roster import plain_name
from graphgrad.files.reading import is_regular, told_damaged, told_unreadable
from graphgrad.source.text import is_document

__all__ = ["Submission", "read_submissions"]


LARGEST_ANSWER = 256 * 1024
MOST_FILES = 100_000
TEXT_ENDINGS = (".txt", ".md", ".csv", ".html", ".htm", "")
_MOODLE = re.compile(r"(?P<name>.+)_(?P<number>[0-9]{1,12})_assignsubmission_\w{1,40}\Z")
_IGNORED = re.compile(r"(\..*|Thumbs\.db|desktop\.ini|__MACOSX)\Z", re.IGNORECASE)
LARGEST_TOTAL = 512 * 2**20
LARGEST_ZIP = 512 * 2**20
_SKIPPED = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini")
Entry = tuple[str, bytes, str]
"""Path, content, and the message id of why there is none."""


class Submission(NamedTuple):
    """One file that was handed in.

    Attributes:
        path: its path in the folder or the zip.
        folder: the student's folder, empty where there is none.
        stem: what names the student: the folder, or the file without its ending.
        name: the full name, where Moodle gives it.
        number: Moodle's participant number, where it gives one.
        data: the content; empty where there is a problem.
        problem: message id of why it was not read.
    """

    path: str
    folder: str
    stem: str
    name: str = ""
    number: str = ""
    data: bytes = b""
    problem: str = ""


def read_submissions(path: str | os.PathLike[str]) -> list[Submission]:
    """Return every file that was handed in, in the order of their names.

    Raises:
        FileError: if neither a folder nor a zip is there.
        LimitError: if there are more files than any class hands in.
    """
    source = Path(path)
    if source.is_dir():
        found = list(_in_folder(source))
    elif is_regular(source):
        found = [_named(name, data, problem) for name, data, problem in zip_entries(source)]
    else:
        problem = "file.special" if source.exists() else "file.missing_submissions"
        raise FileError(problem, path=str(path))
    return sorted(found, key=lambda submission: submission.path)


def _in_folder(top: Path) -> Iterator[Submission]:
    """Yield the files of a folder and of the folders in it, one level deep in each student's."""
    count = 0
    waiting = [(top, 0)]
    while waiting:
        folder, depth = waiting.pop()
        try:
            names = sorted(entry.name for entry in os.scandir(folder))
        except OSError as error:
            raise told_unreadable(error, folder) from None
        for name in names:
            count += 1
            if count > MOST_FILES:
                raise LimitError("classroom.grade.too_many", path=str(top), limit=MOST_FILES)
            place = folder / name
            if _IGNORED.match(name):
                continue
            kind = place.lstat().st_mode
            if stat.S_ISDIR(kind) and depth < 3:
                waiting.append((place, depth + 1))
            else:
                data, problem = _content(place, kind)
                path = _shown(_decoded(place.relative_to(top).as_posix()))
                yield _named(path, data, problem)


def _content(place: Path, kind: int) -> tuple[bytes, str]:
    if not stat.S_ISREG(kind):
        return b"", "classroom.problem.special"
    if place.suffix.lower() not in TEXT_ENDINGS:
        return b"", "classroom.problem.kind"
    try:
        with place.open("rb") as stream:
            data = stream.read(LARGEST_ANSWER + 1)
    except OSError:
        return b"", "classroom.problem.unreadable"
    return _read(data)


def _read(data: bytes) -> tuple[bytes, str]:
    """Return what was read, or why it is no answer: a document has no lines, whatever its name."""
    if len(data) > LARGEST_ANSWER:
        return b"", "classroom.problem.large"
    return (b"", "classroom.problem.kind") if is_document(data) else (data, "")


def _named(path: str, data: bytes, problem: str) -> Submission:
    """Return a submission with what its path says about the student."""
    parts = PurePosixPath(path).parts
    folder = parts[-2] if len(parts) > 1 else ""
    moodle = next((m for m in map(_MOODLE.match, reversed(parts[:-1])) if m), None)
    if moodle is None:
        moodle = _MOODLE.match(PurePosixPath(parts[-1]).stem.partition("_file_")[0])
    stem = plain_name(folder or PurePosixPath(path).stem)
    if moodle is not None:
        name = plain_name(moodle["name"])
        return Submission(path, moodle[0], name, name, moodle["number"], data, problem)
    if not problem and PurePosixPath(path).suffix.lower() not in TEXT_ENDINGS:
        return Submission(path, folder, stem, data=b"", problem="classroom.problem.kind")
    return Submission(path, folder, stem, data=data, problem=problem)


def zip_entries(path: Path) -> Iterator[Entry]:
    """Yield the files of a zip; one that is refused or broken comes with the reason.

    Raises:
        FileError: if it is no zip.
        LimitError: if it is larger, or holds more, than any class hands in.
    """
    with told_damaged(FileError("classroom.grade.no_zip", path=str(path))):
        size = path.stat().st_size
        if size > LARGEST_ZIP:
            raise LimitError("file.too_large", path=str(path), got=size, limit=LARGEST_ZIP)
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_FILES:
                raise LimitError("classroom.grade.too_many", path=str(path), limit=MOST_FILES)
            yield from _entries(archive, infos, str(path))


def _entries(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], path: str) -> Iterator[Entry]:
    total = 0
    for info in infos:
        name = info.filename
        if name.endswith("/") or any(p.lower() in _SKIPPED for p in PurePosixPath(name).parts):
            continue
        problem = _refused(info)
        data = b""
        if not problem:
            data, problem = _member_content(archive, info)
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
    if PurePosixPath(name).suffix.lower() not in TEXT_ENDINGS:
        return "classroom.problem.kind"
    return "classroom.problem.large" if info.file_size > LARGEST_ANSWER else ""


def _member_content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[bytes, str]:
    """Read an entry, never more than its bound whatever its header says."""
    try:
        with archive.open(info) as stream:
            data = stream.read(LARGEST_ANSWER + 1)
    except NotImplementedError:  # a runtime error too
        return b"", "classroom.problem.unreadable"
    except RuntimeError:  # encrypted after all
        return b"", "classroom.problem.encrypted"
    except Exception:  # noqa: BLE001 -- of any unpacker: no class stops at one damaged file
        return b"", "classroom.problem.unreadable"
    return _read(data)


def _decoded(name: str) -> str:
    """Return a name as text; one that is not UTF-8 comes from an old Windows."""
    data = os.fsencode(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _shown(name: str) -> str:
    """Return a path inside the zip or folder that stays inside wherever it is written."""
    parts = [p for p in PurePosixPath(name.replace("\\", "/")).parts if p not in ("..", "/", ".")]
    return "/".join("".join(c if c.isprintable() else "_" for c in p) for p in parts) or "_"
