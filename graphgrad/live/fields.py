"""Read the fields of a message, each of the kind it must be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.files.reading import LARGEST_FILE
from graphgrad.messages.catalogue import LANGUAGES, near

__all__ = ["known_language", "names_in", "step_in", "text_in"]


def text_in(message: Mapping[str, Any], name: str) -> str:
    """Return a field of a message that must be a text.

    Raises:
        UsageError: if it is none, or longer than a file may be.
    """
    found = message.get(name)
    if not isinstance(found, str) or len(found) > LARGEST_FILE:
        raise UsageError("live.no_text", name=name, got=type(found).__name__)
    return found


def step_in(message: Mapping[str, Any]) -> int:
    """Return the step that a message names; 0 if none.

    Raises:
        UsageError: if it is no whole number.
    """
    step = message.get("step", 0)
    if type(step) is not int:
        raise UsageError("live.choice", name="step", got=repr(step), known="0, 1, 2 …", near="")
    return step


def names_in(message: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return a field of a message that lists names; none if it is absent.

    Raises:
        UsageError: if it is no list of texts.
    """
    found = message.get(name) or []
    if not isinstance(found, list | tuple) or not all(isinstance(one, str) for one in found):
        raise UsageError("live.choice", name=name, got=repr(found), known='["…", …]', near="")
    return tuple(found)


def known_language(code: Any) -> str:
    """Return the code of a language.

    Raises:
        UsageError: if there is no such language.
    """
    if code not in LANGUAGES:
        known, near_it = ", ".join(LANGUAGES), near(str(code), LANGUAGES)
        raise UsageError("live.choice", name="language", got=repr(code), known=known, near=near_it)
    return str(code)
