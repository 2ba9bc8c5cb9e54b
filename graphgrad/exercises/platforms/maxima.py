"""Write terms in the syntax of Maxima, the algebra system behind STACK."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from graphgrad.errors import LimitError
from graphgrad.exercises.algebra.terms import Pool, Term

__all__ = ["LONGEST", "maxima", "maxima_array", "maxima_number"]

LONGEST = 20_000
_CALLS = {"exp", "log", "sin", "cos", "erf", "asin", "atan", "abs"}


def maxima_number(value: Any) -> str:
    """Return a rational.

    >>> maxima_number(Fraction(-3, 4)), maxima_number(2)
    ('(-3/4)', '2')
    """
    value = Fraction(value)
    return f"({value})" if value < 0 or value.denominator > 1 else str(value)


def maxima(term: Term, name: Callable[[str], str]) -> str:
    """Return a term as a formula, every part in brackets that could need them.

    Args:
        term: the term.
        name: what a variable is called there.

    Raises:
        LimitError: if the formula would be longer than a question can hold.

    >>> pool = Pool()
    >>> x = pool.name("x")
    >>> maxima(x * x + 1, lambda name: f"v_{name}")
    '((v_x*v_x)+1)'
    """
    pool = term.pool
    texts: dict[int, str] = {}
    for part in pool.reach([term.id]):
        args = [texts[arg] for arg in pool.args[part]]
        texts[part] = _written(pool, part, args, name)
        if len(texts[part]) > LONGEST:
            raise LimitError("classroom.stack.too_long", limit=LONGEST)
    return texts[term.id]


def _written(pool: Pool, part: int, args: list[str], name: Callable[[str], str]) -> str:
    op, held = pool.ops[part], pool.held[part]
    if op == "number":
        return maxima_number(held)
    if op == "name":
        return name(held)
    if op == "pi":
        return "%pi"
    if op in ("add", "mul"):
        return f"({('+' if op == 'add' else '*').join(args)})"
    if op in ("power", "root"):
        return f"({args[0]})^{maxima_number(held)}"
    if op == "pow":
        return f"({args[0]})^({args[1]})"
    if op in _CALLS:
        return f"{op}({args[0]})"
    if op == "where":
        return f"(if ({args[0]}) # 0 then {args[1]} else {args[2]})"
    sign = {"positive": ">", "zero": "="}[op]
    return f"(if ({args[0]}) {sign} 0 then 1 else 0)"


def maxima_array(texts: Sequence[str], shape: tuple[int, ...]) -> str:
    """Return entries as a number, or as a matrix; a vector is a matrix of one row.

    >>> maxima_array(["1", "2"], (2,)), maxima_array(["1", "2"], (2, 1)), maxima_array(["1"], ())
    ('matrix([1,2])', 'matrix([1],[2])', '1')
    """
    if not shape:
        return texts[0]
    width = shape[-1]
    rows = [f"[{','.join(texts[i : i + width])}]" for i in range(0, len(texts), width)]
    return f"matrix({','.join(rows)})"
