"""Write a report as text, as Markdown for forges, as JUnit XML and as Gradescope's results.json."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from xml.etree import ElementTree

from graphgrad.exercises.grading.graded_sheet import Marked
from graphgrad.exercises.judging.mark import STATUSES
from graphgrad.exercises.reading.targets import step_text
from graphgrad.exercises.reports.report_lines import about_text, rows_of, summary_lines
from graphgrad.messages.catalogue import text

__all__ = ["gradescope_json", "junit_xml", "markdown_report", "plain_report"]

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~$&])")
_FAILURES = ("wrong", "follow-on")
_ERRORS = ("unreadable", "unknown-name")
_SKIPPED = ("undecided", "missing")


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
        lines.append(f"{first}  {about_text(row.id, row.given, language)}")
        lines += [f"    {detail}" for detail in row.details]
        if row.expected:
            lines.append("    " + text("check.report.expected", language, text=row.expected))
    lines.append("")
    for note in marked.report.notes:
        lines.append(text(note.message_id, language, **note.fields))
    if not marked.report.first_wrong and all(STATUSES[row.status].is_fine for row in rows):
        lines.append(text("check.report.none", language))
    return "\n".join([*lines, *summary_lines(marked, language)]) + "\n"


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
        cells = [plain(step_text(row.id, language)), word, plain(row.given), row.points]
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


def junit_xml(reports: Sequence[Marked]) -> str:
    """Return reports as one JUnit file; wrong is a failure, unreadable an error, missing skipped.

    An answer that only follows from an earlier mistake passes where it earns its points.
    """
    suites = ElementTree.Element("testsuites")
    for marked in reports:
        _suite(suites, marked)
    ElementTree.indent(suites)
    text = ElementTree.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite(suites: ElementTree.Element, marked: Marked) -> None:
    exercise = marked.variant.exercise
    rows = rows_of(marked)
    failing = _FAILURES if exercise.follow_on < 1 else _FAILURES[:1]
    name = f"{exercise.id} {marked.student}".strip()
    suite = ElementTree.SubElement(
        suites,
        "testsuite",
        name=xml_safe(name),
        tests=str(len(rows)),
        failures=str(sum(row.status in failing for row in rows)),
        errors=str(sum(row.status in _ERRORS for row in rows)),
        skipped=str(sum(row.status in _SKIPPED for row in rows)),
    )
    for row in rows:
        case = ElementTree.SubElement(
            suite, "testcase", classname=exercise.id, name=xml_safe(row.id)
        )
        kind = "failure" if row.status in failing else "error" if row.status in _ERRORS else ""
        kind = "skipped" if row.status in _SKIPPED else kind
        if kind:
            told = ElementTree.SubElement(case, kind, message=xml_safe(f"{row.word}: {row.given}"))
            told.text = xml_safe("\n".join(row.details))


def xml_safe(text: str) -> str:
    """Return text without the characters that XML cannot hold.

    >>> xml_safe("a" + chr(0) + "b")
    'a\ufffdb'
    """
    return "".join(
        c if c in "\t\n\r" or (ord(c) >= 32 and not 0xD800 <= ord(c) < 0xE000 and ord(c) < 0xFFFE)
        else "\ufffd"
        for c in text
    )  # fmt: skip


def gradescope_json(marked: Marked, *, language: str | None = None) -> str:
    """Return a report as results.json: one test per step, visible to the student.

    Source: Gradescope, Autograder Specifications, "Output Format".
    """
    steps = {step.step.id: step for step in marked.steps}
    tests = []
    for row in rows_of(marked, language=language):
        step = steps.get(row.id)
        lines = [text("classroom.report.given", language, text=row.given)] if row.given else []
        tests.append(
            {
                "name": row.id,
                "score": round(float(step.points), 4) if step is not None else 0.0,
                "max_score": round(float(step.step.points), 4) if step is not None else 0.0,
                "status": "failed" if step is None or step.points < step.step.points else "passed",
                "output": "\n".join([row.word, *lines, *row.details]),
                "visibility": "visible",
            }
        )
    found = {
        "score": round(float(marked.points), 4),
        "output": "\n".join(summary_lines(marked, language)),
        "visibility": "visible",
        "tests": tests,
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
