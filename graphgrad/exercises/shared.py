"""Prove equality with the parts that two terms share taken for variables.

What holds for every value of a variable holds for the value of the part it stands for: where both
terms are defined their parts are. So out(1 - out)(out - t) in a large network needs no look into
out. The converse does not hold: no proof here says nothing.
"""

from __future__ import annotations

from graphgrad.exercises.cases import Proof, prove
from graphgrad.exercises.domain import Domain
from graphgrad.exercises.terms import Pool, Term

__all__ = ["prove_with_shared_parts"]

_OPAQUE = frozenset({"exp", "log", "sin", "cos", "erf", "asin", "atan", "root", "pow"})


def prove_with_shared_parts(pool: Pool, a: int, b: int, domain: Domain) -> Proof:
    """Return whether a = b is proved without looking into shared functions, or quotients."""
    if domain.above_zero:
        return Proof(equal=False)
    both = set(pool.reach((a,))) & set(pool.reach((b,)))
    functions = {term for term in both if pool.ops[term] in _OPAQUE}
    quotients = {term for term in both if pool.ops[term] == "power" and pool.held[term] < 0}
    proof = Proof(equal=False)
    for parts in (functions | quotients, functions):
        if parts and not proof.equal:
            left, right = (term.id for term in _with_variables(pool, (a, b), parts))
            names = pool.names((left, right))
            proof = prove(pool, left, right, domain.positive, (), domain.intervals(names))
    return proof


def _with_variables(pool: Pool, roots: tuple[int, int], parts: set[int]) -> list[Term]:
    """Return terms with a variable for each part."""
    new: dict[int, Term] = {}
    for term in pool.reach(roots):
        args = pool.args[term]
        if term in parts:
            new[term] = pool.name(f"part {term}")
        else:
            new[term] = pool.rebuilt(term, [new[arg] for arg in args]) if args else Term(pool, term)
    return [new[root] for root in roots]
