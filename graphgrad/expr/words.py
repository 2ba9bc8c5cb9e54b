"""Settle what the words of an answer mean: declared names, functions, derivatives, products."""

from __future__ import annotations

from difflib import get_close_matches

from graphgrad.errors import SourceError
from graphgrad.expr.dialect import ANSWER
from graphgrad.expr.latex import plain_tokens
from graphgrad.expr.remarks import Remark
from graphgrad.expr.tokens import Token, place_of, tokenize
from graphgrad.expr.vocabulary import Vocabulary
from graphgrad.messages import Worded

__all__ = ["CONSTANTS", "derivative_name", "derivative_parts", "names_used", "read_words"]

CONSTANTS = {"pi": "pi", "π": "pi", "e": "e"}


def derivative_name(of: str, wrt: str) -> str:
    """Return the name under which a derivative stands in a parsed answer."""
    return f"d{of}/d{wrt}"


def derivative_parts(name: str) -> tuple[str, str] | None:
    """Return what a name made by `derivative_name` is the derivative of, and in what."""
    above, slash, below = name.partition("/")
    return (above[1:], below[1:]) if slash else None


def names_used(text: str, vocabulary: Vocabulary) -> list[str]:
    """Return the words of a formula that are neither functions nor pi and e."""
    tokens = plain_tokens(text, tokenize(text, ANSWER))
    return [
        token.value
        for place, token in enumerate(tokens)
        if token.kind == "name"
        and token.value not in (*CONSTANTS, "in", "en")
        and vocabulary.function(token.value) is None
        and not (token.value == "T" and place and tokens[place - 1].value == "^")
    ]


def read_words(
    text: str, tokens: list[Token], vocabulary: Vocabulary, remarks: list[Remark]
) -> list[Token]:
    """Return tokens whose names are declared names, functions (kind ``function``) or derivatives.

    Raises:
        SourceError: at a word that means nothing here.
    """
    return _Words(text, tokens, vocabulary, remarks).run()


class _Words:
    """Walk over tokens once, with a look ahead for derivatives and raised indices."""

    def __init__(
        self, text: str, tokens: list[Token], vocabulary: Vocabulary, remarks: list[Remark]
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.vocabulary = vocabulary
        self.remarks = remarks
        self.index = 0
        self.depth = 0
        self.out: list[Token] = []

    def run(self) -> list[Token]:
        while self.index < len(self.tokens):
            token = self.tokens[self.index]
            if self.derivative():
                continue
            self.index += 1
            self.depth += (token.value in ("(", "[")) - (token.value in (")", "]"))
            if token.kind == "name" and self.depth and self._value(self.index) == "=":
                self.out.append(token)
            elif token.kind == "name":
                self.word(token)
            elif token.value == "∂":
                raise self.error("answer.derivative", token)
            else:
                self.out.append(token)
        return self.out

    # ---- names ----

    def word(self, token: Token) -> None:
        name = self.vocabulary.name(token.value)
        if name is None and self.raised_index(token):
            return
        if name is not None:
            self.out.append(token._replace(value=name))
        elif token.value == "T" and self.out and self.out[-1].value == "^":
            power = self.out.pop()
            self.out.append(Token("transpose", "^T", power.start, token.end))
        elif (function := self.vocabulary.function(token.value)) is not None:
            self.out.append(Token("function", function, token.start, token.end))
        elif token.value in CONSTANTS:
            self.out.append(token._replace(value=CONSTANTS[token.value]))
        else:
            self.split(token)

    def split(self, token: Token) -> None:
        """Read a word as a product of declared names, if there is exactly one way."""
        following = self.tokens[self.index] if self.index < len(self.tokens) else None
        call = following is not None and (following.value == "(" or following.kind == "prime")
        ways = self.vocabulary.splits(token.value, call=call)
        if not ways:
            raise self.unknown(token)
        if len(ways) > 1:
            readings = [("·".join(piece[1] for piece in way)) for way in ways]
            raise self.error("answer.ambiguous", token, readings=", ".join(readings))
        way = ways[0]
        for place, (start, meaning, is_function) in enumerate(way):
            end = way[place + 1][0] if place + 1 < len(way) else len(token.value)
            kind = "function" if is_function else "name"
            span = (token.start + start, token.start + end)
            if token.end - token.start != len(token.value):
                span = (token.start, token.end)
            self.out.append(Token(kind, meaning, *span))
        self.remark("read.split", got=token.value, read="·".join(piece[1] for piece in way))

    def raised_index(self, token: Token) -> bool:
        """Read ``w^(1)`` and ``w_{12}^{(1)}`` as one name, where that name is declared."""
        ahead = self.tokens[self.index : self.index + 6]
        values = [part.value for part in ahead]
        for depth in (2, 1):
            opening, closing = ["^", *"(" * depth], [")"] * depth
            number = ahead[1 + depth] if len(ahead) > 1 + 2 * depth else None
            matches = (
                number is not None
                and number.value.isdecimal()
                and values[: 1 + depth] == opening
                and values[2 + depth : 2 + 2 * depth] == closing
            )
            if matches and number is not None:
                head, _, tail = token.value.partition("_")
                spelled = "_".join(part for part in (head, number.value, tail) if part)
                name = self.vocabulary.name(spelled)
                if name is not None:
                    end = ahead[1 + 2 * depth].end
                    self.out.append(Token("name", name, token.start, end))
                    self.index += 2 + 2 * depth
                    return True
        return False

    def unknown(self, token: Token) -> SourceError:
        known = [*self.vocabulary.names, *sorted(self.vocabulary.functions)]
        close = get_close_matches(token.value, known, n=3, cutoff=0.6)
        worded = Worded("near.names", names=", ".join(close)) if close else Worded("near.none")
        return self.error("answer.unknown_name", token, near=worded)

    # ---- derivatives ----

    def derivative(self) -> bool:
        """Read ``dL/dw``, ``∂L/∂w`` and ``(dL)/(dw)`` as one name."""
        above = self._side(self.index)
        if above is None or self._value(above[1]) != "/":
            return False
        below = self._side(above[1] + 1)
        if below is None or (above[2] and below[2]):
            return False
        name = derivative_name(above[0], below[0])
        start, end = self.tokens[self.index].start, self.tokens[below[1] - 1].end
        self.out.append(Token("name", name, start, end))
        self.index = below[1]
        return True

    def _side(self, index: int) -> tuple[str, int, bool] | None:
        """Return the name behind a d, where the side ends, and whether "dx" is itself a name."""
        if self._value(index) == "(":
            inner = self._side(index + 1)
            if inner is None or self._value(inner[1]) != ")":
                return None
            return inner[0], inner[1] + 1, inner[2]
        token = self.tokens[index] if index < len(self.tokens) else None
        if token is None:
            return None
        if token.value in ("∂", "d"):
            return self._behind(index + 1)
        if token.kind == "name" and token.value.startswith("d"):
            name = self.vocabulary.name(token.value[1:])
            if name is not None:
                return name, index + 1, self.vocabulary.name(token.value) is not None
        return None

    def _behind(self, index: int) -> tuple[str, int, bool] | None:
        bracket = self._value(index) == "("
        token = self.tokens[index + bracket] if index + bracket < len(self.tokens) else None
        if token is None or token.kind != "name":
            return None
        name = self.vocabulary.name(token.value)
        if name is None or (bracket and self._value(index + 2) != ")"):
            return None
        return name, index + 1 + 2 * bracket, False

    def _value(self, index: int) -> str:
        return self.tokens[index].value if index < len(self.tokens) else ""

    def remark(self, message: str, **fields: object) -> None:
        self.remarks.append(Remark(message, fields))

    def error(self, message: str, token: Token, **fields: object) -> SourceError:
        place = place_of(self.text, token.start, token.end)
        return SourceError(message, got=token.value, place=place, **fields)
