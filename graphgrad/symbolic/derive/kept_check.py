"""Check derivatives that were kept as text: at a point they are what the rows say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from math import prod
from typing import Any, Final

from graphgrad.errors import GraphgradError
from graphgrad.expr.items import Item
from graphgrad.expr.parser import parse
from graphgrad.ops.evaluate import arithmetic, arrays
from graphgrad.ops.registry import find, row
from graphgrad.ops.row import Elementwise
from graphgrad.ops.shapes import Shape, unbroadcast
from graphgrad.symbolic.derive.small_graph import Wiring
from graphgrad.symbolic.write.gaps import fill, template

__all__ = ["holds_at_a_point"]

_POINTS: Final = ((0.37, 0.61), (1.7, 0.23), (-0.45, 0.3))
"""Where: the first value and the step from one to the next; domains leave at least one."""
_TOLERANCE: Final = 1e-9
_INFIX: Final = {"+": "add", "-": "sub", "*": "mul", "/": "div", "^": "pow"}
_COMPARED: Final = {
    ">": "greater", "<": "less", ">=": "greater_equal", "<=": "less_equal", "==": "equal",
    "!=": "not_equal",
}  # fmt: skip


def holds_at_a_point(wiring: Wiring, texts: Mapping[int, str]) -> bool:
    """Tell whether texts are the derivatives of some operations, by slot.

    Checked at the first of a few points at which everything is finite; false where there is none.
    """
    for start, step in _POINTS:
        values = _values(wiring, start, step)
        seed = _spread(0.8, step, _shape(values[-1]))
        expected = _pulled_back(wiring, values, seed)
        if _finite(*values, *expected.values()):
            return all(
                slot in expected and _is(text, expected[slot], values, seed)
                for slot, text in texts.items()
            )
    return False


def _is(text: str, expected: Any, values: list[Any], seed: Any) -> bool:
    """Tell whether a text times the seed is what is pulled back, in its shape."""
    try:
        found = seed * _evaluated(text, values)
        if type(found) is float and type(expected) is float:  # NumPy need not be loaded
            return math.isclose(found, expected, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE)
        found = unbroadcast(arrays(), found, _shape(expected))
    except (GraphgradError, ArithmeticError, KeyError, TypeError, ValueError, IndexError):
        return False
    np = arrays().np
    return bool(np.allclose(found, expected, rtol=_TOLERANCE, atol=_TOLERANCE))


def _finite(*values: Any) -> bool:
    return all(math.isfinite(v) if isinstance(v, float) else math.isfinite(v.sum()) for v in values)


def _shape(value: Any) -> Shape:
    return tuple(getattr(value, "shape", ()))


def _spread(start: float, step: float, shape: Shape) -> Any:
    """Return numbers at equal steps, as an array of a shape or as one number."""
    if not shape:
        return start
    np = arrays().np
    return start + 0.1 * step * np.arange(float(prod(shape))).reshape(shape)


def _values(wiring: Wiring, start: float, step: float) -> list[Any]:
    """Return a value of every source, and what follows of every local."""
    numbers = arithmetic()
    shapes = wiring.signature.shapes or ((),) * (wiring.root + 1)
    values = [_spread(start + step * n, step, shapes[n]) for n in range(wiring.first)]
    for number in range(wiring.first, wiring.root + 1):
        constant = wiring.constant(number)
        if constant is None:
            args = tuple(values[arg] for arg in wiring.args[number])
            settings = numbers.settings(wiring.settings(number))
            called = wiring.operations[number].row
            values.append(numbers.value(called, args, settings, scalar=not shapes[number]))
        elif constant.symbol:
            values.append(math.pi if constant.symbol == "pi" else math.e)
        elif constant.exact is not None:
            values.append(float(constant.exact))
        else:
            values.append(_spread(-2.5 if constant.minus else 2.5, 0.0, shapes[number]))
    return values


def _pulled_back(wiring: Wiring, values: list[Any], seed: Any) -> dict[int, Any]:
    """Return what the root's seed becomes: by slot of the only op, else by source."""
    numbers = arithmetic()

    def contribution(number: int, slot: int, adjoint: Any) -> Any:
        args = tuple(values[arg] for arg in wiring.args[number])
        settings = numbers.settings(wiring.settings(number))
        called = wiring.operations[number].row
        return numbers.contribution(called, slot, adjoint, values[number], args, settings)

    if wiring.single:
        slots = range(len(wiring.args[wiring.root]))
        return {slot: contribution(wiring.root, slot, seed) for slot in slots}
    adjoints = {wiring.root: seed}
    for number in reversed(wiring.operations):
        if number in adjoints:
            for slot, arg in enumerate(wiring.args[number]):
                term = contribution(number, slot, adjoints[number])
                adjoints[arg] = adjoints[arg] + term if arg in adjoints else term
    return {source: adjoints[source] for source in range(wiring.first) if source in adjoints}


def _evaluated(text: str, values: list[Any]) -> Any:
    """Return the value of a text with gaps."""
    named: dict[str, Any] = {}

    def name(kind: str, index: int) -> str:
        gap = f"v{index}"
        named[gap] = abs(values[index]) if kind in "cC" else values[index]
        return gap

    expression = parse(fill(template(text), name))
    stack: list[Any] = []
    for item in expression.items:
        count = item.arity
        args = stack[len(stack) - count :] if count else []
        del stack[len(stack) - count :]
        stack.append(_applied(item, args, named))
    return stack[-1]


def _applied(item: Item, args: list[Any], named: Mapping[str, Any]) -> Any:
    """Return what one item makes of its arguments; of a keyword, its name and value.

    Raises:
        KeyError: with an item or a name that no derivative of numbers has.
    """
    if item.kind == "number":
        return float(item.value)
    if item.kind == "name":
        return (
            named[item.value] if item.value in named else {"pi": math.pi, "e": math.e}[item.value]
        )
    if item.kind == "prefix":
        return -args[0] if item.value == "-" else args[0]
    if item.kind == "keyword":
        return item.value, args[0]
    called = row((_INFIX | _COMPARED)[item.value]) if item.kind == "infix" else _named(item)
    given = called.defaults | dict(arg for arg in args if isinstance(arg, tuple))
    operands = tuple(arg for arg in args if not isinstance(arg, tuple))
    scalar = not any(map(_shape, operands))
    return arithmetic().value(called, operands, arithmetic().settings(given), scalar=scalar)


def _named(item: Item) -> Elementwise:
    called = find(item.value) if item.kind == "call" else None
    if not isinstance(called, Elementwise):
        raise KeyError(item.value)
    return called
