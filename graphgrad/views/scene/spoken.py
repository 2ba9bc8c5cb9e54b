"""Say boxes and edges in words, never in raw LaTeX."""

from __future__ import annotations

from typing import Any

from graphgrad.messages import text
from graphgrad.views.figure.typeset import typeset_formula
from graphgrad.views.scene.diagram import DiagramBox
from graphgrad.views.scene.values import value_words

__all__ = ["box_words", "edge_numbers", "edge_words"]

_LONGEST = 200


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
