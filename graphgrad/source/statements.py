"""Tell what kind of statement a line is: one table of the words that start one."""

from __future__ import annotations

import re
from typing import NamedTuple

from graphgrad.errors import SourceError
from graphgrad.expr.dialect import Dialect
from graphgrad.expr.tokens import Token, place_of, tokenize
from graphgrad.messages.catalogue import Worded, near

__all__ = [
    "FREE_TEXT",
    "KEYWORDS",
    "STARTS",
    "Start",
    "Statement",
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
    """

    word: str
    takes: str
    reader: str
    bare: bool = False


STARTS: dict[str, Start] = {
    start.word: start
    for start in (
        Start("gg", "words", "heading"),
        Start("title", "words", "heading"),
        Start("decimal", "words", "decimal"),
        Start("input", "name", "leaf", bare=True),
        Start("param", "name", "leaf", bare=True),
        Start("const", "name", "leaf"),
        Start("data", "words", "data"),
        Start("assume", "text", "heading"),
        Start("convention", "text", "heading"),
        Start("group", "words", "group"),
        Start("loss", "name", "loss"),
        Start("output", "name", "output"),
        Start("[", "words", "header"),
        Start("=", "name", "assignment"),
    )
}
"""A new statement is one row here and its reader; keywords and hints follow."""

KEYWORDS = frozenset(word for word in STARTS if word.isalpha())


def words_of(takes: str, *, bare: bool = False) -> str:
    """Return the keywords that take this, as alternatives of a regular expression."""
    rows = (STARTS[word] for word in sorted(KEYWORDS))
    return "|".join(row.word for row in rows if row.takes == takes and row.bare >= bare)


FREE_TEXT = re.compile(rf"\s*({words_of('text')})\b(?!\s*=[^=])")


class Statement(NamedTuple):
    """A statement: its keyword (``=`` for an assignment), name, label, and where it continues.

    Attributes:
        keyword: the word of its row in `STARTS`; ``=`` for an assignment, ``[`` for a header.
        name: the declared name, or the group of a header.
        label: a typeset name in quotes.
        tokens: all tokens of the line.
        rest: index of the first token behind name and label.
        text: the line.
    """

    keyword: str
    name: str
    label: str
    tokens: list[Token]
    rest: int
    text: str

    @property
    def start(self) -> Start:
        """Return the row of the statement's keyword."""
        return STARTS[self.keyword]

    def error(self, message: str, token: Token | None = None, **fields: object) -> SourceError:
        """Return an error at a token, or at the end of the line."""
        if token is None:
            end = max(1, len(self.text.rstrip()))
            place = place_of(self.text, end - 1, end)
        else:
            place = place_of(self.text, token.start, token.end)
        return SourceError(message, place=place, **fields)


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
        return Statement(word.value, "", "", [word], 1, text)
    tokens = tokenize(text, dialect)
    first = tokens[0]
    second = tokens[1].value if len(tokens) > 1 else ""
    if first.kind != "name":
        raise Statement("", "", "", tokens, 0, text).error("source.not_a_statement", first)
    if first.value in KEYWORDS and second != "=":
        if STARTS[first.value].takes == "name":
            return _named(first.value, text, tokens, 1)
        return Statement(first.value, "", "", tokens, 1, text)
    return _named("=", text, tokens, 0)


def _named(keyword: str, text: str, tokens: list[Token], position: int) -> Statement:
    """Read the name and label of a declaration or assignment."""
    blank = Statement(keyword, "", "", tokens, position, text)
    if position >= len(tokens) or tokens[position].kind != "name":
        token = tokens[position] if position < len(tokens) else None
        raise blank.error("source.expected_name", token, keyword=keyword)
    name = tokens[position].value
    position += 1
    label = ""
    if position < len(tokens) and tokens[position].kind == "string":
        label = unquoted(tokens[position].value)
        position += 1
    if keyword == "=" and (position >= len(tokens) or tokens[position].value != "="):
        raise _not_assigned(blank, tokens, position)
    return Statement(keyword, name, label, tokens, position, text)


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
    return blank.error("source.expected_assignment", token, example=near)


def unquoted(string: str) -> str:
    """Return the characters that a string in quotes stands for."""
    return string[1:-1].replace('\\"', '"').replace("\\\\", "\\")


def _near_keyword(word: Token) -> Worded:
    """Return a sentence that names the keyword a word looks like, or an empty one."""
    return near(word.value, sorted(KEYWORDS - {"gg"}), most=1, cutoff=0.7)


def _header(text: str) -> Statement:
    """Read ``[model]``, ``[block.layer]`` or ``[]``."""
    start, end = text.index("["), len(text.rstrip())
    token = Token("bracket", text[start:end], start, end)
    statement = Statement("[", "", "", [token], 1, text)
    if not token.value.endswith("]"):
        raise statement.error("source.open_header", token)
    name = token.value[1:-1].strip()
    if name and not all(part.replace("-", "_").isidentifier() for part in name.split(".")):
        raise statement.error("source.header_name", token, got=name)
    return statement._replace(name=name)
