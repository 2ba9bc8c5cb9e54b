"""Gather what a run knows about each line or operation, once for tables and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from graphgrad.autodiff.lines import line_partials
from graphgrad.errors import UsageError
from graphgrad.graph.formula import line_formula, node_formula, written_value
from graphgrad.graph.graph import Graph, Line
from graphgrad.graph.inputs import computations, line_reads
from graphgrad.ops.row import ATOM, SUM
from graphgrad.ops.text import Written
from graphgrad.trace.trace import Trace

__all__ = [
    "COMPOSITE",
    "LOWERED",
    "Detail",
    "Entry",
    "PartialEntry",
    "entries",
    "gradients_of",
    "node_entry_of",
]

Detail = Literal["line", "op"]
COMPOSITE = "composite"
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class PartialEntry(NamedTuple):
    """One slot of an entry: the derivative there and what it contributes.

    Attributes:
        slot: position among the entry's inputs.
        source: the node it is the derivative in.
        wrt: that node's name.
        symbolic: the derivative, or the pullback of a structural op, as `.gg` text.
        latex: the same, typeset.
        value: the number or array; None for a pullback.
        contribution: what is added to the source's adjoint; None without a backward pass.
        level: how tightly the symbolic text binds.
    """

    slot: int
    source: int
    wrt: str
    symbolic: str
    latex: str
    value: Any
    contribution: Any
    level: int = ATOM

    @property
    def shown(self) -> str:
        """Return the symbolic text as it stands after an equals sign."""
        return Written(self.symbolic, self.level).within(SUM)


class Entry(NamedTuple):
    """One line, or one operation.

    Attributes:
        name: the line's name, or ``line.k`` for an operation inside it.
        op: the op's name; ``composite`` for a line of several operations.
        role: input, parameter, constant, computation or loss.
        group: the group it stands in.
        formula: the right-hand side; empty for a leaf.
        inputs: names of what it reads, by slot.
        node: the node that holds its value.
        value: its value.
        adjoint: its adjoint; None without a backward pass or where nothing varies.
        partials: one per slot that leads to an input or parameter.
    """

    name: str
    op: str
    role: str
    group: str
    formula: str
    inputs: list[str]
    node: int
    value: Any
    adjoint: Any
    partials: list[PartialEntry]

    def local_name(self, partial: PartialEntry) -> str:
        """Return the name of a local derivative: ∂z/∂w, or ∂₁z/∂w where w fills several slots."""
        several = sum(other.source == partial.source for other in self.partials) > 1
        slot = str(partial.slot + 1).translate(LOWERED) if several else ""
        return f"∂{slot}{self.name}/∂{partial.wrt}"


def entries(trace: Trace, detail: Detail = "line") -> Iterator[Entry]:
    """Yield an entry per line of the file, or per node, in the order of the file."""
    for line in trace.graph.lines():
        if detail == "line":
            yield line_entry(trace, line)
        else:
            for node in line.nodes:
                yield node_entry(trace, line, node)


def gradients_of(trace: Trace, wrt: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the gradients of a run, or the adjoints of the lines named."""
    found = dict(trace.gradients)
    if not wrt:
        return found
    for name in wrt:
        node = trace.graph.find(name)
        if node is not None and not trace.graph.variable[node]:
            raise UsageError("explain.constant", name=name)
    names = [name for name in found if name in wrt]
    names += [name for name in dict.fromkeys(wrt) if name not in found]
    return {name: trace.adjoint(name) for name in names} if trace.adjoints is not None else {}


def line_entry(trace: Trace, line: Line) -> Entry:
    """Return the entry of a line, with partials composed over its operations."""
    from graphgrad.symbolic.derive.partials import line_partials as symbolic_line_partials

    graph = trace.graph
    leaf = graph.is_leaf(line.root)
    symbols = [] if leaf else symbolic_line_partials(graph, line)
    numbers = [] if leaf else line_partials(trace, line)
    return Entry(
        line.name,
        _line_op(graph, line),
        graph.role(line.root),
        line.group,
        line_formula(graph, line),
        _line_inputs(graph, line),
        line.root,
        trace.values[line.root],
        adjoint_of(trace, line.root),
        _partials(graph, symbols, numbers),
    )


def node_entry(trace: Trace, line: Line, node: int) -> Entry:
    """Return the entry of one node."""
    from graphgrad.symbolic.derive.partials import node_partials

    graph = trace.graph
    leaf = graph.is_leaf(node)
    symbols = [] if leaf else node_partials(graph, node)
    numbers = [] if leaf else line_partials(trace, alone(line, node))
    return Entry(
        graph.name(node),
        graph.columns.row(node).name,
        graph.role(node),
        line.group,
        node_formula(graph, node),
        [graph.name(parent) for parent in graph.columns.parents_of(node)],
        node,
        trace.values[node],
        adjoint_of(trace, node),
        _partials(graph, symbols, numbers),
    )


def node_entry_of(trace: Trace, node: int, detail: Detail) -> Entry:
    """Return the entry of a node's line, or of the node alone."""
    line = trace.graph.line(trace.graph.line_of(node))
    return line_entry(trace, line) if detail == "line" else node_entry(trace, line, node)


def alone(line: Line, node: int) -> Line:
    """Return one operation of a line as a line of its own."""
    return line._replace(nodes=range(node, node + 1), root=node)


def adjoint_of(trace: Trace, node: int) -> Any:
    """Return a node's adjoint; None without a backward pass or where nothing varies."""
    if trace.adjoints is None or not trace.graph.variable[node]:
        return None
    return trace.adjoint(node)


def _partials(graph: Graph, symbols: list[Any], numbers: list[Any]) -> list[PartialEntry]:
    """Join the symbolic and the numeric side of each slot."""
    by_slot = {symbol.slot: symbol for symbol in symbols}
    return [
        PartialEntry(
            found.slot,
            found.source,
            graph.name(found.source),
            by_slot[found.slot].text,
            by_slot[found.slot].latex,
            None if by_slot[found.slot].kind == "pullback" else found.value,
            found.contribution,
            by_slot[found.slot].level,
        )
        for found in numbers
    ]


def _line_op(graph: Graph, line: Line) -> str:
    if len(computations(graph, line)) > 1:
        return COMPOSITE
    return graph.columns.row(line.root).name


def _line_inputs(graph: Graph, line: Line) -> list[str]:
    """Return what a line reads, so that a partial's slot is its position."""
    read = [source for _, source in line_reads(graph, line)]
    if len(computations(graph, line)) > 1:
        return [graph.name(source) for source in read]
    return [
        written_value(graph, source).text if graph.is_constant(source) else graph.name(source)
        for source in read
    ]
