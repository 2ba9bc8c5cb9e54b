"""Write a formula with numbers in the place of names."""

from __future__ import annotations

import re
from typing import Any

from graphgrad.graph.formula import written_value
from graphgrad.graph.graph import Line
from graphgrad.ops.row import ATOM, PRODUCT, SUM
from graphgrad.ops.text import Written, written_call
from graphgrad.trace.trace import Trace
from graphgrad.views.numbers import inline, shape_of

__all__ = ["substituted", "written"]

LONGEST = 160
_SIGNED = re.compile(r"([+-] )(-[\d.]+(?:e-?\d+)?)")
"""A negative number behind a sign, which wants brackets: 6 + (-1)."""


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
