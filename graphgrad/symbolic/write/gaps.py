"""Leave gaps for names in a formula, and fill them: one template serves many lines.

A marker is a control character, a kind, an index and a control character, so that no name of a file
can look like one. Kinds: ``n`` a name, ``c`` a number of the formula, ``a`` an adjoint. A capital
says that the marker is the base of a power, where a name with a superscript needs brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["MARKER", "Template", "as_base", "fill", "marked_index", "marker", "template"]

MARKER = re.compile("\x02([a-zA-Z])([0-9]+)\x03")

Template = tuple[tuple[str, str, int], ...]
"""Literal text followed by a marker's kind and index; the last kind is empty."""


def marker(kind: str, index: int) -> str:
    """Return a marker; equally long for all indices, so that markers sort by index."""
    return f"\x02{kind}{index:07d}\x03"


def marked_index(text: str) -> int | None:
    """Return the index of a text that is nothing but a marker, else None."""
    match = MARKER.fullmatch(text)
    return int(match[2]) if match else None


def as_base(text: str) -> str:
    """Return a text that is a single marker as the base of a power, other texts unchanged."""
    return text.upper() if MARKER.fullmatch(text) else text


def template(text: str) -> Template:
    """Cut a text at its markers.

    >>> template("2*" + marker("n", 1))
    (('2*', 'n', 1), ('', '', 0))
    """
    parts = MARKER.split(text)
    gaps = [(parts[i], parts[i + 1], int(parts[i + 2])) for i in range(0, len(parts) - 1, 3)]
    return (*gaps, (parts[-1], "", 0))


def fill(pieces: Template, name: Callable[[str, int], str]) -> str:
    """Return a template's text with a name for every marker.

    >>> fill(template("2*" + marker("n", 1)), lambda kind, index: f"x{index}")
    '2*x1'
    """
    if len(pieces) == 1:
        return pieces[0][0]
    return "".join(
        literal + name(kind, index) if kind else literal for literal, kind, index in pieces
    )
