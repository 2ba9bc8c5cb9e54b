"""Fill a trace from a program: what is shown is what ran.

The same operations run once more with every value and adjoint kept. What a program has no need to
compute, such as a line that became part of another, is computed from what it is made of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any

from graphgrad.autodiff.precision import rounding_of
from graphgrad.compile.compiled import Compiled
from graphgrad.compile.writing.numpy_writer import written
from graphgrad.graph.graph import Graph
from graphgrad.ops.evaluate import arithmetic, of_type
from graphgrad.trace.trace import Trace

__all__ = ["Observed"]


class Observed:
    """A program that hands out every value and adjoint of a graph.

    Args:
        graph: the graph.
        compiled: the program that is observed.
    """

    def __init__(self, graph: Graph, compiled: Compiled) -> None:
        self.graph = graph
        program = compiled.program
        inner = (node for node in program.values if not graph.is_leaf(node))
        self.values = [node for node in inner if node in program.values]
        self.adjoints = list(program.adjoints)
        kept = [program.values[node] for node in self.values]
        kept += [program.adjoints[node] for node in self.adjoints]
        ops = program.needed([*compiled.results, *kept])
        self.function = written(graph, program, ops, kept).function()
        self.lock = Lock()

    def trace(self, arguments: Sequence[Any], leaves: Mapping[int, Any], seed: Any) -> Trace:
        """Return the pass at the values of leaves; without a seed there is no backward pass.

        Args:
            arguments: what the program takes.
            leaves: the values of all leaves, by node.
            seed: the adjoint of the output.
        """
        with self.lock:
            found = self.function(*arguments)
        values = self._values(found[: len(self.values)], leaves)
        singles = rounding_of(self.graph.columns, leaves).singles
        if seed is None:
            return Trace(self.graph, values, None, None, singles=singles)
        output, unset = self.graph.output, [None] * len(values)
        seed = of_type(seed, values[output])
        trace = Trace(self.graph, values, unset, seed, singles=singles)
        self._fill(trace, found[len(self.values) : -1])
        return trace

    def _values(self, found: Sequence[Any], leaves: Mapping[int, Any]) -> list[Any]:
        columns, numbers = self.graph.columns, arithmetic()
        settings = [numbers.settings(entry) for entry in columns.settings_table]
        known = dict(zip(self.values, found, strict=True))
        values: list[Any] = []
        for node in range(len(columns)):
            parents = columns.parents_of(node)
            if not parents:
                values.append(numbers.leaf(leaves[node]))
            elif node in known:
                values.append(_handed_out(known[node]))
            else:
                args = tuple([values[parent] for parent in parents])
                chosen = settings[columns.settings[node]]
                scalar = not columns.shapes[node]
                values.append(numbers.value(columns.row(node), args, chosen, scalar=scalar))
        return values

    def _fill(self, trace: Trace, found: Sequence[Any]) -> None:
        """Set the adjoints: those of the program, the others from those behind them."""
        adjoints, graph = trace.adjoints, self.graph
        assert adjoints is not None
        known = dict(zip(self.adjoints, found, strict=True))
        adjoints[graph.output] = trace.seed
        for node in range(graph.output - 1, -1, -1):
            if not graph.variable[node]:
                continue
            if node in known:
                adjoints[node] = _handed_out(of_type(known[node], trace.values[node]))
                continue
            total = None
            for edge in trace.uses(node):
                part = trace.contribution(edge)
                total = part if total is None else trace.arithmetic.add(total, part)
            adjoints[node] = total


def _handed_out(value: Any) -> Any:
    if isinstance(value, float):
        return float(value)
    value.setflags(write=False)
    return value
