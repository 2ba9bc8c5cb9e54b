"""List the commands of both steppers once: what is typed for each, and its keys in the app.

The line-oriented stepper reads the words, with counts and step numbers; the app binds the keys.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["APP_COMMANDS", "COMMANDS", "LINE_COMMANDS", "WORDS", "Command", "Request"]
__all__ += ["is_command_word", "read_request"]


class Command(NamedTuple):
    """One thing a stepper can do.

    Attributes:
        name: message ids are ``stepper.word.NAME`` and ``stepper.help.NAME`` for what is typed,
            ``app.key.NAME`` and ``app.help.NAME`` for the app.
        words: what is typed, its key first, then words of both languages; empty if nothing is.
        keys: the keys in the app, as Textual names them, by commas; empty if it has none.
        spelled: the keys as a person reads them, where Textual has other names.
        footer: whether it stands in the app's bar of keys.
    """

    name: str
    words: str
    keys: str = ""
    spelled: str = ""
    footer: bool = False

    @property
    def shown(self) -> str:
        """Return the keys as a person reads them."""
        return self.spelled or self.keys.replace(",", " ")


COMMANDS: tuple[Command, ...] = (
    Command("next", "n next siguiente sig", "n,space,right,l,pagedown", "n space → l", footer=True),
    Command("previous", "p prev previous anterior ant", "p,left,h,pageup", "p ← h", footer=True),
    Command("start", "g start inicio", "g"),
    Command("end", "G end final", "G"),
    Command("forward", "f forward adelante", "f"),
    Command("backward", "b backward atrás atras", "b"),
    Command("goto", "goto ir", "colon", ":"),
    Command("up", "", "up,k", "↑ k"),
    Command("down", "", "down,j", "↓ j"),
    Command("to", "t to hasta", "t", footer=True),
    Command("break", "B break pausa", "B"),
    Command("continue", "c continue continuar", "c"),
    Command("back", "C back volver", "C"),
    Command("search", "/ search buscar", "slash", "/", footer=True),
    Command("next_match", "", "right_square_bracket", "]"),
    Command("previous_match", "", "left_square_bracket", "["),
    Command("predict", "x predict predecir", "x", footer=True),
    Command("ask", "X ask preguntar", "X"),
    Command("reveal", "r reveal respuesta", "r"),
    Command("hint", "H hint pista", "H"),
    Command("edit", "e edit editar", "e"),
    Command("undo", "u undo deshacer", "u"),
    Command("redo", "U redo rehacer", "ctrl+r"),
    Command("watch", "w watch vigilar", "W"),
    Command("fold", "", "enter"),
    Command("close_group", "", "minus", "-"),
    Command("open", "", "plus", "+"),
    Command("deeper", "", "m"),
    Command("shallower", "", "M"),
    Command("entries", "", "a"),
    Command("next_entry", "", "full_stop,shift+right", ". shift+→"),
    Command("previous_entry", "", "comma,shift+left", ", shift+←"),
    Command("lower_entry", "", "shift+down", "shift+↓"),
    Command("upper_entry", "", "shift+up", "shift+↑"),
    Command("units", "", "N"),
    Command("listing", "", "f2", "F2"),
    Command("derivation", "d derive deducir", "d"),
    Command("larger", "", "z"),
    Command("smaller", "", "Z"),
    Command("fit", "", "equals_sign", "="),
    Command("focus", "", "F"),
    Command("more_hops", "", "greater_than_sign", ">"),
    Command("fewer_hops", "", "less_than_sign", "<"),
    Command("check", "D check comprobar", "D"),
    Command("train", "T train entrenar", "T"),
    Command("lens", "L lens lente", "L"),
    Command("open_file", "", "ctrl+o"),
    Command("samples", "", "S"),
    Command("copy", "y copy copiar", "y"),
    Command("copy_latex", "Y latex", "Y"),
    Command("copy_dot", "dot", "ctrl+y"),
    Command("screenshot", "", "s"),
    Command("picture", "", "o"),
    Command("export", "E export exportar", "E"),
    Command("scroll_down", "", "J"),
    Command("scroll_up", "", "K"),
    Command("theme", "", "ctrl+t"),
    Command("palette", "", "ctrl+p"),
    Command("help", "? help ayuda", "question_mark", "?", footer=True),
    Command("pane_help", "", "f1", "F1"),
    Command("tour", "", "f4", "F4"),
    Command("escape", "", "escape", "esc"),
    Command("quit", "q quit exit salir", "q", footer=True),
    Command("inspect", "i inspect inspeccionar"),
    Command("state", "s state estado"),
    Command("iterate", "I iterate iterado"),
)
"""Every command, in the order of the app's help."""

_LINE_ORDER = (
    "next previous goto start end forward backward to break continue back watch inspect "
    "derivation lens search state predict ask hint reveal edit undo redo train iterate check copy "
    "copy_latex copy_dot export help quit"
)

_NAMED = {command.name: command for command in COMMANDS}
LINE_COMMANDS = tuple(_NAMED[name] for name in _LINE_ORDER.split())
"""Those that are typed, in the order of their help."""
APP_COMMANDS = tuple(command for command in COMMANDS if command.keys)
"""Those of the app."""
WORDS = {word: command.name for command in LINE_COMMANDS for word in command.words.split()}
"""The name of the command that each word stands for."""

_COUNTED = re.compile(r"(\d{1,12}+)\s*+([^\d\s]\S*+)?\s*+$")


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
        return Request(WORDS.get(word, ""), int(number), "", word)
    word, _, rest = line.partition(" ")
    name = WORDS.get(word) or WORDS.get(word.lower() if len(word) > 1 else word, "")
    return Request(name, 1, rest.strip(), word)


def is_command_word(line: str) -> bool:
    """Tell whether a line is a command even where an answer is awaited.

    A key alone may be the name of a variable, so there a colon stands before it.

    >>> [is_command_word(line) for line in (":r", "hint", "2*x", "x", "?")]
    [True, True, False, False, True]
    """
    word = line.strip().lower()
    return word.startswith((":", "?")) or (len(word) > 2 and word in WORDS)
