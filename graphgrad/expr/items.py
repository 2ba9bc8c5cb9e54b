"""Hold a parsed formula: items in postfix order, so that nothing has to recurse over it.

Where an answer could be read in more than one way, remarks say how it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

__all__ = ["Expression", "Item", "Remark"]


class Item(NamedTuple):
    """One step of evaluating a formula on a stack.

    Kinds: ``number`` (value: its text with a decimal point), ``name``, ``infix`` (value: + - * / @
    ^ and comparisons), ``prefix`` (- or +), ``call`` (value: function name), ``keyword`` (marks the
    operand below as ``value=``), ``transpose``, ``index`` (operands: the array or the family, then
    subscripts; value: the parts of a name that follow, as in ``h[2].z``), ``place`` (a subscript
    such as ``t`` or ``t-1``), ``slice`` (operands: start, stop), ``nothing`` (a missing slice
    bound), ``array``, ``rows`` (``[a, b; c, d]``), ``shape`` (``16x2``), ``string``, ``range``
    (value: a letter; operands: its first and last number) with the ``fold`` that repeats the items
    between them, as in ``sum(t=1:3, x[t])``, and ``node`` (value: the id of a node).
    """

    kind: str
    value: str
    arity: int
    start: int
    end: int


class Expression(NamedTuple):
    """A formula as the author wrote it and as postfix items; columns count from 0 here.

    Attributes:
        text: the line it stands on.
        items: its items in postfix order.
        calls: the names that are called in it.
        folds: whether it holds a ``fold``.
    """

    text: str
    items: tuple[Item, ...]
    calls: tuple[str, ...] = ()
    folds: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """Return the first and one past the last column of the formula."""
        return min(item.start for item in self.items), max(item.end for item in self.items)


class Remark(NamedTuple):
    """Something a reader should know: a message id and its fields."""

    message_id: str
    fields: Mapping[str, Any]
