r"""Know which LaTeX commands can be typeset; ziamath prints an unknown one instead of failing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

__all__ = ["symbol_number", "unknown_command"]

_COMMAND = re.compile(r"\\([A-Za-z]+)")
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\{([^{}\\]*)\}")
_STRUCTURE = frozenset({"begin", "end", "left", "right", "middle", "textcolor", "aligned"})
_NEVER = frozenset({"href", "def", "newcommand", "newenvironment", "class", "style", "require"})


def unknown_command(tex: str) -> str:
    r"""Return the first command of a text that cannot be typeset, else nothing.

    >>> unknown_command(r"\frac{\partial L}{\partial w}"), unknown_command(r"\fraq{1}{2}")
    ('', '\\fraq')
    """
    known = _known()
    for name in _COMMAND.findall(tex):
        if name not in known:
            return f"\\{name}"
    for name in _ENVIRONMENT.findall(tex):
        if name not in known:
            return f"\\begin{{{name}}}"
    return ""


@cache
def _known() -> frozenset[str]:
    """Gather the commands and environments that latex2mathml names anywhere in its tables."""
    from latex2mathml import commands, symbols_parser

    found: set[str] = set()
    for name, table in vars(commands).items():
        if name.isupper():
            found.update(_words(table))
    found.update(symbol[1:] for symbol in symbols_parser.SYMBOLS if symbol.startswith("\\"))
    return frozenset((found | _STRUCTURE) - _NEVER)


def _words(table: object) -> Iterable[str]:
    entries: Iterable[object] = (table,)
    if isinstance(table, dict | tuple | list | set | frozenset):
        entries = table
    for entry in entries:
        if isinstance(entry, str) and re.fullmatch(r"\\[A-Za-z]+\*?", entry):
            yield entry[1:]


def symbol_number(command: str) -> int | None:
    r"""Return the character that a command without arguments stands for, as its number.

    >>> symbol_number("sigma"), symbol_number("frac")
    (963, None)
    """
    from latex2mathml import symbols_parser

    found = symbols_parser.SYMBOLS.get(f"\\{command}")
    return None if found is None else int(found, 16)
