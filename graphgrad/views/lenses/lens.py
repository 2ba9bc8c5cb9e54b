"""State what a lens is: a question about a graph, and the record in which it is answered.

Every lens answers in the same record, so that one writer serves all of them as text, one as JSON,
and a sweep can take any number of any lens as a column. What differs is a row of `LENSES`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import Names, Worded, near
from graphgrad.messages.keywords import SETTINGS, setting_word
from graphgrad.views.plots.plot import Plot

__all__ = ["Lens", "Option", "Report", "Sheet", "Verdict"]

_LARGEST = 2**32 - 1
_FARTHEST = 1e100
"""What is farther away has squares and differences that are no floats."""
Kind = Literal["number", "numbers", "whole", "name", "names", "word"]


class Option(NamedTuple):
    """One setting of a lens, given as ``name=value``; its help is ``lens.option.NAME``.

    Attributes:
        name: as it is written.
        kind: how its value is read; ``numbers`` and ``names`` are separated by commas, or a
            range ``1:5``.
        default: the value where it is not given; None where the lens chooses.
        words: the texts that a ``word`` may be.
    """

    name: str
    kind: Kind
    default: Any = None
    words: tuple[str, ...] = ()


class Verdict(NamedTuple):
    """One conclusion: a word for programs, and the sentence for readers."""

    code: str
    said: Worded


class Sheet(NamedTuple):
    """One table: rows of cells under columns; heads are ``lens.column.NAME``.

    A cell is a text, a number, a truth value, an array, a shape, a `Worded`, or None for nothing.

    Attributes:
        key: of the table in JSON.
        columns: names of the columns.
        rows: the cells.
        heading: a line above it.
        most: how many rows are shown as text.
        digits: of its numbers as text.
    """

    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    heading: Worded | None = None
    most: int = 40
    digits: int = 6


@dataclass(frozen=True, slots=True)
class Report:
    """What is seen through a lens.

    Attributes:
        lens: its name.
        sheets: tables.
        verdicts: conclusions, the most important first.
        numbers: the quantities that a sweep or a program asks for, by name.
        plot: draws it, when asked for; None where it has no natural picture.
        lines: further text as it stands, such as a product of matrices.
    """

    lens: str
    sheets: tuple[Sheet, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    numbers: Mapping[str, Any] = field(default_factory=dict)
    plot: Callable[[], Plot] | None = None
    lines: tuple[str, ...] = ()

    def said(self, code: str) -> bool:
        """Tell whether a verdict stands."""
        return any(verdict.code == code for verdict in self.verdicts)


@dataclass(frozen=True, slots=True)
class Lens:
    """One row; its one-line explanation is the message ``lens.NAME.doc``.

    Attributes:
        name: as it is called.
        spanish: its name in Spanish.
        compute: ``(subject, **options)`` to a `Report`.
        options: its settings.
        plotted: whether its picture is shown with the text.
        free: whether it needs no graph.
        valued: whether it needs values; without them it counts what is too large to be computed.
        source: author, title and section of the formula.
    """

    name: str
    spanish: str
    compute: Callable[..., Report]
    options: tuple[Option, ...] = ()
    plotted: bool = True
    free: bool = False
    valued: bool = True
    source: str = ""

    def settings(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return all settings, the given ones read from text where they are text.

        Raises:
            UsageError: if one is unknown, or its value is none of its kind.
        """
        known = {option.name: option for option in self.options}
        result = {option.name: option.default for option in self.options}
        for written, value in given.items():
            name = setting_word(written, known)
            if name not in known:
                names = ", ".join(known) or "-"
                twins = {word: own for word, own in SETTINGS.items() if own in known}
                raise UsageError(
                    "lens.unknown_option",
                    lens=Names(self.name, self.spanish),
                    name=written,
                    known=names,
                    near=near(written, known, twins=twins),
                )
            result[name] = _read(known[name], value)
        _check_ends(result.get("low"), result.get("high"))
        return result


def _check_ends(low: Any, high: Any) -> None:
    """Refuse a stretch whose ends are the wrong way round; None is an end that the lens chooses.

    Raises:
        UsageError: if they are.
    """
    if low is None or high is None:
        return
    lows, highs = (end if isinstance(end, tuple) else (end,) for end in (low, high))
    for k in range(max(len(lows), len(highs))):
        one, other = lows[k % len(lows)], highs[k % len(highs)]
        if one > other:
            raise UsageError("lens.ends", low=f"{one:g}", high=f"{other:g}")


def _read(option: Option, value: Any) -> Any:
    """Return the value of a setting; text is read by the option's kind."""
    try:
        found = _READERS[option.kind](value)
    except (TypeError, ValueError, OverflowError):  # the last of whole numbers beyond floats
        expected = Worded(f"lens.kind.{option.kind}")
        raise UsageError(
            "lens.bad_option", name=option.name, got=value, expected=expected
        ) from None
    if option.kind == "word" and found not in option.words:
        words = ", ".join(option.words)
        raise UsageError(
            "usage.bad_word",
            option=option.name,
            got=value,
            known=words,
            near=near(str(value), option.words),
        )
    return found


def _number(value: Any) -> float:
    """Return a number; ``1/3`` is one."""
    above, slash, below = value.partition("/") if isinstance(value, str) else (value, "", "")
    number, divisor = float(above), float(below) if slash else 1.0
    found = number / divisor if divisor and math.isfinite(divisor) else math.inf
    return found if abs(found) <= _FARTHEST else _no_number()


def _no_number() -> float:
    raise ValueError


def _numbers(value: Any) -> tuple[float, ...]:
    if isinstance(value, str):
        start, colon, end = value.partition(":")
        if colon:
            first, last = int(start), int(end)
            if not 0 <= last - first <= 1_000:
                raise ValueError
            return tuple(map(float, range(first, last + 1)))
        return tuple(_number(part) for part in value.split(","))
    return tuple(map(_number, value)) if hasattr(value, "__iter__") else (_number(value),)


def _whole(value: Any) -> int:
    """Return a whole number that any generator of draws takes."""
    found = int(value)
    if isinstance(value, bool) or found != float(value) or not 0 <= found <= _LARGEST:
        raise ValueError
    return found


def _names(value: Any) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else list(value)
    return tuple(str(part).strip() for part in parts)


_READERS: dict[str, Callable[[Any], Any]] = {
    "number": _number,
    "numbers": _numbers,
    "whole": _whole,
    "name": str,
    "names": _names,
    "word": str,
}
