"""Say where what took long to work out is kept from one process to the next.

The rule for all of it: it may be deleted at any time, it is never needed, what does not hold up is
forgotten without a word, and GRAPHGRAD_CACHE=off (``--no-cache``) neither reads nor writes it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

__all__ = ["FOLDER", "cache_folder", "is_left_alone", "version_of", "without_cache"]

FOLDER: Final = "GRAPHGRAD_CACHE"
"""The environment variable that names another folder, or ``off``."""


def without_cache() -> None:
    """Leave what is kept alone in this process, neither read nor written."""
    os.environ[FOLDER] = "off"


def is_left_alone() -> bool:
    """Tell whether nothing that was kept is to be used, as after `without_cache`."""
    return os.environ.get(FOLDER) == "off"


def cache_folder(kind: str) -> Path | None:
    """Return the folder of one kind of what is kept; None where there is none.

    Args:
        kind: such as ``derivatives``.
    """
    chosen = os.environ.get(FOLDER, "")
    if chosen:
        return None if chosen == "off" else Path(chosen) / kind
    try:
        named = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
        folder = Path(named or Path.home() / ".cache")
        there = os.path.isdir(folder.parent)  # a home that does not exist is not made
        return folder / "graphgrad" / kind if there else None
    except RuntimeError:  # a user without a home
        return None


def version_of(files: Iterable[Path]) -> str:
    """Return a word that changes with files, told by their sizes and times of change.

    Reading them would take longer.
    """
    told = [(path.name, (s := path.stat()).st_size, s.st_mtime_ns) for path in files]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
