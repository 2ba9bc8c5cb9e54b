"""Write a report for the terminal: one block per step, its points and the reasons."""

from __future__ import annotations

from graphgrad.exercises.export.explained import rows_of, summary_lines
from graphgrad.exercises.grading.marked import Marked
from graphgrad.messages import text

__all__ = ["SIGNS", "plain_report"]

SIGNS = {
    "right": "✓", "rounded": "≈", "rough": "~", "follow-on": "→", "wrong": "✗", "undecided": "?",
    "unreadable": "!", "unknown-name": "!", "missing": "·",
}  # fmt: skip
"""A sign per status, so that colour is never the only carrier of meaning."""


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
        first = f"{SIGNS[row.status]} {row.word:<{width}}  {row.points:>{narrow}}"
        lines.append(f"{first}  {row.given or row.id}")
        lines += [f"    {detail}" for detail in row.details]
        if row.expected:
            lines.append("    " + text("check.report.expected", language, text=row.expected))
    lines.append("")
    for note in marked.report.notes:
        lines.append(text(note.message_id, language, **note.fields))
    if not marked.report.first_wrong and all(row.status in _FINE for row in rows):
        lines.append(text("check.report.none", language))
    return "\n".join([*lines, *summary_lines(marked, language)]) + "\n"


_FINE = ("right", "rounded", "undecided")
