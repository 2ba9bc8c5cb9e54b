"""Type in what a student wrote on paper: go back, correct, skip, stop, and go on another day.

A typed line is a command, or an answer, echoed as it was understood. The clerk knows no terminal:
it is given lines and returns what is to be shown; a paper is one student's file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

from graphgrad.exercises.classroom.answer_file import heading_student
from graphgrad.exercises.files.exercise import Exercise
from graphgrad.exercises.files.roster import Student, plain_name
from graphgrad.exercises.files.spelling import in_decimals
from graphgrad.exercises.files.variants import Variant
from graphgrad.exercises.reading.answer_sheet import Answer, read_sheet
from graphgrad.exercises.reading.spelled_back import read_as
from graphgrad.exercises.sheets.sheet import template_of
from graphgrad.exercises.truth.steps import Truth
from graphgrad.files.reading import read_bytes
from graphgrad.files.writing import write_output
from graphgrad.messages.catalogue import text
from graphgrad.source.text import read_text

__all__ = ["Clerk", "Paper", "paper_of"]


_LINE = re.compile(r"(?P<name>[^=#]+)=(?P<rest>.*)")
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


def file_stem(student: str) -> str:
    """Return a student's id as the name of a file on every system.

    >>> file_stem("Ruiz, Ana (A12)")
    'Ruiz_Ana_A12'
    """
    return re.sub(r"[^\w.-]+", "_", student).strip("._") or "student"


class Paper:
    """The answers of one student, by step.

    Args:
        student: whose they are.
        variant: the exercise with the student's numbers.
        path: the file.
    """

    def __init__(self, student: Student, variant: Variant, path: Path) -> None:
        self.student = student
        self.variant = variant
        self.path = path
        self.answers: dict[str, str] = {}
        self.others: list[str] = []
        if path.exists():
            self._read(read_text(path))

    def _read(self, text: str) -> None:
        """Take over a file that was begun; lines that answer no step are kept as they are."""
        asked = self.variant.exercise.asked
        for line in text.splitlines():
            found = _LINE.match(line.strip())
            name = found["name"].rstrip() if found else ""
            if found and name in asked:
                if found["rest"].strip():
                    self.answers[name] = found["rest"].strip()
            elif line.strip() and not heading_student(line.encode()):
                self.others.append(line.rstrip())

    @property
    def open_step(self) -> int:
        """Return the place of the first step without an answer; the number of steps if none."""
        asked = self.variant.exercise.asked
        return next((k for k, name in enumerate(asked) if name not in self.answers), len(asked))

    def text(self) -> str:
        """Return the file."""
        who = f"{self.student.id} {self.student.name}".rstrip()
        head = template_of(self.variant, who).split("\n")[0]
        asked = self.variant.exercise.asked
        lines = [f"{name} = {self.answers.get(name, '')}".rstrip() for name in asked]
        return "\n".join([head, *lines, *self.others]) + "\n"

    def save(self) -> None:
        """Write the file, whole or not at all.

        Raises:
            FileError: if it cannot be written.
        """
        write_output(self.path, self.text(), force=True)  # it holds what the file held


def paper_of(folder: Path, student: Student, variant: Variant) -> Paper:
    """Return a student's paper, as far as it was typed in; another student's file is left alone."""
    own = {plain_name(name) for name in (student.id, student.name, f"{student.id} {student.name}")}
    stem, number = file_stem(student.id), 1
    while True:
        name = stem if number == 1 else f"{stem}-{number}"
        path = folder / f"{name}.txt"
        whose = "" if not path.exists() else heading_student(read_bytes(path))
        if not whose or whose in own:
            return Paper(student, variant, path)
        number += 1


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


class Clerk:
    """Type in one paper.

    Args:
        paper: what was typed in so far.
    """

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.exercise = paper.variant.exercise
        self.vocabulary = Truth(paper.variant.graph, ()).reference.vocabulary
        self.position = paper.open_step
        self.refused = ""
        self.stopped = False

    @property
    def done(self) -> bool:
        """Tell whether all steps were asked, or the person stopped."""
        return self.stopped or self.position >= len(self.exercise.steps)

    @property
    def prompt(self) -> str:
        """Return what is asked: place, step, and the answer so far in brackets."""
        step = self.exercise.steps[self.position]
        known = self.paper.answers.get(step.id)
        now = f" [{known}]" if known else ""
        return f"{self.position + 1}/{len(self.exercise.steps)}  {step.id}{now} = "

    def obey(self, line: str) -> Iterator[str]:
        """Do what a line says, and yield what is to be shown."""
        typed = read_line(line)
        if typed.kind == "empty":
            yield from self._skip()
        elif typed.kind == "unknown":
            yield text("classroom.enter.unknown", got=typed.text, help=text("classroom.enter.help"))
        elif typed.kind == "command":
            yield from self._command(typed.text)
        else:
            yield from self._answer(typed.text)

    def _skip(self) -> Iterator[str]:
        step = self.exercise.steps[self.position].id
        if step not in self.paper.answers:
            yield f"    {text('classroom.enter.skipped', step=step)}"
        self.position += 1

    def _answer(self, typed: str) -> Iterator[str]:
        """Keep an answer; one that cannot be read must be typed twice."""
        asked = self.exercise.steps[self.position].id
        found = read_answer(self.exercise, self.vocabulary, asked, typed)
        yield from (f"    {line}" for line in found.echo)
        if not found.good and self.refused != typed:
            self.refused = typed
            yield f"    {text('classroom.enter.again')}"
            return
        self.refused = ""
        self.paper.answers[found.step] = found.text
        self.paper.save()
        if found.step == asked:
            self.position += 1

    def _command(self, command: str) -> Iterator[str]:
        step = self.exercise.steps[self.position].id
        if command == "back":
            if not self.position:
                yield text("classroom.enter.first")
            self.position = max(0, self.position - 1)
        elif command == "next":
            self.position += 1
        elif command == "clear":
            self.paper.answers.pop(step, None)
            self.paper.save()
            yield f"    {text('classroom.enter.cleared', step=step)}"
        elif command == "list":
            yield from self.listing()
        elif command == "help":
            yield text("classroom.enter.help")
        else:
            self.stopped = command == "quit"
            self.position = len(self.exercise.steps)

    def listing(self) -> Iterator[str]:
        """Yield what was typed in so far."""
        width = max((len(name) for name in self.exercise.asked), default=0)
        for name in self.exercise.asked:
            yield f"    {name:<{width}} = {self.paper.answers.get(name, '')}".rstrip()
