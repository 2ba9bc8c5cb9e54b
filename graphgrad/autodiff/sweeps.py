"""Write the loops of both passes over numbers, with the ops that occur in place of calls.

A sweep goes over many nodes and tells their kinds apart by identity; what a kind does is written
from its row by `FloatCode`. All other nodes, such as arrays, and ops on numbers that leave the
finite ones are handed to a function, which asks the rows. Numbers are data of the loops, never
text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Any, NamedTuple, Protocol

from graphgrad.graph.kinds import MANY, Kind
from graphgrad.ops.evaluate import arrays
from graphgrad.trace.trouble import CHECKED

__all__ = ["UNSET", "Sweep", "plain_sweep", "sweep_for", "written_sweep"]

UNSET = -0.0
"""The adjoint of a node that none has reached, told by identity: x + -0.0 is x for every float."""

_FEWEST_NODES = 400
_MOST_KINDS = 40
_MOST_SWEEPS = 256


class Sweep(NamedTuple):
    """The two loops over some kinds.

    Attributes:
        forward: ``(nodes, values, many, other, kept)``; nodes yield (kind, first, second),
            ``other(kind, first, second)`` returns the value of a node that is not written, and
            ``kept`` is the one type of all arrays, None where there are two.
        backward: ``(nodes, values, adjoints, many, other, add, wanted, kept)``; nodes yield
            (id, kind, first, second) from the last to the first; ``other(id, kind, first, second,
            adjoint)`` adds the contributions of a node that is not written, ``add(id, sum,
            term)`` one contribution, and ``wanted`` marks the nodes that get adjoints, with 2
            where they may be put off.
        arrays: whether there are ops of NumPy, on arrays or of float32: it is to be kept silent.
    """

    forward: Callable[..., None]
    backward: Callable[..., None]
    arrays: bool

    def silence(self) -> AbstractContextManager[Any]:
        """Return what keeps NumPy silent through a pass; nothing where there are no arrays."""
        if not self.arrays:
            return nullcontext()
        return arrays().np.errstate(all="ignore")  # type: ignore[no-any-return]


_worth: dict[frozenset[Kind], int] = {}
_sweeps: dict[frozenset[Kind], Sweep] = {}


def sweep_for(kinds: Sequence[Kind]) -> Sweep:
    """Return the loops over these kinds; where nodes are few, nothing is written in them."""
    met = frozenset(kinds)
    sweep = _sweeps.get(met)
    if sweep is None:
        count = _worth[met] = _worth.get(met, 0) + len(kinds)
        if count < _FEWEST_NODES:
            return plain_sweep(with_arrays=_has_arrays(met))
        if len(_sweeps) + len(_worth) > 2 * _MOST_SWEEPS:
            _sweeps.clear()
            _worth.clear()
        sweep = _sweeps[met] = written_sweep(kinds)
    return sweep


@cache
def plain_sweep(*, with_arrays: bool) -> Sweep:
    """Return loops that hand every node to the rows."""
    return _compiled([], {})._replace(arrays=with_arrays)


def _has_arrays(kinds: Iterable[Kind]) -> bool:
    return any(kind.single or not (kind.scalar or kind.arity == 0) for kind in kinds)


def written_sweep(kinds: Sequence[Kind]) -> Sweep:
    """Write the loops over the kinds that occur most."""
    from graphgrad.autodiff.branches import ArrayBranch, NumberBranch
    from graphgrad.ops.float_code import FloatCode

    code = FloatCode()
    frequent = [kind for kind, _ in Counter(kinds).most_common() if _is_written(kind)]
    branches = [
        NumberBranch(kind, code) if kind.scalar or not kind.arity else ArrayBranch(kind, code)
        for kind in frequent[:_MOST_KINDS]
    ]
    chosen: list[tuple[str, Branch]] = [
        (code.bound(branch.kind, branch.kind, "k"), branch) for branch in branches if branch.works
    ]
    return _compiled(chosen, code.data)._replace(arrays=_has_arrays(kinds))


class Branch(Protocol):
    """The statements of one kind, in both loops."""

    forward: list[str]
    backward: list[str]


def _compiled(branches: Sequence[tuple[str, Branch]], data: dict[str, Any]) -> Sweep:
    """Return the loops with these branches; what they need is handed over as arguments."""
    space: dict[str, Any] = {"UNSET": UNSET}
    arguments = "".join(f", {name}={name}" for name in data)
    for text in (_forward(branches, arguments), _backward(branches, arguments)):
        exec(compile(text, "<sweep>", "exec"), space, data)  # text of this module
    return Sweep(data.pop("forward"), data.pop("backward"), arrays=False)


def _is_written(kind: Kind) -> bool:
    if not kind.arity:
        return True
    named = not kind.row.variadic and kind.row.name not in CHECKED
    return named and (kind.scalar or kind.arity < MANY)


def _forward(branches: Sequence[tuple[str, Branch]], arguments: str) -> str:
    chain = _chain([(name, branch.forward) for name, branch in branches if branch.forward])
    return f"""
def forward(nodes, v, many, other, kept{arguments}):
    append = v.append
    while True:
        try:
            for k, p, q in nodes:
{chain}                append(other(k, p, q))
            return
        except (ArithmeticError, ValueError):
            append(other(k, p, q))
"""


def _backward(branches: Sequence[tuple[str, Branch]], arguments: str) -> str:
    chain = _chain([(name, branch.backward) for name, branch in branches])
    return f"""
def backward(nodes, v, g, many, other, add, wanted, kept, unset=UNSET{arguments}):
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
