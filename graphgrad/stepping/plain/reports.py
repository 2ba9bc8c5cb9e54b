"""Write what the line-oriented stepper shows besides its steps: state, nodes, help."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from graphgrad.messages.catalogue import text
from graphgrad.stepping.commands import LINE_COMMANDS, Command
from graphgrad.stepping.in_numbers import local_text
from graphgrad.stepping.known_text import UNKNOWN, cause_lines, shown
from graphgrad.stepping.told_step import contribution_line
from graphgrad.trace.trace import State
from graphgrad.views.tables.text_tables import Column, Row, layout_table
from graphgrad.views.text.course_words import course_text, formula_on_board
from graphgrad.views.text.entries import Entry
from graphgrad.views.text.narrate import adjoint_name
from graphgrad.views.text.narrate_stops import entry_of, terms_of
from graphgrad.views.text.numbers import inline, shape_of
from graphgrad.views.text.stops import Fold, Stop
from graphgrad.views.text.substitution import product_text, sum_text

__all__ = ["derivation_lines", "help_lines", "inspect_lines", "state_lines", "watch_line"]

MOST_LINES = 400


def state_lines(state: State, fold: Fold, width: int = 80) -> list[str]:
    """Return a table of what is known: every line, or every node, with value and adjoint."""
    graph = state.trace.graph
    roots: Iterable[int] = (end - 1 for end in graph.line_ends)
    if fold != "line":
        roots = (node for node in range(len(graph)) if not graph.is_constant(node))
    rows = [
        Row([[graph.name(node)], [shown(state.value(node))], [_adjoint(state, node)]])
        for node in islice(roots, MOST_LINES)
    ]
    columns = [
        Column(text("run.line")),
        Column(text("run.value"), right=True),
        Column(text("run.adjoint"), right=True),
    ]
    lines = layout_table(columns, rows, width)
    total = len(graph.line_ends) if fold == "line" else len(graph)
    if total > MOST_LINES:
        lines.append(text("stepper.more", count=total - MOST_LINES))
    return lines


def inspect_lines(
    state: State, node: int, fold: Fold, hidden: Collection[tuple[int, int]] = ()
) -> Iterator[str]:
    """Yield all that is known about a node: value, formula, partials, contributions, sum.

    Args:
        state: the moment.
        node: the node.
        fold: whether lines, nodes or edges are stepped through.
        hidden: local derivatives that are asked for, as (node, source).
    """
    trace = state.trace
    entry = entry_of(trace, node, fold)
    value = state.value(node)
    formula = f" = {formula_on_board(trace.graph, node, entry.formula)}" if entry.formula else ""
    yield f"  {entry.name}{formula} = {shown(value)}   ({text(f'role.{entry.role}')})"
    if entry.group:
        yield "  " + text("stepper.group", group=entry.group)
    yield from (f"  ! {said}" for said in cause_lines(state, node))
    for partial in entry.partials:
        number = UNKNOWN if value is None else shown(partial.value)
        if (entry.node, partial.source) in hidden:
            yield f"  {entry.local_name(partial)} = {UNKNOWN}"
        elif partial.value is None:
            rank = len(shape_of(partial.contribution))
            yield f"  → {partial.wrt}: {course_text(partial.told, rank)}"
        else:
            yield f"  {local_text(entry, partial, number)}"
    yield from _adjoint_lines(state, node, fold)
    yield from _given_lines(state, entry)


def derivation_lines(
    state: State, stop: Stop, node: int | None, fold: Fold, hidden: Collection[tuple[int, int]] = ()
) -> Iterator[str]:
    """Yield the worked derivation at a stop; lines about its step start with ``>``.

    Args:
        state: the moment.
        stop: the stop.
        node: what is differentiated by; None derives every adjoint.
        fold: whether lines, nodes or edges are stepped through.
        hidden: local derivatives that are asked for, as (node, source).
    """
    from graphgrad.stepping.worked_lines import current_stage, worked, worked_lines

    found = worked(state.trace, node, fold, max(stop.node, 0))
    here = current_stage(state.trace, stop)
    for line in worked_lines(found, state, hidden):
        if line.part == "heading":
            yield line.text
        else:
            yield ("> " if (line.node, line.part) == here else "  ") + line.text


def watch_line(state: State, names: Iterable[str]) -> str:
    """Return the watched values and adjoints on one line."""
    graph = state.trace.graph
    parts = []
    for name in names:
        node = graph.find(name)
        if node is not None:
            parts.append(f"{name} = {shown(state.value(node))}")
            parts.append(f"{adjoint_name(graph, node)} = {_adjoint(state, node)}")
    return text("stepper.watched", what=", ".join(parts))


def help_lines() -> Iterator[str]:
    """Yield the commands with their keys and what they do."""
    typed = {command.name: _typed(command) for command in LINE_COMMANDS}
    column = max(map(len, typed.values())) + 2
    for name, words in typed.items():
        yield f"  {words:<{column}}{text(f'stepper.help.{name}')}"


def _typed(command: Command) -> str:
    """Return the key of a command and its word in the language in force."""
    keys = {"next": "n, 5n", "goto": ":42", "search": f"/{text('word.text')}"}
    key = keys.get(command.name, command.words.partition(" ")[0])
    return f"{key}, {text(f'stepper.word.{command.name}')}"


def _adjoint_lines(state: State, node: int, fold: Fold) -> Iterator[str]:
    """Yield the contributions to a node's adjoint and their sum, once it is known."""
    trace = state.trace
    own = adjoint_name(trace.graph, node)
    if trace.adjoints is None or not trace.graph.variable[node]:
        return
    if trace.adjoints[node] is None:
        yield "  " + text("stepper.unreached", name=own)
        return
    if state.adjoint(node) is None:
        yield f"  {own} = {UNKNOWN}"
        return
    terms = terms_of(trace, node, fold) if node != trace.graph.output else []
    for term in terms:
        yield "  " + text("stepper.term", giver=term.giver, told=contribution_line(trace, term))
    value = inline(trace.adjoint(node))
    total = sum_text([term.value for term in terms], value) if len(terms) > 1 else value
    yield f"  {own} = {total}"


def _given_lines(state: State, entry: Entry) -> Iterator[str]:
    """Yield what a node contributes to its inputs, once its own adjoint is known."""
    if state.adjoint(entry.node) is None:
        return
    for partial in entry.partials:
        contribution = inline(partial.contribution)
        if partial.value is not None:
            contribution = product_text(entry.adjoint, partial.value, contribution)
        yield f"  → {partial.wrt}: {contribution}"


def _adjoint(state: State, node: int) -> str:
    trace = state.trace
    if not trace.graph.variable[node]:
        return ""
    return shown(state.adjoint(node))
