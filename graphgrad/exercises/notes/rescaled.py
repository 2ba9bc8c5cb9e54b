r"""Accept a penalty whose rate is counted otherwise: λ/2 Σ|θ| is λ Σ|θ| with λ/2 for λ.

Fuentes-Pineda course 004 (Penalización por norma ℓ1 y ℓ2) has λ/2, UPV course 001 (Recorte del
gradiente y Regularización) has λ: the same regulariser, rescaled. That holds for the rate of a
penalty only, an input whose derivative is a sum of |θ| or θ²; half of a product w x is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from graphgrad.exercises.algebra.operations import differentiated
from graphgrad.exercises.algebra.terms import Pool, Term
from graphgrad.exercises.deciding.verdict import Note
from graphgrad.exercises.reading.answer_sheet import Answer, Target
from graphgrad.exercises.reading.equivalence import decide_values
from graphgrad.exercises.truth.reference import Reference
from graphgrad.ops.shapes import entries

__all__ = ["is_sum_of_norms", "rescaled"]

_FACTORS = {"{}/2": Fraction(1, 2), "2*{}": Fraction(2)}


def rescaled(reference: Reference, answer: Answer) -> Note | None:
    """Return which multiple of a rate makes a claim right; None where none does."""
    target = answer.target
    assert target is not None
    if target.kind not in ("value", "derivative"):
        return None
    truths = reference.candidates(target)
    for name in _rates(reference, target.name) if truths else ():
        for spelled, factor in _FACTORS.items():
            rate = {name: factor * reference.pool.name(name)}
            terms = [term.id for term in entries(truths[0].value)]
            wanted = reference.pool.substitute(terms, rate)
            if _holds(reference, answer, wanted):
                return Note("notes.convention.rescaled", {"name": name, "by": spelled.format(name)})
    return None


def _rates(reference: Reference, line: str) -> Iterator[str]:
    """Yield the inputs by which a line multiplies a penalty."""
    pool = reference.pool
    whole = reference.candidates(Target("value", line))
    found = entries(whole[0].value) if whole else []
    if len(found) != 1:
        return
    for name in pool.names((found[0].id,)):
        parameter = reference.roles.get(name) == "parameter"
        slope = differentiated(found[0], name)
        if not parameter and is_sum_of_norms(pool, slope, squared=True, absolute=True):
            yield name


def is_sum_of_norms(pool: Pool, term: Term, *, squared: bool, absolute: bool) -> bool:
    """Tell whether a term is a sum of squares, or of absolute values, times a number."""
    open_terms = [term.id]
    while open_terms:
        at = open_terms.pop()
        args = [arg for arg in pool.args[at] if pool.value(arg) is None]
        if pool.ops[at] == "add" or (pool.ops[at] == "mul" and len(args) == 1):
            open_terms += args
        elif not (absolute and pool.ops[at] == "abs") and not (squared and _is_square(pool, at)):
            return False
    return True


def _is_square(pool: Pool, term: int) -> bool:
    return pool.ops[term] == "power" and bool(pool.held[term] == 2)


def _holds(reference: Reference, answer: Answer, wanted: list[Term]) -> bool:
    domain, _ = reference.assumed
    for link in answer.links:
        found = entries(reference.meaning.of(link.reading.expression))
        if len(found) != len(wanted):
            return False
        pairs = zip(found, wanted, strict=True)
        if not all(decide_values(reference.pool, a, b, domain) for a, b in pairs):
            return False
    return True
