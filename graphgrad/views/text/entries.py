"""Gather what a run knows about each line or operation, once for all that show it."""

# Annotations are no texts here: of a named tuple, each text is compiled when this is imported.
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from graphgrad.autodiff.lines import line_partials
from graphgrad.errors import UsageError
from graphgrad.graph.blocks import Depth
from graphgrad.graph.formula import line_formula, node_formula, written_value
from graphgrad.graph.graph import Graph, Line
from graphgrad.graph.inputs import computations, line_reads
from graphgrad.messages.catalogue import text
from graphgrad.ops.row import ATOM, SUM
from graphgrad.ops.text import Written
from graphgrad.trace.trace import Trace, kept_with_trace
from graphgrad.trace.trouble import is_finite

if TYPE_CHECKING:
    from graphgrad.symbolic.derive.partials import SymbolicPartial

__all__ = [
    "COMPOSITE",
    "LOWERED",
    "Detail",
    "Entry",
    "PartialEntry",
    "entries",
    "entry_at",
    "gradients_of",
    "told_adjoints",
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
        value: the number or array; None for a pullback or without a run.
        contribution: what is added to the source's adjoint; None without a backward pass.
        level: how tightly the symbolic text binds.
        pullback: whether it is the whole contribution, not a factor of it.
        without_seed: the LaTeX without the factor dL/dL, which is 1.
        board: what people read: conditions in brackets, cases, vectors of ones; ``adj(h)`` is the
            adjoint of h, which a figure names in its own way.
        board_level: how tightly that binds.
        told: the same with adjoints by name: dL/dh.
    """

    slot: int
    source: int
    wrt: str
    symbolic: str
    latex: str
    value: Any
    contribution: Any
    level: int = ATOM
    pullback: bool = False
    without_seed: str = ""
    board: str = ""
    board_level: int = ATOM
    told: str = ""

    @property
    def is_undefined(self) -> bool:
        """Tell whether it is a number in symbols, but none where the run is: log(z - z)."""
        is_number = self.value is not None and bool(_NUMBER.fullmatch(self.symbolic))
        return is_number and not is_finite(self.value)

    @property
    def shown(self) -> str:
        """Return what people read as it stands after an equals sign."""
        if self.is_undefined:
            return text("figure.undefined")
        return Written(self.board, self.board_level).within(SUM)


class Entry(NamedTuple):
    """One line, or one operation; of a graph that was not run it holds no numbers.

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


_NUMBER = re.compile(r"-?[\d./]+")
_ADJOINT = re.compile(r"\badj\(([^()]*)\)(?=(\^|\[)?)")


def entries(trace: Trace, detail: Depth = "line") -> Iterator[Entry]:
    """Yield an entry per line of the file, or per node, in the order of the file; groups open."""
    kept: Detail = "op" if detail == "op" else "line"
    for line in trace.graph.lines():
        for node in line.nodes if kept == "op" else (line.root,):
            yield entry_at(trace, node, kept)


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


def entry_at(source: Trace | Graph, node: int, detail: Detail) -> Entry:
    """Return the entry of a node's line, or of the node alone; of a graph, without numbers."""
    if isinstance(source, Trace):
        return _entry_of_run(source, node, detail)
    return _made(source, None, node, detail)


@kept_with_trace
def _entry_of_run(trace: Trace, node: int, detail: Detail) -> Entry:
    return _made(trace.graph, trace, node, detail)


def alone(line: Line, node: int) -> Line:
    """Return one operation of a line as a line of its own."""
    return line._replace(nodes=range(node, node + 1), root=node)


def adjoint_of(trace: Trace, node: int) -> Any:
    """Return a node's adjoint; None without a backward pass or where nothing varies."""
    if trace.adjoints is None or not trace.graph.variable[node]:
        return None
    return trace.adjoint(node)


def _made(graph: Graph, trace: Trace | None, node: int, detail: Detail) -> Entry:
    line = graph.line(graph.line_of(node))
    whole = detail == "line"
    node = line.root if whole else node
    parents = graph.columns.parents_of(node)
    return Entry(
        line.name if whole else graph.name(node),
        _line_op(graph, line) if whole else graph.columns.row(node).name,
        graph.role(node),
        line.group,
        line_formula(graph, line) if whole else node_formula(graph, node),
        _line_inputs(graph, line) if whole else [graph.name(parent) for parent in parents],
        node,
        None if trace is None else trace.values[node],
        None if trace is None else adjoint_of(trace, node),
        _partials(graph, trace, node, detail),
    )


def _partials(graph: Graph, trace: Trace | None, node: int, detail: Detail) -> list[PartialEntry]:
    """Join the symbolic and, of a run, the numeric side of each slot."""
    from graphgrad.symbolic.derive import partials

    if graph.is_leaf(node):
        return []
    line = graph.line(graph.line_of(node))
    whole = detail == "line"
    symbols = partials.line_partials(graph, line) if whole else partials.node_partials(graph, node)
    if trace is None:
        return [_partial(graph, symbol) for symbol in symbols]
    by_slot = {symbol.slot: symbol for symbol in symbols}
    numbers = line_partials(trace, line if whole else alone(line, node))
    return [_partial(graph, by_slot[n.slot], n.value, n.contribution) for n in numbers]


def _partial(
    graph: Graph, symbol: "SymbolicPartial", value: Any = None, contribution: Any = None
) -> PartialEntry:
    pullback = symbol.kind == "pullback"
    return PartialEntry(
        symbol.slot,
        symbol.source,
        graph.name(symbol.source),
        symbol.text,
        symbol.latex,
        None if pullback else value,
        contribution,
        symbol.level,
        pullback,
        symbol.without_seed,
        symbol.shown,
        symbol.shown_level,
        told_adjoints(graph, symbol.shown),
    )


def told_adjoints(graph: Graph, board: str) -> str:
    """Return a derivative with adjoints by name: dL/dh; ∇h where the output is an array."""
    output = graph.name(graph.output)
    single = not graph.columns.shape(graph.output)

    def named(match: re.Match[str]) -> str:
        if not single:
            return f"∇{match[1]}"
        return f"(d{output}/d{match[1]})" if match[2] else f"d{output}/d{match[1]}"

    return _ADJOINT.sub(named, board)


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
