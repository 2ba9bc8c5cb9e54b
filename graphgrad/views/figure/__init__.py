"""Write a trace as DOT source, and lay out such source with a Graphviz engine.

One way through: trace -> `figure_of` (plain data) -> `to_graphviz` (DOT). What a figure shows is
decided in `build`, how it looks in `theme`, `rows` and `dot_source`; an engine is one entry of
`engine.ENGINES`, a format one entry of `write.WRITERS`. Typeset figures are in
`graphgrad.views.scene`, which uses the engines.

Whatever is named here is imported when it is first asked for: the terminal app shows formulas, and
needs neither Graphviz nor the rest of a figure for it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphgrad.views.figure.build import figure_of
    from graphgrad.views.figure.dot_source import to_graphviz
    from graphgrad.views.figure.engine import ENGINES, choose_engine
    from graphgrad.views.figure.model import Figure, FigureBox, FigureEdge, FigureGroup
    from graphgrad.views.figure.options import SHOWABLE, FigureOptions, shown_parts
    from graphgrad.views.figure.typeset import typeset_formula, typeset_name, typeset_node
    from graphgrad.views.figure.write import WRITERS, dot_text

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
    "dot_text",
    "figure_of",
    "shown_parts",
    "to_graphviz",
    "typeset_formula",
    "typeset_name",
    "typeset_node",
]

_MODULES = {
    "build": ("figure_of",),
    "dot_source": ("to_graphviz",),
    "engine": ("ENGINES", "choose_engine"),
    "model": ("Figure", "FigureBox", "FigureEdge", "FigureGroup"),
    "options": ("SHOWABLE", "FigureOptions", "shown_parts"),
    "typeset": ("typeset_formula", "typeset_name", "typeset_node"),
    "write": ("WRITERS", "dot_text"),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(name)
