"""Options of figures: how they look, where they go, how their numbers are written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphgrad.cli.command import flag, option
from graphgrad.cli.kinds import OneOf, Real, Whole
from graphgrad.views.figure.write import WRITERS as SOURCES
from graphgrad.views.scene.notation import PROFILES
from graphgrad.views.scene.theme import THEMES
from graphgrad.views.scene.writers import WRITERS

__all__ = ["format_options", "layout_options", "looks_options", "number_options"]

Function = Callable[..., Any]
_MOST_DIGITS = 17


def format_options(function: Function) -> Function:
    """Add ``--format``, ``--seconds`` and ``--once``."""
    known = OneOf(*WRITERS, *SOURCES)
    seconds = Real(positive=True)
    for add in (
        flag("--once", help="render.option.once"),
        option(
            "--seconds",
            kind=seconds,
            metavar="word.number",
            default=1.5,
            help="render.option.seconds",
        ),
        option("--format", kind=known, help="render.option.format", name="name"),
    ):
        function = add(function)
    return function


def looks_options(function: Function) -> Function:
    """Add ``--theme``, ``--style``, ``--notation`` and ``--scale``."""
    styles = OneOf("formula", "operator", "wire")
    for add in (
        option(
            "--scale",
            kind=Real(positive=True),
            metavar="word.number",
            help="render.option.scale",
        ),
        option("--notation", kind=OneOf(*PROFILES), help="render.option.notation"),
        option("--style", kind=styles, default="formula", help="render.option.style"),
        option("--theme", kind=OneOf(*THEMES), default="light", help="render.option.theme"),
    ):
        function = add(function)
    return function


def layout_options(function: Function) -> Function:
    """Add ``--direction``, ``--collapse`` and ``--fit``."""
    directions = OneOf("auto", "LR", "TB")
    function = option("--fit", metavar="render.word.page", help="render.option.fit", default="")(
        function
    )
    function = option(
        "--collapse", metavar="render.word.folds", help="render.option.collapse", default="auto"
    )(function)
    return option("--direction", kind=directions, default="auto", help="render.option.direction")(
        function
    )


def number_options(function: Function) -> Function:
    """Add ``--digits`` and ``--decimal-comma``."""
    digits = Whole(1, _MOST_DIGITS)
    function = flag("--decimal-comma", help="render.option.decimal_comma")(function)
    return option(
        "--digits", kind=digits, metavar="word.whole", default=4, help="render.option.digits"
    )(function)
