"""Write a contribution as a course does: in symbols without shapes, in numbers, summed over rows.

In the backward pass an operand that was repeated along other axes, as a bias is in every row of a
batch, collects what flows back along them: its derivative says so.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from graphgrad.messages.catalogue import text
from graphgrad.ops.row import PRODUCT, SUM
from graphgrad.views.text.narrate import adjoint_name
from graphgrad.views.text.numbers import inline, shape_of
from graphgrad.views.text.plain_math import typeset_formula
from graphgrad.views.text.substitution import written

if TYPE_CHECKING:
    from graphgrad.trace.trace import Trace
    from graphgrad.views.text.entries import Entry, PartialEntry

__all__ = ["course_text", "local_text", "product_in_numbers", "summed"]

LONGEST = 160
_LAID_OUT = re.compile(r"\b(?:reshape|broadcast)\(")
_SHAPES = re.compile(r", (?:shape|stride|axis|keepdims|padding|dilation)=[^,()]+(?=[,)])")
_NAME = re.compile(r"d[\w.\[\],]+?/d[A-Za-z_][\w.]*(?:\[[\d,]+\])*|[A-Za-z_][\w.]*(?:\[[\d,]+\])*")


def course_text(told: str) -> str:
    """Return a derivative as it is written on the board, without what only lays entries out.

    >>> course_text("reshape(reshape(dL/da.z, shape=2x36) @ a.p^T, shape=2x1x3x3)")
    'dL/da.z @ a.pᵀ'
    >>> course_text("2*w - 1"), course_text("[dL/di ⊙ i → 1:2]")
    ('2w − 1', '[dL/di ⊙ i → 1:2]')
    """
    plain = _SHAPES.sub("", told)
    while (found := _LAID_OUT.search(plain)) is not None:
        end = _closing(plain, found.end() - 1)
        plain = plain[: found.start()] + _inner(plain[found.end() : end]) + plain[end + 1 :]
    return typeset_formula(plain, spell=str)


def _closing(told: str, start: int) -> int:
    """Return where the bracket that opens at a place is closed."""
    depth = 0
    for at in range(start, len(told)):
        depth += (told[at] == "(") - (told[at] == ")")
        if not depth:
            return at
    return len(told)


def _inner(inside: str) -> str:
    """Return what stands in brackets that fall away; a sum keeps a pair of its own."""
    return f"({inside})" if " + " in inside or " - " in inside else inside


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
        return _substituted(trace, partial)
    upstream, local = written(entry.adjoint), written(partial.value)
    if "…" in upstream.text or "…" in local.text:
        return ""
    scalar = not (shape_of(entry.adjoint) and shape_of(partial.value))
    sign = "·" if scalar else " ⊙ "
    product = f"{upstream.within(PRODUCT if sign != '·' else SUM)}{sign}{local.within(PRODUCT)}"
    over = summed(entry, partial)
    return f"Σ {product}" if over else product


def _substituted(trace: Trace, partial: PartialEntry) -> str:
    """Return a pullback with numbers in the place of names, if all of them are short."""
    graph = trace.graph
    adjoints = adjoint_name(graph, graph.output).partition("/")[0] + "/d"
    missing = False

    def number(match: re.Match[str]) -> str:
        nonlocal missing
        name = match[0]
        node = graph.find(name.removeprefix(adjoints))
        if node is None:
            return name  # a function
        value = trace.adjoint(node) if name.startswith(adjoints) else trace.values[node]
        shown = inline(value)
        missing = missing or (bool(shape_of(value)) and not shown.startswith("["))
        return f"({shown})" if shown.startswith("-") or "/" in shown else shown

    told = _NAME.sub(number, partial.told)
    if missing or told == partial.told or len(told) > LONGEST or "→" in told:
        return ""
    return course_text(told)
