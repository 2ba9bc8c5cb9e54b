r"""Find the formulas of a Markdown file, and cut them into claims.

Formulas stand in ``$...$``, ``$$...$$``, ``\[...\]`` and fenced blocks; claims are lines of
``aligned``, and parts apart by commas or ``\Rightarrow``. Every piece keeps its offset in the file,
so that an error can point at the author's own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Claim", "Span", "claims_of", "spans_of"]

_FENCE = re.compile(
    r"^[ \t]*+(?P<fence>`{3,}+|~{3,}+)[ \t]*+(?P<word>[\w+-]*+)[^\n]*+\n", re.MULTILINE
)
_PIECE = re.compile(
    r"""
    (?P<comment><!--(?P<order>.*?)-->)
  | (?P<code>(?<!`)(?P<ticks>`++).*?(?<!`)(?P=ticks)(?!`))
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
_BRACKETS = (("<!--", "-->"), (r"\[", r"\]"), (r"\(", r"\)"))
_MATH = ("display", "bracket", "paren", "body", "inline")
_RELATION = re.compile(r"(?<![<>!:=\\])(?:=|≈|\\approx\b|\\simeq\b|\\equiv\b)")
_PRIMED_BOUND = re.compile(
    r"(?:'|′|\\prime\b)(?:(?!\\prime\b)[^'′\n])*?(?:[<>≤≥]|\\[lg](?:eq?|t|eqslant)(?![A-Za-z]))"
)
"""A derivative with a bound: the one inequality that is judged."""
_APART = re.compile(
    r"\\(?:Rightarrow|Longrightarrow|implies|iff|Leftrightarrow|Longleftrightarrow)\b|⇒|⟹|⇔"
    r"|\\qquad\b|\\quad\b|[,;.]\s*(?:\\text\{\s*(?:y|and|e|con|with)\s*\}|\\(?:;|,|\s))?(?=\s|\\q|$)"
    r"|\\text\{\s*(?:y|and|e|con|with|donde|where|luego|so)\s*\}"
)
_REALS = r"(?:\s*\\in\s*(?:\\mathbb\s*)?\{?(?:\\mathbb\s*\{?)?R\}?\}?)?"
_DROPPED = re.compile(
    r"\\(?:label|tag)\{[^}]*\}|\\(?:nonumber|notag|displaystyle)\b|\\hline\b"
    rf"|(?:\\[ ,;:]\s*+){{0,9}}\\forall\s*+\\?\w+{_REALS}(?=\s*(?:$|[.,;\\&]))"
)
"""Among them ``\\forall z \\in \\mathbb{R}``: that is how every formula is meant."""
_OPENING, _CLOSING = "({[", ")}]"


class Span(NamedTuple):
    """A piece of notes: ``gg`` and ``claim`` blocks, ``math``, ``order`` comments, ``heading``."""

    kind: str
    text: str
    start: int


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
    for match in _PIECE.finditer(_without_unclosed(text[:end], start), start):
        if match["order"] is not None:
            yield Span("order", match["order"].strip(), match.start("order"))
        elif match["heading"]:
            yield Span("heading", match["heading"], match.start())
        for group in _MATH:
            if match[group] is not None:
                yield Span("math", text[slice(*match.span(group))], match.start(group))


def _without_unclosed(text: str, start: int) -> str:
    """Return a text with blanks for the signs behind the last one that would close them.

    None of them begins a formula, and each would be looked for until the end of the file.
    """
    for opens, closes in _BRACKETS:
        last = max(text.rfind(closes, start), start)
        text = text[:last] + text[last:].replace(opens, " " * len(opens))
    return text


class Claim(NamedTuple):
    """A formula that states something, with its offset in the file.

    ``carried`` is the left side that stands on an earlier line of the same chain.
    """

    text: str
    start: int
    carried: str = ""


def claims_of(text: str, start: int) -> Iterator[Claim]:
    r"""Yield the parts of a formula that hold a relation.

    >>> [claim.text for claim in claims_of(r"z = w x,\quad a = b", 0)]
    ['z = w x', 'a = b']
    """
    carried = ""
    for line, offset in _lines(_blanked(text)):
        for part, place in _parts(_without_columns(line), offset):
            stripped = part.strip(" \n\t&.,;")
            if not stripped:
                continue
            begin = start + place + part.index(stripped)
            continued = _RELATION.match(stripped.lstrip("& ")) is not None
            if not _RELATION.search(stripped) and not _PRIMED_BOUND.search(stripped):
                carried = stripped
                continue
            yield Claim(stripped, begin, carried if continued else "")
            if not continued:
                carried = _RELATION.split(stripped, maxsplit=1)[0].strip("& ")


def _blanked(text: str) -> str:
    """Return a formula in which what states nothing is blank, at the same places."""
    text = _DROPPED.sub(lambda match: " " * len(match[0]), text)
    return re.sub(r"\\(?:begin|end)\{(?:aligned|align|split|gathered)\*?\}", _spaces, text)


def _without_columns(line: str) -> str:
    """Return a line without the signs that align it; those of ``cases`` stay."""
    depth, letters = 0, list(line)
    for place, letter in enumerate(line):
        depth += line.startswith(r"\begin", place) - line.startswith(r"\end", place)
        if letter == "&" and depth <= 0:
            letters[place] = " "
    return "".join(letters)


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _lines(text: str) -> Iterator[tuple[str, int]]:
    r"""Yield the lines that \\ sets apart, outside braces and environments."""
    depth, start, place = 0, 0, 0
    while place < len(text):
        depth += text.startswith(r"\begin", place) - text.startswith(r"\end", place)
        if text.startswith(r"\\", place):
            if depth <= 0:
                yield text[start:place], start
                start = place + 2
            place += 2
            continue
        place += 1
    yield text[start:], start


def _parts(line: str, offset: int) -> Iterator[tuple[str, int]]:
    """Yield what separators outside brackets set apart."""
    start = 0
    for match in _APART.finditer(line):
        before = line[start : match.start()]
        level = sum(before.count(c) for c in _OPENING) - sum(before.count(c) for c in _CLOSING)
        inside = before.count(r"\begin") > before.count(r"\end")
        after = line[match.end() :]
        states = _RELATION.search(after) or _PRIMED_BOUND.search(after) or not after.strip()
        if level == 0 and not inside and (states or match[0][0] not in ",;."):
            yield before, offset + start
            start = match.end()
    yield line[start:], offset + start
