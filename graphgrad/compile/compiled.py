"""Compile the program of a graph for leaves of certain kinds, and run it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from graphgrad.compile.lowering import Lowering
from graphgrad.compile.numpy_writer import Written, kernel_function, written
from graphgrad.compile.program import Operand
from graphgrad.graph.graph import Graph
from graphgrad.ops.evaluate import arrays

__all__ = ["Compiled"]

_LEAVES_THE_FINITE = (ArithmeticError, ValueError)


class Compiled:
    """A program for leaves of certain kinds, and the function it was compiled to.

    Args:
        graph: the graph.
        kinds: the kind of each leaf that is given.
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
        self.program = lowering.program
        self.results: list[Operand] = [self.program.values[graph.output]]
        if seed != "none":
            self.results += lowering.gradients(wrt.values())
        ops = self.program.needed(self.results)
        self.written: Written = written(graph, self.program, ops, self.results)
        self.function = _function(self.written)

    def run(self, leaves: list[Any]) -> list[Any] | None:
        """Return the results, None where the interpreter has to look."""
        np = arrays().np
        try:
            with np.errstate(all="ignore"):
                found = self.function(*leaves)
        except _LEAVES_THE_FINITE:
            return None
        pairs = zip(found, self.results, strict=True)
        results = [self._finished(value, operand) for value, operand in pairs]
        return None if any(map(_has_nan, results[1:])) else results

    def _finished(self, value: Any, operand: Operand) -> Any:
        np = arrays().np
        if self.program.shape(operand) == ():
            return float(value)
        kind = self.program.kind(operand)[-1]
        value = np.array(value, dtype=np.float32 if kind == "f" else np.float64)
        value.flags.writeable = False
        return value


def _has_nan(value: Any) -> bool:
    return value != value if type(value) is float else bool((value != value).any())


def _function(text: Written) -> Any:
    names: dict[str, Any] = {
        "np": arrays().np,
        "math": math,
        **{name: kernel_function(name) for name in text.kernels},
        **text.data,
    }
    exec(compile(text.code(), "<graphgrad program>", "exec"), names)
    return names["program"]
