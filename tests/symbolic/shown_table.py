"""Tell how the derivatives of rows and of many lines are shown, one a line, for a person to read.

``python -m tests.symbolic.shown_table`` writes them to ``shown.txt``: read the difference before it
is committed, and ask of each whether a textbook would print it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import sympy

from graphgrad.expr.tokens import tokenize
from graphgrad.graph.graph import Graph
from graphgrad.ops.registry import ROWS
from graphgrad.ops.row import Elementwise
from graphgrad.source.gg import read_gg
from graphgrad.symbolic.derive.partials import SymbolicPartial, line_partials
from graphgrad.symbolic.sympy_rows.on_sympy import EXPANDED, number, real_symbol
from graphgrad.views.text.entries import told_adjoints

__all__ = [
    "RECORDED",
    "Entry",
    "Shown",
    "ShownLine",
    "as_answer",
    "derivatives",
    "lines",
    "recorded",
    "sympys_derivative",
    "table",
]

RECORDED = Path(__file__).with_name("shown.txt")
LINES = Path(__file__).with_name("shown_lines.txt")
_CASES = re.compile(r"\{([^{};]*), ([^{};]*); ([^{};]*), [^{};]*\}")
_KNOWN = frozenset({"pi", "e", "T", "axis", "true"})


class ShownLine(NamedTuple):
    """One line whose derivatives are shown; a composed one stands in the second part of the file.

    Attributes:
        shapes: those of its arrays, as in ``W:2x3 x:3``.
        text: the line itself.
        composed: whether it is composed of several rows.
    """

    shapes: str
    text: str
    composed: bool = False

    @property
    def told(self) -> str:
        """The line as the table tells it."""
        return f"{self.text}   ({self.shapes})" if self.shapes else self.text


class Shown(NamedTuple):
    """One derivative of a line."""

    graph: Graph
    line: str
    formula: str
    wrt: str
    partial: SymbolicPartial


class Entry(NamedTuple):
    """One derivative that the recorded table tells: which of its line's, and by what name."""

    line: ShownLine
    place: int
    wrt: str


def table() -> str:
    """Return the table: a line, then per derivative what is shown, the text and the LaTeX."""
    rows = list[str]()
    for line in lines():
        rows.append(line.told)
        for shown in derivatives(line):
            rows.append(f"    {shown.wrt}: {told_adjoints(shown.graph, shown.partial.shown)}")
            rows.append(f"        {shown.partial.text}")
            rows.append(f"        {shown.partial.without_seed}")
    return "\n".join(rows) + "\n"


def recorded() -> Iterator[Entry]:
    """Yield the derivatives of the recorded table by name; none is worked out."""
    known = {line.told: line for line in lines()}
    line, place = ShownLine("", ""), 0
    for text in RECORDED.read_text("utf-8").splitlines():
        if not text.startswith(" "):
            line, place = known[text], 0
        elif not text.startswith(" " * 8):
            yield Entry(line, place, text.strip().partition(":")[0])
            place += 1


def lines() -> Iterator[ShownLine]:
    """Yield every row that takes numbers, and the lines of the file."""
    for row in ROWS:
        written = isinstance(row, Elementwise) and row.arguments and row.notation is None
        if written and row.name != "powi":
            yield ShownLine("", f"out = {row.name}({', '.join(row.arguments)})")
    composed = False
    for text in LINES.read_text("utf-8").splitlines():
        composed = composed or text.startswith("# Composed")
        if text and not text.startswith("#"):
            shapes, _, line = text.rpartition("|")
            yield ShownLine(shapes.strip(), line.strip(), composed)


@cache
def derivatives(line: ShownLine) -> tuple[Shown, ...]:
    """Return the derivatives of a line."""
    given = dict(part.split(":") for part in line.shapes.split())
    name, formula = (part.strip() for part in line.text.split("=", 1))
    source = ""
    for leaf in _leaves(formula):
        source += f"param {leaf}: {given[leaf]} = normal(draw=1)\n" if leaf in given else ""
        source += "" if leaf in given else f"param {leaf} = 0.7\n"
    graph = read_gg(f"{source}{line.text}\n")
    return tuple(
        Shown(graph, line.told, formula, graph.name(partial.source), partial)
        for partial in line_partials(graph, graph.line(graph.line_index[name]))
    )


def _leaves(formula: str) -> list[str]:
    tokens = tokenize(formula)
    followers = [*(token.value for token in tokens[1:]), ""]
    names = (
        token.value
        for token, follower in zip(tokens, followers, strict=True)
        if token.kind == "name" and follower != "(" and token.value not in _KNOWN
    )
    return list(dict.fromkeys(names))


def sympys_derivative(shown: Shown) -> Any:
    """Return sympy's derivative of a line of numbers, from the definitions of its rows."""
    graph, values = shown.graph, dict[int, Any]()
    for node in range(len(graph)):
        row, settings = graph.columns.row(node), graph.columns.settings_of(node)
        args = [values[parent] for parent in graph.columns.parents_of(node)]
        if graph.is_constant(node):
            symbol = settings.get("symbol")
            known = {"pi": sympy.pi, "e": sympy.E}
            values[node] = known[symbol] if symbol else number(graph.defaults[node])
        elif graph.is_leaf(node):
            values[node] = real_symbol(graph.name(node))
        else:
            assert isinstance(row, Elementwise)
            values[node] = row.formula(EXPANDED, *args, **settings)
    slots = line_partials(graph, graph.line(graph.line_of(graph.output)))
    if sum(other.source == shown.partial.source for other in slots) > 1:
        return None  # x*x as one operation: one derivative per slot
    derivative = sympy.diff(values[graph.output], real_symbol(shown.wrt))
    return derivative.replace(sympy.DiracDelta, lambda *_: sympy.S.Zero)  # beside the jump


def as_answer(shown: Shown) -> str:
    """Return what is shown as a person would type it: cases as where, the name as its formula."""
    text = shown.partial.shown
    while (match := _CASES.search(text)) is not None:
        chosen = "where({1}, {0}, {2})".format(*match.groups())
        text = text[: match.start()] + chosen + text[match.end() :]
    name = shown.line.split("=")[0].strip()
    return re.sub(rf"\b{name}\b", f"({shown.formula})", text)


if __name__ == "__main__":
    RECORDED.write_text(table(), "utf-8")
