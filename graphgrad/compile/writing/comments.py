"""Say of the operations of a program which lines they are, and why an adjoint is what it is."""

from __future__ import annotations

from graphgrad.compile.recording.program import Program
from graphgrad.graph.formula import line_formula, node_formula
from graphgrad.graph.graph import Graph
from graphgrad.symbolic.derive.partials import SymbolicPartial, node_partials

__all__ = ["comments"]


def comments(graph: Graph, program: Program) -> dict[int, str]:
    """Return what is said of some operations: a line's formula, or the chain rule for an adjoint.

    Args:
        graph: the graph that the program came from.
        program: the program.
    """
    told: dict[int, str] = {}
    for line in graph.lines():
        operand = program.values.get(line.root)
        formula = line_formula(graph, line)
        if isinstance(operand, int) and formula:
            told.setdefault(operand, f"{line.name} = {formula}")
    for node, operand in program.values.items():
        formula = node_formula(graph, node)
        if isinstance(operand, int) and formula:
            told.setdefault(operand, f"{graph.name(node)} = {formula}")
    terms = _terms(graph)
    for node, operand in program.adjoints.items():
        if isinstance(operand, int) and node in terms:
            told.setdefault(operand, f"adj({graph.name(node)}) = {' + '.join(terms[node])}")
    return told


def _terms(graph: Graph) -> dict[int, list[str]]:
    """Return by node what its readers add to its adjoint, the last reader first."""
    found: dict[int, list[str]] = {}
    reached = {graph.output}
    for reader in range(graph.output, -1, -1):
        if reader not in reached or graph.is_leaf(reader) or not graph.variable[reader]:
            continue
        reached.update(graph.columns.parents_of(reader))
        for partial in node_partials(graph, reader):
            found.setdefault(partial.source, []).append(_term(graph.name(reader), partial))
    return found


def _term(reader: str, partial: SymbolicPartial) -> str:
    if partial.kind == "pullback":
        return partial.text
    factor = partial.text if partial.text.isidentifier() else f"({partial.text})"
    return f"adj({reader})" if partial.text == "1" else f"adj({reader})*{factor}"
