"""Keep the names a student introduces, and refuse answers that use what they answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from graphgrad.errors import GraphgradError, SourceError
from graphgrad.exercises.reading.answer_sheet import Answer, Link
from graphgrad.exercises.truth.reference import Reference
from graphgrad.expr.differentials import derivative_parts, operator_parts
from graphgrad.graph.graph import Graph

__all__ = ["OwnNames", "circular_answers", "differentials_of"]


class OwnNames:
    """The names that ``let u = ...`` gave a meaning, each with the names it was made of."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self._uses: dict[str, set[str]] = {}

    def keep(self, answer: Answer) -> GraphgradError | None:
        """Keep a name; return the error if its formula has no meaning."""
        assert answer.target is not None
        try:
            expression = answer.links[0].reading.expression
            self.reference.own[answer.target.name] = self.reference.meaning.of(expression)
        except GraphgradError as error:
            return error
        self._uses[answer.target.name] = self.uses(answer)
        return None

    def uses(self, answer: Answer) -> set[str]:
        """Return the names an answer uses, through the student's own names too."""
        used: set[str] = set()
        for link in answer.links:
            for item in link.reading.expression.items:
                if item.kind == "name":
                    used |= {item.value, *self._uses.get(item.value, ())}
        return used

    def used_by_part(self, answer: Answer) -> list[set[str]]:
        """Return the names that each part of an answer uses."""
        return [self.uses(replace(answer, links=(link,))) for link in answer.links]

    def refuse_circular(self, answer: Answer) -> None:
        """Refuse an answer that uses what it answers.

        Raises:
            SourceError: if it does.
        """
        target = answer.target
        assert target is not None
        if target.kind != "claim" and not target.entry and target.id in self.uses(answer):
            raise SourceError("check.circular", name=target.id)
        left_open = (_is_left_open(link, target.wrt) for link in answer.links)
        if target.kind == "derivative" and all(left_open):
            raise SourceError("check.left_open", name=target.wrt)


def _is_left_open(link: Link, wrt: str) -> bool:
    """Tell whether a formula is a derivative in what is asked, not worked out: d/dw (e^2)."""
    *before, last = link.reading.expression.items
    if last.kind != "call":
        return False
    parts = operator_parts(last.value)
    named = last.value == "diff" and last.arity == 2 and before[-1].value == wrt
    return named or (parts is not None and parts[0] == wrt)


def differentials_of(answer: Answer, graph: Graph) -> str:
    """Return the first differential behind one on the left, as in ``dL = e de``; empty if none is.

    ``dz`` alone is read as dL/dz, which is computed from what comes behind z: da, dL. One of what
    z itself is computed from belongs to a relation of differentials.
    """
    target = answer.target
    below = graph.find(target.wrt) if target is not None and target.kind == "derivative" else None
    pairs = [(r.fields.get("got"), r.fields.get("read")) for r in answer.remarks]
    short = {got: derivative_parts(str(read)) for got, read in pairs if "/" in str(read)}
    if below is None or f"d{graph.name(below)}" not in short:
        return ""
    before = _ancestors(graph, below)
    for got, parts in short.items():
        node = graph.find(parts[1]) if parts is not None else None
        if node in before and node != below:
            return str(got)
    return ""


def _ancestors(graph: Graph, node: int) -> set[int]:
    """Return what a node is computed from, itself included."""
    found, ahead = {node}, [node]
    while ahead:
        new = set(graph.columns.parents_of(ahead.pop())) - found
        found |= new
        ahead += new
    return found


def circular_answers(own: OwnNames, answers: Iterable[Answer]) -> dict[int, str]:
    """Return the answers, by place, that close a circle, with what they go round through.

    ``dL/dw = dL/db x`` and ``dL/db = dL/dw/x`` are both true, and together say nothing. A step is
    grounded if one of its lines has a part that uses grounded steps only.
    """
    parts: dict[str, list[set[str]]] = {}
    last_place: dict[str, int] = {}
    for place, answer in enumerate(answers):
        target = answer.target
        if answer.error is None and target is not None and target.kind in ("value", "derivative"):
            parts.setdefault(target.id, []).extend(own.used_by_part(answer))
            last_place[target.id] = place
    found: dict[int, str] = {}
    while True:
        open_steps = _ungrounded(parts)
        loops = [step for step in open_steps if step in _reached(parts, step, open_steps)]
        if not loops:
            return found
        last = max(loops, key=lambda step: last_place[step])
        others = sorted(_reached(parts, last, open_steps) - {last})
        if others:  # a line that answers itself alone is refused on its own
            found[last_place[last]] = ", ".join(others)
        del parts[last]


def _ungrounded(parts: Mapping[str, list[set[str]]]) -> set[str]:
    """Return the steps no line of which rests on steps that rest on something."""
    waiting = set(parts)
    while True:
        grounded = {s for s in waiting if any(not used & waiting for used in parts[s])}
        if not grounded:
            return waiting
        waiting -= grounded


def _reached(parts: Mapping[str, list[set[str]]], step: str, inside: set[str]) -> set[str]:
    """Return the steps that a step uses, directly or not, within some steps."""
    reached: set[str] = set()
    queue = [step]
    while queue:
        for used in parts[queue.pop()]:
            for other in (used & inside) - reached:
                reached.add(other)
                queue.append(other)
    return reached
