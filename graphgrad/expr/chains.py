"""Cut a chain of relations such as ``0 < p < 1`` into its sides and the signs between them."""

from __future__ import annotations

from collections.abc import Iterable

from graphgrad.expr.tokens import Token

__all__ = ["RELATIONS", "relation_sides"]

RELATIONS = frozenset({"<", ">", "<=", ">=", "=", "==", "!="})


def relation_sides(tokens: Iterable[Token]) -> tuple[list[list[Token]], list[str]]:
    """Return the sides of a chain, and its signs; one in brackets, as of a setting, is none.

    >>> from graphgrad.expr.tokens import tokenize
    >>> sides, signs = relation_sides(tokenize("sum(Y, axis=2) = 1"))
    >>> [len(side) for side in sides], signs
    ([8, 1], ['='])
    """
    sides: list[list[Token]] = [[]]
    signs: list[str] = []
    depth = 0
    for token in tokens:
        depth += (token.value in ("(", "[")) - (token.value in (")", "]"))
        if depth <= 0 and token.kind == "operator" and token.value in RELATIONS:
            signs.append(token.value)
            sides.append([])
        else:
            sides[-1].append(token)
    return sides, signs
