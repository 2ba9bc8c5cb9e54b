"""Copy forward and backward passes into the graph of several updates, at given parameters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction

from graphgrad.autodiff.gradient_graph import gradient_graph
from graphgrad.graph.blocks import StepLine
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.copying import copy_node
from graphgrad.graph.emit import Emitter
from graphgrad.graph.graph import Graph, Line, Table

__all__ = ["Passes", "in_step"]


def in_step(name: str, number: int, row: int = 0) -> str:
    """Return the name of a line in an update, and of one of several rows in it.

    >>> in_step("z", 2), in_step("h[3]", 2), in_step("z", 1, 4)
    ('z[2]', 'h[3,2]', 'z[1,4]')
    """
    places = f"{number},{row}" if row else f"{number}"
    return f"{name[:-1]},{places}]" if name.endswith("]") else f"{name}[{places}]"


def of_parameter(part: str, parameter: str, *, alone: bool) -> str:
    """Return what a quantity of a parameter is called: m, of several parameters m_w.

    >>> of_parameter("m", "w", alone=True), of_parameter("m", "h.W", alone=False)
    ('m', 'h.m_W')
    """
    if alone:
        return part
    owner, dot, name = parameter.rpartition(".")
    return f"{owner}{dot}{part}_{name}"


class Passes:
    """The passes of one graph, copied into a builder.

    Args:
        one: what is trained.
        parameters: the names of its parameters.
        table: the rows that its inputs take; None where it has none, or takes all at once.

    Attributes:
        builder: receives the lines.
        lines: what each of them is.
    """

    def __init__(self, one: Graph, parameters: Sequence[str], table: Table | None) -> None:
        self.one = one
        self.both = gradient_graph(one)
        self.table = table
        self.parameters = list(parameters)
        names = [line.name for line in one.lines()]
        self.taken = {name.partition("[")[0] for name in names}
        self.differentiated = {one.adjoint_name(name): name for name in names}
        self.builder = GraphBuilder()
        self.lines: list[StepLine] = []
        self.shared: dict[int, int] = {}
        """Leaves that all updates share, as nodes of the gradient graph and of this one."""

    def called(self, part: str, parameter: str) -> str:
        """Return what a quantity of a parameter is called here, by no name that is taken."""
        alone = len(self.parameters) == 1
        while (name := of_parameter(part, parameter, alone=alone)) in self.taken:
            part += "_"
        return name

    def leaves(self) -> dict[str, int]:
        """Append the leaves that are no data; return the parameters' nodes by name."""
        data = set(() if self.table is None else self.table.names)
        for line in self.both.lines():
            if self.both.is_leaf(line.root) and line.name not in data:
                self._copy(line, self.shared)
                self.builder.end_line(line.name, group=line.group)
        return {name: self.shared[self._node(name)] for name in self.parameters}

    def _node(self, name: str) -> int:
        return self.both.line(self.both.line_index[name]).root

    def _copy(self, line: Line, known: dict[int, int]) -> None:
        for node in line.nodes:
            copy_node(self.both, self.builder, node, known)

    def both_ways(self, number: int, row: int, at: dict[str, int], beside: int) -> dict[str, int]:
        """Append the passes of a row; return the gradients' nodes by parameter.

        Args:
            number: of the update.
            row: of the data.
            at: the parameters.
            beside: the row again where there are others in the update, which are told apart by it.
        """
        known = self._data(row) | {self._node(name): node for name, node in at.items()}
        found: dict[str, int] = {}
        for line in self.both.lines():
            own = self.differentiated.get(line.name, "")
            of_data = own and own not in at and self.one.is_leaf(self._node(own))
            if self.both.is_leaf(line.root) or of_data:
                continue
            self._copy(line, known)
            is_gradient = own in at and not beside
            called = self.called("g", own) if is_gradient else line.name
            name = in_step(called, number, beside)
            self.builder.end_line(name, group=f"{number}")
            if own in at:
                found[own] = known[line.root]
            self._noted(line, name, number, beside, at)
        for name in self.parameters:
            if name not in found:  # the loss does not depend on it
                found[name] = self._none(number, name, beside)
        return found

    def _data(self, row: int) -> dict[int, int]:
        """Return leaves by their nodes: shared ones, and the numbers of a row."""
        known = dict(self.shared)
        if self.table is None:
            return known
        for name, value in self.table.point(row).items():
            node = self._node(name)
            known[node] = self.builder.constant(value, self.both.columns.shape(node))
        return known

    def _none(self, number: int, name: str, beside: int) -> int:
        import numpy as np

        shape = self.both.columns.shape(self._node(name))
        zero = np.zeros(shape, dtype=object) if shape else Fraction(0)
        line = in_step(self.called("g", name), number, beside)
        return self.builder.leaf_line(line, "const", zero, shape)

    def _noted(self, line: Line, name: str, number: int, beside: int, at: dict[str, int]) -> None:
        """Note what a line is: a value, or the derivative of the loss in another line."""
        other = self.differentiated.get(line.name)
        if other is None:  # a line of the file, or the adjoint of an operation inside one
            part = "value" if line.name in self.one.line_index else "inner"
            self.lines.append(StepLine(name, part, number, line.name, beside=beside))
            return
        if other in at:  # a parameter, at the point where the gradient is taken
            wrt = self.builder.line_names[bisect_right(self.builder.line_ends, at[other])]
            part = "adjoint" if beside else "g"
        else:
            leaf = self.one.is_leaf(self._node(other))
            wrt, part = other if leaf else in_step(other, number, beside), "adjoint"
        of = in_step(self.one.name(self.one.output), number, beside)
        self.lines.append(StepLine(name, part, number, other, of, wrt, beside))

    def loss(self, number: int, rows: Sequence[int], at: dict[str, int]) -> int:
        """Append the forward passes after the last update; return their mean loss."""
        losses = []
        for row in rows:
            known = self._data(row) | {self._node(name): node for name, node in at.items()}
            for line in self.one.lines():
                if not self.one.is_leaf(line.root):
                    self._copy(self.both.line(self.both.line_index[line.name]), known)
                    beside = row if len(rows) > 1 else 0
                    name = in_step(line.name, number, beside)
                    self.builder.end_line(name, group=f"{number}")
                    self.lines.append(StepLine(name, "value", number, line.name, beside=beside))
            losses.append(known[self._node(self.one.name(self.one.output))])
        if len(losses) == 1:
            return losses[0]
        m = Emitter(self.builder)
        total = m.ref(losses[0])
        for node in losses[1:]:
            total = total + m.ref(node)
        mean = total / len(losses)
        self.builder.end_line(in_step(self.one.name(self.one.output), number))
        return mean.node
