"""Gather the answer files of a class: a folder, one folder per student, or Moodle's zip.

What students hand in is hostile until it is read: sizes are bounded before reading, links are not
followed, and names in a zip that leave it are refused.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from graphgrad.errors import FileError, LimitError
from graphgrad.exercises.files.roster import plain_name
from graphgrad.exercises.grading.zip_reading import zip_entries

__all__ = ["LARGEST_ANSWER", "Submission", "read_submissions"]

LARGEST_ANSWER = 256 * 1024
MOST_FILES = 20_000
TEXT_ENDINGS = (".txt", ".md", ".csv", ".html", ".htm", "")
_MOODLE = re.compile(r"(?P<name>.+)_(?P<number>[0-9]{1,12})_assignsubmission_\w+?_?\Z")
_IGNORED = re.compile(r"(\..*|Thumbs\.db|desktop\.ini|__MACOSX)\Z", re.IGNORECASE)


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
    elif source.exists():
        found = [_named(name, data, problem) for name, data, problem in zip_entries(source)]
    else:
        raise FileError("file.missing", path=str(path))
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
            raise FileError(
                "file.unreadable", path=str(folder), why=error.strerror or "?"
            ) from None
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
                yield _named(place.relative_to(top).as_posix(), data, problem)


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
    return (data, "") if len(data) <= LARGEST_ANSWER else (b"", "classroom.problem.large")


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
