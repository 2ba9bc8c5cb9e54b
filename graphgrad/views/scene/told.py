"""Tell in words and in a table what a frame of a scene shows, for readers who do not see it."""

from __future__ import annotations

from typing import NamedTuple

from graphgrad.messages import text
from graphgrad.views.scene.frame import Frame
from graphgrad.views.scene.scene import Scene, SceneBox

__all__ = ["TableRow", "box_told", "described", "value_table"]

_MOST_BOXES_READ = 60


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
    sentences += [f"{box_told(box, frame, language)}." for box in scene.boxes[:_MOST_BOXES_READ]]
    rest = len(scene.boxes) - _MOST_BOXES_READ
    if rest > 0:
        sentences.append(text("figure.more_boxes", language, rest=rest))
    return " ".join([*sentences, *scene.notes])


def box_told(box: SceneBox, frame: Frame, language: str) -> str:
    """Return a box read aloud with what is known of it and not left blank."""
    told = []
    if box.value_words and frame.knows_value(box):
        told.append(text("figure.words.value", language, value=box.value_words))
    if box.adjoint_words and frame.knows_adjoint(box):
        told.append(text("figure.words.adjoint", language, adjoint=box.adjoint_words))
    return f"{box.words}: {', '.join(told)}" if told else box.words


def value_table(scene: Scene, frame: Frame) -> list[TableRow]:
    """Return the numbers of a frame as a table: a row per box."""
    return [
        TableRow(
            box.name,
            text(f"figure.role.{box.role}", scene.language),
            box.value_words if frame.knows_value(box) else "",
            box.adjoint_words if frame.knows_adjoint(box) else "",
        )
        for box in scene.boxes
    ]
