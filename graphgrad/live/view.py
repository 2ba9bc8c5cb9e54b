"""Choose how a live session shows its graph: words that a menu offers, checked as they come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

from graphgrad.errors import UsageError
from graphgrad.graph.blocks import DEPTHS
from graphgrad.messages.catalogue import near, quoted
from graphgrad.views.figure.content.scene_options import (
    HEATS,
    STYLES,
    Placing,
    SceneOptions,
    shown_parts,
)
from graphgrad.views.figure.scene.notation import PROFILES
from graphgrad.views.figure.svg.theme import THEMES

__all__ = ["CHOICES", "View", "changed"]

_MOST_DIGITS = 17


class View(NamedTuple):
    """How a graph is shown; each field but the last three as in `SceneOptions`.

    Attributes:
        style: how boxes look.
        detail: how deep it looks; empty for what the style takes.
        collapse: which groups are closed.
        layout: who stands where.
        direction: of the flow.
        shared: how a parameter stands that several boxes use.
        heat: which numbers are told by colour.
        notation: a notation profile; empty for the file's own names.
        show: which numbers are written, as in ``values,partials``.
        digits: significant digits.
        decimal_comma: whether numbers are written with a comma.
        legend: whether roles and lines are explained.
        entries: whether every entry of an array is a line of its own.
        theme: a name of `THEMES`.
        predict: whether it asks for the numbers.
    """

    style: str = "formula"
    detail: str = ""
    collapse: str = "auto"
    layout: str = "auto"
    direction: str = "auto"
    shared: str = "once"
    heat: str = ""
    notation: str = ""
    show: str = "values,adjoints,partials"
    digits: int = 4
    decimal_comma: bool = False
    legend: bool = False
    entries: bool = False
    theme: str = "light"
    predict: bool = True

    def options(self, language: str) -> SceneOptions:
        """Return what a scene is told.

        Args:
            language: of the words in the figure.
        """
        own = {name: value for name, value in self._asdict().items() if name not in _NO_OPTIONS}
        own |= {"detail": self.detail or None, "show": shown_parts(self.show)}
        return SceneOptions(**own, language=language)


_NO_OPTIONS = ("entries", "theme", "predict")
CHOICES: dict[str, tuple[str, ...]] = {
    "style": STYLES,
    "detail": ("", *DEPTHS),
    "layout": get_args(Placing),
    "direction": ("auto", "LR", "TB"),
    "shared": ("once", "ghosts"),
    "heat": ("", *HEATS),
    "notation": ("", *PROFILES),
    "theme": tuple(THEMES),
}
"""The words of each field that is a choice between words."""


def changed(view: View, wanted: Mapping[str, Any]) -> View:
    """Return a view with some fields chosen anew.

    Raises:
        UsageError: if there is no such field, or it has another value than it can have.

    >>> changed(View(), {"style": "wire", "digits": 3}).style
    'wire'
    """
    for name, value in wanted.items():
        if name not in View._fields:
            known = View._fields
            raise UsageError(
                "live.no_choice", got=str(name), known=", ".join(known), near=near(str(name), known)
            )
        _check(name, value)
    found = view._replace(**wanted)
    shown_parts(found.show)
    return found


def _check(name: str, value: Any) -> None:
    """Refuse a value that a field cannot have."""
    usual = View._field_defaults[name]
    words: tuple[str, ...] = CHOICES.get(name, ())
    if isinstance(usual, bool):
        is_fit, words = isinstance(value, bool), ("true", "false")
    elif isinstance(usual, int):
        is_fit, words = type(value) is int and 1 <= value <= _MOST_DIGITS, (f"1 … {_MOST_DIGITS}",)
    else:
        is_fit = isinstance(value, str) and (not words or value in words)
    if not is_fit:
        known = ", ".join(word or '""' for word in words) or '"…"'
        near_it = near(str(value), words)
        raise UsageError("live.choice", name=name, got=quoted(value), known=known, near=near_it)
