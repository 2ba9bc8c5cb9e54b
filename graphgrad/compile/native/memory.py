"""Hold the arrays of a module, and read entries of a program's operations from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import prod
from typing import Any

from llvmlite import ir

from graphgrad.compile.native.entries import BIT, INTEGER, Entries, type_of
from graphgrad.compile.native.layout import VIEWED, Steps, fused, steps_of
from graphgrad.compile.recording.entry_recording import ELEMENTWISE
from graphgrad.compile.recording.program import Op, Operand, Program
from graphgrad.ops.shapes import Shape

__all__ = ["Memory", "Unwritable", "whole"]

_BYTE = ir.IntType(8)


class Unwritable(Exception):  # noqa: N818  # no error: it is caught, and NumPy runs the program
    """An operation has no loops here."""


def whole(number: int) -> Any:
    """Return a whole number as a constant."""
    return ir.Constant(INTEGER, number)


class Memory:
    """The arrays of a program, in one function of a module without arguments.

    Arrays are global variables of the module: those of leaves and results are filled and read from
    outside.

    Args:
        program: the program.
        needed: the operations to run, in order.
        results: what is handed out.

    Attributes:
        stored: the operations whose entries are stored.
        fused: those that are computed where they are read.
        arrays: the global variable of each that is stored.
        numbers: the value of each that is a number.
    """

    def __init__(self, program: Program, needed: Sequence[int], results: Sequence[Operand]) -> None:
        self.program = program
        self.module = ir.Module("graphgrad")
        self.entries = Entries(self.module)
        self.function = ir.Function(self.module, ir.FunctionType(ir.VoidType(), []), "run")
        self.builder = ir.IRBuilder(self.function.append_basic_block())
        self.entries.builder = self.builder
        self.fused = fused(program, needed, results)
        self.stored: set[int] = set()
        self.arrays: dict[int, Any] = {}
        self.numbers: dict[int, Any] = {}

    # ---- storage ----

    def _new(self, at: int, shape: Shape, kind: str) -> Any:
        """Make a global array; truth values are bytes."""
        entry = type_of(kind)
        array = ir.ArrayType(_BYTE if entry == BIT else entry, max(1, prod(shape)))
        found = ir.GlobalVariable(self.module, array, f"a{at}_{len(self.module.globals)}")
        found.initializer = ir.Constant(array, None)
        found.align = 64
        self.arrays[at] = found
        self.stored.add(at)
        return found

    def _pointer(self, at: int, place: Any) -> Any:
        zero = whole(0)
        return self.builder.gep(self.arrays[at], [zero, place], inbounds=True)

    def _load(self, at: int, place: Any) -> Any:
        value = self.builder.load(self._pointer(at, place))
        if value.type == _BYTE:
            return self.builder.icmp_unsigned("!=", value, ir.Constant(_BYTE, 0))
        return value

    def _store(self, at: int, place: Any, value: Any) -> None:
        if value.type == BIT:
            value = self.builder.zext(value, _BYTE)
        self.builder.store(value, self._pointer(at, place))

    def _place(self, steps: Steps, index: Sequence[Any]) -> Any:
        place = whole(steps.start)
        for at, step in zip(index, steps.steps, strict=True):
            if step:
                place = self.builder.add(place, self.builder.mul(at, whole(step)), flags=("nsw",))
        return place

    def _put(self, at: int, index: Sequence[Any], value: Any) -> None:
        self._store(at, self._place(self._steps(at), index), value)

    def _steps(self, at: int) -> Steps:
        found = steps_of(self.program, at, self.stored)
        if found is None:
            raise Unwritable
        return found

    # ---- loops ----

    @contextmanager
    def _loop(self, length: int) -> Iterator[Any]:
        if length == 1:
            yield whole(0)
            return
        builder, before = self.builder, self.builder.block
        body, after = (self.function.append_basic_block() for _ in range(2))
        builder.branch(body)
        builder.position_at_end(body)
        index = builder.phi(INTEGER)
        index.add_incoming(whole(0), before)
        yield index
        following = builder.add(index, whole(1), flags=("nsw", "nuw"))
        index.add_incoming(following, builder.block)
        more = builder.icmp_signed("<", following, whole(length))
        builder.cbranch(more, body, after)
        builder.position_at_end(after)

    @contextmanager
    def _loops(self, shape: Shape) -> Iterator[list[Any]]:
        """Loop over all entries of a shape, the last axis innermost."""
        if not shape:
            yield []
            return
        with self._loop(shape[0]) as first, self._loops(shape[1:]) as rest:
            yield [first, *rest]

    # ---- entries ----

    def _entry(self, operand: Operand, index: Sequence[Any]) -> Any:
        """Return the entry of an operand at an index of its own shape."""
        if isinstance(operand, float):
            return self.entries.number(operand)
        if operand in self.numbers:
            return self.numbers[operand]
        steps = steps_of(self.program, operand, self.stored)
        if steps is not None:
            return self._load(steps.stored, self._place(steps, index))
        op = self.program.ops[operand]
        if op.name in VIEWED:
            return self._entry(op.args[0], self._seen(op, index))
        return self._applied(op, index)

    def _applied(self, op: Op, index: Sequence[Any]) -> Any:
        args = [self._entry(arg, self._aligned(arg, index)) for arg in op.args]
        return self.entries.applied(op, args)

    def _aligned(self, arg: Operand, index: Sequence[Any]) -> list[Any]:
        """Return the index of an argument that is repeated to a result's shape."""
        shape = self.program.shape(arg)
        last = index[len(index) - len(shape) :]
        zero = whole(0)
        return [zero if n == 1 else at for n, at in zip(shape, last, strict=True)]

    def _seen(self, op: Op, index: Sequence[Any]) -> list[Any]:
        """Return the index in its source of what a view shows."""
        shape = self.program.shape(op.args[0])
        if op.name == "transpose":
            axes = op.setting("axes")
            return [index[axes.index(axis)] for axis in range(len(axes))]
        if op.name == "broadcast":
            return self._aligned(op.args[0], index)
        if op.name == "index":
            rest, found = iter(index), []
            key = op.setting("key")
            for axis in range(len(shape)):
                part = key[axis] if axis < len(key) else (0, None)
                if isinstance(part, int):
                    found.append(whole(part))
                else:
                    start = whole(part[0])
                    found.append(self.builder.add(next(rest), start))
            return found
        return self._reshaped(op.shape, shape, index)

    def _reshaped(self, new: Shape, shape: Shape, index: Sequence[Any]) -> list[Any]:
        zero = whole(0)
        if [n for n in new if n != 1] == [n for n in shape if n != 1]:
            rest = iter([at for n, at in zip(new, index, strict=True) if n != 1])
            return [zero if n == 1 else next(rest) for n in shape]
        place = zero
        for length, at in zip(new, index, strict=True):
            place = self.builder.add(self.builder.mul(place, whole(length)), at)
        found = []
        for length in reversed(shape):
            size = whole(length)
            found.append(self.builder.urem(place, size))
            place = self.builder.udiv(place, size)
        return found[::-1]

    # ---- what is stored ----

    def _shape(self, op: Op) -> Shape:
        return self.program.shape(op.args[0])

    def _copy(self, at: int, op: Op) -> None:
        """Store what is computed entry by entry, or what a view shows."""

        def entry(index: Sequence[Any]) -> Any:
            if op.name in ELEMENTWISE:
                return self._applied(op, index)
            return self._entry(op.args[0], self._seen(op, index))

        self._fill(at, op.shape, op.kind, entry)

    def _fill(self, at: int, shape: Shape, kind: str, entry: Any) -> None:
        """Store an array whose entries a function of the index returns."""
        self._new(at, shape, kind)
        self.stored.discard(at)  # an array does not read itself
        with self._loops(shape) as index:
            value = self.entries.converted(entry(index), type_of(kind))
            self.stored.add(at)
            self._put(at, index, value)

    def _view(self, at: int, op: Op, *, kept: bool) -> None:
        """Store what a view shows only where it is handed out, or lies in no order."""
        if not op.shape and steps_of(self.program, at, self.stored) is not None:
            self.numbers[at] = self._entry(at, [])
            return
        if kept:
            self._copy(at, op)

    def _read(self, operand: Operand) -> Steps:
        """Return where the entries of an operand lie; it is stored if it is not yet."""
        if isinstance(operand, float):
            raise Unwritable
        steps = steps_of(self.program, operand, self.stored)
        if steps is None:
            self._copy(operand, self.program.ops[operand])
            steps = self._steps(operand)
        return steps

    def _reordered(self, operand: int, steps: Steps, shape: Shape) -> Steps:
        """Copy an array such that its last axis lies in order."""
        copy = len(self.program.ops)
        op = self.program.ops[operand]
        self.program.ops.append(op._replace(name="copy", args=(), settings=()))
        self._fill(
            copy, shape, op.kind, lambda index: self._load(steps.stored, self._place(steps, index))
        )
        return self._steps(copy)
