"""Compile a program to a function, and run it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from math import isfinite, prod
from threading import Lock
from typing import Any

from graphgrad.compile.native.machine import Machine, machine_of
from graphgrad.compile.recording.program import Operand, Program
from graphgrad.compile.rules.optimise import optimised
from graphgrad.compile.writing.numpy_writer import written
from graphgrad.compile.writing.watching import seen_finite, watched
from graphgrad.compile.writing.written import Written
from graphgrad.graph.graph import Graph
from graphgrad.ops.given import as_given
from graphgrad.trace.trouble import checked_nodes, outside

__all__ = ["MOST_NODES", "Compiled"]

MOST_NODES = 20_000
"""Nodes of a graph up to which straight code is worth its compilation; beyond, it is run."""

_LEAVES_THE_FINITE = (ArithmeticError, ValueError)


class Compiled:
    """A program, and the function it was compiled to.

    Args:
        graph: the graph that it came from.
        program: the program.
        results: what it is for: the value of the output, or more of it, first.
        exact: whether numbers are those of the interpreter bit for bit.
        finite: whether nothing is returned where a value or an adjoint is not finite, instead of
            where a result has to be looked at with more care.
        watch: how many results, from the first, are looked at for what the interpreter treats with
            more care; all of them if None.
        native: whether to run it as machine code, where that is possible and pays.
        guarded: whether nothing is returned where a loss or a table is given what it does not
            take; a caller that looks at the arguments itself needs no guards.
    """

    def __init__(
        self,
        graph: Graph,
        program: Program,
        results: Sequence[Operand],
        *,
        exact: bool = False,
        finite: bool = False,
        watch: int | None = None,
        native: bool = False,
        guarded: bool = True,
    ) -> None:
        asked = list(results)
        guards = Guards(graph, program) if guarded and not finite else None
        wanted = asked if guards is None else [*asked, *guards.operands]
        self.machine = _machine(graph, program, wanted) if native else None
        """The machine code that runs in place of NumPy, if it was asked for and there are loops."""
        self.program: Program
        self.program, found = optimised(program, wanted, exact=exact)
        fold_constants(graph, self.program, found)
        self.results: list[Operand] = found[: len(asked)]
        self.guards = guards if guards is not None and guards.operands else None
        """What losses and tables take, looked at after the run; None where there is nothing."""
        ops = self.program.needed(found)
        looked_at = (seen_finite if finite else watched)(self.program, self.results[:watch])
        how = (graph, self.program, ops, found, looked_at)
        self.written: Written = written(*how, exact=exact)
        self.finite = finite
        self.singles: Sequence[int] = ()
        """The places of results that are numbers of float32."""
        self.function = self.machine or self.written.function()
        self.lock = Lock()

    def text(self, graph: Graph, leaves: Sequence[Any], labels: Sequence[str]) -> str:
        """Return the program as a module that can be run, with comments.

        Args:
            graph: the graph that it came from.
            leaves: the values that the module runs it on.
            labels: what the results are, as an author would call them.
        """
        from graphgrad.compile.writing.comments import comments

        ops = self.program.needed(self.results)
        told = comments(graph, self.program)
        return written(graph, self.program, ops, self.results, told=told).text(leaves, labels)

    def run(self, leaves: Sequence[Any]) -> Sequence[Any] | None:
        """Return the results, read-only; None where the interpreter has to look."""
        found = self.run_writable(leaves)
        if found is None:
            return None
        results = found[:-1]
        for result in results:
            if type(result) is not float:
                result.setflags(write=False)
        return results

    def handed_out(self, results: Sequence[Any]) -> Sequence[Any]:
        """Return results with the numbers of float32 as NumPy's."""
        if not self.singles:
            return results
        shown = list(results)
        for at in self.singles:
            if at < len(shown):
                shown[at] = as_given(shown[at])
        return shown

    def run_writable(self, leaves: Sequence[Any]) -> tuple[Any, ...] | None:
        """Return the results and, last, what was looked at; arrays can be written into."""
        try:
            with self.lock:
                found: tuple[Any, ...] = self.function(*leaves)
        except _LEAVES_THE_FINITE:
            return None
        check = found[-1]
        if check != check or (self.finite and not isfinite(check)):
            return None
        if self.guards is None:
            return found
        end = len(self.results)
        return (*found[:end], check) if self.guards.hold(found[end:-1]) else None


class Guards:
    """What losses and tables of a program take: outside it their formulas give a number.

    Args:
        graph: the graph that the program came from.
        program: the program.

    Attributes:
        operands: the arguments that are looked at.
    """

    def __init__(self, graph: Graph, program: Program) -> None:
        columns = graph.columns
        self.calls = []
        self.operands: list[Operand] = []
        for node in checked_nodes(graph):
            parents = columns.parents_of(node)
            self.calls.append((columns.row(node), columns.settings_of(node), len(parents)))
            self.operands += [program.values[parent] for parent in parents]

    def hold(self, arguments: Sequence[Any]) -> bool:
        """Tell whether the arguments are inside what is taken."""
        rest = iter(arguments)
        return not any(
            outside(row, settings, tuple(islice(rest, count)))
            for row, settings, count in self.calls
        )


def _machine(graph: Graph, program: Program, results: Sequence[Operand]) -> Machine | None:
    """Return the machine code of a program as it was lowered; the rules are for NumPy."""
    lowered, found = optimised(program, results, exact=True)
    fold_constants(graph, lowered, found)
    return machine_of(lowered, found)


# ---- constants ----

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
        program.ops[at] = op._replace(name="constant", args=(), settings=(("folded", at),))
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
