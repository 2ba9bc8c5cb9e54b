"""Tell the layers of a graph: from the calls of layers, else from its groups, else from its lines.

A stage is what a reader calls a layer: an affine part with parameters, then its activation. What
comes after the last one is the stage of the loss.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graphgrad.graph.blocks import Block
from graphgrad.graph.graph import Edge, Graph, Line
from graphgrad.ops.row import INDICATORS, Elementwise

__all__ = ["Stage", "activation_nodes", "stages"]

_NO_ACTIVATION = {"neg", "powi", "identity", *INDICATORS}
_ACTIVATION_OPS = {"softmax", "log_softmax"}
_PRODUCTS = {"mul", "matmul", "dot", "outer", "div", "pow"}


@dataclass(frozen=True)
class Stage:
    """One layer.

    Attributes:
        graph: the graph it belongs to.
        name: of its block or group, else of its last line.
        nodes: its nodes, rising.
        kind: the name of the layer row; empty where no call made it.
        settings: of the call.
        loss: whether it is what comes after the last layer.
    """

    graph: Graph
    name: str
    nodes: tuple[int, ...]
    kind: str = ""
    settings: tuple[tuple[str, Any], ...] = ()
    loss: bool = False

    @property
    def output(self) -> int:
        """Return the node that it hands on."""
        return self.nodes[-1]

    @cached_property
    def entering(self) -> tuple[Edge, ...]:
        """Return the edges that come from outside."""
        columns, own = self.graph.columns, frozenset(self.nodes)
        return tuple(
            Edge(parent, node, slot)
            for node in self.nodes
            for slot, parent in enumerate(columns.parents_of(node))
            if parent not in own
        )

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Return the names of the parameters that it reads."""
        graph = self.graph
        read = (e.source for e in self.entering if graph.role(e.source) == "parameter")
        return tuple(dict.fromkeys(graph.name(node) for node in read))

    @cached_property
    def data(self) -> tuple[int, ...]:
        """Return the nodes from outside that are no parameters and no numbers."""
        roles = ("parameter", "constant")
        read = (e.source for e in self.entering if self.graph.role(e.source) not in roles)
        return tuple(dict.fromkeys(read))

    @cached_property
    def activations(self) -> tuple[int, ...]:
        """Return its activation functions."""
        return tuple(activation_nodes(self.graph, self.nodes))


def stages(graph: Graph) -> list[Stage]:
    r"""Return the layers in the order of the graph, the loss last.

    >>> from graphgrad.source.gg import read_gg
    >>> net = "input x = 1\nparam w = 2\nparam v = 3\nh = tanh(w*x)\ny = v*h\nloss L = y^2"
    >>> [(stage.name, stage.parameters, stage.loss) for stage in stages(read_gg(net))]
    [('h', ('w',), False), ('y', ('v',), False), ('L', (), True)]
    """
    lines = [line for line in graph.lines() if not graph.is_leaf(line.root)]
    known = _of_blocks(graph) or _of_groups(graph, lines)
    return list(_joined(graph, lines, known))


def activation_nodes(graph: Graph, nodes: tuple[int, ...] | range) -> Iterator[int]:
    """Yield the nodes that apply an activation: a function of one argument, entry by entry."""
    columns = graph.columns
    for node in nodes:
        row = columns.row(node)
        entrywise = isinstance(row, Elementwise) and row.notation is None
        one = len(columns.parents_of(node)) == 1 or row.name == "prelu"
        if row.name in _ACTIVATION_OPS or (
            entrywise and one and row.name not in _NO_ACTIVATION and graph.variable[node]
        ):
            yield node


def _of_blocks(graph: Graph) -> dict[str, Block | None]:
    """Return the innermost blocks of layers by group."""
    blocks = {block.group: block for block in graph.heading.blocks}
    outer = {group.rpartition(".")[0] for group in blocks}
    return {group: block for group, block in blocks.items() if group not in outer}


def _of_groups(graph: Graph, lines: list[Line]) -> dict[str, Block | None]:
    """Return the groups as layers, where at least two of them read parameters."""
    reading = dict.fromkeys(line.group for line in lines if _reads_parameters(graph, line))
    named = [group for group in reading if group]
    return dict.fromkeys(named) if len(named) > 1 else {}


def _reads_parameters(graph: Graph, line: Line) -> bool:
    return any(graph.role(parent) == "parameter" for parent in _read(graph, line))


def _joined(graph: Graph, lines: list[Line], known: dict[str, Block | None]) -> Iterator[Stage]:
    """Yield runs of lines: of one known group, else a line with parameters and what follows."""
    last = max((k for k, line in enumerate(lines) if _reads_parameters(graph, line)), default=-1)
    runs: list[tuple[str, list[Line]]] = []
    for place, line in enumerate(lines):
        group = line.group if line.group in known else ""
        if runs and _activates(graph, runs[-1], line, lines[place + 1 : place + 2]):
            group = runs[-1][0]
        if runs and _continues(graph, runs[-1], line, group, after=place > last):
            runs[-1][1].append(line)
        else:
            runs.append((group, [line]))
    for place, (group, run) in enumerate(runs):
        block = known.get(group)
        loss = place == len(runs) - 1 and place > 0 and _is_loss(graph, run, block)
        yield Stage(
            graph,
            group or run[-1].name,
            tuple(node for line in run for node in line.nodes),
            block.kind if block else "",
            block.settings if block else (),
            loss,
        )


def _activates(
    graph: Graph, run: tuple[str, list[Line]], line: Line, following: list[Line]
) -> bool:
    """Tell whether a line is the activation of the layer before it, written in the next call.

    In ``second(relu(first(x)))`` the call of ``second`` holds a line for what it is given.
    """
    group, before = run
    inside = any(after.group == line.group for after in following) and line.group != before[0].group
    acting = list(activation_nodes(graph, line.nodes))
    only = len(acting) == sum(not graph.is_constant(node) for node in line.nodes)
    return inside and bool(group) and only and before[-1].root in _read(graph, line)


def _continues(
    graph: Graph, run: tuple[str, list[Line]], line: Line, group: str, *, after: bool
) -> bool:
    """Tell whether a line belongs to the run before it."""
    before, lines = run
    if group or before:
        return group == before
    if _reads_parameters(graph, line):
        return _only_adds(graph, line, lines[-1])
    started = any(_reads_parameters(graph, one) for one in lines)
    activation = list(activation_nodes(graph, line.nodes))
    only = len(activation) == sum(not graph.is_constant(node) for node in line.nodes)
    if only and line.root != graph.output:
        return started
    return not started and (after or not activation)


def _only_adds(graph: Graph, line: Line, before: Line) -> bool:
    """Tell whether a line adds a parameter to the line before it, as a bias, and no product."""
    columns = graph.columns
    multiplied = any(columns.row(node).name in _PRODUCTS for node in line.nodes)
    return before.root in _read(graph, line) and not multiplied and _reads_parameters(graph, before)


def _read(graph: Graph, line: Line) -> list[int]:
    """Return the nodes that a line's operations read."""
    return [parent for node in line.nodes for parent in graph.columns.parents_of(node)]


def _is_loss(graph: Graph, run: list[Line], block: Block | None) -> bool:
    """Tell whether the last run is no layer: it ends with the loss and reads no parameters."""
    if block is not None and block.kind == "dense":
        return False
    reads = any(_reads_parameters(graph, line) for line in run)
    return run[-1].root == graph.output and not reads
