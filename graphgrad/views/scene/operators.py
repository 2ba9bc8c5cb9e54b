"""Write an operation as the sign that stands in a circle."""

from __future__ import annotations

from graphgrad.graph.graph import Graph
from graphgrad.ops.text import key_text
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
    "equal": "=",
    "greater": ">",
    "less": "<",
    "maximum": r"\max",
    "minimum": r"\min",
    "log": r"\ln",
    "pow": r"x^{y}",
    "stack": r"[\,;\,]",
    "concat": r"[\,,\,]",
    "argmax_mask": r"[\max]",
}


def operator_tex(graph: Graph, part: Part) -> str:
    """Return the sign of a part's operation; empty for a leaf or several operations."""
    if graph.is_leaf(part.node) or part.composite:
        return ""
    row, settings = graph.columns.row(part.node), graph.columns.settings_of(part.node)
    if row.name == "mul" and all(map(graph.columns.shape, graph.columns.parents_of(part.node))):
        return r"\odot"
    if row.name in _SIGNS:
        return _SIGNS[row.name]
    if row.name == "powi":
        return rf"x^{{{settings['n']}}}"
    if row.name in ("index", "scatter_add"):
        to = r"\to " if row.name == "scatter_add" else ""
        return rf"[\,]_{{{to}{key_text(settings['key']).replace(' ', '')}}}"
    if row.name in ("reshape", "broadcast"):
        return r" \times ".join(map(str, settings["shape"])) or "1"
    return text_tex(row.name.replace("_", " "))
