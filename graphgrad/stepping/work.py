"""Say what is stepped through, and where it was read from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphgrad.trace import Trace

__all__ = ["Origin", "Work"]


class Origin(NamedTuple):
    """The text a graph was read from.

    Attributes:
        text: the source.
        path: its file; empty if there is none.
        row: the row of its data that was chosen.
        free_inputs: whether unknown names are inputs, as in ``-e``.
    """

    text: str
    path: str = ""
    row: int | None = None
    free_inputs: bool = False


class Work(NamedTuple):
    """A trace with its source and the values given by hand."""

    trace: Trace
    origin: Origin | None = None
    point: Mapping[str, Any] = {}
