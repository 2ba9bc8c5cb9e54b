"""Fit a page's questions to its figure: when each is asked, and what it hides while it is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from graphgrad.views.scene.html.questions import Question, Questions
from graphgrad.views.scene.scene import Scene, SceneBox, SceneEdge, SceneText

__all__ = ["NONE_ASKED", "Asked", "Hidden", "asked_in", "hidden_by", "questions_hiding"]

Hidden = dict[tuple[str, str], tuple[int, ...]]
"""By id of a box or an edge and kind of text: the numbers of the questions that hide it."""

NONE_ASKED: Hidden = {}


class Asked(NamedTuple):
    """A question about a box.

    Attributes:
        question: what is asked.
        box: what it is about.
        step: the first step that works on the number.
    """

    question: Question
    box: SceneBox
    step: int

    @property
    def shown(self) -> int:
        """Return the first step after which the number is seen."""
        value = self.question.part == "value"
        return max(self.step, self.box.value_step if value else self.box.adjoint_step)


def asked_in(scene: Scene, questions: Questions | None) -> tuple[Asked, ...]:
    """Return what can be asked in a scene, in the order of the steps.

    Nothing is asked on a worksheet, nor about a box that is folded away or not drawn.
    """
    if questions is None or scene.blanks or len(scene.headings) <= scene.last_step:
        return ()
    boxes = {box.id: box for box in scene.boxes}
    found = []
    for question in questions.asked:
        box = boxes.get(f"n{question.node}")
        shown = box is not None and (box.value if question.part == "value" else box.adjoint)
        step = _step(scene, box, question) if box is not None and shown else 0
        if box is not None and step:
            found.append(Asked(question, box, step))
    return tuple(sorted(found, key=lambda asked: asked.step))


def _step(scene: Scene, box: SceneBox, question: Question) -> int:
    """Return the first step that works on a number; 0 if none does.

    Of several contributions the last one completes an adjoint; by then all it needs is known.
    """
    if question.part == "adjoint":
        pulled = [edge.backward_step for edge in scene.edges if edge.source == box.id]
        return max(pulled, default=0)
    steps = range(1, box.value_step + 1)
    return next((step for step in steps if box.id in scene.acts[step]), box.value_step)


def hidden_by(scene: Scene, asked: tuple[Asked, ...]) -> Hidden:
    """Return which texts tell the answer to which questions."""
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for number, one in enumerate(asked):
        for place in _places(scene, one):
            found[place] = (*found.get(place, ()), number)
    return found


def _places(scene: Scene, asked: Asked) -> Iterator[tuple[str, str]]:
    """Yield the texts that tell an answer: on the wires that leave a box as well as inside it."""
    part, box = asked.question.part, asked.box
    yield box.id, part
    for edge in scene.edges:
        if edge.source != box.id:
            continue
        if any(_kind(text) == part for text in edge.texts):
            yield edge.id, part
        if part == "adjoint" and edge.backward_step >= asked.step:
            yield edge.id, "contribution"


def _kind(text: SceneText) -> str:
    return text.kind


def questions_hiding(hidden: Hidden, part: SceneBox | SceneEdge, kind: str) -> str:
    """Return the numbers of the questions that hide a kind of text, as an attribute."""
    return " ".join(map(str, hidden.get((part.id, kind), ())))
