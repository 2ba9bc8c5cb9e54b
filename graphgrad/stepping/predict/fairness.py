"""Keep only questions whose answer is not on the screen already, as another number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.stepping.predict.question import Question, questions_about
from graphgrad.views.narrate_stops import entry_of
from graphgrad.views.numbers import inline

if TYPE_CHECKING:
    from graphgrad.trace import Trace
    from graphgrad.views.stops import Stops

__all__ = ["fair_questions"]

_NUMBERS = ("value", "adjoint", "contribution")


def fair_questions(trace: Trace, stops: Stops, position: int) -> list[Question]:
    """Return what can be asked about a stop and cannot be read off elsewhere.

    Where a local derivative is 1, say, a contribution is the adjoint that came in.
    """
    questions = questions_about(trace, stops, position)
    if not questions:
        return []
    seen = _numbers_before(trace, stops, questions[0])
    return [q for q in questions if q.kind not in _NUMBERS or q.answer not in seen]


def _numbers_before(trace: Trace, stops: Stops, question: Question) -> set[str]:
    """Return the numbers known right before a stop, near the node it acts on."""
    state = trace.state(stops.stop(question.position - 1).last)
    graph = trace.graph
    seen = {"0"}
    whole = stops.fold == "line"
    for node in (end - 1 for end in graph.line_ends) if whole else range(len(graph)):
        for number in (state.value(node), state.adjoint(node)):
            if number is not None:
                seen.add(inline(number))
    near = dict.fromkeys([question.node, *(edge.target for edge in trace.uses(question.node))])
    for node in near:
        if state.value(node) is not None:
            partials = entry_of(trace, node, stops.fold).partials
            seen |= {inline(partial.value) for partial in partials if partial.value is not None}
    return seen
