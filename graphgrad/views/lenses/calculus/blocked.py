"""Say where no gradient passes: at ops whose derivative is 0 wherever it exists.

`sign`, `step`, comparisons and `argmax_mask` are flat: what stands before them learns nothing
through them.
"""

from __future__ import annotations

from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import Worded
from graphgrad.ops.flat import passes_nothing
from graphgrad.views.lenses.lens import Lens, Report, Sheet, Verdict
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.text.trouble import formula_of

__all__ = ["BLOCKED", "cut_off"]


def _compute(subject: Subject) -> Report:
    graph, columns = subject.graph, subject.graph.columns
    rows = []
    for node in range(len(graph)):
        row = columns.row(node)
        for slot, parent in enumerate(columns.parents_of(node)):
            if graph.variable[parent] and passes_nothing(row, slot):
                line = graph.line(graph.line_of(node)).name
                rows.append((line, formula_of(graph, node), row.name, formula_of(graph, parent)))
    cut = cut_off(graph)
    sheet = Sheet("flat", ("line", "formula", "op", "argument"), tuple(rows))
    verdicts = []
    for line, formula, op, argument in rows:
        fields = {"line": line, "formula": formula, "op": op, "argument": argument}
        verdicts.append(Verdict("blocked", Worded("lens.blocked.here", **fields)))
    if cut:
        told = Worded("lens.blocked.cut", names=", ".join(cut))
        verdicts.append(Verdict("cut", told))
    if not rows:
        verdicts.append(Verdict("open", Worded("lens.blocked.open")))
    numbers = {"flat": len(rows), "cut": len(cut)}
    return Report("blocked", (sheet,) if rows else (), tuple(verdicts), numbers)


def cut_off(graph: Graph) -> list[str]:
    """Return the inputs and parameters that reach the output, but only through flat ops."""
    columns = graph.columns
    reaches, learns = bytearray(len(graph)), bytearray(len(graph))
    reaches[graph.output] = learns[graph.output] = 1
    for node in range(graph.output, -1, -1):
        row = columns.row(node)
        for slot, parent in enumerate(columns.parents_of(node)):
            reaches[parent] |= reaches[node]
            learns[parent] |= learns[node] and not passes_nothing(row, slot)
    return [
        line.name
        for line in graph.lines()
        if graph.role(line.root) in ("input", "parameter")
        and reaches[line.root]
        and not learns[line.root]
    ]


BLOCKED = Lens(
    name="blocked",
    spanish="bloqueos",
    compute=_compute,
    plotted=False,
    source="Valencia course 001, Funciones de activación y sus derivadas, g_E.",
)
