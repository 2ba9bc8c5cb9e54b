"""Read the words of a sweep: the switches with their positions, and the columns."""

from __future__ import annotations

from typing import Any, NamedTuple

from graphgrad.errors import UsageError
from graphgrad.expr.tokens import is_count
from graphgrad.views.lenses.registry import find_lens

__all__ = ["MOST_ON_CLUSTER", "MOST_RUNS", "TRAIN", "Axis", "Shown", "axis_of", "shown_of"]

MOST_RUNS = 2_000
MOST_ON_CLUSTER = 100_000
TRAIN = "train"
_TRAINED = ("loss", "first", "updates", "per_epoch", "epochs")


class Axis(NamedTuple):
    """One switch and its positions."""

    name: str
    values: tuple[Any, ...]


class Shown(NamedTuple):
    """One column: a number of a lens, or of a training; ``loss`` alone is the output."""

    lens: str
    number: str

    @property
    def heading(self) -> str:
        """Return the column as it was asked for."""
        return f"{self.lens}.{self.number}" if self.lens else self.number


def axis_of(text: str, *, comma: bool = False) -> Axis:
    """Return the axis that a word names, as ``rate=0.1,0.5`` or ``draw=1:5``.

    Args:
        text: the word.
        comma: whether the file's numbers have a comma: then they are apart by semicolons,
            ``rate=0,1; 0,5``.

    Raises:
        UsageError: if it is none, or its commas could mean both.

    >>> axis_of("draw=1:3")
    Axis(name='draw', values=(1, 2, 3))
    >>> axis_of("sigmoid=sigmoid,relu").values
    ('sigmoid', 'relu')
    """
    name, _, written = text.partition("=")
    start, colon, end = written.partition(":")
    if colon and is_count(start) and is_count(end) and int(start) <= int(end):
        if int(end) - int(start) >= MOST_ON_CLUSTER:
            count = int(end) - int(start) + 1
            raise UsageError("sweep.too_many", got=count, most=MOST_ON_CLUSTER)
        return Axis(name, tuple(range(int(start), int(end) + 1)))
    if ";" in written:
        parts = [part.replace(",", ".") for part in written.split(";")]
    else:
        parts = written.split(",")
        if comma and len(parts) > 1 and all(part.strip().lstrip("+-").isdigit() for part in parts):
            raise UsageError("sweep.commas", got=text, name=name)
    values = tuple(_value(part.strip()) for part in parts)
    if not name or "" in values:
        raise UsageError("sweep.bad_axis", got=text)
    return Axis(name, values)


def shown_of(text: str) -> Shown:
    """Return the column that a text asks for, as ``gradients.ratio``.

    Raises:
        UsageError: if there is no such lens.
    """
    lens, dot, number = text.partition(".")
    if not dot:
        if text == "loss":
            return Shown("", "loss")
        raise UsageError("sweep.bad_column", got=text)
    if lens != TRAIN:
        lens = find_lens(lens).name
    elif number not in _TRAINED:
        raise UsageError(
            "sweep.unknown_number", name=text, known=", ".join(f"train.{n}" for n in _TRAINED)
        )
    return Shown(lens, number)


def _value(text: str) -> Any:
    """Return a number where it is written as one, a whole one where it is whole."""
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() and "." not in text else number
