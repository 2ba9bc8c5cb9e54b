"""Write an operation as the sign that stands in a circle."""

from __future__ import annotations

from graphgrad.graph.graph import Graph
from graphgrad.views.figure.parts import Part
from graphgrad.views.scene.wording import text_tex

__all__ = ["operator_tex"]

_SIGNS = {
    "add": "+",
    "sub": "-",
    "mul": r"\times",
    "div": r"\div",
    "neg": "-",
    "matmul": r"\times",
    "dot": r"\cdot",
    "outer": r"\otimes",
    "sum": r"\Sigma",
    "sigmoid": r"\sigma",
    "exp": r"e^{x}",
    "sqrt": r"\sqrt{x}",
    "abs": r"|x|",
    "transpose": r"X^{\top}",
    "identity": "=",
}


def operator_tex(graph: Graph, part: Part) -> str:
    """Return the sign of a part's operation; empty for a leaf or several operations."""
    if graph.is_leaf(part.node) or part.composite:
        return ""
    row = graph.columns.row(part.node)
    if row.name in _SIGNS:
        return _SIGNS[row.name]
    if row.name == "powi":
        return rf"x^{{{graph.columns.settings_of(part.node)['n']}}}"
    return text_tex(row.name.replace("_", " "))
