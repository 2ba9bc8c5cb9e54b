"""Write products of matrices as tiles whose sums stay in registers."""

from __future__ import annotations

from typing import Any, NamedTuple

from llvmlite import ir

from graphgrad.compile.native.entries import DOUBLE, INTEGER, type_of
from graphgrad.compile.native.layout import Steps
from graphgrad.compile.native.memory import Memory, Unwritable, whole
from graphgrad.compile.recording.program import Op

__all__ = ["SUMMED", "Products"]

SUMMED = ("reassoc", "contract")
"""What LLVM may do with sums: add in another order, multiply and add at once."""


class _Product(NamedTuple):
    """A product of matrices: where it is stored, its entries, rows, inner length and columns."""

    at: int
    entry: Any
    lengths: tuple[int, int, int]
    width: int


class Products(Memory):
    """The products of a program."""

    def _matmul(self, at: int, op: Op) -> None:
        """Store a product of matrices, of a matrix and a vector, or of two vectors."""
        shapes = [self.program.shape(arg) for arg in op.args]
        if max(map(len, shapes)) > 2:
            raise Unwritable
        rows = shapes[0][0] if len(shapes[0]) == 2 else 1
        columns = shapes[1][1] if len(shapes[1]) == 2 else 1
        a, b = (self._read(arg) for arg in op.args)
        first = a._replace(steps=a.steps if len(shapes[0]) == 2 else (0, *a.steps))
        second = b._replace(steps=b.steps if len(shapes[1]) == 2 else (*b.steps, 0))
        self._new(at, op.shape, op.kind)
        product = _Product(at, type_of(op.kind), (rows, shapes[0][-1], columns), columns)
        if columns > 1 and second.steps[1] != 1 and isinstance(op.args[1], int):
            second = self._reordered(op.args[1], second, shapes[1])
        if columns == 1 and rows > 1 and first.steps[0] != 1 and first.steps[1] == 1:
            self._multiply_along(product, first, second)
        elif columns == 1:  # a column times a row, turned
            turned = product._replace(lengths=(1, shapes[0][-1], rows), width=rows)
            self._multiply(turned, _turned(second), _turned(first))
        else:
            self._multiply(product, first, second)

    def _multiply(self, product: _Product, a: Steps, b: Steps) -> None:
        """Multiply tile by tile: sums of some rows and columns stay in registers."""
        rows, _, columns = product.lengths
        for start, tall, count in _tiles(rows, (4, 1)):
            with self._loop(count) as step:
                i = self._at(start, step, tall)
                for left, wide, blocks in _tiles(columns, _widths(b.steps[1])):
                    with self._loop(blocks) as block:
                        j = self._at(left, block, wide)
                        sums = self._summed(product, a, b, (i, tall), (j, wide))
                        for row, sum_ in enumerate(sums):
                            place = self.builder.add(
                                self.builder.mul(self._plus(i, row), whole(product.width)), j
                            )
                            self._store_many(product.at, place, sum_)

    def _summed(
        self, product: _Product, a: Steps, b: Steps, rows: tuple[Any, int], columns: tuple[Any, int]
    ) -> list[Any]:
        """Return the entries of a tile, a vector per row."""
        (i, tall), (j, wide) = rows, columns
        kind = ir.VectorType(product.entry, wide) if wide > 1 else product.entry
        builder, before = self.builder, self.builder.block
        body, after = (self.function.append_basic_block() for _ in range(2))
        builder.branch(body)
        builder.position_at_end(body)
        k = builder.phi(INTEGER)
        k.add_incoming(whole(0), before)
        sums = [builder.phi(kind) for _ in range(tall)]
        y = self._load_many(b.stored, self._place(b, [k, j]), wide, product.entry)
        found = []
        for row, known in enumerate(sums):
            known.add_incoming(ir.Constant(kind, None), before)
            x = self._load(a.stored, self._place(a, [self._plus(i, row), k]))
            x = self._repeated(self.entries.converted(x, product.entry), wide)
            term = builder.fmul(x, y, flags=SUMMED)
            found.append(builder.fadd(known, term, flags=SUMMED))
            known.add_incoming(found[-1], body)
        following = builder.add(k, whole(1), flags=("nsw", "nuw"))
        k.add_incoming(following, body)
        more = builder.icmp_signed("<", following, whole(product.lengths[1]))
        builder.cbranch(more, body, after)
        builder.position_at_end(after)
        return found

    def _multiply_along(self, product: _Product, a: Steps, b: Steps) -> None:
        """Multiply a matrix of long rows and a column: LLVM adds up several entries at once."""
        with self._loop(product.lengths[0]) as i:
            self._store(product.at, i, ir.Constant(product.entry, 0.0))
            with self._loop(product.lengths[1]) as k:
                x = self._load(a.stored, self._place(a, [i, k]))
                y = self._load(b.stored, self._place(b, [k, whole(0)]))
                both = (self.entries.converted(one, product.entry) for one in (x, y))
                term = self.builder.fmul(*both, flags=SUMMED)
                pointer = self._pointer(product.at, i)
                sum_ = self.builder.fadd(self.builder.load(pointer), term, flags=SUMMED)
                self.builder.store(sum_, pointer)

    def _plus(self, at: Any, more: int) -> Any:
        return self.builder.add(at, whole(more)) if more else at

    def _at(self, start: int, step: Any, size: int) -> Any:
        return self.builder.add(whole(start), self.builder.mul(step, whole(size)))

    def _repeated(self, x: Any, wide: int) -> Any:
        if wide == 1:
            return x
        kind = ir.VectorType(x.type, wide)
        first = self.builder.insert_element(ir.Constant(kind, ir.Undefined), x, _int32(0))
        return self.builder.shuffle_vector(
            first,
            ir.Constant(kind, ir.Undefined),
            ir.Constant(ir.VectorType(_int32(0).type, wide), None),
        )

    def _load_many(self, at: int, place: Any, wide: int, entry: Any) -> Any:
        if wide == 1:
            return self.entries.converted(self._load(at, place), entry)
        pointer = self._pointer(at, place)
        if pointer.type.pointee != entry:
            raise Unwritable
        kind = ir.VectorType(entry, wide)
        return self.builder.load(
            self.builder.bitcast(pointer, kind.as_pointer()), align=4 if entry != DOUBLE else 8
        )

    def _store_many(self, at: int, place: Any, value: Any) -> None:
        pointer = self.builder.bitcast(self._pointer(at, place), value.type.as_pointer())
        element = getattr(value.type, "element", value.type)
        self.builder.store(value, pointer, align=8 if element == DOUBLE else 4)


def _turned(steps: Steps) -> Steps:
    return steps._replace(steps=steps.steps[::-1])


def _int32(number: int) -> Any:
    return ir.Constant(ir.IntType(32), number)


def _widths(step: int) -> tuple[int, ...]:
    return (16, 8, 4, 2, 1) if step == 1 else (1,)


def _tiles(length: int, sizes: tuple[int, ...]) -> list[tuple[int, int, int]]:
    """Cut a length into tiles: where those of a size start, the size, and how many there are.

    >>> _tiles(11, (4, 1))
    [(0, 4, 2), (8, 1, 3)]
    """
    found, start = [], 0
    for size in sizes:
        count = (length - start) // size
        if count:
            found.append((start, size, count))
            start += count * size
    return found
