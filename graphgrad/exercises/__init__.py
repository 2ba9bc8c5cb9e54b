"""Check hand exercises: decide equality, mark answer sheets, say which step is wrong first."""

from graphgrad.exercises.equivalence import equivalent
from graphgrad.exercises.marking import check
from graphgrad.exercises.report import Mark, Report
from graphgrad.exercises.verdict import Counterexample, Note, Verdict

__all__ = ["Counterexample", "Mark", "Note", "Report", "Verdict", "check", "equivalent"]
