"""Walk over the tokens of an answer once, and emit plain ones; positions stay those of the text."""

from __future__ import annotations

from collections.abc import Callable

from graphgrad.errors import SourceError
from graphgrad.expr.tokens import Token, place_of

__all__ = ["Walker"]


class Walker:
    """Hold a place among tokens; ``closers`` says what each open brace will become."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.index = 0
        self.out: list[Token] = []
        self.closers: list[Callable[[Token], None]] = []

    def emit(self, kind: str, value: str, token: Token) -> None:
        """Append a token that stands where another one stood."""
        self.out.append(Token(kind, value, token.start, token.end))

    def group(self, token: Token, opening: str, closing: str) -> None:
        """Open a brace that becomes brackets."""
        for sign in opening:
            self.emit("bracket", sign, token)
        self.closers.append(lambda end: self.close(end, closing))

    def close(self, token: Token, signs: str) -> None:
        """Append the signs that a closing brace becomes."""
        for sign in signs:
            self.emit("operator" if sign in "/^" else "bracket", sign, token)

    def peek(self, ahead: int = 0) -> str:
        """Return the value of a token further on, nothing behind the last one."""
        place = self.index + ahead
        return self.tokens[place].value if place < len(self.tokens) else ""

    def take(self) -> Token:
        """Return the next token and go on.

        Raises:
            SourceError: if there is none.
        """
        if self.index >= len(self.tokens):
            raise self.error("answer.brace", self.tokens[-1])
        self.index += 1
        return self.tokens[self.index - 1]

    def letter(self) -> Token:
        """Take one token; of a word or a numeral only the first character."""
        first = self.take()
        if first.kind in ("name", "number") and len(first.value) > 1 and first.value.isascii():
            middle = first.start + 1
            rest = first.value[1:]
            kind = "number" if rest[0].isdecimal() else "name"
            self.index -= 1
            self.tokens = [*self.tokens]
            self.tokens[self.index] = Token(kind, rest, middle, first.end)
            return Token(first.kind, first.value[0], first.start, middle)
        return first

    def braced(self) -> list[Token]:
        """Take the tokens up to the brace that closes the one just taken."""
        depth, parts = 1, list[Token]()
        while True:
            part = self.take()
            depth += (part.value == "{") - (part.value == "}")
            if depth == 0:
                return parts
            parts.append(part)

    def error(self, message: str, token: Token) -> SourceError:
        """Return an error at a token."""
        place = place_of(self.text, token.start, token.end)
        return SourceError(message, got=token.value, place=place)
