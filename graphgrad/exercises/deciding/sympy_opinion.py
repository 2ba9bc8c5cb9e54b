"""Ask sympy where no proof was found: it may prove, never disprove, and only in a worker.

``simplify`` can take any time, so it is off unless a process that can be killed switches it on;
the verdict says that sympy proved it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from graphgrad.exercises.algebra.terms import Pool
from graphgrad.exercises.deciding.domain import Domain

__all__ = ["asked_of_sympy", "sympy_proves"]

_asked: ContextVar[bool] = ContextVar("graphgrad_asked_of_sympy", default=False)
_MOST_TERMS = 400


@contextmanager
def asked_of_sympy() -> Iterator[None]:
    """Let sympy decide what stays undecided inside the block."""
    token = _asked.set(True)
    try:
        yield
    finally:
        _asked.reset(token)


def sympy_proves(pool: Pool, a: int, b: int, domain: Domain) -> bool:
    """Tell whether sympy may be asked, and simplifies the difference of two terms to 0."""
    if not _asked.get() or len(pool.reach((a, b))) > _MOST_TERMS:
        return False
    import sympy

    values = _expressions(pool, a, b, domain)
    if values is None:
        return False
    return bool(sympy.simplify(values[a] - values[b]) == 0)


def _expressions(pool: Pool, a: int, b: int, domain: Domain) -> dict[int, Any] | None:
    """Return the terms as sympy expressions; None where one has no counterpart."""
    import sympy

    functions = {
        "exp": sympy.exp, "log": sympy.log, "sin": sympy.sin, "cos": sympy.cos,
        "erf": sympy.erf, "floor": sympy.floor, "held": lambda x: x, "asin": sympy.asin,
        "atan": sympy.atan, "abs": sympy.Abs,
    }  # fmt: skip
    values: dict[int, Any] = {}
    for term in pool.reach((a, b)):
        op, held = pool.ops[term], pool.held[term]
        args = [values[arg] for arg in pool.args[term]]
        if op == "number":
            values[term] = sympy.Rational(held.numerator, held.denominator)
        elif op == "name":
            values[term] = sympy.Symbol(f"v{term}", **_known(held, domain))
        elif op == "pi":
            values[term] = sympy.pi
        elif op in ("add", "mul"):
            values[term] = sympy.Add(*args) if op == "add" else sympy.Mul(*args)
        elif op in ("power", "root"):
            values[term] = args[0] ** sympy.Rational(held)
        elif op == "pow":
            values[term] = args[0] ** args[1]
        elif op in functions:
            values[term] = functions[op](args[0])
        else:
            return None
    return values


def _known(name: str, domain: Domain) -> dict[str, bool]:
    low = domain.lower.get(name)
    if low is None or low < 0:
        return {"real": True}
    return {"positive": True} if low > 0 else {"nonnegative": True}
