"""Write a program as a function of NumPy: one statement per operation, in the order they run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from graphgrad.compile.recording.lowering import SEED
from graphgrad.compile.recording.program import VIEWS, Op, Operand, Program
from graphgrad.compile.rules.layouts import are_apart, is_full
from graphgrad.compile.writing.buffers import Places, View, places
from graphgrad.compile.writing.expressions import (
    DTYPES,
    KERNELS,
    array_expression,
    into,
    key_text,
    number_expression,
    number_text,
)
from graphgrad.compile.writing.names import Names
from graphgrad.compile.writing.written import Statement, Written
from graphgrad.graph.graph import Graph

__all__ = ["written"]

_CALLED = re.compile(r"\b(\w+)\(")


def written(
    graph: Graph,
    program: Program,
    ops: Sequence[int],
    results: Sequence[Operand],
    watched: Sequence[Operand] = (),
    *,
    exact: bool = False,
    told: Mapping[int, str] | None = None,
) -> Written:
    """Return a program as text.

    Args:
        graph: the graph that it came from, for names and comments.
        program: the program.
        ops: the operations to run, in order.
        results: what the function returns.
        watched: what must hold no NaN: the last result is NaN if it does.
        exact: whether sums are added up in NumPy's order.
        told: what is said of operations, in comments.
    """
    writer = _Writer(graph, program, ops, results)
    writer.exact = exact
    writer.told = dict(told or {})
    return writer.write(watched)


class _Writer:
    def __init__(
        self, graph: Graph, program: Program, ops: Sequence[int], results: Sequence[Operand]
    ) -> None:
        self.graph = graph
        self.program = program
        self.exact = False
        self.ops = ops
        self.results = results
        self.places: Places = places(program, ops, results)
        self.names = Names(frozenset(KERNELS))
        self.known: dict[int, str] = {}
        self.memory: dict[View, str] = {}
        self.setup: list[str] = []
        self.statements: list[Statement] = []
        self.data: dict[str, Any] = {}
        self.kernels: dict[str, None] = {}
        self.wanted = _wanted(graph, program)
        self.told: dict[int, str] = {}

    def write(self, watched: Sequence[Operand]) -> Written:
        """Return the text."""
        arguments = []
        for at, node in self.program.leaves.items():
            given = "seed" if node == SEED else "direction"
            name = self.names.new(given if node < 0 else self.graph.name(node))
            self.known[at] = name
            arguments.append(name)
        for at in self.ops:
            if self.program.ops[at].name != "leaf":
                self._statement(at, self.program.ops[at])
        returned = [self._returned(result) for result in self.results]
        check = " + ".join(map(self._watched, dict.fromkeys(watched))) or "0.0"
        made = (arguments, self.setup, self.statements, returned, check, self.data)
        return Written(*made, list(self.kernels), self.places.sizes)

    # ---- statements ----

    def _statement(self, at: int, op: Op) -> None:
        for root in self.places.begun.get(at, ()):
            self._begin(root)
        if op.name == "constant":
            self.data[self._name(at)] = self.program.arrays[at]
        elif op.name == "assemble":
            self._assembled(at, op)
        else:
            name = self._name(at)
            for code in self._codes(name, at, op):
                self._say(at, code)

    def _say(self, at: int, code: str) -> None:
        self.statements.append(Statement(code, self.told.pop(at, "")))

    def _name(self, at: int) -> str:
        self.known[at] = self.names.new(self.wanted.get(at, f"v{at}"))
        return self.known[at]

    def _codes(self, name: str, at: int, op: Op) -> list[str]:
        """Return the code of an operation."""
        args = [self._text(arg) for arg in op.args]
        target = self._target(at)
        if op.kind == "s" and op.shape == () and op.name != "item":
            expression = number_expression(op, args)
        else:
            if op.name in ("gather", "scatter_at"):
                args.append(self._numbers(op.setting("at")))
            kinds = [self.program.kind(arg) for arg in op.args]
            op, args = self._as_dot(op, args)
            if target:
                return self._calling(into(op, args, kinds, name, target))
            expression = array_expression(op, args, kinds)
        return self._calling([f"{name} = {expression}"])

    def _calling(self, codes: list[str]) -> list[str]:
        """Note the kernels that are called."""
        for code in codes:
            self.kernels |= dict.fromkeys(name for name in _CALLED.findall(code) if name in KERNELS)
        return codes

    def _as_dot(self, op: Op, args: list[str]) -> tuple[Op, list[str]]:
        """Return a product of matrices, or a sum along one axis of a matrix, as a call of `dot`.

        It is the same call of BLAS with less around it; a product with ones sums up many times as
        fast as NumPy does along a short axis.
        """
        shapes = [self.program.shape(arg) for arg in op.args]
        if op.name == "matmul" and all(0 < len(shape) < 3 for shape in shapes):
            return op._replace(name="dot"), args
        if self.exact and op.name == "sum":
            return op._replace(name="add.reduce"), args
        if op.name != "sum" or len(shapes[0]) != 2 or 0 in shapes[0]:
            return op, args
        axis, *others = op.setting("axis")
        if others:
            return op, args
        ones = self._ones(shapes[0][axis], op.kind, axis, kept=op.setting("keepdims"))
        return op._replace(name="dot"), [ones, *args] if axis == 0 else [*args, ones]

    def _ones(self, length: int, kind: str, axis: int, *, kept: bool) -> str:
        import numpy as np

        shape = ((1, length), (length, 1))[axis] if kept else (length,)
        name = f"ones_{'x'.join(map(str, shape))}{'_single' * (kind == 'f')}"
        if name not in self.data:
            self.names.taken.add(name)
            self.data[name] = np.ones(shape, np.float32 if kind == "f" else np.float64)
        return name

    def _numbers(self, at: tuple[int, ...]) -> str:
        import numpy as np

        name = self.names.new("places")
        self.data[name] = np.array(at, dtype=np.int64)
        return name

    # ---- arrays that are put together ----

    def _begin(self, at: int) -> None:
        """Make an array before the first of its pieces; zeros where they leave entries out."""
        if at in self.known:
            return
        op, keys = self.program.ops[at], self.program.ops[at].setting("keys")
        full = are_apart(keys, op.shape) and is_full(keys, op.shape)
        target = self._target(at)
        if target:
            self.known[at] = target
            if not full:
                self._say(at, f"{target}.fill(0.0)")
            return
        make = "empty" if full else "zeros"
        self._say(at, f"{self._name(at)} = np.{make}({op.shape}, {DTYPES[op.kind]})")

    def _assembled(self, at: int, op: Op) -> None:
        """Put the pieces that were not made there into an array."""
        self._begin(at)
        keys = op.setting("keys")
        sign = "=" if are_apart(keys, op.shape) else "+="
        for arg, key in zip(op.args, keys, strict=True):
            if not isinstance(arg, int) or self.places.inside.get(arg) != (at, key):
                self._say(at, f"{self.known[at]}[{key_text(key)}] {sign} {self._text(arg)}")

    # ---- memory ----

    def _target(self, at: int) -> str:
        """Return where an operation writes its result; empty if it makes an array of its own."""
        view = self.places.views.get(at)
        if view is not None:
            return self._view(view)
        if at in self.places.inside:
            root, key = self.places.inside[at]
            return f"{self.known.get(root) or self._target(root)}[{key_text(key)}]"
        return ""

    def _view(self, view: View) -> str:
        """Return the name of a part of a buffer, made before the function is."""
        if view not in self.memory:
            if view.keys:
                whole = self._view(view._replace(keys=view.keys[:-1]))
                code = f"{whole}[{key_text(view.keys[-1])}]"
            else:
                dtype = "np.bool_" if view.kind[0] == "?" else DTYPES[view.kind]
                code = f"part(memory[{view.buffer}], {dtype}, {view.shape})"
            self.memory[view] = self.names.new(f"m{len(self.memory) + 1}")
            self.setup.append(f"{self.memory[view]} = {code}")
        return self.memory[view]

    # ---- operands ----

    def _text(self, operand: Operand) -> str:
        return number_text(operand) if isinstance(operand, float) else self.known[operand]

    def _watched(self, operand: Operand) -> str:
        text = self._text(operand)
        return f"np.vdot({text}, {text})" if self.program.shape(operand) else text

    def _returned(self, operand: Operand) -> str:
        """Return a result; copied where it shows what someone else may change."""
        text = self._text(operand)
        if isinstance(operand, float) or not self.program.shape(operand):
            return text
        kind = self.program.kind(operand)
        if kind[0] == "?":
            return f"{text}.astype({DTYPES[kind[1]]})"
        return (
            f"np.array({text}, {DTYPES.get(kind, 'float')})" if self._is_shared(operand) else text
        )

    def _is_shared(self, at: int) -> bool:
        """Tell whether an array shows a leaf, a constant, or one entry many times."""
        while self.program.ops[at].name in VIEWS:
            arg = self.program.ops[at].args[0]
            if isinstance(arg, float) or self.program.ops[at].name == "broadcast":
                return True
            at = arg
        return self.program.ops[at].name in ("leaf", "constant")


def _wanted(graph: Graph, program: Program) -> dict[int, str]:
    """Return which names operations would like: those of the nodes that they compute."""
    wanted: dict[int, str] = {}
    for node, operand in program.values.items():
        if isinstance(operand, int):
            wanted.setdefault(operand, graph.name(node))
    for node, operand in program.adjoints.items():
        if isinstance(operand, int):
            wanted.setdefault(operand, f"d_{graph.name(node)}")
    return wanted
