"""Plan where arrays live: memory that is free again is used again, pieces are made in their place.

An array that is handed out has memory of its own. Every other one from a certain size on shares
buffers that are made once, for a page that the system has to find costs more than the arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any, NamedTuple

from graphgrad.compile.recording.entry_recording import ELEMENTWISE
from graphgrad.compile.recording.program import VIEWS, Op, Operand, Program
from graphgrad.compile.rules.layouts import are_apart, is_full
from graphgrad.ops.shapes import Shape

__all__ = ["SMALLEST", "Places", "View", "places"]

SMALLEST = 8192
"""Bytes from which an array goes into a buffer: below, making one costs less than ``out=``."""
_INTO = (ELEMENTWISE - {"erf", "erfc", "xlogy", "pow", "sigmoid", "where"}) | frozenset(
    {"matmul", "sum", "max", "concat", "stack", "assemble", "windows"}
)
_BYTES = {"d": 8, "f": 4}


class View(NamedTuple):
    """Memory of an array: a part of a buffer, or of another array that is being put together."""

    buffer: int
    kind: str
    shape: Shape
    keys: tuple[Any, ...] = ()
    """Slices of slices, from the array that fills the buffer's first bytes."""


class Places(NamedTuple):
    """Where each operation puts its result.

    Attributes:
        sizes: the bytes of each buffer.
        views: the memory of the operations whose arrays live in buffers.
        inside: for a piece made in its place, the array that it is a piece of, and where.
        begun: by operation, the arrays put together that must be there before it runs.
    """

    sizes: list[int]
    views: dict[int, View]
    inside: dict[int, tuple[int, Any]]
    begun: dict[int, list[int]]


def places(program: Program, ops: Sequence[int], results: Sequence[Operand]) -> Places:
    """Return where the arrays of a program live.

    Args:
        program: the program.
        ops: the operations that run, in order.
        results: what is handed out.
    """
    return _Planner(program, ops, results).plan()


def size_of(op: Op) -> int:
    """Return how many bytes an array has."""
    return prod(op.shape) * (1 if op.kind[0] == "?" else _BYTES[op.kind[-1]])


class _Planner:
    def __init__(self, program: Program, ops: Sequence[int], results: Sequence[Operand]) -> None:
        self.program = program
        self.ops = ops
        self.place_of = {at: place for place, at in enumerate(ops)}
        self.results = {r for r in results if isinstance(r, int)}
        self.inside: dict[int, tuple[int, Any]] = {}
        for at in reversed(ops):
            self._claim(at, program.ops[at])
        self.last: dict[int, int] = {}
        for at in ops:
            self._live(at)
        self.own = {self.root(r) for r in self.results}
        self.sizes: list[int] = []
        self.free: list[int] = []
        self.buffer: dict[int, int] = {}
        self.owner: dict[int, int] = {}

    # ---- who shares memory with whom ----

    def _claim(self, at: int, op: Op) -> None:
        """Let the pieces of an array be made inside it, where they can be."""
        if op.name != "assemble" or not are_apart(op.setting("keys"), op.shape):
            return
        for arg, key in zip(op.args, op.setting("keys"), strict=True):
            if isinstance(arg, int) and self._can_be_made_inside(arg, op, key):
                self.inside[arg] = (at, key)

    def _can_be_made_inside(self, arg: int, op: Op, key: Any) -> bool:
        piece = self.program.ops[arg]
        free = arg in self.place_of and arg not in self.results and arg not in self.inside
        if not free or piece.name not in _INTO or piece.kind != op.kind:
            return False
        if piece.name == "assemble":
            keys = piece.setting("keys")
            return are_apart(keys, piece.shape) and is_full(keys, piece.shape)
        rest = zip(key[1:], op.shape[1:], strict=False)
        rows = all(not isinstance(part, int) and part == (0, length) for part, length in rest)
        return piece.name in ELEMENTWISE or rows

    def base(self, at: int) -> int:
        """Return the operation that made the entries which a view shows."""
        while self.program.ops[at].name in VIEWS:
            arg = self.program.ops[at].args[0]
            if not isinstance(arg, int):
                return at
            at = arg
        return at

    def root(self, at: int) -> int:
        """Return the array in whose memory an operation's entries are."""
        at = self.base(at)
        while at in self.inside:
            at = self.inside[at][0]
        return at

    def _live(self, at: int) -> None:
        place, root = self.place_of[at], self.root(at)
        self.last[root] = max(self.last.get(root, 0), place)
        for arg in self.program.ops[at].args:
            if isinstance(arg, int):
                self.last[self.root(arg)] = place

    # ---- buffers ----

    def plan(self) -> Places:
        """Go through the operations and give each root a buffer from its first to its last use."""
        ending: dict[int, list[int]] = {}
        for root, place in self.last.items():
            ending.setdefault(place, []).append(root)
        begun: dict[int, list[int]] = {}
        seen: set[int] = set()
        for place, at in enumerate(self.ops):
            root = self.root(at)
            if root not in seen and root in self.place_of:
                seen.add(root)
                if root != at:
                    begun.setdefault(at, []).append(root)
                if self._wants_buffer(root):
                    self.buffer[root] = self._taken(at, root, place)
                    self.owner[self.buffer[root]] = root
            for ended in ending.get(place, ()):
                buffer = self.buffer.get(ended)
                if buffer is not None and self.owner[buffer] == ended:
                    self.free.append(buffer)
        views = {at: view for at in self.ops if (view := self._view(at)) is not None}
        return Places(self.sizes, views, self.inside, begun)

    def _wants_buffer(self, root: int) -> bool:
        op = self.program.ops[root]
        return (
            op.name in _INTO
            and bool(op.shape)
            and op.kind != "s"
            and root not in self.own
            and size_of(op) >= SMALLEST
        )

    def _taken(self, at: int, root: int, place: int) -> int:
        """Return a buffer: of an argument that ends here, a free one, or a new one."""
        op = self.program.ops[at]
        size = size_of(self.program.ops[root])
        if at == root and op.name in ELEMENTWISE and op.name != "cast":
            for arg in op.args:
                if isinstance(arg, int) and self._can_be_overwritten(arg, op, place):
                    return self.buffer[arg]
        if self.free:
            fitting = [b for b in self.free if self.sizes[b] >= size]
            chosen = min(fitting or self.free, key=lambda b: abs(self.sizes[b] - size))
            self.free.remove(chosen)
            self.sizes[chosen] = max(self.sizes[chosen], size)
            return chosen
        self.sizes.append(size)
        return len(self.sizes) - 1

    def _can_be_overwritten(self, arg: int, op: Op, place: int) -> bool:
        other = self.program.ops[arg]
        same = other.shape == op.shape and other.kind == op.kind
        return same and self.root(arg) == arg and arg in self.buffer and self.last[arg] == place

    def _view(self, at: int) -> View | None:
        op = self.program.ops[at]
        if op.name in VIEWS or self.root(at) not in self.buffer:
            return None
        keys: list[Any] = []
        inner = at
        while inner in self.inside:
            inner, key = self.inside[inner]
            keys.append(key)
        whole = self.program.ops[inner]
        return View(self.buffer[inner], whole.kind, whole.shape, tuple(reversed(keys)))
