"""Write a program as loops of LLVM's: what is stored is stored once, the rest where it is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from llvmlite import ir

from graphgrad.compile.native.entries import DOUBLE, INTEGER, type_of
from graphgrad.compile.native.layout import VIEWED
from graphgrad.compile.native.memory import Unwritable, whole
from graphgrad.compile.native.products import SUMMED, Products
from graphgrad.compile.recording.entry_recording import ELEMENTWISE
from graphgrad.compile.recording.program import Op, Operand, Program
from graphgrad.ops.shapes import Shape

__all__ = ["Loops", "Unwritable"]


class Loops(Products):
    """The loops of a program.

    Args:
        program: the program.
        needed: the operations to run, in order.
        results: what is handed out.
    """

    def __init__(self, program: Program, needed: Sequence[int], results: Sequence[Operand]) -> None:
        super().__init__(program, needed, results)
        kept = {result for result in results if isinstance(result, int)}
        for at in needed:
            self._operation(at, self.program.ops[at], kept=at in kept)

    # ---- operations ----

    def _operation(self, at: int, op: Op, *, kept: bool) -> None:
        if 0 in op.shape or any(0 in self.program.shape(arg) for arg in op.args):
            raise Unwritable
        if op.name in ("leaf", "constant"):
            self._new(at, op.shape, op.kind)
            if not op.shape:
                self.numbers[at] = self._load(at, whole(0))
        elif op.name == "item":
            found = self._entry(op.args[0], [whole(0)] * len(self._shape(op)))
            self.numbers[at] = self.entries.converted(found, type_of(op.kind))
        elif (op.name in ELEMENTWISE or op.name == "single") and not op.shape:
            self.numbers[at] = self._applied(op, [])
        elif op.name in VIEWED:
            self._view(at, op, kept=kept)
        elif op.name in ELEMENTWISE:
            if at not in self.fused:
                self._copy(at, op)
        else:
            written = getattr(self, f"_{op.name}", None)
            if written is None:
                raise Unwritable
            written(at, op)
            if not op.shape:
                self.numbers[at] = self._load(at, whole(0))

    # ---- sums and maxima ----

    def _sum(self, at: int, op: Op) -> None:
        self._folded(at, op, 0.0, lambda a, x: self.builder.fadd(a, x, flags=SUMMED))

    def _max(self, at: int, op: Op) -> None:
        def larger(a: Any, x: Any) -> Any:
            above = self.builder.fcmp_unordered(">", x, a)  # also where x is NaN
            known = self.builder.fcmp_ordered("ord", a, a)
            return self.builder.select(self.builder.and_(above, known), x, a)

        self._folded(at, op, float("-inf"), larger)

    def _folded(self, at: int, op: Op, start: float, step: Any) -> None:
        """Store a reduction along axes."""
        axes, source, entry = op.setting("axis"), self._shape(op), type_of(op.kind)
        self._new(at, op.shape, op.kind)
        with self._loops(op.shape) as index:
            self._put(at, index, ir.Constant(entry, start))
        kept = op.setting("keepdims")
        zero = whole(0)
        with self._loops(source) as index:
            place = [
                zero if axis in axes else here
                for axis, here in enumerate(index)
                if kept or axis not in axes
            ]
            pointer = self._pointer(at, self._place(self._steps(at), place))
            value = self.entries.converted(self._entry(op.args[0], index), entry)
            self.builder.store(step(self.builder.load(pointer), value), pointer)

    # ---- movement ----

    def _scatter_add(self, at: int, op: Op) -> None:
        self._zeros(at, op)
        source = self._shape(op)
        with self._loops(source) as index:
            place = self._seen_through(op.setting("key"), op.shape, index)
            self._put(
                at, place, self.entries.converted(self._entry(op.args[0], index), type_of(op.kind))
            )

    def _seen_through(self, key: Any, shape: Shape, index: Sequence[Any]) -> list[Any]:
        rest, found = iter(index), []
        for axis in range(len(shape)):
            part = key[axis] if axis < len(key) else (0, None)
            start = whole(part if isinstance(part, int) else part[0])
            found.append(start if isinstance(part, int) else self.builder.add(next(rest), start))
        return found

    def _zeros(self, at: int, op: Op) -> None:
        self._new(at, op.shape, op.kind)
        with self._loops(op.shape) as index:
            self._put(at, index, ir.Constant(type_of(op.kind), 0.0))

    def _concat(self, at: int, op: Op) -> None:
        self._joined(at, op, stacked=False)

    def _stack(self, at: int, op: Op) -> None:
        self._joined(at, op, stacked=True)

    def _joined(self, at: int, op: Op, *, stacked: bool) -> None:
        axis, start = op.setting("axis") % len(op.shape), 0
        self._new(at, op.shape, op.kind)
        for arg in op.args:
            shape = self.program.shape(arg)
            with self._loops(shape) as index:
                value = self.entries.converted(self._entry(arg, index), type_of(op.kind))
                place = list(index)
                offset = whole(start)
                if stacked:
                    place.insert(axis, offset)
                else:
                    place[axis] = self.builder.add(index[axis], offset)
                self._put(at, place, value)
            start += 1 if stacked else shape[axis]

    def _argmax_mask(self, at: int, op: Op) -> None:
        """Store 1 at the first largest entry along the axes, else 0."""
        axes, source = op.setting("axis"), self._shape(op)
        self._read(op.args[0])
        kept = tuple(1 if axis in axes else n for axis, n in enumerate(source))
        inner = tuple(n if axis in axes else 1 for axis, n in enumerate(source))
        self._zeros(at, op)
        best, where = (self.builder.alloca(kind) for kind in (type_of(op.kind), INTEGER))
        with self._loops(kept) as outer:
            self.builder.store(whole(-1), where)
            with self._loops(inner) as along:
                index = [
                    b if axis in axes else a
                    for axis, (a, b) in enumerate(zip(outer, along, strict=True))
                ]
                self._remember_larger(at, self._entry(op.args[0], index), index, best, where)
            self._store(at, self.builder.load(where), ir.Constant(type_of(op.kind), 1.0))

    def _remember_larger(
        self, at: int, value: Any, index: Sequence[Any], best: Any, where: Any
    ) -> None:
        """Remember an entry and its place, if it is the first, or larger, or the first NaN."""
        builder = self.builder
        known, place = builder.load(best), self._place(self._steps(at), index)
        none = builder.icmp_signed("<", builder.load(where), whole(0))
        unknown = builder.fcmp_unordered("uno", value, value)
        sound = builder.fcmp_ordered("ord", known, known)
        more = builder.or_(builder.fcmp_ordered(">", value, known), builder.and_(unknown, sound))
        better = builder.or_(none, more)
        builder.store(builder.select(better, value, known), best)
        builder.store(builder.select(better, place, builder.load(where)), where)

    # ---- the end ----

    def finish(self, watched: Sequence[Operand], numbers: Sequence[Operand]) -> Any:
        """Write what is handed out as numbers into one array, what was looked at last."""
        array = ir.ArrayType(DOUBLE, len(numbers) + 1)
        out = ir.GlobalVariable(self.module, array, "numbers")
        out.initializer = ir.Constant(array, None)
        total = self.entries.number(0.0)
        for operand in watched:
            total = self.builder.fadd(total, self._square(operand))
        found = [self.entries.converted(self._entry(one, []), DOUBLE) for one in numbers]
        for place, value in enumerate([*found, total]):
            spot = [whole(0), whole(place)]
            self.builder.store(value, self.builder.gep(out, spot, inbounds=True))
        self.builder.ret_void()
        return self.module

    def _square(self, operand: Operand) -> Any:
        """Return the sum of squares of an operand, or itself if it is a number."""
        shape = self.program.shape(operand)
        if not shape:
            return self.entries.converted(self._entry(operand, []), DOUBLE)
        with self.builder.goto_entry_block():
            total = self.builder.alloca(DOUBLE)
        self.builder.store(self.entries.number(0.0), total)
        with self._loops(shape) as index:
            value = self.entries.converted(self._entry(operand, index), DOUBLE)
            square = self.builder.fmul(value, value, flags=SUMMED)
            self.builder.store(
                self.builder.fadd(self.builder.load(total), square, flags=SUMMED), total
            )
        return self.builder.load(total)
