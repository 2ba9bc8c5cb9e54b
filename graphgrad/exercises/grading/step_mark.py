"""Hold one step of a marked sheet with what it earned."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from graphgrad.exercises.files.exercise import Step
from graphgrad.exercises.judging.mark import Mark
from graphgrad.exercises.misconceptions.lookup import Named

__all__ = ["StepMark"]


@dataclass(frozen=True)
class StepMark:
    """One step of the exercise with what it earned.

    Attributes:
        step: the step.
        mark: the mark that counts.
        points: what it earned.
        others: how many further answers the sheet has for it; the last one counts.
        mistake: what went wrong, where only one common mistake fits.
        charged_with: the earlier step at which the same mistake was charged already.
    """

    step: Step
    mark: Mark
    points: Fraction
    others: int = 0
    mistake: Named | None = None
    charged_with: str = ""
