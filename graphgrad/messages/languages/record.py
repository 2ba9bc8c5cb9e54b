"""Know which languages there are, and of each what is no wording: locales, signs, tags.

English and Spanish are worded side by side in the areas of the catalogue. A further language is
one module of `graphgrad.messages.languages`, named by its code: its wordings are `MESSAGES`, the
rest is `LANGUAGE`; without it only locales that start with the code are known.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple

from graphgrad.messages import languages

__all__ = ["Language", "code_of_locale", "codes", "language_record"]


class Language(NamedTuple):
    """A language that graphgrad speaks.

    Attributes:
        code: what ``--lang`` takes, and the name of its module.
        name: in the language itself.
        locales: what the names of its locales start with, in small letters: ``pt`` for
            ``pt_BR.UTF-8``, ``portuguese`` for what Windows says.
        tag: what office programs call it, as ``pt-PT``.
        decimal: the decimal sign of its spreadsheets; a comma makes them separate by semicolons.
        babel: the line of a LaTeX preamble that hyphenates it; empty for none.
        messages: its wordings by id; empty where they stand in the areas of the catalogue.
    """

    code: str
    name: str
    locales: tuple[str, ...]
    tag: str
    decimal: str = "."
    babel: str = ""
    messages: Mapping[str, str] = MappingProxyType({})


_WORDED_IN_THE_AREAS = {
    "en": Language("en", "English", ("en",), "en-US", babel=r"\usepackage[english]{babel}"),
    "es": Language(
        "es",
        "español",
        ("es", "spanish"),
        "es-ES",
        decimal=",",
        # Debian ships Spanish apart; without it only the hyphens are not Spanish.
        babel=r"\IfFileExists{spanish.ldf}{\usepackage[spanish,es-noshorthands]{babel}}{}",
    ),
}


def codes() -> tuple[str, ...]:
    """Return the codes of all languages: English, Spanish, and each module of `languages`."""
    folders = filter(os.path.isdir, languages.__path__)
    files = [file for folder in folders for file in os.listdir(folder) if file.endswith(".py")]
    further = {file.removesuffix(".py") for file in files} - {"__init__", "record"}
    return (*_WORDED_IN_THE_AREAS, *sorted(further))


@lru_cache(maxsize=64)
def language_record(code: str) -> Language:
    """Return a language by its code.

    Raises:
        ValueError: if there is none.
    """
    known = codes()
    if code not in known:
        message = f"unknown language {code!r}; known: {', '.join(known)}"
        raise ValueError(message)
    if code in _WORDED_IN_THE_AREAS:
        return _WORDED_IN_THE_AREAS[code]
    module = import_module(f"{languages.__name__}.{code}")
    found: Language = getattr(module, "LANGUAGE", Language(code, code, (code,), code))
    return found._replace(messages=module.MESSAGES)


@lru_cache(maxsize=64)
def code_of_locale(name: str) -> str:
    """Return the language of a locale, by the longest beginning; English if nobody knows it.

    >>> code_of_locale("es_ES.UTF-8"), code_of_locale("Spanish_Spain"), code_of_locale("C")
    ('es', 'es', 'en')
    """
    found = [
        (len(start), code)
        for code in codes()
        for start in language_record(code).locales
        if name.lower().startswith(start)
    ]
    return max(found, default=(0, "en"))[1]
