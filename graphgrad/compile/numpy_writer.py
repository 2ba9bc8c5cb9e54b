"""Write a program as a function of NumPy: one statement per operation, in the order they run."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple

from graphgrad.compile.expressions import (
    KERNELS,
    array_expression,
    number_expression,
    number_text,
)
from graphgrad.compile.lowering import SEED
from graphgrad.compile.names import Names, in_comment
from graphgrad.compile.program import Op, Operand, Program
from graphgrad.graph.formula import line_formula
from graphgrad.graph.graph import Graph

__all__ = ["Statement", "Written", "written"]


class Statement(NamedTuple):
    """A line of code and what is said of it."""

    code: str
    comment: str = ""


class Written(NamedTuple):
    """A program as text.

    Attributes:
        arguments: the names of the leaves, in the order in which they are given.
        statements: the body; comments are kept apart: they hold an author's words.
        returned: what the function returns, in the order of the results.
        data: arrays that the body reads, by name.
        kernels: the kernels that it calls.
    """

    arguments: list[str]
    statements: list[Statement]
    returned: list[str]
    data: dict[str, Any]
    kernels: list[str]

    def code(self) -> str:
        """Return the function as Python runs it: nothing but names of ours and numbers."""
        body = [f"    {statement.code}" for statement in self.statements if statement.code]
        head = f"def program({', '.join(self.arguments)}):"
        return "\n".join([head, *body, f"    return ({', '.join([*self.returned, ''])})", ""])

    def text(self) -> str:
        """Return a module that a student can run: imports, kernels, data, the function."""
        parts = ["import math", "", "import numpy as np", ""]
        for kernel in self.kernels:
            parts += ["", inspect.getsource(kernel_function(kernel))]
        for name, value in self.data.items():
            shown = repr(value.tolist())
            parts += ["", f"{name} = np.array({shown}, dtype=np.{value.dtype})"]
        head = f"def program({', '.join(self.arguments)}):"
        body = []
        for statement in self.statements:
            if statement.comment:
                body.append(f"    # {in_comment(statement.comment)}")
            if statement.code:
                body.append(f"    {statement.code}")
        body.append(f"    return {', '.join(self.returned)}")
        return "\n".join([*parts, "", head, *body, ""])


def kernel_function(name: str) -> Any:
    """Return a kernel by name."""
    return getattr(import_module(f"graphgrad.compile.kernels.{KERNELS[name]}"), name)


def written(
    graph: Graph, program: Program, ops: Sequence[int], results: Sequence[Operand]
) -> Written:
    """Return a program as text.

    Args:
        graph: the graph that it came from, for names and comments.
        program: the program.
        ops: the operations to run, in order.
        results: what the function returns.
    """
    return _Writer(graph, program, ops).write(results)


class _Writer:
    def __init__(self, graph: Graph, program: Program, ops: Sequence[int]) -> None:
        self.graph = graph
        self.program = program
        self.ops = ops
        self.names = Names(frozenset(KERNELS))
        self.known: dict[int, str] = {}
        self.statements: list[Statement] = []
        self.data: dict[str, Any] = {}
        self.kernels: dict[str, None] = {}
        self.wanted, self.told = _titles(graph, program)

    def write(self, results: Sequence[Operand]) -> Written:
        arguments = []
        for at, node in self.program.leaves.items():
            self.known[at] = self.names.new("seed" if node == SEED else self.graph.name(node))
            arguments.append(self.known[at])
        for at in self.ops:
            if at not in self.known:
                self._statement(at)
        returned = [self._text(result) for result in results]
        return Written(arguments, self.statements, returned, self.data, list(self.kernels))

    def _statement(self, at: int) -> None:
        op = self.program.ops[at]
        name = self.names.new(self.wanted.get(at, f"v{at}"))
        self.known[at] = name
        if op.name == "constant":
            self.data[name] = self.program.arrays[at]
            return
        code = f"{name} = {self._expression(op)}"
        self.statements.append(Statement(code, self.told.get(at, "")))

    def _expression(self, op: Op) -> str:
        args = [self._text(arg) for arg in op.args]
        if op.kind == "s" and op.shape == () and op.name != "item":
            expression = number_expression(op, args)
        else:
            if op.name in ("gather", "scatter_at"):
                args.append(self._places(op.setting("at")))
            expression = array_expression(op, args, [self.program.kind(arg) for arg in op.args])
        called = expression.partition("(")[0]
        if called in KERNELS:
            self.kernels[called] = None
        return expression

    def _places(self, at: tuple[int, ...]) -> str:
        import numpy as np

        name = self.names.new("places")
        self.data[name] = np.array(at, dtype=np.int64)
        return name

    def _text(self, operand: Operand) -> str:
        return number_text(operand) if isinstance(operand, float) else self.known[operand]


def _titles(graph: Graph, program: Program) -> tuple[dict[int, str], dict[int, str]]:
    """Return which names operations would like, and what is said of them."""
    wanted: dict[int, str] = {}
    told: dict[int, str] = {}
    for node, operand in enumerate(program.values):
        if isinstance(operand, int):
            wanted.setdefault(operand, graph.name(node))
    for line in graph.lines():
        operand = program.values[line.root]
        formula = line_formula(graph, line)
        if isinstance(operand, int) and formula:
            told.setdefault(operand, f"{line.name} = {formula}")
    for node, operand in program.adjoints.items():
        if isinstance(operand, int):
            wanted.setdefault(operand, f"d_{graph.name(node)}")
            told.setdefault(operand, f"adjoint of {graph.name(node)}")
    return wanted, told
