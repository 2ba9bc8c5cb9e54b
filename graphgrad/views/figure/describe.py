"""Say in words what a figure shows, for readers who do not see it."""

from __future__ import annotations

from graphgrad.graph.graph import Graph
from graphgrad.messages import text
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.model import Figure, FigureBox
from graphgrad.views.figure.shown import Shown

__all__ = ["box_words", "describe", "edge_words", "title_of"]

_MOST_BOXES_READ = 60


def title_of(graph: Graph, language: str) -> str:
    """Return the title of the graph's file, else what it computes."""
    if graph.heading.title:
        return graph.heading.title
    return text("figure.title", language, output=graph.name(graph.output))


def describe(figure: Figure, graph: Graph, trace: Trace | None) -> str:
    """Return what a figure shows, in sentences: its size, its step, every box."""
    language = figure.language
    sentences = [
        text(
            f"figure.size.{figure.direction}",
            language,
            output=graph.name(graph.output),
            boxes=len(figure.boxes),
            edges=len(figure.edges),
        )
    ]
    if figure.step is not None and trace is not None:
        count = len(trace.steps)
        sentences.append(text("figure.after_step", language, step=figure.step, last=count))
    sentences += [f"{box.words}." for box in figure.boxes[:_MOST_BOXES_READ]]
    rest = len(figure.boxes) - _MOST_BOXES_READ
    if rest > 0:
        sentences.append(text("figure.more_boxes", language, rest=rest))
    return " ".join(sentences)


def box_words(name: str, box: FigureBox, language: str) -> str:
    """Return a box read aloud, with what is known of it."""
    words = f"{name}, {text(f'figure.role.{box.role}', language)}"
    if box.formula and box.formula != name:
        words += f", {box.formula}"
    told = []
    if box.value is not None and box.value_known:
        told.append(text("figure.words.value", language, value=box.value.text))
    if box.adjoint is not None and box.adjoint_known:
        told.append(text("figure.words.adjoint", language, adjoint=box.adjoint.text))
    if box.trouble:
        told.append(box.trouble)
    return f"{words}: {', '.join(told)}" if told else words


def edge_words(target: str, source: str, formula: str, number: Shown | None, language: str) -> str:
    """Return an edge's derivative read aloud, empty where it has none."""
    if not formula:
        return ""
    told = formula if number is None or number.text == formula else f"{formula} = {number.text}"
    return text("figure.words.partial", language, target=target, source=source, partial=told)
