"""Write the figure of a graph or a pass to a file, with the questions of a page."""

from __future__ import annotations

import os
from dataclasses import replace

from graphgrad.exercises.page_questions import questions_for
from graphgrad.graph.graph import Graph
from graphgrad.trace.trace import Trace
from graphgrad.views.render import write_figure
from graphgrad.views.scene.options import SceneOptions
from graphgrad.views.scene.writers import DrawOptions

__all__ = ["render"]


def render(
    source: Trace | Graph,
    path: str | os.PathLike[str],
    options: SceneOptions | None = None,
    *,
    engine: str | None = None,
    step: int | None = None,
    theme: str = "light",
    scale: float | None = None,
    seconds: float = 1.5,
    once: bool = False,
    format: str = "",
) -> None:
    """Write the figure of a trace or a graph to a file, whole or not at all.

    Args:
        source: what is drawn.
        path: the file; its ending names the format, unless ``format`` does.
        options: what is shown and how it is laid out.
        engine: the layout engine, by name or path; None takes the first there is.
        step: the step after which the graph is drawn; None draws everything. A format that holds
            all steps starts with it.
        theme: a name of `graphgrad.views.scene.theme.THEMES`.
        scale: pixels per CSS pixel, for formats of pixels; None takes what suits the format.
        seconds: how long an animation shows a step.
        once: whether an animation stops at its last step.
        format: a name of `graphgrad.views.scene.writers.WRITERS` where the ending leaves a choice,
            such as ``beamer`` or ``tikz`` for ``.tex``.

    Raises:
        UsageError: if the ending or an option is unknown, or no engine can do it.
        FileError: if the file cannot be written.
    """
    options = options or SceneOptions()
    if engine is not None:
        options = replace(options, engine=engine)
    questions = questions_for(path, source)
    how = DrawOptions(
        step=step, theme=theme, scale=scale, seconds=seconds, once=once, questions=questions
    )
    write_figure(source, path, options, how, name=format)
