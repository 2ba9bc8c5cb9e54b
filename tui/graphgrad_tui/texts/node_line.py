"""Hold one line of the text about a node."""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = ["Kind", "NodeLine"]

Kind = Literal["name", "value", "adjoint", "partial", "heading", "word", "current"]


class NodeLine(NamedTuple):
    """One line and what it tells."""

    kind: Kind
    text: str
