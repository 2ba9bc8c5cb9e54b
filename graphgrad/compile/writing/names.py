"""Give the values of a program names of our own: letters, digits, underscores, no word of Python's.

What an author wrote decides which letters are used, nothing else of it comes through.
"""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata

__all__ = ["Names", "in_comment"]

_RESERVED = {*dir(builtins), "np", "math", "program", "results", "NAMES", "memory", "part"}
_LONGEST = 24
_LONGEST_COMMENT = 100


class Names:
    """The names of one program.

    >>> names = Names()
    >>> names.new("W1"), names.new("W1"), names.new("ŷ"), names.new("lambda"), names.new("2; x")
    ('W1', 'W1_2', 'y', 'lambda_2', 'v2_x')
    """

    def __init__(self, taken: frozenset[str] = frozenset()) -> None:
        self.taken = {*_RESERVED, *keyword.kwlist, *keyword.softkwlist, *taken}

    def new(self, wanted: str) -> str:
        """Return a name that no one has, as near to the wanted one as can be."""
        plain = unicodedata.normalize("NFKD", wanted).encode("ascii", "ignore").decode()
        base = re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_")[:_LONGEST].strip("_")
        if not base or not base[0].isalpha():
            base = f"v{base}"
        name, count = base, 2
        while name in self.taken:
            name, count = f"{base}_{count}", count + 1
        self.taken.add(name)
        return name


def in_comment(text: str) -> str:
    r"""Return a text as it may stand behind ``#``: one line, printable, not too long.

    >>> in_comment("z = w*x\nimport os")
    'z = w*x import os'
    """
    words = "".join(c if c.isprintable() else " " for c in text).split()
    line = " ".join(words)
    return line if len(line) <= _LONGEST_COMMENT else f"{line[: _LONGEST_COMMENT - 1]}…"
