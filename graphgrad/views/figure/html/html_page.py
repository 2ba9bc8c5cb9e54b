"""Put the stepper's file together: figure, controls, caption, tables, all in one piece."""

from __future__ import annotations

import base64
import hashlib
from html import escape

from graphgrad.views.figure.content.questions import Questions
from graphgrad.views.figure.html.fragment import fragment_of
from graphgrad.views.figure.html.page_styles import script
from graphgrad.views.figure.scene.scene import Scene

__all__ = ["html_of"]


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
    part = fragment_of(scene, step=step or 0, theme=theme, questions=questions)
    style = "\n" + part.style
    scripted = '\n"use strict";\n(() => {\n' + script(page=True) + "})();\n"
    title = escape(part.title)
    lines = [
        f'<!DOCTYPE html>\n<html lang="{scene.language}">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, scripted)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<link rel="icon" href="data:,">\n<title>{title}</title>',
        f"<style>{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>",
        f"{part.body}\n</main>",
        f"<script>{scripted}</script>\n</body>\n</html>\n",
    ]
    return "\n".join(lines).encode("utf-8")


def _policy(style: str, script: str) -> str:
    """Return what the page may do: its own style and script, and no request at all."""
    own = f"style-src {_hash(style)}; script-src {_hash(script)}"
    return f"default-src 'none'; {own}; img-src data:; base-uri 'none'; form-action 'none'"


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
