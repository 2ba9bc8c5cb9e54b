"""Run sweeps over listed nodes: what is not written in their loops goes to the rows from here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from graphgrad.autodiff.sweeps import UNSET, Sweep
from graphgrad.graph.columns import Columns
from graphgrad.graph.kinds import MANY, ONE, Kind
from graphgrad.ops.evaluate import arithmetic, arrays, fitted, pulled_back, quietly
from graphgrad.ops.given import in_single

__all__ = ["Listing", "evaluated", "listed", "precision_of", "swept_back"]


class Listing(NamedTuple):
    """Nodes as the sweeps read them.

    Attributes:
        kinds: what each node is.
        first: the first parent of each; of a node with more than two, its place in ``many``.
        second: the second parent.
        many: the parents of nodes with more than two, or with any number.
    """

    kinds: Sequence[Kind]
    first: Sequence[int]
    second: Sequence[int]
    many: Sequence[tuple[int, ...]]


def listed(columns: Columns) -> Listing:
    """Return the nodes of columns in the form of the sweeps."""
    kinds, starts, parents = columns.kinds(), columns.starts, columns.parents
    first, second = [0] * len(kinds), [0] * len(kinds)
    many: list[tuple[int, ...]] = []
    for node, kind in enumerate(kinds):
        start, arity = starts[node], kind.arity
        if arity == MANY:
            first[node] = len(many)
            many.append(tuple(parents[start : starts[node + 1]]))
        elif arity:
            first[node] = parents[start]
            if arity == 2:
                second[node] = parents[start + 1]
    return Listing(kinds, first, second, many)


def evaluated(kind: Kind, args: tuple[Any, ...]) -> Any:
    """Return the value of one op inside `Sweep.silence`."""
    if kind.scalar:
        value = arithmetic().value(kind.row, args, kind.floats, scalar=True)
    else:
        value = quietly(kind.evaluate, args, kind.floats)
    return in_single(value) if kind.single else value


def swept_back(
    sweep: Sweep,
    listing: Listing,
    values: Sequence[Any],
    adjoints: list[Any],
    variable: Sequence[int] | None,
    *,
    precision: Any,
) -> None:
    """Pull adjoints back from the last node that has one to all, or to those marked as variable.

    A sum is added to in place only where the pass itself has made the array that holds it.
    """
    owned: set[int] = set()
    wanted = _NotFixed(listing.kinds) if variable is None else variable
    if sweep.arrays and variable is None:
        wanted = [kind.wanted for kind in listing.kinds]

    def add(source: int, known: Any, term: Any) -> None:
        if source in owned:
            known += term
            adjoints[source] = known
        else:
            adjoints[source] = known + term
            if type(term) is not float:
                owned.add(source)

    def other(node: int, kind: Kind, first: int, second: int, adjoint: Any) -> None:
        arity = kind.arity
        if arity == 1:
            sources: tuple[int, ...] = (first,)
        elif arity == 2:
            sources = (first, second)
        else:
            sources = listing.many[first] if arity else ()
        args = tuple([values[source] for source in sources])
        for slot, source in enumerate(sources):
            if wanted[source]:
                term = _contribution(kind, slot, adjoint, values[node], args)
                if adjoints[source] is UNSET:
                    adjoints[source] = term
                else:
                    add(source, adjoints[source], term)

    kinds, first, second, many = listing
    top = len(adjoints) - 1
    last = slice(top, None, -1)
    nodes = zip(range(top, -1, -1), kinds[last], first[last], second[last], strict=True)
    with sweep.silence():
        sweep.backward(nodes, values, adjoints, many, other, add, wanted, precision)


class _NotFixed(Sequence[int]):
    """Marks of all nodes but numbers of formulas, told when asked for."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self.kinds = kinds

    def __len__(self) -> int:
        return len(self.kinds)

    def __getitem__(self, node: Any) -> Any:
        return not self.kinds[node].fixed


def precision_of(values: Iterable[Any]) -> Any:
    """Return the one type of all arrays among some values, None where there are two."""
    found = {value.dtype for value in values if type(value) is not float}
    return found.pop() if len(found) == 1 else None if found else arrays().np.dtype(float)


def _contribution(kind: Kind, slot: int, adjoint: Any, out: Any, args: tuple[Any, ...]) -> Any:
    """Return what one slot adds, inside `Sweep.silence`; it may be the adjoint itself."""
    if kind.scalar:
        return arithmetic().contribution(kind.row, slot, adjoint, out, args, kind.floats)
    if not kind.partials:
        return pulled_back(kind.pullback, slot, adjoint, out, args, kind.floats)
    partial = kind.constants[slot]
    if partial is None:
        partial = quietly(kind.partials[slot], (out, *args), kind.floats)
    return fitted(adjoint if partial is ONE else adjoint * partial, args[slot])
