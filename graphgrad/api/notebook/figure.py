"""Show graphs, traces and handles in notebooks: the figure, with words for who cannot see it.

The lines of a handle's graph are named after variables, else by their formulas.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any

from graphgrad.api.handle import Handle
from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError
from graphgrad.graph.graph import Graph
from graphgrad.ops.row import ATOM
from graphgrad.symbolic.write.formula_latex import line_written
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.scene.names_on_page import relabelled

__all__ = ["FITTED", "bundle", "notebook_names", "shown_graph"]

_LONGEST = 80
_MOST_LINES = 400
FITTED = "max-width: 100%; height: auto"
"""A cell is narrower than a slide."""


def bundle(shown: Handle | Graph | Trace) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the MIME bundle of what is shown, and its alternative text as metadata.

    A graph is run first where all its leaves have values; where no figure can be drawn, the plain
    text says what the graph is.
    """
    from graphgrad.views.figure.content.known_at import frame_of
    from graphgrad.views.figure.scene.compose import scene_of
    from graphgrad.views.figure.scene.in_words import described
    from graphgrad.views.figure.svg.svg import svg_of

    if isinstance(shown, Handle):
        shown = shown_graph(shown, notebook_names())
    plain = repr(shown)
    try:
        scene = scene_of(_run(shown))
        picture = svg_of(scene).decode("utf-8")
        picture = picture.replace("<svg ", f'<svg style="{FITTED}" ', 1)
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


def notebook_names() -> Mapping[str, Any]:
    """Return the variables of the notebook that is running; none outside of one."""
    shell = getattr(builtins, "get_ipython", lambda: None)()
    names = getattr(shell, "user_ns", {})
    return names if isinstance(names, Mapping) else {}


def shown_graph(handle: Handle, names: Mapping[str, Any]) -> Graph:
    """Return the graph of a handle with a name or its formula on every line.

    Operations without a variable join the line that uses them; where no operation has one, each is
    a line of its own. A line without a name is labelled by its formula if that is short.

    Args:
        handle: the output.
        names: variables to take names from, by identity.
    """
    handles = {name for name, value in names.items() if type(value) is Handle}
    graph = handle.graph(names) if handles else handle.graph()
    named = {name for name in graph.line_names if name in handles}
    if handles and not named:
        graph = handle.graph()
    return _labelled(graph, named)


def _labelled(graph: Graph, named: set[str]) -> Graph:
    """Label the lines of computations that are not named, from the first to the last."""
    if len(graph.line_names) > _MOST_LINES:
        return graph
    for line in graph.lines():
        if line.name in named or graph.is_leaf(line.root) or line.label:
            continue
        formula = line_written(graph, line)
        if len(formula.text) <= _LONGEST:
            text = formula.text
            label = text if formula.level >= ATOM else rf"\left({text}\right)"
            graph = relabelled(graph, {line.index: label})
    return graph
