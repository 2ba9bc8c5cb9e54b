"""Show graphs, traces and handles in notebooks: the figure, with words for who cannot see it."""

from __future__ import annotations

from typing import Any

from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError
from graphgrad.graph.graph import Graph
from graphgrad.trace.trace import Trace

__all__ = ["bundle"]

_FITTED = "max-width: 100%; height: auto"
"""A cell is narrower than a slide."""


def bundle(shown: Graph | Trace) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the MIME bundle of a graph or a trace, and its alternative text as metadata.

    A graph is run first where all its leaves have values; where no figure can be drawn, the plain
    text says what the graph is.
    """
    from graphgrad.views.figure.content.known_at import frame_of
    from graphgrad.views.figure.scene.compose import scene_of
    from graphgrad.views.figure.scene.in_words import described
    from graphgrad.views.figure.svg.svg import svg_of

    plain = repr(shown)
    try:
        scene = scene_of(_run(shown))
        picture = svg_of(scene).decode("utf-8")
        picture = picture.replace("<svg ", f'<svg style="{_FITTED}" ', 1)
    except GraphgradError:
        return {"text/plain": plain}, {}
    alternative = f"{scene.title}. {described(scene, frame_of(scene))}"
    return {"text/plain": plain, "image/svg+xml": picture}, {"image/svg+xml": {"alt": alternative}}


def _run(shown: Graph | Trace) -> Graph | Trace:
    if isinstance(shown, Trace):
        return shown
    try:
        return record(shown)
    except GraphgradError:
        return shown
