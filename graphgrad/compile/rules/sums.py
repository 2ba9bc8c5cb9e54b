"""Add up at once what a backward pass adds up piece by piece.

Entries that belong side by side are put there instead of into arrays of zeros that are then added;
a sum of matrix products is one product of taller matrices, a sum of sums is one sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any, NamedTuple

from graphgrad.compile.recording.program import Op, Operand
from graphgrad.compile.rules.layouts import Layout, layout_of, put_together, whole_of
from graphgrad.compile.rules.rewriting import Rewriting
from graphgrad.ops.shapes import Shape

__all__ = ["summed_at_once"]


def summed_at_once(work: Rewriting) -> Any:
    """Rewrite sums of several terms."""
    return _Sums(work).rewrite


_CALL = 1000
"""As many entries are moved in the time of one more call."""


class _Product(NamedTuple):
    """A product of matrices as rows: the sum over rows of each row's outer product."""

    left: Operand
    right: Operand


class _Sums:
    def __init__(self, work: Rewriting) -> None:
        self.work = work
        self.inner = {at for at in work.order if self._is_inner(at)}

    def _is_sum(self, operand: Operand) -> bool:
        op = self.work.op(operand)
        return op is not None and op.name == "add" and bool(op.shape)

    def _is_inner(self, at: int) -> bool:
        """Tell whether a sum is a term of one sum and of nothing else."""
        if not self._is_sum(at):
            return False
        readers = self.work.readers[at]
        if len(readers) != 1 or at in self.work.kept:
            return False
        reader, op = self.work.old.ops[readers[0]], self.work.old.ops[at]
        return reader.name == "add" and (reader.shape, reader.kind) == (op.shape, op.kind)

    def rewrite(self, at: int, op: Op) -> Any:
        """Return a sum whose terms are taken together, None where there is nothing to take."""
        if not self._is_sum(at) or at in self.inner:
            return None
        terms = self._terms(at)
        old = self.work.old
        if any((old.shape(term), old.kind(term)) != (op.shape, op.kind) for term in terms):
            return None
        groups = self._groups(terms, op.shape)
        if len(groups) == len(terms):
            return None
        total: Any = None
        for take, members in groups:
            part = take(members) if take else self.work.new(members[0])
            total = part if total is None else total + part
        return total

    def _terms(self, at: int) -> list[Operand]:
        """Return the terms of a sum in the order in which they are added."""
        found: list[Operand] = []
        stack: list[Operand] = [at]
        while stack:
            operand = stack.pop()
            is_op = isinstance(operand, int)  # the number 1.0 equals the operation 1
            if is_op and (operand == at or operand in self.inner):
                stack += reversed(self.work.old.ops[int(operand)].args)
            else:
                found.append(operand)
        return found

    def _groups(self, terms: Sequence[Operand], shape: Shape) -> list[tuple[Any, list[Operand]]]:
        """Return the terms, those of a kind together: how they are taken, and which."""
        kinds: dict[Any, list[Operand]] = {}
        for place, term in enumerate(terms):
            kinds.setdefault(self._kind_of(term) or place, []).append(term)
        found: list[tuple[Any, list[Operand]]] = []
        for kind, members in kinds.items():
            take = kind[0] if isinstance(kind, tuple) else None
            if take is not None and len(members) > 1 and self._pays(take, members, shape):
                found.append((take, members))
            else:
                found += [(None, [member]) for member in members]
        return found

    def _kind_of(self, term: Operand) -> Any:
        op = self.work.op(term)
        if op is None:
            return None
        if op.name == "scatter_add" and isinstance(op.args[0], int):
            return (self._placed, "")
        if self._product(term) is not None:
            return (self._one_product, "")
        if op.name == "sum" and op.setting("axis") == (0,) and not op.setting("keepdims"):
            return (self._one_sum, len(self.work.old.shape(op.args[0])))
        return None

    def _pays(self, take: Any, members: Sequence[Operand], shape: Shape) -> bool:
        if take != self._one_product:
            return True
        found = [self._product(member) for member in members]
        rows = sum(prod(self.work.old.shape(p.left)[:-1]) for p in found if p is not None)
        return rows * sum(shape) <= 2 * (prod(shape) + _CALL) * len(members)

    # ---- entries side by side ----

    def _placed(self, members: Sequence[Operand]) -> Any:
        ops = [self.work.old.ops[int(member)] for member in members]
        keys = [op.setting("key") for op in ops]
        pieces = [self.work.new(op.args[0]) for op in ops]
        return put_together(self.work.m, pieces, keys, ops[0].shape)

    # ---- products ----

    def _product(self, term: Operand) -> _Product | None:
        """Return a product of matrices by its rows, None for other terms."""
        op = self.work.op(term)
        if op is None or len(op.shape) != 2:
            return None
        if op.name == "outer":
            return _Product(op.args[0], op.args[1])
        if op.name == "transpose":
            turned = self._product(op.args[0])
            return None if turned is None else _Product(turned.right, turned.left)
        if op.name != "matmul" or any(len(self.work.old.shape(arg)) != 2 for arg in op.args):
            return None
        left = self.work.op(op.args[0])
        if left is None or left.name != "transpose":
            return None
        return _Product(left.args[0], op.args[1])

    def _one_product(self, members: Sequence[Operand]) -> Any:
        """Return the sum of A_t^T B_t as one product, with the rows of all A_t and all B_t."""
        found = [self._product(member) for member in members]
        left = [product.left for product in found if product is not None]
        right = [product.right for product in found if product is not None]
        layout = layout_of(self.work, left, right)
        tall = self._tall(left, layout)
        return self.work.m.matmul(
            self.work.m.transpose(tall, axes=(1, 0)), self._tall(right, layout)
        )

    def _tall(self, parts: Sequence[Operand], layout: Layout) -> Any:
        """Return the rows of several matrices in one."""
        m = self.work.m
        whole = whole_of(self.work, parts, layout)
        shape = m.shape(whole)
        return m.reshape(whole, shape=(prod(shape[:-1]), shape[-1]))

    # ---- sums ----

    def _one_sum(self, members: Sequence[Operand]) -> Any:
        """Return the sum of sums of rows as one sum."""
        parts = [self.work.old.ops[int(member)].args[0] for member in members]
        if len(self.work.old.shape(parts[0])) != 2:
            total = self.work.new(members[0])
            for member in members[1:]:
                total = total + self.work.new(member)
            return total
        tall = self._tall(parts, layout_of(self.work, parts, parts))
        return self.work.m.sum(tall, axis=(0,), keepdims=False)
