"""Name the lines of a handle's graph for display: after variables, else by their formulas."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any, cast

from graphgrad.api.handle import Handle
from graphgrad.graph.graph import Graph
from graphgrad.ops.row import ATOM
from graphgrad.symbolic.latex import line_written
from graphgrad.views.scene.renaming import relabelled

__all__ = ["notebook_names", "shown_graph"]

_LONGEST = 80
_MOST_LINES = 400


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
            graph = cast("Graph", relabelled(graph, {line.index: label}))
    return graph
