"""Say where two equal terms are not: one has no value there, or their cases meet.

A proof leaves out isolated points. Denominators of one term alone are solved for a variable, and
both are computed there: what is said was seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from graphgrad.exercises.algebra.enclosures import UNDEFINED, Ball, Program, ball, precision
from graphgrad.exercises.algebra.fractions import NeedSign
from graphgrad.exercises.algebra.polynomials import GiveUp
from graphgrad.exercises.algebra.roots_and_logs import Rescale
from graphgrad.exercises.algebra.terms import Pool, Term
from graphgrad.exercises.deciding.domain import Domain, points
from graphgrad.exercises.deciding.in_words import short_text
from graphgrad.exercises.deciding.jumps import checked_at_jumps
from graphgrad.exercises.deciding.sign_cases import undefined
from graphgrad.exercises.deciding.verdict import Note, Verdict, conditions_first
from graphgrad.exercises.deciding.zeros import Unsettled, Zero, all_zeros

__all__ = ["with_gaps", "with_jumps"]

_BITS = 192
_MOST_TERMS = 300
_MOST_DENOMINATORS = 4
_TURNS = (0, 1, -1)
"""Which of the zeros of a sine are tried until one lies in the domain."""
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
            zeros = list(all_zeros(pool, below))
        except (Unsettled, GiveUp, NeedSign, Rescale, ZeroDivisionError):
            continue
        for zero in zeros:
            seen = (_seen(program, domain, base, zero) for base in bases)
            yield from islice(filter(None, seen), 1)


def _seen(
    program: Program, domain: Domain, base: Mapping[str, Fraction], zero: Zero
) -> tuple[str, str] | None:
    """Return where a zero is and which side has no value there, where that is seen."""
    name, value, period = zero
    pool = program.pool
    for turns in (0,) if period is None else _TURNS:
        at = value + period * turns if period is not None and turns else value
        side = _side_without_value(program, domain, base, name, at)
        if side:
            text = short_text(pool, value.id).replace("0.5*π", "π/2")
            if period is None:
                return f"{name} = {text}", side
            every = f"k*{short_text(pool, period.id)}".replace("k*2*π", "2*k*π")
            start = "" if pool.value(value.id) == 0 else f"{text} + "
            return f"{name} = {start}{every} (k = 0, ±1, ±2, …)", side
    return None


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
    value = pool.substitute((value.id,), given)[0]
    number = pool.value(value.id)
    if number in (domain.lower.get(name), domain.upper.get(name)) and number is not None:
        return ""
    near = _near(pool, value) if number is None else number
    if near is None or not domain.holds(pool, {**base, name: near}):
        return ""
    if number is None:  # a multiple of pi: sines and cosines of it are known exactly
        terms = pool.substitute(program.roots, {**given, name: value})
        gone = [undefined(pool, term.id) for term in terms]
        known = [not isinstance(side, str) for side in _without_names(pool, terms)]
    else:
        with precision(_BITS):
            values = program.run({k: ball(x) for k, x in {**base, name: number}.items()})
        gone = [side == UNDEFINED for side in values]
        known = [not isinstance(side, str) for side in values]
    if gone[0] and known[1] and not gone[1]:
        return "left"
    return "right" if gone[1] and known[0] and not gone[0] else ""


def _near(pool: Pool, value: Term) -> Fraction | None:
    """Return a fraction near a number that is none; None where it has no value."""
    found = _without_names(pool, [value])[0]
    return None if isinstance(found, str) else Fraction(float(found.mid()))


def _without_names(pool: Pool, terms: Sequence[Term]) -> list[Ball]:
    """Return what terms without variables come to."""
    if pool.names(tuple(term.id for term in terms)):
        return [UNDEFINED for _ in terms]
    with precision(_BITS):
        return Program(pool, tuple(term.id for term in terms), whole=False).run({})
