"""Append an op by an operator in the time of a few appends, where nothing has to be looked up.

That is so where both operands are numbers on one tape that has room. All else goes the way of
`apply`, which links tapes, takes arrays and explains mistakes; both ways record the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from graphgrad.api.recording.tape import Tape, open_tape
from graphgrad.graph.kinds import Kind, kind_of, leaf_kind, scalar_kind
from graphgrad.ops.registry import ROWS, code_of
from graphgrad.ops.row import Row
from graphgrad.ops.shapes import Shape

__all__ = [
    "QUIET",
    "Operand",
    "binary",
    "leaf_binary",
    "made_are",
    "power",
    "recording",
    "reversed_binary",
    "takes_one",
    "unary",
]


class Operand:
    """What operators take without asking further.

    It must not have `__getattr__`: Python reads attributes of such a class several times slower.

    Attributes:
        tape: the tape it stands on; None of a leaf, which stands on every tape that uses it.
        node: its number there.
        spot: of a leaf, the number of the tape that used it last and its node there.
        shape: the shape of the value; () for a number.
        seat: where it stands in the memory of a tensor; nodes have none until one is looked for.
    """

    __slots__ = ("__weakref__", "node", "seat", "shape", "tape")
    seat: Any
    tape: Tape | None
    node: int
    shape: Shape
    spot: tuple[int, int]

    def __init_subclass__(cls) -> None:
        if _Handle in cls.__mro__ and _Handle is not Operand:
            _LEAVES.add(cls)

    def applied(self, op: str, *operands: Any, **settings: Any) -> Any:
        """Append an op, whatever the operands are."""
        raise NotImplementedError


QUIET: list[bool] = []
"""Holds something under ``no_grad``: what tensors give then is computed, and no node."""

_new = object.__new__
_CONSTANT = leaf_kind(code_of("const"), ())
_POWER = code_of("powi")
_LONGEST_INT = 1000
"""The bits up to which a whole number surely is a float; longer ones are looked at by `given`."""
_MOST_KINDS = 1000
"""Pairs of shapes of which an operator remembers what it is."""
_Handle: type[Any] = Operand


_LEAVES: set[type[Any]] = set()


@contextmanager
def recording(*, wanted: bool = True) -> Iterator[None]:
    """Record operations, or compute without a graph what is of tensors, until the block ends."""
    before = list(QUIET)
    QUIET[:] = [] if wanted else [True]
    try:
        yield
    finally:
        QUIET[:] = before


def made_are(handle: type[Any]) -> None:
    """Say of which class the results are; leaves are of classes derived from it."""
    global _Handle  # noqa: PLW0603  # once, when the class is defined
    _Handle = handle


def _made(tape: Any, kind: Any, first: int, second: int) -> Any:
    """Append a node to a tape with room and return its handle."""
    kinds = tape.kinds
    made = _new(_Handle)
    made.node = len(kinds)
    made.tape = tape
    made.shape = kind.shape
    kinds.append(kind)
    tape.first.append(first)
    tape.second.append(second)
    if kind.shape:
        tape.room -= kind.size
        if tape.room < 0:
            tape.limit = 0
    return made


def binary(op: str) -> Callable[[Any, Any], Any]:
    """Return the method of an operator of a handle and something.

    A call of `_made` is a third of the time, so its lines stand here for numbers.
    """
    scalar, other_way = scalar_kind(code_of(op)), _roundabout(op)

    def operator(self: Any, other: Any) -> Any:
        tape = self.tape
        if type(other) is _Handle and other.tape is tape:
            second = other.node
        elif type(other) in _LEAVES and other.spot[0] == tape.number:
            second = other.spot[1]
        else:
            return other_way(self, other)
        kinds = tape.kinds
        node = len(kinds)
        if node >= tape.limit or self.shape or other.shape or QUIET:
            return other_way(self, other)
        kinds.append(scalar)
        tape.first.append(self.node)
        tape.second.append(second)
        made = _new(_Handle)
        made.tape = tape
        made.node = node
        made.shape = ()
        return made

    return operator if scalar else other_way


def leaf_binary(op: str) -> Callable[[Any, Any], Any]:
    """Return the method of an operator of a leaf and something."""
    scalar, other_way = scalar_kind(code_of(op)), _roundabout(op)

    def operator(self: Any, other: Any) -> Any:
        if type(other) is _Handle:
            tape = other.tape
            number, first = self.spot
            if number == tape.number and not (self.shape or other.shape or QUIET):
                kinds = tape.kinds
                node = len(kinds)
                if node < tape.limit:
                    kinds.append(scalar)
                    tape.first.append(first)
                    tape.second.append(other.node)
                    made = _new(_Handle)
                    made.tape = tape
                    made.node = node
                    made.shape = ()
                    return made
        return other_way(self, other)

    return operator if scalar else other_way


def _roundabout(op: str) -> Callable[[Any, Any], Any]:
    """Return what an operator does beside numbers on one tape."""
    code = code_of(op)
    scalar = scalar_kind(code)
    kinds: dict[Any, Kind] = {}

    def operator(self: Any, other: Any) -> Any:
        there = type(other) is _Handle or type(other) in _LEAVES
        tape = self.tape
        if tape is None:
            tape = other.tape if there else None
            if tape is None:  # two leaves, or a leaf and a number
                tape = open_tape()
        if len(tape.kinds) >= tape.limit or QUIET:
            return self.applied(op, self, other)
        first = self.node if self.tape is tape else _standing(tape, self)
        second = _standing(tape, other) if there else _number(tape, other)
        if first is None or second is None:
            return self.applied(op, self, other)
        shapes = self.shape, other.shape if there else ()
        kind = scalar if scalar is not None and shapes == ((), ()) else kinds.get(shapes)
        if kind is None or kind.row is not ROWS[code]:
            if len(kinds) >= _MOST_KINDS:
                kinds.clear()
            kind = kinds[shapes] = kind_of(code, shapes, {})
        return _made(tape, kind, first, second)

    return operator


def reversed_binary(op: str) -> Callable[[Any, Any], Any]:
    """Return the method of an operator whose left operand is no node."""
    code = code_of(op)
    scalar = scalar_kind(code)

    def operator(self: Any, other: Any) -> Any:
        tape = self.tape
        if tape is not None and len(tape.kinds) < tape.limit and not QUIET:
            first = _number(tape, other)
            if first is not None:
                shape = self.shape
                kind = kind_of(code, ((), shape), {}) if shape or scalar is None else scalar
                return _made(tape, kind, first, self.node)
        return self.applied(op, other, self)

    return operator


def unary(op: str) -> Callable[..., Any]:
    """Return the function of an op with one operand, which is a handle or a leaf, and settings."""
    code = code_of(op)
    scalar = scalar_kind(code)
    kinds: dict[Shape, Kind] = {}

    def operator(operand: Any, **settings: Any) -> Any:
        tape = operand.tape
        if tape is None or len(tape.kinds) >= tape.limit or "keepdim" in settings or QUIET:
            return operand.applied(op, operand, **settings)
        shape = operand.shape
        kind = kinds.get(shape) if not settings else None
        if kind is None or kind.row is not ROWS[code]:
            plain = scalar if not shape and not settings else None
            kind = plain or kind_of(code, (shape,), settings)
            if not settings:
                if len(kinds) >= _MOST_KINDS:
                    kinds.clear()
                kinds[shape] = kind
        return _made(tape, kind, operand.node, 0)

    return operator


def takes_one(row: Row) -> bool:
    """Tell whether `unary` offers a row; subscripts are read by `apply` first."""
    return len(row.arguments) == 1 and not row.variadic and row.name not in ("index", "transpose")


def power(base: Any, exponent: Any) -> Any:
    """Append a power with a constant exponent."""
    tape = base.tape
    if tape is not None and len(tape.kinds) < tape.limit and not QUIET:
        return _made(tape, kind_of(_POWER, (base.shape,), {"n": exponent}), base.node, 0)
    return base.applied("powi", base, n=exponent)


def _standing(tape: Any, operand: Any) -> int | None:
    """Return the node of an operand on a tape; None where it stands on another one."""
    if operand.tape is tape:
        node: int = operand.node
        return node
    if operand.tape is not None:
        return None
    number, node = operand.spot
    return node if number == tape.number else tape.leaf(operand)


def _number(tape: Any, value: Any) -> int | None:
    """Append a number of a formula, as it was given, and return its node; None of other things."""
    if type(value) is not float and (type(value) is not int or value.bit_length() > _LONGEST_INT):
        return None
    node = len(tape.kinds)
    tape.kinds.append(_CONSTANT)
    tape.first.append(len(tape.given))
    tape.second.append(0)
    tape.given.append(value)
    return node
