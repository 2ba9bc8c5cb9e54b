"""Cut a graph into what a figure draws: a part per line or operation, all or some of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from graphgrad.errors import UsageError
from graphgrad.graph.formula import line_formula, node_formula, written_value
from graphgrad.graph.graph import Graph, Line
from graphgrad.graph.inputs import LineInput, computations, line_reads
from graphgrad.messages.catalogue import near
from graphgrad.symbolic.write.latex_movement import is_of_a_layer
from graphgrad.views.text.course_words import formula_on_board
from graphgrad.views.text.entries import Detail

__all__ = ["Part", "formula_of", "graph_parts", "parts_between", "told_formula"]

_MOST_NAMES = 20


class Part(NamedTuple):
    """What becomes one box.

    Attributes:
        node: the node that holds its value.
        nodes: all nodes it stands for.
        formula: its right-hand side; for a number of a formula, the number; empty if not wanted.
        group: the group it stands in.
        uses: what it reads from other parts, by slot.
        composite: whether it stands for several operations, so that a use may be several edges.
        literal: whether it is a number of a formula.
    """

    node: int
    nodes: range
    formula: str
    group: str
    uses: tuple[LineInput, ...]
    composite: bool
    literal: bool = False


def graph_parts(graph: Graph, detail: Detail, *, formulas: bool = True) -> Iterator[Part]:
    """Yield the parts of a graph in the order of the steps.

    Args:
        graph: the graph.
        detail: a part per line, or per operation.
        formulas: whether formulas are written; who shows few of many asks `formula_of` for them.
    """
    for line in graph.lines():
        if detail == "line":
            part = _line_part(graph, line)
            yield part._replace(formula=formula_of(graph, part.node, detail)) if formulas else part
            continue
        for node in line.nodes:
            part = _node_part(graph, line, node)
            yield part._replace(formula=formula_of(graph, node, detail)) if formulas else part


def formula_of(graph: Graph, node: int, detail: Detail) -> str:
    """Return the formula of the part of a node."""
    line = graph.line(graph.line_of(node))
    if detail == "line":
        return line_formula(graph, line)
    literal = graph.is_constant(node) and node != line.root
    return written_value(graph, node).text if literal else node_formula(graph, node)


def told_formula(graph: Graph, part: Part, detail: Detail) -> str:
    """Return the formula of a part; one of a layer's own in the words of a course."""
    formula = part.formula or formula_of(graph, part.node, detail)
    return (
        formula_on_board(graph, part.node, formula) if is_of_a_layer(graph, part.node) else formula
    )


def _line_part(graph: Graph, line: Line) -> Part:
    operations = computations(graph, line)
    reads = line_reads(graph, line)
    uses = tuple(read for read in reads if read.source < line.nodes.start)
    return Part(line.root, line.nodes, "", line.group, uses, len(operations) > 1)


def _node_part(graph: Graph, line: Line, node: int) -> Part:
    uses = tuple(map(LineInput._make, enumerate(graph.columns.parents_of(node))))
    literal = graph.is_constant(node) and node != line.root
    nodes = range(node, node + 1)
    return Part(node, nodes, "", line.group, uses, composite=False, literal=literal)


def parts_between(graph: Graph, parts: Sequence[Part], names: Iterable[str]) -> list[Part]:
    """Return the parts between some lines and the output, and what these read directly.

    Raises:
        UsageError: if there is no line of a name.
    """
    starts = {_node_of(graph, name) for name in names}
    owner = {node: part.node for part in parts for node in part.nodes}
    output = owner[graph.output]
    after = {owner[node] for node in starts}
    for part in parts:
        if any(owner[use.source] in after for use in part.uses):
            after.add(part.node)
    before = {output}
    for part in reversed(parts):
        if part.node in before:
            before.update(owner[use.source] for use in part.uses)
    between = after & before | {owner[node] for node in starts} | {output}
    operands = {
        owner[use.source]
        for part in parts
        if part.node in between and part.node in after
        for use in part.uses
    }
    return [part for part in parts if part.node in between or part.node in operands]


def _node_of(graph: Graph, name: str) -> int:
    node = graph.find(name)
    if node is not None:
        return node
    names = graph.line_names
    known = ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")
    raise UsageError("name.unknown", name=name, near=near(name, names), known=known)
