"""Write a report as Markdown, for forges."""

from __future__ import annotations

import re

from graphgrad.exercises.export.explained import rows_of, summary_lines
from graphgrad.exercises.grading.marked import Marked
from graphgrad.messages import text

__all__ = ["markdown_report"]

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~$&])")


def markdown_report(marked: Marked, *, key: bool = False, language: str | None = None) -> str:
    """Return a report as Markdown; what the student wrote is shown, not obeyed."""
    exercise = marked.variant.exercise
    lines = [f"# {plain(exercise.title or exercise.id)}", ""]
    if marked.student:
        lines += [f"{text('classroom.sheet.student', language)}: {plain(marked.student)}", ""]
    words = ["step", "status", "answer", "points_head"] + (["expected"] if key else [])
    head = [text(f"classroom.sheet.{word}", language) for word in words]
    lines += [f"| {' | '.join(head)} |", "|" + "---|" * len(words)]
    notes = []
    for row in rows_of(marked, key=key, language=language):
        word = f"**{row.word}**" if row.is_first else row.word
        cells = [plain(row.id), word, plain(row.given), row.points]
        cells += [plain(row.expected)] if key else []
        lines.append(f"| {' | '.join(cells)} |")
        if row.details:
            notes.append(f"- {plain(row.id)}: {plain('; '.join(row.details))}")
    lines += ["", *notes, ""] if notes else [""]
    lines += [plain(line) + "  " for line in summary_lines(marked, language)]
    return "\n".join(lines).rstrip() + "\n"


def plain(text: str) -> str:
    r"""Return text on one line with Markdown's signs escaped.

    >>> plain("a*b | c")
    'a\\*b \\| c'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
