"""Run a marker over the benchmark: ``python -m tests.benchmark_marking.run [--tool COMMAND]``.

A tool is a command with {exercise} and {answers} in it, that prints one JSON object: under
``first_wrong`` the step that is wrong first, or null, and under ``kinds`` names of the mistake.
Without one, this project's own marker is run.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from graphgrad.exercises.marking.marker import check
from graphgrad.source.gg import read_gg
from tests.benchmark_marking.make import PATH, Sheet

__all__ = ["MORE", "Result", "Told", "own_marker", "results", "sheets"]


class Told(NamedTuple):
    """What a marker says of a sheet: the first wrong step, and names of its mistake."""

    first_wrong: str = ""
    kinds: tuple[str, ...] = ()


class Result(NamedTuple):
    """How a marker did on one sheet."""

    sheet: Sheet
    told: Told

    @property
    def found(self) -> bool:
        """Whether the first wrong step is right; of a right sheet, that none is named."""
        return self.told.first_wrong == self.sheet.first_wrong

    @property
    def named(self) -> bool:
        """Whether the mistake has a name that is right."""
        return self.found and bool(set(self.told.kinds) & set(self.sheet.kinds))

    @property
    def misnamed(self) -> bool:
        """Whether a mistake has a name that is wrong."""
        return bool(set(self.told.kinds) - set(self.sheet.kinds))


MORE = PATH.with_name("more_sheets.jsonl")
"""Sheets made later: scalar forms, and right ones entry by entry or in LaTeX."""


def sheets(path: Path = PATH) -> list[Sheet]:
    """Return the sheets of the benchmark."""
    lines = path.read_text("utf-8").splitlines()
    return [
        Sheet(**{**json.loads(line), "kinds": tuple(json.loads(line)["kinds"])}) for line in lines
    ]


def own_marker(sheet: Sheet) -> Told:
    """Mark a sheet with this project's marker."""
    report = check(read_gg(sheet.exercise), sheet.answers)
    marks = {mark.id: mark for mark in report.marks}
    faulty = [m.id for m in report.marks if m.status in ("unreadable", "unknown-name")]
    if not report.first_wrong:
        return Told(faulty[0] if faulty else "")
    first = marks[report.first_wrong]
    return Told(report.first_wrong, tuple(label for label, _ in first.mistakes))


def tool(command: str) -> Callable[[Sheet], Told]:
    """Return a marker that runs a command."""

    def told(sheet: Sheet) -> Told:
        with tempfile.TemporaryDirectory() as folder:
            exercise, answers = Path(folder) / "exercise.gg", Path(folder) / "answers.txt"
            exercise.write_text(sheet.exercise, encoding="utf-8")
            answers.write_text(sheet.answers, encoding="utf-8")
            words = [
                word.replace("{exercise}", str(exercise)).replace("{answers}", str(answers))
                for word in shlex.split(command)
            ]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
        found = json.loads(done.stdout)
        return Told(found.get("first_wrong") or "", tuple(found.get("kinds", ())))

    return told


def results(marker: Callable[[Sheet], Told], which: Iterable[Sheet]) -> list[Result]:
    """Return how a marker did on sheets."""
    return [Result(sheet, marker(sheet)) for sheet in which]


def summary(found: list[Result]) -> str:
    """Return the counts, and the sheets on which the marker failed."""
    wrong = [r for r in found if r.sheet.first_wrong]
    right = [r for r in found if not r.sheet.first_wrong]
    lines = [
        f"planted mistakes: {len(wrong)}",
        f"  first wrong step right: {sum(r.found for r in wrong)}",
        f"  kind right: {sum(r.named for r in wrong)}",
        f"  kind wrong: {sum(r.misnamed for r in wrong)}",
        f"right sheets: {len(right)}",
        f"  not faulted: {sum(r.found for r in right)}",
    ]
    failed = [r for r in found if not r.found or (r.sheet.kinds and not r.named)]
    lines += [
        f"- {r.sheet.id}: {r.told.first_wrong or '-'} {', '.join(r.told.kinds)}" for r in failed
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tool", help="a command with {exercise} and {answers}")
    given = parser.parse_args()
    marker = own_marker if given.tool is None else tool(given.tool)
    for path in (PATH, MORE):
        sys.stdout.write(f"{path.name}\n{summary(results(marker, sheets(path)))}\n")


if __name__ == "__main__":
    main()
