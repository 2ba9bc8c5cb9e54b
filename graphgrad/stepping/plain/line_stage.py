"""Hold where the line-oriented stepper stands, and speak for it: what its deeds act on."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from graphgrad.graph.blocks import Depth
from graphgrad.graph.depth import closed_at, groups_of
from graphgrad.graph.zooms.entry_names import entry_of
from graphgrad.messages.catalogue import language, near, text
from graphgrad.stepping.journey import Marks
from graphgrad.stepping.plain.reports import watch_line
from graphgrad.stepping.quiz.round import Round
from graphgrad.stepping.told_step import ToldStep, told_step, veiled_told
from graphgrad.stepping.work import History, Work
from graphgrad.trace.trace import State
from graphgrad.views.text.box_content import group_content, spelled_call
from graphgrad.views.text.name_ranges import ranged
from graphgrad.views.text.numbers import as_in_file
from graphgrad.views.text.stops import USUAL_FOLD, Fold, Stop, Stops

if TYPE_CHECKING:
    from graphgrad.layers.training.state import Iterate
    from graphgrad.ops.shapes import Shape

__all__ = ["Stepping"]

MOST_LINES = 30
"""Lines of one step that are written; what reads them aloud cannot skip any."""


class Stepping:
    """A position in the stops of a trace, the marks set by hand, and where to write.

    Attributes:
        work: what is stepped through.
        position: the stop we are at; 0 is the start.
        round: the questions.
        iterates: the last training, each of which can be entered.
    """

    def __init__(
        self,
        work: Work,
        stdout: TextIO,
        *,
        fold: Fold = USUAL_FOLD,
        depth: Depth = "line",
        collapse: Sequence[str] = (),
        width: int = 80,
        results: Path | None = None,
    ) -> None:
        self.depth: Depth = depth
        self.collapse = tuple(collapse)
        self.stdout = stdout
        self.fold: Fold = fold
        self.width = width
        self.position = 0
        self.done = False
        self.breakpoints = Marks()
        self.watched = Marks()
        self.searched = ""
        self.round = Round(results)
        self.iterates: list[Iterate] = []
        self.history = History()
        self.use(work)

    def use(self, work: Work) -> None:
        """Step through a work; marks stay with the names they were set at."""
        self.work = work
        self.trace = work.trace
        self.graph = work.trace.graph
        known = groups_of(self.graph)
        names = [name for name in self.collapse if name in known]
        self.closed = {
            index: group
            for group in closed_at(self.graph, self.depth, names)
            for index in group.within
        }
        owner = {index: group.name for index, group in self.closed.items()}
        self.stops = Stops(work.trace, self.fold, owner)
        for marks in (self.breakpoints, self.watched):
            marks.move(self.graph)

    # ---- what is known ----

    @property
    def stop(self) -> Stop:
        """Return the stop we are at."""
        return self.stops.stop(self.position)

    @property
    def state(self) -> State:
        """Return what is known here."""
        return self.trace.state(self.stop.last)

    @property
    def hidden(self) -> frozenset[tuple[int, int]]:
        """Return the local derivatives that are asked for, as (node, source)."""
        return self.round.hidden

    @property
    def asked(self) -> bool:
        """Tell whether an answer is awaited."""
        return self.round.question is not None

    @property
    def closed_words(self) -> str:
        """Return what the closed group is that we are at; empty where there is none."""
        node = self.stop.node
        group = self.closed.get(self.graph.line_of(node)) if node >= 0 else None
        if group is None or self.fold != "line" or self.stop.phase == "seed":
            return ""
        content = group_content(self.graph, group, language())
        call = spelled_call(self.graph, content)
        head = f"{group.name} = {call}" if call else group.name
        told = f"{head}: {content.summary}" if content.summary else head
        return f"{told} ({', '.join(ranged(dict.fromkeys(content.names, ())))})"

    # ---- what is written ----

    def told(self) -> ToldStep:
        """Return what is said about the present step, without a number that is asked for."""
        return veiled_told(told_step(self.trace, self.stop, self.fold), self.round.question)

    def show(self) -> None:
        """Write the step of the present position, then what is watched."""
        told = self.told()
        self.say(["", f"[{self.position}/{len(self.stops)}] {told.title}"])
        self.say(_wrapped(self.closed_words, self.width, "      "))
        lines = told.lines if self.position else [", ".join(told.lines)]
        for line in lines[:MOST_LINES]:
            self.say(_wrapped(line, self.width, "      "))
        if len(lines) > MOST_LINES:
            self.say([f"  {text('told.more', count=len(lines) - MOST_LINES)}"])
        for sentence in (told.sentence, *told.notes):
            self.say(_wrapped(sentence, self.width, "  "))
        if self.watched:
            self.say(["  " + watch_line(self.state, self.watched)])

    def say(self, lines: Iterable[str]) -> None:
        """Write lines, their numbers as the file writes them."""
        for line in lines:
            self.stdout.write(as_in_file(self.graph, line.rstrip()) + "\n")

    def sentence(self, message: str, /, **fields: Any) -> None:
        """Write a message of the catalogue, wrapped."""
        self.say(self.wrapped(text(message, **fields)))

    def wrapped(self, said: str) -> list[str]:
        """Return a text as lines that are not too long."""
        return textwrap.wrap(said, self.width, break_long_words=False, break_on_hyphens=False)

    # ---- what deeds share ----

    def jump(self, position: int) -> None:
        """Go to a stop and show it; never past the answer to an open question."""
        limit = self.round.limit
        if limit is not None and position > limit:
            self.sentence("plain.open")
            return
        self.position = position
        self.show()

    def named(self, name: str) -> int | None:
        """Return the node of a name, or say which names are near."""
        node = self.graph.find(name) if name else None
        if node is None:
            message = "stepper.no_name" if name else "stepper.give_name"
            self.say([text(message, name=name, near=near(name, self.graph.line_names))])
            return None
        if self.fold == "line":
            return self.graph.line_ends[self.graph.line_of(node)] - 1
        return node

    def entry_named(self, name: str) -> tuple[int, Shape] | None:
        """Return the array and the place of a name such as W[2,1]; None where it is no entry."""
        array, place = entry_of(self.graph, name.replace(" ", ""))
        node = self.graph.find(array) if array else None
        return None if node is None else (node, place)

    def refuses(self) -> bool:
        """Say that an answer is awaited, where it is: what would give it away has to wait."""
        if self.asked:
            self.sentence("plain.open")
        return self.asked


def _wrapped(line: str, width: int, rest: str) -> list[str]:
    return textwrap.wrap(
        line, width, initial_indent="  ", subsequent_indent=rest, break_on_hyphens=False
    )
