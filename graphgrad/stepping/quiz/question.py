"""List what can be asked about a stop before it is shown, word it, hide its answer elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from graphgrad.messages.catalogue import text
from graphgrad.stepping.known_text import UNKNOWN
from graphgrad.views.text.narrate import adjoint_name, joined_names
from graphgrad.views.text.narrate_stops import entry_of
from graphgrad.views.text.numbers import inline, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphgrad.graph.graph import Graph
    from graphgrad.trace.trace import Trace
    from graphgrad.views.text.entries import Entry
    from graphgrad.views.text.stops import Stop, Stops

__all__ = [
    "KINDS",
    "Kind",
    "Question",
    "chosen_question",
    "hint_for",
    "question_text",
    "questions_about",
    "veiled",
]

Kind = Literal["value", "partial", "contribution", "adjoint", "next", "sign"]
KINDS: tuple[Kind, ...] = ("value", "adjoint", "partial", "contribution", "sign", "next")
"""In the order in which they are asked, as far as a stop allows."""


class Question(NamedTuple):
    """What is asked about a stop.

    Attributes:
        kind: what sort of answer is wanted.
        position: the stop that shows the answer.
        node: the node the stop acts on.
        asked: the name of what is asked for, as in ``dL/dw``.
        answer: what is shown once an answer was given.
        truth: the number; for ``next`` the names that are right, the one that comes first.
        source: for a partial or a contribution, the node it leads to.
        is_backward: whether the stop is one of the backward pass.
    """

    kind: Kind
    position: int
    node: int
    asked: str
    answer: str
    truth: Any
    source: int = -1
    is_backward: bool = False


def questions_about(trace: Trace, stops: Stops, position: int) -> list[Question]:
    """Return everything that can be asked about a stop; only numbers, never arrays."""
    stop = stops.stop(position)
    if not 0 < position <= len(stops) or stop.phase == "seed":
        return []
    asked = _forward(trace, stop) if stop.phase == "forward" else _backward(trace, stops, stop)
    return [*asked, _next(trace, stops, stop)]


def chosen_question(questions: list[Question], turn: int) -> Question | None:
    """Return one of several questions; kinds take turns."""
    for kind in KINDS[turn % len(KINDS) :] + KINDS[: turn % len(KINDS)]:
        of_kind = [question for question in questions if question.kind == kind]
        if of_kind:
            return of_kind[turn // len(KINDS) % len(of_kind)]
    return None


def _forward(trace: Trace, stop: Stop) -> Iterator[Question]:
    value = trace.values[stop.node]
    if not shape_of(value) and trace.graph.line(trace.graph.line_of(stop.node)).root == stop.node:
        name = trace.graph.name(stop.node)
        yield Question("value", stop.position, stop.node, name, inline(value), value)


def _backward(trace: Trace, stops: Stops, stop: Stop) -> Iterator[Question]:
    graph, node, place = trace.graph, stop.node, stop.position
    adjoint = trace.adjoint(node)
    if graph.line(graph.line_of(node)).root != node:
        return
    if stop.phase != "pullback" and not shape_of(adjoint) and node != graph.output:
        own = adjoint_name(graph, node)
        yield Question("adjoint", place, node, own, inline(adjoint), adjoint)
        if adjoint:
            sign = "+" if adjoint > 0 else "-"
            yield Question("sign", place, node, own, sign, adjoint)
    if stop.phase != "accumulate":
        yield from _local(trace, stop, entry_of(trace, node, stops.fold))


def _local(trace: Trace, stop: Stop, entry: Entry) -> Iterator[Question]:
    """Yield a partial and a contribution per input; in steps per edge, of that edge only."""
    graph = trace.graph
    slot = None if stop.step is None else stop.step.slot
    for partial in entry.partials:
        if partial.value is None or shape_of(partial.value) or shape_of(partial.contribution):
            continue
        if graph.line(graph.line_of(partial.source)).root != partial.source:
            continue
        if slot is not None and partial.slot != slot:
            continue
        local = entry.local_name(partial)
        fields = (stop.position, entry.node)
        product = f"{adjoint_name(graph, entry.node)}·{local}"
        given, number = inline(partial.contribution), partial.contribution
        yield Question("partial", *fields, local, partial.board, partial.value, partial.source)
        yield Question("contribution", *fields, product, given, number, partial.source)


# ---- what comes next ----


def _next(trace: Trace, stops: Stops, stop: Stop) -> Question:
    first = trace.graph.name(stop.node)
    ready = [name for name in _ready(trace, stops, stop) if name != first]
    back = stop.phase != "forward"
    truth = (first, *ready)
    return Question("next", stop.position, stop.node, "", first, truth, is_backward=back)


def _ready(trace: Trace, stops: Stops, stop: Stop) -> list[str]:
    """Return the names of all stops of the same pass whose turn it may be."""
    graph = trace.graph
    before = trace.state(stops.stop(stop.position - 1).last)
    last = stops.forward_count if stop.phase == "forward" else len(stops)
    found: dict[str, None] = {}
    for position in range(stop.position, min(last, stop.position + 200) + 1):
        node = stops.stop(position).node
        if stop.phase == "forward":
            line = graph.line(graph.line_of(node))
            read = [p for n in line.nodes for p in graph.columns.parents_of(n)]
            free = all(before.value(p) is not None for p in read if p < line.nodes.start)
        else:
            free = all(before.adjoint(edge.target) is not None for edge in trace.uses(node))
        if free:
            found[graph.name(node)] = None
    return list(found)


# ---- in words ----


def question_text(graph: Graph, question: Question) -> str:
    """Return what is asked, as a sentence."""
    fields = {"asked": question.asked, "name": graph.name(question.node)}
    return text(f"predict.ask.{question.kind}", **fields)


def hint_for(trace: Trace, question: Question) -> str:
    """Return what to look at; never a number of the answer."""
    graph = trace.graph
    targets = dict.fromkeys(
        graph.line_names[graph.line_of(edge.target)] for edge in trace.uses(question.node)
    )
    fields = {
        "name": graph.name(question.node),
        "own": adjoint_name(graph, question.node),
        "count": len(targets),
        "targets": joined_names(list(targets)),
    }
    return text(f"predict.hint.{question.kind}", **fields)


def veiled(told: str, answer: str) -> str:
    """Return a text with a number, of either sign, replaced by a question mark.

    >>> veiled("-4·3 = -12, 12.5", "-12")
    '-4·3 = ?, 12.5'
    """
    size = re.escape(answer.lstrip("-−"))
    found = rf"\((?:[-−]){size}\)|(?<![\w.])[-−]?{size}(?![\w]|\.\d)"
    return re.sub(found, UNKNOWN, told)
