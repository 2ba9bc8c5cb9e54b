"""See a graph as a function of a few numbers: its parameters, or its inputs where it has none.

Over the rows of data, value, gradient and Hessian are means.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from graphgrad.autodiff.gradient_graph import gradient_graph
from graphgrad.autodiff.record import record
from graphgrad.compile.second_order import hessian
from graphgrad.errors import LimitError, UsageError
from graphgrad.graph.graph import Graph
from graphgrad.ops.evaluate import to_float
from graphgrad.views.lenses.subject import Subject

__all__ = ["Variables"]


class Variables:
    """The output of a graph as a function of a vector.

    Args:
        subject: the graph; its output must be one number.
        over: names of leaves; None for all parameters that are not frozen, or all inputs where
            there are none.
        most: how many numbers there may be.

    Raises:
        UsageError: if the output is an array, or there is nothing to vary.
        LimitError: if there are too many numbers.
    """

    def __init__(self, subject: Subject, over: Sequence[str] | None = None, most: int = 10) -> None:
        self.output = subject.scalar_output()
        self.subject = subject
        still = set(subject.graph.heading.frozen)
        moving = [name for name in subject.parameters if name not in still]
        leaves = moving or subject.parameters or subject.inputs
        for name in over or ():
            node = subject.node(name)
            if not subject.graph.is_leaf(node) or subject.graph.is_constant(node):
                known = ", ".join([*subject.parameters, *subject.inputs])
                raise UsageError("leaf.unknown", name=name, known=known)
        self.leaves = tuple(over or leaves)
        if not self.leaves:
            raise UsageError("lens.nothing_to_vary")
        shapes = {name: subject.graph.columns.shape(subject.node(name)) for name in self.leaves}
        self.shapes = shapes
        self.size = sum(math.prod(shape) for shape in shapes.values())
        if self.size > most:
            raise LimitError("lens.too_many_numbers", got=self.size, most=most)
        self.calls = 0

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the name of each number, as ``W[1,2]`` for entries of arrays."""
        import numpy as np

        found = []
        for name, shape in self.shapes.items():
            for index in np.ndindex(*shape) if shape else [()]:
                entry = ",".join(str(k + 1) for k in index)
                found.append(f"{name}[{entry}]" if entry else name)
        return tuple(found)

    @cached_property
    def start(self) -> Any:
        """Return the vector that the file gives; zeros where it gives no value.

        Raises:
            ShapeError: if a value that was set has another shape than its leaf.
        """
        import numpy as np

        pieces = []
        for name, shape in self.shapes.items():
            node = self.subject.node(name)
            given = self.subject.given.get(name, self.subject.graph.defaults.get(node))
            value = np.zeros(shape) if given is None else np.asarray(to_float(given))
            if value.shape != shape:
                self.subject.at(name)  # says what does not fit
            pieces.append(np.ravel(value))
        return np.concatenate(pieces)

    def point(self, vector: Any) -> dict[str, Any]:
        """Return a vector as values of the leaves."""
        found, first = {}, 0
        for name, shape in self.shapes.items():
            size = math.prod(shape)
            part = vector[first : first + size]
            found[name] = to_float(part.reshape(shape)) if shape else float(part[0])
            first += size
        return found

    def value(self, vector: Any) -> float:
        """Return the output at a vector, not finite where it is not."""
        self._count()
        point = self.point(vector)
        values = [self.subject.value(sample | point) for sample in self.subject.points]
        return math.fsum(values) / len(values)

    def gradient(self, vector: Any) -> Any:
        """Return the gradient at a vector."""
        import numpy as np

        self._count()
        point = self.point(vector)
        total = np.zeros(self.size)
        for sample in self.subject.points:
            trace = record(self.subject.graph, sample | point)
            pieces = [np.ravel(to_float(trace.adjoint(name))) for name in self.shapes]
            total += np.concatenate(pieces)
        return total / len(self.subject.points)

    def hessian(self, vector: Any) -> Any:
        """Return the matrix of second derivatives at a vector."""
        import numpy as np

        self._count(1 + self.size)
        point = self.point(vector)
        total = np.zeros((self.size, self.size))
        for sample in self.subject.points:
            blocks = hessian(
                self.subject.graph, sample | point, self.leaves, gradients=self._gradients
            )
            rows = [
                np.hstack(
                    [np.reshape(blocks[a, b], (self._size(a), self._size(b))) for b in self.shapes]
                )
                for a in self.shapes
            ]
            total += np.vstack(rows)
        return total / len(self.subject.points)

    @cached_property
    def _gradients(self) -> Graph | None:
        graph = self.subject.graph
        return gradient_graph(graph) if graph.variable[graph.output] else None

    def _size(self, name: str) -> int:
        return math.prod(self.shapes[name])

    def _count(self, passes: int = 1) -> None:
        """Stop a search that would take longer than a reader waits."""
        self.calls += passes * len(self.subject.points)
        self.subject.allow(self.calls)
