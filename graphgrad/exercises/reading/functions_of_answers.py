"""Know the functions of answers beyond the rows of files: cases, sums, operators such as d/dx."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import factorial
from typing import Any

from graphgrad.errors import LimitError, SourceError
from graphgrad.exercises.algebra.building import TermBuilder, shape_of
from graphgrad.exercises.algebra.functions import TermMath, arrays
from graphgrad.exercises.algebra.operations import (
    determinant,
    diag,
    differentiated,
    identity,
    inverse,
    kronecker,
    ones,
    stacked,
    trace,
)
from graphgrad.exercises.algebra.terms import Term
from graphgrad.expr.differentials import operator_parts
from graphgrad.ops.registry import find_for
from graphgrad.ops.shapes import entries

__all__ = ["BRACKETED", "CALLED", "FUNCTIONS", "is_called", "mapped", "operated"]


_LARGEST_FACTORIAL = 200
_MOST_FACTORIAL = 1_000_000
_MOST_SUMMANDS = 40
_MOST_CASES = 12

Call = Callable[[TermBuilder, Sequence[Any]], Any]


def is_called(name: str, count: int) -> bool:
    """Tell whether a call of so many arguments belongs to this module, or is an operator."""
    if name in CALLED:
        return count in CALLED[name][1] or (name in BRACKETED and find_for(name, count) is None)
    return operator_parts(name) is not None


def _cases(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return the value of the first condition that holds: value, condition, ..., otherwise."""
    math = builder.math
    nowhere: Any = math.log(builder.pool.number(0))
    if all(shape_of(arg)[-1:] == (2,) for arg in args[:-1]) and len(args) > 1:
        args = [part for arg in args for part in entries(arg)]  # Piecewise((1, z > 0), ...)
    pairs = list(zip(args[0::2], args[1::2], strict=False))
    result = args[-1] if len(args) % 2 else nowhere
    for value, condition in reversed(pairs[:_MOST_CASES]):
        result = math.where(condition, value, result)
    return result


def _piecewise(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return cases as other programs write them.

    Of Mathematica's {{value, condition}, ...} the other cases are 0; in MATLAB and Maple each
    condition stands before its value.
    """
    if len(shape_of(args[0])) == 2 or shape_of(args[0]) == (2,) == (len(args) + 1,):
        return _cases(builder, [*entries(args[0]), *(args[1:] or [builder.pool.number(0)])])
    if len(args) > 1 and _is_condition(builder, args[0]) and not _is_condition(builder, args[1]):
        whole = len(args) - len(args) % 2
        turned = [part for k in range(0, whole, 2) for part in (args[k + 1], args[k])]
        return _cases(builder, [*turned, *args[whole:]])
    return _cases(builder, args)


def _is_condition(builder: TermBuilder, value: Any) -> bool:
    """Tell whether a value is 1 or 0 by relations alone: x > 0, 1 - (x > 0)."""
    pool, stack, seen = builder.pool, [part.id for part in entries(value)], 0
    while stack:
        term = stack.pop()
        if pool.ops[term] in ("positive", "zero"):
            seen += 1
        elif pool.ops[term] == "name":
            return False
        else:
            stack.extend(pool.args[term])
    return seen > 0


def _if(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return if(condition, value, otherwise)."""
    condition, value, *rest = args
    return _cases(builder, [value, condition, *rest])


def _matrix(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return a matrix from its rows, as Maxima writes it."""
    if len(args) == 1 and len(shape_of(args[0])) > 1:
        return args[0]
    return arrays().array([entries(row) for row in args], dtype=object)


def _dot(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return dot(a, b): of matrices their product, as NumPy has it."""
    parents = [builder.add(arg) for arg in args]
    op = "dot" if max(len(shape_of(arg)) for arg in args) < 2 else "matmul"
    return builder.value(builder.apply(op, parents))


def _inner(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return the inner product of two arrays of one shape: of matrices that of Frobenius."""
    if shape_of(args[0]) != shape_of(args[1]):
        return _dot(builder, args)
    pairs = zip(entries(args[0]), entries(args[1]), strict=True)
    return builder.pool.sum(one * other for one, other in pairs)


def _norm(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return the Euclidean norm of all entries; the absolute value of a number."""
    parts = entries(args[0])
    if len(parts) == 1:
        return builder.math.abs(parts[0])
    return builder.math.sqrt(builder.pool.sum(part**2 for part in parts))


def _norm1(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return the sum of the absolute values of all entries."""
    return builder.pool.sum(builder.math.abs(part) for part in entries(args[0]))


def _diagonal(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return diag(v), or diag(a, b, c) of numbers."""
    if len(args) == 1:
        return diag(builder, args)
    parts = [part for arg in args for part in entries(arg)]
    return diag(builder, [arrays().array(parts, dtype=object)])


def _factorial(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return a factorial: a number while it is short, else what is computed when compared."""
    term = builder.pool.term(entries(args[0])[0])
    number = builder.pool.value(term.id)
    if number is None or _LARGEST_FACTORIAL < number <= _MOST_FACTORIAL:
        return Term(builder.pool, builder.pool.put("factorial", (term.id,)))
    if number.denominator != 1 or number < 0:
        raise SourceError("answer.whole_number", name="!")
    if number > _MOST_FACTORIAL:
        raise LimitError("answer.exponent", got=number, limit=_MOST_FACTORIAL)
    return builder.pool.number(factorial(int(number)))


def _binomial(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return binom(n, k): a product of k factors where k is a number, else with factorials."""
    n, k = (entries(arg)[0] for arg in args)
    count = builder.pool.value(k.id)
    if count is None:
        above, *below = (_factorial(builder, [part]) for part in (n, k, n - k))
        return above / (below[0] * below[1])
    if count.denominator != 1 or not 0 <= count <= _MOST_SUMMANDS:
        raise SourceError("answer.whole_number", name="binom")
    factors = [(n - step) / (step + 1) for step in range(int(count))]
    return builder.pool.product(factors) if factors else builder.pool.number(1)


def _arc_of_two(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return atan2(y, x): the angle of the point (x, y), between -pi and pi."""
    math = builder.math
    y, x = args
    turned = math.where(math.less(y, 0), -math.pi, math.pi)
    left = math.atan(y / x) + turned
    return math.where(
        math.greater(x, 0),
        math.atan(y / x),
        math.where(math.less(x, 0), left, math.sign(y) * math.pi / 2),
    )


def _logarithm(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return log(x) or log(x, base)."""
    above, *base = (builder.math.log(arg) for arg in args)
    return above / base[0] if base else above


def _root(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return root(x) or root(x, n)."""
    degree = builder.pool.value(entries(args[1])[0].id) if len(args) > 1 else Fraction(2)
    if degree is None:
        return builder.math.pow(args[0], 1 / args[1])
    if degree.denominator != 1 or degree < 1:
        raise SourceError("answer.whole_number", name="root")
    if degree % 2:
        power = builder.math.powi(builder.math.abs(args[0]), n=1 / degree)
        return builder.math.sign(args[0]) * power
    return builder.math.powi(args[0], n=1 / degree)


def _summed(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return sum(f, k, 1, 3), as Maxima writes it."""
    return builder.pool.sum(_over(builder, "sum", args))


def _multiplied(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return product(f, k, 1, 3)."""
    return builder.pool.product(_over(builder, "product", args))


def _over(builder: TermBuilder, name: str, args: Sequence[Any]) -> list[Term]:
    """Return a term with each number of a range for its index."""
    pool = builder.pool
    term, index, *ends = (entries(arg)[0] for arg in args)
    first, last = (pool.value(end.id) for end in ends)
    whole = first is not None and last is not None and first.denominator == last.denominator == 1
    if not whole or pool.ops[index.id] != "name":
        raise SourceError("answer.whole_number", name=name)
    assert first is not None
    assert last is not None
    if last - first >= _MOST_SUMMANDS:
        raise LimitError("answer.too_long", limit=_MOST_SUMMANDS)
    key: str = pool.held[index.id]
    numbers = range(int(first), int(last) + 1)
    return [pool.substitute((term.id,), {key: pool.number(k)})[0] for k in numbers]


def _difference(builder: TermBuilder, args: Sequence[Any]) -> Any:
    """Return diff(f, x) or diff(f, x, n), as Maxima writes a derivative."""
    order = builder.pool.value(entries(args[2])[0].id) if len(args) > 2 else Fraction(1)
    if order is None or order not in (1, 2, 3):
        raise SourceError("answer.whole_number", name="diff")
    return _derived(builder, args[0], args[1], int(order))


def _derived(builder: TermBuilder, value: Any, variable: Any, order: int) -> Any:
    parts = entries(variable)
    if len(parts) != 1 or builder.pool.ops[parts[0].id] != "name":
        raise SourceError("answer.operator")
    name: str = builder.pool.held[parts[0].id]
    for _ in range(order):
        value = mapped(lambda term: differentiated(term, name), value)
    return value


def operated(builder: TermBuilder, name: str, variable: Any, value: Any) -> Any:
    """Return what an operator such as ``d/dx`` makes of a value.

    Raises:
        SourceError: if its variable is no input.
    """
    parts = operator_parts(name)
    assert parts is not None
    return _derived(builder, value, variable, parts[1])


def mapped(function: Callable[[Term], Term], value: Any) -> Any:
    """Apply a function to a term, or to every entry of an array of terms."""
    if not shape_of(value):
        return function(value)
    return arrays().frompyfunc(function, 1, 1)(value)


CALLED: dict[str, tuple[Call, range]] = {
    "cases": (_cases, range(2, 2 * _MOST_CASES + 2)),
    "piecewise": (_piecewise, range(1, 2 * _MOST_CASES + 2)),
    "if": (_if, range(2, 4)),
    "matrix": (_matrix, range(1, 20)),
    "dot": (_dot, range(2, 3)),
    "inner": (_inner, range(2, 3)),
    "norm": (_norm, range(1, 2)),
    "norm1": (_norm1, range(1, 2)),
    "diag": (_diagonal, range(1, 20)),
    "trace": (trace, range(1, 2)),
    "tr": (trace, range(1, 2)),
    "det": (determinant, range(1, 2)),
    "inv": (lambda builder, args: inverse(builder, args[0]), range(1, 2)),
    "eye": (identity, range(1, 2)),
    "ones": (ones, range(1, 3)),
    "vec": (stacked, range(1, 2)),
    "kron": (kronecker, range(2, 3)),
    "factorial": (_factorial, range(1, 2)),
    "fact": (_factorial, range(1, 2)),
    "binom": (_binomial, range(2, 3)),
    "atan2": (_arc_of_two, range(2, 3)),
    "diff": (_difference, range(2, 4)),
    "root": (_root, range(1, 3)),
    "nthroot": (_root, range(2, 3)),
    "log": (_logarithm, range(2, 3)),
    "log10": (_logarithm, range(2, 3)),
    "sum": (_summed, range(4, 5)),
    "product": (_multiplied, range(4, 5)),
    "prod": (_multiplied, range(4, 5)),
    "array": (lambda builder, args: args[0], range(1, 2)),
    "float": (lambda builder, args: args[0], range(1, 2)),
    "I": (lambda builder, args: args[0], range(1, 2)),
    "indicator": (lambda builder, args: args[0], range(1, 2)),
}
"""Functions of terms and arrays, with how many arguments they take."""

BRACKETED = frozenset(CALLED) - {"log", "log10", "sum", "det", "tr", "trace"}
"""Functions that need brackets: without them the word is a name like any other."""


def _sinh(m: TermMath, x: Any) -> Any:
    return (m.exp(x) - m.exp(-x)) / 2


def _cosh(m: TermMath, x: Any) -> Any:
    return (m.exp(x) + m.exp(-x)) / 2


def _reciprocal(function: Callable[[TermMath, Any], Any]) -> Callable[[TermMath, Any], Any]:
    return lambda m, x: 1 / function(m, x)


def _cut(m: TermMath, x: Any, high: int) -> Any:
    """Return x cut off at 0 and above."""
    return m.where(m.greater(x, 0), m.where(m.less(x, high), x, high), 0)


FUNCTIONS: dict[str, Callable[[TermMath, Any], Any]] = {
    "sinh": _sinh,
    "cosh": _cosh,
    "sech": _reciprocal(_cosh),
    "csch": _reciprocal(_sinh),
    "coth": lambda m, x: _cosh(m, x) / _sinh(m, x),
    "sec": lambda m, x: 1 / m.cos(x),
    "csc": lambda m, x: 1 / m.sin(x),
    "cot": lambda m, x: m.cos(x) / m.sin(x),
    "asin": lambda m, x: m.asin(x),
    "acos": lambda m, x: m.pi / 2 - m.asin(x),
    "atan": lambda m, x: m.atan(x),
    "asinh": lambda m, x: m.log(x + m.sqrt(x * x + 1)),
    "acosh": lambda m, x: m.log(x + m.sqrt(x * x - 1)),
    "atanh": lambda m, x: m.log((1 + x) / (1 - x)) / 2,
    "log2": lambda m, x: m.log(x) / m.log(m.pool.number(2)),
    "log10": lambda m, x: m.log(x) / m.log(m.pool.number(10)),
    "asec": lambda m, x: m.pi / 2 - m.asin(1 / x),
    "acsc": lambda m, x: m.asin(1 / x),
    "asech": lambda m, x: m.log((1 + m.sqrt(1 - x * x)) / x),
    "acsch": lambda m, x: m.log(1 / x + m.sqrt(1 / (x * x) + 1)),
    "acot": lambda m, x: m.pi / 2 - m.atan(x),
    "acoth": lambda m, x: m.log((x + 1) / (x - 1)) / 2,
    "square": lambda m, x: x * x,
    "logit": lambda m, x: m.log(x / (1 - x)),
    "fourthroot": lambda m, x: m.powi(x, n=Fraction(1, 4)),
    "relu6": lambda m, x: _cut(m, x, 6),
    "hardsigmoid": lambda m, x: _cut(m, x + 3, 6) / 6,
    "hardswish": lambda m, x: x * _cut(m, x + 3, 6) / 6,
    "tanhshrink": lambda m, x: x - m.tanh(x),
    "cbrt": lambda m, x: m.sign(x) * m.powi(m.abs(x), n=Fraction(1, 3)),
}
"""Functions of one argument, entry by entry."""
