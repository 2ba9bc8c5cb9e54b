"""Read conditions on numbers, such as ``v>1`` and ``|g|<1e-6``, and find the nodes that meet them.

Only what is known at the moment counts: a search never tells what is still to come.
"""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from graphgrad.ops.evaluate import to_float

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graphgrad.trace.trace import State

__all__ = ["Condition", "nodes_where", "read_condition"]

_FORM = re.compile(
    r"\s*+(?P<bar>\|)?\s*+(?P<what>[vg∇])\s*+(?P<end>\|)?\s*+(?P<sign><=|>=|[<>=≤≥])\s*+"
    r"(?P<bound>[-+]?(?:\d++(?:[.,]\d*+)?|[.,]\d++)(?:e[-+]?\d++)?)\s*+$",
    re.IGNORECASE,
)
_SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    "≤": operator.le,
    ">=": operator.ge,
    "≥": operator.ge,
    "=": operator.eq,
}


class Condition(NamedTuple):
    """A bound on a value (``v``) or an adjoint (``g``), or on its size."""

    what: str
    size: bool
    sign: str
    bound: float


def read_condition(text: str) -> Condition | None:
    """Return a condition; None if the text is none.

    >>> read_condition("|g| < 1e-6"), read_condition("vgg")
    (Condition(what='g', size=True, sign='<', bound=1e-06), None)
    """
    found = _FORM.match(text)
    if found is None or bool(found["bar"]) != bool(found["end"]):
        return None
    what = "v" if found["what"].lower() == "v" else "g"
    bound = float(found["bound"].replace(",", "."))
    return Condition(what, bool(found["bar"]), found["sign"], bound)


def nodes_where(state: State, nodes: Iterable[int], condition: Condition) -> list[int]:
    """Return the nodes with a number known now, or an entry of it, that meets a condition."""
    ask = state.value if condition.what == "v" else state.adjoint
    return [node for node in nodes if _meets(ask(node), condition)]


def _meets(value: Any, condition: Condition) -> bool:
    if value is None:
        return False
    number = to_float(value)
    met = _SIGNS[condition.sign](abs(number) if condition.size else number, condition.bound)
    return bool(met.any() if hasattr(met, "any") else met)
