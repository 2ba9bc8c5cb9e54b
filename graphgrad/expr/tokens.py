"""Cut one logical line into tokens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from graphgrad.errors import LimitError, Place, SourceError
from graphgrad.expr.dialect import (
    FOLDED,
    HIGH,
    OPERATORS,
    SMALL,
    STRICT,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    Dialect,
)

__all__ = [
    "MOST_DIGITS", "RELATIONS", "Token", "check_rows", "is_count", "place_of", "relation_sides",
    "tokenize", "whole_of",
]  # fmt: skip

RELATIONS = frozenset({"<", ">", "<=", ">=", "=", "==", "!="})

MOST_DIGITS = 1_000
_LONGEST_COUNT = 18


class Token(NamedTuple):
    """One word of a line: its kind, its value in standard spelling, and its columns from 0.

    A ``name`` may have parts, as in ``cell.W``; a ``part`` is what goes on with one behind a
    bracket, as the ``.z`` of ``h[2].z``.
    """

    kind: str
    value: str
    start: int
    end: int


_WORD = r"[^\W\d⁰¹²³⁴⁵⁶⁷⁸⁹₀-₉][^\W⁰¹²³⁴⁵⁶⁷⁸⁹]*[\u0300-\u036f]*"
_PARTS = rf"(?:\.(?!(?:T|mT|grad)\b){_WORD})"
"""What stands behind the first dot of a name; X.T is the transpose of X."""


@cache
def _pattern(*, comma: bool, inner_names: bool) -> re.Pattern[str]:
    decimal = "," if comma else r"\."
    inner = r"(?:\.[0-9]+)?" if inner_names else ""
    behind = r"|(?<=\])\.[0-9]+(?!\w)" if inner_names else ""
    return re.compile(
        rf"""
        (?P<space>\s+)
      | (?P<name>{_WORD}{_PARTS}*{inner})
      | (?P<part>(?<=\]){_PARTS}+{inner}{behind})
      | (?P<shape>[0-9]+(?:x[0-9]+)+(?!\w))
      | (?P<number>(?:[0-9]+(?:{decimal}[0-9]*)?|{decimal}[0-9]+)(?:[eE][+-]?[0-9]+)?)
      | (?P<superscript>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)
      | (?P<string>"(?:[^"\\]|\\.)*")
      | (?P<transpose>\.T\b)
      | (?P<operator>\*\*|<=|>=|==|!=|[-+*/@^<>=·×∗−–÷≥≤≠:])
      | (?P<bracket>[()\[\],;])
      | (?P<sign>\?)
        """,
        re.VERBOSE,
    )


@cache
def _lenient() -> re.Pattern[str]:
    return re.compile(
        rf"""
        (?P<percent>(?<=\d)[\s~]*\\?[%٪‰](?!\w))
      | (?P<degree>(?<=\d)\s?(?:[°º]|\^\s*(?:\\circ(?![A-Za-z])|\{{\s*\\circ\s*\}})))
      | (?P<barred>(?<=[0-9.,])(?:[0-9][\u0302\u0304\u0305\u0311])+)
      | (?P<space>(?:\s|[\u200b-\u200f\u2060\u2061\ufeff\u00ad])+|\\[,;:!\ ()\[\]]|[$`]|~(?!=)
          |(?<=\d)(?:\.{{3}}|…)|\\m?(?:left|right)\s*\.(?!\d))
      | (?P<number>[0-9]+\{{,\}}[0-9]+|[0-9]+[.,][0-9]*(?=[0-9][\u0302\u0304\u0305\u0311])
          |(?:[0-9]+(?:[.,][0-9]+)*(?:\.(?![\w.]))?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
      | (?P<transpose>\.T\b|ᵀ)
      | (?P<vulgar>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒])
      | (?P<name>%(?:e|pi)(?!\w)|[^\W\d_{HIGH}{SMALL}ᵀ¼½¾⅐-⅞]
          (?:[^\W{HIGH}{SMALL}ᵀ¼½¾⅐-⅞]|[\u0300-\u036f]|\\_(?=[^\W\d_]))*(?:[{SMALL}]+(?:_\w+)?)?
          (?:\.(?:grad\b|[0-9]+(?!\w))|(?:\.(?!T\b|grad\b)[^\W\d_]\w*)+)?)
      | (?P<part>(?<=[\])T])(?:\.(?!T\b|grad\b)[^\W\d_]\w*)+)
      | (?P<superscript>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?![{HIGH[10:]}])|[{HIGH[:12]}]*[{HIGH[12:]}][{HIGH}]*)
      | (?P<below>(?<=[‖|)∂])[{SMALL}]+)
      | (?P<command>\\(?:[A-Za-z]+|[{{}}|]))
      | (?P<prime>['′’´″]+)
      | (?P<newrow>\\\\)
      | (?P<operator>\*\*|<=|>=|==|!=|:=|\.[*/^](?!\.)
          |[-+*/@^<>=·×∗−–÷≥≤≠:⋅∙•⊙⊗∘✕✖⨯\u2062⁄∕—‒‐‑－＋＝≡≔])
      | (?P<bracket>[()\[\],;])
      | (?P<sign>[|{{}}_∂√∛∜≈≃≅≐⊤&‖∑∏∇!?𝟙⌊⌋⌈⌉⟨⟩])
        """,
        re.VERBOSE,
    )


_RAISED_WORDS = frozenset(HIGH[11:])
_RAISED = Dialect(superscripts=True, lenient=True)


def place_of(text: str, start: int, end: int) -> Place:
    """Return the place of columns start..end (from 0) of a single line."""
    return Place(1, start + 1, text, length=max(1, end - start))


def check_rows(text: str, limit: int) -> None:
    """Refuse a row of text that is too long; a long array may go on over many rows.

    Raises:
        LimitError: with the place where it becomes too long.
    """
    start = 0
    for row in text.split("\n"):
        if len(row) > limit:
            place = place_of(text, start + limit - 1, start + limit)
            raise LimitError("source.long_line", got=len(row), limit=limit, place=place)
        start += len(row) + 1


def tokenize(text: str, dialect: Dialect = STRICT) -> list[Token]:
    """Return the tokens of a line; the text must be in Unicode normal form C.

    Raises:
        SourceError: at a character that starts no token.
        LimitError: if a row of the line is longer than the dialect allows.

    >>> [token.value for token in tokenize("z₁ = w*x ** 2")]
    ['z_1', '=', 'w', '*', 'x', '^', '2']
    """
    if len(text) > dialect.max_length:
        check_rows(text, dialect.max_length)
    if dialect.lenient and not text.isascii():
        text = text.translate(FOLDED)
    pattern = _pattern(comma=dialect.decimal_comma, inner_names=dialect.inner_names)
    match_at = _lenient().match if dialect.lenient else pattern.match
    tokens: list[Token] = []
    if not dialect.lenient and not dialect.decimal_comma and text.isascii():
        position = _take_plain(pattern, text, tokens)
    else:
        position = 0
    size = len(text)
    while position < size:
        match = match_at(text, position)
        if match is None:
            raise _unknown_character(text, position)
        kind = str(match.lastgroup)
        if kind == "percent":
            tokens += _parts_of(match.group()[-1], match.start(), match.end())
        elif kind == "degree" and tokens[-1].kind == "number":
            tokens[-1:] = _in_degrees(tokens[-1], match.end())
        elif kind == "barred":
            tokens += _barred(match)
        elif kind == "below":  # ‖x‖₂, softmax(z)₂, ∂ₓ
            digits = match.group().translate(SUBSCRIPTS)
            tokens.append(Token("sign", "_", match.start(), match.start()))
            named = "number" if digits.isdecimal() else "name"
            tokens.append(Token(named, digits, match.start(), match.end()))
        elif kind == "superscript" and set(match.group()) & _RAISED_WORDS:
            tokens += _raised(match)
        elif kind != "space":
            tokens.append(_token(kind, match, dialect))
        elif match.group() == "~" and text[position - 1] == " " == text[match.end() :][:1]:
            tokens.append(Token("sign", "≈", match.start(), match.end()))
        position = match.end()
    return tokens


def _take_plain(pattern: re.Pattern[str], text: str, tokens: list[Token]) -> int:
    """Take the tokens of a line of which nearly all stand as they are written.

    Returns:
        the column behind the last; the end of the line where nothing is wrong.
    """
    made = tuple.__new__  # a third of the time of a call of the class
    position = 0
    for match in iter(pattern.scanner(text).match, None):  # type: ignore[attr-defined]
        kind = match.lastgroup
        start, position = match.span()
        if kind != "space":
            value = match[0]
            if value == "**":
                value = "^"
            tokens.append(made(Token, (kind, value, start, position)))
    return position


def _parts_of(sign: str, start: int, end: int) -> list[Token]:
    """Return 77 % as 77 times 10 to the power -2, and 5 ‰ as 5 times 10 to the power -3."""
    power = "number 3" if sign == "‰" else "number 2"
    spelled = ("operator *", "number 10", "operator ^", "bracket (", "operator -", power)
    words = [part.split() for part in (*spelled, "bracket )")]
    return [Token(kind, value, start, end) for kind, value in words]


def _in_degrees(number: Token, end: int) -> list[Token]:
    """Return 30° as (30*pi/180)."""
    start = Token("bracket", "(", number.start, number.start)
    signs = [
        ("operator", "*"),
        ("name", "pi"),
        ("operator", "/"),
        ("number", "180"),
        ("bracket", ")"),
    ]
    return [start, number, *(Token(kind, value, number.end, end) for kind, value in signs)]


def _barred(match: re.Match[str]) -> list[Token]:
    r"""Return digits with a bar over each as LaTeX has it: ``\overline{16}``."""
    start, end = match.span()
    parts = [
        ("command", r"\overline"),
        ("sign", "{"),
        ("number", match.group()[::2]),
        ("sign", "}"),
    ]
    return [
        Token(kind, value, start if k == 0 else end, end) for k, (kind, value) in enumerate(parts)
    ]


def _raised(match: re.Match[str]) -> list[Token]:
    """Return ``ⁿ⁺¹`` as ``^(n+1)``, and ``ˣ²`` as ``^(x^2)``; positions are those of the text."""
    start, end = match.span()
    text = re.sub(r"(?<=[a-z])(?=\d)", "^", match.group().translate(SUPERSCRIPTS))
    inner = [
        token._replace(start=min(start + token.start, end), end=min(start + token.end, end))
        for token in tokenize(text, _RAISED)
    ]
    opening, closing = Token("bracket", "(", start, start), Token("bracket", ")", end, end)
    single = len(inner) == 1 or inner[0].value == "("
    whole = inner if single else [opening, *inner, closing]
    return [Token("operator", "^", start, start), *whole]


def _token(kind: str, match: re.Match[str], dialect: Dialect) -> Token:
    value, start, end = match.group(), match.start(), match.end()
    if kind in ("operator", "sign"):
        value = OPERATORS.get(value, value)
    elif kind in ("name", "part"):
        if not value.isascii():
            value = _plain_subscripts(value)
        value = value.replace("\\_", "_")
    elif kind == "number":
        if dialect.decimal_comma:
            value = value.replace(",", ".")
    elif kind == "superscript":
        if not dialect.superscripts:
            power = value.translate(SUPERSCRIPTS)
            raise SourceError(
                "source.superscript", power=power, place=place_of(match.string, start, end)
            )
        value = value.translate(SUPERSCRIPTS)
    return Token(kind, value, start, end)


def _plain_subscripts(name: str) -> str:
    """Return x_1 for x₁ and W_12 for W₁₂."""
    spelled = re.sub(f"(?<![{SMALL}_])([{SMALL}])", r"_\1", name)
    return spelled.translate(SUBSCRIPTS)


def _unknown_character(text: str, position: int) -> SourceError:
    character = text[position]
    if character == '"':
        message = "source.open_string"
    elif unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs", "Cn"}:
        message = "source.control_character"
    else:
        message = "source.unknown_character"
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    place = place_of(printable(text), position, position + 1)
    return SourceError(message, character=printable(character), name=name, place=place)


def printable(text: str) -> str:
    """Return a text in which what cannot be shown is a mark."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


# ---- whole numbers ----


def whole_of(digits: str) -> int:
    """Return the whole number that digits write.

    Raises:
        LimitError: if it has more digits than any number that means something.
    """
    if len(digits) > MOST_DIGITS:
        raise LimitError("source.long_number", limit=MOST_DIGITS)
    return int(digits)


def is_count(text: str) -> bool:
    """Tell whether a text is a whole number that could count something.

    >>> is_count("12"), is_count("²"), is_count("9" * 5000)
    (True, False, False)
    """
    return text.isdecimal() and len(text) <= _LONGEST_COUNT


def relation_sides(tokens: Sequence[Token]) -> tuple[list[list[Token]], list[str]]:
    """Return the sides of a chain, and its signs; one in brackets, as of a setting, is none.

    >>> sides, signs = relation_sides(tokenize("sum(Y, axis=2) = 1"))
    >>> [len(side) for side in sides], signs
    ([8, 1], ['='])
    """
    sides: list[list[Token]] = [[]]
    signs: list[str] = []
    depth = 0
    for token in tokens:
        depth += (token.value in ("(", "[")) - (token.value in (")", "]"))
        if depth <= 0 and token.kind == "operator" and token.value in RELATIONS:
            signs.append(token.value)
            sides.append([])
        else:
            sides[-1].append(token)
    return sides, signs
