"""Check every claim of lecture notes, and say of each what became of it."""

from __future__ import annotations

import re
from dataclasses import replace

from graphgrad.errors import GraphgradError, Place, SourceError
from graphgrad.exercises.judging.mark import Mark
from graphgrad.exercises.marking.step_marker import Marker
from graphgrad.exercises.notes.bound_claims import bound_claim, judged_bound
from graphgrad.exercises.notes.context import Context, refuse_equation, with_functions
from graphgrad.exercises.notes.conventions import with_letters
from graphgrad.exercises.notes.corrected import convention_of, corrected_text
from graphgrad.exercises.notes.formulas_found import Claim, Span, claims_of, spans_of
from graphgrad.exercises.notes.indices import unbound_index
from graphgrad.exercises.notes.judged_claim import Judged, NotesReport
from graphgrad.exercises.notes.rescaled import rescaled
from graphgrad.exercises.notes.right_identity import at_zero, right_identity
from graphgrad.exercises.reading.answer_sheet import Answer, read_answer
from graphgrad.expr.differentials import derivative_parts
from graphgrad.ops.shapes import entries
from graphgrad.source.gg import read_gg

__all__ = ["check_notes"]

_DIGITS = 1
_STATUS = {
    "right": "true",
    "rounded": "true",
    "rough": "true",
    "undecided": "undecided",
    "wrong": "false",
    "follow-on": "false",
    "unknown-name": "unknown-name",
}
_ORDER = re.compile(r"^(?P<word>gg|assume|notation|skip)\s*:?\s*(?P<rest>.*)$", re.DOTALL)
_LET = re.compile(r"^\s*(?:let|sea|def)\s+")


def check_notes(text: str, *, notation: str = "graphgrad", path: str = "") -> NotesReport:
    r"""Check the claims of Markdown notes.

    Args:
        text: the notes; formulas stand between dollars or in ``claim`` blocks.
        notation: whose conventions hold: a profile's name.
        path: the file's name, for the places of what is reported.

    Returns:
        Every claim, definition and formula that could not be read, in the order of the file.

    >>> notes = "Let $z_1 = w_1 x_1$. Then $\\partial z_1/\\partial w_1 = w_1$."
    >>> [(each.status, each.corrected) for each in check_notes(notes).claims]
    [('definition', ''), ('false', 'x_1')]
    """
    reader = _NotesReader(text, notation, path)
    for span in spans_of(text):
        reader.meet(span)
    return NotesReport(path, reader.notation, tuple(reader.found))


class _NotesReader:
    """Walk over the pieces of a file with the names in force."""

    def __init__(self, text: str, notation: str, path: str) -> None:
        self.text = text
        self.notation = notation
        self.path = path
        self.found: list[Judged] = []
        self.contexts: list[tuple[int, Context]] = [(0, Context())]
        self.skipping = False

    @property
    def context(self) -> Context:
        return self.contexts[-1][1]

    def meet(self, span: Span) -> None:
        if span.kind == "heading":
            self.heading(len(span.text))
        elif span.kind == "order":
            self.order(span)
        elif span.kind == "gg":
            self.declare(span.text, span.start)
        elif span.kind == "claim":
            self.block(span)
        elif self.skipping:
            self.skipping = False
        else:
            for claim in claims_of(span.text, span.start):
                self.claim(claim)

    def heading(self, level: int) -> None:
        """Start afresh with what holds above: names of a section end with it."""
        while self.contexts[-1][0] >= level:
            self.contexts.pop()
        self.contexts.append((level, self.context.copy()))

    def order(self, span: Span) -> None:
        """Obey ``<!-- assume: x > 0 -->``, ``<!-- skip -->``, ``<!-- notation: upv -->``."""
        match = _ORDER.match(span.text)
        if match is None:
            return
        word, rest = match["word"], match["rest"].strip()
        if word == "gg":
            self.declare(rest, span.start)
        elif word == "assume":
            self.context.assume(rest)
        elif word == "notation":
            self.notation = rest
        else:
            self.skipping = True

    def declare(self, text: str, start: int) -> None:
        try:
            self.context.declare(read_gg(text, path=self.path))  # its data lie beside the notes
        except GraphgradError as error:
            line = self.text.count("\n", 0, start)
            place = error.place
            if place is not None:
                error.place = place._replace(line=place.line + line, path=self.path)
            self.found.append(Judged("unread", text.strip(), self.place(start, 1), error=error))

    def block(self, span: Span) -> None:
        """Read one claim a line; ``assume`` and ``let`` as in answer sheets."""
        offset = span.start
        for line in span.text.splitlines(keepends=True):
            text = line.split("#", 1)[0].rstrip()
            start = offset + len(text) - len(text.lstrip())
            offset += len(line)
            stripped = text.strip()
            if stripped.startswith("assume "):
                self.context.assume(stripped.removeprefix("assume "))
            elif stripped:
                named = _LET.match(stripped)
                begin = named.end() if named else 0
                self.claim(Claim(stripped[begin:], start + begin))

    # ---- one claim ----

    def claim(self, claim: Claim) -> None:
        place = self.place(claim.start, len(claim.text))
        text = claim.text.replace("\n", " ")
        whole = f"{claim.carried} {text}" if claim.carried else text
        judged = Judged("unread", " ".join(whole.split()), place)
        bound = bound_claim(claim.text)
        if bound is not None:
            self.found.append(judged_bound(bound, judged))
            return
        try:
            judged = self.judged(whole, judged, offset=len(whole) - len(text))
        except GraphgradError as error:
            index = unbound_index(whole)
            told = SourceError("notes.unbound_index", name=index) if index else error
            unknown = told.message_id == "answer.unknown_name"
            status = "unknown-name" if unknown else "unread"
            told = self.placed(told, claim, len(whole) - len(text))
            judged = replace(judged, status=status, error=told)
        self.found.append(judged)

    def judged(self, text: str, blank: Judged, offset: int) -> Judged:
        context = self.context
        text = with_functions(self.context, with_letters(self.notation, text))
        context.meet(text)
        answer = read_answer(text, context.vocabulary)
        if answer.error is not None:
            raise answer.error
        assert answer.target is not None
        name = answer.target.name
        if answer.target.kind == "value" and name in context.free and context.declared is None:
            stated = self.stated(answer, name)
            if stated is not None:
                return replace(blank, status=stated)
            answer = read_answer(text, context.vocabulary)
        self.refuse_undefined(answer)
        mark = Marker(context.reference, _DIGITS).mark([answer])[0]
        if mark.status == "wrong" and context.declared is None:
            refuse_equation(context, mark, answer)
        return self.reported(mark, answer, blank)

    def refuse_undefined(self, answer: Answer) -> None:
        """Refuse a derivative of what nothing defines: it states what it should follow from.

        Raises:
            SourceError: naming what is not defined.
        """
        context, target = self.context, answer.target
        if context.declared is not None or target is None:
            return
        names = [target.name] if target.kind == "derivative" else []
        for link in answer.links:
            parts = (derivative_parts(i.value) for i in link.reading.expression.items)
            names += [part[0] for part in parts if part is not None]
        for name in names:
            if name in context.free:
                raise SourceError("notes.undefined", name=name)

    def stated(self, answer: Answer, name: str) -> str | None:
        """Take ``x = 2`` as a value and ``z = w x`` as a definition; None if there is more."""
        expression, pool = answer.links[0].reading.expression, self.context.reference.pool
        values = entries(self.context.reference.meaning.of(expression))
        number = pool.value(values[0].id)
        if number is not None and len(values) == 1 and len(answer.links) == 1:
            self.context.give(name, number)
            return "given"
        used = {item.value for item in expression.items if item.kind == "name"}
        if name in used:
            raise SourceError("check.circular", name=name)
        if name in pool.names(term.id for term in values):  # b = a/2 below a = 2 b is a claim
            return None
        self.context.define(name, expression)
        return "definition" if len(answer.links) == 1 else None

    def reported(self, mark: Mark, answer: Answer, blank: Judged) -> Judged:
        status = _STATUS.get(mark.status, "unread")
        judged = replace(
            blank,
            status=status,
            read_as=mark.read_as,
            method=mark.method,
            sides=answer.target is not None and answer.target.kind == "claim",
            counterexample=mark.counterexample,
            notes=mark.notes,
            error=mark.error,
            expected=mark.expected,
        )
        if mark.error is not None and status in ("unread", "unknown-name"):
            raise mark.error
        scaled = rescaled(self.context.reference, answer) if status == "false" else None
        if scaled is not None:
            judged = replace(judged, status="convention", notes=(*judged.notes, scaled))
            return replace(judged, corrected=corrected_text(self.context, answer))
        if status == "false":
            found = convention_of(self.context.reference, answer, self.notation)
            if found is not None:
                status = "convention" if found.follows else "false"
                judged = replace(judged, status=status, notes=(*judged.notes, *found.notes))
            judged = replace(judged, corrected=corrected_text(self.context, answer))
        return self.corrected(judged, answer) if judged.sides and status == "false" else judged

    def corrected(self, judged: Judged, answer: Answer) -> Judged:
        """Return a false identity with what it should say, and 0 as the witness if it is one."""
        right = right_identity(self.context, answer)
        return replace(
            judged,
            corrected=right.text,
            counterexample=at_zero(self.context, answer) or judged.counterexample,
            notes=(*judged.notes, *right.notes),
        )

    # ---- places ----

    def place(self, start: int, length: int) -> Place:
        begin = self.text.rfind("\n", 0, start) + 1
        end = self.text.find("\n", start)
        line = self.text[begin : len(self.text) if end < 0 else end]
        number = self.text.count("\n", 0, start) + 1
        return Place(number, start - begin + 1, line, self.path, min(length, len(line)))

    def placed(self, error: GraphgradError, claim: Claim, offset: int) -> GraphgradError:
        """Return an error whose caret stands in the file."""
        column = 1 if error.place is None else error.place.column - offset
        length = 1 if error.place is None else error.place.length
        lettered = with_letters(self.notation, claim.text)
        same = with_functions(self.context, lettered) == claim.text
        inside = error.place is not None and same
        start = claim.start + max(0, column - 1) if inside else claim.start
        error.place = self.place(start, length if inside else len(claim.text))
        return error
