"""Say which files may be reached: by a name inside a file, and by an app that is served.

A file that was sent to its reader (an exercise, a graph with its data) may name others, but only
beside it or below; the reader may allow one more folder with ``--data-root``. An app that is served
to a browser reaches the folder it was started in, and what its owner named on the command line.
Links are followed before anything is decided, and a refusal is worded before anything is opened, so
that it tells nothing about what is outside.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextvars import ContextVar
from pathlib import Path

from graphgrad.errors import FileError

__all__ = [
    "allow_data_root",
    "data_root",
    "fence_for",
    "fenced_folder",
    "is_reachable",
    "named_in",
    "own_folder",
    "reachable",
]

FENCE = "GRAPHGRAD_FENCE"
"""The variable in which the server tells an app which folders and files it reaches, as JSON."""

_own: list[str] = []
_data_root: ContextVar[Path | None] = ContextVar("data_root", default=None)


def allow_data_root(folder: str | os.PathLike[str]) -> None:
    """Allow files to name data below one more folder, until the current context ends.

    Raises:
        FileError: if it is no folder.
    """
    if not os.path.isdir(folder):
        raise FileError("file.no_folder", path=str(folder))
    _data_root.set(Path(folder))


def data_root() -> Path | None:
    """Return the folder that `allow_data_root` has allowed; None for none."""
    return _data_root.get()


def named_in(folder: Path, name: str) -> Path:
    """Return the file that a file in a folder names: beside it, below, or below the data root.

    Raises:
        FileError: if it lies elsewhere; whether it is there is not looked at.
    """
    root = data_root()
    allowed = [folder] if root is None else [folder, root]
    for start in allowed:
        place = start / name
        if any(_is_inside(place, each) for each in allowed) and (
            start is allowed[-1] or os.path.lexists(place)
        ):
            return place
    raise FileError("file.outside", name=name)


def fence_for(places: Iterable[str | os.PathLike[str]]) -> dict[str, str]:
    """Return the variable that keeps a process to some folders and files, the first its own."""
    return {FENCE: json.dumps([os.path.realpath(place) for place in places])}


def own_folder() -> Path:
    """Make a folder for files of this process alone, inside every fence, and return it."""
    import tempfile  # loads random numbers and packers

    folder = Path(tempfile.mkdtemp(prefix="graphgrad-"))
    _own.append(str(folder))
    return folder


def fenced_folder() -> Path | None:
    """Return the folder to which this process is kept; None where it is free."""
    places = _fence()
    return Path(places[0]) if places else None


def reachable(path: str | os.PathLike[str]) -> Path:
    """Return a path that this process may open or write.

    Raises:
        FileError: if it is kept to other places.
    """
    places = _fence()
    if places and not any(_is_inside(Path(path), Path(place)) for place in places):
        raise FileError("file.fenced", path=str(path), folder=places[0])
    return Path(path)


def is_reachable(path: str | os.PathLike[str]) -> bool:
    """Tell whether this process may open or write a path."""
    try:
        reachable(path)
    except FileError:
        return False
    return True


def _fence() -> list[str]:
    """Return the places of the fence; one that cannot be read leaves the present folder alone."""
    text = os.environ.get(FENCE, "")
    if not text:
        return []
    try:
        places = json.loads(text)
    except (ValueError, RecursionError):
        places = None
    is_list = isinstance(places, list) and places
    return [*(map(str, places) if is_list else [os.getcwd()]), *_own]


def _is_inside(path: Path, folder: Path) -> bool:
    """Tell whether a path is a folder or below it: as it is written, and where its links lead.

    The spelling comes first, so that a name of another machine is never looked up there.
    """
    try:
        top = os.path.realpath(folder)
        spelled = os.path.abspath(path)
        if not any(_is_below(spelled, each) for each in (os.path.abspath(folder), top)):
            return False
        return _is_below(os.path.realpath(path), top)
    except (OSError, ValueError):  # too long, a loop of links, a NUL
        return False


def _is_below(path: str, folder: str) -> bool:
    try:
        common = os.path.normcase(os.path.commonpath([path, folder]))
        return common == os.path.normcase(os.path.normpath(folder))
    except ValueError:  # on other drives
        return False
