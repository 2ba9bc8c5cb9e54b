"""Hold a straight program: a flat list of operations on numbers and arrays of known shapes.

Kinds of values: ``s`` a number of Python's, ``d`` and ``f`` arrays of float64 and float32, ``?d``
and ``?f`` arrays of truth values that stand for 1 and 0 of such a type. An array of kind ``s`` is a
number that is repeated: it takes the type of what it meets.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from graphgrad.ops.shapes import Shape

__all__ = ["VIEWS", "Op", "Operand", "Program"]

Operand = int | float
"""The position of an operation, or a number: positions are ints, numbers are floats."""

VIEWS = frozenset({"transpose", "reshape", "index", "broadcast"})
"""Operations that show the entries of an array otherwise, without making one."""


class Op(NamedTuple):
    """One operation.

    Attributes:
        name: what is done; a function of `Recording`.
        args: positions of earlier operations, or numbers.
        settings: the rest, by name.
        shape: the shape of the result.
        kind: its kind.
    """

    name: str
    args: tuple[Operand, ...]
    settings: tuple[tuple[str, Any], ...]
    shape: Shape
    kind: str

    def setting(self, name: str) -> Any:
        """Return a setting by name."""
        return dict(self.settings)[name]

    def is_argument(self, place: int, at: int) -> bool:
        """Tell whether an argument is an operation; the number 1.0 equals the operation 1."""
        arg = self.args[place]
        return isinstance(arg, int) and arg == at


class Program:
    """Operations in the order in which they run, and what of a graph they compute.

    Attributes:
        ops: the operations.
        arrays: constant arrays, by the position of their operation.
        leaves: the leaf that an operation is, by its position.
        values: the operand that is the value of a node of the graph, where there is one.
        adjoints: the operand that is the adjoint of a node, where it has one.
    """

    def __init__(self) -> None:
        self.ops: list[Op] = []
        self.arrays: dict[int, Any] = {}
        self.leaves: dict[int, int] = {}
        self.values: dict[int, Operand] = {}
        self.adjoints: dict[int, Operand] = {}

    def shape(self, operand: Operand) -> Shape:
        """Return the shape of an operand."""
        return () if isinstance(operand, float) else self.ops[operand].shape

    def kind(self, operand: Operand) -> str:
        """Return the kind of an operand."""
        return "s" if isinstance(operand, float) else self.ops[operand].kind

    def needed(self, roots: Iterable[Operand]) -> list[int]:
        """Return the operations from which some operands are computed, in order."""
        marks = bytearray(len(self.ops))
        for root in roots:
            if isinstance(root, int):
                marks[root] = 1
        for at in range(len(self.ops) - 1, -1, -1):
            if marks[at]:
                for arg in self.ops[at].args:
                    if isinstance(arg, int):
                        marks[arg] = 1
        return [at for at, mark in enumerate(marks) if mark]

    def __len__(self) -> int:
        return len(self.ops)
