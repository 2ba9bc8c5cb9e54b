"""Read the commands of the line-oriented stepper: keys, words, counts and step numbers."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["COMMANDS", "Request", "is_command_word", "read_request"]

COMMANDS: dict[str, tuple[str, ...]] = {
    "next": ("n", "next", "siguiente", "sig"),
    "previous": ("p", "prev", "previous", "anterior", "ant"),
    "goto": ("goto", "ir"),
    "start": ("g", "start", "inicio"),
    "end": ("G", "end", "final"),
    "forward": ("f", "forward", "adelante"),
    "backward": ("b", "backward", "atrás", "atras"),
    "to": ("t", "to", "hasta"),
    "break": ("B", "break", "pausa"),
    "continue": ("c", "continue", "continuar"),
    "back": ("C", "back", "volver"),
    "watch": ("w", "watch", "vigilar"),
    "inspect": ("i", "inspect", "inspeccionar"),
    "derive": ("d", "derive", "deducir"),
    "search": ("/", "search", "buscar"),
    "state": ("s", "state", "estado"),
    "predict": ("x", "predict", "predecir"),
    "ask": ("X", "ask", "preguntar"),
    "hint": ("H", "hint", "pista"),
    "reveal": ("r", "reveal", "respuesta"),
    "edit": ("e", "edit", "editar"),
    "undo": ("u", "undo", "deshacer"),
    "redo": ("U", "redo", "rehacer"),
    "train": ("T", "train", "entrenar"),
    "iterate": ("I", "iterate", "iterado"),
    "check": ("D", "check", "comprobar"),
    "copy": ("y", "copy", "copiar"),
    "latex": ("Y", "latex"),
    "dot": ("dot",),
    "export": ("E", "export", "exportar"),
    "help": ("?", "help", "ayuda"),
    "quit": ("q", "quit", "exit", "salir"),
}
"""Every command with its key first, then its words in both languages."""

_BY_WORD = {word: name for name, words in COMMANDS.items() for word in words}
_COUNTED = re.compile(r"(\d{1,12})\s*(\D\S*)?\s*$")


class Request(NamedTuple):
    """One command: its name (empty if unknown), how often, and the rest of the line."""

    name: str
    times: int
    argument: str
    word: str


def read_request(line: str) -> Request:
    """Return what a line asks for; an empty line is `next`, a bare number goes there.

    >>> read_request("5n")[:3], read_request(":42")[:3], read_request("/ yhat")[:3]
    (('next', 5, ''), ('goto', 1, '42'), ('search', 1, 'yhat'))
    """
    line = line.strip()
    if not line:
        return Request("next", 1, "", "")
    if line[0] in ":/":
        name = "goto" if line[0] == ":" else "search"
        rest = line[1:].strip()
        if name == "goto" and rest and not rest.isdecimal():  # :goto 5, :q
            return read_request(rest)
        return Request(name, 1, rest, line[0])
    counted = _COUNTED.match(line)
    if counted is not None:
        number, word = counted.groups()
        if word is None:
            return Request("goto", 1, number, number)
        return Request(_BY_WORD.get(word, ""), int(number), "", word)
    word, _, rest = line.partition(" ")
    name = _BY_WORD.get(word) or _BY_WORD.get(word.lower() if len(word) > 1 else word, "")
    return Request(name, 1, rest.strip(), word)


def is_command_word(line: str) -> bool:
    """Tell whether a line is a command even where an answer is awaited.

    A key alone may be the name of a variable, so there a colon stands before it.

    >>> [is_command_word(line) for line in (":r", "hint", "2*x", "x", "?")]
    [True, True, False, False, True]
    """
    word = line.strip().lower()
    return word.startswith((":", "?")) or (len(word) > 2 and word in _BY_WORD)
