"""Step through a pass line by line: commands from a stream, plain text to a stream.

Made for pipes, screen readers and terminals without a screen: no colours, no cursor movement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from graphgrad.graph.blocks import Depth
from graphgrad.messages.catalogue import text
from graphgrad.stepping.commands import Request, is_command_word, read_request
from graphgrad.stepping.plain.deeds import DEEDS
from graphgrad.stepping.plain.line_stage import Stepping
from graphgrad.stepping.work import Origin, Work
from graphgrad.trace.trace import Trace
from graphgrad.views.text.stops import USUAL_FOLD, Fold

__all__ = ["PlainStepper", "run_plain"]


def run_plain(
    trace: Trace,
    stdin: TextIO,
    stdout: TextIO,
    *,
    fold: Fold = USUAL_FOLD,
    depth: Depth = "line",
    collapse: Sequence[str] = (),
    at: str | None = None,
    width: int = 80,
    point: Mapping[str, Any] | None = None,
    origin: Origin | None = None,
    results: Path | None = None,
) -> int:
    """Read commands until `q` or the end of the input; return the exit status.

    Args:
        trace: the run to step through.
        stdin: one command per line.
        stdout: where the steps are written.
        fold: one stop per line of the file, per node, or per edge.
        depth: what one stop is where lines are folded: a block, a layer, or a line.
        collapse: groups that are open where the depth closes them, or the other way round.
        at: a name to run to first.
        width: columns to wrap sentences for.
        point: values of leaves that were given beside the source.
        origin: the text the graph was read from, so that formulas can be edited.
        results: a file to which answers to questions are added.
    """
    work = Work(trace, origin, point or {})
    stepper = PlainStepper(
        work, stdout, fold=fold, depth=depth, collapse=collapse, width=width, results=results
    )
    prompting = stdin.isatty()
    stepper.greet()
    if at is not None:
        stepper.obey(Request("to", 1, at, "t"))
    else:
        stepper.show()
    while not stepper.done:
        if prompting:
            stdout.write(stepper.prompt)
        stdout.flush()
        line = stdin.readline()
        if not line:
            break
        stepper.hear(line)
        stdout.flush()
    return 0


class PlainStepper(Stepping):
    """Obey the lines that are typed; `DEEDS` says what each command does."""

    @property
    def prompt(self) -> str:
        """Return what stands before a line that is typed."""
        return "= " if self.asked else f"{self.position}/{len(self.stops)}> "

    def greet(self) -> None:
        """Write what is stepped through and how to get help."""
        title = self.graph.heading.title_in()
        if title:
            self.say([title])
        self.say([text("stepper.greeting", count=len(self.stops))])

    def hear(self, line: str) -> None:
        """Take a line: the answer to a question, or a command."""
        if self.asked and not (is_command_word(line) and self.graph.find(line.strip()) is None):
            DEEDS["answer"](self, Request("answer", 1, line.strip(), ""))
            return
        self.obey(read_request(line))

    def obey(self, request: Request) -> None:
        """Do what a line asks for."""
        if not request.name:
            self.say([text("stepper.unknown", word=request.word)])
            return
        DEEDS[request.name](self, request)
