"""Read the choices of a figure that are given to `gg.render` by name, and check what they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any, Literal, get_args, get_origin, get_type_hints

from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import Worded, near
from graphgrad.views.figure.content.scene_options import (
    SceneOptions,
    blanked_parts,
    shown_parts,
)

__all__ = ["chosen"]

_PARTS: dict[str, Callable[[str], tuple[str, ...]]] = {"show": shown_parts, "blank": blanked_parts}
_NAMES = ("show", "blank", "wrt", "path")


def chosen(options: SceneOptions, choices: Mapping[str, Any]) -> SceneOptions:
    """Return options with some chosen anew; a text is read as on the command line.

    Raises:
        UsageError: if there is no such choice, or it has another value than it can have.

    >>> chosen(SceneOptions(), {"detail": "op", "show": "values"}).show
    ('values',)
    """
    known = [field.name for field in fields(options)]
    for name in choices:
        if name not in known:
            raise UsageError(
                "door.choice", got=name, known=", ".join(known), near=near(name, known)
            )
    read = {name: _read(name, value) for name, value in choices.items()}
    found = replace(options, **read)
    for name, kind in get_type_hints(type(found)).items():
        words = _words(kind)
        value = getattr(found, name)
        if words and value not in words:
            expected = [word for word in words if isinstance(word, str)]
            raise UsageError(
                "door.choice_value", name=name, got=repr(value), known=", ".join(expected),
                near=near(str(value), expected),
            )  # fmt: skip
    return found


def _read(name: str, value: Any) -> Any:
    """Return a choice as options hold it: parts and names as tuples."""
    if name not in _NAMES:
        return value
    texts = (value,) if isinstance(value, str) else value
    found = tuple(texts) if isinstance(texts, tuple | list) else ()
    if not isinstance(texts, tuple | list) or not all(isinstance(one, str) for one in found):
        raise UsageError(
            "door.argument", verb="gg.render", argument=name, got=repr(value),
            kind=type(value).__name__, expected=Worded("door.names"),
        )  # fmt: skip
    return _PARTS[name](" ".join(found)) if name in _PARTS else found


def _words(kind: Any) -> tuple[Any, ...]:
    """Return the words of a choice between words, of which one may be None; else nothing."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    inner = [
        one for part in get_args(kind) if get_origin(part) is Literal for one in get_args(part)
    ]
    return (*inner, None) if inner else ()
