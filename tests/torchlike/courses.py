"""Run the chapters of two public courses with an import line changed; record what PyTorch gives.

``python -m tests.torchlike.courses`` with torch 2.13 and micrograd 0.1.0 on the path writes
`tests/data/courses/recorded.json`. A chapter calls ``show(name, *values)``; draws are arrays of
NumPy's, for those of libraries differ.
"""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["CHAPTERS", "FOLDER", "RECORDED", "shown"]

FOLDER = Path(__file__).parents[1] / "data" / "courses"
RECORDED = FOLDER / "recorded.json"
CHAPTERS = sorted(path.stem for path in FOLDER.glob("*.py"))


def shown(chapter: str, changed: dict[str, str]) -> list[Any]:
    """Return what a chapter shows, names of modules in its imports changed as told."""
    text = (FOLDER / f"{chapter}.py").read_text("utf-8")
    kept: list[Any] = []
    lines = [_changed(line, changed) for line in text.split("\n")]
    module = types.ModuleType(f"course_{chapter}")
    module.__dict__["show"] = _keeping(kept)
    exec(compile("\n".join(lines), f"{chapter}.py", "exec"), module.__dict__)  # our own files
    return kept


def _changed(line: str, changed: dict[str, str]) -> str:
    """Return a line with the module of its import changed, any other line as it is."""
    words = line.split(" ")
    if words[0] not in ("import", "from"):
        return line
    first, _, rest = words[1].partition(".")
    if first not in changed:
        return line
    words[1] = changed[first] + (f".{rest}" if rest else "")
    if words[0] == "import" and "as" not in words:
        words += ["as", first]
    return " ".join(words)


def _keeping(kept: list[Any]) -> Callable[..., None]:
    def show(name: str, *values: Any) -> None:
        kept.append([name, *values])

    return show


def main() -> None:
    """Write what the chapters show with PyTorch and micrograd."""
    found = {chapter: shown(chapter, {}) for chapter in CHAPTERS}
    text = json.dumps(found, indent=0, separators=(",", ":"))
    RECORDED.write_text(text + "\n", "utf-8")
    sys.stdout.write(f"{sum(map(len, found.values()))} lines of {len(found)} chapters\n")


if __name__ == "__main__":
    main()
