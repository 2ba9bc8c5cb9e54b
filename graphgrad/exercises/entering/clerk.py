"""Ask for one paper step by step: go back, correct, skip, stop, and go on another day.

The clerk knows no terminal: it is given lines and returns what is to be shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from graphgrad.exercises.entering.paper import Paper
from graphgrad.exercises.entering.typed import read_answer, read_line
from graphgrad.exercises.files.truth import Truth
from graphgrad.messages import text

__all__ = ["Clerk"]


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
        width = max(len(name) for name in self.exercise.asked)
        for name in self.exercise.asked:
            yield f"    {name:<{width}} = {self.paper.answers.get(name, '')}".rstrip()
