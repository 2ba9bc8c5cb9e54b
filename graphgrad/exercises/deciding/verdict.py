"""Hold what a comparison came to; words are chosen where it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["Counterexample", "Note", "Status", "Verdict"]

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


@dataclass(frozen=True, slots=True)
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

    def __bool__(self) -> bool:
        """Tell whether equality is proved."""
        return self.status == "equal"
