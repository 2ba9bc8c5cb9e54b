"""Open a zip archive that a stranger sent: names, sizes and kinds are checked before reading."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from graphgrad.errors import GraphgradError
from graphgrad.files.reading import told_damaged

__all__ = ["Archive", "ArchiveError"]

_LARGEST = 256 * 2**20
_MOST = 20_000
_LARGEST_JSON = 64 * 2**20


class ArchiveError(GraphgradError):
    """An archive is not what it should be."""


class Archive:
    """The entries of a zip archive in memory, by their names below its one top folder.

    Raises:
        ArchiveError: if it is no archive, unpacks to too much, or an entry's name leads outside or
            occurs twice.
    """

    def __init__(self, data: bytes) -> None:
        with told_damaged(ArchiveError("import.why.zip")):
            self.zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self.zip.infolist()
        self.entries: dict[str, zipfile.ZipInfo] = {}
        total = sum(entry.file_size for entry in entries)
        if total > _LARGEST or len(entries) > _MOST:
            raise ArchiveError("import.why.size", name="zip", got=total, expected=_LARGEST)
        for entry in entries:
            name = entry.filename
            outside = name.startswith("/") or "\\" in name or ".." in name.split("/")
            below = name.partition("/")[2] or name
            if outside or ":" in name or below in self.entries:
                raise ArchiveError("import.why.member_name", name=name[:80])
            self.entries[below] = entry

    def read(self, name: str) -> bytes:
        """Return the bytes of an entry, never more than it says that it has."""
        entry = self.entries.get(name)
        if entry is None:
            raise ArchiveError("import.why.member", name=name[:80])
        with told_damaged(ArchiveError("import.why.zip")), self.zip.open(entry) as stream:
            data = stream.read(entry.file_size + 1)
        if len(data) != entry.file_size:
            raise ArchiveError(
                "import.why.size", name=name, got=len(data), expected=entry.file_size
            )
        return data

    def json(self, name: str) -> dict[str, Any]:
        """Return an entry that is a JSON object."""
        data = self.read(name)
        try:
            found = json.loads(data) if len(data) <= _LARGEST_JSON else None
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise ArchiveError("import.why.json", name=name)
        return found
