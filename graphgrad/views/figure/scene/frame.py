"""Tell in words and in a table what a frame of a scene shows, for readers who do not see it.

Lay frames over each other: what stays is said once, what changes says in which frames.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from graphgrad.messages.catalogue import text
from graphgrad.symbolic.write.words_latex import printable
from graphgrad.views.figure.content.known_at import Frame
from graphgrad.views.figure.scene.scene import Scene, SceneBox

__all__ = [
    "Run",
    "TableRow",
    "box_told",
    "described",
    "overlaid",
    "step_captions",
    "value_table",
]


class Run(NamedTuple):
    """One content of a place, and the frames that show it, as first and last of each span."""

    content: str
    spans: tuple[tuple[int, int], ...]

    def stays(self, count: int) -> bool:
        """Tell whether it is shown in all of so many frames."""
        return self.spans == ((0, count - 1),)


def overlaid(frames: Sequence[Sequence[str]]) -> list[list[Run]]:
    """Return per place its different contents, in the order in which they appear.

    Args:
        frames: per frame the contents of the same places; an empty one draws nothing.

    >>> overlaid([["a", "", "c"], ["a", "b", "d"], ["a", "b", "c"]])[1:]
    [[Run(content='b', spans=((1, 2),))], [Run(content='c', spans=((0, 0), (2, 2))), \
Run(content='d', spans=((1, 1),))]]
    """
    return [_runs(contents) for contents in zip(*frames, strict=True)]


def _runs(contents: Sequence[str]) -> list[Run]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for number, content in enumerate(contents):
        found = spans.setdefault(content, [])
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return [Run(content, tuple(found)) for content, found in spans.items() if content]


_MOST_BOXES_READ = 60
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
    """Return a caption per step; a worksheet's would tell its answers, so it has none."""
    if scene.blanks or len(scene.captions) <= scene.last_step:
        return [""] * (scene.last_step + 1)
    return [_SIGN.sub("−", printable(caption)) for caption in scene.captions]


def value_table(scene: Scene, frame: Frame) -> list[TableRow]:
    """Return the numbers of a frame as a table: a row per box; blanks stay empty."""
    return [
        TableRow(
            box.name,
            text(f"figure.role.{box.role}", scene.language),
            *_numbers(scene, box, frame),
        )
        for box in scene.boxes
    ]


def _numbers(scene: Scene, box: SceneBox, frame: Frame) -> tuple[str, str]:
    """Return value and adjoint in words, empty where they are unknown or left blank."""
    blank = scene.blank_kinds(box.id)
    value = frame.knows(box.value_step) and "value" not in blank
    adjoint = frame.has_pulled(box.adjoint_step) and "adjoint" not in blank
    return box.value_words if value else "", box.adjoint_words if adjoint else ""
