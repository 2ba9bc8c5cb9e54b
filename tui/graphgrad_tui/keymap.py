"""Say what each command of the app does, and by which keys; read other keys from a TOML file.

The file has one table, ``[keys]``, with a command's name and its keys as Textual names them::

    [keys]
    next = "n,space,pagedown"
    previous = "p,pageup"

A key of the file wins: the command that has it by default goes without it.
"""

from __future__ import annotations

import os
import re
import tomllib
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from graphgrad.errors import Place, UsageError
from graphgrad.files.reading import read_beside
from graphgrad.messages.catalogue import near
from graphgrad.source.text import decode
from graphgrad.stepping.commands import APP_COMMANDS, Command
from graphgrad.stepping.journey import TRAVELS

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["action_of", "default_keymap", "is_key", "read_keymap", "with_keys"]

_MODIFIERS = {"ctrl", "shift", "alt", "super", "meta", "hyper"}
_NAMED = {*(key.value for key in Keys), *KEY_NAME_REPLACEMENTS.values(), "space"}

_ACTIONS = {
    "goto": "type(':')",
    "search": "type('/')",
    "theme": "change_theme",
    "palette": "command_palette",
    **{name: name for name in ("help", "pane_help", "quit")},
    **{name: f"travel('{name}')" for name in TRAVELS},
}


def action_of(name: str) -> str:
    """Return the action of the app for a command: most do what the table of deeds says."""
    return _ACTIONS.get(name, f"do('{name}')")


def with_keys(keys: Mapping[str, str]) -> tuple[Command, ...]:
    """Return the commands with other keys where some are given; no other keeps one of those.

    >>> found = with_keys({"next": "n,pagedown", "hint": "p"})
    >>> [(command.name, command.keys, command.shown) for command in found[:2]]
    [('next', 'n,pagedown', 'n pagedown'), ('previous', 'left,h,pageup', '← h')]
    """
    taken = {_one_name(key) for given in keys.values() for key in given.split(",")}
    return tuple(
        _given(command, keys[command.name]) if command.name in keys else _without(command, taken)
        for command in APP_COMMANDS
    )


def _given(command: Command, keys: str) -> Command:
    names = ",".join(map(_one_name, keys.split(",")))
    return command._replace(keys=names, spelled=keys.replace(",", " ") if names != keys else "")


def _without(command: Command, taken: set[str]) -> Command:
    """Return a command without the keys that the user's file gives to others."""
    keys = command.keys.split(",")
    left = [key for key in keys if _one_name(key) not in taken]
    if left == keys:
        return command
    spelled = zip(keys, command.spelled.split(), strict=False)  # the last may stay untold
    told = " ".join(word for key, word in spelled if key in left)
    return command._replace(keys=",".join(left), spelled=told)


def _one_name(key: str) -> str:
    """Return the one name of a key that may be written as its sign, as ``.`` for full_stop."""
    if len(key) != 1 or key.isalnum():
        return key
    name = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


def default_keymap() -> Path:
    """Return the file that is read where none is named."""
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    if home.startswith("~"):  # a user without a home: nothing is there, nothing can be made
        home = os.devnull
    return Path(home) / "graphgrad" / "keys.toml"


def read_keymap(path: str | None) -> dict[str, str]:
    """Return keys by command name; of the default file, if it exists, where none is named.

    Raises:
        FileError: if a named file cannot be read.
        UsageError: if it is not as described, names no command or key, or gives one key to two.
    """
    if path is None:
        found = default_keymap()
        if not os.path.isfile(found):
            return {}
        path = str(found)
    source = decode(read_beside(path), path)  # the owner's, also where the app is served
    try:
        whole = tomllib.loads(source)
    except (ValueError, RecursionError) as error:  # of tomllib, or a number of 5,000 digits
        from graphgrad.exercises.files.blocks import told_toml  # hardly ever needed

        raise UsageError("keymap.toml", path=path, why=told_toml(error)) from None
    checked = _Checked(path, source)
    for name in whole:
        if name != "keys":
            raise checked.error(name, "keymap.table", name=name)
    table = whole.get("keys", {})
    if not isinstance(table, dict):
        raise checked.error("keys", "keymap.table", name="keys")
    return checked.keys(table)


class _Checked:
    """Checks a table of keys; what is wrong is shown where it stands in the file."""

    def __init__(self, path: str, source: str) -> None:
        self.path = path
        self.lines = source.splitlines()

    def keys(self, table: dict[str, Any]) -> dict[str, str]:
        """Return the keys of the table, in order."""
        names = [command.name for command in APP_COMMANDS]
        found = {}
        for name, text in table.items():
            if name not in names:
                raise self.error(name, "keymap.unknown", name=name, near=near(name, names))
            if not isinstance(text, str):
                raise self.error(name, "keymap.text", name=name)
            found[name] = ",".join(part.strip() for part in text.split(","))
        self._owners(found)
        return found

    def _owners(self, keys: dict[str, str]) -> None:
        """Refuse what is no key, and a key that the file gives to two commands."""
        owner: dict[str, str] = {}
        for name, given in keys.items():
            for key in given.split(","):
                if not is_key(key):
                    raise self.error(name, "keymap.bad_key", name=name, key=key)
                first = owner.setdefault(_one_name(key), name)
                if first != name:
                    raise self.error(name, "keymap.twice", key=key, first=first, second=name)

    def error(self, name: str, message: str, /, **fields: Any) -> UsageError:
        """Return an error that shows the line of a name."""
        pattern = re.compile(rf"\s*+\[?\s*+[\"']?(?P<name>{re.escape(name)})\b")
        error = UsageError(message, **fields)
        for number, line in enumerate(self.lines, 1):
            match = pattern.match(line)
            if match:
                column = match.start("name") + 1
                return error.at(Place(number, column, line, self.path, length=len(name)))
        return error.at(Place(1, 1, self.lines[0] if self.lines else "", self.path))


def is_key(key: str) -> bool:
    """Tell whether Textual knows a key by a name; digits count repetitions and are none.

    >>> [is_key(key) for key in ("n", "ctrl+n", "question_mark", "f5", "spacebar", "5", "")]
    [True, True, True, True, False, False, False]
    """
    *modifiers, last = key.split("+") if key != "+" else [key]
    if not last or last.isdecimal() or not set(modifiers) <= _MODIFIERS:
        return False
    if len(last) == 1 or last in _NAMED:
        return True
    try:
        return len(unicodedata.lookup(last.replace("_", " "))) == 1
    except KeyError:
        return False
