"""Read a signature as a small graph: numbers for sources and locals, and what reaches what.

How long a formula would be is counted here before anything is built: sizes of trees, exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from graphgrad.ops.row import Elementwise
from graphgrad.symbolic.derive.signature import Constant, Operation, Signature

__all__ = [
    "WRITTEN_OUT", "Plan", "Size", "Wiring", "formula_size", "partial_size", "plan", "read_order",
]  # fmt: skip


INLINED = 150
WRITTEN_OUT = frozenset({"add", "sub", "mul", "div", "neg", "pow", "powi", "identity"})
"""Ops that stand in a formula as signs, not as functions."""


def read_order(root: int, args: Callable[[int], Sequence[int]]) -> list[int]:
    """Return what a root depends on in the order in which its formula is read, left to right."""
    order: dict[int, None] = {}
    stack = [root]
    while stack:
        number = stack.pop()
        if number not in order:
            order[number] = None
            stack.extend(reversed(args(number)))
    return list(order)


class Wiring:
    """A signature whose sources are numbered 0, 1, ... and whose locals follow.

    Attributes:
        operations: the ops by number, in order.
        args: the numbers of each op's arguments, by number.
        reach: per number, the sources that it depends on, as bits.
        structural: the sources that reach the root through a structural op, as bits.
    """

    def __init__(self, signature: Signature) -> None:
        self.signature = signature
        self.first = len(signature.variable)
        self.root = self.first + len(signature.locals) - 1
        self.operations: dict[int, Operation] = {}
        self.args: dict[int, tuple[int, ...]] = {}
        self.reach = [1 << n if v else 0 for n, v in enumerate(signature.variable)]
        marks = [0] * self.first
        for number, part in enumerate(signature.locals, self.first):
            reach = mark = 0
            if isinstance(part, Operation):
                args = tuple(a if a >= 0 else self.first - a - 1 for a in part.args)
                self.operations[number], self.args[number] = part, args
                for arg in args:
                    reach, mark = reach | self.reach[arg], mark | marks[arg]
                mark = mark if isinstance(part.row, Elementwise) else reach
            self.reach.append(reach)
            marks.append(mark)
        self.structural = marks[self.root]

    @property
    def single(self) -> bool:
        """Tell whether there is only one op: its slots count one by one."""
        return len(self.operations) == 1

    def read_order(self) -> list[int]:
        """Return the numbers in the order in which the formula names them, left to right."""
        return read_order(self.root, lambda number: self.args.get(number, ()))

    def constant(self, number: int) -> Constant | None:
        """Return the constant of a number, or None."""
        part = self.signature.locals[number - self.first] if number >= self.first else None
        return part if isinstance(part, Constant) else None

    def settings(self, number: int) -> dict[str, Any]:
        """Return the settings of an op."""
        return dict(self.operations[number].settings)


class Plan(NamedTuple):
    """What a composed derivative would cost.

    Attributes:
        named: the numbers whose values appear by name instead of written out.
        complete: whether all that should be written out is short enough.
        adjoints: per number, the size of d(root)/d(number) as a tree; None if it is not needed.
    """

    named: frozenset[int]
    complete: bool
    adjoints: list[int | None]


def plan(wiring: Wiring, wanted: int, *, inline: bool) -> Plan:
    """Return the sizes of the derivatives in the wanted sources (bits), without building them.

    Args:
        wiring: the operations.
        wanted: sources as bits; every path from them is element-wise.
        inline: whether short inner operations are written out.
    """
    sizes, named, complete = _values(wiring, inline=inline)
    adjoints: list[int | None] = [None] * (wiring.root + 1)
    adjoints[wiring.root] = 0
    for number in reversed(wiring.operations):
        known = adjoints[number]
        operation = wiring.operations[number]
        if known is None or not wiring.reach[number] & wanted:
            continue
        row, settings = operation.row, wiring.settings(number)
        if not isinstance(row, Elementwise):
            continue
        args = [sizes[arg] for arg in wiring.args[number]]
        for slot, arg in enumerate(wiring.args[number]):
            if wiring.reach[arg] & wanted:
                factor = partial_size(row, slot, sizes[number], args, settings)
                if factor >= 0:
                    term = known + factor + (1 if known and factor else 0)
                    before = adjoints[arg]
                    adjoints[arg] = term if before is None else before + term + 1
    return Plan(named, complete, adjoints)


def _values(wiring: Wiring, *, inline: bool) -> tuple[list[int], frozenset[int], bool]:
    """Return the size of each value where it is used, and which are used by name."""
    sizes = [1] * (wiring.root + 1)
    named = {wiring.root}
    complete = True
    for number, operation in wiring.operations.items():
        if number == wiring.root:
            continue
        size = formula_size([sizes[arg] for arg in wiring.args[number]])
        if inline and isinstance(operation.row, Elementwise) and size <= INLINED:
            sizes[number] = size
        else:
            named.add(number)
            complete = complete and not (inline and isinstance(operation.row, Elementwise))
    return sizes, frozenset(named), complete


class Size:
    """Stand for an expression of so many symbols and operations; big integers never overflow."""

    __slots__ = ("count",)

    def __init__(self, count: int) -> None:
        self.count = count

    def _joined(self, other: Any) -> Size:
        return Size(self.count + size_of(other) + 1)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _joined
    __truediv__ = __rtruediv__ = __pow__ = __rpow__ = _joined

    def __neg__(self) -> Size:
        return Size(self.count + 1)


class SizeMath:
    """Namespace whose functions add up the sizes of their arguments."""

    pi = Size(1)

    def __getattr__(self, name: str) -> Callable[..., Size]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **settings: Size(sum(map(size_of, args)) + 1)


def size_of(value: Any) -> int:
    """Return a value's size; a number has size 1."""
    return value.count if isinstance(value, Size) else 1


def formula_size(args: Sequence[int]) -> int:
    """Return the size of an op applied to arguments of given sizes."""
    return sum(args) + 1


def partial_size(row: Elementwise, slot: int, out: int, args: Sequence[int], settings: Any) -> int:
    """Return the size of a partial as a factor: 0 for 1 and -1, which leave no trace, -1 for 0.

    >>> from graphgrad.ops.registry import row
    >>> partial_size(row("add"), 0, 1, (1, 1), {}), partial_size(row("tanh"), 0, 1, (5,), {})
    (0, 5)
    """
    value = row.partials[slot](_SIZES, Size(out), *map(Size, args), **settings)
    if isinstance(value, Size):
        return value.count
    return -1 if value == 0 else int(value not in (1, -1))


_SIZES = SizeMath()
