"""Step through a graph in a notebook: a widget where there are widgets, else a figure."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from graphgrad.api.handle import Handle
from graphgrad.api.notebook.figure import notebook_names, shown_graph
from graphgrad.api.notebook.still import StillStepper
from graphgrad.api.verbs import is_number
from graphgrad.files.reading import is_model_name
from graphgrad.graph.graph import Graph
from graphgrad.live.session import Session
from graphgrad.source.gg import load
from graphgrad.source.text import read_text
from graphgrad.trace.trace import Trace

if TYPE_CHECKING:
    from graphgrad.api.notebook.widget import StepperWidget

__all__ = ["session_of", "stepper"]


def stepper(
    source: Handle | Graph | Trace | Mapping[str, Any] | str | os.PathLike[str],
    *,
    step: int = 0,
    language: str | None = None,
    row: int | None = None,
    names: Mapping[str, Any] | None = None,
    **view: Any,
) -> StepperWidget | StillStepper:
    r"""Show a graph to be stepped through in a notebook: keys, questions, other values and views.

    Without anywidget (the extra ``notebook``) it is the figure alone. ``gg.step`` is the same for
    what is no node; of a node it is the step function.

    Args:
        source: a handle, a graph, a pass, the text or the path of a file, or the ``state`` of
            another stepper.
        step: the step it starts with.
        language: of its words; None takes the language in force.
        row: the row of the text's data; the first if None.
        names: variables to name lines after; None takes those of a Jupyter notebook.
        view: how it is shown, as ``style="wire"``, ``detail="layer"``, ``entries=True``,
            ``theme="dark"``, ``predict=False``; see `graphgrad.live.view.View`.

    Raises:
        GraphgradError: if it cannot be read, run or drawn.

    >>> stepper("input x = 3\nparam w = 2\nloss L = w*x", style="wire").graph.line_names
    ['x', 'w', 'L']
    """
    session = session_of(source, language=language, row=row, view=view, names=names)
    if find_spec("anywidget") is None:
        return StillStepper(session, step)
    from graphgrad.api.notebook.widget import StepperWidget

    return StepperWidget(session, step, follows="theme" not in view)


def session_of(
    source: Any,
    *,
    language: str | None,
    row: int | None,
    view: Mapping[str, Any],
    names: Mapping[str, Any] | None = None,
) -> Session:
    """Return the session of what a cell shows; arguments as in `stepper`."""
    if isinstance(source, Mapping):
        kept = {**source, "view": {**source.get("view", {}), **view}}
        return Session.restored(kept | ({"language": language} if language else {}))
    name = ""
    if is_number(source):
        source = source.graph(notebook_names() if names is None else names)
    elif isinstance(source, Handle):
        source = shown_graph(source, notebook_names() if names is None else names)
    elif not isinstance(source, Graph | Trace):
        source, name = _read(source)
    return Session(source, language=language, row=row, view=view, name=name)


def _read(source: str | os.PathLike[str]) -> tuple[str | Graph, str]:
    """Return the text of a file and its name; the graph of a model; a text is one already."""
    path = os.fspath(source)
    is_path = not isinstance(source, str) or ("\n" not in path and path.strip().endswith(".gg"))
    if is_path or ("\n" not in path and is_model_name(path)):
        return (load(path), path) if is_model_name(path) else (read_text(path), path)
    return path, ""
