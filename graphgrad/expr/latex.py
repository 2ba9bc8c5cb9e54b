r"""Turn the LaTeX of an answer into plain tokens: \frac, \sigma, \hat{y}, ^\top and their like."""

from __future__ import annotations

from collections.abc import Callable

from graphgrad.errors import SourceError
from graphgrad.expr.latex_words import (
    ACCENTS,
    DROPPED,
    FRACTIONS,
    FUNCTION_WORDS,
    GREEK_WORDS,
    MATRICES,
    SIGNS,
    STYLES,
)
from graphgrad.expr.tokens import Token, place_of

__all__ = ["plain_tokens"]


def plain_tokens(text: str, tokens: list[Token]) -> list[Token]:
    """Return tokens without commands and braces; positions stay those of the text.

    Raises:
        SourceError: at a command that is not read, or a brace out of place.
    """
    if not any(token.kind in ("command", "newrow") or token.value in "{}_&⊤" for token in tokens):
        return tokens
    return _Plain(text, tokens).run()


class _Plain:
    """Walk over tokens once; ``closers`` says what each open brace will become."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.index = 0
        self.out: list[Token] = []
        self.closers: list[Callable[[Token], None]] = []

    def run(self) -> list[Token]:
        while self.index < len(self.tokens):
            token = self.tokens[self.index]
            self.index += 1
            if token.kind == "command":
                self.command(token)
            elif token.value == "{":
                self.group(token, "(", ")")
            elif token.value == "}":
                if not self.closers:
                    raise self.error("answer.brace", token)
                self.closers.pop()(token)
            elif token.value == "^" and self.raised(token):
                continue
            elif token.value == "_" or (token.kind == "name" and token.value.endswith("_")):
                self.subscript(token)
            elif token.kind == "newrow":
                self.emit("bracket", ";", token)
            elif token.value == "&":
                self.emit("bracket", ",", token)
            else:
                self.out.append(token)
        if self.closers:
            raise self.error("answer.brace", self.tokens[-1])
        return self.out

    def emit(self, kind: str, value: str, token: Token) -> None:
        self.out.append(Token(kind, value, token.start, token.end))

    def group(self, token: Token, opening: str, closing: str) -> None:
        """Open a brace that becomes brackets."""
        for sign in opening:
            self.emit("bracket", sign, token)
        self.closers.append(lambda end: self.close(end, closing))

    def close(self, token: Token, signs: str) -> None:
        for sign in signs:
            self.emit("operator" if sign in "/^" else "bracket", sign, token)

    def command(self, token: Token) -> None:
        name = token.value
        if name in DROPPED:
            return
        if name in SIGNS:
            self.emit(*SIGNS[name], token)
        elif name in GREEK_WORDS:
            self.word(token, name[1:].removeprefix("var"))
        elif name in FUNCTION_WORDS:
            self.emit("name", name[1:], token)
        elif name in FRACTIONS:
            self.fraction(token)
        elif name == r"\sqrt":
            self.root(token)
        elif name in ACCENTS or name in STYLES:
            self.word(token, self.styled() + ACCENTS.get(name, ""))
        elif name in (r"\begin", r"\end"):
            self.matrix(token)
        else:
            raise self.error("answer.command", token)

    def word(self, token: Token, name: str) -> None:
        """Emit a name, with the subscript that may follow it."""
        word = Token("name", name, token.start, self.tokens[self.index - 1].end)
        follower = self.peek()
        if follower is not None and follower.value == "_":
            self.index += 1
            self.subscript(word._replace(value=name + "_"))
        else:
            self.out.append(word)

    def styled(self) -> str:
        r"""Return the letters under an accent or in a style: ``{y}``, ``y`` or ``\theta``."""
        letters: list[str] = []
        opening = self.take()
        part = self.take() if opening.value == "{" else opening
        while True:
            if part.kind == "command" and part.value in ACCENTS:
                letters.append(self.styled() + ACCENTS[part.value])
            elif part.kind == "command" and part.value in STYLES:
                letters.append(self.styled())
            elif part.kind == "command" and part.value in GREEK_WORDS:
                letters.append(part.value[1:].removeprefix("var"))
            elif part.kind in ("name", "number"):
                letters.append(part.value)
            else:
                raise self.error("answer.brace", part)
            if opening.value != "{":
                return letters[0]
            part = self.take()
            if part.value == "}":
                return "".join(letters)

    def fraction(self, token: Token) -> None:
        self.emit("bracket", "(", token)
        first = self.take()
        if first.value == "{":
            for sign in "(":
                self.emit("bracket", sign, first)
            self.closers.append(self.below)
            return
        if first.kind == "number" and len(first.value) == 2 and first.value.isdecimal():
            middle = first.start + 1
            second = Token("number", first.value[1], middle, first.end)
            first = Token("number", first.value[0], first.start, middle)
        else:
            second = self.take()
        for part in (first, Token("operator", "/", token.start, token.end), second):
            self.out.append(part)
        self.emit("bracket", ")", token)

    def below(self, end: Token) -> None:
        """Close the numerator and open the denominator."""
        for kind, sign in (("bracket", ")"), ("operator", "/")):
            self.emit(kind, sign, end)
        opening = self.take()
        if opening.value != "{":
            raise self.error("answer.brace", opening)
        self.group(opening, "(", "))")

    def root(self, token: Token) -> None:
        opening = self.take()
        degree = ""
        if opening.value == "[":
            degree = self.take().value
            if self.take().value != "]" or not degree.isdecimal():
                raise self.error("answer.brace", opening)
            opening = self.take()
        if opening.value != "{":
            self.emit("name", "sqrt", token)
            self.emit("bracket", "(", token)
            self.out.append(opening)
            self.emit("bracket", ")", token)
            return
        if not degree:
            self.emit("name", "sqrt", token)
            self.group(opening, "(", ")")
            return
        self.emit("bracket", "(", opening)
        self.closers.append(lambda end: self.rooted(end, degree))

    def rooted(self, end: Token, degree: str) -> None:
        self.close(end, ")^(")
        self.emit("number", "1", end)
        self.emit("operator", "/", end)
        self.emit("number", degree, end)
        self.emit("bracket", ")", end)

    def raised(self, token: Token) -> bool:
        """Read what stands behind ^ where it is a transpose or a prime."""
        rest = self.tokens[self.index : self.index + 3]
        braced = len(rest) == 3 and rest[0].value == "{" and rest[2].value == "}"
        sign = rest[1] if braced else (rest[0] if rest else token)
        count = 3 if braced else 1
        end = rest[count - 1].end if rest else token.end
        if sign.value in (r"\top", r"\intercal", "⊤") or (braced and sign.value == "T"):
            self.out.append(Token("transpose", "^T", token.start, end))
        elif sign.value == r"\prime" or sign.kind == "prime":
            self.out.append(Token("prime", "'", token.start, end))
        else:
            return False
        self.index += count
        return True

    def subscript(self, token: Token) -> None:
        r"""Join ``w_{12}`` and ``w^{(1)}_{12}`` to one name; a dangling _ is never dropped."""
        inner = self.take()
        parts = [inner]
        if inner.value == "{":
            parts = []
            while (part := self.take()).value != "}":
                parts.append(part)
        letters = "".join(part.value for part in parts if part.value not in "(),")
        base, name = token, token.value.rstrip("_")
        if token.value == "_":
            base, name = self.based(token)
        end = self.tokens[self.index - 1].end
        if not letters or not letters.replace("_", "").isalnum():
            raise self.error("answer.subscript", token)
        self.out.append(Token("name", f"{name}_{letters}", base.start, end))

    def based(self, token: Token) -> tuple[Token, str]:
        """Take back the name a subscript belongs to, with its raised index ``^{(1)}``."""
        raised: list[str] = []
        if self.out and self.out[-1].value == ")":
            self.out.pop()
            while self.out and self.out[-1].value != "^":
                part = self.out.pop()
                if part.kind not in ("number", "name") and part.value not in ("(", ")"):
                    raise self.error("answer.subscript", token)
                if part.value not in ("(", ")"):
                    raised.insert(0, part.value)
            if self.out:
                self.out.pop()
        if not self.out or self.out[-1].kind != "name":
            raise self.error("answer.subscript", token)
        base = self.out.pop()
        return base, "_".join((base.value, *raised))

    def matrix(self, token: Token) -> None:
        opening, name, closing = self.take(), self.take(), self.take()
        if opening.value != "{" or closing.value != "}" or name.value not in MATRICES:
            raise self.error("answer.command", token)
        self.emit("bracket", "[" if token.value == r"\begin" else "]", token)

    def peek(self) -> Token | None:
        return self.tokens[self.index] if self.index < len(self.tokens) else None

    def take(self) -> Token:
        token = self.peek()
        if token is None:
            raise self.error("answer.brace", self.tokens[-1])
        self.index += 1
        return token

    def error(self, message: str, token: Token) -> SourceError:
        place = place_of(self.text, token.start, token.end)
        return SourceError(message, got=token.value, place=place)
