"""Register a user's own element-wise op, checked before it is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from graphgrad.api.functions import function_of
from graphgrad.api.handle import Handle
from graphgrad.errors import UsageError
from graphgrad.ops.registry import add_row
from graphgrad.ops.row import Condition, Elementwise

__all__ = ["register"]


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

    if not name.isidentifier():
        raise UsageError("name.invalid", got=name)
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
