"""Say which leaves are numbers of classes: whole numbers within bounds, as a target's are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import prod

from graphgrad.exercises.algebra.terms import Pool
from graphgrad.exercises.deciding.domain import Domain
from graphgrad.exercises.truth.terms_of_graph import leaf_terms
from graphgrad.graph.graph import Graph
from graphgrad.ops.row import Condition, Elementwise, Structural
from graphgrad.ops.shapes import entries

__all__ = ["class_numbers", "labels", "with_classes"]


_MOST = 64


def class_numbers(
    graph: Graph, pool: Pool, point: Mapping[str, Fraction]
) -> dict[str, tuple[Fraction, ...]]:
    r"""Return the values of leaves' entries, where an operation asks for whole ones.

    Identities such as ``softmax(z) - one_hot(t)`` hold for them alone: a code without a 1 adds up
    to 0. Too many to try all together, as of a batch, are those of the exercise's own point.

    >>> from graphgrad.source.gg import read_gg
    >>> text = "input z = [1, 2]\ninput t = 0\nloss L = cross_entropy_with_logits(z, t)"
    >>> class_numbers(read_gg(text), Pool(), {})
    {'t': (Fraction(0, 1), Fraction(1, 1))}
    """
    found: dict[str, tuple[Fraction, ...]] = {}
    for node in range(len(graph)):
        parents, row = graph.columns.parents_of(node), graph.columns.row(node)
        if not parents or not isinstance(row, Elementwise | Structural):
            continue
        values, leaf = _whole(row.domain(graph.columns.settings_of(node))), parents[0]
        if values and graph.is_leaf(leaf) and not graph.is_constant(leaf):
            terms = entries(leaf_terms(pool, graph.name(leaf), graph.columns.shape(leaf)))
            found |= {pool.held[term.id]: values for term in terms}
    if prod(map(len, found.values())) > _MOST:
        return {name: (point[name],) for name in found if name in point}
    return found


def labels(graph: Graph, pool: Pool, point: Mapping[str, Fraction]) -> dict[str, Fraction]:
    r"""Return the entries of inputs that are 0 or 1 and meet only what parameters have made.

    Such an input is a label: ``-ln p`` is the loss of an example whose label is 1.

    >>> from graphgrad.source.gg import read_gg
    >>> text = "input x = 1\ninput y = 1\nparam w = 2\np = sigmoid(w*x)\nloss L = (p - y)^2"
    >>> labels(read_gg(text), Pool(), {"x": Fraction(1), "y": Fraction(1)})
    {'y': Fraction(1, 1)}
    """
    columns, found = graph.columns, dict[str, Fraction]()
    learned = set[int]()  # made, not given, and by a parameter
    leaves = {node for node in range(len(graph)) if graph.is_leaf(node)}
    for node in range(len(graph)):
        parents = columns.parents_of(node)
        if any(p in learned or (p in leaves and graph.role(p) == "parameter") for p in parents):
            learned.add(node)
    for leaf in leaves:
        if graph.is_constant(leaf) or graph.role(leaf) != "input":
            continue
        terms = entries(leaf_terms(pool, graph.name(leaf), columns.shape(leaf)))
        names = [pool.held[term.id] for term in terms]
        if all(point.get(name) in (0, 1) for name in names) and _is_label(graph, leaf, learned):
            found |= {name: point[name] for name in names}
    return found


def _is_label(graph: Graph, leaf: int, learned: set[int]) -> bool:
    """Tell whether whatever is made of a leaf meets only what parameters have made."""
    own = {leaf}
    for node in range(leaf + 1, len(graph)):
        parents = set(graph.columns.parents_of(node))
        others = {p for p in parents - own if not graph.is_constant(p)}
        if parents & own and not others:
            own.add(node)
        elif parents & own and not others & learned:
            return False
    return True


def with_classes(domain: Domain, graph: Graph, pool: Pool, point: Mapping[str, Fraction]) -> Domain:
    """Return a domain in which numbers of classes are whole, unless it says so itself."""
    return replace(domain, choices=class_numbers(graph, pool, point) | dict(domain.choices))


def _whole(conditions: Sequence[Condition]) -> tuple[Fraction, ...]:
    """Return the values that whole steps reach between bounds; none where nothing asks for them."""
    steps = next((c.step for c in conditions if c.relation == "every"), None)
    bounds = {c.relation: Fraction(c.bound) for c in conditions if c.relation in ("<=", ">=")}
    if steps is None or len(bounds) < 2:
        return ()
    low, step = bounds[">="], Fraction(steps)
    return tuple(low + step * k for k in range(int((bounds["<="] - low) / step) + 1))
