"""Write output files whole or not at all, and over no other file that was not given up.

The rule, for every command and every key that writes (`docs/reliability.md` lists them all):

* a place that is free, empty, or holds the same bytes is written;
* a figure replaces a figure of ours of the same format, which its mark tells: drawing it again is
  what ``render -o`` is for;
* anything else is left alone, unless the user has said ``--force``, or ``y`` in the app.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from graphgrad.errors import FileError, UsageError
from graphgrad.files.reach import reachable
from graphgrad.files.reading import told_refusal
from graphgrad.messages.catalogue import Worded

__all__ = [
    "EXISTS",
    "PNG_MARK",
    "append_line",
    "check_apart",
    "check_free",
    "check_same",
    "make_folder",
    "same_file",
    "write_output",
]

EXISTS = "file.exists"
"""The message of a file that was left alone: what it says can be asked for."""
PNG_MARK = b"tEXtSoftware\x00graphgrad"
_ALIKE = 2
"""How many bytes all files of one format of ours have in common: before the author's words."""
_SYSTEM = ("/dev/", "/proc/", "/sys/")


def write_output(
    path: str | os.PathLike[str], data: bytes | str, *, own: bytes = b"", force: bool = False
) -> None:
    """Write a file under a temporary name and rename it; text is written as UTF-8.

    Half of a character, as the system hands over in a name that is no text, becomes ``?``.

    Args:
        path: the file; of a link, what it leads to.
        data: what it holds.
        own: what stands in every file of this format that graphgrad writes; a file that has it and
            begins alike may be replaced: not a page that ours was pasted into. Empty where there is
            no such mark, or the file may have been edited.
        force: whether any file may be replaced.

    Raises:
        FileError: if the place cannot be written, or holds something else; nothing is left behind
            then, and what was there is as it was.
    """
    content = _bytes_of(data)
    try:
        target = _target(path)
        if not force and not _is_ours_to_replace(target, content, own):
            raise FileError(EXISTS, path=str(path))
        _replace(target, content)
    except FileError:
        raise
    except (OSError, ValueError) as error:
        raise FileError("file.unwritable", path=str(path), why=told_refusal(error)) from None


def check_free(
    path: str | os.PathLike[str], *, own: bytes | None = None, force: bool = False
) -> None:
    """Refuse a place that is taken, before the work that is to be written there is done.

    Args:
        path: the file.
        own: what stands in every file of ours that may be replaced; None where none may.
        force: whether any file may be replaced.

    Raises:
        FileError: if something is there that may not be replaced.
    """
    try:
        target = _target(path)
        taken = target.stat().st_size > 0
        if taken and own and not force:
            taken = own not in target.read_bytes()
    except FileError:
        raise
    except (OSError, ValueError):  # what is wrong there is told when it is written
        return
    if taken and not force:
        raise FileError(EXISTS, path=str(path))


def check_apart(outputs: Mapping[str, str | os.PathLike[str] | None]) -> None:
    """Refuse to write two things to one file: the second would replace the first.

    Args:
        outputs: where each thing goes, by what the user calls it; None and ``-`` for no file.

    Raises:
        UsageError: if two of them are one file.
    """
    found: dict[str, str] = {}
    for called, path in outputs.items():
        if path is None or str(path) == "-":
            continue
        place = os.path.normcase(os.path.realpath(path))
        if place in found:
            raise UsageError("file.twice", path=str(path), one=found[place], other=called)
        found[place] = called


def same_file(one: str, other: str) -> bool:
    """Tell whether two paths name one file; what goes on in a file may replace it."""
    return os.path.realpath(one) == os.path.realpath(other)


def check_same(path: str | os.PathLike[str], data: bytes | str, *, force: bool = False) -> None:
    """Refuse a place that holds something else, before any of several files is written.

    Raises:
        FileError: if something is there that may not be replaced.
    """
    try:
        content = _bytes_of(data)
        fits = force or _is_ours_to_replace(_target(path), content, b"")
    except FileError:
        raise
    except (OSError, ValueError):  # what is wrong there is told when it is written
        return
    if not fits:
        raise FileError(EXISTS, path=str(path))


def append_line(path: str | os.PathLike[str], line: str) -> None:
    """Add a line to a file, whole or not at all.

    Raises:
        OSError: if it cannot be written; the file is as it was then.
    """
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    content = f"{line}\n".encode()
    with open(os.open(reachable(path), flags, 0o666), "ab", buffering=0) as stream:
        before = os.fstat(stream.fileno()).st_size
        written = 0
        try:
            written = stream.write(content)
        finally:
            if written != len(content):
                stream.truncate(before)
        if written != len(content):
            raise OSError(28, os.strerror(28))


def make_folder(path: str | os.PathLike[str]) -> Path:
    """Make a folder and those around it, unless it is there, and return it.

    Raises:
        FileError: if it cannot be made.
    """
    try:
        reachable(path).mkdir(parents=True, exist_ok=True)
    except FileError:
        raise
    except (OSError, ValueError) as error:
        raise FileError("file.unwritable", path=str(path), why=told_refusal(error)) from None
    return Path(path)


def _bytes_of(data: bytes | str) -> bytes:
    return data.encode("utf-8", "replace") if isinstance(data, str) else data


def _target(path: str | os.PathLike[str]) -> Path:
    """Return where a file is written: no folder, no device, no place out of reach."""
    place = reachable(path)
    if place.is_dir():
        raise FileError("file.unwritable", path=str(path), why=Worded("file.why.is_folder"))
    if str(os.path.abspath(place)).startswith(_SYSTEM):
        raise FileError("file.special", path=str(path))
    if not place.is_symlink() and not place.exists():
        return place
    target = Path(os.path.realpath(place))
    if target.exists():
        if not stat.S_ISREG(target.stat().st_mode):
            raise FileError("file.special", path=str(path))
        if not os.access(target, os.W_OK):
            raise PermissionError(13, os.strerror(13))
    return target


def _is_ours_to_replace(target: Path, content: bytes, own: bytes) -> bool:
    try:
        size = target.stat().st_size
    except FileNotFoundError:
        return True
    if not size:
        return True
    if size != len(content) and not own:
        return False
    there = target.read_bytes()
    ours = bool(own) and own in there and there[:_ALIKE] == content[:_ALIKE]
    return there == content or ours


def _replace(target: Path, content: bytes) -> None:
    """Put a new file there; who might not read the old one may not read this one."""
    temporary = target.with_name(f".graphgrad-{os.urandom(8).hex()}.part")
    try:
        with temporary.open("xb") as stream:
            if target.exists():
                os.chmod(temporary, stat.S_IMODE(target.stat().st_mode))
            stream.write(content)
        temporary.replace(target)
    except BaseException:  # Ctrl-C too
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
