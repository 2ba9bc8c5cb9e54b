"""List the rewrites into stable forms: a pattern of ops, and the ops that compute it in one piece.

A pattern is a tuple of an op and its arguments: a text stands for any node, the same text for the
same value; a number for a constant; ``{"n": 2}`` at the end for settings it must have, a text with
``$`` there for whatever settings it has. Sums and products match in either order. The tests prove
each rule with sympy.

Source of the forms: Blanchard, Higham and Higham, Accurately Computing the Log-Sum-Exp and Softmax
Functions, IMA J. Numer. Anal. 41, 2021; Mächler, Accurately Computing log(1 - exp(-|a|)), 2012.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from graphgrad.ops.shapes import Shape

__all__ = ["LAST_RULES", "RULES", "Rule"]

Settings = Mapping[str, Any]


class Rule(NamedTuple):
    """One rewrite.

    Attributes:
        pattern: what is looked for.
        stable: what it becomes.
        when: whether settings and shapes allow it, by the names they have in the pattern.
    """

    pattern: tuple[Any, ...]
    stable: tuple[Any, ...]
    when: Callable[[Mapping[str, Any], Callable[[str], Shape]], bool] = lambda _found, _shape: True


def _one_axis(found: Mapping[str, Any], shape: Callable[[str], Shape]) -> bool:
    """Tell whether a sum of z broadcasts back along the one axis that it was taken over."""
    settings = found["$s"]
    return len(settings["axis"]) == 1 and (settings["keepdims"] or len(shape("z")) == 1)


def _vector(_found: Mapping[str, Any], shape: Callable[[str], Shape]) -> bool:
    return len(shape("x")) == 1


def _numbers(found: Mapping[str, Any], shape: Callable[[str], Shape]) -> bool:
    return not any(shape(name) for name in found)


def _along(found: Mapping[str, Any]) -> dict[str, Any]:
    return {"axis": found["$s"]["axis"][0]}


def _of_terms(term: Callable[[str], tuple[Any, ...]], count: int) -> tuple[Any, ...]:
    """Return the pattern of a sum of so many terms, as it is written without brackets."""
    whole = term(_TERMS[0])
    for name in _TERMS[1:count]:
        whole = ("add", whole, term(name))
    return whole


def _exp(name: str) -> tuple[Any, ...]:
    return ("exp", name)


def _square(name: str) -> tuple[Any, ...]:
    return ("powi", name, {"n": 2})


_TERMS = ("x", "y", "w", "v", "u")
_COUNTS = (5, 4, 3)
"""How many terms a sum of numbers may have to be known; of two there are rules of their own."""
_EXP, _TO = ("exp", "z"), ("exp", ("neg", "z"))
_EXP_X, _TO_X = ("exp", "x"), ("exp", ("neg", "x"))

_ROOTS: tuple[Rule, ...] = (
    Rule(("sqrt", ("powi", "x", {"n": 2})), ("abs", "x")),
    Rule(("sqrt", ("mul", "x", "x")), ("abs", "x")),
    Rule(("sqrt", ("sum", ("powi", "x", {"n": 2}), "$s")), ("norm", "x", "$s")),
    Rule(("sqrt", ("sum", ("mul", "x", "x"), "$s")), ("norm", "x", "$s")),
    Rule(
        ("sqrt", ("add", ("powi", "x", {"n": 2}), ("powi", "y", {"n": 2}))),
        ("norm", ("stack", "x", "y")),
        _numbers,
    ),
    *(
        Rule(("sqrt", _of_terms(_square, n)), ("norm", ("stack", *_TERMS[:n])), _numbers)
        for n in _COUNTS
    ),
    Rule(("sqrt", ("matmul", "x", "x")), ("norm", "x"), _vector),
    Rule(("sqrt", ("dot", "x", "x")), ("norm", "x"), _vector),
)
"""Square roots of squares: also written as a power with the exponent 1/2."""

RULES: tuple[Rule, ...] = (
    Rule(("log", ("sigmoid", "z")), ("log_sigmoid", "z")),
    Rule(("log", ("sub", 1, ("sigmoid", "z"))), ("log_sigmoid", ("neg", "z"))),
    Rule(("log", ("softmax", "z", "$s")), ("log_softmax", "z", "$s")),
    Rule(
        ("log", ("index", ("softmax", "z", "$s"), "$k")),
        ("index", ("log_softmax", "z", "$s"), "$k"),
    ),
    Rule(
        ("log", ("gather", ("softmax", "z", "$s"), "$k")),
        ("gather", ("log_softmax", "z", "$s"), "$k"),
    ),
    Rule(("log", ("sum", _EXP, "$s")), ("logsumexp", "z", "$s")),
    Rule(("log", ("add", 1, _EXP)), ("softplus", "z")),
    Rule(("log1p", _EXP), ("softplus", "z")),
    Rule(("log", ("sub", 1, _EXP)), ("log", ("neg", ("expm1", "z")))),
    Rule(("log", ("add", _EXP_X, ("exp", "y"))), ("add", "x", ("softplus", ("sub", "y", "x")))),
    *(
        Rule(("log", _of_terms(_exp, n)), ("logsumexp", ("stack", *_TERMS[:n])), _numbers)
        for n in _COUNTS
    ),
    Rule(("log", _EXP), ("identity", "z")),
    Rule(("log", ("div", 1, _EXP)), ("neg", "z")),
    Rule(("log", ("div", _EXP, "y")), ("sub", "z", ("log", "y"))),
    Rule(("log", ("div", "y", _EXP)), ("sub", ("log", "y"), "z")),
    Rule(("log", ("div", ("index", _EXP, "$k"), "y")), ("sub", ("index", "z", "$k"), ("log", "y"))),
    Rule(("div", _EXP_X, ("add", _EXP_X, ("exp", "y"))), ("sigmoid", ("sub", "x", "y"))),
    Rule(("div", _EXP_X, ("exp", "y")), ("exp", ("sub", "x", "y"))),
    Rule(("div", _EXP, ("sum", _EXP, "$s")), ("softmax", "z", _along), _one_axis),
    Rule(("div", 1, ("add", 1, _TO)), ("sigmoid", "z")),
    Rule(("div", 1, ("add", 1, _EXP)), ("sigmoid", ("neg", "z"))),
    Rule(("div", _EXP, ("add", 1, _EXP)), ("sigmoid", "z")),
    Rule(("div", ("sub", _EXP_X, _TO_X), ("add", _EXP_X, _TO_X)), ("tanh", "x")),
    Rule(("sub", 1, ("sigmoid", "z")), ("sigmoid", ("neg", "z"))),
    Rule(("powi", ("sqrt", "x"), {"n": 2}), ("identity", "x")),
    Rule(("mul", ("sqrt", "x"), ("sqrt", "x")), ("identity", "x")),
    Rule(("powi", ("powi", "x", {"n": 0.5}), {"n": 2}), ("identity", "x")),
    *_ROOTS,
    *(
        Rule(("powi", of_squares, {"n": 0.5}), stable, when)
        for (_, of_squares), stable, when in _ROOTS
    ),
    Rule(("powi", ("norm", "x", "$s"), {"n": 2}), ("sum", ("mul", "x", "x"), "$s")),
)
"""Tried in this order at every op, from the output back, until none applies."""

LAST_RULES: tuple[Rule, ...] = (
    Rule(("mul", "x", ("log", "y")), ("xlogy", "x", "y")),
    Rule(("log", ("add", 1, "x")), ("log1p", "x")),
    Rule(("sub", _EXP, 1), ("expm1", "z")),
)
"""Tried when no other rule applies any more: the logarithm may have become a stable one."""
