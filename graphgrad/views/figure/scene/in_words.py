"""Tell in words and in a table what a frame of a scene shows, for readers who do not see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from graphgrad.messages.catalogue import text
from graphgrad.ops.evaluate import to_float
from graphgrad.symbolic.write.words_latex import printable
from graphgrad.views.figure.content.diagram import Diagram
from graphgrad.views.figure.content.known_at import Frame
from graphgrad.views.figure.content.scene_options import NO_LABELS, SceneOptions
from graphgrad.views.figure.layout.arranged import Arranged
from graphgrad.views.figure.scene.scene import Scene, SceneBox
from graphgrad.views.text.plain_math import lowered

__all__ = [
    "TableRow",
    "box_told",
    "changes_told",
    "described",
    "size_told",
    "step_captions",
    "value_table",
]


_MOST_BOXES_READ = 60
_MOST_LOOKED_AT = 1000
_EVERY = frozenset({"value", "adjoint"})
"""Of a fold on a worksheet no number is told: its lines are asked for."""
_NUMBERED = re.compile(r"(?<![\w.])([^\W\d_])_(\d+)(?!\w)")
_SIGN = re.compile(r"(?<![\w-])-(?=\d|inf\b)")
"""The sign of a number: as a minus it is that of the figure, and no line is broken after it."""


class TableRow(NamedTuple):
    """One row of the table behind a figure; unknown numbers are empty."""

    name: str
    role: str
    value: str
    adjoint: str


def described(scene: Scene, frame: Frame) -> str:
    """Return what a frame shows, in sentences: its size, its step, every box."""
    language = scene.language
    sentences = [scene.description]
    if frame.step is not None:
        sentences.append(text("figure.after_step", language, step=frame.step, last=scene.last_step))
    sentences += [f"{box_told(scene, box, frame)}." for box in scene.boxes[:_MOST_BOXES_READ]]
    rest = len(scene.boxes) - _MOST_BOXES_READ
    if rest > 0:
        sentences.append(text("figure.more_boxes", language, rest=rest))
    sentences += [note for note in scene.notes if note not in scene.warnings]
    return " ".join(sentences)


def box_told(scene: Scene, box: SceneBox, frame: Frame) -> str:
    """Return a box read aloud with what is known of it and not left blank."""
    value, adjoint = _numbers(scene, box, frame)
    told = []
    if value:
        told.append(text("figure.words.value", scene.language, value=value))
    if adjoint:
        told.append(text("figure.words.adjoint", scene.language, adjoint=adjoint))
    return f"{box.words}: {', '.join(told)}" if told else box.words


def step_captions(scene: Scene) -> list[str]:
    """Return a caption per step; a worksheet's would tell its answers, so it has none.

    The numbers of names stand low, as in the boxes: z₁ for z_1.
    """
    if scene.blanks or len(scene.captions) <= scene.last_step:
        return [""] * (scene.last_step + 1)
    told = (_SIGN.sub("−", scene.written(printable(caption))) for caption in scene.captions)
    return [_NUMBERED.sub(lambda name: f"{name[1]}{lowered(name[2])}", one) for one in told]


def value_table(scene: Scene, frame: Frame) -> list[TableRow]:
    """Return the numbers of a frame as a table: a row per box; blanks stay empty."""
    return [
        TableRow(
            box.part or box.name,
            text(f"figure.role.{box.role}", scene.language),
            *_numbers(scene, box, frame),
        )
        for box in scene.boxes
    ]


def _numbers(scene: Scene, box: SceneBox, frame: Frame) -> tuple[str, str]:
    """Return value and adjoint in words, empty where they are unknown or left blank."""
    blank = scene.blank_kinds(box.id) or (_EVERY if box.held and scene.blanks else frozenset())
    value = frame.knows(box.value_step) and "value" not in blank
    adjoint = frame.has_pulled(box.adjoint_step) and "adjoint" not in blank
    words = (box.value_words if value else "", box.adjoint_words if adjoint else "")
    return scene.written(words[0]), scene.written(words[1])


def size_told(diagram: Diagram, placed: Arranged) -> str:
    """Return how large a diagram is and which way it runs."""
    direction = _course(placed)
    counts = {"boxes": len(diagram.boxes), "edges": len(diagram.edges)}
    return text(f"figure.size.{direction}", diagram.language, output=diagram.output, **counts)


def changes_told(options: SceneOptions, diagram: Diagram, placed: Arranged) -> Iterator[str]:
    """Yield what was left out or wrapped."""
    if options.style == "neurons":
        yield from _unsaid_of_neurons(options, diagram)
    elif options.brief:
        yield text(f"scene.note.brief{options.brief}", diagram.language)
    if options.short_arrays:
        yield text("scene.note.short_arrays", diagram.language)
    if options.short_layers and any(box.role == "folded" for box in diagram.boxes):
        yield text("scene.note.short_layers", diagram.language)
    if options.spared:
        kind = "numbers" if "values" not in options.show else "adjoints"
        yield text(f"scene.note.spared_{kind}", diagram.language)
    if options.digits < options.digits_asked and _is_rounded(options, diagram):
        yield text("scene.note.digits", diagram.language, count=options.digits)
    if options.first_of_kind and options.brief < NO_LABELS:
        yield text("scene.note.first_of_kind", diagram.language)
    if options.fit and placed.rows > 1:
        yield text(f"scene.note.{_course(placed)}", diagram.language, rows=placed.rows)
    by_fitting = options.fit and options.collapse not in ("none", "auto", "@open")
    if by_fitting and any(box.role == "folded" for box in diagram.boxes):
        yield text("scene.note.unfold", diagram.language)
    frames = placed.layout.frames
    lost = [
        group.title
        for number, group in enumerate(diagram.groups)
        if number not in frames and number not in placed.merged
    ]
    if lost:
        yield text("scene.note.frames", diagram.language, names=", ".join(lost))
    if diagram.left_open:
        names = ", ".join(dict.fromkeys(diagram.left_open))
        yield text("scene.note.left_open", diagram.language, names=names)


def _unsaid_of_neurons(options: SceneOptions, diagram: Diagram) -> Iterator[str]:
    """Yield what weights and neurons no longer say, and where it can be found."""
    told = (e.weight for e in diagram.edges if e.weight and (e.partial or e.weight.bias))
    count = len({weight.name for weight in told})
    if options.brief >= NO_LABELS and count and "partials" in options.show:
        yield text("scene.note.weights", diagram.language, count=count)
    named = not any(box.drawn == "unit" and box.group for box in diagram.boxes)
    if options.brief >= NO_LABELS and not named:
        yield text("scene.note.short_units", diagram.language)


def _is_rounded(options: SceneOptions, diagram: Diagram) -> bool:
    """Tell whether some number in a box is another one with the digits that are left."""
    told = (b for b in diagram.boxes if b.role == "loss" or options.style != "layers")
    shown = (inner for box in told for inner in (box, *box.frontier))
    kept = {"value": "values" in options.show, "adjoint": "adjoints" in options.show}
    arrays = (getattr(box, kind) for box in shown for kind, is_shown in kept.items() if is_shown)
    return any(
        f"{number:.{options.digits}g}" != f"{number:.{options.digits_asked}g}"
        for array in arrays
        if array is not None
        for number in _first(to_float(array))
    )


def _first(value: Any) -> list[float]:
    """Return the first entries of a number or array; numbers alone need no arrays."""
    return value.ravel()[:_MOST_LOOKED_AT].tolist() if hasattr(value, "ravel") else [value]


def _course(placed: Arranged) -> str:
    """Return which way a layout runs, as messages name it."""
    if not placed.rows:
        return placed.direction
    return "rows" if placed.way == "dot" else "wrapped"
