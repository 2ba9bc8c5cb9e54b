"""Tell which characters a terminal can show."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphgrad.views.cells.characters import Charset

__all__ = ["charset_of"]

_ASCII_LOCALES = ("C", "POSIX")
_COERCED = ("C.UTF-8", "C.utf8", "UTF-8")
"""What Python itself puts into LC_CTYPE at its start where the locale is C."""


def charset_of(encoding: str, environment: Mapping[str, str]) -> Charset:
    """Return the characters to draw with on a terminal.

    Python writes UTF-8 in the locale C too, so the stream does not tell what the terminal was set
    up for; a locale that somebody chose does. Where none is set, as in many containers, the stream
    decides.

    Args:
        encoding: the encoding of the stream as it was at the start.
        environment: the variables of the process.

    >>> charset_of("utf-8", {}), charset_of("utf-8", {"LANG": "es_ES.UTF-8"})
    ('unicode', 'unicode')
    >>> charset_of("ascii", {}), charset_of("utf-8", {"LANG": "C", "LC_CTYPE": "C.UTF-8"})
    ('ascii', 'ascii')
    """
    if "utf" not in encoding.lower():
        return "ascii"
    chosen = environment.get("LC_ALL") or ""
    if not chosen:
        characters, language = (environment.get(name) or "" for name in ("LC_CTYPE", "LANG"))
        was_coerced = characters in _COERCED and language in _ASCII_LOCALES
        chosen = language if was_coerced or not characters else characters
    name, _, codeset = chosen.partition("@")[0].partition(".")
    if codeset:
        return "unicode" if "utf" in codeset.lower() else "ascii"
    return "ascii" if name in _ASCII_LOCALES else "unicode"
