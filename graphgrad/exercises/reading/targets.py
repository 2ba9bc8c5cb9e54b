"""Say what a line of an answer sheet answers, and which row of the data it is about.

``row 2: z = 0.49`` is about one row, ``mean: L = 0.73`` about all of them.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from graphgrad.messages.catalogue import Worded, text

__all__ = [
    "MEANS",
    "ROW_WORDS",
    "Kind",
    "Target",
    "given_text",
    "row_of",
    "row_scope",
    "scope_words",
    "scoped",
    "step_text",
]

ROW_WORDS = (
    "row", "fila", "sample", "muestra", "example", "ejemplo", "pattern", "patrón", "patron",
    "point", "punto",
)  # fmt: skip
MEANS = {
    **dict.fromkeys(("mean", "average", "media", "promedio"), "mean"),
    **dict.fromkeys(("sum", "total", "suma"), "sum"),
}
_SCOPE = re.compile(
    rf"\s*(?:[-*•]\s+)?(?:(?:{'|'.join(ROW_WORDS)})s?\s*(?:n[.ºo°]*\s*)?(?P<row>[0-9]{{1,6}})"
    rf"|(?P<over>{'|'.join(MEANS)})(?:\s+(?:of|over|de|sobre)\s+\w+(?:\s+\w+)?)?)\s*[:.]"
    r"(?P<rest>\s.*|)\Z",
    re.IGNORECASE,
)
_OF_TRAINING = re.compile(r"step (?P<number>[0-9]+)(?:, row (?P<row>[0-9]+))?: ")
_QUANTITY = re.compile(r"(?P<word>shape|params|new|delta)(?P<rest>\(.*\)| .+|)")
Kind = Literal["value", "derivative", "second", "delta", "update", "shape", "count", "claim", "own"]
_WRITTEN = {
    "derivative": "d{0}/d{1}",
    "second": "d2{0}/d{1}2",
    "delta": "delta({0})",
    "update": "new {0}",
    "shape": "shape({0})",
    "count": "params({0})",
}


class Target(NamedTuple):
    """What a line answers.

    Kinds: ``value`` of a line, ``derivative`` of a line in another, ``second`` derivative (a
    Hessian), ``delta`` (the error of a line), ``update`` of a parameter, ``shape`` of a line,
    ``count`` of parameters, ``claim`` that two formulas are equal, ``own`` name of the student.
    ``entry`` is the subscript of one entry, from 1.
    """

    kind: Kind
    name: str
    wrt: str = ""
    entry: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """Return the target as an answer writes it."""
        text = _WRITTEN.get(self.kind, "{0}").format(self.name, self.wrt)
        if self.kind == "count" and not self.name:
            text = "params"
        return f"{text}[{','.join(map(str, self.entry))}]" if self.entry else text


def row_scope(row: int) -> str:
    """Return the scope of a row, counted from 1."""
    return f"row {row}"


def row_of(scope: str) -> int:
    """Return the row that a scope names; 0 if it names none.

    >>> row_of("row 2"), row_of("mean")
    (2, 0)
    """
    return int(scope[4:]) if scope.startswith("row ") else 0


def scoped(line: str, *, step: bool = False) -> tuple[str, str]:
    """Return the scope that a line, or the id of a step, begins with, and the rest of it.

    >>> scoped("fila 2: z = 1"), scoped("media: L = 3"), scoped("z = 1")
    (('row 2', 'z = 1'), ('mean', 'L = 3'), ('', 'z = 1'))
    """
    found = _SCOPE.match(line)
    if found is None:
        return "", line.strip()
    if found["over"] and not step and "=" not in found["rest"] and found["rest"].strip():
        return "", line.strip()
    over = MEANS.get((found["over"] or "").lower(), "")
    return over or row_scope(int(found["row"])), found["rest"].strip()


def given_text(given: str, language: str | None = None) -> str:
    """Return an answer for the reader: the step of a training in the reader's language.

    >>> given_text("step 1: m_w = 5", "es"), given_text("z = 1", "es")
    ('paso 1: m_w = 5', 'z = 1')
    >>> given_text("step 1, row 2: dL/dz", "es")
    'paso 1, fila 2: dL/dz'
    """
    found, word = _OF_TRAINING.match(given), "check.scope.step"
    if found is None:
        return given
    where = [text(word, language, step=found["number"])]
    where += [text("check.scope.row", language, row=found["row"])] if found["row"] else []
    return f"{', '.join(where)}: {given[found.end() :]}"


def step_text(step: str, language: str | None = None) -> str:
    """Return the id of a step for the reader: rows, shapes and counts in the reader's language.

    >>> step_text("row 2: dL/dw", "es"), step_text("mean: new w", "es"), step_text("z", "es")
    ('fila 2: dL/dw', 'media: nuevo w', 'z')
    """
    if step.startswith("step "):  # of a training
        return given_text(step, language)
    scope, name = scoped(step, step=True)
    found = _QUANTITY.fullmatch(name)
    if found is not None:
        word = text(f"check.step.{found['word'].strip()}", language)
        name = f"{word}{found['rest']}"
    if not scope:
        return name
    words = scope_words(scope)
    return f"{text(words.message_id, language, **words.fields)}: {name}"


def scope_words(scope: str) -> Worded:
    """Return what an answer is about, to be worded in the reader's language."""
    row = row_of(scope)
    return Worded("check.scope.row" if row else f"check.scope.{scope}", row=row)
