"""Draw a trace as a figure: boxes and edges with their numbers, laid out by a Graphviz engine.

One way through: trace -> `figure_of` (plain data) -> `digraph` (DOT) -> engine -> file. What a
figure shows is decided in `build`, how it looks in `theme`, `rows` and `dot_source`; an engine is
one entry of `engine.ENGINES`, a format one entry of `write.WRITERS`.
"""

from graphgrad.views.figure.build import figure_of
from graphgrad.views.figure.dot_source import to_graphviz
from graphgrad.views.figure.engine import ENGINES, choose_engine
from graphgrad.views.figure.model import Figure, FigureBox, FigureEdge, FigureGroup
from graphgrad.views.figure.options import SHOWABLE, FigureOptions, shown_parts
from graphgrad.views.figure.typeset import typeset_formula, typeset_name, typeset_node
from graphgrad.views.figure.write import WRITERS, png_bytes, render, svg_bytes, writer_of

__all__ = [
    "ENGINES",
    "SHOWABLE",
    "WRITERS",
    "Figure",
    "FigureBox",
    "FigureEdge",
    "FigureGroup",
    "FigureOptions",
    "choose_engine",
    "figure_of",
    "png_bytes",
    "render",
    "shown_parts",
    "svg_bytes",
    "to_graphviz",
    "typeset_formula",
    "typeset_name",
    "typeset_node",
    "writer_of",
]
