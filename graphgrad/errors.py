"""Define the errors a user can meet; each carries a message id, its fields and a place.

The tree (exit status of the command line in brackets)::

    GraphgradError
    ├── UsageError          [2]  a wrong call: options, arguments of a Python function
    │   ├── InPlaceError     [2] a change in place that is not possible
    │   ├── NoGradientError  [2] a backward pass from what no gradient reaches
    │   └── UnknownNameError [2] a name that a graph, a pass or a result does not have
    ├── SourceError         [3]  a file or a formula that is not valid
    │   └── ShapeError      [3]  shapes that do not fit together
    ├── FileError           [4]  a file that cannot be read or written
    ├── NonFiniteError      [1]  a value or derivative that is not a finite number
    ├── RowError            [3]  an op row refused at registration
    └── LimitError          [6]  a bound that protects the machine was hit

Words are chosen at the edge: an error stores no text, ``str(error)`` asks the catalogue.
"""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple, Self

from graphgrad.messages.catalogue import Worded
from graphgrad.messages.catalogue import text as worded

__all__ = [
    "FileError",
    "GraphgradError",
    "InPlaceError",
    "LimitError",
    "NoGradientError",
    "NonFiniteError",
    "NotFiniteWarning",
    "Place",
    "RowError",
    "ShapeError",
    "SourceError",
    "UnknownNameError",
    "UsageError",
]


_MOST_AROUND = 8
_LONGEST_FIELD = 400


class Place(NamedTuple):
    """Say where in the author's own text something stands (line and column count from 1)."""

    line: int
    column: int
    text: str
    path: str = ""
    length: int = 1

    def caret(self) -> str:
        """Return the author's line with a caret under the place.

        >>> print(Place(1, 5, "z = w *", length=3).caret())
            z = w *
                ^^^
        """
        start = max(0, self.column - 60) if len(self.text) > 110 else 0
        shown = self.text[start : start + 110].replace("\t", " ")
        width = max(1, min(self.length, len(shown) - (self.column - 1 - start)))
        return f"    {shown}\n    {' ' * (self.column - 1 - start)}{'^' * width}"


class GraphgradError(Exception):
    """Report a user's mistake: a message id, its fields and, where known, a place.

    Where the place is inside a loop or a definition, ``within`` says of which pass and which call,
    innermost first.
    """

    exit_status: ClassVar[int] = 2
    within: tuple[Worded, ...] = ()

    def __init__(self, message_id: str, /, *, place: Place | None = None, **fields: Any) -> None:
        super().__init__(message_id)
        self.message_id = message_id
        self.place = place
        self.fields = fields

    def at(self, place: Place) -> Self:
        """Return this error with a place, unless it has one already."""
        if self.place is None:
            self.place = place
        return self

    def in_file(self, path: str) -> Self:
        """Return this error with the file's name added to its place."""
        if self.place is not None and not self.place.path:
            self.place = self.place._replace(path=path)
        return self

    def text(self, language: str | None = None) -> str:
        """Word the error in a language: place, message, then the author's line with a caret."""
        body = self.body(language)
        if self.place is None:
            return body
        where = worded(
            "place.file" if self.place.path else "place.line",
            language,
            path=self.place.path,
            line=self.place.line,
            column=self.place.column,
        )
        around = "".join(
            f"\n    {worded(found.message_id, language, **found.fields)}"
            for found in self.within[:_MOST_AROUND]
        )
        return f"{where}: {body}\n{self.place.caret()}{around}"

    def body(self, language: str | None) -> str:
        """Word the message alone."""
        fields = {name: _cut(value) for name, value in self.fields.items()}
        return worded(self.message_id, language, **fields)

    def __str__(self) -> str:
        return self.text()

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.message_id, self.place, self.fields, vars(self))


def _cut(value: Any) -> Any:
    """Return a field of a message; of a long text, its two ends: a line may have megabytes."""
    if not isinstance(value, str) or len(value) <= _LONGEST_FIELD:
        return value
    return f"{value[: _LONGEST_FIELD // 2]}…{value[-_LONGEST_FIELD // 4 :]}"


def _rebuild(
    kind: type[GraphgradError],
    message_id: str,
    place: Place | None,
    fields: dict[str, Any],
    others: dict[str, Any],
) -> GraphgradError:
    error = kind(message_id, place=place, **fields)
    vars(error).update(others)
    return error


class UsageError(GraphgradError, ValueError):
    """A call or a command that asks for something impossible."""


class InPlaceError(UsageError, RuntimeError):
    """Report a change of a tensor in place that is not possible; PyTorch's is a RuntimeError."""


class NoGradientError(UsageError, RuntimeError):
    """Report a backward pass from a tensor that needs no gradient; PyTorch's is a RuntimeError."""


class UnknownNameError(UsageError, KeyError):
    """A name that the result, graph or pass asked does not have."""

    def __str__(self) -> str:
        return self.text()


class SourceError(GraphgradError, ValueError):
    """A file or formula that does not follow the grammar or uses unknown names."""

    exit_status = 3


class ShapeError(SourceError):
    """Shapes that do not fit together; ``operands`` may name them in the author's words."""

    operands: str = ""

    def body(self, language: str | None) -> str:
        """Word the message, then the operands and their shapes."""
        text = super().body(language)
        if not self.operands:
            return text
        return f"{text} {worded('shape.operands', language, operands=self.operands)}"


class RowError(GraphgradError, ValueError):
    """An op row that contradicts itself."""

    exit_status = 3


class FileError(GraphgradError, OSError):
    """A file that cannot be read or written."""

    exit_status = 4

    def __str__(self) -> str:
        return self.text()


class NonFiniteError(GraphgradError, ArithmeticError):
    """A value or a derivative that is not a finite number."""

    exit_status = 1


class LimitError(GraphgradError, ValueError):
    """A bound that protects the reader's machine was hit."""

    exit_status = 6


class NotFiniteWarning(UserWarning):
    """Values or gradients in Python that are not finite; `warnings` can silence it by this name."""
