"""Read what is typed after a colon: a step, a name, or a command word."""

from __future__ import annotations

from typing import NamedTuple

from graphgrad.stepping.plain.commands import COMMANDS as LINE_COMMANDS

__all__ = ["Order", "read_order"]

_WORDS = {word: name for name, words in LINE_COMMANDS.items() for word in words}
_PLAIN = ("start", "end", "forward", "backward", "continue", "back", "help", "quit")


class Order(NamedTuple):
    """What a typed line asks for: ``goto``, ``node``, a command's name, or nothing known."""

    kind: str
    argument: str = ""


def read_order(text: str) -> Order:
    """Return what a line asks for.

    >>> read_order(" 42 "), read_order("w1"), read_order("quit"), read_order("")
    (Order(kind='goto', argument='42'), Order(kind='node', argument='w1'), \
Order(kind='quit', argument=''), Order(kind='', argument=''))
    """
    text = text.strip()
    if text.isdecimal():
        return Order("goto", text)
    word, _, rest = text.partition(" ")
    name = _WORDS.get(word, "")
    if name == "goto" and rest.strip().isdecimal():
        return Order("goto", rest.strip())
    if name in ("to", "break") and rest.strip():
        return Order(name, rest.strip())
    if name in _PLAIN and (len(word) > 1 or word == "q"):
        return Order(name)
    return Order("node", text) if text else Order("")
