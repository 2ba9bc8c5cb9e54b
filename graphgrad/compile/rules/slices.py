"""Do with a whole array what is done with most of its slices: the gates of a cell in one go.

Where the same operations are applied to slices of an array that make up half of it or more, they
are applied to the array, and the slices are taken of the result. Entries are computed as before.
"""

from __future__ import annotations

from math import prod
from typing import Any

from graphgrad.compile.recording.entry_recording import ELEMENTWISE
from graphgrad.compile.recording.program import Op
from graphgrad.compile.rules.rewriting import Rewriting
from graphgrad.ops.shapes import Shape

__all__ = ["whole_arrays", "whole_products"]

_FEWEST = 2


def whole_arrays(work: Rewriting) -> Any:
    """Rewrite operations on slices of arrays, entry by entry."""
    return _Sliced(work, products=False).rewrite


def whole_products(work: Rewriting) -> Any:
    """Rewrite operations on slices of arrays, and products of their rows with a matrix."""
    return _Sliced(work, products=True).rewrite


class _Sliced:
    """Which operations compute slices of what: a form is an operation on whole arrays."""

    def __init__(self, work: Rewriting, *, products: bool) -> None:
        self.work = work
        self.products = products
        self.forms: dict[int, tuple[int, Any]] = {}
        """By operation, what it would be on whole arrays, and the slice that it is of that."""
        self.numbers: dict[Any, int] = {}
        self.shapes: list[Shape] = []
        self.members: list[dict[Any, int]] = []
        self.made: dict[int, Any] = {}
        for at in work.order:
            op = work.old.ops[at]
            if op.name == "index":
                self._begin(at, op)
            elif op.name in ELEMENTWISE:
                self._go_on(at, op)
            elif op.name == "matmul" and self.products:
                self._multiply(at, op)

    def _begin(self, at: int, op: Op) -> None:
        base, key = op.args[0], op.setting("key")
        if isinstance(base, int) and op.shape:
            self._join(at, ("slice", base), key, self.work.old.ops[base].shape)

    def _go_on(self, at: int, op: Op) -> None:
        """Join an operation whose arguments are numbers and the same slices of equal shapes."""
        parts: list[Any] = []
        keys, shapes = set(), set()
        for arg in op.args:
            if isinstance(arg, float):
                parts.append(arg.hex())
                continue
            if arg not in self.forms:
                return
            form, key = self.forms[arg]
            parts.append(form)
            keys.add(key)
            shapes.add(self.shapes[form])
        if len(keys) == len(shapes) == 1:
            self._join(at, (op.name, op.settings, op.kind, *parts), keys.pop(), shapes.pop())

    def _multiply(self, at: int, op: Op) -> None:
        """Join a product of slices that hold whole rows with one matrix."""
        rows, matrix = op.args
        if not isinstance(rows, int) or rows not in self.forms:
            return
        form, key = self.forms[rows]
        whole, other = self.shapes[form], self.work.old.shape(matrix)
        kept = len(key) < len(whole) or key[-1] == (0, whole[-1])
        if len(other) == 2 and kept and len(self.work.old.shape(rows)) in (1, 2):
            self._join(
                at,
                ("matmul", op.kind, form, matrix),
                key[: len(whole) - 1],
                (*whole[:-1], other[1]),
            )

    def _join(self, at: int, what: Any, key: Any, shape: Shape) -> None:
        form = self.numbers.setdefault(what, len(self.numbers))
        if form == len(self.shapes):
            self.shapes.append(shape)
            self.members.append({})
        self.forms[at] = (form, key)
        self.members[form][key] = at

    def rewrite(self, at: int, op: Op) -> Any:
        """Return the slice of the whole, where most of the whole is asked for."""
        if at not in self.forms or op.name == "index":
            return None
        form, key = self.forms[at]
        return self.work.m.index(self._whole(at), key=key) if self._pays(form) else None

    def _pays(self, form: int) -> bool:
        members = self.members[form]
        size = sum(prod(self.work.old.ops[at].shape) for at in members.values())
        return len(members) >= _FEWEST and 2 * size >= prod(self.shapes[form])

    def _whole(self, at: int) -> Any:
        """Return an operation done on whole arrays."""
        form, _ = self.forms[at]
        if form not in self.made:
            op = self.work.old.ops[at]
            if op.name == "index":
                self.made[form] = self.work.new(op.args[0])
            elif op.name == "matmul":
                self.made[form] = self._product(op, self.shapes[form])
            else:
                args = tuple(a if isinstance(a, float) else self._whole(a) for a in op.args)
                self.made[form] = self.work.m.append(
                    op.name, args, self.shapes[form], op.kind, dict(op.settings)
                )
        return self.made[form]

    def _product(self, op: Op, shape: Shape) -> Any:
        """Return the product of all rows with a matrix."""
        m = self.work.m
        rows, matrix = self._whole(int(op.args[0])), self.work.new(op.args[1])
        flat = m.reshape(rows, shape=(prod(shape[:-1]), m.shape(rows)[-1]))
        return m.reshape(m.matmul(flat, matrix), shape=shape)
