"""Read the choices of a figure that are given to `gg.render` by name, and check what they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import index
from typing import Any, Literal, NoReturn, TypeVar, get_args, get_origin, get_type_hints

from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import LANGUAGES, Worded, near, quoted
from graphgrad.views.figure.content.scene_options import (
    FigureOptions,
    SceneOptions,
    blanked_parts,
    shown_parts,
)

__all__ = ["checked", "chosen"]

_Options = TypeVar("_Options", SceneOptions, FigureOptions)

_PARTS: dict[str, Callable[[str], tuple[str, ...]]] = {"show": shown_parts, "blank": blanked_parts}
MOST_COUNTED = 10_000
_BOUNDS = {"digits": (1, 17), "step": (0, 10**9)}
_LONGEST = 80
_NAMES = ("show", "blank", "wrt", "path")


def chosen(options: SceneOptions, choices: Mapping[str, Any]) -> SceneOptions:
    """Return options with some chosen anew; a text is read as on the command line.

    Raises:
        UsageError: if there is no such choice, or it has another value than it can have.

    >>> chosen(SceneOptions(), {"detail": "op", "show": "values"}).show
    ('values',)
    """
    known = options._fields
    for name in choices:
        if name not in known:
            raise UsageError(
                "door.choice", got=name, known=", ".join(known), near=near(name, known)
            )
    return checked(options._replace(**choices))


def checked(options: _Options) -> _Options:
    """Return options each of which is of the kind that its field has.

    Raises:
        UsageError: if one is of another kind, or none of the words that it may be.

    >>> checked(SceneOptions(show=["partials", "values"])).show
    ('values', 'partials')
    """
    read: dict[str, Any] = {}
    for name, kind in get_type_hints(type(options)).items():
        words = _words(kind)
        value = _read(name, getattr(options, name))
        read[name] = value = value if words else _of_kind(name, value, kind)
        if words and not (isinstance(value, str | None) and value in words):
            expected = [word for word in words if isinstance(word, str)]
            raise UsageError(
                "door.choice_value", name=name, got=_shown(value), known=", ".join(expected),
                near=near(value if isinstance(value, str) else "", expected),
            )  # fmt: skip
    return options._replace(**read)


def _of_kind(name: str, value: Any, kind: Any) -> Any:
    """Return a value of the kind of a field: a flag, a number of something, texts or a text.

    Raises:
        UsageError: if it is none.
    """
    kinds = set(get_args(kind)) or {kind}
    if get_origin(kind) is tuple or (value is None and type(None) in kinds):
        return value
    if bool in kinds:
        return value if isinstance(value, bool) else _refuse(name, value, "flag")
    if int not in kinds:
        fits = isinstance(value, str) and (name != "language" or value in LANGUAGES)
        return value if fits else _refuse(name, value, "language" if name == "language" else "text")
    try:
        number = index(value)
    except TypeError:
        return _refuse(name, value, "count")
    low, high = _BOUNDS.get(name, (0, MOST_COUNTED))
    fits = not isinstance(value, bool) and low <= number <= high
    return number if fits else _refuse(name, value, "digits" if name == "digits" else "count")


def _refuse(name: str, value: Any, expected: str) -> NoReturn:
    raise UsageError(
        "door.argument", verb="gg.render", argument=name, got=_shown(value),
        kind=type(value).__name__, expected=Worded(f"door.{expected}"),
    )  # fmt: skip


def _shown(value: Any) -> str:
    shown = quoted(value)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}..."


def _read(name: str, value: Any) -> Any:
    """Return a choice as options hold it: parts and names as tuples."""
    if name not in _NAMES:
        return value
    texts = (value,) if isinstance(value, str) else value
    found = tuple(texts) if isinstance(texts, tuple | list) else ()
    if not isinstance(texts, tuple | list) or not all(isinstance(one, str) for one in found):
        _refuse(name, value, "names")
    return _PARTS[name](" ".join(found)) if name in _PARTS else found


def _words(kind: Any) -> tuple[Any, ...]:
    """Return the words of a choice between words, of which one may be None; else nothing."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    inner = [
        one for part in get_args(kind) if get_origin(part) is Literal for one in get_args(part)
    ]
    return (*inner, None) if inner else ()
