"""Compute once what depends on constants alone: it becomes a constant of the program."""

from __future__ import annotations

from math import prod

from graphgrad.compile.numpy_writer import written
from graphgrad.compile.program import Operand, Program
from graphgrad.graph.graph import Graph

__all__ = ["fold_constants"]

_MOST_ENTRIES = 8_000_000


def fold_constants(graph: Graph, program: Program, results: list[Operand]) -> None:
    """Replace operations on constants by their values.

    Args:
        graph: the graph that the program came from.
        program: the program, which is changed.
        results: what the program is for.
    """
    needed = program.needed(results)
    constant = _constant(program, needed)
    wanted = [at for at in needed if at not in constant]
    read = {arg for at in wanted for arg in program.ops[at].args} | set(results)
    edge = [at for at in needed if at in constant and at in read and program.ops[at].args]
    if not edge:
        return
    ops = program.needed(edge)
    try:
        *values, _ = written(graph, program, ops, edge).function()(*[0.0] * len(program.leaves))
    except (ArithmeticError, ValueError):
        return
    for at, value in zip(edge, values, strict=True):
        op = program.ops[at]
        program.ops[at] = op._replace(name="constant", args=(), settings=())
        program.arrays[at] = value.astype(bool) if op.kind[0] == "?" else value


def _constant(program: Program, needed: list[int]) -> set[int]:
    """Return the operations that are computed from constants alone and are not too large."""
    found: set[int] = set()
    for at in needed:
        op = program.ops[at]
        fits = prod(op.shape) <= _MOST_ENTRIES and op.name != "leaf"
        if fits and all(isinstance(arg, float) or arg in found for arg in op.args):
            found.add(at)
    return found
