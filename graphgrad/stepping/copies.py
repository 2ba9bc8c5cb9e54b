"""Return what can be taken along as text: LaTeX, DOT."""

from __future__ import annotations

from graphgrad.errors import GraphgradError
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.scene_options import FigureOptions
from graphgrad.views.figure.dot.dot_source import dot_text
from graphgrad.views.text.narrate_stops import entry_of
from graphgrad.views.text.stops import Fold, detail_of

__all__ = ["copied_dot", "copied_latex"]


def copied_dot(trace: Trace, step: int, fold: Fold) -> str:
    """Return the graph at a step as DOT source."""
    options = FigureOptions(detail=detail_of(fold), step=step)
    return dot_text(trace, options).decode("utf-8")


def copied_latex(trace: Trace, node: int, fold: Fold) -> str:
    """Return the local derivatives and the chain rule of a node in LaTeX."""
    from graphgrad.symbolic.derive.chain_rule import derivation
    from graphgrad.symbolic.write.names import node_latex

    graph = trace.graph
    entry = entry_of(trace, node, fold)
    own = node_latex(graph, node)
    lines = [
        rf"\frac{{\partial {own}}}{{\partial {node_latex(graph, partial.source)}}} = "
        + partial.latex
        for partial in entry.partials
    ]
    try:
        found = derivation(trace, graph.name(node), detail_of(fold))
    except GraphgradError:
        found = None
    if found is not None and found.rule_latex:
        lines.append(f"{found.latex_name} = {found.rule_latex} = {found.latex}")
    return "\n".join(lines) or own
