"""Say why an answer cannot count: a name where a number is asked for, or what is asked itself.

A value is a number, or numbers worked out; a formula holds neither what is asked for nor what is
not known yet at that step. What is refused costs no try.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.exercises.reading.answer_sheet import parse_target
from graphgrad.expr.differentials import derivative_parts, operator_parts
from graphgrad.messages.catalogue import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphgrad.exercises.truth.reference import Reference
    from graphgrad.expr.items import Expression
    from graphgrad.stepping.quiz.question import Question

__all__ = ["refusal", "refused_side"]


def refused_side(reference: Reference, question: Question, answer: str) -> str:
    """Return why the left-hand side of an answer ``z = 6`` is refused; empty if it is not."""
    left, equals, _ = answer.rpartition("=")
    target = parse_target(f"{left} = 0", reference.vocabulary) if equals and left.strip() else None
    asked = _asked(reference, question)
    if target is None or asked is None or (target.name, target.wrt) == asked:
        return ""
    fields = {"got": target.id, "asked": question.asked}
    return text("predict.other_asked", **fields)


def refusal(reference: Reference, question: Question, expression: Expression) -> str:
    """Return why a formula is refused as an answer to a question; empty if it is not."""
    used = list(_used(expression))
    if any(name == "" for name, _ in used):
        return text("predict.operator")
    if len(expression.items) == 1 and used:
        (name, wrt) = used[0]
        if name == wrt:
            return text("predict.work_out", name=question.asked)  # dL alone, which is dL/dL
        if reference.graph.find(name) is None:
            return text("predict.number_wanted")  # e or π alone
    if _asked(reference, question) in used:
        return text("predict.asked_itself", asked=question.asked)
    for name, wrt in used:
        if _is_left_open(reference, question, name, wrt):
            return text("predict.work_out", name=f"∂{name}/∂{wrt}")
        if not _is_known(reference, question, name, wrt):
            return text("predict.not_known", name=f"d{name}/d{wrt}" if wrt else name)
    return text("predict.number_wanted") if question.kind == "value" and used else ""


def _asked(reference: Reference, question: Question) -> tuple[str, str] | None:
    """Return what is asked for as a target names it: a value, or a derivative in something."""
    graph = reference.graph
    name = graph.name(question.node)
    if question.kind == "value":
        return name, ""
    if question.kind == "adjoint":
        return graph.name(graph.output), name
    return (name, graph.name(question.source)) if question.kind == "partial" else None


def _is_left_open(reference: Reference, question: Question, name: str, wrt: str) -> bool:
    """Tell whether a derivative is what the step is to work out: the ∂z/∂w of dL/dz·∂z/∂w."""
    if question.kind == "contribution":
        return wrt == reference.graph.name(question.source)
    return question.kind == "adjoint" and wrt == reference.graph.name(question.node)


def _used(expression: Expression) -> Iterator[tuple[str, str]]:
    """Yield the names a formula uses, derivatives as pairs; an operator d/dx as two empty texts."""
    for item in expression.items:
        if item.kind == "call" and operator_parts(item.value) is not None:
            yield "", ""
        elif item.kind == "name":
            yield derivative_parts(item.value) or (item.value, "")


def _is_known(reference: Reference, question: Question, name: str, wrt: str) -> bool:
    """Tell whether a value or a derivative has been computed before the step that is asked about.

    Values come in the order of the lines, adjoints against it; a local derivative comes with its
    line.
    """
    graph = reference.graph
    of, by = (graph.find(n) for n in (name, wrt or name))
    if of is None or by is None:
        return True  # pi, e: no line
    if not wrt:
        leaf = not graph.columns.parents_of(of)
        return leaf or question.kind != "value" or of < question.node
    if of != graph.output or wrt == name:
        return graph.line_of(of) > graph.line_of(question.node)
    return by > question.node or (by == question.node and question.kind != "adjoint")
