"""Hold what became of the claims of notes, and write it as JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from graphgrad.errors import GraphgradError, Place
from graphgrad.exercises.deciding.verdict import Counterexample, Note
from graphgrad.messages.catalogue import text

__all__ = ["FORMAT", "STATUSES", "Judged", "NotesReport", "notes_text"]

FORMAT = "graphgrad-notes/1"
STATUSES = (
    "true", "convention", "definition", "given", "undecided", "unread", "unknown-name", "false",
)  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """One formula of notes.

    Attributes:
        status: ``true``, ``false``, ``convention`` (right under the profile in force),
            ``undecided``, ``unread``, ``unknown-name``, or what states nothing to be judged:
            ``definition`` and ``given`` (a value).
        text: the formula as it stands there.
        place: where.
        read_as: how it was read.
        method: how the status was found.
        corrected: what would be right, in the expression language.
        expected: the right value, where numbers are given.
        counterexample: a point at which it is false.
        sides: whether it equates two formulas, neither of which is the truth.
        notes: remarks, conventions among them.
        error: why it could not be read.
    """

    status: str
    text: str
    place: Place
    read_as: str = ""
    method: str = ""
    corrected: str = ""
    expected: str = ""
    counterexample: Counterexample | None = None
    sides: bool = False
    notes: tuple[Note, ...] = ()
    error: GraphgradError | None = None

    def to_json(self, language: str | None = None) -> dict[str, Any]:
        """Return the claim as one JSON object."""
        point = self.counterexample
        found = {
            "line": self.place.line,
            "column": self.place.column,
            "status": self.status,
            "text": self.text,
            "read_as": self.read_as or None,
            "method": self.method or None,
            "corrected": self.corrected or None,
            "expected": self.expected or None,
            "counterexample": None
            if point is None
            else {"at": dict(point.at), "claimed": point.left, "correct": point.right},
            "notes": [{"id": note.message_id, **note.fields} for note in self.notes],
        }
        if self.error is not None:
            found["error"] = {"id": self.error.message_id, "text": self.error.body(language)}
        return found


@dataclass(frozen=True)
class NotesReport:
    """The claims of one file."""

    path: str
    notation: str
    claims: tuple[Judged, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Return how many claims have each status."""
        counted = Counter(claim.status for claim in self.claims)
        return {status: counted[status] for status in STATUSES if counted[status]}

    @property
    def exit_status(self) -> int:
        """Return 1 if something is false, 5 if something is not decided or not read."""
        counts = self.counts
        if counts.keys() & {"false", "unknown-name"}:
            return 1
        return 5 if counts.keys() & {"undecided", "unread"} else 0

    def to_json(self, language: str | None = None) -> dict[str, Any]:
        """Return the report as one JSON object, format graphgrad-notes/1."""
        return {
            "format": FORMAT,
            "file": self.path,
            "notation": self.notation,
            "counts": self.counts,
            "claims": [claim.to_json(language) for claim in self.claims],
        }


def notes_text(report: NotesReport, *, every: bool = False, language: str | None = None) -> str:
    """Return a report for the terminal: what is false first in each place, then the counts."""
    lines: list[str] = []
    for claim in report.claims:
        if every or claim.status not in ("true", "definition", "given") or claim.notes:
            lines += _block(claim, language)
    words = [
        text("notes.count", language, count=count, status=text(f"notes.status.{status}", language))
        for status, count in report.counts.items()
    ]
    lines.append("; ".join(words) if words else text("notes.empty", language))
    return "\n".join(lines)


def _block(claim: Judged, language: str | None) -> list[str]:
    where = f"{claim.place.path or '-'}:{claim.place.line}:{claim.place.column}"
    lines = [f"{where}: {text(f'notes.status.{claim.status}', language)}: {claim.text}"]
    if claim.error is not None:
        lines.append(f"    {claim.error.body(language)}")
        if claim.error.place is not None:
            lines.append(claim.error.place.caret())
    point = claim.counterexample
    if point is not None and point.at:
        at = ", ".join(f"{name} = {value}" for name, value in point.at.items())
        fields = {"at": at, "claimed": point.left, "correct": point.right}
        message = "notes.sides" if claim.sides else "notes.counterexample"
        lines.append("    " + text(message, language, **fields))
    if claim.status in ("false", "convention") and (claim.corrected or claim.expected):
        both = " = ".join(part for part in (claim.corrected, claim.expected) if part)
        lines.append("    " + text("notes.corrected", language, text=both))
    lines += [f"    {text(n.message_id, language, **n.fields)}" for n in claim.notes]
    return [*lines, ""]
