"""Record operations on handles: columns that grow, and the values computed so far.

What is built is cut into tapes of bounded length. A node reads nodes of its own tape or, through
a link, of an older one; so tapes refer to each other in one direction, and one that no handle
stands on and no younger tape reads is freed by Python at once, with all its arrays.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Sequence
from itertools import count
from typing import Any, NamedTuple, Protocol
from weakref import ref

from graphgrad.api.recording.call_blocks import CallName
from graphgrad.api.recording.replay import Replay, replayed
from graphgrad.autodiff.adjoints import Adjoints, packed
from graphgrad.autodiff.deferred import settled
from graphgrad.autodiff.precision import DOUBLE, SINGLE, note_precisions, precision_of_given
from graphgrad.autodiff.running import Listing, evaluated
from graphgrad.autodiff.sweeps import UNSET, sweep_for
from graphgrad.graph.kinds import MANY, Kind, leaf_kind, link_kind
from graphgrad.ops.evaluate import arithmetic
from graphgrad.ops.given import Single, as_given
from graphgrad.ops.registry import code_of
from graphgrad.ops.shapes import Shape
from graphgrad.trace.trouble import CHECKED, nan_outside

__all__ = ["Given", "Link", "Tape", "changed", "open_tape", "tapes_behind"]

_CONST = code_of("const")
_SHORTEST, _LONGEST = 1 << 12, 1 << 16
_MOST_ENTRIES = 1 << 22


class Given(Protocol):
    """What a tape needs of a leaf: its value, and where to leave the gradient."""

    name: str
    accumulates: bool
    kind: Kind
    exact: Any
    version: int
    spot: tuple[int, int]

    @property
    def shape(self) -> Shape:
        """Return the shape of the value."""

    def floats(self) -> Any:
        """Return the value as floats."""

    def receive(self, gradient: Any) -> None:
        """Take the gradient of a backward pass."""

    def used_on(self, tape: Tape) -> None:
        """Remember a tape that reads the leaf."""


class Link(NamedTuple):
    """A node of an older tape that is read on a younger one."""

    tape: Tape
    node: int


_NO_ADJOINTS = Adjoints([])
_clock = count(1)
_now = [0]
_numbers = count(1)


def changed() -> None:
    """Say that a leaf has a new value: what was computed is looked at again when asked for."""
    _now[0] = next(_clock)


class Tape:
    """A stretch of the operations that led to some handles, as long as one of them lives.

    Attributes:
        kinds: what each node is.
        first: the first parent; of a leaf its place in ``given``, of a node with more than two
            parents, or with any number, theirs in ``many``.
        second: the second parent.
        given: per leaf the leaf object, the constant or the link.
        number: grows with every tape; links go from larger to smaller numbers.
        limit: the length from which nothing more is appended; 0 closes the tape.
        leaves: the node of each leaf object, and ``placed`` the leaf of each such node.
        links: the node of each link.
        lines: nodes that a layer named: the call and the name inside it.
        types: the types of arrays, as far as ``given`` was looked through.
        single: whether anything there is of float32; then ``precisions`` says what each node is.
        adjoints: of each node from the last backward pass that reached it.
        retained: nodes computed from tensors that are to show their gradient.
        tensors: whether any leaf that it reads is a tensor of PyTorch's words.
        replay: the programs that have computed all values, None if the interpreter has.
    """

    __slots__ = (
        "__weakref__",
        "adjoints",
        "clock",
        "first",
        "given",
        "kinds",
        "leaves",
        "limit",
        "lines",
        "links",
        "looked",
        "many",
        "number",
        "placed",
        "precisions",
        "replay",
        "retained",
        "room",
        "round",
        "rounds",
        "second",
        "single",
        "sources",
        "tensors",
        "types",
        "values",
        "versions",
    )  # fmt: skip

    def __init__(self) -> None:
        self.kinds: list[Kind] = []
        self.first: Any = []
        self.second: Any = []
        self.many: list[tuple[int, ...]] = []
        self.given: list[Any] = []
        self.lines: dict[int, tuple[CallName, str]] = {}
        self.links: dict[Link, int] = {}
        self.leaves: dict[Given, int] = {}
        self.placed: list[tuple[int, Given]] = []
        self.adjoints = _NO_ADJOINTS
        self.retained: set[int] = set()
        self.tensors = False
        self.limit, self.room = _SHORTEST, _MOST_ENTRIES
        self._forget()

    def _forget(self) -> None:
        """Take a number and know no values."""
        self.number = next(_numbers)
        self.sources: list[Tape] = []
        if self.links:
            self.sources = list(dict.fromkeys(link.tape for link in self.links))
        self.values: Any = []
        self._forget_types()
        self.versions: list[int] = []
        self.rounds: list[int] = []
        self.round = 0
        self.clock = -1
        self.replay: Replay | None = None

    def _forget_types(self) -> None:
        self.types: set[Any] = set()
        self.looked = 0
        self.single = False
        self.precisions = bytearray()

    def __getstate__(self) -> dict[str, Any]:
        """Return what was recorded; values are computed again."""
        table = list(dict.fromkeys(self.kinds))
        places = {kind: place for place, kind in enumerate(table)}
        kept = ("first", "second", "many", "given", "lines", "links", "leaves", "placed", "limit")
        return {name: getattr(self, name) for name in (*kept, "retained", "room", "tensors")} | {
            "table": table,
            "kinds": array("I", [places[kind] for kind in self.kinds]),
            "adjoints": [None if one is UNSET else settled(one) for one in self.adjoints.all()],
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        table = state.pop("table")
        for name, value in state.items():
            setattr(self, name, value)
        self.kinds = [table[place] for place in state["kinds"]]
        adjoints = state["adjoints"]
        self.adjoints = Adjoints([UNSET if adjoint is None else adjoint for adjoint in adjoints])
        self._forget()

    # ---- growing ----

    def append(self, kind: Kind, parents: Sequence[int]) -> int:
        """Append an op on earlier nodes of this tape."""
        if kind.arity == MANY:
            self.many.append(tuple(parents))
            parents = (len(self.many) - 1,)
        self._add(kind, parents[0], parents[1] if kind.arity == 2 else 0)
        if kind.shape:
            self.room -= kind.size
            if self.room < 0:
                self.limit = 0
        return len(self.kinds) - 1

    def _add(self, kind: Kind, first: int, second: int) -> None:
        self.kinds.append(kind)
        self.first.append(first)
        self.second.append(second)

    def _add_given(self, kind: Kind, given: Any) -> int:
        self.first.append(len(self.given))
        self.second.append(0)
        self.given.append(given)
        self.kinds.append(kind)
        return len(self.kinds) - 1

    def leaf(self, leaf: Given) -> int:
        """Return the node of a leaf, appended on first use."""
        node = self.leaves.get(leaf)
        kind = leaf.kind
        if node is None or self.kinds[node] is not kind:  # it may have been frozen meanwhile
            node = self.leaves[leaf] = len(self.kinds)
            self.first.append(len(self.given))
            self.second.append(0)
            self.given.append(leaf)
            self.kinds.append(kind)
            self.placed.append((node, leaf))
            if leaf.accumulates:
                self.tensors = True
                leaf.used_on(self)
        leaf.spot = (self.number, node)
        return node

    def keep(self, leaf: Given, past: Any) -> None:
        """Put a leaf as it was in its place: later uses of the leaf are another node."""
        node = self.leaves.pop(leaf, None)
        if node is not None:
            self.given[self.first[node]] = past
            self.placed = [(at, past if one is leaf else one) for at, one in self.placed]

    def constant(self, value: Any, shape: Shape = ()) -> int:
        """Append a number of a formula."""
        return self._add_given(leaf_kind(_CONST, shape), value)

    def link(self, tape: Tape, node: int) -> int:
        """Return the node that stands here for one of an older tape."""
        link = Link(tape, node)
        here = self.links.get(link)
        if here is None:
            here = self.links[link] = self._add_given(link_kind(tape.kinds[node].shape), link)
            self.tensors = self.tensors or tape.tensors
            if tape not in self.sources:
                self.sources.append(tape)
        return here

    @property
    def is_long(self) -> bool:
        """Tell whether the tape is full and one of many: then it is kept in less room."""
        return len(self.kinds) >= _LONGEST and isinstance(self.first, array)

    def pack(self) -> None:
        """Keep in less room what is recorded, if that is much and it is full."""
        if len(self.kinds) >= _LONGEST:
            self.first, self.second = array("I", self.first), array("I", self.second)

    # ---- computing ----

    def value(self, node: int) -> Any:
        """Return a node's value at the leaves' present values."""
        if not self.is_fresh():
            for tape in tapes_behind(self, fresh=False) if self.sources else (self,):
                tape._evaluate()
        return self.values[node]

    @property
    def precision(self) -> Any:
        """Return the one type of all arrays here, None where there are two or there is none."""
        return next(iter(self.types)) if len(self.types) == 1 else None

    def is_fresh(self) -> bool:
        """Tell whether all values are known."""
        return self.clock == _now[0] and len(self.values) == len(self.kinds)

    def _evaluate(self) -> None:
        """Compute the values that are missing; all of them, where one before them has changed."""
        versions = [leaf.version for _, leaf in self.placed]
        rounds = [tape.round for tape in self.sources]
        known = versions[: len(self.versions)] == self.versions
        if not known or rounds[: len(self.rounds)] != self.rounds:
            self.values = []
            self._forget_types()
            self.round += 1
        seen, numbers = self._look_through(self.looked)
        self.looked = len(self.given)
        self.versions, self.rounds, self.clock = versions, rounds, _now[0]
        self.replay = None
        start = len(self.values)
        found = None if start or self.links else replayed(self, seen, numbers)
        if found is not None:
            self.replay, self.values = found
            self.precisions[:] = self.replay.precisions
            return
        kinds = self.kinds[start:]
        if self.single:
            rounding = self.noted()
            kinds = rounding[len(rounding) - len(kinds) :]
        nodes = zip(kinds, self.first[start:], self.second[start:], strict=True)
        sweep = sweep_for(kinds)
        with sweep.silence():
            sweep.forward(nodes, self.values, self.many, self._other, self.precision)
        if self.is_long:
            self.values = packed(self.values)

    def _look_through(self, start: int) -> tuple[list[Any], list[float]]:
        """Note the types of what is given, from a place on; return the values, numbers apart."""
        seen: list[Any] = []
        numbers: list[float] = []
        last = None
        for given in self.given[start:]:
            kind = type(given)
            if kind is float or kind is int:
                numbers.append(given)
            elif kind is Link:
                self.types |= given.tape.types
                self.single = self.single or given.tape.single
            else:
                floats = getattr(given, "floats", None)
                value = floats() if floats is not None else arithmetic().leaf(given)
                seen.append(value)
                if type(value) is float:
                    single = floats is not None and type(given.exact) is Single
                    self.single = self.single or single
                elif value.dtype is not last:
                    last = value.dtype  # one object, nearly always: a set would hash it each time
                    self.types.add(last)
                    self.single = self.single or last.char == "f"
        return seen, numbers

    def noted(self) -> list[Kind]:
        """Note the precision of the nodes of which it is not known; return kinds that round."""
        listing = Listing(self.kinds, self.first, self.second, self.many)
        return note_precisions(self.precisions, listing, self._given_precision)

    def _given_precision(self, node: int, kind: Kind) -> int:
        """Return what a leaf, a constant or a link is."""
        given = self.given[self.first[node]]
        if type(given) is not Link:
            return precision_of_given(getattr(given, "exact", given), fixed=kind.fixed)
        known = given.tape.precisions
        return known[given.node] if known else DOUBLE

    def shown(self, node: int, number: Any) -> Any:
        """Return a node's number, or its adjoint, as one of NumPy where it is of float32."""
        known = self.precisions
        return as_given(number) if node < len(known) and known[node] == SINGLE else number

    def _other(self, kind: Kind, first: int, second: int) -> Any:
        """Return the value of a leaf, or of an op that is not one on numbers."""
        values = self.values
        if kind.arity == 2:
            args: tuple[Any, ...] = (values[first], values[second])
        elif kind.arity == 1:
            args = (values[first],)
        elif kind.arity == 0:
            return self.given_value(first)
        else:
            args = tuple([values[parent] for parent in self.many[first]])
        value = evaluated(kind, args)
        return (
            nan_outside(kind.row, kind.settings, args, value) if kind.row.name in CHECKED else value
        )

    def given_value(self, place: int) -> Any:
        """Return the value of a leaf, a constant or a link."""
        given = self.given[place]
        if type(given) is float:
            return given
        if type(given) is Link:
            return given.tape.values[given.node]
        return given.floats() if hasattr(given, "floats") else arithmetic().leaf(given)


# ---- tapes among each other ----

_open = threading.local()


def open_tape(older: Tape | None = None) -> Tape:
    """Return the tape this thread appends to: younger than another one, new where it is full."""
    known = getattr(_open, "tape", None)
    tape: Tape | None = None if known is None else known()
    if tape is None or len(tape.kinds) >= tape.limit or (older and older.number > tape.number):
        tape = Tape()
        _open.tape = ref(tape)
        if older is not None and older.limit:
            tape.limit = min(2 * older.limit, _LONGEST)
            older.pack()
    return tape


def tapes_behind(tape: Tape, *, fresh: bool = True) -> list[Tape]:
    """Return a tape and those it is computed from, the oldest first.

    Args:
        tape: the youngest.
        fresh: whether those are wanted too whose values are known, and what is behind them.
    """
    found: dict[Tape, None] = {}
    ahead = [tape]
    while ahead:
        one = ahead.pop()
        if one not in found and (fresh or not one.is_fresh()):
            found[one] = None
            ahead += one.sources
    return sorted(found, key=lambda one: one.number)
