"""Write down a digest of the graph of every `.gg` file that was here before loops and layers.

    python -m tests.source.graphs > tests/source/graphs.txt

The new words were ordinary names before: the graphs of old files stay as they were.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any, Final

from graphgrad.errors import GraphgradError
from graphgrad.graph.json import graph_to_data
from graphgrad.source.gg import load

__all__ = ["FILES", "digest", "recorded"]

ROOT: Final = Path(__file__).parents[2]
RECORD: Final = Path(__file__).with_name("graphs.txt")
_KEYS: Final = ("title", "assumptions", "conventions", "nodes", "lines", "values", "output", "loss")


def files() -> list[Path]:
    """Return the samples and the data of tests."""
    found = [*ROOT.glob("samples/**/*.gg"), *ROOT.glob("tests/**/*.gg")]
    return sorted(found)


def digest(path: Path) -> str:
    """Return a digest of what a file says, or the error it has."""
    try:
        data: dict[str, Any] = graph_to_data(load(path))
    except GraphgradError as error:
        return error.message_id
    data["title"] = data.get("titles", {}).get("es", data["title"])  # what it was called then
    said = [data[key] for key in _KEYS]
    table = data["table"]
    said.append(None if table is None else [table["names"], table["rows"]])
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def recorded() -> dict[str, str]:
    """Return the digests that were written down, by path."""
    lines = RECORD.read_text("utf-8").splitlines() if RECORD.exists() else []
    return dict(line.split("\t") for line in lines)


FILES: Final = tuple(recorded())

if __name__ == "__main__":
    for found in files():
        sys.stdout.write(f"{found.relative_to(ROOT).as_posix()}\t{digest(found)}\n")
