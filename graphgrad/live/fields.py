"""Read the fields of a message, each of the kind it must be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.files.reading import LARGEST_FILE
from graphgrad.messages.catalogue import LANGUAGES, near, quoted

__all__ = ["known_language", "mapping_in", "names_in", "row_in", "step_in", "text_in"]


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
        raise UsageError("live.choice", name="step", got=quoted(step), known="0, 1, 2 …", near="")
    return step


def row_in(message: Mapping[str, Any]) -> int | None:
    """Return the row of data that a message names; None if none.

    Raises:
        UsageError: if it is no whole number.
    """
    row = message.get("row")
    if row is not None and type(row) is not int:
        raise UsageError("live.choice", name="row", got=quoted(row), known="1, 2, 3 …", near="")
    return row


def names_in(message: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return a field of a message that lists names; none if it is absent.

    Raises:
        UsageError: if it is no list of texts.
    """
    found = message.get(name) or []
    if not isinstance(found, list | tuple) or not all(isinstance(one, str) for one in found):
        raise UsageError("live.choice", name=name, got=quoted(found), known='["…", …]', near="")
    return tuple(found)


def mapping_in(message: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return a field of a message that has fields of its own; none if it is absent.

    Raises:
        UsageError: if it is no mapping by names.
    """
    found = message.get(name)
    if found is None:
        return {}
    if not isinstance(found, Mapping) or not all(isinstance(one, str) for one in found):
        raise UsageError("live.choice", name=name, got=quoted(found), known="{…}", near="")
    return found


def known_language(code: Any) -> str:
    """Return the code of a language.

    Raises:
        UsageError: if there is no such language.
    """
    if code not in LANGUAGES:
        known, near_it = ", ".join(LANGUAGES), near(str(code), LANGUAGES)
        raise UsageError(
            "live.choice", name="language", got=quoted(code), known=known, near=near_it
        )
    return str(code)
