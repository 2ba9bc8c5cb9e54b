"""Put worked steps together: a whole solution, or what went wrong and the right line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.exercises.files.exercise import Step
from graphgrad.exercises.files.spelling import in_decimals, latex_label
from graphgrad.exercises.files.variants import Variant
from graphgrad.exercises.grading.graded_sheet import Marked
from graphgrad.exercises.grading.mistakes import mistake_text
from graphgrad.exercises.grading.step_mark import StepMark
from graphgrad.exercises.judging.mark import Mark
from graphgrad.exercises.reading.targets import given_text
from graphgrad.exercises.reports.report_lines import mark_lines
from graphgrad.exercises.reports.solution_latex import formula_latex
from graphgrad.exercises.sheets.sheet import Block, Document, figure_of, filled, heading_of
from graphgrad.exercises.sheets.worked_steps import Chain, Work
from graphgrad.messages.catalogue import language as language_in_force
from graphgrad.messages.catalogue import text
from graphgrad.views.text.numbers import with_commas_latex

__all__ = ["Solution", "step_to_explain"]

FORMAT = "graphgrad-solution/1"
_HEADLINES = {
    "wrong": "check.report.first",
    "unreadable": "classroom.explain.unreadable",
    "unknown-name": "classroom.explain.unreadable",
    "missing": "classroom.explain.missing",
}


def step_to_explain(marked: Marked) -> StepMark | None:
    """Return the step an explanation starts at: the first wrong, else unread, else missing one."""
    first = marked.report.first_wrong
    for status in _HEADLINES:
        found = [step for step in marked.steps if step.mark.status == status]
        named = [step for step in found if step.step.id == first]
        if found:
            return (named or found)[0]
    return None


class Solution:
    """The steps of a variant worked out, some of them or all.

    Args:
        variant: the exercise with its numbers.
        steps: the ids of those to show; all where none is named.
        marked: a student's answers: shows where they first go wrong, and the right line.
        language: otherwise the exercise's, or else the language in force.

    Raises:
        UsageError: if a step is none of the exercise.
    """

    def __init__(
        self,
        variant: Variant,
        *,
        steps: Sequence[str] = (),
        marked: Marked | None = None,
        language: str | None = None,
    ) -> None:
        self.variant = variant
        self.exercise = variant.exercise
        self.marked = marked
        self.language = language or self.exercise.language or None
        self.work = Work(variant)
        self.focus = None if marked is None else step_to_explain(marked)
        self.steps = self._chosen(steps)

    def _chosen(self, names: Sequence[str]) -> list[Step]:
        known = {step.id: step for step in self.exercise.steps}
        known = {step.label: step for step in self.exercise.steps} | known
        known |= {given_text(name, self.language): step for name, step in known.items()}
        for name in names:
            if name not in known:
                asked = ", ".join(self.exercise.asked)
                raise UsageError("classroom.explain.step", got=name, known=asked)
        if names:
            return [known[name] for name in names]
        if self.marked is not None:
            return [] if self.focus is None else [self.focus.step]
        return list(self.exercise.steps)

    # ---- for the terminal and for programs ----

    def lines(self) -> list[str]:
        """Return the solution as text."""
        found = list(self._student_lines())
        for chain in self._chains(self.steps):
            found += [*self._chain_lines(chain), ""]
        return found[:-1] if found and not found[-1] else found

    def _student_lines(self) -> Iterator[str]:
        if self.marked is None:
            return
        if self.focus is None:
            yield text("check.report.none", self.language)
            return
        yield self._headline(self.focus)
        yield from (f"    {reason}" for reason in self._reasons(self.focus))
        yield from ("", text("classroom.explain.right_line", self.language))

    def _chain_lines(self, chain: Chain) -> Iterator[str]:
        label = given_text(chain.step.label or chain.step.id, self.language)
        yield label
        for part in chain.parts:
            yield f"    = {in_decimals(self.exercise, part)}"
        if self._is_rounded(chain):
            yield f"    {'≈' if chain.parts and not chain.exact else '='} {chain.answer}"

    def to_json(self) -> dict[str, Any]:
        """Return the solution as one JSON object."""
        chains = self._chains(self.steps)
        return {
            "format": FORMAT,
            "exercise": self.exercise.id,
            "draw": self.variant.draw or None,
            "first_wrong": None if self.focus is None else self.focus.step.id,
            "reasons": [] if self.focus is None else self._reasons(self.focus),
            "steps": [
                {
                    "id": chain.step.id,
                    "parts": list(chain.parts),
                    "latex": [self._latex(part) for part in chain.parts],
                    "answer": chain.answer,
                }
                for chain in chains
            ],
        }

    # ---- for pages ----

    def document(self, *, student: str = "", figure: bool = True) -> Document:
        """Return the solution as a document for the writers of sheets."""
        title = text(
            "classroom.explain.title", self.language, title=self.exercise.title or self.exercise.id
        )
        return Document(
            title,
            self.language or language_in_force(),
            tuple(heading_of(self.variant, student, self.language, key=True)),
            tuple(Block("text", block) for block in self._blocks()),
            figure_of(self.variant, key=True, language=self.language) if figure else None,
            "",
            is_key=True,
        )

    def _blocks(self) -> Iterator[str]:
        if self.marked is not None:
            yield "\n".join(self._student_markdown())
        whole = len(self.steps) == len(self.exercise.steps)
        if not whole:
            yield from map(self._markdown, self._chains(self.steps))
            return
        shown: set[str] = set()
        for part in self.exercise.parts:
            if part.kind == "text":
                yield filled(self.variant, part.text)
            else:
                step = self.exercise.steps[part.step]
                yield from map(self._markdown, self.work.chains(step, shown))

    def _student_markdown(self) -> Iterator[str]:
        if self.focus is None:
            yield text("check.report.none", self.language)
            return
        yield f"**{self._headline(self.focus)}**"
        yield ""
        for reason in self._reasons(self.focus):
            yield f"- `{reason.replace('`', chr(39))}`" if "=" in reason else f"- {reason}"
        yield from ("", text("classroom.explain.right_line", self.language))

    def _markdown(self, chain: Chain) -> str:
        """Return a chain as a paragraph of formulas between which a line may break."""
        pieces = [latex_label(given_text(chain.step.label or chain.step.id, self.language))]
        pieces += [f"= {self._latex(part)}" for part in chain.parts]
        if self._is_rounded(chain):
            sign = r"\approx" if chain.parts and not chain.exact else "="
            pieces.append(f"{sign} {self._commas(formula_latex(self._plain(chain), self._words))}")
        return " ".join(f"${piece}$" for piece in pieces)

    # ---- parts of both ----

    def _chains(self, steps: Sequence[Step]) -> list[Chain]:
        shown: set[str] = set()
        return [chain for step in steps for chain in self.work.chains(step, shown)]

    def _headline(self, focus: StepMark) -> str:
        return text(_HEADLINES[focus.mark.status], self.language, step=focus.step.id)

    def _reasons(self, focus: StepMark) -> list[str]:
        """Return what was answered, why it is wrong, and what follows from it."""
        assert self.marked is not None
        found = []
        if focus.mark.given:
            given = given_text(focus.mark.given, self.language)
            found.append(text("classroom.report.given", self.language, text=given))
        found += [line.strip() for line in mark_lines(self.marked, focus.mark, self.language)]
        if focus.mistake is not None:
            found.append(mistake_text(focus.step, focus.mistake, self.language))
        later = self._following(focus.step.id)
        if later and focus.mark.status == "wrong":
            names = ", ".join(later)
            found.append(text("classroom.explain.follow", self.language, steps=names))
        return found

    def _following(self, first: str) -> list[str]:
        """Return the steps that were followed through from one, straight or by way of others."""
        assert self.marked is not None
        marks = [s.mark for s in self.marked.steps if s.mark.status == "follow-on"]
        found = {first}
        while new := [m.id for m in marks if m.id not in found and found & set(_sources(m))]:
            found.update(new)
        return [mark.id for mark in marks if mark.id in found]

    def _is_rounded(self, chain: Chain) -> bool:
        """Tell whether the key's number differs from the last part as it is printed."""
        last = in_decimals(self.exercise, chain.parts[-1]) if chain.parts else ""
        return bool(chain.answer) and "".join(last.split()) != "".join(chain.answer.split())

    @property
    def _words(self) -> Any:
        return self.work.truth.reference.vocabulary

    def _plain(self, chain: Chain) -> str:
        """Return the key's answer with decimal points."""
        if self.exercise.decimal != "comma":
            return chain.answer
        return chain.answer.replace(",", ".").replace(";", ",")

    def _latex(self, part: str) -> str:
        return self._commas(formula_latex(part, self._words, self.work.arrays))

    def _commas(self, latex: str) -> str:
        return with_commas_latex(latex) if self.exercise.decimal == "comma" else latex


def _sources(mark: Mark) -> Iterator[str]:
    """Yield the steps that a mark follows from: as its row names them, whole arrays as well."""
    for source in mark.consistent_with:
        for name in (source, f"{mark.scope}: {source}"):
            yield from (name, name.partition("[")[0])
