"""Gather all that a node is computed from, over the tapes it stands on, into one set of columns."""

from __future__ import annotations

from array import array
from fractions import Fraction
from functools import cached_property
from typing import Any

from graphgrad.api.recording.call_blocks import CallName
from graphgrad.api.recording.tape import Given, Link, Tape
from graphgrad.autodiff.running import evaluated
from graphgrad.graph.columns import Columns
from graphgrad.graph.kinds import MANY, Kind
from graphgrad.ops.evaluate import arithmetic
from graphgrad.ops.given import given
from graphgrad.ops.row import INDICATORS

__all__ = ["Ancestry", "ancestry", "known_value", "tells_truth"]

_MOVING = frozenset({"equal", "identity", "index", "reshape", "transpose", "where"})
"""What layers do to a target before it is looked at."""
_JOINING = frozenset({"add", "maximum", "minimum", "mul"})
_TRUE_STILL = _JOINING | (_MOVING - {"equal", "where"}) | {
    "broadcast", "concat", "flip", "gather", "repeat", "roll", "stack",
}  # fmt: skip
"""What makes truth values of truth values: and, or, and moves of entries."""


class Ancestry:
    """The ancestors of a node, in the order in which they were recorded, the node last.

    Attributes:
        columns: the nodes; leaves and nodes that several tapes read stand here once.
        leaves: the leaf object of each leaf.
        constants: the value of each constant.
        lines: nodes that a layer named: the call and the name inside it.
        places: the tape and the number there of each node.
        numbers: per tape, the number here of each of its nodes that is one of them, else 0.
    """

    def __init__(self) -> None:
        self.columns = Columns()
        self.leaves: dict[int, Given] = {}
        self.constants: dict[int, Any] = {}
        self.lines: dict[int, tuple[CallName, str]] = {}
        self.places: list[tuple[Tape, int]] = []
        self.numbers: dict[Tape, array[int]] = {}

    def number(self, tape: Tape, node: int) -> int | None:
        """Return the number here of a node of a tape, None if it is no ancestor."""
        numbers = self.numbers.get(tape, ())
        number = numbers[node] if node < len(numbers) else 0
        return number if self.places[number] == (tape, node) else None

    @cached_property
    def variable(self) -> bytearray:
        """Mark the nodes that depend on an input or a parameter."""
        columns = self.columns
        marks = bytearray(len(columns))
        for node, kind in enumerate(columns.kinds()):
            parents = columns.parents_of(node)
            marks[node] = any(marks[p] for p in parents) if parents else not kind.fixed
        return marks


def ancestry(tape: Tape, root: int) -> Ancestry:
    """Return everything a node is computed from."""
    marks = _marked(tape, root)
    gathering = _Gathering()
    for one in sorted(marks, key=lambda tape: tape.number):
        gathering.add(one, marks[one])
    return gathering.found


def _marked(tape: Tape, root: int) -> dict[Tape, bytearray]:
    """Mark, per tape, the nodes that a root is computed from."""
    waiting: dict[Tape, list[int]] = {tape: [root]}
    marked: dict[Tape, bytearray] = {}
    while waiting:
        one = max(waiting, key=lambda tape: tape.number)
        starts = waiting.pop(one)
        marks = marked[one] = bytearray(max(starts) + 1)
        for node in starts:
            marks[node] = 1
        kinds, first, second = one.kinds, one.first, one.second
        for node in range(len(marks) - 1, -1, -1):
            if not marks[node]:
                continue
            arity = kinds[node].arity
            if arity == MANY:
                for parent in one.many[first[node]]:
                    marks[parent] = 1
            elif arity:
                marks[first[node]] = 1
                if arity == 2:
                    marks[second[node]] = 1
            elif kinds[node].code < 0:
                link = one.given[first[node]]
                waiting.setdefault(link.tape, []).append(link.node)
    return marked


class _Gathering:
    """Copy marked nodes, the oldest tape first."""

    def __init__(self) -> None:
        self.found = Ancestry()
        self.numbers = self.found.numbers
        self.leaves: dict[tuple[Given, int], int] = {}

    def add(self, tape: Tape, marks: bytearray) -> None:
        """Copy the marked nodes of a tape."""
        kinds, first, second = tape.kinds, tape.first, tape.second
        columns, places = self.found.columns, self.found.places
        self.numbers[tape] = numbers = array("I", bytes(4 * len(marks)))
        for node, marked in enumerate(marks):
            if not marked:
                continue
            kind = kinds[node]
            arity = kind.arity
            if not arity:
                numbers[node] = self._leaf(tape, node, kind)
                continue
            if arity == 2:
                parents = [numbers[first[node]], numbers[second[node]]]
            elif arity == 1:
                parents = [numbers[first[node]]]
            else:
                parents = [numbers[parent] for parent in tape.many[first[node]]]
            numbers[node] = columns.add(kind, parents)
            places.append((tape, node))
        for node, line in tape.lines.items():
            if node < len(marks) and marks[node]:
                self.found.lines[numbers[node]] = line

    def _leaf(self, tape: Tape, node: int, kind: Kind) -> int:
        """Return the number of a leaf, a constant or what a link stands for."""
        found, given = self.found, tape.given[tape.first[node]]
        if isinstance(given, Link):
            return self.numbers[given.tape][given.node]
        leaf = given if hasattr(given, "receive") else None
        if leaf is not None and (leaf, kind.code) in self.leaves:
            return self.leaves[leaf, kind.code]
        number = found.columns.add(kind, ())
        found.places.append((tape, node))
        if leaf is None:
            found.constants[number] = Fraction(given) if type(given) is int else given
        else:
            found.leaves[number] = leaf
            self.leaves[leaf, kind.code] = number
        return number


def known_value(operand: Any, name: str) -> Any:
    """Return the value of an operand that stands on numbers and leaves; None of what is computed.

    No value is left on a tape: one that knows none can be run again as others like it were.
    """
    if hasattr(operand, "floats"):
        return operand.floats()
    if hasattr(operand, "place"):
        return _moved(*operand.place())
    return arithmetic().leaf(given(operand, name, booleans=True))


def _moved(tape: Tape, node: int) -> Any:
    kind, first = tape.kinds[node], tape.first[node]
    if kind.code < 0:
        link = tape.given[first]
        return _moved(link.tape, link.node)
    if not kind.arity:
        return tape.given_value(first)
    if kind.row.name not in _MOVING:
        return None
    parents = tape.many[first] if kind.arity == MANY else (first, tape.second[node])[: kind.arity]
    args = tuple([_moved(tape, parent) for parent in parents])
    return None if any(arg is None for arg in args) else evaluated(kind, args)


def tells_truth(tape: Tape, node: int) -> bool:
    """Tell whether a node is the answer of comparisons, alone or joined by ``&`` and ``|``.

    Nodes are floats, but NumPy and PyTorch tell such answers from numbers: as a subscript they
    choose entries, as a mask they leave out.
    """
    waiting, seen = [(tape, node)], {(tape, node)}
    while waiting:
        one, at = waiting.pop()
        kind, first = one.kinds[at], one.first[at]
        if kind.code < 0:
            link = one.given[first]
            waiting.append((link.tape, link.node))
        elif not kind.arity or kind.row.name not in INDICATORS | _TRUE_STILL:
            return False
        elif kind.row.name not in INDICATORS:
            both = (first, one.second[at])[: kind.arity]
            parents = one.many[first] if kind.arity == MANY else both
            waiting += [(one, parent) for parent in parents if (one, parent) not in seen]
            seen |= {(one, parent) for parent in parents}
    return True
