"""Differentiate terms: forward mode over a term's operations, in one variable."""

from __future__ import annotations

from collections.abc import Callable

from graphgrad.exercises.algebra.functions import TermMath
from graphgrad.exercises.algebra.terms import Pool, Term

__all__ = ["differentiated"]


def differentiated(term: Term, name: str) -> Term:
    """Return the derivative of a term in a variable; at a kink, the derivative beside it.

    >>> pool = Pool()
    >>> differentiated(pool.name("x") ** 2, "x") == 2 * pool.name("x")
    True
    """
    pool = term.pool
    zero = pool.number(0)
    tangents: dict[int, Term] = {}
    for t in pool.reach((term.id,)):
        moving = [arg for arg in pool.args[t] if tangents[arg] != zero]
        if pool.ops[t] == "name":
            tangents[t] = pool.number(int(pool.held[t] == name))
        elif not moving:
            tangents[t] = zero
        else:
            tangents[t] = _tangent(pool, t, tangents)
    return tangents[term.id]


def _tangent(pool: Pool, t: int, tangents: dict[int, Term]) -> Term:
    op, args = pool.ops[t], [Term(pool, arg) for arg in pool.args[t]]
    moved = [tangents[arg.id] for arg in args]
    math = TermMath(pool)
    if op == "add":
        return pool.sum(moved)
    if op == "mul":
        zero = pool.number(0)
        return pool.sum(
            pool.product([*args[:i], move, *args[i + 1 :]])
            for i, move in enumerate(moved)
            if move != zero
        )
    if op == "power":
        whole: int = pool.held[t]
        return pool.power(args[0], whole - 1) * whole * moved[0]
    if op == "root":
        power: Term = math.powi(args[0], n=pool.held[t] - 1)
        return power * pool.number(pool.held[t]) * moved[0]
    if op == "pow":
        out = Term(pool, t)
        logarithm: Term = math.log(args[0])
        return out * (moved[1] * logarithm + args[1] * moved[0] / args[0])
    if op == "where":
        chosen: Term = math.where(args[0], moved[1], moved[2])
        return chosen
    return _OF_ONE[op](math, Term(pool, t), args[0]) * moved[0]


_OF_ONE: dict[str, Callable[[TermMath, Term, Term], Term]] = {
    "exp": lambda m, out, x: out,
    "log": lambda m, out, x: 1 / x,
    "sin": lambda m, out, x: m.cos(x),
    "cos": lambda m, out, x: -m.sin(x),
    "erf": lambda m, out, x: 2 / m.sqrt(m.pi) * m.exp(-(x**2)),
    "asin": lambda m, out, x: 1 / m.sqrt(1 - x**2),
    "atan": lambda m, out, x: 1 / (1 + x**2),
    "abs": lambda m, out, x: m.sign(x),
    "positive": lambda m, out, x: 0 * x,
    "zero": lambda m, out, x: 0 * x,
}
