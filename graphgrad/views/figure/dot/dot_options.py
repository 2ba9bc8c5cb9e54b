"""Say what a figure shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graphgrad.errors import UsageError
from graphgrad.views.figure.content.scene_options import DEFAULT, SHOWABLE
from graphgrad.views.text.entries import Detail

__all__ = ["FigureOptions", "shown_parts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureOptions:
    """Hold the choices of one DOT figure.

    Attributes:
        detail: one box per line of the file, or one per operation.
        show: which of `SHOWABLE` is written into boxes and on edges.
        step: the step after which the graph is drawn; None draws everything.
        wrt: names; only what lies between them and the output is drawn, with its operands.
        direction: ``LR``, ``TB``, or ``auto`` for what fits a slide.
        language: of the words in it; None is the language in force.
    """

    detail: Detail = "line"
    show: tuple[str, ...] = DEFAULT
    step: int | None = None
    wrt: tuple[str, ...] = ()
    direction: Literal["auto", "LR", "TB"] = "auto"
    language: str | None = None


def shown_parts(text: str) -> tuple[str, ...]:
    """Read a list such as ``values,partials``; ``none`` shows names and formulas alone.

    Raises:
        UsageError: if a word is not one of them.

    >>> shown_parts("partials, values")
    ('values', 'partials')
    """
    words = [word for word in text.replace(",", " ").split() if word != "none"]
    for word in words:
        if word not in SHOWABLE:
            raise UsageError("figure.unknown_part", got=word, known=", ".join(SHOWABLE))
    return tuple(word for word in SHOWABLE if word in words)
