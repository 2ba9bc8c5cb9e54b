"""Random formulas in pairs, half of them equal by a rewriting, and an independent evaluator."""

from __future__ import annotations

import random
from typing import Any

import mpmath

Tree = Any
"""A name, a number, or a tuple of an operation and its arguments."""

NAMES = ("x", "y", "z")
UNARY = ("exp", "log", "sqrt", "sin", "cos", "tanh", "sigmoid", "relu", "abs", "neg", "softplus")
BINARY = ("+", "-", "*", "/", "+", "*", "max", "min")
JUMPING = (*UNARY, "sign", "step", "sign", "step")
WITH_POWERS = (*BINARY, "pow", "pow")


def tree(rng: random.Random, depth: int, *, wide: bool = False) -> Tree:
    """Return a random tree; a wide one has jumps and powers with a variable exponent too."""
    if depth == 0 or rng.random() < 0.15:
        return rng.choice(NAMES) if rng.random() < 0.75 else rng.choice((0, 1, 2, 3, -1))
    if rng.random() < 0.4:
        return rng.choice(JUMPING if wide else UNARY), tree(rng, depth - 1, wide=wide)
    if rng.random() < 0.15:
        return "^", tree(rng, depth - 1, wide=wide), rng.choice((2, 3, -1, 2))
    op = rng.choice(WITH_POWERS if wide else BINARY)
    return op, tree(rng, depth - 1, wide=wide), tree(rng, depth - 1, wide=wide)


def text(node: Tree) -> str:
    if not isinstance(node, tuple):
        return f"({node})" if isinstance(node, int) and node < 0 else str(node)
    op, *args = node
    if op == "neg":
        return f"(-{text(args[0])})"
    if op in ("+", "-", "*", "/", "^"):
        return f"({text(args[0])} {op} {text(args[1]) if op != '^' else f'({args[1]})'})"
    if op == "pow":
        return f"({text(args[0])} ^ {text(args[1])})"
    return f"{op}({', '.join(map(text, args))})"


RULES: list[Any] = [
    lambda n: ("pow", ("pow", n[1], n[2][1]), n[2][2]) if _is_second(n, "pow", "*") else None,
    lambda n: (
        ("*", ("pow", n[1], n[2][1]), ("pow", n[1], n[2][2])) if _is_second(n, "pow", "+") else None
    ),
    lambda n: ("pow", n[1][1], ("*", n[1][2], n[2])) if _is(n, "pow", "pow") else None,
    lambda n: ("*", ("pow", n[1][1], n[2]), ("pow", n[1][2], n[2])) if _is(n, "pow", "*") else None,
    lambda n: ("*", n[1], ("pow", n[1], ("-", n[2], 1))) if n[0] == "pow" else None,
    lambda n: ("exp", ("*", n[2], ("log", n[1]))) if n[0] == "pow" else None,
    lambda n: ("pow", ("neg", n[1]), n[2]) if n[0] == "pow" else None,
    lambda n: ("*", ("pow", -1, n[2]), ("pow", ("neg", n[1]), n[2])) if n[0] == "pow" else None,
    lambda n: ("-", ("step", n[1]), ("step", ("neg", n[1]))) if n[0] == "sign" else None,
    lambda n: ("/", n[1], ("abs", n[1])) if n[0] == "sign" else None,
    lambda n: ("-", 1, ("step", ("neg", n[1]))) if n[0] == "step" else None,
    lambda n: ("/", ("+", 1, ("sign", n[1])), 2) if n[0] == "step" else None,
    lambda n: ("step", ("^", n[1], 3)) if n[0] == "step" else None,
    lambda n: ("*", n[1], ("step", n[1])) if n[0] == "relu" else None,
    lambda n: ("*", n[1], ("sign", n[1])) if n[0] == "abs" else None,
    lambda n: ("+", n[2], n[1]) if n[0] == "+" else None,
    lambda n: ("*", n[2], n[1]) if n[0] == "*" else None,
    lambda n: ("-", n[2], n[1]) if n[0] == "-" else None,
    lambda n: ("+", n[1], ("neg", n[2])) if n[0] == "-" else None,
    lambda n: ("max", n[1], 0) if n[0] == "relu" else None,
    lambda n: ("/", ("+", n[1], ("abs", n[1])), 2) if n[0] == "relu" else None,
    lambda n: n[1] if n[0] == "abs" else None,
    lambda n: ("sqrt", ("^", n[1], 2)) if n[0] == "abs" else None,
    lambda n: ("+", ("relu", n[1]), ("relu", ("neg", n[1]))) if n[0] == "abs" else None,
    lambda n: ("-", 1, ("sigmoid", ("neg", n[1]))) if n[0] == "sigmoid" else None,
    lambda n: ("/", 1, ("+", 1, ("exp", ("neg", n[1])))) if n[0] == "sigmoid" else None,
    lambda n: ("-", ("*", 2, ("sigmoid", ("*", 2, n[1]))), 1) if n[0] == "tanh" else None,
    lambda n: ("log", ("+", 1, ("exp", n[1]))) if n[0] == "softplus" else None,
    lambda n: ("-", n[1], ("min", n[1], 0)) if n[0] == "relu" else None,
    lambda n: ("neg", ("min", ("neg", n[1]), ("neg", n[2]))) if n[0] == "max" else None,
    lambda n: ("+", n[2], ("relu", ("-", n[1], n[2]))) if n[0] == "max" else None,
    lambda n: n[1] if n[0] == "max" else None,
    lambda n: ("*", n[1], ("^", n[2], -1)) if n[0] == "/" else None,
    lambda n: ("/", n[2], n[1]) if n[0] == "/" else None,
    lambda n: ("*", n[1], n[1]) if n[0] == "^" and n[2] == 2 else None,
    lambda n: ("*", n[1], ("^", n[1], n[2] - 1)) if n[0] == "^" else None,
    lambda n: ("exp", ("/", ("log", n[1]), 2)) if n[0] == "sqrt" else None,
    lambda n: ("^", ("exp", ("/", n[1], 2)), 2) if n[0] == "exp" else None,
    lambda n: ("*", ("exp", n[1][1]), ("exp", n[1][2])) if _is(n, "exp", "+") else None,
    lambda n: ("+", ("log", n[1][1]), ("log", n[1][2])) if _is(n, "log", "*") else None,
    lambda n: ("*", ("sqrt", n[1][1]), ("sqrt", n[1][2])) if _is(n, "sqrt", "*") else None,
    lambda n: n[1][1] if _is(n, "sqrt", "^") else None,
    lambda n: n[1][1] if _is(n, "log", "exp") or _is(n, "exp", "log") else None,
    lambda n: ("+", ("^", n[1][1], 2), ("^", n[1][2], 2)) if _is(n, "^", "+") else None,
    lambda n: ("*", n[1], ("/", ("cos", n[1]), ("cos", n[1]))) if n[0] == "sin" else None,
    lambda n: ("cos", ("neg", n[1])) if n[0] == "cos" else None,
    lambda n: ("-", 1, ("*", 2, ("^", ("sin", ("/", n[1], 2)), 2))) if n[0] == "cos" else None,
]


def _is(node: Tree, outer: str, inner: str) -> bool:
    return bool(node[0] == outer and isinstance(node[1], tuple) and node[1][0] == inner)


def _split_power(node: Tree) -> Tree:
    return "*", ("pow", node[1], node[2][1]), ("pow", node[1], node[2][2])


def _is_second(node: Tree, outer: str, inner: str) -> bool:
    return bool(node[0] == outer and isinstance(node[2], tuple) and node[2][0] == inner)


def rewritten(rng: random.Random, node: Tree, chance: float) -> Tree:
    """Return a tree with some operations replaced, rightly or wrongly."""
    if not isinstance(node, tuple):
        return node
    op, *args = node
    if op == "^":
        node = (op, rewritten(rng, args[0], chance), args[1])
    else:
        node = (op, *(rewritten(rng, arg, chance) for arg in args))
    if rng.random() < chance:
        for rule in rng.sample(RULES, 12):
            found = rule(node)
            if found is not None:
                return found
    return node


def pair(rng: random.Random, *, wide: bool = False) -> tuple[Tree, Tree]:
    first = tree(rng, rng.choice((2, 3, 3, 4)), wide=wide)
    if rng.random() < 0.1:
        return first, tree(rng, 3, wide=wide)
    return first, rewritten(rng, first, rng.choice((0.15, 0.4)))


class Undefined(Exception):  # noqa: N818
    pass


def value(node: Tree, point: dict[str, Any]) -> Any:
    """Return a tree's value by mpmath, which shares nothing with the code under test."""
    if isinstance(node, str):
        return point[node]
    if isinstance(node, int):
        return mpmath.mpf(node)
    args = [value(arg, point) for arg in (node[1:2] if node[0] == "^" else node[1:])]
    try:
        result = _OPS[node[0]](*args, *(node[2:] if node[0] == "^" else ()))
    except (ZeroDivisionError, ValueError, OverflowError) as error:
        raise Undefined from error
    if isinstance(result, mpmath.mpc) or not mpmath.isfinite(result) or abs(result) > 1e60:
        raise Undefined
    return result


def _log(x: Any) -> Any:
    if x <= 0:
        raise Undefined
    return mpmath.log(x)


def _sqrt(x: Any) -> Any:
    if x < 0:
        raise Undefined
    return mpmath.sqrt(x)


def _exp(x: Any) -> Any:
    if abs(x) > 60:
        raise Undefined
    return mpmath.exp(x)


def _power(x: Any, n: int) -> Any:
    return x**n


def _variable_power(x: Any, y: Any) -> Any:
    if x <= 0 and (x == 0 or y != mpmath.nint(y) or BASES_ABOVE_ZERO in _limits):
        raise Undefined
    return x ** int(y) if x < 0 else x**y


BASES_ABOVE_ZERO = "bases above zero"
_limits: set[str] = set()


_OPS: dict[str, Any] = {
    "pow": _variable_power,
    "sign": mpmath.sign,
    "step": lambda x: mpmath.mpf(x > 0),
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": _power,
    "max": max,
    "min": min,
    "exp": _exp,
    "log": _log,
    "sqrt": _sqrt,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "tanh": mpmath.tanh,
    "sigmoid": lambda x: 1 / (1 + _exp(-x)),
    "relu": lambda x: max(x, mpmath.mpf(0)),
    "abs": abs,
    "neg": lambda x: -x,
    "softplus": lambda x: mpmath.log(1 + _exp(x)),
}


def contradiction(
    a: Tree, b: Tree, rng: random.Random, count: int, *, conditions: tuple[str, ...] = ()
) -> dict[str, Any] | None:
    """Return a point at which two trees both exist and clearly differ.

    One point in three has small whole numbers, which is where jumps are; conditions under which
    they are said to be equal are kept.
    """
    _limits.clear()
    _limits.update({BASES_ABOVE_ZERO} if "check.base_positive" in conditions else ())
    whole = "check.except_jumps" not in conditions
    for turn in range(count):
        spread = rng.choice((1, 3, 10))
        if whole and turn % 3 == 0:
            point = {name: mpmath.mpf(rng.randint(-3, 3)) for name in NAMES}
        else:
            point = {name: mpmath.mpf(rng.uniform(-spread, spread)) for name in NAMES}
        try:
            left, right = value(a, point), value(b, point)
        except Undefined:
            continue
        if abs(left - right) > mpmath.mpf("1e-15") * (1 + abs(left) + abs(right)):
            return point
    return None
