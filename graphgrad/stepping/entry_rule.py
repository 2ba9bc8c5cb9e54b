"""Write the chain rule of one entry of an array: which entries it moves, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from graphgrad.graph.zooms.entry_names import entry_name
from graphgrad.messages.catalogue import text
from graphgrad.ops.evaluate import arithmetic, to_float
from graphgrad.stepping.known_text import UNKNOWN
from graphgrad.views.text.numbers import number

if TYPE_CHECKING:
    from graphgrad.graph.graph import Graph
    from graphgrad.ops.shapes import Shape
    from graphgrad.trace.trace import State, Trace
    from graphgrad.views.text.stops import Fold

__all__ = ["EntryTerm", "entry_lines", "entry_terms", "largest_entry"]

MOST_TERMS = 1_000
_MOST_IN_A_LINE = 3
_MOST_ENTRIES = 1_000_000
"""Of a larger array no entry is looked for while a key waits."""


class EntryTerm(NamedTuple):
    """What flows back to an entry from one entry of a line that reads it.

    Attributes:
        target: the node of that line.
        place: of the entry there; empty in a number.
        adjoint: the adjoint of that entry.
        partial: its derivative in the entry that is looked at.
    """

    target: int
    place: Shape
    adjoint: float
    partial: float


def entry_terms(trace: Trace, node: int, place: Shape, fold: Fold) -> Iterator[EntryTerm]:
    """Yield the terms of the chain rule of one entry, in the order of the backward pass.

    A tangent of the one entry is pushed through each line that reads the array: what is not zero
    behind it depends on the entry. Its sum with the adjoints is a second way to the gradient.
    """
    import numpy as np  # late: only who looks at an entry needs it

    graph = trace.graph
    targets = [edge.target for edge in trace.uses(node)]
    if fold == "line":
        targets = [graph.line_ends[graph.line_of(target)] - 1 for target in targets]
    for target in dict.fromkeys(targets):
        first = graph.line(graph.line_of(target)).nodes.start if fold == "line" else target
        pushed = np.asarray(_pushed(trace, node, place, range(first, target + 1)))
        adjoint = np.asarray(to_float(trace.adjoint(target)))
        for at in np.argwhere(pushed) if pushed.shape else [()] if pushed else []:
            spot = tuple(int(k) for k in at)
            yield EntryTerm(target, spot, float(adjoint[spot]), float(pushed[spot]))


def _pushed(trace: Trace, node: int, place: Shape, nodes: range) -> Any:
    """Return the derivative of a line, or of an operation, in one entry."""
    tangent = to_float(trace.values[node]) * 0.0
    tangent[place] = 1.0
    numbers, columns = arithmetic(), trace.graph.columns
    found: dict[int, Any] = {node: tangent}
    for at in nodes:
        parents = columns.parents_of(at)
        if not any(parent in found for parent in parents):
            continue
        row, settings = columns.row(at), numbers.settings(columns.settings_of(at))
        args = tuple(to_float(trace.values[parent]) for parent in parents)
        total = None
        for slot, parent in enumerate(parents):
            if parent in found:
                value = to_float(trace.values[at])
                if row.name == "matmul" and all(getattr(arg, "ndim", 0) == 2 for arg in args):
                    term = _through_product(found[parent], slot, args)
                else:
                    term = numbers.pushforward(row, slot, found[parent], value, args, settings)
                total = term if total is None else numbers.add(total, term)
        found[at] = total
    return found.get(nodes[-1], 0.0)


def _through_product(tangent: Any, slot: int, factors: tuple[Any, ...]) -> Any:
    """Return a product with a tangent for one factor, of the rows or columns that it moves.

    An entry moves one row or column of a product of matrices; the rest of it is 0 and is not
    worked out while a key waits.
    """
    import numpy as np

    left, right = factors
    moved = np.zeros((left.shape[0], right.shape[1]), tangent.dtype)
    if slot == 0:
        rows = tangent.any(axis=1)
        moved[rows] = tangent[rows] @ right
    else:
        columns = tangent.any(axis=0)
        moved[:, columns] = left @ tangent[:, columns]
    return moved


def entry_lines(state: State, node: int, place: Shape, fold: Fold) -> list[str]:
    """Return value, chain rule and adjoint of an entry at a moment, a term per line."""
    trace = state.trace
    graph = trace.graph
    name = entry_name(graph.name(node), place)
    value, adjoint = state.value(node), state.adjoint(node)
    lines = [f"{name} = {UNKNOWN if value is None else number(value[place])}"]
    if trace.adjoints is None or trace.adjoints[node] is None:
        return lines
    own = f"∂{graph.name(graph.output)}/∂{name}"
    if adjoint is None:
        return [*lines, f"{own} = {UNKNOWN}"]
    terms: list[EntryTerm] = []
    for term in entry_terms(trace, node, place, fold):
        if len(terms) == MOST_TERMS:
            break
        terms.append(term)
    lines.append(f"{own} = {number(adjoint[place])} =")
    lines += [
        f" {'+' if k else ' '} {_term_line(graph, name, term)}" for k, term in enumerate(terms)
    ]
    if not terms:
        lines.append(f"   {text('entry.no_use')}")
    return lines


def largest_entry(trace: Trace, node: int, fold: Fold) -> str:
    """Return the chain rule in numbers of the entry with the largest adjoint; empty where it is 0.

    What does not fit a line for all entries does for one of them.

    Args:
        trace: the pass.
        node: an array whose adjoint is known.
        fold: whether lines or nodes are stepped through.
    """
    import numpy as np

    adjoint = np.asarray(to_float(trace.adjoint(node)))
    if not adjoint.any() or adjoint.size > _MOST_ENTRIES:
        return ""
    place = tuple(int(k) for k in np.unravel_index(np.argmax(np.abs(adjoint)), adjoint.shape))
    terms = list(islice(entry_terms(trace, node, place, fold), _MOST_IN_A_LINE + 1))
    products = [f"{_signed(term.adjoint)}·{_signed(term.partial)}" for term in terms]
    rest = ["…"] if len(products) > _MOST_IN_A_LINE else []
    told = " + ".join([*products[:_MOST_IN_A_LINE], *rest])
    own = f"∂{trace.graph.name(trace.graph.output)}/∂{entry_name(trace.graph.name(node), place)}"
    return text("entry.largest", told=f"{own} = {told} = {number(adjoint[place])}")


def _term_line(graph: Graph, name: str, term: EntryTerm) -> str:
    target = entry_name(graph.name(term.target), term.place)
    output = graph.name(graph.output)
    product = f"{_signed(term.adjoint)}·{_signed(term.partial)}"
    return (
        f"∂{output}/∂{target}·∂{target}/∂{name} = {product} = {number(term.adjoint * term.partial)}"
    )


def _signed(value: float) -> str:
    shown = number(value)
    return f"({shown})" if shown.startswith("-") else shown
