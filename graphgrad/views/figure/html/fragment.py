"""Write a figure with all its steps as a part of a page: figure, controls, caption, tables.

Any element can hold the part; the script's ``mount`` makes it step. The controls are written as
they are at the first step shown.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any, NamedTuple
from xml.etree import ElementTree

from graphgrad.messages.catalogue import text
from graphgrad.symbolic.write.words_latex import printable
from graphgrad.views.figure.content.known_at import Frame, frame_of
from graphgrad.views.figure.content.questions import Questions
from graphgrad.views.figure.html.all_steps_svg import stage_of
from graphgrad.views.figure.html.hidden_tables import tables
from graphgrad.views.figure.html.page_styles import styles_of
from graphgrad.views.figure.html.predict_form import Asked, asked_data, asked_in, hidden_by, panel
from graphgrad.views.figure.scene.in_words import step_captions
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.svg.svg import prefix_of

__all__ = ["Fragment", "fragment_of"]

_SAID = ("back", "next", "slider", "play", "whole", "predict", "keys", "no_script")


class Fragment(NamedTuple):
    """A part of a page.

    Attributes:
        body: its HTML, with what the script reads.
        style: its CSS.
        title: of the figure.
    """

    body: str
    style: str
    title: str


def fragment_of(
    scene: Scene, *, step: int = 0, theme: str = "light", questions: Questions | None = None
) -> Fragment:
    """Return a scene as a part of a page.

    Args:
        scene: the figure.
        step: the step it starts with.
        theme: a name of `graphgrad.views.figure.svg.theme.THEMES`.
        questions: what it asks of whoever wants to predict; None asks nothing.

    Raises:
        UsageError: if there is no such step or theme.
    """
    frame = frame_of(scene, step)
    asked = asked_in(scene, questions)
    hidden = hidden_by(scene, asked)
    figure = ElementTree.tostring(stage_of(scene, theme, frame, hidden), encoding="unicode")
    lines = [
        f'<div class="figure">{figure}</div>',
        *_controls(scene, frame, asks=bool(asked)),
        *(panel(scene) if asked else []),
        *_keys_line(scene),
        *tables(scene, frame, hidden),
        _steps(scene, frame, asked, questions),
    ]
    return Fragment("\n".join(lines), styles_of(scene, theme), printable(scene.title))


def _steps(
    scene: Scene, frame: Frame, asked: tuple[Asked, ...], questions: Questions | None
) -> str:
    """Return what the script reads, with no ``<`` in it that could end the element."""
    names = ("play", "pause")
    told: dict[str, Any] = {
        "start": frame.step or 0,
        "last": scene.last_step,
        "title": printable(scene.title),
        "counts": _counts(scene),
        "captions": step_captions(scene),
        "words": {name: text(f"stepper_page.{name}", scene.language) for name in names},
    }
    if asked and questions is not None:
        told["predict"] = asked_data(scene, asked, questions.limits, prefix_of(scene))
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    written = written.replace("<", "\\u003c")
    return f'<script id="steps" type="application/json">{written}</script>'


def _counts(scene: Scene) -> list[str]:
    """Return where one is, per step."""
    steps = range(scene.last_step + 1)
    return [text("stepper_page.count", scene.language, step=k, last=scene.last_step) for k in steps]


def _controls(scene: Scene, frame: Frame, *, asks: bool) -> list[str]:
    """Return buttons, slider and caption.

    Args:
        scene: the figure.
        frame: the first step shown.
        asks: whether the page has questions.
    """
    step, last = frame.step or 0, scene.last_step
    said = {name: escape(text(f"stepper_page.{name}", scene.language)) for name in _SAID}
    counts = _counts(scene)
    now = escape(counts[step])
    at_start, at_end = " disabled" * (step == 0), " disabled" * (step == last)
    predict = (
        f'<button id="predicting" type="button" aria-pressed="false">{said["predict"]}</button>'
    )
    return [
        '<div class="controls">',
        f'<button id="back" type="button" aria-label="{said["back"]}"{at_start}>←</button>',
        f'<input id="slider" type="range" min="0" max="{last}" step="1" value="{step}" '
        f'autocomplete="off" aria-label="{said["slider"]}" aria-valuetext="{now}">',
        f'<button id="next" type="button" aria-label="{said["next"]}"{at_end}>→</button>',
        _held("count", counts, step, "off"),
        _signed("play", said["play"], "▶\ufe0e"),
        _signed("whole", said["whole"], '<span class="frame-sign"></span>'),
        *([predict] if asks else []),
        "</div>",
        _held("caption", step_captions(scene), step, "polite"),
    ]


def _signed(name: str, words: str, sign: str) -> str:
    """Return a button with a sign on it, its name for who does not see or know the sign."""
    return f'<button id="{name}" type="button" aria-label="{words}" title="{words}">{sign}</button>'


def _keys_line(scene: Scene) -> list[str]:
    """Return what the keys do, and what a page without its script says."""
    said = {name: escape(text(f"stepper_page.{name}", scene.language)) for name in _SAID}
    return [f'<p class="keys">{said["keys"]}</p>\n<noscript><p>{said["no_script"]}</p></noscript>']


def _held(name: str, texts: list[str], step: int, live: str) -> str:
    """Return a text that changes, in a place as large as the longest one needs."""
    longest = escape(max(texts, key=len))
    text_now = (
        f'<span id="{name}" aria-live="{live}" aria-atomic="true">{escape(texts[step])}</span>'
    )
    return f'<div class="{name} held" data-longest="{longest}">{text_now}</div>'
