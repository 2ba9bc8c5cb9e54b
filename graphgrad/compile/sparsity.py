"""Find which entries of a matrix of derivatives can be other than 0, and how few columns tell them.

The program that pushes all columns of the identity through a gradient is run once on what can be:
sums of what is not negative are 0 only where every term is. Columns that share no row are then
pushed together, as one.
Source: Curtis, Powell and Reid, On the Estimation of Sparse Jacobian Matrices, IMA Journal of
Applied Mathematics 13, 1974; Griewank and Walther, Evaluating Derivatives, 2nd ed., chapter 8.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from graphgrad.compile.compiled import fold_constants
from graphgrad.compile.recording.program import Op, Operand, Program
from graphgrad.compile.rules.rewriting import Rewriting, rewritten
from graphgrad.compile.writing.numpy_writer import written
from graphgrad.graph.graph import Graph

__all__ = ["Colours", "colours", "possible"]

_LINEAR = frozenset(
    {"add", "mul", "sum", "matmul", "outer", "reshape", "transpose", "index", "broadcast", "item",
     "scatter_add", "scatter_at", "gather", "concat", "stack", "assemble", "windows", "fold", "pad",
     "flip", "repeat"}
)  # fmt: skip
"""Operations that are 0 only where every product of what goes in is."""


class Colours(NamedTuple):
    """Columns of a symmetric matrix that are told together.

    Attributes:
        seeds: a row per colour, with 1 at each of its columns.
        rows: the rows of the entries that can be other than 0.
        columns: their columns.
        told: the colour of each of these columns.
    """

    seeds: Any
    rows: Any
    columns: Any
    told: Any

    def matrix(self, products: Any) -> Any:
        """Return the matrix from its products with the seeds, a row per colour."""
        count = self.seeds.shape[1]
        found = np.zeros((count, count), products.dtype)
        found[self.rows, self.columns] = products[self.told, self.rows]
        return found


def colours(pattern: Any) -> Colours:
    """Return columns put together that share no row, first come, first served.

    Args:
        pattern: which entries of a square matrix can be other than 0.

    >>> colours(np.eye(3, dtype=bool) | np.eye(3, k=1, dtype=bool)).seeds.tolist()
    [[1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]
    """
    taken: list[Any] = []
    of = np.zeros(len(pattern), dtype=int)
    for column in range(pattern.shape[1]):
        rows = pattern[:, column]
        free = (at for at, known in enumerate(taken) if not (known & rows).any())
        at = next(free, len(taken))
        if at == len(taken):
            taken.append(np.zeros(len(pattern), dtype=bool))
        taken[at] |= rows
        of[column] = at
    seeds = (of == np.arange(len(taken))[:, None]).astype(float)
    rows, columns = np.nonzero(pattern)
    return Colours(seeds, rows, columns, of[columns])


def possible(graph: Graph, program: Program, basis: Sequence[int], result: Operand) -> Any:
    """Return which entries of a result can be other than 0, whatever the leaves are.

    Args:
        graph: the graph that the program came from.
        program: the program.
        basis: the constants from which the result is linear.
        result: the operation that is asked about.
    """
    if isinstance(result, float):
        return np.asarray(result != 0)
    new, found = rewritten(program, _Possible(program, basis).rule, [result])
    fold_constants(graph, new, found)
    value, _ = written(graph, new, new.needed(found), found).function()(*[0.0] * len(new.leaves))
    return np.asarray(value) != 0  # NaN, where sums have overflowed, counts too


class _Possible:
    """Which operations of a program depend on some constants, and how nothing can cancel."""

    def __init__(self, program: Program, basis: Sequence[int]) -> None:
        self.program = program
        self.basis = set(basis)
        self.depends = set(basis)
        for at, op in enumerate(program.ops):
            if self.depends.intersection(arg for arg in op.args if isinstance(arg, int)):
                self.depends.add(at)

    def rule(self, work: Rewriting) -> Any:
        def rewrite(at: int, op: Op) -> Any:
            if at in self.basis or at not in self.depends:
                return None
            return self._kept(work, op)

        return rewrite

    def _kept(self, work: Rewriting, op: Op) -> Any:
        m = work.m
        args = [self._argument(work, arg) for arg in op.args]
        if op.name == "neg" or (op.name == "cast" and op.shape):
            return args[0]
        if op.name in ("add", "sub"):
            found = [a for a, arg in zip(args, op.args, strict=True) if self._moves(arg)]
            return m.broadcast(found[0] if len(found) == 1 else found[0] + found[1], shape=op.shape)
        if op.name == "div" and not self._moves(op.args[1]):
            return m.broadcast(args[0], shape=op.shape)
        if op.name in _LINEAR:
            return m.append(op.name, tuple(args), op.shape, op.kind, dict(op.settings))
        return m.broadcast(1.0, shape=op.shape, kind="d") if op.shape else 1.0

    def _moves(self, arg: Operand) -> bool:
        return isinstance(arg, int) and arg in self.depends

    def _argument(self, work: Rewriting, arg: Operand) -> Any:
        """Return what an argument can be: what does not depend on the basis may be anything."""
        if self._moves(arg):
            return work.new(arg)
        shape = self.program.shape(arg)
        return work.m.broadcast(1.0, shape=shape, kind="d") if shape else 1.0
