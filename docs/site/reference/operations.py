"""Write the page of all operations: each with its derivatives, as the board has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from docs.site.contents import DOCS, Pair
from graphgrad.api.functions import function_of
from graphgrad.api.leaf import param
from graphgrad.api.verbs import graph as made_graph
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import in_language, text
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Elementwise, Leaf, Row, Structural
from graphgrad.ops.shapes import Shape
from graphgrad.symbolic.derive.partials import line_partials
from graphgrad.symbolic.write.formula_latex import line_latex
from graphgrad.symbolic.write.names import name_latex

__all__ = ["operations"]

WORDS = {
    "title": Pair("Operaciones", "Operations"),
    "about": Pair(
        "Cada operación con sus derivadas, como las escriben las figuras y la pasada hacia atrás. "
        "Todo sale de las filas del programa: ninguna fórmula de esta página se escribió a mano, y "
        "cada una se comprueba con sympy y con diferencias centrales. $\\nabla_y$ es lo que llega "
        "a la salida y $\\nabla_x$ lo que de ello vuelve a $x$. Ajustes: [lenguaje](lenguaje.md).",
        "Every operation with its derivatives, as figures and the backward pass write them. All of "
        "it comes from the rows of the program: no formula of this page was typed, and each is "
        "checked by sympy and by central differences. $\\nabla_y$ is what arrives at the output "
        "and $\\nabla_x$ what of it comes back to $x$. Settings: [language](language.md).",
    ),
    "elementwise": Pair("Elemento a elemento", "Entry by entry"),
    "structural": Pair("Sobre matrices enteras", "On whole arrays"),
    "also": Pair("También", "Also"),
    "kink": Pair("Esquina", "Kink"),
    "source": Pair("Fuente", "Source"),
}
_CELL = re.compile(r" ?(?<!\\)\| ?")


def operations(lang: str) -> str:
    """Return the page in a language."""
    told = _told() if lang == "es" else {}
    parts = [f"# {WORDS['title'].of(lang)}\n\n{WORDS['about'].of(lang)}\n"]
    for kind, heading in ((Elementwise, "elementwise"), (Structural, "structural")):
        parts.append(f"\n## {WORDS[heading].of(lang)}\n")
        with in_language(lang):
            parts += [_entry(row, told.get(row.name, row.doc), lang) for row in _rows(kind)]
    return "".join(parts)


def _rows(kind: type[Row]) -> Iterator[Row]:
    return (row for row in ROWS if isinstance(row, kind) and not isinstance(row, Leaf))


def _told() -> dict[str, str]:
    """Return what the Spanish page of the language says of each operation, by its name."""
    page = (DOCS / "lenguaje.md").read_text(encoding="utf-8")
    table = page.partition("<!-- table: functions -->\n")[2].partition("\n\n")[0]
    cells = [_CELL.split(line) for line in table.splitlines()[2:]]
    return {re.split(r"[`(]", cell[1])[-3]: cell[-2] for cell in cells if "(" in cell[1]}


def _entry(row: Row, doc: str, lang: str) -> str:
    """Return the section of one operation."""
    parts = [f"\n### {row.name}\n\n{doc}\n"]
    if row.aliases:
        parts.append(f"\n{WORDS['also'].of(lang)}: {', '.join(f'`{a}`' for a in row.aliases)}.\n")
    formulas = _derivatives(row)
    if formulas:
        parts.append("\n$$" + r",\qquad ".join(formulas) + "$$\n")
    convention = getattr(row, "convention", "")
    if convention:
        parts.append(f"\n{WORDS['kink'].of(lang)}: {text(convention, zero='0')}.\n")
    if row.source:
        parts.append(f"\n{WORDS['source'].of(lang)}: {row.source}\n")
    return "".join(parts)


def _derivatives(row: Row) -> list[str]:
    """Return the line of an operation and what it sends back to each argument, in LaTeX."""
    graph = _alone(row)
    if graph is None:
        return []
    *_, line = graph.lines()
    result = line.name
    formulas = [f"{result} = {line_latex(graph, line)}"]
    for partial in line_partials(graph, line):
        by = name_latex(graph.name(partial.source))
        slope = rf"\frac{{\partial {result}}}{{\partial {by}}}"
        left = slope if partial.kind == "partial" else _sent(by)
        whole = partial.latex.replace(
            rf"\frac{{\partial {result}}}{{\partial {result}}}", _sent(result)
        )
        formulas.append(f"{left} = {whole}")
    return formulas


def _sent(name: str) -> str:
    """Return the sign of what comes back to a value."""
    return rf"\nabla_{{{name}}}"


def _alone(row: Row) -> Graph | None:
    """Return a graph of one operation, on numbers or on the first example of its row."""
    function = function_of(row.name)
    if function is None:
        return None
    names = [argument.rstrip("*") for argument in row.arguments]
    names += [f"{names[0]}_2"] * row.variadic
    shapes, settings = _example(row, len(names))
    at = 1.0 if row.name == "one_hot" else 0.5  # the number of a class is a whole one
    leaves = [param(name, np.full(shape, at)) for name, shape in zip(names, shapes, strict=True)]
    made = function(*leaves, **settings)
    return made_graph(made, names={"f" if "y" in names else "y": made})


def _example(row: Row, count: int) -> tuple[tuple[Shape, ...], dict[str, Any]]:
    """Return shapes and settings that an operation takes; a power that must be given is 3."""
    if isinstance(row, Structural):
        matrices = (e for e in row.examples if {len(shape) for shape in e[0]} == {2} and not e[1])
        return next(matrices, row.examples[0])
    given = {setting.name: 3 for setting in row.settings if setting.default is None}
    return ((),) * count, given
