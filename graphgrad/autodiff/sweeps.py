"""Write the loops of both passes over numbers, with the ops that occur in place of calls.

A sweep goes over many nodes and tells their kinds apart by identity; what a kind does is written
from its row by `FloatCode`. All other nodes, such as arrays, and ops on numbers that leave the
finite ones are handed to a function, which asks the rows. Numbers are data of the loops, never
text.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from itertools import zip_longest
from typing import Any, NamedTuple

from graphgrad.graph.kinds import MANY, Kind
from graphgrad.ops.evaluate import arrays
from graphgrad.ops.float_code import FloatCode, Unwritable, Written
from graphgrad.ops.row import Elementwise, Leaf

__all__ = ["UNSET", "Adjoints", "Sweep", "packed", "sweep_for"]

UNSET = -0.0
"""The adjoint of a node that none has reached, told by identity: x + -0.0 is x for every float."""

_FEWEST_NODES = 400
_MOST_KINDS = 24
_MOST_SWEEPS = 256
_CHECKED = frozenset({"target", "one_hot"})


class Sweep(NamedTuple):
    """The two loops over some kinds.

    Attributes:
        forward: ``(nodes, values, many, other)``; nodes yield (kind, first, second), and
            ``other(kind, first, second)`` returns the value of a node that is not written.
        backward: ``(nodes, values, adjoints, many, other)``; nodes yield (id, kind, first,
            second) from the last to the first, and ``other(id, kind, first, second, adjoint)``
            adds the contributions of a node that is not written.
        arrays: whether there are ops on arrays, for which NumPy is to be kept silent.
    """

    forward: Callable[..., None]
    backward: Callable[..., None]
    arrays: bool

    def silence(self) -> AbstractContextManager[Any]:
        """Return what keeps NumPy silent through a pass; nothing where there are no arrays."""
        if not self.arrays:
            return nullcontext()
        return arrays().np.errstate(all="ignore")  # type: ignore[no-any-return]


class Adjoints:
    """What a backward sweep leaves on the nodes of a tape.

    Args:
        numbers: an adjoint per node, `UNSET` where none has reached it.
        pack: whether to keep them in less room, where all are floats.
    """

    __slots__ = ("numbers", "reached")

    def __init__(self, numbers: list[Any], *, pack: bool = False) -> None:
        self.numbers: Any = packed(numbers) if pack else numbers
        self.reached: bytearray | None = None
        if self.numbers is not numbers:
            self.reached = bytearray([number is not UNSET for number in numbers])

    def of(self, node: int) -> Any:
        """Return a node's adjoint, None if there is none."""
        if node >= len(self.numbers) or (self.reached is not None and not self.reached[node]):
            return None
        adjoint = self.numbers[node]
        return None if adjoint is UNSET else adjoint

    def all(self) -> list[Any]:
        """Return the adjoints as a list, `UNSET` where there is none."""
        if self.reached is None:
            return list(self.numbers)
        pairs = zip(self.numbers, self.reached, strict=True)
        return [number if reached else UNSET for number, reached in pairs]

    def over(self, older: Adjoints) -> Adjoints:
        """Return these, and older ones where there is none here."""
        if not older.numbers:
            return self
        pairs = zip_longest(older.all(), self.all(), fillvalue=UNSET)
        both = [old if new is UNSET else new for old, new in pairs]
        return Adjoints(both, pack=self.reached is not None)


def packed(numbers: Any) -> Any:
    """Return floats in less room; what holds arrays as it is."""
    try:
        return array("d", numbers)
    except TypeError:
        return numbers


_worth: dict[frozenset[Kind], int] = {}
_sweeps: dict[frozenset[Kind], Sweep] = {}


def sweep_for(kinds: Sequence[Kind]) -> Sweep:
    """Return the loops over these kinds; where nodes are few, nothing is written in them."""
    met = frozenset(kinds)
    sweep = _sweeps.get(met)
    if sweep is None:
        count = _worth[met] = _worth.get(met, 0) + len(kinds)
        if count < _FEWEST_NODES:
            return _plain_sweep(with_arrays=_has_arrays(met))
        if len(_sweeps) + len(_worth) > 2 * _MOST_SWEEPS:
            _sweeps.clear()
            _worth.clear()
        sweep = _sweeps[met] = _written_sweep(kinds)
    return sweep


@cache
def _plain_sweep(*, with_arrays: bool) -> Sweep:
    return _written_sweep(())._replace(arrays=with_arrays)


def _has_arrays(kinds: Iterable[Kind]) -> bool:
    return not all(kind.scalar or kind.arity == 0 for kind in kinds)


def _written_sweep(kinds: Sequence[Kind]) -> Sweep:
    """Write the loops over the kinds that occur most."""
    code = FloatCode()
    frequent = [kind for kind, _ in Counter(kinds).most_common() if _is_written(kind)]
    branches = [_Branch(kind, code) for kind in frequent[:_MOST_KINDS]]
    chosen = [branch for branch in branches if branch.works]
    names = [code.bound(branch.kind, branch.kind, "k") for branch in chosen]
    space: dict[str, Any] = {"UNSET": UNSET}
    arguments = "".join(f", {name}={name}" for name in code.data)
    for text in (_forward(names, chosen, arguments), _backward(names, chosen, arguments)):
        exec(compile(text, "<sweep>", "exec"), space, code.data)  # text of this module
    return Sweep(code.data["forward"], code.data["backward"], _has_arrays(kinds))


def _is_written(kind: Kind) -> bool:
    if isinstance(kind.row, Leaf):
        return True
    return kind.scalar and not kind.row.variadic and kind.row.name not in _CHECKED


class _Branch:
    """The statements of one kind."""

    def __init__(self, kind: Kind, code: FloatCode) -> None:
        self.kind = kind
        self.count = len(kind.row.arguments)
        self.names = tuple(f"x{slot}" for slot in range(self.count))
        self.works = True
        self.forward: list[str] = []
        self.backward = ["pass"]
        row = kind.row
        if not isinstance(row, Elementwise):
            return
        try:
            value = code.written([row.evaluate or row.formula], self.names, kind.floats)
            out = ("out", *self.names)
            partials = code.written(row.computed_partials, out, kind.floats)
        except Unwritable:
            self.works = False
            return
        self.forward = self._value(value, code)
        self.backward = self._contributions(partials, code)

    def _value(self, written: Written, code: FloatCode) -> list[str]:
        (result,) = written.results
        shown = result if isinstance(result, str) else code.number(result)
        lines = [*written.lines, f"append({shown})"]
        return [*self._reads(lines), *lines]

    def _contributions(self, written: Written, code: FloatCode) -> list[str]:
        updates = []
        for slot, partial in enumerate(written.results):
            target = f"g[{self._parent(slot)}]"
            if partial == 1.0:
                updates.append(f"{target} += d")
            elif partial == -1.0:
                updates.append(f"{target} -= d")
            else:
                factor = partial if isinstance(partial, str) else code.number(partial)
                updates.append(f"{target} += d * {factor}")
        lines = [*written.lines, *updates]
        return [*self._reads(lines, always=self.count >= MANY), *lines]

    def _parent(self, slot: int) -> str:
        return f"a{slot}" if self.count >= MANY else "pq"[slot]

    def _reads(self, lines: Sequence[str], *, always: bool = False) -> list[str]:
        """Return what reads the arguments that some lines use."""
        used = set(re.findall(r"\b(?:x\d+|out)\b", "\n".join(lines)))
        reads = [
            f"x{slot} = v[{self._parent(slot)}]" for slot in range(self.count) if f"x{slot}" in used
        ]
        if self.count >= MANY and (reads or always):
            reads.insert(0, f"{', '.join(map(self._parent, range(self.count)))} = many[p]")
        return [*reads, "out = v[i]"] if "out" in used else reads


def _forward(names: Sequence[str], branches: Sequence[_Branch], arguments: str) -> str:
    chain = _chain([(n, b.forward) for n, b in zip(names, branches, strict=True) if b.forward])
    return f"""
def forward(nodes, v, many, other{arguments}):
    append = v.append
    while True:
        try:
            for k, p, q in nodes:
{chain}                append(other(k, p, q))
            return
        except (ArithmeticError, ValueError):
            append(other(k, p, q))
"""


def _backward(names: Sequence[str], branches: Sequence[_Branch], arguments: str) -> str:
    chain = _chain([(name, branch.backward) for name, branch in zip(names, branches, strict=True)])
    return f"""
def backward(nodes, v, g, many, other, unset=UNSET{arguments}):
    while True:
        try:
            for i, k, p, q in nodes:
                d = g[i]
                if d is unset:
                    continue
{chain}                other(i, k, p, q, d)
            return
        except (ArithmeticError, ValueError):
            other(i, k, p, q, d)
"""


def _chain(branches: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Return branches by kind, the most frequent first; each goes on with the next node."""
    indent = " " * 16
    lines = []
    for name, statements in branches:
        lines.append(f"{indent}if k is {name}:")
        lines += [f"{indent}    {line}" for line in statements]
        lines.append(f"{indent}    continue")
    return "".join(f"{line}\n" for line in lines)
