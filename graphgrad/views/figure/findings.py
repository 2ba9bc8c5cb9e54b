"""Gather the numbers of one part of a figure from its trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graphgrad.graph.graph import Graph
from graphgrad.messages import text
from graphgrad.symbolic.partials import line_partials, node_partials
from graphgrad.trace.trace import Trace
from graphgrad.views.entries import adjoint_of, line_entry, node_entry
from graphgrad.views.figure.parts import Part

__all__ = ["Findings", "FoundPartial", "findings_of"]


class FoundPartial(NamedTuple):
    """A derivative: its formula, its number and what it contributes, None where unknown.

    ``pullback`` says that the formula is the whole contribution, not a factor of it.
    """

    symbolic: str
    value: Any
    contribution: Any
    pullback: bool


@dataclass(frozen=True, slots=True)
class Findings:
    """What is known about a part; all None or empty for a graph that has not been run.

    Attributes:
        value: its value.
        adjoint: its adjoint; None without a backward pass or where nothing varies.
        partials: its derivatives, by slot.
        trouble: the reason why it is the first that is not finite, else empty.
    """

    value: Any = None
    adjoint: Any = None
    partials: Mapping[int, FoundPartial] = field(default_factory=dict)
    trouble: str = ""

    def trouble_words(self, language: str) -> str:
        """Return the reason in words, empty where all is well."""
        return text(f"figure.trouble.{self.trouble}", language) if self.trouble else ""


def findings_of(graph: Graph, trace: Trace | None, part: Part, *, partials: bool) -> Findings:
    """Return what is known about a part.

    Args:
        graph: the graph.
        trace: its trace, if it has been run.
        part: the part.
        partials: whether derivatives are wanted too.
    """
    if trace is None:
        return Findings(partials=_symbols(graph, part) if partials else {})
    found = _entries(trace, part) if partials else {}
    trouble = trace.trouble
    reason = trouble.reason if trouble is not None and trouble.node in part.nodes else ""
    return Findings(trace.values[part.node], adjoint_of(trace, part.node), found, reason)


def _entries(trace: Trace, part: Part) -> dict[int, FoundPartial]:
    line = trace.graph.line(trace.graph.line_of(part.node))
    whole = len(part.nodes) == len(line.nodes)
    entry = line_entry(trace, line) if whole else node_entry(trace, line, part.node)
    return {
        p.slot: FoundPartial(p.symbolic, p.value, p.contribution, p.value is None)
        for p in entry.partials
    }


def _symbols(graph: Graph, part: Part) -> dict[int, FoundPartial]:
    line = graph.line(graph.line_of(part.node))
    if graph.is_leaf(part.node):
        return {}
    whole = len(part.nodes) == len(line.nodes)
    found = line_partials(graph, line) if whole else node_partials(graph, part.node)
    return {p.slot: FoundPartial(p.text, None, None, p.kind == "pullback") for p in found}
