"""Tell what kind of statement a line is: one table of the words that start one."""

from __future__ import annotations

import re
from typing import NamedTuple

from graphgrad.errors import SourceError
from graphgrad.expr.dialect import Dialect
from graphgrad.expr.tokens import Token, place_of, tokenize
from graphgrad.messages.catalogue import Worded, near
from graphgrad.messages.keywords import SPANISH, meant
from graphgrad.source.targets import Target, read_target

__all__ = [
    "FREE_TEXT",
    "KEYWORDS",
    "STARTS",
    "Start",
    "Statement",
    "opening_word",
    "read_statement",
    "unquoted",
    "words_of",
]


class Start(NamedTuple):
    """One row: what starts a statement, and who reads it.

    Attributes:
        word: a keyword only where it starts a line and no ``=`` follows.
        takes: ``name`` (a name, a label, then ``=`` and a formula or a value), ``words``, or
            ``text``: kept as written, for relations may hold signs that no formula has.
        reader: the method of `graphgrad.source.reader.Reader` that takes the statement.
        bare: whether the name alone declares something.
        inside: in what it may stand: ``for`` and ``def``; empty for the file alone.
        modifier: a word that may stand between the keyword and a name.
    """

    word: str
    takes: str
    reader: str
    bare: bool = False
    inside: tuple[str, ...] = ()
    modifier: str = ""


_BOTH = ("for", "def")

STARTS: dict[str, Start] = {
    start.word: start
    for start in (
        Start("gg", "words", "heading"),
        Start("title", "words", "heading"),
        Start("decimal", "words", "decimal"),
        Start("input", "name", "leaf", bare=True, inside=("for",)),
        Start("param", "name", "leaf", bare=True, inside=_BOTH, modifier="frozen"),
        Start("const", "name", "leaf", inside=_BOTH),
        Start("data", "words", "data"),
        Start("valid", "words", "part"),
        Start("test", "words", "part"),
        Start("assume", "text", "heading"),
        Start("convention", "text", "heading"),
        Start("group", "words", "group"),
        Start("loss", "name", "loss"),
        Start("output", "name", "output"),
        Start("layer", "name", "layer", inside=("def",)),
        Start("for", "words", "for", inside=_BOTH),
        Start("def", "words", "def"),
        Start("out", "words", "out", inside=("def",)),
        Start("end", "words", "end"),
        Start("train", "words", "train"),
        Start("[", "words", "header"),
        Start("=", "name", "assignment", inside=_BOTH),
    )
}
"""A new statement is one row here and its reader; keywords and hints follow."""

KEYWORDS = frozenset(word for word in STARTS if word.isalpha()) | frozenset(
    word for word, english in SPANISH.items() if english in STARTS
)


def words_of(takes: str, *, bare: bool = False) -> str:
    """Return the keywords that take this, as alternatives of a regular expression."""
    rows = ((word, STARTS[meant(word)]) for word in sorted(KEYWORDS))
    return "|".join(word for word, row in rows if row.takes == takes and row.bare >= bare)


FREE_TEXT = re.compile(rf"\s*+({words_of('text')})\b(?!\s*=[^=])")
_OPENS = "|".join(word for word in sorted(KEYWORDS) if meant(word) in ("for", "def", "end"))
_FIRST_LETTERS = frozenset(word[0] for word in _OPENS.split("|"))
_OPENING = re.compile(rf'\s*({_OPENS})\b(?!\s*(?:"[^"]*"\s*)?=(?!=))')
_SHORT_DEF = re.compile(r"[^()]*\([^()]*\)\s*=(?!=)")


class Statement(NamedTuple):
    """A statement: its keyword (``=`` for an assignment), name, label, and where it continues.

    Attributes:
        keyword: the word of its row in `STARTS`; ``=`` for an assignment, ``[`` for a header.
        name: the declared name as written, or the group of a header.
        label: a typeset name in quotes.
        tokens: all tokens of the line.
        rest: index of the first token behind name and label.
        text: the line.
        targets: what stands left of ``=`` where it is not one plain name.
        modifier: the word between keyword and name, as in ``param frozen w``.
    """

    keyword: str
    name: str
    label: str
    tokens: list[Token]
    rest: int
    text: str
    targets: tuple[Target, ...] = ()
    modifier: str = ""

    @property
    def start(self) -> Start:
        """Return the row of the statement's keyword."""
        return STARTS[self.keyword]

    @property
    def assigns(self) -> bool:
        """Tell whether a formula follows the name."""
        return self.rest < len(self.tokens) and self.tokens[self.rest].value == "="

    def error(self, message: str, token: Token | None = None, **fields: object) -> SourceError:
        """Return an error at a token, or at the end of the line."""
        if token is None:
            end = max(1, len(self.text.rstrip()))
            place = place_of(self.text, end - 1, end)
        else:
            place = place_of(self.text, token.start, token.end)
        return SourceError(message, place=place, **fields)


def opening_word(text: str) -> str:
    """Return ``for``, ``def`` or ``end`` where a line opens or ends a body, else nothing.

    >>> opening_word("for t = 1:3"), opening_word("for = x*2"), opening_word("def sq(x) = x^2")
    ('for', '', '')
    """
    if text.lstrip()[:1] not in _FIRST_LETTERS:
        return ""  # nearly all lines of a long file
    found = _OPENING.match(text)
    if found is None:
        return ""
    word = meant(found[1])
    if word == "end":
        return word if not text[found.end() :].strip() else ""
    short = word == "def" and _SHORT_DEF.match(text, found.end())
    return "" if short else word


def read_statement(text: str, dialect: Dialect) -> Statement:
    """Return the statement on a logical line.

    Raises:
        SourceError: if the line is no statement.
    """
    if text.lstrip().startswith("["):
        return _header(text)
    free = FREE_TEXT.match(text)
    if free is not None:
        word = Token("name", free.group(1), free.start(1), free.end(1))
        return Statement(meant(word.value), "", "", [word], 1, text)
    tokens = tokenize(text, dialect)
    first = tokens[0]
    if first.kind != "name":
        raise Statement("", "", "", tokens, 0, text).error("source.not_a_statement", first)
    if first.value in KEYWORDS and not _is_name(tokens):
        keyword = meant(first.value)
        if STARTS[keyword].takes == "name":
            return _named(keyword, text, tokens, 1)
        return Statement(keyword, "", "", tokens, 1, text)
    if len(tokens) > 1 and tokens[1].value == "=":
        return Statement("=", first.value, "", tokens, 1, text)
    return _named("=", text, tokens, 0)


def _is_name(tokens: list[Token]) -> bool:
    """Tell whether the first word is the name of a line: ``=`` follows, behind a label or not."""
    values = [token.value for token in tokens[1:3]]
    label = len(tokens) > 2 and tokens[1].kind == "string" and values[1] == "="
    return values[:1] == ["="] or label


def _named(keyword: str, text: str, tokens: list[Token], position: int) -> Statement:
    """Read the names and the label of a declaration or assignment."""
    blank = Statement(keyword, "", "", tokens, position, text)
    modifier = STARTS[keyword].modifier
    follower = tokens[position + 1].kind if position + 1 < len(tokens) else ""
    if modifier and follower == "name" and meant(tokens[position].value) == modifier:
        blank, position = blank._replace(modifier=modifier), position + 1
    found = read_target(tokens, position)
    if found is None:
        raise _no_target(blank, tokens, position)
    target, position = found
    targets = [target]
    while keyword == "=" and position < len(tokens) and tokens[position].value in (",", ";"):
        more = read_target(tokens, position + 1)
        if more is None:
            raise _no_target(blank, tokens, position + 1)
        targets.append(more[0])
        position = more[1]
    label = ""
    if position < len(tokens) and tokens[position].kind == "string":
        label = unquoted(tokens[position].value)
        position += 1
    if keyword == "=" and (position >= len(tokens) or tokens[position].value != "="):
        raise _not_assigned(blank, tokens, position)
    plain = len(targets) == 1 and len(target.pieces) == 1
    return blank._replace(
        name=target.base if plain else target.written(),
        label=label,
        rest=position,
        targets=() if plain else tuple(targets),
    )


def _no_target(blank: Statement, tokens: list[Token], position: int) -> SourceError:
    """Return the error of what stands where a name was expected."""
    token = tokens[position] if position < len(tokens) else None
    if token is not None and token.kind == "name" and tokens[position + 1].value == "[":
        return blank.error("source.target", tokens[position + 1], name=token.value)
    if blank.keyword == "=":
        return blank.error("source.expected_assignment", token, example=f"{tokens[0].value} = ...")
    return blank.error("source.expected_name", token, keyword=blank.keyword)


def _not_assigned(blank: Statement, tokens: list[Token], position: int) -> SourceError:
    first = tokens[0]
    near = f"{first.value} = ..."
    if position < len(tokens) and tokens[position].value == ":":
        return blank.error("source.shape_needs_keyword", tokens[position], name=first.value)
    if position < len(tokens) and tokens[position].kind == "name":
        return blank.error(
            "source.unknown_keyword", first, got=first.value, near=_near_keyword(first)
        )
    token = tokens[position] if position < len(tokens) else None
    if token is not None and token.value == "(" and any(t.value == "=" for t in tokens):
        return blank.error("source.function", token, name=first.value)
    return blank.error("source.expected_assignment", token, example=near)


def unquoted(string: str) -> str:
    """Return the characters that a string in quotes stands for."""
    return string[1:-1].replace('\\"', '"').replace("\\\\", "\\")


def _near_keyword(word: Token) -> Worded:
    """Return a sentence that names the keyword a word looks like, or an empty one."""
    own = sorted(KEYWORDS - {"gg", *SPANISH})
    twins = {word: meaning for word, meaning in SPANISH.items() if word in KEYWORDS}
    return near(word.value, own, most=1, cutoff=0.7, twins=twins)


_PART = r"[^\W\d][\w-]*(?:\[-?\w+(?:,-?\w+)*\])*"
_GROUP = re.compile(rf"{_PART}(?:\.{_PART})*")


def _header(text: str) -> Statement:
    """Read ``[model]``, ``[block.layer]``, ``[h[2].u]`` or ``[]``."""
    start, end = text.index("["), len(text.rstrip())
    token = Token("bracket", text[start:end], start, end)
    statement = Statement("[", "", "", [token], 1, text)
    if not token.value.endswith("]"):
        raise statement.error("source.open_header", token)
    name = token.value[1:-1].strip()
    if name and not _GROUP.fullmatch(name):
        raise statement.error("source.header_name", token, got=name)
    return statement._replace(name=name)
