"""Compile the program of a graph for leaves of certain kinds, and run it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any

from graphgrad.compile.lowering import Lowering
from graphgrad.compile.numpy_writer import written
from graphgrad.compile.optimise import optimised
from graphgrad.compile.program import Operand, Program
from graphgrad.compile.watching import watched
from graphgrad.compile.written import Written
from graphgrad.graph.graph import Graph
from graphgrad.ops.evaluate import arrays

__all__ = ["Compiled"]

_LEAVES_THE_FINITE = (ArithmeticError, ValueError)


class Compiled:
    """A program for leaves of certain kinds, and the function it was compiled to.

    Args:
        graph: the graph.
        kinds: the kind of each leaf that is given; the others are constants.
        wrt: the leaves to differentiate by.
        seed: ``one`` for the adjoint 1, ``none`` for no backward pass, else the kind of a seed that
            is given behind the leaves.
    """

    def __init__(
        self, graph: Graph, kinds: Mapping[int, str], wrt: Mapping[str, int], seed: str
    ) -> None:
        lowering = Lowering(graph, kinds)
        if seed != "none" and wrt:
            lowering.backward(wrt.values(), None if seed == "one" else seed)
        results = [lowering.program.values[graph.output]]
        if seed != "none":
            results += lowering.gradients(wrt.values())
        self.program, self.results = optimised(lowering.program, results)
        self.written = _written(graph, self.program, self.results)
        self.function = self.written.function()
        self.lock = Lock()
        self._errstate = arrays().np.errstate(all="ignore")

    def run(self, leaves: Sequence[Any]) -> tuple[Any, ...] | None:
        """Return the results, None where the interpreter has to look."""
        try:
            with self.lock, arrays().np.errstate(all="ignore"):
                *results, check = self.function(*leaves)
        except _LEAVES_THE_FINITE:
            return None
        if check != check:
            return None
        for result in results:
            if type(result) is not float:
                result.flags.writeable = False
        return tuple(results)


def _written(graph: Graph, program: Program, results: Sequence[Operand]) -> Written:
    ops = program.needed(results)
    return written(graph, program, ops, results, watched(program, results))
