r"""Say what a false identity should say: its left side with what is equal to it.

A side that is a derivative is derived; other sides are compared: a constant factor between them, a
number or a polynomial that one has more. What cannot be written shortly is left out, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from graphgrad.errors import GraphgradError
from graphgrad.exercises.algebra.enclosures import Program, ball, precision, shown
from graphgrad.exercises.algebra.fractions import NeedSign
from graphgrad.exercises.algebra.normal_form import Normalizer
from graphgrad.exercises.algebra.polynomials import GiveUp, Ring, fraction
from graphgrad.exercises.algebra.roots_and_logs import Rescale
from graphgrad.exercises.algebra.terms import Term
from graphgrad.exercises.deciding.verdict import Counterexample, Note
from graphgrad.exercises.notes.context import Context
from graphgrad.exercises.reading.answer_sheet import Answer
from graphgrad.exercises.reading.equivalence import decide_values
from graphgrad.exercises.reading.spelled_back import read_as
from graphgrad.expr.differentials import operator_parts
from graphgrad.expr.items import Expression
from graphgrad.ops.evaluate import arrays
from graphgrad.ops.registry import find
from graphgrad.ops.row import Elementwise
from graphgrad.ops.shapes import entries
from graphgrad.symbolic.derive.expanded import expanded_gradient

__all__ = ["RightIdentity", "at_zero", "right_identity"]

_MOST_TERMS = 4
_COMPARED = re.compile(r"[^()]* (?:[<>]=?|==) ")


class RightIdentity(NamedTuple):
    """What should stand there, empty where it is not known, and remarks."""

    text: str = ""
    notes: tuple[Note, ...] = ()


def right_identity(context: Context, answer: Answer) -> RightIdentity:
    """Return the corrected statement of a false claim that equates formulas."""
    first, *others = (link.reading.expression for link in answer.links)
    derived = _derived(first)
    if derived is not None:
        body, wrt = derived
        return RightIdentity(_derivative(context, first, body, wrt), _bare(context, body, others))
    sides = [_only(context, side) for side in (first, *others)]
    found = next((s for s, e in zip(sides[1:], others, strict=True) if _derived(e)), None)
    if found is not None or len(sides) != 2 or None in sides:
        return RightIdentity()
    notes = (Note("notes.at_kink"),) if _at_kink(context, first) else ()
    return RightIdentity(_compared(context, first, others[0], sides), notes)


def at_zero(context: Context, answer: Answer) -> Counterexample | None:
    """Return the point 0 as a witness, where both sides of an identity have values there.

    It is the point that a reader checks in the head; it serves for identities in one variable.
    """
    sides = [_only(context, link.reading.expression) for link in answer.links]
    known = [side.id for side in sides if side is not None]
    pool = context.reference.pool
    names = pool.names(known)
    if len(known) != len(sides) or len(known) != 2 or len(names) != 1:
        return None
    program = Program(pool, known)
    with precision():
        left, right = program.run({names[0]: ball(Fraction(0))})
        if isinstance(left, str) or isinstance(right, str):
            return None
        texts = shown(left, 6), shown(right, 6)
    return None if texts[0] == texts[1] else Counterexample({names[0]: "0"}, *texts)


def _derived(side: Expression) -> tuple[Expression, str] | None:
    """Return what a side is the first derivative of, and in what: f'(z), d/dz (...)."""
    last = side.items[-1]
    if last.kind != "call" or last.arity != 1:
        return None
    body, operator = side.items[:-1], operator_parts(last.value)
    if operator is not None and operator[1] == 1:
        return side._replace(items=body), operator[0]
    function, primes = last.value.rstrip("'"), last.value.count("'")
    if primes == 1 and len(body) == 1 and body[0].kind == "name":
        applied = (*body, last._replace(value=function))
        return side._replace(items=applied), body[0].value
    return None


def _at_kink(context: Context, side: Expression) -> bool:
    """Tell whether a side is the derivative of an activation where none exists: relu'(0)."""
    last = side.items[-1]
    row = find(last.value.rstrip("'")) if last.kind == "call" and last.value[-1] == "'" else None
    if not isinstance(row, Elementwise) or row.kinks is None or last.arity != 1 or row.settings:
        return False
    at = _only(context, side._replace(items=side.items[:-1]))
    number = None if at is None else context.reference.pool.value(at.id)
    return number is not None and any(kink == 0 for kink in row.kinks(arrays(), float(number)))


def _derivative(context: Context, first: Expression, body: Expression, wrt: str) -> str:
    try:
        found = expanded_gradient(context.graph_with(body), wrt).text
    except GraphgradError:  # declared arrays, or a formula that files do not know
        return ""
    shown = f"({found})" if _COMPARED.match(found) else found  # relu'(z) = (z > 0)
    return f"{read_as(first)} = {shown}"


def _bare(context: Context, body: Expression, others: Iterable[Expression]) -> tuple[Note, ...]:
    """Return the remark that the function itself, without the derivative, is what stands there."""
    value = _only(context, body)
    domain, _ = context.reference.assumed
    for other in others:
        right = _only(context, other)
        if value is None or right is None:
            continue
        if decide_values(context.reference.pool, value, right, domain):
            return (Note("notes.bare", {"text": f"{read_as(body)} = {read_as(other)}"}),)
    return ()


def _only(context: Context, side: Expression) -> Term | None:
    """Return the one number a side stands for; None for arrays and what has no meaning."""
    try:
        found = entries(context.reference.meaning.of(side))
    except GraphgradError:
        return None
    return found[0] if len(found) == 1 else None


# ---- two formulas without a derivative ----


def _compared(context: Context, left: Expression, right: Expression, sides: list[Any]) -> str:
    """Return ``left = c*right`` or ``left = right + polynomial``, where either is short."""
    normal = Normalizer(context.reference.pool)
    one, other = (side.id for side in sides)
    try:
        factor = _factor(normal, one, other)
        rest = normal.difference(one, other) if factor is None else None
    except (GiveUp, NeedSign, Rescale):
        return ""
    if factor is not None:
        number = len(right.items) == 1 and right.items[0].kind == "number"
        if number:
            return f"{read_as(left)} = {factor * Fraction(right.items[0].value)}"
        return f"{read_as(left)} = {_times(factor)}({read_as(right)})"
    more = "" if rest is None or rest.den else _polynomial(normal.ring, rest.num)
    return f"{read_as(left)} = {read_as(right)}{more}" if more else ""


def _times(factor: Fraction) -> str:
    return "-" if factor == -1 else f"{factor}*" if factor.denominator == 1 else f"({factor})*"


def _factor(normal: Normalizer, left: int, right: int) -> Fraction | None:
    """Return the number that the left side is the right side times; None where it is none."""
    one, other = normal.values((left, right))
    below = None if other is None else normal.quotients.inverse(other)
    if one is None or below is None:
        return None
    ratio = normal.quotients.mul(one, below)
    terms = list(ratio.num.terms())
    constant = not ratio.den and len(terms) == 1 and not any(terms[0][0])
    return fraction(terms[0][1]) if constant else None


def _polynomial(ring: Ring, num: Any) -> str:
    """Return a short polynomial of plain variables, with the sign it is added by."""
    terms = list(num.terms())
    if len(terms) > _MOST_TERMS:
        return ""
    text = ""
    for powers, coefficient in terms:
        used = [(ring.generators[k].key, n) for k, n in enumerate(powers) if n]
        if any(key[0] != "name" for key, _ in used):
            return ""
        value = fraction(coefficient)
        parts = [f"{key[1]}^{n}" if n > 1 else str(key[1]) for key, n in used]
        if abs(value) != 1 or not parts:
            parts.insert(0, str(abs(value)) if value.denominator == 1 else f"({abs(value)})")
        text += f" {'-' if value < 0 else '+'} {'*'.join(parts)}"
    return text
