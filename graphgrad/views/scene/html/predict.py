"""Write the part of the page that asks: a form, verdicts, a score, the answers to be downloaded."""

from __future__ import annotations

from html import escape
from typing import Any

from graphgrad.messages import text
from graphgrad.views.scene.html.asking import Asked
from graphgrad.views.scene.html.questions import Limits
from graphgrad.views.scene.scene import Scene
from graphgrad.views.scene.wording import printable

__all__ = ["asked_data", "panel"]

_WORDS = (
    "empty",
    "file",
    "finished",
    "first_answer",
    "go_on",
    "masked",
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
_SHARED = {"right": "predict.right", "wrong": "predict.wrong", "sign": "predict.mistake.sign"}
_REMARKS = ("check.trivial", "check.few_digits", "check.truncated")


def asked_data(scene: Scene, asked: tuple[Asked, ...], limits: Limits, prefix: str) -> Any:
    """Return what the script reads: the questions with their verdicts, and its words."""
    language = scene.language
    words = {name: text(f"page.{name}", language) for name in _WORDS}
    words |= {name: text(message, language) for name, message in _SHARED.items()}
    words |= {remark: text(remark, language) for remark in _REMARKS}
    words["score"] = _template("page.score", language, "right", "asked", "revealed", "skipped")
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
        "answer": question.answer,
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


_HEADS = ("asked", "typed", "verdict")
