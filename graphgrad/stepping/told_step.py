"""Say what a step does on a screen: a sentence that fits, then a contribution per line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from graphgrad.messages.catalogue import text
from graphgrad.stepping.entry_rule import largest_entry
from graphgrad.stepping.in_numbers import product_in_numbers, pullback_in_numbers, summed
from graphgrad.stepping.landing import landings
from graphgrad.stepping.quiz.question import veiled
from graphgrad.symbolic.write.latex_movement import is_of_a_layer
from graphgrad.views.text.course_words import course_text, in_course_words
from graphgrad.views.text.entries import Entry, PartialEntry
from graphgrad.views.text.name_ranges import ranged
from graphgrad.views.text.narrate import adjoint_name, joined_names
from graphgrad.views.text.narrate_stops import Term, entry_of, stop_text, terms_of
from graphgrad.views.text.numbers import inline, shape_of
from graphgrad.views.text.plain_math import raised, typeset_formula
from graphgrad.views.text.stops import Fold, Stop
from graphgrad.views.text.substitution import MOST_TERMS, sum_text
from graphgrad.views.text.trouble import convention_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphgrad.stepping.quiz.question import Question
    from graphgrad.trace.trace import Trace

__all__ = ["MOST_LINES", "ToldStep", "contribution_line", "told_step", "total"]
__all__ += ["first_told", "landed_lines", "veiled_told"]

MOST_LINES = 400
"""Contributions that are listed; a lecture scrolls through no more, and none is worded in vain."""
_MOST_IN_SENTENCE = 2
_BOARD = {"*": "·", "^T": "ᵀ", "sqrt(": "√(", "sigmoid(": "σ("}
_POWER = re.compile(r"\^(\d+)\b(?!\.)")
_MOST_NAMES = 3


class ToldStep(NamedTuple):
    """What is said about a step.

    Attributes:
        title: a few words that head it.
        sentence: what happens, in one or two sentences.
        notes: what else holds here: conventions, trouble.
        lines: the step in symbols and numbers, a contribution per line.
    """

    title: str
    sentence: str
    notes: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


def told_step(trace: Trace, stop: Stop, fold: Fold) -> ToldStep:
    """Return what is said about a stop, in the language in force."""
    if stop.phase == "start":
        return _start(trace)
    if stop.step is None and stop.phase not in ("seed", "forward"):
        return _backward(trace, stop, fold)
    told = stop_text(trace, stop, fold)
    as_written = stop.phase == "forward" and not is_of_a_layer(trace.graph, stop.node)
    formulas = [
        typeset_formula(line, spell=str) if as_written else course_text(line)
        for line in told.formula.splitlines()
    ]
    numbers = _signs_of_a_board(told.numbers if as_written else in_course_words(told.numbers))
    lines = dict.fromkeys([*formulas, *numbers.splitlines()])
    return ToldStep(told.title, told.caption, (), tuple(lines))


def _signs_of_a_board(numbers: str) -> str:
    """Return a formula on numbers with the signs of a board; a minus stays that of a number.

    >>> _signs_of_a_board("z = 2*3^2 - (-1) = 19")
    'z = 2·3² - (-1) = 19'
    """
    for code, sign in _BOARD.items():
        numbers = numbers.replace(code, sign)
    return _POWER.sub(lambda found: raised(found[1]), numbers)


def first_told(trace: Trace, stop: Stop) -> ToldStep:
    """Return what can be said of a stop before derivatives are there: its numbers."""
    if stop.phase == "start":
        return _start(trace)
    name, is_forward = trace.graph.name(stop.node), stop.phase == "forward"
    title = text(f"step.{'forward' if is_forward else 'backward'}_title", name=name)
    if is_forward:
        line = f"{name} = {inline(trace.values[stop.node])}"
    else:
        line = f"{adjoint_name(trace.graph, stop.node)} = {inline(trace.adjoint(stop.node))}"
    return ToldStep(title, text("worked.loading"), (), (line,))


def _start(trace: Trace) -> ToldStep:
    graph = trace.graph
    leaves = [line for line in graph.lines() if graph.is_leaf(line.root)]
    given = [f"{line.name} = {inline(trace.values[line.root])}" for line in leaves[:MOST_LINES]]
    sentence = text("told.given" if len(leaves) != 1 else "told.given_one", count=len(leaves))
    return ToldStep(text("step.start_title"), sentence, (), _with_rest(given, len(leaves)))


def _backward(trace: Trace, stop: Stop, fold: Fold) -> ToldStep:
    graph, node = trace.graph, stop.node
    entry = entry_of(trace, node, fold)
    lines: list[str] = []
    if node == graph.output:
        lines.append(f"{adjoint_name(graph, node)} = {inline(entry.adjoint)}")
    else:
        terms = terms_of(trace, node, fold, MOST_LINES)
        lines += _sum_lines(trace, entry, terms)
        if any(not product_in_numbers(trace, term.entry, term.partial) for term in terms[:3]):
            lines += filter(None, [largest_entry(trace, node, fold)])
    for partial in entry.partials[:MOST_LINES]:
        lines += _given_lines(trace, entry, partial)
    if len(entry.partials) > MOST_LINES:
        lines.append(text("told.more", count=len(entry.partials) - MOST_LINES))
    inside = graph.line(graph.line_of(node)).nodes if fold == "line" else (node,)
    notes = tuple(map(in_course_words, convention_lines(trace, inside)))
    title = text("step.backward_title", name=entry.name)
    return ToldStep(title, _sentence(entry), notes, tuple(lines))


def _with_rest(lines: list[str], count: int) -> tuple[str, ...]:
    """Return lines, and how many more there are."""
    return (
        (*lines, text("told.more", count=count - len(lines))) if count > len(lines) else (*lines,)
    )


def _sentence(entry: Entry) -> str:
    said = text("step.adjoint", name=entry.name, value=inline(entry.adjoint))
    if entry.role in ("input", "parameter"):
        return f"{said} {text(f'step.gradient_{entry.role}', name=entry.name)}"
    if not entry.partials:
        return said
    shown = [inline(partial.contribution) for partial in entry.partials[: _MOST_IN_SENTENCE + 1]]
    if len(shown) <= _MOST_IN_SENTENCE and not any(": " in number for number in shown):
        given = [
            text("step.gives", value=number, name=partial.wrt)
            for number, partial in zip(shown, entry.partials, strict=True)
        ]
        return f"{said} {text('step.contributes', name=entry.name, what=joined_names(given))}"
    names = dict.fromkeys((partial.wrt for partial in entry.partials), ())
    told = ranged(names)
    listed = joined_names(told[:_MOST_NAMES])
    if len(told) > _MOST_NAMES:
        listed = text("told.counted", names=", ".join(told[:_MOST_NAMES]) + ", …", count=len(names))
    message = "told.gives_to" if len(names) > 1 else "told.gives_one"
    return f"{said} {text(message, name=entry.name, names=listed)}"


# ---- contributions ----


def contribution_line(trace: Trace, term: Term) -> str:
    """Return a contribution in symbols, as a product of numbers, and the number."""
    landed = landed_lines(trace, term.partial)
    if landed:
        return text("told.only", what="; ".join(landed))
    symbol = course_text(term.symbol, _rank(term))
    over = summed(term.entry, term.partial)
    symbol = f"{symbol} ({over})" if over else symbol
    return _equals(symbol, product_in_numbers(trace, term.entry, term.partial), inline(term.value))


def landed_lines(trace: Trace, partial: PartialEntry) -> list[str]:
    """Return what each entry gets of a contribution that reaches some; nothing for another one."""
    return [
        f"{partial.wrt}[{part.key.replace(' ', '')}]: "
        + _equals(course_text(part.told), pullback_in_numbers(trace, part.told), inline(part.value))
        for part in landings(partial.told, partial.contribution)
    ]


def _rank(term: Term) -> int:
    """Return how many axes the arrays of a contribution have."""
    return len(shape_of(term.value))


def total(trace: Trace, node: int, terms: list[Term]) -> str:
    """Return a sum of contributions and what it comes to; of many, how many they are."""
    value = inline(trace.adjoint(node))
    if len(terms) > MOST_TERMS:
        count = len(terms) if len(terms) <= MOST_LINES else len(trace.uses(node))
        return text("told.sum", value=value, count=count)
    return sum_text([term.value for term in terms], value)


def _equals(*parts: str) -> str:
    """Return parts between signs of equality; what is empty or said already is left out."""
    return " = ".join(dict.fromkeys(filter(None, parts)))


def _sum_lines(trace: Trace, entry: Entry, terms: list[Term]) -> Iterator[str]:
    """Yield an adjoint: one product and its number, or a line per giver and their sum."""
    own = adjoint_name(trace.graph, entry.node)
    if len(terms) == 1:
        yield f"{own} = {contribution_line(trace, terms[0])}"
        return
    yield f"{own} = {total(trace, entry.node, terms)}"
    for index, term in enumerate(terms[:MOST_LINES]):
        yield f"  {'+' if index else ' '} {contribution_line(trace, term)}"
    if len(terms) > MOST_LINES:
        yield f"  {text('told.more', count=len(trace.uses(entry.node)) - MOST_LINES)}"


def _given_lines(trace: Trace, entry: Entry, partial: PartialEntry) -> list[str]:
    """Return what an entry contributes to one input, or to some entries of it."""
    landed = landed_lines(trace, partial)
    if landed:
        return [f"→ {line}" for line in landed]
    own = adjoint_name(trace.graph, entry.node)
    symbol = partial.told
    local = ""
    if partial.value is not None:
        local = entry.local_name(partial)
        symbol = f"{own}·{local}"
    term = Term(entry.name, symbol, partial.contribution, entry, partial)
    told = f"→ {partial.wrt}: {contribution_line(trace, term)}"
    return [f"{told}, {local} = {course_text(partial.shown, _rank(term))}" if local else told]


def veiled_told(told: ToldStep, question: Question | None) -> ToldStep:
    """Return what is said about a step without the number that is asked for.

    The contribution that a step gives may be the adjoint that is asked for.
    """
    if question is None or question.kind not in ("adjoint", "sign", "contribution"):
        return told
    answer = inline(question.truth)
    lines = tuple(veiled(line, answer) for line in told.lines)
    return told._replace(sentence=veiled(told.sentence, answer), lines=lines)
