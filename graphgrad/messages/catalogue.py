"""Word every user-facing text, by id and fields, in the language in force.

One catalogue: each id stands once, in the module of its area, in English and Spanish side by side.
A further language is a module of `languages`; what it does not word is told in English.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from graphgrad.messages import (
    classroom,
    classroom_grading,
    classroom_mistakes,
    classroom_pages,
    command_pages,
    commands,
    engine,
    exercises,
    figures,
    files,
    notes,
    pages,
    python_values,
    reports,
    source,
)
from graphgrad.messages.languages.record import code_of_locale, codes, language_record
from graphgrad.messages.lenses import (
    glossary_words,
    lens_commands,
    lens_refusals,
    lens_words,
    seen_functions,
    seen_networks,
)
from graphgrad.messages.networks import layers, programs, training, zooms
from graphgrad.messages.stepper import stepper_app, stepper_help, stepper_screens, stepping

__all__ = [
    "AREAS",
    "CATALOGUE",
    "LANGUAGES",
    "Worded",
    "in_every_language",
    "in_language",
    "language",
    "near",
    "near_names",
    "set_language",
    "text",
    "wordings",
]

LANGUAGES = codes()

CATALOGUE: dict[str, tuple[str, str]] = {}
AREAS = (
    glossary_words,
    lens_commands,
    lens_refusals,
    lens_words,
    seen_functions,
    seen_networks,
    classroom,
    classroom_grading,
    classroom_mistakes,
    classroom_pages,
    command_pages,
    commands,
    engine,
    exercises,
    figures,
    layers,
    files,
    notes,
    pages,
    python_values,
    reports,
    source,
    programs,
    stepper_app,
    stepper_help,
    stepper_screens,
    stepping,
    training,
    zooms,
)
for _area in AREAS:
    for _id, _wording in _area.MESSAGES.items():
        if _id in CATALOGUE:
            raise AssertionError(_id)  # an id stands once
        CATALOGUE[_id] = _wording

_SIDES = {"en": 0, "es": 1}
"""Where a wording stands in the areas."""

_chosen: ContextVar[str | None] = ContextVar("graphgrad_language", default=None)
_of_process: list[str | None] = [None]


def language() -> str:
    """Return the language in force: the chosen one, else the system's, else English."""
    chosen = _chosen.get() or _of_process[0]
    if chosen is not None:
        return chosen
    for variable in ("GRAPHGRAD_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return code_of_locale(value)
    import locale  # Windows sets no variable; the others need not load it

    return code_of_locale(locale.getlocale()[0] or "")


def set_language(code: str | None, *, everywhere: bool = True) -> None:
    """Choose the language of all later texts; None returns to the system's.

    Args:
        code: one of `LANGUAGES`, or None.
        everywhere: in every thread and task, or only in the present context.

    Raises:
        ValueError: if there is no such language.
    """
    if code is not None:
        language_record(code)
    _chosen.set(code)
    if everywhere:
        _of_process[0] = code


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Word what is told inside in a language, for what takes it from the context.

    >>> with in_language("es"):
    ...     text("place.line", line=3, column=7)
    'línea 3, columna 7'
    """
    before = _chosen.set(code)
    try:
        yield
    finally:
        _chosen.reset(before)


def text(message_id: str, lang: str | None = None, /, **fields: Any) -> str:
    """Return the wording of a message with its fields filled in.

    >>> text("place.line", "es", line=3, column=7)
    'línea 3, columna 7'
    """
    code = lang or language()
    return wordings(code)[message_id].format_map(_Fields(fields, code))


@lru_cache(maxsize=64)
def wordings(code: str) -> Mapping[str, str]:
    """Return the wording of every id in a language; what is not translated is in English."""
    side = _SIDES.get(code, 0)
    worded_in_areas = {key: both[side] for key, both in CATALOGUE.items()}
    return {**worded_in_areas, **language_record(code).messages}


def in_every_language(message_id: str) -> set[str]:
    """Return all wordings of an id, to know a word again that another program wrote."""
    return {wordings(code)[message_id] for code in LANGUAGES}


class _Fields(dict[str, Any]):
    """Fields of a message; a field that is itself a message id tuple is worded too."""

    def __init__(self, fields: dict[str, Any], lang: str) -> None:
        super().__init__(fields)
        self._lang = lang

    def __getitem__(self, key: str) -> Any:
        value = super().__getitem__(key)
        if isinstance(value, Worded):
            return text(value.message_id, self._lang, **value.fields)
        if isinstance(value, str) and value == "scalar":  # the one shape that is written as a word
            return text("shape.scalar", self._lang)
        return value


class Worded:
    """A field of a message that is itself a message, worded together with it."""

    __slots__ = ("fields", "message_id")

    def __init__(self, message_id: str, /, **fields: Any) -> None:
        self.message_id = message_id
        self.fields = fields


def near(name: str, known: Iterable[str], most: int = 3, cutoff: float = 0.6) -> Worded:
    """Return "Did you mean ...?" as a field of a message, empty where nothing is near.

    >>> text("near.names", names=near("sigmod", ["sigmoid", "tanh"]).fields["names"])
    ' Did you mean sigmoid?'
    """
    from difflib import get_close_matches  # most runs make no mistake

    return near_names(get_close_matches(name, list(known), n=most, cutoff=cutoff))


def near_names(names: Sequence[str]) -> Worded:
    """Return the same of names that are chosen already."""
    return Worded("near.names", names=", ".join(names)) if names else Worded("near.none")
