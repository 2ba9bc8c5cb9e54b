"""Evaluate formulas that the symbolic floor wrote, on numbers, without graphs."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np

from graphgrad.expr.dialect import STRICT
from graphgrad.expr.parser import parse
from graphgrad.graph.graph import Graph, Line
from graphgrad.graph.settings import complete_settings
from graphgrad.ops.evaluate import arithmetic
from graphgrad.ops.registry import find, row
from graphgrad.source.gg import read_gg
from graphgrad.symbolic.derive.partials import line_partials

_DIALECT = STRICT._replace(inner_names=True, max_length=100_000)
_INFIX = {"+": "add", "-": "sub", "*": "mul", "/": "div", "@": "matmul", "<": "less"}
_INFIX |= {">": "greater", "==": "equal"}


def evaluate(text: str, names: dict[str, Any]) -> Any:
    """Return a formula's value; ``names`` holds values, and adjoints as ``adj(h)``."""
    stack: list[Any] = []
    for item in parse(text, _DIALECT).items:
        count = item.arity
        args = stack[len(stack) - count :]
        del stack[len(stack) - count :]
        stack.append(_result(item.kind, item.value, args, names))
    (result,) = stack
    return _value(result, names)


def _value(operand: Any, names: dict[str, Any]) -> Any:
    if isinstance(operand, tuple) and operand[0] == "name":
        known = {"pi": math.pi, "e": math.e} | names
        return known[operand[1]]
    return operand


def _result(kind: str, value: str, args: list[Any], names: dict[str, Any]) -> Any:
    if kind == "number":
        return float(value)
    if kind == "name":
        return ("name", value)
    if kind == "shape":
        return tuple(map(int, value.split("x")))
    if kind == "keyword":
        return ("keyword", value, args[0])
    if kind == "slice":
        return ("slice", int(args[0]), int(args[1]))
    if kind == "call":
        return _call(value, args, names)
    args = [_value(arg, names) for arg in args]
    if kind == "array":
        return ("key", args) if _is_key(args) else np.array(args, dtype=float)
    if kind == "prefix":
        return _applied("neg", args) if value == "-" else args[0]
    if kind == "transpose":
        return np.transpose(args[0])
    if kind == "index":
        return _applied("index", args[:1], key=_key(args[1:]))
    return _infix(value, args)


def _infix(symbol: str, args: list[Any]) -> Any:
    if symbol == "^":
        if isinstance(args[1], float):
            if args[1] == -1 and np.ndim(args[0]) > 1:
                return _applied("inverse", args[:1])
            return _applied("powi", args[:1], n=args[1])
        return _applied("pow", args)
    if symbol == "!=":
        return 1 - _applied("equal", args)
    if symbol in ("<=", ">="):
        return 1 - _applied("greater" if symbol == "<=" else "less", args)
    return _applied(_INFIX[symbol], args)


def _is_key(args: list[Any]) -> bool:
    return any(isinstance(arg, tuple) for arg in args)


def _key(parts: list[Any]) -> Any:
    return tuple(
        (part[1] - 1, part[2]) if isinstance(part, tuple) else int(part) - 1 for part in parts
    )


def _call(name: str, args: list[Any], names: dict[str, Any]) -> Any:
    if name == "adj":
        return names[f"adj({args[0][1]})"]
    settings = {arg[1]: _setting(arg[1], arg[2]) for arg in args if _is_keyword(arg)}
    positional = [_value(arg, names) for arg in args if not _is_keyword(arg)]
    found = find(name)
    assert found is not None, name
    return _applied(found.name, positional, **settings)


def _is_keyword(arg: Any) -> bool:
    return isinstance(arg, tuple) and arg[0] == "keyword"


def _setting(name: str, value: Any) -> Any:
    if name == "key":
        parts = value[1] if isinstance(value, tuple) else np.atleast_1d(value).tolist()
        return _key(list(parts))
    if name in ("axis", "axes"):
        return tuple(int(axis) - 1 for axis in np.atleast_1d(value))
    if name == "shape":
        return value if isinstance(value, tuple) else (int(value),)
    if name == "at":
        return [int(place) - 1 for place in np.atleast_1d(value)]
    if name == "keepdims":
        return bool(value)
    return Fraction(value) if name == "alpha" else value


def _applied(name: str, args: list[Any], **settings: Any) -> Any:
    shapes = tuple(np.shape(arg) for arg in args)
    numbers = arithmetic()
    found = row(name)
    kinds = {setting.name: setting.kind for setting in found.settings}
    for key in settings:
        if kinds.get(key) == "axis":
            settings[key] = settings[key][0]
    full = numbers.settings(complete_settings(found, settings, shapes))
    values = tuple(arg if np.shape(arg) else float(arg) for arg in args)
    return numbers.value(found, values, full, scalar=not any(shapes))


def last_line(graph: Graph) -> Line:
    return graph.line(graph.line_of(graph.output))


def texts(source: str) -> list[str]:
    graph = read_gg(source)
    return [partial.text for partial in line_partials(graph, last_line(graph))]


def names_of(trace: Any) -> dict[str, Any]:
    graph = trace.graph
    values = {graph.name(node): trace.values[node] for node in range(len(graph))}
    adjoints = {f"adj({graph.name(n)})": trace.adjoint(n) for n in range(len(graph))}
    return values | adjoints


def assert_close(text: str, names: dict[str, Any], expected: Any) -> None:
    got = evaluate(text, names)
    shape = np.broadcast_shapes(np.shape(got), np.shape(expected))
    assert np.allclose(
        np.broadcast_to(got, shape), np.broadcast_to(expected, shape), rtol=1e-9, atol=1e-12
    ), text
