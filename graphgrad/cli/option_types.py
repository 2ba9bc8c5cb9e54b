"""Read the values of options; what does not fit is refused in the user's language."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import click

from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import Worded, near
from graphgrad.messages.keywords import CHOICES

__all__ = ["PATH", "OneOf", "Real", "Whole", "shown_name"]

if TYPE_CHECKING:
    _Words = click.ParamType[str]
    _Integers = click.ParamType[int]
    _Numbers = click.ParamType[float]
else:  # generic only from click 8.4 on
    _Words = _Integers = _Numbers = click.ParamType

_WIDEST = 66


def shown_name(param: click.Parameter | None) -> str:
    """Return an option as the user writes it, an argument by its word."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return (param.human_readable_name if param is not None else "").upper()


class OneOf(_Words):
    """Accept one of a few words, or what it is called in Spanish."""

    name = "word"

    def __init__(self, *words: str) -> None:
        self.words = words

    def spelled(self) -> str:
        """Return the words as a help page writes them, in lines that leave room for the option."""
        lines = [""]
        for word in self.words:
            if len(lines[-1]) + len(word) > _WIDEST:
                lines.append("")
            lines[-1] += f"{word}|"
        return "\n      ".join(lines).removesuffix("|")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word, or refuse it."""
        if value in self.words:
            return str(value)
        twins = {word: meant for word, meant in CHOICES.items() if meant in self.words}
        if value in twins:
            return twins[value]
        raise UsageError(
            "usage.bad_word",
            option=shown_name(param),
            got=value,
            known=", ".join(self.words),
            near=near(str(value), list(self.words), twins=twins),
        )


class _Path(_Words):
    """Accept the name of a file or folder; no name would mean the present folder."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name, or refuse that there is none."""
        if value == "":
            raise UsageError("usage.no_name", option=shown_name(param))
        return str(value)


PATH = _Path()


class Whole(_Integers):
    """Accept a whole number within bounds."""

    name = "integer"

    def __init__(self, least: int | None = None, most: int | None = None) -> None:
        self.least = least
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number, or refuse it."""
        try:
            number = value if isinstance(value, int) else int(str(value))
        except ValueError:
            number = None
        inside = number is not None and (
            (self.least is None or number >= self.least)
            and (self.most is None or number <= self.most)
        )
        if number is None or not inside:
            raise UsageError(
                "usage.bad_whole", option=shown_name(param), got=value, bounds=self._bounds()
            )
        return number

    def _bounds(self) -> Worded:
        if self.least is None:
            return Worded("near.none")
        if self.most is None:
            return Worded("usage.at_least", least=self.least)
        return Worded("usage.between", least=self.least, most=self.most)


class Real(_Numbers):
    """Accept a finite number, positive if asked for."""

    name = "number"

    def __init__(self, *, positive: bool = False) -> None:
        self.positive = positive

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number, or refuse it; 0,5 is one, as in --set."""
        try:
            number = float(value.replace(",", ".") if isinstance(value, str) else value)
        except ValueError:
            number = math.nan
        if not math.isfinite(number) or (self.positive and number <= 0):
            message = "usage.bad_positive" if self.positive else "usage.bad_number"
            raise UsageError(message, option=shown_name(param), got=value)
        return number
