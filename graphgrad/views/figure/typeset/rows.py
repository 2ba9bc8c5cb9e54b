"""Typeset the rows of labels: signs, numbers and blanks, formulas and words that are too wide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from graphgrad.symbolic.write.names import name_latex
from graphgrad.symbolic.write.words_latex import text_tex
from graphgrad.views.figure.content.heat import grid_of
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.geometry.places import Size
from graphgrad.views.figure.typeset.density import density_of
from graphgrad.views.figure.typeset.label_rows import GAP, LabelKind, LabelRow, broken
from graphgrad.views.figure.typeset.outlines_of_text import beside
from graphgrad.views.figure.typeset.typeset import typeset
from graphgrad.views.text.numbers import shape_of, with_commas_latex
from graphgrad.views.text.numbers_latex import ends_tex, is_tall, readable, value_tex

__all__ = ["Rows"]

_MATRIX, _MATRIX_SCALE = r"\begin{bmatrix}", 0.85
_MOST_ROWS = 4
_LONGEST_WORDS = 120
_PHRASE = re.compile(r"(?<=, )")
_LETTER = re.compile(r"(?:(?<=, )|^|(?<=\d…))[^\W\d_](?:\d+|_[^\W_]+)?(?= [\d(]|,|…|$)")
"""A variable of one letter at the head of a phrase: b in "b 16", w_f, both ends of w1…w3."""
_WORD = re.compile(r"(?<=[ _(,])")
_BLANK, _CLOSE_BLANK, _BLANK_AIR = Size(52.0, 22.0), Size(61.0, 25.0), 18.0
"""A number has room in both by hand: on a page all is made smaller, to letters of 10 pt."""


class Rows:
    """Write rows as the options of a scene want them.

    Args:
        options: of the scene.
        largest: the largest number that it tells by colour.
    """

    def __init__(self, options: SceneOptions, largest: float = 0.0) -> None:
        self.options, self.largest = options, largest
        self.density = density_of(compact=options.compact, narrow=options.short_signs)
        self._blank = {word.removesuffix("s") for word in options.blank}
        if "value" in self._blank:
            self._blank.add("partial")  # a derivative is a formula of the values

    def _row(self, kind: LabelKind, pieces: Sequence[str], matrix: float = 0.0) -> LabelRow:
        """Return pieces side by side, matrices in a size of their own."""
        size = self.density.letters[kind]
        kept = [piece for piece in pieces if piece]
        if self.options.decimal_comma:
            kept = [with_commas_latex(piece) for piece in kept]
        sizes = [matrix if matrix and piece.startswith(_MATRIX) else size for piece in kept]
        inks = [typeset(piece, size) for piece, size in zip(kept, sizes, strict=True)]
        tex = " ".join(kept)
        return LabelRow(kind, tex, beside(inks, size * GAP), size)

    def _rows(self, kind: LabelKind, tex: str, limit: float) -> Iterator[LabelRow]:
        size = self.density.letters[kind]
        rows = broken(tex, lambda piece: typeset(piece, size).width, limit, size * GAP)
        if len(rows) > _MOST_ROWS:
            rows = [*rows[: _MOST_ROWS - 1], r"\cdots"]
        for row in rows:
            yield self._row(kind, [row])

    def _answer(
        self,
        kind: LabelKind,
        sign: str,
        value: Any,
        step: int,
        pieces: Sequence[str] | None = None,
        *,
        given: bool = False,
    ) -> LabelRow:
        """Return ``sign = value``, or ``sign =`` and an empty box, but never for what is given."""
        scale = 1.0 if self.options.compact else _MATRIX_SCALE
        small = self.density.letters[kind] * (scale if is_tall(value) else 1.0)
        digits, comma = self.options.digits, self.options.decimal_comma
        before = [*(pieces if pieces is not None else [sign] if sign else [])]
        if before or pieces is not None:
            before.append("=")
        blank = kind in self._blank and not given
        if kind == self.options.heat and not blank:
            return self._heated(kind, before, value)._replace(known_step=step)
        if self.options.short_arrays:  # an adjoint has the shape of the value above it
            shaped = kind != "adjoint" or "values" not in self.options.show
            answer = ends_tex(value, digits, comma=comma, shaped=shaped)
        else:
            answer = value_tex(value, digits, comma=comma)
        row = self._row(kind, before if blank else [*before, answer], small)
        if blank:
            hidden = typeset(answer, small)
            least = _CLOSE_BLANK if self.options.compact else _BLANK
            width = max(least.width, hidden.width + _BLANK_AIR)
            row = row._replace(blank=(width, max(least.height, hidden.height + 6)))
        return row._replace(known_step=step, answer=readable(value))

    def _heated(self, kind: LabelKind, before: Sequence[str], value: Any) -> LabelRow:
        """Return a number with a cell behind it, or the cells of an array.

        The shape stands before them, but for a vector whose cells can be counted.
        """
        shape, grid = shape_of(value), grid_of(value, self.largest)
        digits, comma = self.options.digits, self.options.decimal_comma
        told = r"{\times}".join(map(str, shape)) if len(shape) > 1 else ""
        if len(shape) == 1 and grid.each > 1:
            told = rf"\left({shape[0]}\right)"
        if not shape:
            told = value_tex(value, digits, comma=comma)
        row = self._row(kind, [*before, told])
        return row._replace(grid=grid, answer=readable(value))

    def _asked(self, part: str) -> bool:
        """Tell whether numbers are asked to be blank, and not only for what they give away."""
        return part in self.options.blank

    def _phrases(self, summary: str, widest: float) -> Iterator[LabelRow]:
        """Yield words in rows, broken after commas, and inside of phrases that are too long."""
        row = ""
        for phrase in _PHRASE.split(summary):
            for part in self._parts(phrase, widest) if row or phrase else ():
                longer = f"{row}{part}"
                if row and self._words(longer.rstrip()).width > widest:
                    yield self._words(row.rstrip())
                    longer = part.lstrip()
                row = longer
        yield self._words(row.rstrip())

    def _parts(self, phrase: str, widest: float) -> list[str]:
        """Return a phrase, in parts where it is wider than a row."""
        if self._words(phrase.rstrip()).width <= widest:
            return [phrase]
        return [part for part in _WORD.split(phrase) if part]

    def _words(self, words: str) -> LabelRow:
        """Return words in a row; a parameter among them looks as in a box of its own."""
        return self._row("group", ["".join(_with_letters(words))])


def _with_letters(words: str) -> Iterator[str]:
    """Yield words as text, and letters that head a phrase, with their indices, as variables."""
    ended = 0
    for found in _LETTER.finditer(words):
        if found.start() > ended:
            yield text_tex(words[ended : found.start()], most=_LONGEST_WORDS)
        yield name_latex(found[0])
        ended = found.end()
    if ended < len(words):
        yield text_tex(words[ended:], most=_LONGEST_WORDS)
