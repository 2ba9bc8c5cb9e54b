"""Read the courses of ``docs/lessons/``: chapters, their words, their samples, their rows."""

from __future__ import annotations

import csv
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from docs.site.contents import DOCS, ROOT, Pair

__all__ = ["Chapter", "Course", "courses", "seen_by"]


class Chapter(NamedTuple):
    """A chapter of a course.

    Attributes:
        name: of its page.
        title: what it is about.
        words: what it says, in our own words; formulas as the course writes them.
        question: something to find out by the commands below.
        answer: what one finds.
        samples: names of files in ``samples/``, without the ending; the first gives the sheet.
        lines: commands whose output is shown.
        rows: ids of the curriculum's rows.
    """

    name: str
    title: Pair
    words: Pair
    question: Pair
    answer: Pair
    samples: tuple[str, ...]
    lines: tuple[str, ...]
    rows: tuple[str, ...]


class Course(NamedTuple):
    """A lecture course: its letters (``--notation``), its name, its chapters in order."""

    name: str
    title: Pair
    words: Pair
    chapters: tuple[Chapter, ...]


def _pair(table: Any) -> Pair:
    return Pair(table["es"].strip(), table["en"].strip())


def _chapter(table: Any) -> Chapter:
    title, words, question, answer = (
        _pair(table[key]) for key in ("title", "words", "question", "answer")
    )
    samples, lines, rows = (tuple(table[key]) for key in ("samples", "lines", "rows"))
    return Chapter(table["name"], title, words, question, answer, samples, lines, rows)


@lru_cache
def courses() -> tuple[Course, ...]:
    """Return the courses, in the order of their files' names."""
    found = []
    for file in sorted((DOCS / "lessons").glob("*.toml")):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        chapters = tuple(map(_chapter, table["chapter"]))
        name = file.stem.partition("_")[2]
        found.append(Course(name, _pair(table["title"]), _pair(table["words"]), chapters))
    return tuple(found)


@lru_cache
def seen_by() -> dict[str, tuple[str, str]]:
    """Return of each row of the curriculum its notion, and how it is seen."""
    file: Path = ROOT / "tests" / "data" / "curriculum.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["row"]: (row["notion"], row["see"]) for row in csv.DictReader(lines)}
