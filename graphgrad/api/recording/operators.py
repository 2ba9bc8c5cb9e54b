"""Append an op by an operator in the time of a few appends, where nothing has to be looked up.

That is so where both operands stand on one tape that has room. All else goes the way of `apply`,
which merges tapes, takes arrays and explains mistakes; both ways record the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from graphgrad.graph.kinds import Kind, kind_of, leaf_kind, scalar_kind
from graphgrad.ops.registry import code_of
from graphgrad.ops.shapes import Shape

if TYPE_CHECKING:
    from graphgrad.api.recording.tape import Tape

__all__ = ["Operand", "binary", "power", "reversed_binary", "unary"]


class Operand:
    """What operators take without asking further.

    Attributes:
        tape: the tape it stands on; None of a leaf, which stands on every tape that uses it.
        node: its number there.
        spot: of a leaf, the number of the tape that used it last and its node there.
        shape: the shape of the value; () for a number.
    """

    __slots__ = ("__weakref__", "node", "shape", "tape")
    tape: Tape | None
    node: int
    shape: Shape
    spot: tuple[int, int]

    def applied(self, op: str, *operands: Any, **settings: Any) -> Any:
        """Append an op, whatever the operands are."""
        raise NotImplementedError


_new = object.__new__
_CONSTANT = leaf_kind(code_of("const"), ())
_POWER = code_of("powi")


def _made(handle: type[Any], tape: Any, kind: Kind, first: int, second: int) -> Any:
    """Append a node to a tape with room and return its handle."""
    kinds = tape.kinds
    made = _new(handle)
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
    """Return the method of an operator between two operands.

    A call of `_made` less is a quarter of the time, so its lines stand here for numbers.
    """
    code = code_of(op)
    scalar = scalar_kind(code)

    def operator(self: Any, other: Any) -> Any:
        tape = self.tape
        if isinstance(other, Operand):
            if tape is not None:
                first = self.node
                if other.tape is tape:
                    second = other.node
                else:
                    number, second = other.spot if other.tape is None else (0, 0)
                    if number != tape.number:
                        return self.applied(op, self, other)
                handle = type(self)
            else:
                tape = other.tape
                number, first = self.spot
                if tape is None or number != tape.number:
                    return self.applied(op, self, other)
                second = other.node
                handle = type(other)
            kinds = tape.kinds
            node = len(kinds)
            if node >= tape.limit:
                return self.applied(op, self, other)
            if self.shape or other.shape or scalar is None:
                kind = kind_of(code, (self.shape, other.shape), {})
                return _made(handle, tape, kind, first, second)
            kinds.append(scalar)
            tape.first.append(first)
            tape.second.append(second)
            made = _new(handle)
            made.tape = tape
            made.node = node
            made.shape = ()
            return made
        if scalar is not None and _takes_number(tape, other):
            second = _number(tape, other)
            kind = kind_of(code, (self.shape, ()), {}) if self.shape else scalar
            return _made(type(self), tape, kind, self.node, second)
        return self.applied(op, self, other)

    return operator


def reversed_binary(op: str) -> Callable[[Any, Any], Any]:
    """Return the method of an operator whose left operand is no node."""
    code = code_of(op)
    scalar = scalar_kind(code)

    def operator(self: Any, other: Any) -> Any:
        tape = self.tape
        if scalar is not None and _takes_number(tape, other):
            first = _number(tape, other)
            kind = kind_of(code, ((), self.shape), {}) if self.shape else scalar
            return _made(type(self), tape, kind, first, self.node)
        return self.applied(op, other, self)

    return operator


def unary(op: str) -> Callable[[Any], Any]:
    """Return the method of an op with one operand."""
    code = code_of(op)

    def operator(self: Any) -> Any:
        tape = self.tape
        if tape is not None and len(tape.kinds) < tape.limit:
            return _made(type(self), tape, kind_of(code, (self.shape,), {}), self.node, 0)
        return self.applied(op, self)

    return operator


def power(base: Any, exponent: Any) -> Any:
    """Append a power with a constant exponent."""
    tape = base.tape
    if tape is not None and len(tape.kinds) < tape.limit:
        kind = kind_of(_POWER, (base.shape,), {"n": exponent})
        return _made(type(base), tape, kind, base.node, 0)
    return base.applied("powi", base, n=exponent)


def _takes_number(tape: Any, other: Any) -> bool:
    """Tell whether an operand is a number that can be appended at once."""
    plain = type(other) is float or type(other) is int
    return plain and tape is not None and len(tape.kinds) < tape.limit


def _number(tape: Any, value: float) -> int:
    """Append a number of a formula, as it was given, and return its node."""
    node = len(tape.kinds)
    tape.kinds.append(_CONSTANT)
    tape.first.append(len(tape.given))
    tape.second.append(0)
    tape.given.append(value)
    return node
