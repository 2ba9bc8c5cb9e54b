"""Explain shapes, colours and lines below the graph, and what had no room on its edges."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graphgrad.messages.catalogue import text
from graphgrad.symbolic.write.words_latex import text_tex
from graphgrad.views.figure.content.heat import EdgeHeat, number_at
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.geometry.places import Rect, sampled
from graphgrad.views.figure.scene.pages import page_of
from graphgrad.views.figure.scene.scene import LegendEntry, Scene, SceneText
from graphgrad.views.figure.typeset.density import ROOMY
from graphgrad.views.figure.typeset.label_rows import LabelRow
from graphgrad.views.figure.typeset.measured import Measured
from graphgrad.views.figure.typeset.typeset import typeset
from graphgrad.views.text.numbers_latex import value_tex

__all__ = [
    "HEAT",
    "HEAT_LINE",
    "MARKS",
    "notes_height",
    "scales_height",
    "with_heat",
    "with_legend",
    "with_marks",
    "with_notes",
]

_SAMPLE_WIDTH, _SAMPLE_HEIGHT = 30.0, 17.0
_GAP, _BETWEEN, _LINE = 7.0, 22.0, 26.0
_ABOVE = 22.0
_ABOVE_NOTES, _BETWEEN_NOTES, _CLEAR = 14.0, 5.0, 10.0
NOTE, WORDS = "note", "words"
"""The samples of entries that are numbered notes, or words alone."""
MARKS = ("differs", "only")
"""The samples of marks in a comparison."""
HEAT, HEAT_LINE = "heat", "line"
"""The samples of a cell and of a line of a level, as in ``heat -0.5``."""
_LETTERS = ("value", "adjoint", "partial", "contribution")
_ROLES = ("input", "parameter", "constant", "computation", "loss", "folded")


def with_legend(scene: Scene) -> Scene:
    """Return a scene with a legend of what it shows, below everything."""
    return _with_entries(scene, ((sample, text_tex(told)) for sample, told in _entries(scene)))


def with_heat(scene: Scene, labels: Measured, lines: EdgeHeat, options: SceneOptions) -> Scene:
    """Return a scene with the scales of its colours below everything: of cells, and of lines.

    Args:
        scene: the figure.
        labels: its labels; their cells share one scale.
        lines: what its lines tell.
        options: what is told by colour, and how numbers are written.
    """
    each = labels.most_in_a_cell
    told: list[tuple[str, str]] = []
    if each:
        told += _scale(HEAT, options.heat, labels.largest, options, scene.language)
    if each > 1:
        told.append((WORDS, text_tex(text("scene.heat.each", scene.language, count=each))))
    if lines.largest:
        kind = f"{lines.heat}_line" if options.style == "neurons" else lines.heat
        scene = _with_entries(scene, told, options.fit) if told else scene
        told = list(_scale(HEAT_LINE, kind, lines.largest, options, scene.language))
    return _with_entries(scene, told, options.fit) if told else scene


def with_marks(scene: Scene) -> Scene:
    """Return a scene with its marks of differences explained below everything."""
    marks = {box.mark for box in scene.boxes} | {edge.mark for edge in scene.edges}
    told = [(str(mark), f"scene.mark.{mark}") for mark in MARKS if mark in marks]
    told = told or [(WORDS, "scene.mark.none")]
    words = ((sample, text_tex(text(key, scene.language))) for sample, key in told)
    return _with_entries(scene, words)


def _scale(
    sample: str, kind: str, largest: float, options: SceneOptions, language: str
) -> Iterator[tuple[str, str]]:
    """Yield what is told by colour, and some numbers of its scale."""
    yield WORDS, text_tex(text(f"scene.heat.{kind}", language))
    for level in (-1.0, -0.5, 0.0, 0.5, 1.0) if largest else (0.0,):
        number = number_at(level, largest) or 0.0
        written = value_tex(number, options.digits, comma=options.decimal_comma)
        yield f"{sample} {level:g}", written


def _with_entries(scene: Scene, told: Iterable[tuple[str, str]], page: str = "") -> Scene:
    """Return a scene with samples and what they mean in rows below everything.

    The rows are as long as the figure is wide, or as a page lets it be that is filled in height.
    """
    left, right, bottom = _below(scene)
    if page:
        width, height = page_of(page)
        right = max(right, left + (bottom + _ABOVE + _LINE) * width / height)
    x, y = left, bottom + (_BETWEEN_NOTES if page and scene.legend else _ABOVE)
    entries: list[LegendEntry] = []
    for sample, tex in told:
        entry = _entry(sample, tex, x, y)
        if entry.text.rect.right > right and x > left:
            x, y = left, y + _LINE
            entry = _entry(sample, tex, x, y)
        entries.append(entry)
        x = entry.text.rect.right + _BETWEEN
    return scene._replace(legend=(*scene.legend, *entries))


def _below(scene: Scene) -> tuple[float, float, float]:
    """Return the left end, the right end and the bottom of all that is drawn."""
    left = min((box.rect.left for box in scene.boxes), default=0.0)
    right = max((box.rect.right for box in scene.boxes), default=0.0)
    bottom = max((box.rect.bottom for box in scene.boxes), default=0.0)
    bottom = max([bottom, *(group.rect.bottom for group in scene.groups)])
    for edge in scene.edges:
        bottom = max([bottom, *(point.y for point in edge.curve)])
        bottom = max(bottom, edge.label.bottom if edge.label is not None else bottom)
    return left, right, max([bottom, *(entry.rect.bottom for entry in scene.legend)])


def with_notes(scene: Scene, notes: Mapping[str, LabelRow]) -> Scene:
    """Return a scene with numbered notes in rows below what stands above them."""
    left, right, _ = _below(scene)
    entries = list(scene.legend)
    found = list(_in_rows(notes, right - left))
    top = _under(scene, left, left + max(map(_width, found), default=0.0)) + _ABOVE_NOTES
    for rows in found:
        x, ascent = left, max(row.ascent for row in rows)
        for row in rows:
            text = SceneText(row.kind, row.tex, row.ink, x, top + ascent, row.size, row.known_step)
            entries.append(LegendEntry(NOTE, Rect(x, top, 0.0, 0.0), text))
            x += row.width + _BETWEEN
        top += ascent + max(row.descent for row in rows) + _BETWEEN_NOTES
    return scene._replace(legend=tuple(entries))


def _under(scene: Scene, left: float, right: float) -> float:
    """Return the bottom of what is drawn between two places from left to right."""
    rects = [box.rect for box in scene.boxes]
    rects += [group.rect for group in scene.groups]
    rects += [edge.label for edge in scene.edges if edge.label is not None]
    rects += [entry.text.rect for entry in scene.legend]
    rects += [Rect(p.x, p.y, 0.0, 0.0) for edge in scene.edges for p in sampled(edge.curve)]
    near = (r.bottom for r in rects if r.left < right + _CLEAR and r.right > left - _CLEAR)
    return max(near, default=0.0)


def _width(row: Sequence[LabelRow]) -> float:
    """Return the width of a row of notes."""
    return math.fsum(note.width for note in row) + _BETWEEN * (len(row) - 1)


def notes_height(notes: Mapping[str, LabelRow], width: float) -> float:
    """Return how high notes stand below a graph of a width."""
    rows = list(_in_rows(notes, width))
    heights = (max(r.ascent for r in row) + max(r.descent for r in row) for row in rows)
    return math.fsum(heights) + len(rows) * _BETWEEN_NOTES + (_ABOVE_NOTES if rows else 0.0)


def scales_height(labels: Measured, lines: EdgeHeat) -> float:
    """Return about how high the scales of colours stand below a graph: a row each."""
    rows = bool(labels.most_in_a_cell) + bool(lines.largest)
    return _ABOVE - _BETWEEN_NOTES + rows * (_LINE + _BETWEEN_NOTES) if rows else 0.0


def _in_rows(notes: Mapping[str, LabelRow], width: float) -> Iterator[list[LabelRow]]:
    row: list[LabelRow] = []
    used = 0.0
    for note in notes.values():
        if row and used + note.width > width:
            yield row
            row, used = [], 0.0
        row.append(note)
        used += note.width + _BETWEEN
    if row:
        yield row


def _entries(scene: Scene) -> Iterator[tuple[str, str]]:
    """Yield what is sampled and what it means, for what the scene has."""
    language = scene.language
    roles = {box.role for box in scene.boxes if box.shape != "bare"}
    for role in _ROLES:
        if role in roles:
            yield role, text(f"figure.role.{role}", language)
    kinds = {t.kind for box in scene.boxes for t in box.texts}
    kinds |= {t.kind for edge in scene.edges for t in edge.texts}
    kinds |= {blank.kind for blank in scene.blanks}
    for kind in _LETTERS:
        if kind in kinds:
            yield kind, text(f"scene.legend.{kind}", language)
    yield "forward", text("scene.legend.forward", language)
    if scene.last_step and any(edge.backward_step for edge in scene.edges):
        yield "backward", text("scene.legend.backward", language)


def _entry(sample: str, tex: str, x: float, y: float) -> LegendEntry:
    size = ROOMY.letters["group"]
    width = 0.0 if sample == WORDS else _SAMPLE_WIDTH
    width = _SAMPLE_HEIGHT if sample.startswith(f"{HEAT} ") else width
    rect = Rect(x, y, width, _SAMPLE_HEIGHT)
    baseline = rect.centre.y + 0.33 * size
    left = rect.right + (_GAP if width else 0.0)
    return LegendEntry(
        sample, rect, SceneText("group", tex, typeset(tex, size), left, baseline, size)
    )
