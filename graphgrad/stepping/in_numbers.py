"""Write a contribution as a course does: in symbols without shapes, in numbers, summed over rows.

In the backward pass an operand that was repeated along other axes, as a bias is in every row of a
batch, collects what flows back along them: its derivative says so.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from graphgrad.messages.catalogue import text
from graphgrad.ops.row import PRODUCT, SUM
from graphgrad.views.text.course_words import course_text
from graphgrad.views.text.narrate import adjoint_name
from graphgrad.views.text.numbers import inline, shape_of
from graphgrad.views.text.substitution import written

if TYPE_CHECKING:
    from graphgrad.trace.trace import Trace
    from graphgrad.views.text.entries import Entry, PartialEntry

__all__ = ["local_text", "product_in_numbers", "pullback_in_numbers", "summed"]

LONGEST = 160
_WORD = r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[[\d,-]+\])*"
_SIGN = re.compile(r"(?<=[\[(, ])−(?=\d)|^−(?=\d)")
"""The minus of a number, which is written as in every other number; an operator has blanks."""
_NAME = re.compile(rf"d{_WORD}/d{_WORD}|{_WORD}")


def summed(entry: Entry, partial: PartialEntry) -> str:
    """Return over what the contributions of an operand are summed; empty where they are not."""
    whole, own = shape_of(entry.value), shape_of(partial.contribution)
    if partial.value is None or entry.adjoint is None or math.prod(whole) <= math.prod(own):
        return ""
    count = math.prod(whole) // max(1, math.prod(own))
    if own == whole[1:]:
        return text("told.over_rows", count=count)
    if own == (*whole[:-1], 1):
        return text("told.over_columns", count=count)
    return text("told.over_uses" if math.prod(own) > 1 else "told.over_entries", count=count)


def local_text(entry: Entry, partial: PartialEntry, number: str) -> str:
    """Return a local derivative, its number behind it where that says more, and its sum.

    Args:
        entry: what is differentiated.
        partial: the slot.
        number: the number as it is shown; a question mark while it is not known.
    """
    symbol = course_text(partial.shown)
    told = f"{entry.local_name(partial)} = {symbol}"
    constant = re.fullmatch(r"[−-]?[\d./]+", symbol) is not None
    if number != partial.shown and not (constant and shape_of(partial.value)):
        told = f"{told} = {number}"
    over = summed(entry, partial)
    return f"{told}, {over}" if over else told


def product_in_numbers(trace: Trace, entry: Entry, partial: PartialEntry) -> str:
    """Return a contribution as a product of numbers; empty where they do not fit a line."""
    if partial.value is None:
        return pullback_in_numbers(trace, partial.told)
    upstream, local = written(entry.adjoint), written(partial.value)
    if "…" in upstream.text or "…" in local.text:
        return ""
    scalar = not (shape_of(entry.adjoint) and shape_of(partial.value))
    sign = "·" if scalar else " ⊙ "
    product = f"{upstream.within(PRODUCT if sign != '·' else SUM)}{sign}{local.within(PRODUCT)}"
    over = summed(entry, partial)
    return f"Σ {product}" if over else product


def pullback_in_numbers(trace: Trace, told: str) -> str:
    """Return a pullback with numbers in the place of names, if all of them are short."""
    graph = trace.graph
    adjoints = adjoint_name(graph, graph.output).partition("/")[0] + "/d"
    missing = "→" in told or "max(" in told  # a condition on numbers says nothing

    def number(match: re.Match[str]) -> str:
        nonlocal missing
        name = match[0]
        found = _numbers(trace, name.removeprefix(adjoints), name.startswith(adjoints))
        if found is None:
            return name  # a function
        shown = inline(found)
        missing = missing or (bool(shape_of(found)) and not shown.startswith("["))
        return f"({shown})" if shown.startswith("-") or "/" in shown else shown

    worded = _NAME.sub(number, told)
    if missing or worded == told or len(worded) > LONGEST:
        return ""
    return _SIGN.sub("-", course_text(worded))


def _numbers(trace: Trace, name: str, is_adjoint: bool) -> Any:
    """Return what stands for a name, or for one entry of it; None of what is no name."""
    key: tuple[int, ...] = ()
    node = trace.graph.find(name)
    if node is None and name.endswith("]"):
        name, _, inside = name[:-1].rpartition("[")
        node = trace.graph.find(name)
        key = tuple(int(place) - 1 for place in inside.split(","))
    if node is None:
        return None
    value = trace.adjoint(node) if is_adjoint else trace.values[node]
    if not key:
        return value
    return value[key] if len(key) == len(shape_of(value)) else None
