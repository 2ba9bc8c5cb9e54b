"""Hold what a comparison came to; words are chosen where it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from graphgrad.graph import display
from graphgrad.messages.catalogue import text

__all__ = ["CONDITIONS", "Counterexample", "Note", "Status", "Verdict", "conditions_first"]

Status = Literal["equal", "different", "undecided"]


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A point at which two expressions differ, with both values to 6 digits or more.

    Attributes:
        at: the variables' exact values, as text.
        left: the first expression there, or ``undefined``.
        right: the second expression there, or ``undefined``.
    """

    at: Mapping[str, str]
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Note:
    """A remark: a message id and its fields."""

    message_id: str
    fields: Mapping[str, Any] = field(default_factory=dict)


CONDITIONS = (
    "check.base_positive",
    "check.whole_numbers",
    "check.at_jump",
    "check.left_gap",
    "check.right_gap",
    "check.left_except",
    "check.right_except",
    "check.except_jumps",
)
"""The remarks that say where two equal formulas are not; they are told before everything else."""


def conditions_first(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return remarks with those in front that say where an equality does not hold."""
    return tuple(sorted(notes, key=lambda note: note.message_id not in CONDITIONS))


@dataclass(frozen=True, slots=True, repr=False)
class Verdict:
    """Whether two expressions are equal, and how that is known.

    Attributes:
        status: ``equal`` (proved), ``different`` (there is a counterexample) or ``undecided``
            (agreed at some points to 50 digits, neither proved nor disproved).
        method: ``identical``, ``normal-form``, ``sympy``, ``counterexample``, ``undefined``,
            ``shape`` or ``points``.
        points: at how many points the two agreed.
        cases: how many sign cases a proof went through.
        counterexample: where they differ.
        assumed: the declared relations without which they would not be equal.
        notes: remarks on domains.
        remarks: how formulas were read that could be read in another way.
    """

    status: Status
    method: str
    points: int = 0
    cases: int = 0
    counterexample: Counterexample | None = None
    assumed: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    remarks: tuple[Note, ...] = ()

    @property
    def conditions(self) -> tuple[Note, ...]:
        """Return where the two are not equal, although they are said to be."""
        if self.status != "equal":
            return ()
        return tuple(note for note in self.notes if note.message_id in CONDITIONS)

    def headline(self, language: str | None = None) -> str:
        """Return the verdict in words; what it holds under comes first.

        Args:
            language: one of `LANGUAGES`; otherwise the language in force.
        """
        told = [text(note.message_id, language, **note.fields) for note in self.conditions]
        return " ".join(told) or text(f"check.verdict.{self.status}", language)

    def __repr__(self) -> str:
        return f"<Verdict {self.status} by {self.method}>"

    __str__ = display.lines_of
    _repr_mimebundle_ = display.bundle_of_lines

    def __bool__(self) -> bool:
        """Tell whether equality is proved."""
        return self.status == "equal"
