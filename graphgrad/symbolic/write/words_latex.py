r"""Write plain words in LaTeX, so that no character of a name can act: ``\text{...}``."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["escaped", "printable", "text_tex", "words_of_text"]

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
}
_BACK = {written: character for character, written in _SPECIAL.items()}
_PIECE = re.compile("|".join(map(re.escape, sorted(_BACK, key=len, reverse=True))))
_TEXT = re.compile(r"\\text\{(.*)\}", re.DOTALL)
_DROPPED = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
_LONGEST = 40


@lru_cache(maxsize=4096)
def text_tex(text: str, most: int = _LONGEST) -> str:
    r"""Return words as LaTeX text; what is longer than the most is cut.

    >>> text_tex("a_b <c>")
    '\\text{a\\_b \\textless{}c\\textgreater{}}'
    """
    clean = printable(text)
    cut = clean if len(clean) <= most else clean[: most - 1] + "…"
    return rf"\text{{{escaped(cut)}}}"


def escaped(text: str) -> str:
    r"""Return words in which no character acts in LaTeX.

    >>> escaped("50 % of w_1")
    '50 \\% of w\\_1'
    """
    return "".join(_SPECIAL.get(c, c) for c in text)


def words_of_text(tex: str) -> str | None:
    """Return the words of what `text_tex` wrote; None for other LaTeX."""
    match = _TEXT.fullmatch(tex)
    if match is None:
        return None
    words = _PIECE.sub(lambda piece: _BACK[piece[0]], match[1])
    return words if text_tex(words, len(words)) == tex else None


def printable(text: str) -> str:
    """Return text without control characters and marks that reorder what follows."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in ("Cc", "Cs", "Cn", "Co") else c
        for c in text
        if c not in _DROPPED
    )
