r"""Find the formulas of a Markdown file: ``$...$``, ``$$...$$``, ``\[...\]``, fenced blocks.

Every piece keeps its offset in the file, so that an error can point at the author's own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Span", "spans_of"]


class Span(NamedTuple):
    """A piece of notes: ``gg`` and ``claim`` blocks, ``math``, ``order`` comments, ``heading``."""

    kind: str
    text: str
    start: int


_FENCE = re.compile(r"^[ \t]*(?P<fence>`{3,}|~{3,})[ \t]*(?P<word>[\w+-]*)[^\n]*\n", re.MULTILINE)
_PIECE = re.compile(
    r"""
    (?P<comment><!--(?P<order>.*?)-->)
  | (?P<code>(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))
  | (?<!\\)\$\$(?P<display>.*?)(?<!\\)\$\$
  | \\\[(?P<bracket>.*?)\\\]
  | \\\((?P<paren>.*?)\\\)
  | (?P<environment>\\begin\{(?P<name>equation|aligned?|gather|multline|eqnarray)
      (?P<star>\*?)\}(?P<body>.*?)\\end\{(?P=name)(?P=star)\})
  | (?<![\\$])\$(?![\s$])(?P<inline>[^$\n]*(?:\n(?!\s*\n)[^$\n]*)*?)(?<![\\\s])\$(?!\d)
  | ^(?P<heading>\#{1,6})[ \t]
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_MATH = ("display", "bracket", "paren", "body", "inline")


def spans_of(text: str) -> Iterator[Span]:
    r"""Yield the pieces of notes in the order of the file.

    >>> [(span.kind, span.text) for span in spans_of("# A\nso $x = 1$ and `$no$`")]
    [('heading', '#'), ('math', 'x = 1')]
    """
    position = 0
    while True:
        fence = _FENCE.search(text, position)
        end = len(text) if fence is None else fence.start()
        yield from _pieces(text, position, end)
        if fence is None:
            return
        close = re.compile(rf"^[ \t]*{re.escape(fence['fence'])}[ \t]*$", re.MULTILINE)
        closing = close.search(text, fence.end())
        stop = len(text) if closing is None else closing.start()
        if fence["word"] in ("gg", "claim", "math"):
            kind = "gg" if fence["word"] == "gg" else "claim"
            yield Span(kind, text[fence.end() : stop], fence.end())
        position = len(text) if closing is None else closing.end()


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _PIECE.finditer(text, start, end):
        if match["order"] is not None:
            yield Span("order", match["order"].strip(), match.start("order"))
        elif match["heading"]:
            yield Span("heading", match["heading"], match.start())
        for group in _MATH:
            if match[group] is not None:
                yield Span("math", match[group], match.start(group))
