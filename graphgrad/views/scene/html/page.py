"""Put the stepper's file together: figure, controls, caption, tables, all in one piece."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from html import escape
from importlib import resources
from typing import Any
from xml.etree import ElementTree

from graphgrad.messages import text
from graphgrad.views.scene.frame import Frame, frame_of
from graphgrad.views.scene.html.asking import Asked, asked_in, hidden_by
from graphgrad.views.scene.html.colours import colours_of
from graphgrad.views.scene.html.controls import controls, counts_of, keys_line
from graphgrad.views.scene.html.predict import asked_data, panel
from graphgrad.views.scene.html.questions import Questions
from graphgrad.views.scene.html.stage import stage_of
from graphgrad.views.scene.html.tables import tables
from graphgrad.views.scene.scene import Scene
from graphgrad.views.scene.svg import prefix_of
from graphgrad.views.scene.told import step_captions
from graphgrad.views.scene.wording import printable

__all__ = ["html_of"]

_PIXELS = 0.85
"""CSS pixels per unit of a scene at which its letters are read like text."""
_STYLES = ("stepper.css", "predict.css")
_SCRIPTS = ("numbers.js", "stepper.js", "playing.js", "predict.js", "start.js")


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
        theme: a name of `graphgrad.views.scene.theme.THEMES`.
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
