"""Say where no gradient passes: at ops whose derivative is 0 wherever it exists.

`sign`, `step`, comparisons and `argmax_mask` are flat: what stands before them learns nothing
through them.
"""

from __future__ import annotations

from graphgrad.messages.catalogue import Worded
from graphgrad.ops.flat import passes_nothing
from graphgrad.views.lenses.lens import Lens, Report, Sheet, Verdict
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.text.trouble import formula_of

__all__ = ["BLOCKED"]


def _compute(subject: Subject) -> Report:
    graph, columns = subject.graph, subject.graph.columns
    rows, flat = [], set()
    for node in range(len(graph)):
        row = columns.row(node)
        for slot, parent in enumerate(columns.parents_of(node)):
            if graph.variable[parent] and passes_nothing(row, slot):
                flat.add((node, slot))
                line = graph.line(graph.line_of(node)).name
                rows.append((line, formula_of(graph, node), row.name, formula_of(graph, parent)))
    cut = _cut_off(subject, flat)
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


def _cut_off(subject: Subject, flat: set[tuple[int, int]]) -> list[str]:
    """Return the leaves that reach the output, but only through flat ops."""
    graph, columns = subject.graph, subject.graph.columns
    reaches, learns = bytearray(len(graph)), bytearray(len(graph))
    reaches[graph.output] = learns[graph.output] = 1
    for node in range(graph.output, -1, -1):
        for slot, parent in enumerate(columns.parents_of(node)):
            reaches[parent] |= reaches[node]
            learns[parent] |= learns[node] and (node, slot) not in flat
    leaves = subject.parameters | subject.inputs
    return [name for name, node in leaves.items() if reaches[node] and not learns[node]]


BLOCKED = Lens(
    name="blocked",
    spanish="bloqueos",
    compute=_compute,
    plotted=False,
    source="Valencia course 001, Funciones de activación y sus derivadas, g_E.",
)
