"""Prove equalities of factorials for whole numbers: (n + 1)!/n! = n + 1, n!/n! = 1.

Each factorial becomes that of the sum without its number, times the factors between:
(n + 2)! is n!·(n + 1)·(n + 2). What is left of it is a variable that is > 0, of which nothing else
is used.

Source: Graham, Knuth and Patashnik, Concrete Mathematics, 2nd ed., section 4.4.
"""

from __future__ import annotations

from dataclasses import replace

from graphgrad.exercises.algebra.terms import Pool, Term
from graphgrad.exercises.deciding.domain import Domain
from graphgrad.exercises.deciding.sign_cases import Proof, prove
from graphgrad.exercises.deciding.verdict import Note, Verdict

__all__ = ["for_whole_numbers", "prove_with_factorials"]

_MOST_FACTORS = 40


def prove_with_factorials(pool: Pool, a: int, b: int, domain: Domain) -> Proof:
    """Return whether a = b is proved where every factorial is of a whole number."""
    positive: dict[str, None] = dict.fromkeys(domain.positive)
    new: dict[int, Term] = {}
    for term in pool.reach((a, b)):
        args = [new[arg] for arg in pool.args[term]]
        if pool.ops[term] == "factorial":
            new[term], name = _taken_apart(pool, args[0])
            positive[name] = None
        else:
            new[term] = pool.rebuilt(term, args) if args else Term(pool, term)
    left, right = new[a].id, new[b].id
    names = pool.names((left, right))
    bounds = replace(domain, above_zero=())
    return prove(pool, left, right, list(positive), (), bounds.intervals(names))


def for_whole_numbers(pool: Pool, a: int, b: int, proof: Proof, points: int) -> Verdict:
    """Return that terms are equal where factorials are meant: gaps elsewhere say nothing."""
    inside = [pool.args[t][0] for t in pool.reach((a, b)) if pool.ops[t] == "factorial"]
    names = dict.fromkeys(name for term in inside for name in pool.names((term,)))
    note = Note("check.whole_numbers", {"names": ", ".join(names)})
    return Verdict("equal", "normal-form", points=points, cases=proof.cases, notes=(note,))


def _taken_apart(pool: Pool, count: Term) -> tuple[Term, str]:
    """Return a factorial as a variable times factors, and the variable's name."""
    base, shift = _shifted(pool, count)
    name = f"factorial {base.id}"
    result = pool.name(name)
    for step in range(1, shift + 1):
        result = result * (base + step)
    for step in range(-shift):
        result = result / (base - step)
    return result, name


def _shifted(pool: Pool, count: Term) -> tuple[Term, int]:
    """Return a sum without its whole number, and that number."""
    if pool.ops[count.id] != "add":
        return count, 0
    values = {arg: pool.value(arg) for arg in pool.args[count.id]}
    shift = next((v for v in values.values() if v is not None), None)
    if shift is None or shift.denominator != 1 or abs(shift) > _MOST_FACTORS:
        return count, 0
    return count - int(shift), int(shift)
