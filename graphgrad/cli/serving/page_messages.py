"""Read the messages that the page of `graphgrad serve` sends, and nothing else."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

__all__ = ["Order", "UnexpectedError", "cells_of", "read_message"]

MOST_CELLS = 500
_LONGEST_PING = 40


class UnexpectedError(Exception):
    """Report a message that the page does not send; ``what`` says which, and quotes nothing."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Order(NamedTuple):
    """What a message asks for: ``stdin``, ``resize``, ``ping``, ``focus`` or ``blur``."""

    kind: str
    text: str = ""
    width: int = 0
    height: int = 0


def read_message(is_text: bool, data: object) -> Order:
    """Return what a message asks for.

    Args:
        is_text: whether it came as text.
        data: what came.

    Raises:
        UnexpectedError: if the page sends no such message.

    >>> read_message(True, '["resize", {"width": 80, "height": 24}]').width
    80
    """
    if not is_text or not isinstance(data, str):
        raise UnexpectedError("no text")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise UnexpectedError("no JSON") from None
    if not isinstance(found, list) or not found or not isinstance(found[0], str):
        raise UnexpectedError("no list")
    if found in (["focus"], ["blur"]):
        return Order(found[0])
    if len(found) != 2:
        raise UnexpectedError("length")
    kind, value = found
    if kind == "resize":
        return _resized(value)
    if kind not in ("stdin", "ping"):
        raise UnexpectedError("kind")
    if not isinstance(value, str) or (kind == "ping" and len(value) > _LONGEST_PING):
        raise UnexpectedError(kind)
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise UnexpectedError(kind)  # half of a character has no bytes
    return Order(kind, value)


def cells_of(given: str | None, otherwise: int) -> int:
    """Return the columns or rows that an address asks for, within reason."""
    text = given or ""
    known = text.isascii() and text.isdecimal() and len(text) < 6
    return max(1, min(int(text), MOST_CELLS)) if known else otherwise


def _resized(value: Any) -> Order:
    if not isinstance(value, dict):
        raise UnexpectedError("resize")
    return Order("resize", width=_cells(value.get("width")), height=_cells(value.get("height")))


def _cells(number: Any) -> int:
    if type(number) is not int or not 0 <= number <= 100 * MOST_CELLS:
        raise UnexpectedError("resize")
    return max(1, min(number, MOST_CELLS))
