"""Fit a page's questions to its figure: when each is asked, and what it hides while it is open.

The form is written here as well, with its verdicts, its score, and the answers to be downloaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any, NamedTuple

from graphgrad.messages.catalogue import text
from graphgrad.symbolic.write.words_latex import printable
from graphgrad.views.figure.content.questions import Limits, Question, Questions
from graphgrad.views.figure.scene.scene import Scene, SceneBox, SceneEdge, SceneText

__all__ = [
    "NONE_ASKED",
    "Asked",
    "Hidden",
    "asked_data",
    "asked_in",
    "hidden_by",
    "panel",
    "questions_hiding",
]


Hidden = dict[tuple[str, str], tuple[int, ...]]
"""By id of a box or an edge and kind of text: the numbers of the questions that hide it."""

NONE_ASKED: Hidden = {}
_SHARED = {
    "right": "predict.right",
    "wrong": "predict.wrong",
    "sign": "predict.mistake.sign",
    "status_rough": "check.status.rough",
}
_REMARKS = ("check.trivial", "check.few_digits", "check.too_few_digits", "check.truncated")
_HEADS = ("asked", "typed", "verdict")


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


_WORDS = (
    "changed",
    "empty",
    "file",
    "finished",
    "first_answer",
    "go_on",
    "revealed",
    "skipped",
    "status_revealed",
    "status_right",
    "status_rounded",
    "status_skipped",
    "status_wrong",
    "student",
    "unreadable",
)


def asked_data(scene: Scene, asked: tuple[Asked, ...], limits: Limits, prefix: str) -> Any:
    """Return what the script reads: the questions with their verdicts, and its words."""
    language = scene.language
    words = {name: text(f"page.{name}", language) for name in _WORDS}
    words |= {name: text(message, language) for name, message in _SHARED.items()}
    words |= {remark: text(remark, language) for remark in _REMARKS}
    words["score"] = _template("page.score", language, "right", "asked", "revealed", "skipped")
    words["typed_instead"] = _template("page.typed_instead", language, "answer", "typed")
    words["tries"] = _template("page.tries", language, "count")
    told = [_question(scene, one, f"{prefix}-{one.box.id}") for one in asked]
    return {"limits": limits._asdict(), "words": words, "questions": told}


def _template(message: str, language: str, *fields: str) -> str:
    """Return a wording whose fields the script fills in."""
    return text(message, language, **{name: f"{{{name}}}" for name in fields})


def _question(scene: Scene, asked: Asked, box: str) -> dict[str, Any]:
    question, language = asked.question, scene.language
    name = printable(asked.box.name)
    accepted = question.accepted
    return {
        "box": box,
        "step": asked.step,
        "shown": asked.shown,
        "asked": printable(question.asked),
        "answer": scene.written(question.answer),
        "sentence": text(f"predict.ask.{question.part}", language, asked=printable(question.asked)),
        "words": text(f"page.words.{question.part}", language, name=name),
        "hint": _hint(scene, asked, name),
        "exact": accepted.exact,
        "decimals": {key: verdicts for key, *verdicts in accepted.decimals},
        "ranges": accepted.ranges,
    }


def _hint(scene: Scene, asked: Asked, name: str) -> str:
    """Return what to look at; never a number of the answer."""
    boxes = {box.id: printable(box.name) for box in scene.boxes}
    users = [boxes[edge.target] for edge in scene.edges if edge.source == asked.box.id]
    targets = list(dict.fromkeys(users))
    fields = {"name": name, "targets": ", ".join(targets), "count": len(targets)}
    return text(f"predict.hint.{asked.question.part}", scene.language, **fields)


def panel(scene: Scene) -> list[str]:
    """Return the form, hidden until the reader asks for it."""
    names = ("heading", "check", "reveal", "skip", "resume", "given", "name", "download", "honest")
    said = {name: escape(text(f"page.{name}", scene.language)) for name in names}
    heads = [escape(text(f"page.given.{name}", scene.language)) for name in _HEADS]
    head = "".join(f'<th scope="col">{word}</th>' for word in heads)
    typing = 'type="text" autocomplete="off" autocapitalize="off" spellcheck="false"'
    return [
        '<section id="predict-panel" class="predict" aria-labelledby="predict-heading" hidden>',
        f'<h2 id="predict-heading">{said["heading"]}</h2>',
        '<form id="ask" autocomplete="off">',
        '<label id="question" for="answer"></label>',
        '<span id="question-words" class="said"></span>',
        '<div class="row">',
        f'<input id="answer" {typing} aria-describedby="question-words verdict">',
        f'<button name="check" type="submit">{said["check"]}</button>',
        f'<button id="reveal" type="button">{said["reveal"]}</button>',
        f'<button id="skip" type="button">{said["skip"]}</button>\n</div>\n</form>',
        '<p id="verdict" role="status" aria-live="polite"></p>',
        '<p class="row"><span id="score"></span>',
        f'<button id="resume" type="button" hidden>{said["resume"]}</button></p>',
        f'<table id="given" hidden>\n<caption>{said["given"]}</caption>',
        f'<thead><tr>{head}</tr></thead>\n<tbody id="answers"></tbody>\n</table>',
        f'<div class="row"><label for="student">{said["name"]}</label>',
        f'<input id="student" {typing} maxlength="80">',
        f'<button id="download" type="button">{said["download"]}</button></div>',
        f'<p class="honest">{said["honest"]}</p>\n</section>',
    ]
