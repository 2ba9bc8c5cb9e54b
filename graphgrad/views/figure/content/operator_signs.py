"""Write an operation as the sign in its circle, and say boxes and edges in words, without LaTeX."""

from __future__ import annotations

from typing import Any

from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import text
from graphgrad.ops.text import key_text
from graphgrad.symbolic.write.words_latex import text_tex
from graphgrad.views.figure.content.diagram import DiagramBox
from graphgrad.views.figure.content.parts import Part
from graphgrad.views.text.numbers_latex import value_words
from graphgrad.views.text.plain_math import typeset_formula

__all__ = ["box_words", "edge_numbers", "edge_words", "operator_tex"]


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
_LONGEST = 200


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


def box_words(box: DiagramBox, formula: str, language: str) -> str:
    """Return a box read aloud: name, role and formula."""
    words = f"{box.name}, {text(f'figure.role.{box.role}', language)}"
    if formula and formula != box.name:
        words += f", {typeset_formula(formula)[:_LONGEST]}"
    return f"{words}, {box.trouble}" if box.trouble else words


def edge_words(target: str, source: str, language: str) -> str:
    """Return an edge read aloud, without its numbers."""
    return text("scene.words.edge", language, target=target, source=source)


def edge_numbers(target: str, source: str, number: Any, contribution: Any, language: str) -> str:
    """Return an edge's derivative and contribution read aloud, empty where it has none."""
    told = []
    if number is not None:
        names = {"target": target, "source": source}
        told.append(text("figure.words.partial", language, partial=value_words(number), **names))
    if contribution is not None:
        value = value_words(contribution)
        told.append(text("scene.words.contribution", language, value=value))
    return "; ".join(told)
