"""Tell which nodes are of float32, where a pass holds any: the rule of arrays, said for numbers.

An op on arrays has the precision of its arrays; numbers count where there are numbers alone. There
float64 wins over float32, and a number of a formula has no precision of its own. PyTorch promotes
in the same way.

Source: PyTorch, torch.Tensor data types, "Type promotion".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from graphgrad.autodiff.running import Listing, listed
from graphgrad.graph.columns import Columns
from graphgrad.graph.kinds import MANY, Kind
from graphgrad.ops.given import Single, has_single

__all__ = [
    "DOUBLE", "NOTHING_SINGLE", "SINGLE", "WEAK", "Rounding", "note_precisions",
    "precision_of_given", "rounding_of",
]  # fmt: skip

WEAK, SINGLE, DOUBLE = range(3)
"""What a node is: a number of a formula, of float32, of float64. The larger one wins."""


def precision_of_given(value: Any, *, fixed: bool) -> int:
    """Return what a leaf of a value is.

    Args:
        value: the value, as it was given.
        fixed: whether it is a number of a formula.
    """
    if hasattr(value, "dtype") and value.shape:
        return SINGLE if value.dtype.char == "f" else DOUBLE
    return WEAK if fixed else SINGLE if type(value) is Single else DOUBLE


def note_precisions(
    found: bytearray, listing: Listing, leaf: Callable[[int, Kind], int]
) -> list[Kind]:
    """Append what nodes are to what is known of the first ones.

    Args:
        found: what is known; extended in place.
        listing: the nodes.
        leaf: returns what a leaf is, by its node and kind.

    Returns:
        The kinds of all nodes from the first that was not known: of those that have to be rounded,
        the kind that does so.
    """
    kinds, first, second, many = listing
    start = len(found)
    chosen = []
    for node in range(start, len(kinds)):
        kind, arity = kinds[node], kinds[node].arity
        if not arity:
            found.append(leaf(node, kind))
            chosen.append(kind)
            continue
        sources = many[first[node]] if arity == MANY else (first[node], second[node])[:arity]
        of_arrays = [found[source] for source in sources if kinds[source].shape]
        if kind.row.name == "where":  # a condition has no precision, unless it alone is an array
            sources = sources[1:]
            of_arrays = [found[one] for one in sources if kinds[one].shape] or of_arrays
        most = max(of_arrays or [found[source] for source in sources])
        found.append(DOUBLE if kind.shape and most == WEAK else most)
        numbers = not kind.shape or not of_arrays
        chosen.append(kind.in_single if most == SINGLE and numbers else kind)
    return chosen


class Rounding(NamedTuple):
    """What is of float32 in a graph at a point.

    Attributes:
        kinds: the kinds of the nodes, those that round among them; None where nothing is.
        precisions: what each node is.
        singles: the nodes whose values are numbers of float32.
    """

    kinds: list[Kind] | None
    precisions: bytes
    singles: frozenset[int]


NOTHING_SINGLE = Rounding(None, b"", frozenset())


def rounding_of(columns: Columns, leaves: Mapping[int, Any]) -> Rounding:
    """Return what is of float32 where leaves have these values, as they were given."""
    if not has_single(leaves.values()):
        return NOTHING_SINGLE
    found = bytearray()

    def leaf(node: int, kind: Kind) -> int:
        return precision_of_given(leaves[node], fixed=kind.fixed)

    kinds = note_precisions(found, listed(columns), leaf)
    numbers = (node for node, kind in enumerate(kinds) if not kind.shape)
    return Rounding(kinds, bytes(found), frozenset(n for n in numbers if found[n] == SINGLE))
