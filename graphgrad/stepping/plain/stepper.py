"""Step through a pass line by line: commands from a stream, plain text to a stream.

Made for pipes, screen readers and terminals without a screen: no colours, no cursor movement.
"""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterable
from typing import TextIO

from graphgrad.graph.formula import line_formula
from graphgrad.messages import Worded, text
from graphgrad.stepping.plain.commands import Request, read_request
from graphgrad.stepping.plain.marks import Marks
from graphgrad.stepping.plain.reports import help_lines, inspect_lines, state_lines, watch_line
from graphgrad.trace.trace import Trace
from graphgrad.views.narrate_stops import stop_text
from graphgrad.views.stops import Fold, Stops

__all__ = ["PlainStepper", "run_plain"]


def run_plain(
    trace: Trace,
    stdin: TextIO,
    stdout: TextIO,
    *,
    fold: Fold = "line",
    at: str | None = None,
    width: int = 80,
) -> int:
    """Read commands until `q` or the end of the input; return the exit status.

    Args:
        trace: the run to step through.
        stdin: one command per line.
        stdout: where the steps are written.
        fold: one stop per line of the file, per node, or per edge.
        at: a name to run to first.
        width: columns to wrap sentences for.
    """
    stepper = PlainStepper(trace, stdout, fold=fold, width=width)
    prompting = stdin.isatty()
    stepper.greet()
    if at is not None:
        stepper.obey(Request("to", 1, at, "t"))
    else:
        stepper.show()
    while not stepper.done:
        if prompting:
            stdout.write(f"{stepper.position}/{len(stepper.stops)}> ")
            stdout.flush()
        line = stdin.readline()
        if not line:
            break
        stepper.obey(read_request(line))
        stdout.flush()
    return 0


class PlainStepper:
    """Hold a position in the stops of a trace and obey commands."""

    def __init__(
        self, trace: Trace, stdout: TextIO, *, fold: Fold = "line", width: int = 80
    ) -> None:
        self.trace = trace
        self.graph = trace.graph
        self.stdout = stdout
        self.fold: Fold = fold
        self.width = width
        self.stops = Stops(trace, fold)
        self.position = 0
        self.done = False
        self.breakpoints = Marks()
        self.watched = Marks()
        self.searched = ""

    def greet(self) -> None:
        """Write what is stepped through and how to get help."""
        title = self.graph.heading.title
        if title:
            self.say([title])
        self.say([text("stepper.greeting", count=len(self.stops))])

    def obey(self, request: Request) -> None:
        """Do what a line asks for."""
        if not request.name:
            self.say([text("stepper.unknown", word=request.word)])
            return
        getattr(self, f"_{request.name}")(request)

    def show(self) -> None:
        """Write the step of the present position, then what is watched."""
        stop = self.stops.stop(self.position)
        told = stop_text(self.trace, stop, self.fold)
        self.say(["", f"[{self.position}/{len(self.stops)}] {told.title}"])
        for line in dict.fromkeys([*told.formula.splitlines(), *told.numbers.splitlines()]):
            self.say(_wrapped(line, self.width, "      "))
        self.say(_wrapped(told.caption, self.width, "  "))
        if self.watched:
            self.say(["  " + watch_line(self.trace.state(stop.last), self.watched)])

    def say(self, lines: Iterable[str]) -> None:
        """Write lines."""
        for line in lines:
            self.stdout.write(line.rstrip() + "\n")

    # ---- moving ----

    def _move(self, position: int) -> None:
        wanted = max(0, min(position, len(self.stops)))
        if wanted == self.position:
            self.say([text("stepper.at_end" if position > wanted else "stepper.at_start")])
            return
        self.position = wanted
        self.show()

    def _next(self, request: Request) -> None:
        self._move(self.position + request.times)

    def _previous(self, request: Request) -> None:
        self._move(self.position - request.times)

    def _goto(self, request: Request) -> None:
        if not request.argument.isdecimal() or int(request.argument) > len(self.stops):
            self.say([text("stepper.no_step", got=request.argument, count=len(self.stops))])
            return
        self.position = int(request.argument)
        self.show()

    def _jump(self, position: int) -> None:
        self.position = position
        self.show()

    def _start(self, _request: Request) -> None:
        self._jump(0)

    def _end(self, _request: Request) -> None:
        self._jump(len(self.stops))

    def _forward(self, _request: Request) -> None:
        self._jump(min(1, self.stops.forward_count))

    def _backward(self, _request: Request) -> None:
        if not self.stops.has_seed:
            self.say([text("stepper.no_backward")])
            return
        self._jump(self.stops.seed)

    def _to(self, request: Request) -> None:
        """Run to a node's value; from there, or later, to its adjoint; from there to its value."""
        node = self._named(request.argument)
        if node is None:
            return
        places = [self.stops.value_position(node), self.stops.adjoint_position(node)]
        later = [place for place in places if place > self.position]
        self._jump(later[0] if later else places[0])

    # ---- breakpoints, watches ----

    def _break(self, request: Request) -> None:
        self._toggle(self.breakpoints, request.argument, "stepper.breakpoints")

    def _watch(self, request: Request) -> None:
        self._toggle(self.watched, request.argument, "stepper.watches")

    def _toggle(self, marks: Marks, name: str, message: str) -> None:
        node = self._named(name) if name else None
        if node is not None:
            marks.toggle(name, node)
        elif name:
            return
        self.say([text(message, names=", ".join(marks) or text("stepper.none"))])

    def _continue(self, _request: Request) -> None:
        places = [place for place in self.breakpoints.places(self.stops) if place > self.position]
        if not places:
            self.say([text("stepper.no_break")])
        self._jump(min(places, default=len(self.stops)))

    def _back(self, _request: Request) -> None:
        places = [place for place in self.breakpoints.places(self.stops) if place < self.position]
        if not places:
            self.say([text("stepper.no_break")])
        self._jump(max(places, default=0))

    # ---- reports ----

    def _inspect(self, request: Request) -> None:
        stop = self.stops.stop(self.position)
        node = self._named(request.argument) if request.argument else stop.node
        if node is None:
            return
        if node < 0:
            self._state(request)
            return
        self.say(inspect_lines(self.trace.state(stop.last), node, self.fold))

    def _state(self, _request: Request) -> None:
        last = self.stops.stop(self.position).last
        self.say(state_lines(self.trace.state(last), self.fold, self.width))

    def _copy(self, _request: Request) -> None:
        told = stop_text(self.trace, self.stops.stop(self.position), self.fold)
        self.say([told.title, *told.formula.splitlines(), *told.numbers.splitlines()])
        self.say([told.caption])

    def _search(self, request: Request) -> None:
        self.searched = request.argument or self.searched
        count = len(self.stops)
        if not self.searched:
            self.say([text("stepper.search_nothing")])
            return
        for offset in range(1, count + 1):
            position = (self.position + offset - 1) % count + 1
            if self._matches(self.stops.stop(position).node):
                self._jump(position)
                return
        self.say([text("stepper.not_found", what=self.searched)])

    def _matches(self, node: int) -> bool:
        """Tell whether a node's name, op or formula contains the text searched for."""
        graph = self.graph
        line = graph.line(graph.line_of(node))
        words = (graph.name(node), graph.columns.row(node).name, line_formula(graph, line))
        return any(self.searched.casefold() in word.casefold() for word in words)

    def _help(self, _request: Request) -> None:
        self.say(help_lines())

    def _quit(self, _request: Request) -> None:
        self.done = True

    def _named(self, name: str) -> int | None:
        """Return the node of a name, or say which names are near."""
        node = self.graph.find(name) if name else None
        if node is None:
            close = difflib.get_close_matches(name, self.graph.line_names, n=3)
            near = Worded("near.names", names=", ".join(close)) if close else Worded("near.none")
            self.say(
                [text("stepper.no_name" if name else "stepper.give_name", name=name, near=near)]
            )
            return None
        if self.fold == "line":
            return self.graph.line_ends[self.graph.line_of(node)] - 1
        return node


def _wrapped(line: str, width: int, rest: str) -> list[str]:
    return textwrap.wrap(
        line, width, initial_indent="  ", subsequent_indent=rest, break_on_hyphens=False
    )
