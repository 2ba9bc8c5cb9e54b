"""Decide whether two graphs are the same up to names, and find the renaming or a difference.

Nodes are told apart by what they are made of and by what reads them, over and over until that tells
no more apart; nodes that are still alike are tried one against another.
Source: McKay and Piperno, Practical graph isomorphism, II, section 2 (refinement, individualising).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any, Literal, NamedTuple

from graphgrad.errors import LimitError
from graphgrad.graph.graph import Graph
from graphgrad.graph.zooms.normal_form import LEVELS, Form, Level, Rewrite, form_of

__all__ = ["Difference", "Sameness", "same"]

_MOST_WORK = 100_000_000


class Difference(NamedTuple):
    """The first place where two graphs differ, from the output back.

    Attributes:
        kind: ``op`` if other operations stand there, ``operands`` if another number of operands,
            ``shared`` if one graph uses one node where the other has two, ``unused`` if one has
            lines that its output does not need.
        first: nodes of the first graph.
        second: nodes of the second graph.
    """

    kind: Literal["op", "operands", "shared", "unused"]
    first: tuple[int, ...]
    second: tuple[int, ...]


class Sameness(NamedTuple):
    """What a comparison of two graphs has found.

    Attributes:
        same: whether they are the same at some level.
        level: what had to be left aside; of graphs that differ, all.
        renaming: names of the first to names of the second, where they are the same.
        rewrites: what was rewritten in each.
        difference: the first difference, where they differ.
    """

    same: bool
    level: Level
    renaming: dict[str, str]
    rewrites: tuple[tuple[Rewrite, ...], tuple[Rewrite, ...]]
    difference: Difference | None


def same(first: Graph, second: Graph) -> Sameness:
    """Compare two graphs: the same up to names, up to the order of operands, up to factors 1.

    Values of inputs and parameters do not matter, numbers in formulas do.

    Raises:
        LimitError: if there are too many nodes that are alike.

    >>> from graphgrad.graph.builder import GraphBuilder
    >>> def square(name):
    ...     builder = GraphBuilder()
    ...     x = builder.leaf_line(name, "input", 3.0)
    ...     y = builder.apply("powi", (x,), n=2)
    ...     builder.end_line("y")
    ...     return builder.freeze(y)
    >>> same(square("a"), square("b")).renaming
    {'a': 'b', 'y': 'y'}
    """
    for roles, level in product((True, False), LEVELS):
        one, two = (form_of(graph, level, roles=roles) for graph in (first, second))
        matched = _Matching(one, two).found()
        if matched is not None:
            names = {one.name(a): two.name(b) for a, b in matched.items()}
            rewrites = tuple(one.rewrites), tuple(two.rewrites)
            return Sameness(True, level, names, rewrites, None)
    one, two = (form_of(graph, "order", roles=False) for graph in (first, second))
    return Sameness(False, "rewrite", {}, ((), ()), _difference(one, two))


Colours = tuple[list[int], list[int]]


class _Matching:
    """Find which node of one form is which of the other."""

    def __init__(self, first: Form, second: Form) -> None:
        self.forms = first, second
        self.readers = tuple(map(_readers, self.forms))
        self.work = 0

    def found(self) -> dict[int, int] | None:
        """Return the nodes of the second form by those of the first; None if there is no way."""
        if Counter(self.forms[0].labels) != Counter(self.forms[1].labels):
            return None
        start = self._refined(self._first_colours())
        if start is None:
            return None
        tries = [iter([start])]
        while tries:
            colours = next(tries[-1], None)
            if colours is None:
                tries.pop()
            elif len(set(colours[0])) < len(colours[0]):
                tries.append(self._tries(colours))
            else:
                match = self._match(colours)
                if match is not None:
                    return match
        return None

    def _first_colours(self) -> Colours:
        known: dict[Any, int] = {}
        a, b = (
            [
                known.setdefault((label, at == form.output), len(known))
                for at, label in enumerate(form.labels)
            ]
            for form in self.forms
        )
        return a, b

    def _refined(self, colours: Colours) -> Colours | None:
        """Return colours that tell no more apart when refined; None if the forms differ."""
        count = len(set(colours[0]))
        while True:
            self.work += len(self.forms[0]) + len(self.forms[1])
            if self.work > _MOST_WORK:
                raise LimitError("same.too_alike", got=len(self.forms[0]))
            colours = self._downward(self._upward(colours))
            if Counter(colours[0]) != Counter(colours[1]):
                return None
            if len(set(colours[0])) == count:
                return colours
            count = len(set(colours[0]))

    def _upward(self, colours: Colours) -> Colours:
        """Tell nodes apart by their operands, leaves first."""
        known: dict[Any, int] = {}
        result: Colours = ([], [])
        for form, old, new in zip(self.forms, colours, result, strict=True):
            for at, operands in enumerate(form.operands):
                found = [new[operand] for operand in operands]
                key = (old[at], tuple(sorted(found) if form.free[at] else found))
                new.append(known.setdefault(key, len(known)))
        return result

    def _downward(self, colours: Colours) -> Colours:
        """Tell nodes apart by what reads them and in which slot, the last nodes first."""
        known: dict[Any, int] = {}
        result: Colours = ([0] * len(colours[0]), [0] * len(colours[1]))
        for readers, old, new in zip(self.readers, colours, result, strict=True):
            for at in range(len(old) - 1, -1, -1):
                found = tuple(sorted((new[reader], slot) for reader, slot in readers[at]))
                new[at] = known.setdefault((old[at], found), len(known))
        return result

    def _tries(self, colours: Colours) -> Iterator[Colours]:
        """Yield refined colours in which one node that has likes is set apart with each of them."""
        counts = Counter(colours[0])
        alike = next(at for at, colour in enumerate(colours[0]) if counts[colour] > 1)
        fresh = max(colours[0]) + 1
        likes = [at for at, colour in enumerate(colours[1]) if colour == colours[0][alike]]
        name = self.forms[0].name(alike)
        for other in sorted(likes, key=lambda at: self.forms[1].name(at) != name):
            first, second = list(colours[0]), list(colours[1])
            first[alike] = second[other] = fresh
            refined = self._refined((first, second))
            if refined is not None:
                yield refined

    def _match(self, colours: Colours) -> dict[int, int] | None:
        """Return the match that colours make; None if it is none after all."""
        place = {colour: at for at, colour in enumerate(colours[1])}
        match = {at: place[colour] for at, colour in enumerate(colours[0])}
        first, second = self.forms
        for at, other in match.items():
            operands = [match[operand] for operand in first.operands[at]]
            wanted = list(second.operands[other])
            if first.free[at]:
                operands, wanted = sorted(operands), sorted(wanted)
            if first.labels[at] != second.labels[other] or operands != wanted:
                return None
        return match


def _readers(form: Form) -> list[list[tuple[int, int]]]:
    """Return what reads each node, and in which slot; slot 0 where the order is free."""
    readers: list[list[tuple[int, int]]] = [[] for _ in form.labels]
    for at, operands in enumerate(form.operands):
        for slot, operand in enumerate(operands):
            readers[operand].append((at, 0 if form.free[at] else slot))
    return readers


def _difference(first: Form, second: Form) -> Difference:
    """Return the first difference of two forms, walking back from both outputs."""
    below = _below(first, second)
    a, b = first.output, second.output
    while below[0][a] != below[1][b]:
        if first.labels[a] != second.labels[b]:
            return Difference("op", (first.nodes[a],), (second.nodes[b],))
        if len(first.operands[a]) != len(second.operands[b]):
            return Difference("operands", (first.nodes[a],), (second.nodes[b],))
        pairs = _pairs(first, second, below, a, b)
        a, b = next((x, y) for x, y in pairs if below[0][x] != below[1][y])
    return _shared(first, second, below) or _unused(first, second)


def _below(first: Form, second: Form) -> Colours:
    """Return colours by what a node is made of, alone."""
    known: dict[Any, int] = {}
    result: Colours = ([], [])
    for form, new in zip((first, second), result, strict=True):
        for at, operands in enumerate(form.operands):
            found = [new[operand] for operand in operands]
            key = (form.labels[at], tuple(sorted(found) if form.free[at] else found))
            new.append(known.setdefault(key, len(known)))
    return result


def _pairs(first: Form, second: Form, below: Colours, a: int, b: int) -> list[tuple[int, int]]:
    """Return the operands of two nodes side by side, like by like where their order is free."""
    left, right = list(first.operands[a]), list(second.operands[b])
    if not first.free[a]:
        return list(zip(left, right, strict=False))
    pairs, rest = [], []
    for operand in left:
        like = next((other for other in right if below[1][other] == below[0][operand]), None)
        if like is None:
            rest.append(operand)
        else:
            right.remove(like)
            pairs.append((operand, like))
    return [*zip(rest, right, strict=False), *pairs]


def _shared(first: Form, second: Form, below: Colours) -> Difference | None:
    """Return a node of one form in the place of two nodes of the other."""
    stands: dict[int, int] = {}
    back: dict[int, int] = {}
    waiting = [(first.output, second.output)]
    seen = set(waiting)
    while waiting:
        a, b = waiting.pop()
        if stands.setdefault(a, b) != b:
            both = (second.nodes[stands[a]], second.nodes[b])
            return Difference("shared", (first.nodes[a],), both)
        if back.setdefault(b, a) != a:
            both = (first.nodes[back[b]], first.nodes[a])
            return Difference("shared", both, (second.nodes[b],))
        found = [pair for pair in _pairs(first, second, below, a, b) if pair not in seen]
        seen.update(found)
        waiting += reversed(found)
    return None


def _unused(first: Form, second: Form) -> Difference:
    return Difference("unused", _not_needed(first), _not_needed(second))


def _not_needed(form: Form) -> tuple[int, ...]:
    """Return the nodes that the output is not made of."""
    needed = {form.output}
    for at in range(len(form) - 1, -1, -1):
        if at in needed:
            needed.update(form.operands[at])
    return tuple(form.nodes[at] for at in range(len(form)) if at not in needed)
