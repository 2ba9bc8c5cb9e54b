"""Put the stepper's file together: figure, controls, caption, table, all in one piece."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from html import escape
from importlib import resources
from xml.etree import ElementTree

from graphgrad.messages import text
from graphgrad.views.scene.frame import Frame, frame_of
from graphgrad.views.scene.html.colours import colours_of
from graphgrad.views.scene.html.stage import stage_of
from graphgrad.views.scene.scene import Scene
from graphgrad.views.scene.told import step_captions, value_table
from graphgrad.views.scene.wording import printable

__all__ = ["html_of"]


def html_of(scene: Scene, *, step: int | None = None, theme: str = "light") -> bytes:
    """Return a scene as one HTML file that needs nothing else.

    Args:
        scene: the figure.
        step: the step it starts with; None starts at 0.
        theme: a name of `graphgrad.views.scene.theme.THEMES`.

    Raises:
        UsageError: if there is no such step or theme.
    """
    frame = frame_of(scene, step or 0)
    style = f"\n{colours_of(theme)}{_asset('stepper.css')}"
    script = f"\n{_asset('stepper.js')}"
    figure = ElementTree.tostring(stage_of(scene, theme, frame), encoding="unicode")
    language, title = scene.language, escape(printable(scene.title))
    lines = [
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<link rel="icon" href="data:,">\n<title>{title}</title>',
        f"<style>{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>",
        figure,
        *_controls(scene, frame),
        *_table(scene, frame),
        f"</main>\n{_steps(scene, frame)}",
        f"<script>{script}</script>\n</body>\n</html>\n",
    ]
    return "\n".join(lines).encode("utf-8")


def _policy(style: str, script: str) -> str:
    """Return what the page may do: its own style and script, and no request at all."""
    own = f"style-src {_hash(style)}; script-src {_hash(script)}"
    return f"default-src 'none'; {own}; img-src data:"


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


@cache
def _asset(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


def _counts(scene: Scene) -> list[str]:
    steps = range(scene.last_step + 1)
    return [text("stepper_page.count", scene.language, step=k, last=scene.last_step) for k in steps]


def _controls(scene: Scene, frame: Frame) -> list[str]:
    """Return buttons, slider and caption, as they are at the first step shown."""
    step, last = frame.step or 0, scene.last_step
    said = {
        name: escape(text(f"stepper_page.{name}", scene.language))
        for name in ("back", "next", "slider", "keys", "no_script")
    }
    counts, captions = _counts(scene), step_captions(scene)
    now = escape(counts[step])
    at_start, at_end = " disabled" * (step == 0), " disabled" * (step == last)
    return [
        '<div class="controls">',
        f'<button id="back" type="button" aria-label="{said["back"]}"{at_start}>←</button>',
        f'<input id="slider" type="range" min="0" max="{last}" step="1" value="{step}" '
        f'autocomplete="off" aria-label="{said["slider"]}" aria-valuetext="{now}">',
        f'<button id="next" type="button" aria-label="{said["next"]}"{at_end}>→</button>',
        f"{_held('count', counts, step, 'off')}\n</div>",
        _held("caption", captions, step, "polite"),
        f'<p class="keys">{said["keys"]}</p>\n<noscript><p>{said["no_script"]}</p></noscript>',
    ]


def _held(name: str, texts: list[str], step: int, live: str) -> str:
    """Return a text that changes, in a place as large as the longest one needs."""
    longest = escape(max(texts, key=len))
    text_now = (
        f'<span id="{name}" aria-live="{live}" aria-atomic="true">{escape(texts[step])}</span>'
    )
    return f'<div class="{name} held" data-longest="{longest}">{text_now}</div>'


def _table(scene: Scene, frame: Frame) -> list[str]:
    """Return the numbers as a table; those of later steps are hidden and keep their place."""
    names = ("name", "role", "value", "adjoint")
    said = [escape(text(f"stepper_page.table.{name}", scene.language)) for name in names]
    lines = [f"<table>\n<caption>{escape(text('stepper_page.table', scene.language))}</caption>"]
    heads = "".join(f'<th scope="col">{word}</th>' for word in said)
    lines.append(f"<tr>{heads}</tr>")
    rows = value_table(scene, Frame(None, frozenset()))
    for box, row in zip(scene.boxes, rows, strict=True):
        name, role = escape(printable(row.name)), escape(row.role)
        value = _cell("value", row.value, box.value_step, frame)
        adjoint = _cell("adjoint", row.adjoint, box.adjoint_step, frame)
        lines.append(f'<tr><th scope="row">{name}</th><td>{role}</td>{value}{adjoint}</tr>')
    return [*lines, "</table>"]


def _cell(kind: str, number: str, known_step: int, frame: Frame) -> str:
    later = " later" if known_step > (frame.step or 0) else ""
    return f'<td class="{kind}{later}" data-step="{known_step}">{escape(number)}</td>'


def _steps(scene: Scene, frame: Frame) -> str:
    """Return what the script reads, with no ``<`` in it that could end the element."""
    told = {
        "start": frame.step or 0,
        "last": scene.last_step,
        "counts": _counts(scene),
        "captions": step_captions(scene),
    }
    written = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script id="steps" type="application/json">{written}</script>'
