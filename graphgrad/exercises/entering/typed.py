"""Read one typed line: a command, or an answer, echoed as it was understood."""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple

from graphgrad.exercises.answers import Answer, read_sheet
from graphgrad.exercises.files.model import Exercise
from graphgrad.exercises.sheets.printed_numbers import in_decimals
from graphgrad.exercises.written import read_as
from graphgrad.messages import text

__all__ = ["COMMANDS", "Reading", "Typed", "read_answer", "read_line"]

COMMANDS: dict[str, tuple[str, ...]] = {
    "back": (":b", ":back", ":a", ":atras", ":atrás", "<"),
    "next": (":n", ":next", ":siguiente", ">"),
    "clear": (":c", ":clear", ":borrar", ":d", ":x"),
    "list": (":l", ":list", ":lista", ":v", ":ver"),
    "done": (":f", ":finish", ":fin", ":listo", ":done"),
    "help": (":h", ":help", ":ayuda", "?", ":?"),
    "quit": (":q", ":quit", ":s", ":salir"),
}
"""The words of each command, in both languages; an answer never starts with a colon."""
_WORDS = {word: command for command, words in COMMANDS.items() for word in words}


class Typed(NamedTuple):
    """A typed line: ``command``, ``answer``, ``empty``, or an ``unknown`` command."""

    kind: Literal["command", "answer", "empty", "unknown"]
    text: str = ""


class Reading(NamedTuple):
    """An answer as it was understood.

    Attributes:
        step: the step it answers: the one asked for, or the one it names itself.
        text: what stands behind the equals sign.
        echo: lines that say how it was read, or what is wrong with it.
        good: whether it could be read.
    """

    step: str
    text: str
    echo: tuple[str, ...]
    good: bool


def read_line(line: str) -> Typed:
    """Return what a line is.

    >>> read_line(":atrás").text, read_line(" 0,5 ").kind, read_line("").kind
    ('back', 'answer', 'empty')
    """
    plain = line.strip()
    if not plain:
        return Typed("empty")
    if plain.lower() in _WORDS:
        return Typed("command", _WORDS[plain.lower()])
    return Typed("unknown" if plain.startswith(":") else "answer", plain)


def read_answer(exercise: Exercise, vocabulary: Any, step: str, typed: str) -> Reading:
    """Return how an answer is read, by the parser that will mark it.

    Args:
        exercise: the exercise.
        vocabulary: the words of its graph.
        step: the step asked for.
        typed: the line; it may start with a step's own name and an equals sign.
    """
    head, equals, rest = typed.partition("=")
    named = re.sub(r"\s", "", head).replace("∂", "d")
    if equals and rest.strip() and named in exercise.asked:
        step, typed = named, rest.strip()
    answers = read_sheet(f"{step} = {typed}", vocabulary, exercise.decimal).answers
    if not answers:  # a comment alone
        return Reading(step, typed, (text("classroom.enter.nothing"),), good=False)
    answer = answers[0]
    if answer.error is not None:
        caret = [] if answer.error.place is None else answer.error.place.caret().splitlines()
        return Reading(step, typed, (answer.error.body(None), *caret), good=False)
    return Reading(step, typed, tuple(_echo(exercise, answer)), good=True)


def _echo(exercise: Exercise, answer: Answer) -> list[str]:
    shown = "".join(f" {link.sign} {read_as(link.reading.expression)}" for link in answer.links)
    target = answer.target.id if answer.target is not None else ""
    notes = [text(remark.message_id, **remark.fields) for remark in answer.remarks]
    return [in_decimals(exercise, target + shown), *notes]
