"""Read other keys for commands from a TOML file.

The file has one table, ``[keys]``, with a command's name and its keys as Textual names them::

    [keys]
    next = "n,space,pagedown"
    previous = "p,pageup"
"""

from __future__ import annotations

import os
import tomllib
from difflib import get_close_matches
from pathlib import Path

from graphgrad.errors import UsageError
from graphgrad.messages import Worded
from graphgrad.source.text import read_text
from graphgrad_tui.keys import COMMANDS

__all__ = ["default_keymap", "read_keymap"]


def default_keymap() -> Path:
    """Return the file that is read where none is named."""
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "graphgrad" / "keys.toml"


def read_keymap(path: str | None) -> dict[str, str]:
    """Return keys by command name; of the default file, if it exists, where none is named.

    Raises:
        FileError: if a named file cannot be read.
        UsageError: if it is not as described, names no command, or gives one key twice.
    """
    if path is None:
        found = default_keymap()
        if not found.is_file():
            return {}
        path = str(found)
    try:
        table = tomllib.loads(read_text(path)).get("keys", {})
    except tomllib.TOMLDecodeError as error:
        raise UsageError("keymap.toml", path=path, why=error) from None
    if not isinstance(table, dict) or not all(isinstance(keys, str) for keys in table.values()):
        raise UsageError("keymap.table", path=path)
    keys = {
        name: ",".join(part.strip() for part in text.split(",")) for name, text in table.items()
    }
    _check(path, keys)
    return keys


def _check(path: str, keys: dict[str, str]) -> None:
    names = [command.name for command in COMMANDS]
    for name in keys:
        if name not in names:
            close = get_close_matches(name, names, n=3)
            near = Worded("near.names", names=", ".join(close)) if close else Worded("near.none")
            raise UsageError("keymap.unknown", path=path, name=name, near=near)
    owner: dict[str, str] = {}
    for command in COMMANDS:
        for key in keys.get(command.name, command.keys).split(","):
            if not key or key.isdecimal():
                raise UsageError("keymap.bad_key", path=path, name=command.name, key=key)
            if key in owner:
                first, second = owner[key], command.name
                raise UsageError("keymap.twice", path=path, key=key, first=first, second=second)
            owner[key] = command.name
