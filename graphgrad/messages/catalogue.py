"""Word every user-facing text, by id and fields, in the language in force.

One catalogue: each id stands once, in the module of its area, in English and Spanish side by side.
A further language is a module of `languages`; what it does not word is told in English.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib import import_module
from typing import Any

from graphgrad.messages.keywords import set_apart, setting_in_spanish, setting_typed
from graphgrad.messages.languages.record import code_of_locale, codes, language_record

__all__ = [
    "AREAS",
    "LANGUAGES",
    "Names",
    "Worded",
    "catalogue",
    "ids_of",
    "in_every_language",
    "in_language",
    "language",
    "near",
    "near_names",
    "quoted",
    "set_language",
    "text",
    "worded",
]

LANGUAGES = codes()

AREAS: dict[str, str] = {
    "lenses.glossary_words": "glossary lens",
    "lenses.lens_commands": "app command inspect lint page run stepper sweep",
    "lenses.lens_refusals": "lens",
    "lenses.lens_words": "lens",
    "lenses.seen_functions": "lens",
    "lenses.seen_networks": "lens",
    "classroom": "classroom",
    "classroom_grading": "classroom command",
    "classroom_mistakes": "classroom",
    "classroom_pages": "classroom command",
    "command_pages": "command compile doctor editors explain fmt gradcheck run samples show",
    "commands": "argument cluster help option output program usage word",
    "engine": (
        "convention gradient graph handle jacobian leaf name op row shape sympy trace trouble"
    ),
    "exercises": "answer check command limit read word",
    "figures": "command figure format render scene",
    "networks.exports": "command export",
    "networks.imports": "import",
    "networks.layers": "convention layer nn op shape target trouble",
    "files": "data file option take",
    "notes": "command notes",
    "pages": "gallery live page samples stepper_page",
    "python_values": "door given handle name op register sympy",
    "recipes": "recipe",
    "reports": "explain gradcheck number role row rows run step symbolic",
    "source": "near note place setting source warning",
    "networks.programs": "name rows source",
    "stepper.in_browser": "browser",
    "stepper.stepper_app": "app check edit keymap predict step take",
    "stepper.stepper_help": "app page",
    "stepper.stepper_screens": "app command open picture samples serve start step worked zoom",
    "stepper.stepping": "cause plain stepper",
    "stepper.told": "app entry listing told tour train units",
    "networks.training": "command optim train training",
    "networks.zooms": "command depth entries explain option same",
}
"""Each area, a module of `graphgrad.messages`, with the first words of its ids.

A command words a few of them: an area is imported when one of its ids is told.
"""
_known: dict[str, tuple[str, str]] = {}

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
    return worded(message_id, code).format_map(_Fields(fields, code))


def worded(message_id: str, code: str) -> str:
    """Return the wording of an id in a language, fields open; in English if not translated.

    Raises:
        KeyError: if there is no such id.
    """
    further = language_record(code).messages.get(message_id)
    return _sides(message_id)[_SIDES.get(code, 0)] if further is None else further


def _sides(message_id: str) -> tuple[str, str]:
    """Return an id in English and Spanish, from the area that holds it."""
    if message_id not in _known:
        first = message_id.partition(".")[0]
        for area, starts in AREAS.items():
            if first in starts.split():
                _known.update(ids_of(area))
                if message_id in _known:
                    break
    return _known[message_id]


def ids_of(area: str) -> dict[str, tuple[str, str]]:
    """Return the wordings of an area, both languages side by side."""
    found: dict[str, tuple[str, str]] = import_module(f"graphgrad.messages.{area}").MESSAGES
    return found


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, tuple[str, str]]:
    """Return every id of every area; an id stands once."""
    found: dict[str, tuple[str, str]] = {}
    for area in AREAS:
        for key, wording in ids_of(area).items():
            if key in found:
                raise AssertionError(key)
            found[key] = wording
    return found


def in_every_language(message_id: str) -> set[str]:
    """Return all wordings of an id, to know a word again that another program wrote."""
    return {worded(message_id, code) for code in LANGUAGES}


class _Word(str):
    """A field that a Spanish wording may take as ``{name:setting}``: a setting, or some of them."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        """Return a setting with its Spanish word, or that alone (``typed``); a ``name`` apart."""
        if spec == "typed":
            return setting_typed(self)
        if spec == "name":
            return set_apart(self)
        if spec != "setting":
            return super().__format__(spec)
        return ", ".join(map(setting_in_spanish, self.split(", ")))


class Names(str):
    """A field that is another word in Spanish, as the name of a lens; itself it is English."""

    __slots__ = ("spanish",)
    spanish: str

    def __new__(cls, english: str, spanish: str) -> Names:
        """Hold both."""
        made = super().__new__(cls, english)
        made.spanish = spanish
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # str's has one
        """Let an error that holds it come back from a process that marks."""
        return str(self), self.spanish


_SHAPES = frozenset({"operands", "shapes"})
_SCALAR = r"(?:^|(?<=, )|(?<=: ))scalar(?=, |$)"
"""The one shape that is written as a word, alone or in a list of shapes."""


class _Fields(dict[str, Any]):
    """Fields of a message; a field that is itself a message id tuple is worded too."""

    def __init__(self, fields: dict[str, Any], lang: str) -> None:
        super().__init__(fields)
        self._lang = lang

    def __getitem__(self, key: str) -> Any:
        value = super().__getitem__(key)
        if isinstance(value, Worded):
            return _Word(text(value.message_id, self._lang, **value.fields))
        if isinstance(value, Names) and self._lang == "es":
            return _Word(value.spanish)
        if isinstance(value, str) and (value == "scalar" or key in _SHAPES):
            return re.sub(_SCALAR, text("shape.scalar", self._lang), value)
        return _Word(value) if isinstance(value, str) else _writable(value)


_UNWRITABLE = "…"
_SHORT = 4
"""Letters of a name so short that half of it is a word by chance: foo is no floor."""


def _writable(value: Any) -> Any:
    """Return what is no text as it is, unless it has none; the messages then have another."""
    held = isinstance(value, int | tuple | list) or hasattr(value, "numerator")
    return _Word(_UNWRITABLE) if held and quoted(value) == _UNWRITABLE else value


def quoted(value: Any) -> str:
    """Return a value as Python writes it; a mark for numbers of thousands of digits.

    >>> quoted("w"), quoted(10**9000)
    ("'w'", '…')
    """
    try:
        return repr(value)
    except ValueError:  # whole numbers of more than 4300 digits have no text
        return _UNWRITABLE


class Worded:
    """A field of a message that is itself a message, worded together with it."""

    __slots__ = ("fields", "message_id")

    def __init__(self, message_id: str, /, **fields: Any) -> None:
        self.message_id = message_id
        self.fields = fields


def near(
    name: str,
    known: Iterable[str],
    most: int = 3,
    cutoff: float = 0.6,
    *,
    twins: Mapping[str, str] | None = None,
) -> Worded:
    """Return "Did you mean ...?" as a field of a message, empty where nothing is near.

    Args:
        name: what is written.
        known: words of one language; those of the other are in ``twins``.
        most: how many words are offered at most.
        cutoff: how near they must be, from 0 to 1.
        twins: further words, as those in Spanish, to the known ones that they stand for. What is
            offered is of the language that the nearest word is of: that in which the reader wrote.

    >>> text("near.names", **near("sigmod", ["sigmoid", "tanh"]).fields)
    ' Did you mean sigmoid?'
    >>> near("tassa", ["rate"], twins={"tasa": "rate"}).fields["names"]
    'tasa'
    """
    from difflib import get_close_matches  # most runs make no mistake

    others = twins or {}
    every = list(dict.fromkeys([*known, *others]))
    found = get_close_matches(name, every, n=most, cutoff=cutoff)
    if len(name) <= _SHORT:
        found = [word for word in found if _slips(name, word)]
    if found and found[0] in others:
        ours = {others[word]: word for word in reversed(found) if word in others}
        found = [word for word in found if ours.get(others.get(word, "")) == word]
    else:
        found = list(dict.fromkeys(others.get(word, word) for word in found))
    return near_names(found)


def _slips(name: str, word: str) -> bool:
    """Tell whether a short name is a word but for one slip, or the beginning of it.

    >>> _slips("sni", "sin"), _slips("tnh", "tanh"), _slips("val", "value"), _slips("foo", "floor")
    (True, True, True, False)
    """
    if len(name) > len(word):
        name, word = word, name
    if len(name) > 2 and word.startswith(name):
        return True
    at = next((k for k, (a, b) in enumerate(zip(name, word, strict=False)) if a != b), len(name))
    if len(name) < len(word):
        return name[at:] == word[at + 1 :]
    swapped = word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
    return name[at + 1 :] == word[at + 1 :] or name[at:] == swapped


def near_names(names: Sequence[str], spanish: Mapping[str, str] | None = None) -> Worded:
    """Return the same of names that are chosen already, by what they mean.

    Args:
        names: in English.
        spanish: what they are called in Spanish, where they have a name of their own.
    """
    if not names:
        return Worded("near.none")
    own = [(spanish or {}).get(name, name) for name in names]
    return Worded("near.names", names=Names(", ".join(names), ", ".join(own)))
