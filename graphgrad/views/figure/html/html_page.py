"""Put the stepper's file together: figure, controls, caption, tables, all in one piece.

The controls are written as they are at the first step shown. How each state of a part looks in a
theme is said in CSS: classes win over the SVG's attributes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from html import escape
from importlib import resources
from typing import Any
from xml.etree import ElementTree

from graphgrad.messages.catalogue import text
from graphgrad.symbolic.write.words_latex import printable
from graphgrad.views.figure.content.known_at import Frame, frame_of
from graphgrad.views.figure.content.questions import Questions
from graphgrad.views.figure.html.all_steps_svg import stage_of
from graphgrad.views.figure.html.hidden_tables import tables
from graphgrad.views.figure.html.predict_form import Asked, asked_data, asked_in, hidden_by, panel
from graphgrad.views.figure.scene.in_words import step_captions
from graphgrad.views.figure.scene.outlines import decimal
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.svg.svg import prefix_of
from graphgrad.views.figure.svg.theme import Theme, theme_of

__all__ = ["colours_of", "controls", "counts_of", "html_of", "keys_line"]


_PIXELS = 0.85
"""CSS pixels per unit of a scene at which its letters are read like text."""
_STYLES = ("stepper.css", "predict.css")
_SCRIPTS = ("numbers.js", "stepper.js", "playing.js", "predict.js", "start.js")
_SAID = ("back", "next", "slider", "play", "whole", "predict", "keys", "no_script")
_THICKER = 1.6
_CURRENT_LINE = 2.6


def html_of(
    scene: Scene,
    *,
    step: int | None = None,
    theme: str = "light",
    questions: Questions | None = None,
) -> bytes:
    """Return a scene as one HTML file that needs nothing else.

    Args:
        scene: the figure.
        step: the step it starts with; None starts at 0.
        theme: a name of `graphgrad.views.figure.svg.theme.THEMES`.
        questions: what the page asks of whoever wants to predict; None asks nothing.

    Raises:
        UsageError: if there is no such step or theme.
    """
    frame = frame_of(scene, step or 0)
    asked = asked_in(scene, questions)
    hidden = hidden_by(scene, asked)
    style = "\n" + "".join([colours_of(theme), *map(_asset, _STYLES), _narrow(scene)])
    script = '\n"use strict";\n(() => {\n' + "\n".join(map(_asset, _SCRIPTS)) + "})();\n"
    figure = ElementTree.tostring(stage_of(scene, theme, frame, hidden), encoding="unicode")
    language, title = scene.language, escape(printable(scene.title))
    lines = [
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<link rel="icon" href="data:,">\n<title>{title}</title>',
        f"<style>{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>",
        f'<div class="figure">{figure}</div>',
        *controls(scene, frame, asks=bool(asked)),
        *(panel(scene) if asked else []),
        *keys_line(scene),
        *tables(scene, frame, hidden),
        f"</main>\n{_steps(scene, frame, asked, questions)}",
        f"<script>{script}</script>\n</body>\n</html>\n",
    ]
    return "\n".join(lines).encode("utf-8")


def _narrow(scene: Scene) -> str:
    """Return the size of the figure on a narrow screen: letters as in the text, and scrolled."""
    width = f"{scene.width * _PIXELS:.0f}px"
    rule = f"svg.graphgrad {{ width: {width}; max-width: none; max-height: none !important; }}"
    return f"@media screen and (max-width: 40rem) {{ {rule} }}\n"


def _policy(style: str, script: str) -> str:
    """Return what the page may do: its own style and script, and no request at all."""
    own = f"style-src {_hash(style)}; script-src {_hash(script)}"
    return f"default-src 'none'; {own}; img-src data:; base-uri 'none'; form-action 'none'"


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


@cache
def _asset(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


def _steps(
    scene: Scene, frame: Frame, asked: tuple[Asked, ...], questions: Questions | None
) -> str:
    """Return what the script reads, with no ``<`` in it that could end the element."""
    names = ("play", "pause")
    told: dict[str, Any] = {
        "start": frame.step or 0,
        "last": scene.last_step,
        "counts": counts_of(scene),
        "captions": step_captions(scene),
        "words": {name: text(f"stepper_page.{name}", scene.language) for name in names},
    }
    if asked and questions is not None:
        told["headings"] = [printable(heading) for heading in scene.headings]
        told["predict"] = asked_data(scene, asked, questions.limits, prefix_of(scene))
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    written = written.replace("<", "\\u003c")
    return f'<script id="steps" type="application/json">{written}</script>'


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


def colours_of(theme: str) -> str:
    """Return the CSS of a theme: the page's colours and the states of boxes and arrows."""
    chosen = theme_of(theme)
    rules = [_page(chosen), *_boxes(chosen), *_edges(chosen)]
    return "\n".join(rules) + "\n"


def _page(theme: Theme) -> str:
    named = {
        "page": theme.page,
        "ink": theme.text["name"],
        "quiet": theme.text["group"],
        "line": theme.group,
        "accent": theme.current,
        "value": theme.text["value"],
        "adjoint": theme.text["adjoint"],
    }
    told = " ".join(f"--{name}: {colour};" for name, colour in named.items())
    scheme = "dark" if int(theme.page[1:3], 16) < 0x80 else "light"
    return f":root {{ color-scheme: {scheme}; {told} }}"


def _boxes(theme: Theme) -> list[str]:
    filled, lined = '.outline:not([fill="none"])', '.outline:not([stroke="none"])'
    live = ".node:not(.dimmed)"
    rules = [
        f".node.pending {filled} {{ fill: {theme.page}; }}",
        f"{live}.pending {lined} {{ stroke: {theme.pending}; stroke-dasharray: none; }}",
        f"{live}.current {lined} {{ stroke: {theme.current}; }}",
    ]
    for role, colours in theme.roles.items():
        width = decimal(colours.width + _THICKER)
        rules.append(f".node.{role}.current {lined} {{ stroke-width: {width}; }}")
    return rules


def _edges(theme: Theme) -> list[str]:
    ahead = ".edge.pending:not(.dimmed) .ahead"
    return [
        f"{ahead}.line {{ stroke: {theme.pending}; }}",
        f"{ahead}.head {{ fill: {theme.pending}; }}",
        ".edge .back, .edge.backward .ahead { visibility: hidden; }",
        ".edge.backward .back { visibility: visible; }",
        f".edge.current .line {{ stroke-width: {_CURRENT_LINE}; }}",
    ]
