"""Say what would be right in place of a false claim, and which convention would make it right."""

from __future__ import annotations

from typing import Any, NamedTuple

from graphgrad.errors import GraphgradError
from graphgrad.exercises.algebra.building import shape_of
from graphgrad.exercises.algebra.terms import Term
from graphgrad.exercises.deciding.verdict import Note
from graphgrad.exercises.judging.judge import aligned
from graphgrad.exercises.notes.context import Context
from graphgrad.exercises.notes.conventions import PROFILES, Convention, conventions_for
from graphgrad.exercises.notes.rescaled import is_sum_of_norms
from graphgrad.exercises.reading.answer_sheet import Answer, Target
from graphgrad.exercises.reading.equivalence import decide_values
from graphgrad.exercises.reading.number_rule import judge_number, printed_entries
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.sides import Wanted
from graphgrad.expr.items import Expression
from graphgrad.graph.graph import Graph
from graphgrad.ops.shapes import entries
from graphgrad.symbolic.derive.expanded import expanded_gradient
from graphgrad.symbolic.derive.partials import line_partials

__all__ = ["Found", "convention_of", "corrected_text"]


def _local_text(graph: Graph, of: str, wrt: str) -> str:
    """Return the derivative of a line in a line that it reads, as its own formula gives it."""
    index = graph.line_index
    if of not in index or wrt not in index:
        return ""
    line, source = graph.line(index[of]), graph.line(index[wrt]).root
    parts = [part.text for part in line_partials(graph, line) if part.source == source]
    return " + ".join(parts)


class Found(NamedTuple):
    """A convention under which a claim is right, and whether the profile in force follows it."""

    notes: tuple[Note, ...]
    follows: bool


def convention_of(reference: Reference, answer: Answer, notation: str) -> Found | None:
    """Return the convention that makes a false claim right, or None."""
    target = answer.target
    assert target is not None
    candidates = reference.candidates(target) if target.kind in ("value", "derivative") else []
    if not candidates:
        return None
    followed = PROFILES.get(notation, ())
    fitting = [
        convention
        for convention, factor in conventions_for(target, reference.graph_count)
        if _speaks_of(reference, target.name, convention)
        and _is_right(reference, answer, candidates[0].value, factor)
    ]
    mine = [convention for convention in fitting if convention in followed]
    if target.kind == "value":  # twice as much is a slip as often as a convention
        fitting = [each for each in fitting if each in mine or each.to in ("delta", "value")]
    if not fitting:
        return None
    chosen = (mine or fitting)[0]
    message = "notes.convention.held" if mine else "notes.convention.would"
    lead = Note(message, {"profile": notation})
    return Found((lead, Note(f"notes.convention.{chosen.id}")), bool(mine))


def _speaks_of(reference: Reference, line: str, convention: Convention) -> bool:
    """Tell whether a line is what a convention is about: half of w x is no squared error."""
    whole = reference.candidates(Target("value", line))
    if convention.of == "sum":
        return bool(whole) and any(map(_is_sum, entries(whole[0].value)))
    if not convention.of:
        return True
    absolute = convention.of == "absolute"
    return bool(whole) and all(
        is_sum_of_norms(reference.pool, term, squared=not absolute, absolute=absolute)
        for term in map(_without_rate, entries(whole[0].value))
    )


def _is_sum(term: Term) -> bool:
    """Tell whether a term is a sum, perhaps times something."""
    pool = term.pool
    parts = pool.args[term.id] if pool.ops[term.id] == "mul" else (term.id,)
    return any(pool.ops[part] == "add" for part in parts)


def _without_rate(term: Term) -> Term:
    """Return a sum of |θ| without the rate that it is multiplied by."""
    pool = term.pool
    rest = [arg for arg in pool.args[term.id] if pool.ops[arg] not in ("name", "number")]
    absolute = len(rest) == 1 and is_sum_of_norms(
        pool, Term(pool, rest[0]), squared=False, absolute=True
    )
    return Term(pool, rest[0]) if pool.ops[term.id] == "mul" and absolute else term


def _is_right(reference: Reference, answer: Answer, truth: Any, factor: Any) -> bool:
    """Tell whether every part of a claim is the truth times a factor."""
    wanted = reference.wanted("", truth * reference.pool.number(factor))
    return all(_is_equal(reference, link.reading.expression, wanted) for link in answer.links)


def _is_equal(reference: Reference, expression: Expression, wanted: Wanted) -> bool:
    printed = printed_entries(expression)
    if printed is not None and wanted.balls is not None and len(printed) == len(wanted.balls):
        return all(
            not isinstance(b, str) and judge_number(p, b, 1).status in ("right", "rounded")
            for p, b in zip(printed, wanted.balls, strict=True)
        )
    domain, _ = reference.assumed
    value = aligned(reference.meaning.of(expression), shape_of(wanted.value))
    return value is not None and bool(decide_values(reference.pool, value, wanted.value, domain))


def corrected_text(context: Context, answer: Answer) -> str:
    """Return the right formula for what a claim is about; empty where none can be written."""
    target = answer.target
    assert target is not None
    if target.kind == "value":
        return context.written.get(target.name, "")
    if target.kind != "derivative":
        return ""
    try:
        graph = context.declared or context.graph_of(target.name)
        name = graph.line_names[graph.line_of(graph.output)]
        if context.declared is not None and name != target.name:
            return _local_text(graph, target.name, target.wrt)
        return expanded_gradient(graph, target.wrt).text
    except GraphgradError:
        return ""
