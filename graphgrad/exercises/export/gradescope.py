"""Write a report as the results.json of a Gradescope autograder."""

from __future__ import annotations

import json

from graphgrad.exercises.export.explained import rows_of, summary_lines
from graphgrad.exercises.grading.marked import Marked
from graphgrad.messages import text

__all__ = ["gradescope_json"]


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
