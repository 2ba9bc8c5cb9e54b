"""Write a report for the terminal: one block per step, the first wrong one named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphgrad.exercises.report import Mark, Report
from graphgrad.messages import text

__all__ = ["report_text"]

_COMMA = re.compile(r"(?<=\d),(?=\d)")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_SIGNS = {
    "right": "✓",
    "rounded": "≈",
    "rough": "~",
    "follow-on": "→",
    "wrong": "✗",
    "undecided": "?",
    "unreadable": "!",
    "unknown-name": "!",
    "missing": "·",
}


def report_text(report: Report, *, key: bool = False, language: str | None = None) -> list[str]:
    """Return the lines of a report.

    Args:
        report: the marks.
        key: whether to show the expected values.
        language: ``en`` or ``es``; otherwise the language in force.
    """
    if not report.marks:
        return [text("check.report.empty", language)]
    words = {mark.status: text(f"check.status.{mark.status}", language) for mark in report.marks}
    width = max(map(len, words.values()))
    lines = []
    for mark in report.marks:
        first = f"{_SIGNS[mark.status]} {words[mark.status]:<{width}}  {mark.given or mark.id}"
        lines.append(first.rstrip())
        lines.extend(f"    {detail}" for detail in _details(mark, key, language))
    lines.append("")
    for note in report.notes:
        lines.append(text(note.message_id, language, **note.fields))
    if report.first_wrong:
        lines.append(text("check.report.first", language, step=report.first_wrong))
    elif all(mark.status in ("right", "rounded", "undecided") for mark in report.marks):
        lines.append(text("check.report.none", language))
    fields = {"score": report.score, "max": len(report.marks)}
    lines.append(text("check.report.score", language, **fields))
    return lines


def _details(mark: Mark, key: bool, language: str | None) -> Iterator[str]:
    if mark.error is not None:
        yield mark.error.body(language)
        if mark.error.place is not None:
            yield from mark.error.place.caret().splitlines()
    if mark.read_as and _plain(mark.read_as) != _plain(mark.given):
        yield text("check.report.read", language, text=_in_decimals_of(mark))
    yield from _reasons(mark, language)
    for note in mark.notes:
        yield text(note.message_id, language, **note.fields)
    for label, where in mark.mistakes:
        what = text(f"classroom.mistake.{label}", language)
        message = "classroom.report.mistake_at" if where else "classroom.report.mistake"
        yield text(message, language, what=what, where=where)
    if key and mark.expected:
        yield text("check.report.expected", language, text=mark.expected)


def _plain(answer: str) -> str:
    """Return an answer without blanks and with decimal points.

    >>> _plain("h1 = max(0,5; z)") == _plain("h1 = max(0.5, z)")
    True
    """
    return _COMMA.sub(".", "".join(answer.split())).replace(";", ",")


def _in_decimals_of(mark: Mark) -> str:
    """Return how an answer was read, with the decimal sign it was written with."""
    if not _COMMA.search(mark.given) or _POINT.search(mark.given):
        return mark.read_as
    return _POINT.sub(",", mark.read_as.replace(", ", "; "))


def _reasons(mark: Mark, language: str | None) -> Iterator[str]:
    """Yield how the status is known."""
    point = mark.counterexample
    if mark.method == "normal-form" and mark.status == "right":
        message = "check.report.cases" if mark.cases > 1 else "check.report.proved"
        yield text(message, language, cases=mark.cases)
    if mark.method == "sympy" and mark.status == "right":
        yield text("check.report.sympy", language)
    if mark.method == "points" and mark.status == "undecided":
        yield text("check.report.points", language, points=mark.points)
    if point is not None:
        undefined = text("check.report.undefined", language)
        left, right = (undefined if v == "undefined" else v for v in (point.left, point.right))
        at = ", ".join(f"{name} = {value}" for name, value in point.at.items())
        message = "check.report.counterexample" if at else "check.report.value"
        yield text(message, language, at=at, student=left, expected=right)
    if mark.consistent_with:
        yield text("check.report.follows", language, steps=", ".join(mark.consistent_with))
    if mark.assumed:
        yield text("check.report.assumed", language, texts=", ".join(mark.assumed))
