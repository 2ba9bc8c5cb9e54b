"""Write formulas, products and sums with numbers in the place of names, as on a board."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from graphgrad.graph.formula import written_value
from graphgrad.graph.graph import Line
from graphgrad.ops.row import ATOM, PRODUCT, SUM
from graphgrad.ops.text import Written, written_call
from graphgrad.trace.trace import Trace
from graphgrad.views.text.numbers import inline, shape_of

__all__ = ["MOST_TERMS", "product_text", "substituted", "sum_text", "written"]


LONGEST = 160
_SIGNED = re.compile(r"([+-] )(-[\d.]+(?:e-?\d+)?)")
"""A negative number behind a sign, which wants brackets: 6 + (-1)."""
MOST_TERMS = 12


def substituted(trace: Trace, line: Line) -> str:
    """Return a line's formula on numbers; empty where it would be too long to read.

    Args:
        trace: the run that holds the numbers.
        line: a line, or one operation as a line of its own.
    """
    graph = trace.graph
    known: dict[int, Written] = {}
    for node in line.nodes:
        if graph.is_constant(node):
            known[node] = written_value(graph, node)
            continue
        parents = graph.columns.parents_of(node)
        args = []
        for parent in parents:
            if parent not in known:
                known[parent] = written(trace.values[parent])
            args.append(known[parent])
        rank = len(graph.columns.shape(parents[0]))
        settings = graph.columns.settings_of(node)
        known[node] = written_call(graph.columns.row(node), args, settings, rank)
        if len(known[node].text) > LONGEST or "…" in known[node].text:
            return ""
    return _SIGNED.sub(r"\1(\2)", known[line.root].text)


def written(value: Any) -> Written:
    """Return a number as a piece of formula; with a sign it wants brackets inside products.

    >>> written(-4.0).within(PRODUCT), written(-4.0).within(SUM)
    ('(-4)', '-4')
    """
    text = inline(value)
    if shape_of(value):
        return Written(text if text.startswith("[") else "…")
    if text.startswith("-"):
        return Written(text, SUM)
    return Written(text, PRODUCT if "/" in text else ATOM)


def product_text(adjoint: Any, partial: Any, contribution: str) -> str:
    """Return adjoint times partial and its result; for arrays the result alone.

    >>> product_text(-4.0, -1.0, "4")
    '-4·(-1) = 4'
    """
    if shape_of(adjoint) or shape_of(partial):
        return contribution
    return f"{written(adjoint).within(SUM)}·{written(partial).within(PRODUCT)} = {contribution}"


def sum_text(terms: Sequence[Any], value: str) -> str:
    """Return the terms of a sum and its value; the value alone if there is one term.

    >>> sum_text([11.0, -2.0], "9")
    '11 + (-2) = 9'
    """
    if len(terms) == 1:
        return value
    pieces = [written(term) for term in terms[:MOST_TERMS]]
    total = " + ".join(p.within(SUM + 1) if i else p.text for i, p in enumerate(pieces))
    if "…" in total:
        return value
    return f"{total}{' + …' if len(terms) > MOST_TERMS else ''} = {value}"
