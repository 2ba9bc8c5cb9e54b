"""Say boxes and edges in words, never in raw LaTeX."""

from __future__ import annotations

from typing import Any

from graphgrad.messages import text
from graphgrad.views.figure.typeset import typeset_formula
from graphgrad.views.scene.diagram import DiagramBox
from graphgrad.views.scene.values import value_words

__all__ = ["box_words", "edge_words"]

_LONGEST = 200


def box_words(box: DiagramBox, formula: str, language: str) -> str:
    """Return a box read aloud: name, role and formula."""
    words = f"{box.name}, {text(f'figure.role.{box.role}', language)}"
    if formula and formula != box.name:
        words += f", {typeset_formula(formula)[:_LONGEST]}"
    return f"{words}, {box.trouble}" if box.trouble else words


def edge_words(
    target: str, source: str, formula: str, number: Any, contribution: Any, language: str
) -> str:
    """Return an edge read aloud, with its derivative where it has one."""
    words = text("scene.words.edge", language, target=target, source=source)
    if formula and number is not None:
        partial = value_words(number)
        told = text(
            "figure.words.partial", language, target=target, source=source, partial=partial
        )
        words = f"{words}; {told}"
    if contribution is not None:
        told = text("scene.words.contribution", language, value=value_words(contribution))
        words = f"{words}; {told}"
    return words
