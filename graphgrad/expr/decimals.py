"""Settle what a comma or a point between digits means in a hand-written answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from graphgrad.errors import LimitError, SourceError
from graphgrad.expr.dialect import FOLDED
from graphgrad.expr.items import Remark
from graphgrad.expr.tokens import Token, place_of

__all__ = ["Decimal", "decimal_of", "settle_numbers"]

Decimal = Literal["comma", "point", "auto"]

MOST_DIGITS = 40
_COMMA = re.compile(r"(?<![\w.,])\d+,\d+(?:[eE][-+]?\d+)?(?![\w,]|\.\d)")
_ZERO_COMMA = re.compile(r"(?<![\w.,])0,\d{3,}(?![\w,]|\.\d)")
_NO_ZERO = re.compile(r"[=≈]\s*+[-−+]?\s*+,\d")
_MINUS_ZERO = re.compile(r"[-−–]\s?0,\d")
_EULER = re.compile(r"([0-9]{1,2})e([+-])([0-9])")
_POINT = re.compile(r"(?<![\w.,])\d*\.\d+(?![\w.]|,\d)")
_THOUSANDS = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+,[0-9]+$|[0-9]{1,3}(,[0-9]{3})+\.[0-9]+$")


def decimal_of(text: str) -> Decimal:
    """Return the decimal sign a whole answer sheet uses, ``auto`` where it does not show.

    >>> decimal_of("z = 0,5"), decimal_of("z = 0.5"), decimal_of("z = 5")
    ('comma', 'point', 'auto')
    """
    text = text.translate(FOLDED).replace("{,}", ",")
    outside = re.sub(r"[(\[][^()\[\]]*[)\]]", " ", text)
    comma = bool(
        _COMMA.search(outside)
        or _MINUS_ZERO.search(text)
        or _NO_ZERO.search(text)
        or _ZERO_COMMA.search(text)
    )
    point = bool(_POINT.search(text))
    if comma == point:
        return "auto"
    return "comma" if comma else "point"


def settle_numbers(
    text: str,
    tokens: Sequence[Token],
    decimal: Decimal,
    arity: Callable[[Token], range | None],
    remarks: list[Remark],
) -> list[Token]:
    """Return tokens whose numbers have a decimal point and whose separators are commas.

    Args:
        text: the answer, for messages.
        tokens: its tokens.
        decimal: what the answer's decimal sign is.
        arity: returns how many arguments a function before ``(`` takes, an empty range if any
            number; None for a name that is no function.
        remarks: receives how numbers were read that might be something else.

    Raises:
        SourceError: if a comma could be read in two ways.
    """
    settler = _Settler(text, tokens, decimal, remarks)
    result: list[Token] = []
    for index, token in enumerate(tokens):
        if token.value in ("(", "["):
            before = tokens[index - 1] if index else token
            counts = arity(before) if before.kind == "name" and index else None
            called = counts is not None
            if counts:
                settler.counts[index] = counts
            kind = "call" if called else ("vector" if settler.is_vector(index) else "group")
            if token.value == "[":
                behind = index > 0 and (before.kind == "name" or before.value in ")]")
                kind = "index" if behind else "array"
            settler.open.append(kind)
            settler.places.append(index)
        elif token.value in (")", "]") and settler.open:
            settler.open.pop()
            settler.places.pop()
        if token.kind == "number":
            result.extend(settler.number(token, index))
        elif token.value == ";" and settler.semicolon_separates():
            result.append(token._replace(value=","))
        else:
            result.append(token)
    return result


class _Settler:
    """Read numbers with the brackets they stand in."""

    def __init__(
        self, text: str, tokens: Sequence[Token], decimal: Decimal, remarks: list[Remark]
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.decimal = decimal
        self.remarks = remarks
        self.open: list[str] = []
        self.places: list[int] = []
        self.counts: dict[int, range] = {}

    def is_vector(self, index: int) -> bool:
        """Tell whether brackets hold several entries: (0.1, 0.2), (0,1; 0,2) or (0.1,0.2)."""
        depth = 0
        for token in self.tokens[index:]:
            depth += (token.value in ("(", "[")) - (token.value in (")", "]"))
            if depth == 0:
                break
            raw = token.value
            several = token.kind == "number" and (raw.count(",") > 1 or ("." in raw and "," in raw))
            several = several and not _THOUSANDS.match(raw)
            if depth == 1 and (raw in (",", ";") or several):
                return True
        return False

    @property
    def inside(self) -> str:
        return self.open[-1] if self.open else "group"

    def number(self, token: Token, index: int) -> list[Token]:
        """Return a numeral as one number, or as several apart by commas."""
        raw, points, commas = token.value, token.value.count("."), token.value.count(",")
        if sum(character.isdigit() for character in raw) > MOST_DIGITS:
            place = place_of(self.text, token.start, token.end)
            raise LimitError("answer.long_number", limit=MOST_DIGITS, place=place)
        if "{" in raw:
            return [self._with_braces(token)]
        if (euler := _EULER.fullmatch(raw)) is not None:
            other = f"{euler[1]}·e {euler[2]} {euler[3]}"
            self.remark(
                "read.scientific",
                token,
                read=f"{euler[1]}·10^{int(raw.partition('e')[2])}",
                other=other,
            )
        if commas == 0:
            return [self._with_point(token, points)]
        if self.inside == "index":
            return self._apart(token)
        if points == 0 and commas == 1 and self._is_decimal(token):
            return [token._replace(value=raw.replace(",", "."))]
        if _THOUSANDS.match(raw) and (self.decimal != "point" or self.inside == "group"):
            raise self.error("answer.thousands", token, fix=_without_thousands(raw))
        alone = commas == 1 and points == 0 and self._stands_alone(token)
        if self.inside == "group" and self.decimal != "point" and not alone:
            raise self.error("answer.number", token)
        return self._apart(token)

    def _with_point(self, token: Token, points: int) -> Token:
        if points > 1:
            raise self.error("answer.number", token)
        if self.decimal == "comma" and points:
            whole, _, decimals = token.value.partition(".")
            if len(decimals) == 3 and 1 <= len(whole) <= 3 and whole != "0":
                raise self.error("answer.thousands", token, fix=f"{whole},{decimals}")
        return token._replace(value=token.value.rstrip("."))

    def _with_braces(self, token: Token) -> Token:
        """Return 0{,}5 as 0.5; 12{,}345 may be twelve thousand as well."""
        whole, _, decimals = token.value.partition("{,}")
        if len(decimals) == 3 and whole != "0" and self.decimal != "comma":
            raise self.error("answer.thousands", token, fix=f"{whole}{decimals}")
        return token._replace(value=f"{whole}.{decimals}")

    def _is_decimal(self, token: Token) -> bool:
        if self.decimal == "point":
            return False
        if self.inside == "call":
            if ";" in self._separators() and not self._commas():
                return True  # the semicolon sets arguments apart
            settled = self._by_arguments()
            if settled is not None:
                return settled
            if self._separates_in_latex(token):
                self.remark("read.commas", token)
                return False
        if self._stands_alone(token):
            if self.decimal == "comma":
                fix = token.value.replace(",", "; ")
                raise self.error("answer.comma", token, fix=fix, other=token.value)
            return False
        if self.decimal == "comma" or self.inside == "group":
            return True
        fix = token.value.replace(",", ", ")
        if self.inside == "call":
            raise self.error("answer.comma", token, fix=fix, other=token.value.replace(",", "."))
        return self._is_decimal_in_array(token, fix)

    def _is_decimal_in_array(self, token: Token, fix: str) -> bool:
        """Tell it by what else stands in the brackets: (5,5; 12), [[0,5; 1]], [0,5 1; 2 3]."""
        separators, commas = self._separators(), self._commas()
        if ";" in separators and self.inside == "vector":
            return True  # brackets like these hold no rows
        if any(comma.start == comma.end for comma in commas):
            return True  # blanks set the entries apart
        if ";" in separators and self.open[-2:] == ["array", "array"]:
            return True  # a row holds no rows
        tight = any(self.text[comma.end : comma.end + 1] not in (" ", "\n") for comma in commas)
        if ";" in separators or tight:
            raise self.error("answer.comma", token, fix=fix, other=token.value.replace(",", "."))
        return "," in separators

    def _commas(self) -> list[Token]:
        """Return the commas that stand alone in the innermost bracket."""
        return [token for token in self._inside() if token.value == ","]

    def _separates_in_latex(self, token: Token) -> bool:
        r"""Tell whether a comma in \max(4,23, 9) stands between two numbers."""
        name = self.tokens[self.places[-1] - 1]
        latex = self.text[name.start : name.start + 1] == "\\"
        return latex and self.decimal == "auto" and not token.value.startswith("0,")

    def _by_arguments(self) -> bool | None:
        """Tell whether commas in numerals are decimal by how many arguments there must be.

        None if both readings have a number of arguments that the function takes.
        """
        counts = self.counts.get(self.places[-1])
        if counts is None:
            return None
        inside = self._inside()
        apart = 1 + sum(token.value in (",", ";") for token in inside)
        numerals = sum(
            token.value.count(",") == 1 and "." not in token.value
            for token in inside
            if token.kind == "number"
        )
        decimal, separate = apart in counts, apart + numerals in counts
        return decimal if decimal != separate else None

    def _stands_alone(self, token: Token) -> bool:
        """Tell whether a numeral is all that stands in brackets that are a whole side: (5,11)."""
        if self.inside != "group" or not self.places:
            return False
        start = self.places[-1]
        ends = ("=", "==", "≈")
        before = self.tokens[start - 1].value if start else "="
        after = self.tokens[start + 3].value if start + 3 < len(self.tokens) else "="
        return self._inside() == [token] and before in ends and after in ends

    def _inside(self) -> list[Token]:
        """Return the tokens directly inside the innermost bracket."""
        found, depth = [], 0
        for token in self.tokens[self.places[-1] + 1 :]:
            depth += (token.value in ("(", "[")) - (token.value in (")", "]"))
            if depth < 0:
                break
            if depth == 0 and token.value not in (")", "]"):
                found.append(token)
        return found

    def _separators(self) -> set[str]:
        """Return the separators that stand alone in the innermost bracket."""
        found, depth = set(), 0
        for token in self.tokens[self.places[-1] + 1 :]:
            depth += (token.value in ("(", "[")) - (token.value in (")", "]"))
            if depth < 0:
                break
            if depth == 0 and token.value in (",", ";"):
                found.add(token.value)
        return found

    def semicolon_separates(self) -> bool:
        """Tell whether ``;`` sets entries apart, because the comma is the decimal sign."""
        if self.inside == "call":
            return True
        nested = self.open[-2:] == ["array", "array"]
        comma = self.decimal == "comma" or (self.decimal == "auto" and nested)
        return comma and self.inside == "array" and "," not in self._separators()

    def _apart(self, token: Token) -> list[Token]:
        tokens, position = [], token.start
        for part in re.split("(,)", token.value):
            kind = "bracket" if part == "," else "number"
            tokens.append(Token(kind, part, position, position + len(part)))
            position += len(part)
        if any(t.value.count(".") > 1 or not t.value for t in tokens):
            raise self.error("answer.number", token)
        return tokens

    def remark(self, message: str, token: Token, **fields: object) -> None:
        self.remarks.append(Remark(message, {"got": token.value, **fields}))

    def error(self, message: str, token: Token, **fields: object) -> SourceError:
        place = place_of(self.text, token.start, token.end)
        return SourceError(message, got=token.value, place=place, **fields)


def _without_thousands(raw: str) -> str:
    first = "." if raw.find(".") < raw.find(",") else ","
    return raw.replace(first, "")
