"""Say where two equal terms are not: one has no value there, or their cases meet.

A proof leaves out isolated points. Denominators of one term alone are solved for a variable, and
both are computed there: what is said was seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from graphgrad.exercises.algebra.enclosures import UNDEFINED, Program, ball, precision
from graphgrad.exercises.algebra.fractions import NeedSign
from graphgrad.exercises.algebra.polynomials import GiveUp
from graphgrad.exercises.algebra.roots_and_logs import Rescale
from graphgrad.exercises.algebra.terms import Pool, Term
from graphgrad.exercises.deciding.domain import Domain, points
from graphgrad.exercises.deciding.in_words import short_text
from graphgrad.exercises.deciding.jumps import checked_at_jumps
from graphgrad.exercises.deciding.verdict import Note, Verdict, conditions_first
from graphgrad.exercises.deciding.zeros import Unsettled, solutions

__all__ = ["with_gaps", "with_jumps"]

_BITS = 192
_MOST_TERMS = 300
_MOST_DENOMINATORS = 4
_SIDES = ("left", "right")


def with_jumps(pool: Pool, a: int, b: int, domain: Domain, verdict: Verdict) -> Verdict:
    """Return the verdict on equal terms with a remark where their values at a jump differ."""
    found = checked_at_jumps(pool, a, b, domain, verdict)
    point = found.counterexample
    if found.status != "different" or point is None:
        return found
    at = ", ".join(f"{name} = {value}" for name, value in point.at.items())
    note = Note("check.at_jump", {"at": at, "left": point.left, "right": point.right})
    return replace(verdict, notes=conditions_first((*verdict.notes, note)))


def with_gaps(pool: Pool, a: int, b: int, domain: Domain, verdict: Verdict) -> Verdict:
    """Return the verdict on equal terms with a remark where only one of them has a value."""
    of_whole = any(note.message_id == "check.whole_numbers" for note in verdict.notes)
    if verdict.method == "identical" or of_whole or len(pool.reach((a, b))) > _MOST_TERMS:
        return verdict
    found: dict[str, dict[str, None]] = {side: {} for side in _SIDES}
    for place, side in _gaps(pool, a, b, domain):
        found[side][place] = None
    notes = [note for note in verdict.notes if not _is_told(note, found)]
    for side in _SIDES:
        if found[side]:
            notes.append(Note(f"check.{side}_gap", {"at": ", ".join(found[side])}))
    return replace(verdict, notes=conditions_first(notes))


def _is_told(note: Note, found: dict[str, dict[str, None]]) -> bool:
    """Tell whether a remark names a point that a gap names as well."""
    sides = [side for side in _SIDES if note.message_id == f"check.{side}_except"]
    return any(note.fields["at"] in found[side] for side in sides)


def _gaps(pool: Pool, a: int, b: int, domain: Domain) -> Iterator[tuple[str, str]]:
    """Yield where a denominator of one term is 0 and only the other has a value, and the side."""
    program = Program(pool, (a, b), whole=False)
    bases = list(islice(points(pool, program.names, domain), 2))
    for below in islice(_denominators(pool, a, b), _MOST_DENOMINATORS):
        try:
            zeros = list(solutions(pool, below))
        except (Unsettled, GiveUp, NeedSign, Rescale, ZeroDivisionError):
            continue
        for name, value in zeros:
            for base in bases:
                side = _side_without_value(program, domain, base, name, value)
                if side:
                    yield f"{name} = {short_text(pool, value.id)}", side
                    break


def _denominators(pool: Pool, a: int, b: int) -> Iterator[int]:
    """Yield what only one of two terms divides by, or tells cases apart by that are not all."""
    first, second = (set(pool.reach((root,))) for root in (a, b))
    if any(pool.ops[t] == "log" and pool.value(pool.args[t][0]) == 0 for t in first ^ second):
        for term in sorted(first | second):
            if pool.ops[term] in ("positive", "zero") and pool.names((term,)):
                yield pool.args[term][0]
    for term in sorted(first ^ second):
        below = pool.args[term][0] if pool.args[term] else term
        if pool.ops[term] not in ("power", "root") or pool.held[term] > 0:
            continue
        while pool.ops[below] in ("abs", "power", "root"):  # which are 0 where what they hold is
            below = pool.args[below][0]
        if pool.names((below,)):
            yield below


def _side_without_value(
    program: Program, domain: Domain, base: Mapping[str, Fraction], name: str, value: Term
) -> str:
    """Return which term alone has no value where a variable has one; empty if both or neither."""
    pool = program.pool
    given = {key: pool.number(number) for key, number in base.items() if key != name}
    number = pool.value(pool.substitute((value.id,), given)[0].id)
    if number is None or number in (domain.lower.get(name), domain.upper.get(name)):
        return ""
    point = {**base, name: number}
    if not domain.holds(pool, point):
        return ""
    with precision(_BITS):
        values = program.run({key: ball(x) for key, x in point.items()})
    gone = [side == UNDEFINED for side in values]
    known = [not isinstance(side, str) for side in values]
    if gone[0] and known[1]:
        return "left"
    return "right" if gone[1] and known[0] else ""
