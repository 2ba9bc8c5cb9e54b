"""Tell a false claim from an equation: w x + b = 0 states where, not that it always holds."""

from __future__ import annotations

from graphgrad.errors import SourceError
from graphgrad.exercises.answers import Answer, Link
from graphgrad.exercises.notes.context import Context
from graphgrad.exercises.report import Mark
from graphgrad.exercises.term_math import entries

__all__ = ["refuse_equation"]

_ARITHMETIC = frozenset({"number", "name", "infix", "prefix"})


def refuse_equation(context: Context, mark: Mark, answer: Answer) -> None:
    """Refuse what free variables leave open.

    Raises:
        SourceError: if shapes differ that nothing declares, or if a variable stands on one side
            only, in plain arithmetic: that is an equation, not an identity.
    """
    if mark.method == "shape":
        raise SourceError("notes.shape")
    if answer.target is None or answer.target.kind != "claim":
        return
    sides = [_free_names(context, link) for link in answer.links]
    for link, names in zip(answer.links, sides, strict=True):
        others = [side for side in sides if side is not names]
        alone = names - set().union(*others)
        plain = all(item.kind in _ARITHMETIC for item in link.reading.expression.items)
        if alone and plain and not names <= context.given.keys():
            raise SourceError("notes.equation", name=min(alone))


def _free_names(context: Context, link: Link) -> set[str]:
    reference = context.reference
    value = reference.meaning.of(link.reading.expression)
    return set(reference.pool.names(term.id for term in entries(value)))
