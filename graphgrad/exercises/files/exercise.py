"""Hold an exercise as its file states it: variables, lines, steps and the text around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from graphgrad.errors import Place, SourceError
from graphgrad.expr.decimals import Decimal

__all__ = ["Definition", "Exercise", "Part", "Step", "Variable"]

AVOIDED = ("kink", "saturated", "flat", "trivial", "collision")
"""What a variant is rejected for where the file does not say."""
AVOIDABLE = (*AVOIDED, "long", "dead")
"""What a variant may be rejected for.

``flat``: a variance, deviation or norm is 0; ``long``: a number on the way is too long for the
hand; ``dead``: most parameters get no gradient.
"""


@dataclass(frozen=True)
class Variable:
    """A leaf: fixed, or drawn from choices or from a grid.

    Attributes:
        name: as formulas write it.
        role: ``input`` or ``param``.
        shape: of an array; () for a number.
        value: what it always is; None where it is drawn.
        choices: the values to draw from, empty where there is a grid.
        low: the smallest number of the grid.
        step: from one number of the grid to the next.
        count: how many numbers the grid has.
        nonzero: whether 0 is left out.
        line: its line in the file.
    """

    name: str
    role: str = "input"
    shape: tuple[int, ...] = ()
    value: Any = None
    choices: tuple[Any, ...] = ()
    low: Fraction = Fraction(0)
    step: Fraction = Fraction(1)
    count: int = 0
    nonzero: bool = False
    line: int = 0


class Definition(NamedTuple):
    """A line of the graph: a name, a formula, and its line in the file.

    A loop, a definition, a layer or a line with subscripts is kept as it is written: its name is
    that of no line, and ``gives`` are the names, without subscripts, that it defines.
    """

    name: str
    formula: str
    line: int
    text: str = ""
    gives: tuple[str, ...] = ()

    def defines(self, name: str) -> bool:
        """Tell whether a name, with subscripts or dots, is defined here."""
        base = name.partition("[")[0]
        return name == self.name or base in self.gives or base.partition(".")[0] in self.gives


@dataclass(frozen=True)
class Step:
    """One question.

    Attributes:
        id: what is asked, as an answer writes it: ``z`` or ``dL/dw``.
        label: how the sheet writes it.
        kind: ``number``, ``symbolic``, or ``any``.
        points: what it is worth.
        names: the names a formula may be written in, for the sheet; empty for all.
        uses: the earlier steps that the lecturer says it uses; what it does use is computed by
            `graphgrad.exercises.truth.steps`.
        digits: significant digits to be shown, where the step says so.
        feedback: the lecturer's own words, by misconception.
        line: its line in the file.
    """

    id: str
    label: str = ""
    kind: Literal["number", "symbolic", "any"] = "any"
    points: Fraction = Fraction(1)
    names: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    digits: int | None = None
    feedback: dict[str, str] = field(default_factory=dict)
    line: int = 0

    @property
    def called(self) -> str:
        """What a reader is told: ``step 1, row 2: z`` for the z[1,2] of an update, else the id."""
        return self.label if ", row " in self.label else self.id


class Part(NamedTuple):
    """A piece of the sheet: text of the lecturer, or the step with a number."""

    kind: Literal["text", "step"]
    text: str = ""
    step: int = 0


@dataclass(frozen=True)
class Exercise:
    """An exercise file.

    Attributes:
        id: part of every draw, so that two exercises draw differently.
        path: the file.
        title: for sheets and reports.
        language: of its sheets; empty for the language in force.
        decimal: how numbers are printed and answered.
        digits: significant digits a rounded number must show.
        decimals: decimals it must show instead, where the file says so.
        charge: ``mistake`` charges one misconception at parallel places once, ``step`` each.
        follow_on: the share of its points a step earns that follows from an earlier mistake.
        avoid: what a variant is rejected for.
        variables: the leaves, in the order of the file.
        definitions: the other lines, in the order of the computation.
        assumptions: declared relations.
        loss: the line at which the backward pass starts; empty for the last one.
        steps: the questions.
        parts: what stands on a sheet, in order.
        updates: how many updates of its training are worked, each of them after the one before;
            0 where it is one pass.
        source: the text of a `.gg` file that is the exercise, or that an exercise file holds
            whole; empty where lines and variables say what is computed.
        lines: the text of the file, for messages.
    """

    id: str
    path: str
    title: str = ""
    language: str = ""
    decimal: Decimal = "auto"
    digits: int = 3
    decimals: int | None = None
    charge: Literal["mistake", "step"] = "mistake"
    follow_on: Fraction = Fraction(1)
    avoid: tuple[str, ...] = AVOIDED
    variables: tuple[Variable, ...] = ()
    definitions: tuple[Definition, ...] = ()
    assumptions: tuple[str, ...] = ()
    loss: str = ""
    steps: tuple[Step, ...] = ()
    parts: tuple[Part, ...] = ()
    updates: int = 0
    source: str = ""
    lines: tuple[str, ...] = ()

    @property
    def total(self) -> Fraction:
        """Return the points of all steps."""
        return sum((step.points for step in self.steps), Fraction(0))

    @property
    def is_drawn(self) -> bool:
        """Tell whether variants differ."""
        return any(variable.value is None for variable in self.variables)

    @property
    def asked(self) -> tuple[str, ...]:
        """Return the ids of all steps."""
        return tuple(step.id for step in self.steps)

    def place(self, line: int) -> Place | None:
        """Return the place of a line of the file; None where it is not known."""
        if not 1 <= line <= len(self.lines):
            return None
        return place_in(self.lines, line, self.path)

    def error(self, message: str, line: int, **fields: Any) -> SourceError:
        """Return an error at a line of the file."""
        return SourceError(message, place=self.place(line), **fields)


def place_in(lines: tuple[str, ...] | list[str], line: int, path: str) -> Place:
    """Return the place of a whole line."""
    text = lines[line - 1].rstrip()
    indent = len(text) - len(text.lstrip())
    return Place(line, indent + 1, text, path, length=max(1, len(text) - indent))
