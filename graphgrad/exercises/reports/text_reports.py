"""Write a report for the terminal: one block per step, its points and the reasons.

Write a report as Markdown, for forges.
"""

from __future__ import annotations

import re

from graphgrad.exercises.grading.graded_sheet import Marked
from graphgrad.exercises.judging.mark import STATUSES
from graphgrad.exercises.reports.report_lines import rows_of, summary_lines
from graphgrad.messages.catalogue import text

__all__ = ["markdown_report", "plain_report"]


def plain_report(marked: Marked, *, key: bool = False, language: str | None = None) -> str:
    """Return a report as text.

    Args:
        marked: the marked sheet.
        key: whether to show the expected values.
        language: otherwise the language in force.
    """
    rows = rows_of(marked, key=key, language=language)
    width = max((len(row.word) for row in rows), default=0)
    narrow = max((len(row.points) for row in rows), default=0)
    lines = []
    for row in rows:
        first = f"{STATUSES[row.status].sign} {row.word:<{width}}  {row.points:>{narrow}}"
        lines.append(f"{first}  {row.given or row.id}")
        lines += [f"    {detail}" for detail in row.details]
        if row.expected:
            lines.append("    " + text("check.report.expected", language, text=row.expected))
    lines.append("")
    for note in marked.report.notes:
        lines.append(text(note.message_id, language, **note.fields))
    if not marked.report.first_wrong and all(STATUSES[row.status].is_fine for row in rows):
        lines.append(text("check.report.none", language))
    return "\n".join([*lines, *summary_lines(marked, language)]) + "\n"


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
