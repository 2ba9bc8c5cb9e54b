"""Compile a program to a function, and run it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from math import isfinite, prod
from threading import Lock
from typing import Any, NamedTuple

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
        calls = _checked(graph, program) if guarded and not finite else []
        wanted = [*asked, *(operand for call in calls for operand in call.operands)]
        self.program: Program
        self.program, found = optimised(program, wanted, exact=exact)
        fold_constants(graph, self.program, found)
        self.guards = Guards(self.program, calls, found[len(asked) :]) if calls else None
        """What losses and tables take, looked at after the run; None where there is nothing."""
        if self.guards is not None and not self.guards.operands and not self.guards.broken:
            self.guards = None  # constants, looked at once for all
        found = found[: len(asked)] + (self.guards.operands if self.guards is not None else [])
        self.results: list[Operand] = found[: len(asked)]
        wanted = asked if self.guards is None else [*asked, *self.guards.lowered]
        self.machine = _machine(graph, program, wanted) if native else None
        """The machine code that runs in place of NumPy, if it was asked for and there are loops."""
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


class _Call(NamedTuple):
    """A call of a loss or a table in a program, and its arguments."""

    row: Any
    settings: Mapping[str, Any]
    operands: list[Operand]


def _checked(graph: Graph, program: Program) -> list[_Call]:
    """Return the calls whose formulas give a number outside their domain."""
    columns, found = graph.columns, []
    for node in checked_nodes(graph):
        operands = [program.values[parent] for parent in columns.parents_of(node)]
        found.append(_Call(columns.row(node), columns.settings_of(node), operands))
    return found


class Guards:
    """What losses and tables of a program take: outside it their formulas give a number.

    Args:
        program: the program.
        calls: the calls of losses and tables.
        operands: where their arguments are in the program.

    Attributes:
        operands: the arguments that are looked at; constants are so once.
        lowered: the same before the program was made faster.
        broken: whether a constant is outside.
    """

    def __init__(
        self, program: Program, calls: Sequence[_Call], operands: Sequence[Operand]
    ) -> None:
        self.calls: list[_Call] = []
        self.operands: list[Operand] = []
        self.lowered: list[Operand] = []
        self.broken = False
        rest = iter(operands)
        for call in calls:
            here = list(islice(rest, len(call.operands)))
            known = [_known(program, operand) for operand in here]
            if all(value is not None for value in known):
                self.broken = self.broken or outside(call.row, call.settings, tuple(known))
                continue
            self.calls.append(call)
            self.operands += here
            self.lowered += call.operands

    def hold(self, arguments: Sequence[Any]) -> bool:
        """Tell whether the arguments are inside what is taken."""
        rest = iter(arguments)
        return not self.broken and not any(
            outside(call.row, call.settings, tuple(islice(rest, len(call.operands))))
            for call in self.calls
        )


def _known(program: Program, operand: Operand) -> Any:
    """Return the value of a constant, None of anything else."""
    if isinstance(operand, float):
        return operand
    return program.arrays[operand] if program.ops[operand].name == "constant" else None


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
