"""Word questions and hints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.messages import text
from graphgrad.views.narrate import adjoint_name, joined_names

if TYPE_CHECKING:
    from graphgrad.graph.graph import Graph
    from graphgrad.stepping.predict.question import Question
    from graphgrad.trace import Trace

__all__ = ["hint_for", "question_text"]


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
