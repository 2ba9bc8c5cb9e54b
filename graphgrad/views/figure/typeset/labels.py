"""Arrange what a box or an edge says in rows of typeset pieces, measured for all steps at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from graphgrad.symbolic.write.words_latex import text_tex
from graphgrad.views.figure.content.diagram import LEAF_ROLES, DiagramBox, DiagramEdge
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.content.spellings import without_fraction
from graphgrad.views.figure.typeset.label_rows import Label, LabelRow
from graphgrad.views.figure.typeset.rows import Rows
from graphgrad.views.text.numbers_latex import readable, value_tex, value_words

__all__ = ["Labels"]

_MOST_ROWS = 4
_PHRASES = re.compile(r", (?![^(]*\))")
_MOST_TERMS = 4
_SIGNS_AND_NUMBERS, _NUMBERS_ALONE = 2, 3
_SLACK = 1.25
_LONG = 60.0
_SIGNS, _SHORT_SIGN = "signs", r"\partial"
_MOST_NOTES, _FIRST_MARK = 12, ord("①")
"""There are twenty circled numbers; a list of more than a dozen is not read beside a graph."""


class Labels(Rows):
    """Write the labels of one scene.

    Attributes:
        notes: what stands below the graph instead of on an edge, by id of the edge.
    """

    def __init__(self, options: SceneOptions, largest: float = 0.0) -> None:
        super().__init__(options, largest)
        self.notes: dict[str, LabelRow] = {}

    def box(self, box: DiagramBox, terms: Sequence[Any] = ()) -> Label:
        """Return the label of a box.

        Args:
            box: the box.
            terms: the contributions whose sum its adjoint is, where there are several.
        """
        if self.options.style in ("operator", "wire") and not box.count:
            return Label(tuple(self._circle(box)), self.density.leading)
        if self.options.short_layers and box.call:
            box = box._replace(summary=_kind_alone(box), formula="", call="")
        if box.label:  # first: an error about it shall name it as its author wrote it
            self._row("name", [box.label])
        told = list(self._frontier(box) if box.count else self._numbers(box, terms))
        width = max((row.width for row in told), default=0.0)
        rows = list(self._head(box, width))
        if box.summary:
            width = max(width, *(row.width for row in rows))
            rows += self._phrases(box.summary, max(width, self.density.widest_name))
        return Label((*rows, *told), self.density.leading)

    def _numbers(self, box: DiagramBox, terms: Sequence[Any]) -> Iterator[LabelRow]:
        """Yield the rows of a box below its name."""
        if box.value is not None and "values" in self.options.show:
            yield self._value(box, "")
        if box.adjoint is not None and "adjoints" in self.options.show:
            sign = f"{self._sign(box)}{self._sum(terms)}"
            yield self._answer("adjoint", sign, box.adjoint, box.adjoint_step)
            if box.error_tex:
                sign = rf"{box.error_tex} = {{-}}{box.adjoint_sign}"
                yield self._answer("adjoint", sign, 0 - box.adjoint, box.adjoint_step)
        yield from self._changes(box, "")
        if box.trouble:
            row = self._row("trouble", [text_tex(f"! {box.trouble}")])
            yield row._replace(known_step=box.value_step)

    def _frontier(self, box: DiagramBox) -> Iterator[LabelRow]:
        """Yield the values and adjoints of a fold that others read."""
        lines = any(inner.role not in LEAF_ROLES for inner in box.inside)
        if self.options.short_arrays and not lines and any(_size(i) for i in box.frontier):
            return
        for inner in box.frontier:
            if inner.value is not None and "values" in self.options.show:
                yield self._value(inner, inner.label if box.named else "")
            if inner.adjoint is not None and "adjoints" in self.options.show:
                sign = self._sign(inner)
                yield self._answer("adjoint", sign, inner.adjoint, inner.adjoint_step)
            yield from self._changes(inner, inner.label if box.named else "")

    def _changes(self, box: DiagramBox, name: str) -> Iterator[LabelRow]:
        """Yield by how much the numbers of a box differ from those that they are compared to."""
        for kind, change in box.changes:
            if f"{kind}s" in self.options.show:
                step = box.value_step if kind == "value" else box.adjoint_step
                sign = rf"\Delta\, {self._sign(box) if kind == 'adjoint' else name}"
                yield self._answer(kind, sign.removesuffix(r"\, "), change, step, given=True)

    def _sign(self, box: DiagramBox) -> str:
        """Return the sign of an adjoint; where it is cut short, a note below says what it is."""
        before, slash, _ = box.adjoint_sign.partition("/")
        if not self.options.short_signs or not slash:
            return box.adjoint_sign
        if _SIGNS not in self.notes:
            told = [_SHORT_SIGN, "=", rf"{before}/\partial \left(\,\cdot\,\right)"]
            self.notes[_SIGNS] = self._row("adjoint", told)
        return _SHORT_SIGN

    def _value(self, box: DiagramBox, sign: str) -> LabelRow:
        """Return the row of a value; what is given is never blank, or nothing could be found."""
        given = box.role in LEAF_ROLES
        return self._answer("value", sign, box.value, box.value_step, given=given)

    def wire(self, box: DiagramBox, edge: DiagramEdge, uses: int) -> Label:
        """Return the label of a wire: the value that it carries above, what comes back below.

        Args:
            box: the box it leaves.
            edge: the wire.
            uses: how many wires leave the box; of several, each brings back a contribution.
        """
        rows = []
        if box.value is not None and "values" in self.options.show:
            rows.append(self._value(box, ""))
        back = box.adjoint if uses == 1 else edge.contribution
        step = box.adjoint_step if uses == 1 else edge.backward_step
        if back is not None and "adjoints" in self.options.show:
            rows.append(self._answer("adjoint", "", back, step))
        return Label(tuple(rows), self.density.leading)

    def _circle(self, box: DiagramBox) -> Iterator[LabelRow]:
        """Yield the rows of an operation's circle, or of a leaf beside circles."""
        yield self._row("name", [box.symbol or box.label or box.formula])
        if self.options.style == "wire":
            return
        named = "." not in box.name and bool(box.symbol)
        if box.value is not None and "values" in self.options.show:
            yield self._value(box, box.label if named else "")
        if box.adjoint is not None and "adjoints" in self.options.show:
            sign = self._sign(box) if named or not box.symbol else ""
            yield self._answer("adjoint", sign, box.adjoint, box.adjoint_step)

    def edge(self, edge: DiagramEdge, upstream: str) -> Label:
        """Return the label of an edge.

        Args:
            edge: the edge.
            upstream: the sign of its target's adjoint.
        """
        if self.options.brief > _NUMBERS_ALONE:
            return Label()
        rows = list(self._partial(edge))
        is_weight = edge.weight is not None
        room = len(self.notes) < _MOST_NOTES and not is_weight  # those stand there without a mark
        if self.options.numbered and _is_long(rows) and room:
            rows = [self._noted(edge)]
        hot = self.options.heat == "contribution" and self.options.style != "neurons"
        shown = hot or "contributions" in self.options.show
        if edge.contribution is not None and shown:
            told = edge.sign and self.options.brief < _SIGNS_AND_NUMBERS
            sign = rf"{upstream} \cdot {edge.sign}" if told else r"\Delta"
            rows.append(self._answer("contribution", sign, edge.contribution, 0))
        known = 0 if is_weight else edge.backward_step
        later = tuple(row._replace(known_step=known) for row in rows)
        return Label(later, self.density.leading)

    def _noted(self, edge: DiagramEdge) -> LabelRow:
        """Return the number of a note, and keep the note: the derivative as it would stand here."""
        mark = chr(_FIRST_MARK + len(self.notes) - (_SIGNS in self.notes))
        pieces = [mark, without_fraction(edge.sign), "=" if edge.sign else "", edge.partial]
        if edge.number is not None and not _says_the_same(edge.partial, edge.number):
            row = self._answer("partial", "", edge.number, edge.backward_step, pieces)
        else:
            row = self._row("partial", pieces)._replace(known_step=edge.backward_step)
        self.notes[edge.id] = row
        return self._row("partial", [mark])._replace(answer=_answer_of(edge.number))

    def _head(self, box: DiagramBox, width: float) -> Iterator[LabelRow]:
        """Yield the name and what it is equal to; a call too wide for a row of its own as words.

        Args:
            box: the box.
            width: of its numbers: on a page, where room is short, the head may be as wide.
        """
        widest = max(self.density.widest_name, width if self.options.compact else 0.0)
        called = box.call and self._row("name", [box.label, "=", box.formula])
        if called and called.width > widest:
            yield self._row("name", [box.label])
            below = self._row("name", ["=", box.formula])
            if below.width <= max(widest, width):
                yield below
                return
            head, bracket, given = box.call.partition("(")
            spaced = head.replace("_", " ")  # as in a formula, and broken between its words
            yield from self._phrases(f"= {spaced}{bracket}{given}", max(widest, width))
            return
        yield from self._title(box, widest)

    def _title(self, box: DiagramBox, widest: float) -> Iterator[LabelRow]:
        same = box.formula in ("", box.label)
        if same or not box.label:
            alone = self._row("name", [box.label or box.formula])
            fits = alone.width <= widest
            yield from [alone] if fits else self._rows("name", alone.tex, widest)
            return
        whole = self._row("name", [box.label, "=", box.formula])
        if whole.width <= widest:
            yield whole
            return
        before = whole.width - self._row("name", [box.formula]).width
        rows = list(self._rows("name", box.formula, widest - before / 2))
        yield self._row("name", [box.label, "=", rows[0].tex])
        yield from rows[1:]

    def _partial(self, edge: DiagramEdge) -> Iterator[LabelRow]:
        if not edge.partial or "partials" not in self.options.show:
            return
        if self._is_short(edge):
            sign = edge.sign if self.options.brief < _NUMBERS_ALONE else ""
            given = _says_the_same(edge.partial, edge.number) and not self._asked("partials")
            yield self._answer("partial", sign, edge.number, 0, given=given)
            return
        pieces = [edge.sign, "=", edge.partial] if edge.sign else [edge.partial]
        row = self._row("partial", pieces)
        number = edge.number
        hidden = "partial" in self._blank and not self._asked("partials")
        if number is None or _says_the_same(edge.partial, number) or hidden:
            rows = [row] if row.width <= self.density.widest_partial else self._short(row, edge)
            unsaid = len(rows) == 1 and rows[0].tex == edge.sign
            if number is not None and (self._asked("partials") or (hidden and unsaid)):
                rows = [self._answer("partial", edge.sign, number, 0)]
            yield from (r._replace(answer=_answer_of(number)) for r in rows)
            return
        whole = self._answer("partial", "", number, 0, pieces)
        if whole.width <= self.density.widest_partial * _SLACK:
            yield whole
            return
        rows = self._short(row, edge)
        if len(rows) == 1 and rows[0].tex == edge.sign:
            yield self._answer("partial", edge.sign, number, 0)
            return
        yield from rows
        yield self._answer("partial", "", number, 0, [])

    def _short(self, row: LabelRow, edge: DiagramEdge) -> list[LabelRow]:
        """Return a long partial in rows; what does not fit even so is left out."""
        if row.width <= self.density.widest_partial:
            return [row]
        rows = list(self._rows("partial", row.tex, self.density.widest_partial))
        if (
            len(rows) <= _MOST_ROWS
            and max(r.width for r in rows) <= _SLACK * self.density.widest_partial
        ):
            return rows
        return [self._row("partial", [edge.sign])] if edge.sign else []

    def _is_short(self, edge: DiagramEdge) -> bool:
        """Tell whether an edge's label is its sign and its number alone."""
        short = self.options.brief >= _SIGNS_AND_NUMBERS
        return short and edge.number is not None and bool(edge.sign)

    def _sum(self, terms: Sequence[Any]) -> str:
        """Return the terms of a sum of numbers, as `` = 11 + 2``; nothing for arrays."""
        if not 1 < len(terms) <= _MOST_TERMS or any(getattr(t, "shape", ()) for t in terms):
            return ""
        if "adjoints" in self.options.blank or self.options.brief:
            return ""
        digits, comma = self.options.digits, self.options.decimal_comma
        written = [value_tex(term, digits, comma=comma) for term in terms]
        signed = [f"({w})" if w.startswith("{-") and i else w for i, w in enumerate(written)]
        return f" = {' + '.join(signed)}"


def _size(box: DiagramBox) -> int:
    return len(getattr(box.value, "shape", ()))


def _is_long(rows: Sequence[LabelRow]) -> bool:
    return len(rows) > 1 or any(row.width > _LONG for row in rows)


def _kind_alone(box: DiagramBox) -> str:
    """Return what a closed group is and its activation: phrases that name no parameter."""
    first, *others = _PHRASES.split(box.summary or box.call.partition("(")[0])
    return ", ".join([first, *(other for other in others if " " not in other)])


def _says_the_same(formula: str, number: Any) -> bool:
    """Tell whether a number repeats its formula, as 1 = 1 or 1 = a matrix of ones."""
    constant = formula.strip("{}-").replace(".", "").isdigit()
    return constant and (bool(getattr(number, "shape", ())) or formula == value_words(number))


def _answer_of(number: Any) -> str:
    return "" if number is None else readable(number)
