"""Read one fenced step: its keys, and what its formula asks for."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal, NamedTuple, cast

from graphgrad.errors import SourceError
from graphgrad.exercises.files.blocks import Block
from graphgrad.exercises.misconceptions.rules import LABELS

__all__ = ["Derived", "RawStep", "derivative_of", "read_step"]

_KEYS = ("expr", "label", "kind", "points", "vars", "uses", "digits", "feedback")
_KINDS = {"number": "number", "numero": "number", "número": "number", "symbolic": "symbolic"}
_KINDS |= {"simbolico": "symbolic", "simbólico": "symbolic", "any": "any", "": "any"}
_NAME = r"[^\W\d]\w*(?:\[[-\w,]+\]|\.[^\W\d]\w*)*"
_ID = re.compile(
    r"(?:(?:row\s+\d{1,6}|mean|sum)\s*:\s*)?"
    rf"(?:{_NAME}|[d∂]{_NAME}\s*/\s*[d∂]{_NAME}|new\s+{_NAME}|(?:shape|delta)\({_NAME}\)"
    rf"|params(?:\({_NAME}\))?)\Z"
)
"""A line, a derivative, or what is neither: of one row of the data, over all, a shape, a count."""
_WRITTEN = re.compile(rf"[d∂](?P<of>{_NAME})\s*/\s*[d∂](?P<wrt>{_NAME})\Z")
_DERIVATIVE = re.compile(rf"[d∂]\s*\((?P<inner>.+)\)\s*/\s*[d∂]\s*\(\s*(?P<wrt>{_NAME})\s*\)\Z")


class RawStep(NamedTuple):
    """A step as its block states it."""

    id: str
    line: int
    expr: str
    expr_line: int
    label: str
    kind: Literal["number", "symbolic", "any"]
    points: Fraction | None
    names: tuple[str, ...]
    uses: tuple[str, ...]
    digits: int | None
    feedback: dict[str, str]


class Derived(NamedTuple):
    """What a derivative step asks for: a name or formula, and the name it is derived in."""

    inner: str
    wrt: str


def read_step(block: Block) -> RawStep:
    """Return a step.

    Raises:
        SourceError: with the line in ``fields["at"]`` if the block is not understood.
    """
    if not _ID.match(block.info):
        raise SourceError("classroom.step.id", got=block.info or "-", at=block.line)
    keys, places, feedback = _keys(block)
    kind = _KINDS.get(keys.get("kind", ""))
    if kind is None:
        raise SourceError("classroom.step.kind", got=keys["kind"], at=places["kind"])
    return RawStep(
        block.info,
        block.line,
        keys.get("expr", ""),
        places.get("expr", block.line),
        keys.get("label", ""),
        cast("Literal['number', 'symbolic', 'any']", kind),
        _points(keys, places),
        _words(keys.get("vars", "")),
        _words(keys.get("uses", "")),
        _digits(keys, places),
        feedback,
    )


def _keys(block: Block) -> tuple[dict[str, str], dict[str, int], dict[str, str]]:
    """Return the values of ``key = value`` lines, their places, and the feedback."""
    keys: dict[str, str] = {}
    places: dict[str, int] = {}
    feedback: dict[str, str] = {}
    for number, line in enumerate(block.lines, block.line + 1):
        plain = line.split("#")[0] if not line.lstrip().startswith("feedback.") else line
        key, equals, value = (part.strip() for part in plain.partition("="))
        if not key and not equals:
            continue
        if not equals or not value:
            raise SourceError("classroom.step.line", got=plain.strip()[:60], at=number)
        head, _, rest = key.partition(".")
        if head not in _KEYS or (rest and head != "feedback"):
            known = ", ".join(_KEYS)
            raise SourceError("classroom.step.key", got=key, known=known, at=number)
        if head == "feedback":
            if rest not in LABELS:
                known = ", ".join(LABELS)
                raise SourceError("classroom.step.feedback", got=key, known=known, at=number)
            feedback[rest] = _unquoted(value)
        elif key in keys:
            raise SourceError("classroom.step.twice", got=key, at=number)
        else:
            keys[key], places[key] = _unquoted(value), number
    return keys, places, feedback


def _unquoted(text: str) -> str:
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1] if quoted else text


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.strip("[]").split(",") if word.strip())


def _points(keys: dict[str, str], places: dict[str, int]) -> Fraction | None:
    if "points" not in keys:
        return None
    text = keys["points"].replace(",", ".")
    if not re.fullmatch(r"\d{1,4}(\.\d{1,4})?(/[1-9]\d{0,3})?", text):
        raise SourceError("classroom.step.points", got=keys["points"], at=places["points"])
    whole, _, parts = text.partition("/")
    return Fraction(whole) / Fraction(parts or 1)


def _digits(keys: dict[str, str], places: dict[str, int]) -> int | None:
    if "digits" not in keys:
        return None
    if not re.fullmatch(r"1?\d", keys["digits"]) or not 1 <= int(keys["digits"]) <= 15:
        raise SourceError("classroom.step.digits", got=keys["digits"], at=places["digits"])
    return int(keys["digits"])


def derivative_of(step: RawStep) -> Derived | None:
    """Return what a step derives, or None if it asks for a value."""
    if step.expr:
        written = _DERIVATIVE.match(step.expr)
        plain = _WRITTEN.match(step.expr)
        if written is not None:
            return Derived(written["inner"].strip(), written["wrt"])
        return None if plain is None else Derived(plain["of"], plain["wrt"])
    named = _WRITTEN.match(step.label) or _WRITTEN.match(step.id)
    return None if named is None else Derived(named["of"], named["wrt"])


def name_of_inner(step: RawStep, wrt: str) -> str:
    """Return the name a step gives to what it derives, as ``L`` in ``dL/dw`` or ``dLdw``."""
    for text in (step.label, step.id):
        written = _WRITTEN.match(text)
        if written is not None:
            return written["of"]
        if text.startswith("d") and text.endswith(f"d{wrt}") and len(text) > len(wrt) + 2:
            return text[1 : -len(wrt) - 1].rstrip("_")
    return ""
