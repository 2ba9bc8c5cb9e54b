"""Compile a program to a function, and run it."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any

from graphgrad.compile.folding import fold_constants
from graphgrad.compile.numpy_writer import written
from graphgrad.compile.optimise import optimised
from graphgrad.compile.program import Operand, Program
from graphgrad.compile.watching import watched
from graphgrad.compile.written import Written
from graphgrad.graph.graph import Graph

__all__ = ["Compiled"]

_LEAVES_THE_FINITE = (ArithmeticError, ValueError)


class Compiled:
    """A program, and the function it was compiled to.

    Args:
        graph: the graph that it came from.
        program: the program.
        results: what it is for: the value of the output, or more of it, first.
    """

    def __init__(self, graph: Graph, program: Program, results: Sequence[Operand]) -> None:
        self.program: Program
        self.results: list[Operand]
        self.program, self.results = optimised(program, results)
        fold_constants(graph, self.program, self.results)
        ops = self.program.needed(self.results)
        watching = watched(self.program, self.results)
        self.written: Written = written(graph, self.program, ops, self.results, watching)
        self.function = self.written.function()
        self.lock = Lock()

    def run(self, leaves: Sequence[Any]) -> Sequence[Any] | None:
        """Return the results, None where the interpreter has to look."""
        try:
            with self.lock:
                found: tuple[Any, ...] = self.function(*leaves)
        except _LEAVES_THE_FINITE:
            return None
        *results, check = found
        if check != check:
            return None
        for result in results:
            if type(result) is not float:
                result.setflags(write=False)
        return results
