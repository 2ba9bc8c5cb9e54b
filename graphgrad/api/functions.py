"""Offer every row as a function of handles, such as ``gg.sigmoid(z)``; a user's own too.

A user's element-wise op is checked before it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from inspect import signature
from typing import Any

from graphgrad.api.handle import Handle, call_row
from graphgrad.api.recording.operators import takes_one, unary
from graphgrad.errors import UsageError
from graphgrad.ops.registry import add_row, find, find_for
from graphgrad.ops.row import Condition, Elementwise, Row

__all__ = ["function_of", "register"]


def function_of(name: str) -> Callable[..., Handle] | None:
    """Return the function of a row's name or alias, or None if there is no such row.

    Operands come first, by position; settings follow, by position or keyword, axes counted from 0.

    >>> function_of("relu")(-2.0).value
    0.0
    """
    row = find(name)
    if row is None:
        return None

    of_one = unary(row.name) if takes_one(row) else None
    of_array = find_for(name, 1) or row

    def function(*operands: Any, **settings: Any) -> Handle:
        if of_one is not None and len(operands) == 1 and type(operands[0]) is Handle:
            made: Handle = of_one(operands[0], **settings)
            return made
        return call_row(of_array if len(operands) == 1 else row, operands, settings)

    function.__name__ = function.__qualname__ = row.name
    function.__doc__ = _described(row)
    return function


def _described(row: Row) -> str:
    """Return the doc of a row's function: what it computes, its arguments, its source."""
    parts = [row.doc, f"Arguments: {', '.join(row.arguments)}."]
    if row.settings:
        named = (f"{setting.name}={setting.default}" for setting in row.settings)
        parts.append(f"Settings: {', '.join(named)}.")
    if row.source:
        parts.append(f"Source: {row.source}")
    return "\n\n".join(parts)


def register(
    name: str,
    formula: Callable[..., Any],
    partials: Sequence[Callable[..., Any]] = (),
    *,
    arguments: Sequence[str] = ("x",),
    domain: Sequence[Condition] = (),
    kinks: Callable[..., tuple[Any, ...]] | None = None,
    sample: tuple[float, float] = (-2.0, 2.0),
    latex: str = "",
    doc: str = "",
    source: str = "",
) -> Callable[..., Handle]:
    """Add an op to files, figures and Python, and return its function.

    Args:
        name: the op's name.
        formula: ``(m, *arguments)``; functions come from the namespace ``m``, as ``m.exp(x)``.
        partials: one ``(m, out, *arguments)`` per argument; left out, sympy derives them.
        arguments: names of the arguments.
        domain: conditions under which the formula holds.
        kinks: ``(m, *arguments)`` to expressions whose zeros have no derivative.
        sample: an interval inside the domain, from which test points are drawn.
        latex: template over ``{0}``, ``{1}``, ...
        doc: what it computes, one line.
        source: author, title and section of the formula.

    Raises:
        UsageError: if the name is no identifier.
        RowError: if the name is taken, or a partial is not the derivative of the formula, with the
            point at which they differ.

    >>> from graphgrad.ops.registry import remove_row
    >>> cube = register("cube", lambda m, x: x**3)
    >>> x = __import__("graphgrad").param("x", 2)
    >>> cube(x).backward(); x.grad
    12.0
    >>> remove_row("cube")
    """
    from graphgrad.symbolic.witness.fill_in import derive_partials
    from graphgrad.symbolic.witness.rows import check_row

    _check_registration(name, formula, partials, arguments, domain, kinks, sample)
    conditions = tuple(domain)
    row = Elementwise(
        name=name,
        arguments=tuple(arguments),
        formula=formula,
        partials=tuple(partials),
        domain=lambda _settings: conditions,
        kinks=kinks,
        sample=sample,
        latex=latex,
        doc=doc,
        source=source,
        convention="convention.zero" if kinks else "",
    )
    if not row.partials:
        row = replace(row, partials=derive_partials(row).partials)
    check_row(row)
    add_row(row)
    function = function_of(name)
    assert function is not None
    return function


def _check_registration(
    name: str,
    formula: Any,
    partials: Any,
    arguments: Any,
    domain: Any,
    kinks: Any,
    sample: Any,
) -> None:
    """Refuse what is no op before it is tried on symbols, in words about the call.

    Raises:
        UsageError: naming the argument of `register` that is wrong.
    """
    if not isinstance(name, str) or not name.isidentifier():
        raise UsageError("name.invalid", got=name)
    named = isinstance(arguments, list | tuple) and all(
        isinstance(argument, str) and argument.isidentifier() for argument in arguments
    )
    if not named or not arguments:
        raise UsageError("register.arguments", got=arguments)
    _check_rule(name, "formula", formula, ("m", *arguments))
    if not isinstance(partials, list | tuple):
        raise UsageError("register.partials", got=type(partials).__name__)
    for partial in partials:
        _check_rule(name, "partials", partial, ("m", "out", *arguments))
    if kinks is not None:
        _check_rule(name, "kinks", kinks, ("m", *arguments))
    wrong = [c for c in domain if not isinstance(c, Condition) or c.argument >= len(arguments)]
    if wrong:
        raise UsageError("register.domain", got=wrong[0])
    ends = sample if isinstance(sample, list | tuple) else ()
    if (
        len(ends) != 2
        or not all(isinstance(end, int | float) for end in ends)
        or ends[0] >= ends[1]
    ):
        raise UsageError("register.sample", got=sample)


def _check_rule(name: str, what: str, rule: Any, wanted: tuple[str, ...]) -> None:
    """Refuse a rule that is no function of the namespace and the arguments."""
    example = f"lambda {', '.join(wanted)}: ..."
    if not callable(rule):
        kind = type(rule).__name__
        raise UsageError("register.no_function", op=name, what=what, kind=kind, example=example)
    try:
        parameters = signature(rule)
    except (TypeError, ValueError):  # a function of C, which tells nothing
        return
    try:
        parameters.bind(*wanted)
    except TypeError:
        got = ", ".join(parameters.parameters)
        raise UsageError(
            "register.signature", op=name, what=what, got=got, example=example
        ) from None
