"""Read exercise files; any `.gg` file is an exercise as it is.

Of a `.gg` file every line is asked for, then every derivative.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

from graphgrad.errors import FileError, GraphgradError, SourceError
from graphgrad.exercises.files.blocks import Front, blocks_of, front_of, lines_of, parts_of
from graphgrad.exercises.files.definitions import ordered, read_variable, with_steps
from graphgrad.exercises.files.exercise import (
    AVOIDABLE,
    AVOIDED,
    Definition,
    Exercise,
    Part,
    Step,
    Variable,
    place_in,
)
from graphgrad.exercises.files.step_block import RawStep, read_step
from graphgrad.exercises.truth.steps import targets_of
from graphgrad.expr.decimals import Decimal
from graphgrad.files.reading import read_bytes
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import LANGUAGES
from graphgrad.source.gg import load, read_gg
from graphgrad.source.text import decode, read_text

__all__ = [
    "FORMAT",
    "MOST_TITLE",
    "exercise_of_gg",
    "exercise_of_text",
    "load_exercise",
    "read_exercise",
]


FORMAT = "graphgrad-exercise/1"
LARGEST = 2**20
_DECIMALS = {"coma": "comma", "comma": "comma", "punto": "point", "point": "point", "auto": "auto"}
_KEYS = (
    "format", "id", "lang", "decimal", "title", "points", "digits", "sigfigs", "decimals",
    "charge", "follow_on", "avoid", "assume", "loss", "updates", "vars", "names",
)  # fmt: skip
MOST_TITLE = 400
_WHOLE = ("whole", "entero")
"""What stands behind ``gg`` where a block holds a whole file: data, layers, loops."""
_FRACTION = re.compile(r"[0-9]{1,4}/[1-9][0-9]{0,3}")
_ID = re.compile(r"[\w.-]{1,80}\Z")


def load_exercise(path: str | os.PathLike[str]) -> Exercise:
    """Read an exercise file, or a `.gg` file as an exercise.

    Raises:
        FileError: if the file cannot be read.
        SourceError: if it is not valid, with the place.
        LimitError: if it is too large.
    """
    if Path(path).suffix.lower() == ".gg":
        return exercise_of_gg(path)
    return read_exercise(decode(read_bytes(path, LARGEST), str(path)), str(path))


def read_exercise(text: str, path: str = "") -> Exercise:
    """Read the text of an exercise file.

    Raises:
        SourceError: if it is not valid, with the place.
    """
    lines = text.split("\n")
    front = front_of(lines, path)
    try:
        return _Reader(lines, path, front).exercise()
    except FileError:
        raise
    except GraphgradError as error:
        at = error.fields.pop("at", 0)
        if error.place is None and 1 <= at <= len(lines):
            error.place = place_in(lines, at, path)
        raise


class _Reader:
    """Hold what an exercise is read from."""

    def __init__(self, lines: list[str], path: str, front: Front) -> None:
        self.lines = lines
        self.path = path
        self.table = front.table
        self.end = front.end

    def exercise(self) -> Exercise:
        """Return the exercise."""
        self._check_keys()
        blocks = list(blocks_of(self.lines, self.end, self.path))
        raw = [read_step(block) for block in blocks if block.kind == "step"]
        variables = self._variables()
        graph_lines = [block for block in blocks if block.kind == "gg"]
        whole = next((block for block in graph_lines if block.info in _WHOLE), None)
        names = [*self._names(), *lines_of([b for b in graph_lines if b.info not in _WHOLE])]
        if whole is None:
            definitions, steps = with_steps(names, raw, {v.name for v in variables})
        else:
            definitions, steps = [], [_asked(step) for step in raw]
        exercise = Exercise(
            self._id(),
            self.path,
            title=self._text("title"),
            language=self._language(),
            decimal=cast("Decimal", self._one_of("decimal", _DECIMALS, "auto")),
            digits=self._whole("sigfigs", self._whole("digits", 3)),
            decimals=self._whole("decimals", None),
            charge=cast("Any", self._one_of("charge", _same("mistake", "step"), "mistake")),
            follow_on=self._number("follow_on", Fraction(1)),
            avoid=self._avoid(),
            variables=tuple(variables),
            definitions=tuple(ordered(definitions)),
            assumptions=self._texts("assume"),
            loss=self._text("loss"),
            steps=self._with_points(raw, steps),
            parts=tuple(parts_of(blocks)),
            updates=self._updates(whole is not None),
            source="" if whole is None else "\n".join(whole.lines),
            lines=tuple(self.lines),
        )
        if not exercise.steps:
            raise SourceError("classroom.file.no_steps", at=self.end)
        return exercise

    # ---- the front matter ----

    def _check_keys(self) -> None:
        if self.table.get("format") != FORMAT:
            got = str(self.table.get("format", "-"))[:60]
            raise SourceError(
                "classroom.file.format", got=got, expected=FORMAT, at=self._line("format")
            )
        for key in self.table:
            if key not in _KEYS:
                known = ", ".join(_KEYS)
                raise SourceError("classroom.file.key", got=key, known=known, at=self._line(key))

    def _line(self, key: str) -> int:
        """Return the line of a key of the front matter, 1 where it is not found."""
        written = re.compile(rf"""\s*+\[?["']?{re.escape(key)}["']?\s*[=\].]""")
        found = (k for k, line in enumerate(self.lines[: self.end], 1) if written.match(line))
        return next(found, 1)

    def _wrong(self, key: str, expected: str) -> SourceError:
        got = str(self.table[key])[:60]
        return SourceError(
            "classroom.file.value", name=key, got=got, expected=expected, at=self._line(key)
        )

    def _text(self, key: str) -> str:
        value = self.table.get(key, "")
        if not isinstance(value, str) or len(value) > MOST_TITLE or "\n" in value:
            raise self._wrong(key, '"..."')
        return value

    def _texts(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key, [])
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self._wrong(key, '["..."]')
        return tuple(value)

    def _one_of(self, key: str, known: dict[str, str], default: str) -> str:
        value = self.table.get(key, default)
        if not isinstance(value, str) or value not in known:
            raise self._wrong(key, ", ".join(known))
        return known[value]

    def _whole(self, key: str, default: Any) -> Any:
        if key not in self.table:
            return default
        value = self.table[key]
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 15:
            raise self._wrong(key, "1 ... 15")
        return value

    def _updates(self, whole: bool) -> int:
        """Return how many updates are worked; only a whole file says how it is trained."""
        count: int = self._whole("updates", 0)
        if count and not whole:
            raise SourceError("classroom.file.updates", at=self._line("updates"))
        return count

    def _number(self, key: str, default: Fraction | None) -> Any:
        if key not in self.table:
            return default
        value = self.table[key]
        if isinstance(value, str) and _FRACTION.fullmatch(value):
            value = Fraction(value)
        number = isinstance(value, int | Fraction) and not isinstance(value, bool)
        if not number or not 0 <= value <= 1000:
            raise self._wrong(key, '0 ... 1000, 0.5, "1/2"')
        return Fraction(value)

    def _id(self) -> str:
        value = self.table.get("id", "")
        if not isinstance(value, str) or not _ID.match(value):
            raise SourceError("classroom.file.id", got=str(value)[:60], at=self._line("id"))
        return value

    def _language(self) -> str:
        return self._one_of("lang", _same(*LANGUAGES, ""), "")

    def _avoid(self) -> tuple[str, ...]:
        found = self._texts("avoid") if "avoid" in self.table else AVOIDED
        if any(word not in AVOIDABLE for word in found):
            raise self._wrong("avoid", ", ".join(AVOIDABLE))
        return found

    # ---- variables, lines, points ----

    def _variables(self) -> list[Variable]:
        given = self.table.get("vars", {})
        if not isinstance(given, dict):
            raise self._wrong("vars", "[vars]")
        found = []
        for name, value in given.items():
            line = self._line(name)
            try:
                found.append(read_variable(name, value, line))
            except GraphgradError as error:
                error.fields["at"] = line
                raise
        return found

    def _names(self) -> list[Definition]:
        given = self.table.get("names", {})
        if not isinstance(given, dict) or not all(isinstance(v, str) for v in given.values()):
            raise self._wrong("names", 'a = "..."')
        return [Definition(name, text, self._line(name)) for name, text in given.items()]

    def _with_points(self, raw: list[RawStep], steps: list[Step]) -> tuple[Step, ...]:
        """Return the steps with their points: what is not given out is shared evenly."""
        total = self._number("points", None)
        open_steps = [step for step in raw if step.points is None]
        given = sum((step.points for step in raw if step.points is not None), Fraction(0))
        share = Fraction(1)
        if total is not None and open_steps:
            share = (total - given) / len(open_steps)
        if total is not None and (share <= 0 or (not open_steps and given != total)):
            raise SourceError(
                "classroom.file.points", given=given, total=total, at=self._line("points")
            )
        return tuple(
            replace(step, points=share if own.points is None else own.points)
            for step, own in zip(steps, raw, strict=True)
        )


def _asked(raw: RawStep) -> Step:
    """Return a step that asks for something of a whole file, as it is named there."""
    return Step(
        raw.id, raw.label or raw.id, raw.kind, names=raw.names, digits=raw.digits,
        feedback=raw.feedback, line=raw.line,
    )  # fmt: skip


def _same(*words: str) -> dict[str, str]:
    return {word: word for word in words}


def exercise_of_gg(path: str | os.PathLike[str], asked: tuple[str, ...] = ()) -> Exercise:
    """Return the exercise that a `.gg` file is.

    Args:
        path: the file.
        asked: the steps; all where none is named.

    Raises:
        FileError: if the file cannot be read; SourceError if it is not valid.
    """
    return _exercise(load(path), read_text(path), str(path), asked)


def exercise_of_text(text: str, path: str = "", asked: tuple[str, ...] = ()) -> Exercise:
    """Return the exercise that the text of a `.gg` file is.

    Raises:
        SourceError: if it is not valid.
    """
    return _exercise(read_gg(text, path=path), text, path, asked)


def _exercise(graph: Graph, text: str, path: str, asked: tuple[str, ...]) -> Exercise:
    steps = tuple(Step(name, name) for name in asked or targets_of(graph))
    return Exercise(
        Path(path).stem or "exercise",
        path,
        title=graph.heading.title_in(),
        assumptions=graph.heading.assumptions,
        steps=steps,
        parts=tuple(Part("step", step=number) for number in range(len(steps))),
        source=text,
        lines=tuple(text.split("\n")),
    )
