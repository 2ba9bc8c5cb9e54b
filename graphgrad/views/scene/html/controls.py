"""Write the controls of the stepper and the caption, as they are at the first step shown."""

from __future__ import annotations

from html import escape

from graphgrad.messages import text
from graphgrad.views.scene.frame import Frame
from graphgrad.views.scene.scene import Scene
from graphgrad.views.scene.told import step_captions

__all__ = ["controls", "counts_of", "keys_line"]

_SAID = ("back", "next", "slider", "play", "whole", "predict", "keys", "no_script")


def counts_of(scene: Scene) -> list[str]:
    """Return where one is, per step."""
    steps = range(scene.last_step + 1)
    return [text("stepper_page.count", scene.language, step=k, last=scene.last_step) for k in steps]


def controls(scene: Scene, frame: Frame, *, asks: bool) -> list[str]:
    """Return buttons, slider and caption.

    Args:
        scene: the figure.
        frame: the first step shown.
        asks: whether the page has questions.
    """
    step, last = frame.step or 0, scene.last_step
    said = {name: escape(text(f"stepper_page.{name}", scene.language)) for name in _SAID}
    counts = counts_of(scene)
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


def keys_line(scene: Scene) -> list[str]:
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
