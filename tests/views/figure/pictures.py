"""Graphs to draw, and a reader of the pictures drawn."""

from __future__ import annotations

import re
from typing import Any, Final
from xml.etree import ElementTree

from graphgrad.autodiff.record import record
from graphgrad.graph.graph import Graph
from graphgrad.source.gg import read_gg
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.diagram import Diagram
from graphgrad.views.figure.content.diagram_of import diagram_of
from graphgrad.views.figure.content.scene_options import FigureOptions, SceneOptions
from graphgrad.views.figure.content.spellings import PlainSpelling
from graphgrad.views.figure.dot.dot_source import digraph
from graphgrad.views.layout_engines.engine import choose_engine

REGRESSION: Final = """
title "Regresión lineal"
input x = 3
input y = 9
param w = 2
param b = 1
[model]
z = w*x
yhat = z + b
[loss]
e = yhat - y
loss L = e^2
"""

SKIP: Final = """
input X = 1
param w1 = 2
param w2 = 3
z1 = w1*X
z2 = w2*(z1 + X)
output yhat = w1*(z1 + z2)
"""

MATRIX: Final = """
input X = [[1, 0.5], [2, 1], [0, -1]]
param W = [[0.1, 0.2], [0.4, 0.5]]
param b = [0.01, 0.02]
Z = X@W + b
A = tanh(Z)
loss L = sum(A^2)
"""

CHAIN: Final = "input x = 1\n" + "\n".join(
    f"z{i} = sigmoid({f'z{i - 1}' if i else 'x'})" for i in range(9)
)

EVIL_LABELS: Final = ("</svg><script>alert(1)</script>", r"\N\G\E\l", 'a"b', "&amp;", "😀", "א")


def traced(text: str) -> Trace:
    """Run a source."""
    return record(read_gg(text))


def figure_of(source: Trace | Graph, **options: Any) -> Diagram:
    """Return the diagram of a trace or a graph, spelled for DOT source."""
    return diagram_of(source, SceneOptions(collapse="none", **options), PlainSpelling)


def drawn(text: str, **options: Any) -> Diagram:
    """Return the diagram of a source."""
    return figure_of(traced(text), **options)


def box(figure: Diagram, name: str) -> Any:
    """Return a box by its typeset name."""
    return next(found for found in figure.boxes if found.label == name)


def edge(figure: Diagram, source: str, target: str, slot: int | None = None) -> Any:
    """Return an edge by the typeset names of its ends."""
    ends = box(figure, source).id, box(figure, target).id
    return next(
        found
        for found in figure.edges
        if (found.source, found.target) == ends and slot in (None, found.slot)
    )


class Picture:
    """DOT source as an engine draws it: what a viewer would see, not what the writer meant."""

    def __init__(self, figure: Diagram, engine: str | None = None, step: int | None = None) -> None:
        source = str(digraph(figure, FigureOptions(step=step)).source)
        self.bytes = choose_engine(engine, "svg").run(source, "svg")
        self.root = ElementTree.fromstring(self.bytes)
        for element in self.root.iter():
            element.tag = element.tag.rpartition("}")[2]

    def group(self, name: str) -> ElementTree.Element:
        """Return the group of a box or an edge."""
        return next(g for g in self.root.iter("g") if g.get("id") == name)

    def texts(self, name: str = "") -> list[str]:
        """Return the texts of a group, or of the whole picture."""
        where = self.group(name) if name else self.root
        return ["".join(text.itertext()) for text in where.iter("text")]

    def outline(self, name: str) -> tuple[float, float, float, float]:
        """Return the frame round the outline of a box: left, top, right, bottom."""
        shape = next(e for e in self.group(name) if e.tag in ("ellipse", "path", "polygon"))
        if shape.tag == "ellipse":
            cx, cy, rx, ry = (float(shape.get(key, "0")) for key in ("cx", "cy", "rx", "ry"))
            return cx - rx, cy - ry, cx + rx, cy + ry
        numbers = re.findall(r"-?[\d.]+", shape.get("points") or shape.get("d") or "")
        xs, ys = list(map(float, numbers[::2])), list(map(float, numbers[1::2]))
        return min(xs), min(ys), max(xs), max(ys)

    def geometry(self, boxes: list[str]) -> Any:
        """Return where the picture and its boxes stand."""
        return self.root.get("viewBox"), [self.outline(name) for name in boxes]
