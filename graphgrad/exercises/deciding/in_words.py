"""Write short terms as formulas, for the conditions under which two others are equal."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from graphgrad.exercises.algebra.terms import Pool
from graphgrad.ops.row import ATOM, POWER, PRODUCT, SIGN, SUM
from graphgrad.ops.text import Written, written_number

__all__ = ["bases_above_zero", "short_text"]

_LONGEST = 40


def bases_above_zero(pool: Pool, roots: Iterable[int], positive: Iterable[str]) -> str:
    """Return which bases of powers with a variable exponent must be > 0: ``a > 0, x*y > 0``.

    Args:
        pool: where the terms are.
        roots: the terms compared.
        positive: the variables that are so anyway.
    """
    known = {pool.name(name).id for name in positive}
    bases = (pool.args[t][0] for t in pool.reach(roots) if pool.ops[t] == "pow")
    variable = [base for base in dict.fromkeys(bases) if pool.names((base,)) and base not in known]
    plain = [base for base in variable if pool.ops[base] == "name"] or variable
    return ", ".join(f"{short_text(pool, base)} > 0" for base in plain)


def short_text(pool: Pool, term: int) -> str:
    """Return a term as a formula, ``…`` where it is long or has functions no formula has.

    >>> pool = Pool()
    >>> short_text(pool, (2 * pool.name("x") - 1).id)
    '2*x - 1'
    """
    texts: dict[int, Written] = {}
    for t in pool.reach((term,)):
        texts[t] = _written(pool, t, [texts[arg] for arg in pool.args[t]])
    text = texts[term].text
    return text if len(text) <= _LONGEST else "…"


def _written(pool: Pool, term: int, parts: list[Written]) -> Written:
    op, held = pool.ops[term], pool.held[term]
    if op == "name":
        return Written(held)
    if op in ("number", "pi"):
        return written_number(held) if op == "number" else Written("π")
    if op == "add":
        return _sum(sorted(parts, key=lambda part: part.text.lstrip("-").isdigit()))
    if op == "mul":
        return _product(parts, [pool.value(arg) for arg in pool.args[term]])
    if op in ("power", "root"):
        return Written(f"{parts[0].within(ATOM)}^{written_number(held).within(ATOM)}", POWER)
    if op == "pow":
        return Written(f"{parts[0].within(ATOM)}^{parts[1].within(ATOM)}", POWER)
    return Written(f"{op}({', '.join(part.text for part in parts)})")


def _sum(parts: list[Written]) -> Written:
    text = parts[0].text
    for part in parts[1:]:
        minus = part.text.startswith("-")
        text += f" - {part.text[1:]}" if minus else f" + {part.within(PRODUCT)}"
    return Written(text, SUM)


def _product(parts: list[Written], values: list[Fraction | None]) -> Written:
    """Return a product with its number in front; -1 is a sign."""
    number = next((value for value in values if value is not None), None)
    rest = [p.within(PRODUCT) for p, v in zip(parts, values, strict=True) if v is None]
    if number is None:
        return Written("*".join(rest), PRODUCT)
    if abs(number) == 1 and rest:
        return Written("-" * (number < 0) + "*".join(rest), SIGN if number < 0 else PRODUCT)
    return Written("*".join([written_number(number).within(SIGN), *rest]), PRODUCT)
