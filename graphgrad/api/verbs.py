"""Offer the verbs of `gg`: a graph and a pass of a handle or a text, saved, loaded and drawn."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from graphgrad.api.figure_choices import chosen
from graphgrad.api.handle import Handle, warn_of
from graphgrad.compile.repeated import traced
from graphgrad.exercises.judging.page_questions import questions_for
from graphgrad.files.writing import write_output
from graphgrad.graph.graph import Graph
from graphgrad.source.gg import read_gg
from graphgrad.source.text import read_text
from graphgrad.trace.saved import trace_from_json, trace_to_json
from graphgrad.trace.trace import Trace
from graphgrad.trace.trouble import is_finite
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.writers import DrawOptions
from graphgrad.views.render import write_figure
from graphgrad.views.text.trouble import trouble_error

__all__ = ["graph", "is_number", "load_trace", "node_of", "parse", "render", "save_trace", "trace"]


def graph(handle: Handle, names: Mapping[str, Any] | None = None) -> Graph:
    """Return the immutable graph of everything a handle is computed from.

    Args:
        handle: usually the loss.
        names: variables to name lines after, usually ``globals()``.

    >>> import graphgrad as gg
    >>> w = gg.param("w", 2)
    >>> L = w**2 + 1
    >>> gg.graph(L, names={"L": L}).line_names
    ['w', 'L']
    """
    if is_number(handle):
        return handle.graph(names)
    if names is None:
        return handle.graph()
    return handle.graph({name: node_of(value) for name, value in names.items()})


def is_number(value: Any) -> bool:
    """Tell whether something is a number of micrograd's words, which knows names of its own."""
    return hasattr(value, "_prev") and isinstance(getattr(value, "node", None), Handle)


def node_of(value: Any) -> Any:
    """Return the node that a number of micrograd's words is; anything else as it is."""
    return value.node if is_number(value) else value


def parse(text: str) -> Graph:
    r"""Return the graph of a text in the expression language.

    >>> parse("input x = 3\ny = x*x").line_names
    ['x', 'y']
    """
    return read_gg(text)


def trace(
    source: Handle | Graph,
    point: Mapping[str, Any] | None = None,
    *,
    seed: Any = None,
    exact: bool = False,
) -> Trace:
    r"""Run forward and backward once and return the pass.

    Args:
        source: a graph or a handle.
        point: values of leaves instead of their own.
        seed: adjoint of the output, needed where it is an array.
        exact: whether to keep rationals exact.

    Raises:
        NonFiniteError: if a loss or a table is given a class, a target or a row that is not there.

    >>> trace(parse("input x = 3\nloss y = x*x")).gradients["x"]
    6.0
    """
    graph = source.graph() if isinstance(source, Handle) else source
    found = traced(graph, point, seed=seed, exact=exact)
    gradients = () if found.adjoints is None else found.gradients.values()
    finite = all(map(is_finite, (found.values[graph.output], *gradients)))
    error = None if finite else trouble_error(found, first=0)
    if error is not None:
        warn_of(error, stacklevel=4)
    return found


def save_trace(trace: Trace, path: str | os.PathLike[str]) -> None:
    """Save a pass as a JSON file; as in Python, a file of that name is replaced."""
    write_output(path, trace_to_json(trace), force=True)


def load_trace(path: str | os.PathLike[str]) -> Trace:
    """Load a pass from a JSON file; raises SourceError if it is none."""
    return trace_from_json(read_text(path))


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
    **choices: Any,
) -> None:
    """Write the figure of a trace or a graph to a file, whole or not at all.

    Args:
        source: what is drawn.
        path: the file; its ending names the format, unless ``format`` does. As in Python, a file
            of that name is replaced.
        options: what is shown and how it is laid out.
        engine: the layout engine, by name or path; None takes the first there is.
        step: the step after which the graph is drawn; None draws everything. A format that holds
            all steps starts with it.
        theme: a name of `graphgrad.views.figure.svg.theme.THEMES`.
        scale: pixels per CSS pixel, for formats of pixels; None takes what suits the format.
        seconds: how long an animation shows a step.
        once: whether an animation stops at its last step.
        format: a name of `graphgrad.views.figure.writers.WRITERS` where the ending leaves a choice,
            such as ``beamer`` or ``tikz`` for ``.tex``.
        choices: fields of `SceneOptions` by name, such as ``detail="layer"``; they go before those
            of ``options``.

    Raises:
        UsageError: if the ending or an option is unknown, or no engine can do it.
        FileError: if the file cannot be written.
    """
    options = chosen(options or SceneOptions(), choices)
    if engine is not None:
        options = options._replace(engine=engine)
    questions = questions_for(path, source)
    how = DrawOptions(
        step=step, theme=theme, scale=scale, seconds=seconds, once=once, questions=questions
    )
    write_figure(source, path, options, how, name=format, force=True)
