"""Settle what the words of an answer mean: declared names, functions, derivatives, products.

A name with a raised index, ``w^(1)``, ``w_{12}^{(1)}`` or ``a^{[2]}``, is one name.
"""

from __future__ import annotations

import re
import unicodedata

from graphgrad.errors import SourceError
from graphgrad.expr.differentials import (
    Differentials,
    derivative_name,
    subscript_tokens,
    unknown_name,
)
from graphgrad.expr.items import Remark
from graphgrad.expr.marked_names import with_layers
from graphgrad.expr.tokens import Token, place_of
from graphgrad.expr.vocabulary import Vocabulary, in_latin

__all__ = ["CONSTANTS", "read_words"]

CONSTANTS = {"pi": "pi", "π": "pi", "e": "e", "%pi": "pi", "%e": "e"}
_TRUTH = {"True": "1", "False": "0", "true": "1", "false": "0"}
_SHAPE = re.compile(r"x[0-9]+(?:x[0-9]+)*")


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
        tokens = with_layers(tokens, vocabulary)
        self.text = text
        self.tokens = tokens
        self.vocabulary = vocabulary
        self.remarks = remarks
        self.differentials = Differentials(text, tokens, vocabulary)
        self.index = 0
        self.depth = 0
        self.out: list[Token] = []

    def run(self) -> list[Token]:
        while self.index < len(self.tokens):
            token = self.tokens[self.index]
            derivative = self.differentials.at(self.index)
            if derivative is not None:
                self.out += derivative[0]
                self.index = derivative[1]
                continue
            applied = self.differentials.applied(self.index)
            if applied is not None:
                self.tokens[self.index : applied[1]] = applied[0]
                continue
            self.index += 1
            self.depth += (token.value in ("(", "[")) - (token.value in (")", "]"))
            if token.kind == "name" and self.depth and self._value(self.index) == "=":
                self.out.append(token)
            elif token.kind == "name":
                self.word(token)
            elif token.kind == "prime" and self.is_matrix(token):
                self.out.append(Token("transpose", "^T", token.start, token.end))
            elif token.kind == "prime" and self.primed(token):
                continue
            elif token.value == "∂":
                raise self.error("answer.derivative", token)
            else:
                self.out.append(token)
        return self.out

    # ---- names ----

    def word(self, token: Token) -> None:
        name = self.vocabulary.name(token.value)
        if name == "T" and self.out and self.out[-1].value == "^":
            self.named_like_transpose(token)
        elif name is not None:
            self.named(token, name)
        elif self.is_turned_factor(token):
            power = self.out.pop()
            self.out.append(Token("transpose", "^T", power.start, token.start + 1))
            self.word(Token("name", token.value[1:], token.start + 1, token.end))
        elif token.value in ("x", "X") and self.is_times(token):
            self.out.append(Token("operator", "*", token.start, token.end))
        elif self.rows(token):
            return
        elif self.is_transpose(token):
            power = self.out.pop()
            self.out.append(Token("transpose", "^T", power.start, token.end))
        elif (function := self.vocabulary.called(token.value, self._value(self.index))) is not None:
            self.out.append(Token("function", function, token.start, token.end))
        elif token.value in _TRUTH and self.depth:
            self.out.append(token._replace(kind="number", value=_TRUTH[token.value]))
        elif token.value == "PI" and self._value(self.index) + self._value(self.index + 1) == "()":
            self.index += 2
            self.out.append(token._replace(value="pi"))
        elif token.value == "E" and self._value(self.index) == "^":
            self.out.append(token._replace(value="e"))
            self.remark("read.split", got="E", read="e")
        elif token.value in CONSTANTS:
            self.refuse_spaced_exponent(token)
            self.out.append(token._replace(value=CONSTANTS[token.value]))
        elif not (
            self.shape(token) or self.entry(token) or self.adjoint(token) or self.power(token)
        ):
            self.split(token)

    def named(self, token: Token, name: str) -> None:
        """Emit a declared name; say so if it was meant only by the look of its letters."""
        self.out.append(token._replace(value=name))
        if self.vocabulary.is_lookalike(token.value):
            odd = next(c for c in token.value if in_latin(c) != c)
            letter = unicodedata.name(odd).lower()
            self.remark("read.lookalike", got=token.value, letter=letter, read=name)

    def rows(self, token: Token) -> bool:
        """Read n as the number of rows of the data, where nothing else is called n."""
        count = self.vocabulary.rows
        if not count or token.value not in ("n", "N", "m", "M"):
            return False
        self.out.append(token._replace(kind="number", value=str(count)))
        self.remark("read.rows", got=token.value, read=count)
        return True

    def named_like_transpose(self, token: Token) -> None:
        """Read ^T where a name is T: behind an array it turns it, which is said; else a power."""
        opened, place = 0, len(self.out) - 2
        arrays = bool(self.vocabulary.shapes.get("T"))
        while place >= 0:
            base = self.out[place]
            opened += (base.value in (")", "]")) - (base.value in ("(", "["))
            arrays = arrays or (
                base.kind == "name" and bool(self.vocabulary.shapes.get(base.value))
            )
            if opened <= 0:
                break
            place -= 1
        if arrays:
            power = self.out.pop()
            self.out.append(Token("transpose", "^T", power.start, token.end))
            self.remark("read.transpose")
            return
        opening = Token("bracket", "(", token.start, token.start)
        self.out += [opening, token, Token("bracket", ")", token.end, token.end)]

    def is_transpose(self, token: Token) -> bool:
        """Tell whether ^T stands here, or ^t behind the name of an array."""
        if token.value not in ("T", "t") or not self.out:
            return False
        raised = [t.value for t in self.out[-2:]] == ["^", "("] and self._value(self.index) == ")"
        if raised and token.value == "t":  # X^{t}
            inner = self.out.pop()
            if self.is_transpose(token):
                self.index += 1
                return True
            self.out.append(inner)
        if self.out[-1].value != "^":
            return False
        base = self.out[-2] if len(self.out) > 1 else token
        return token.value == "T" or (
            base.kind == "name" and bool(self.vocabulary.shapes.get(base.value))
        )

    def is_turned_factor(self, token: Token) -> bool:
        """Tell whether a word begins with a transpose: the Tw of ``A^Tw``, where w is a name."""
        factor = self.vocabulary.name(token.value[1:]) if token.value[:1] == "T" else None
        raised = bool(self.out) and self.out[-1].value == "^"
        return raised and bool(self.vocabulary.shapes.get(factor or ""))

    def is_times(self, token: Token) -> bool:
        """Tell whether an x that is no name stands for times: 4.386 x 10^-4."""
        before = self.out[-1] if self.out else token
        after = self.tokens[self.index] if self.index < len(self.tokens) else token
        if before.kind != "number" or after.kind != "number":
            return False
        self.said_times(before.start, after.end)
        return True

    def said_times(self, start: int, end: int) -> None:
        """Say that an x was read as a sign, unless it scales a power of ten."""
        got = self.text[start:end]
        if not re.search(r"[xX]\s*10$", got):
            self.remark("read.times", got=got)

    def is_matrix(self, prime: Token) -> bool:
        """Tell whether a prime stands behind the name of an array: X' is its transpose.

        Behind a vector only as the last factor of ``d * x'``, as MATLAB has it: elsewhere a' is
        the derivative of what made a.
        """
        before = self.out[-1] if self.out else prime
        shape = self.vocabulary.shapes.get(before.value, ()) if before.kind == "name" else ()
        if prime.value not in ("'", "′", "’") or not shape:
            return False
        factor = self.text[self.out[-2].start : self.out[-2].end] if len(self.out) > 1 else ""
        return len(shape) == 2 or (factor in ("*", "@") and self._value(self.index) in ("", ")"))

    def primed(self, prime: Token) -> bool:
        """Read ``(x^2 + 1)'``: the derivative in its one name; of arrays a transpose."""
        if not self.out or self.out[-1].value not in (")", "]"):
            return False
        start, depth = len(self.out), 0
        while start and (depth or start == len(self.out)):
            start -= 1
            depth += (self.out[start].value in (")", "]")) - (self.out[start].value in ("(", "["))
        before = self.out[start - 1] if start else prime
        if before.kind == "name" or depth:
            return False
        inner = [t.value for t in self.out[start:] if t.kind == "name"]
        names = {n for n in inner if n not in CONSTANTS.values() or self.vocabulary.name(n)}
        order = sum(2 if sign == "″" else 1 for sign in prime.value)
        if any(self.vocabulary.shapes.get(name) for name in names):
            if order == 1 and before.kind != "function":
                self.out.append(Token("transpose", "^T", prime.start, prime.end))
            return order == 1 and before.kind != "function"
        if len(names) != 1 or order > 3 or "/" in str(names):
            return False
        start -= before.kind == "function"
        opening = Token("bracket", "(", self.out[start].start, self.out[start].start)
        power = f"^{order}" if order > 1 else ""
        operator = opening._replace(kind="function", value=f"d{power}/d{names.pop()}{power}")
        closing = Token("bracket", ")", prime.end, prime.end)
        self.out[start:] = [opening, operator, opening, *self.out[start:], closing, closing]
        return True

    def shape(self, token: Token) -> bool:
        """Read the x3 of 2x3, where no name x3 is declared: a shape in a call, else a product.

        Where x is a name, 2x3 may be 2x³ or 2·x·3, and is refused.
        """
        before = self.out[-1] if self.out else token
        close = before.kind == "number" and before.end == token.start
        product = self.vocabulary.splits(token.value, call=False)
        if not close or product or not _SHAPE.fullmatch(token.value):
            return False
        if before.value == "0":  # 0x10, a number of programs
            raise self.error("answer.number", before._replace(end=token.end))
        if before.value.isdecimal() and self.is_argument():
            self.out[-1] = Token("shape", before.value + token.value, before.start, token.end)
            return True
        if self.vocabulary.name("x") is not None:
            number = token.value[1:]
            readings = f"{before.value}·x·{number}, {before.value}·x^{number}"
            raise self.error("answer.ambiguous", token, readings=readings)
        place = token.start
        for number in token.value[1:].split("x"):
            self.out.append(Token("operator", "*", place, place + 1))
            self.out.append(Token("number", number, place + 1, place + 1 + len(number)))
            place += 1 + len(number)
        self.said_times(before.start, token.end)
        return True

    def is_argument(self) -> bool:
        """Tell whether the number just read and its x3 are a whole argument of a function."""
        around = (self.out[-2].value if len(self.out) > 1 else "", self._value(self.index))
        if around[0] not in ("(", ",", "=") or around[1] not in (")", ","):
            return False
        depth = 0
        for place in range(len(self.out) - 1, 0, -1):
            depth += (self.out[place].value == ")") - (self.out[place].value == "(")
            if depth < 0:
                return self.out[place - 1].kind == "function"
        return False

    def entry(self, token: Token) -> bool:
        """Read x_2 as the entry x[2] of a declared array, and w_12 as w[1, 2]."""
        name, places = self.vocabulary.entry(token.value)
        if name is None:
            return False
        self.out += [token._replace(value=name), *subscript_tokens(places, token)]
        return True

    def adjoint(self, token: Token) -> bool:
        """Read dw as the derivative of the output in w, where the output is known."""
        output = self.vocabulary.output
        name = self.vocabulary.name(token.value[1:]) if token.value.startswith("d") else None
        if not output or name is None:
            return False
        meant = derivative_name(output, name)
        self.out.append(token._replace(value=meant))
        self.remark("read.split", got=token.value, read=meant)
        return True

    def power(self, token: Token) -> bool:
        """Read ``x^{2}_{1}`` as the square of x_1, where there is no x of a layer 2."""
        head, power, below = [*token.value.split("_", 2), "", ""][:3]
        name, places = self.vocabulary.entry(f"{head}_{below}")
        if name is None or not below or not power.isdecimal():
            return False
        self.out += [token._replace(value=name), *subscript_tokens(places, token)]
        self.out.append(Token("operator", "^", token.end, token.end))
        self.out.append(Token("number", power, token.end, token.end))
        return True

    def refuse_spaced_exponent(self, token: Token) -> None:
        """Refuse "3.2 e-4": 3.2e-4 and 3.2·e - 4 are both likely."""
        before = self.out[-1] if self.out else token
        ahead = self.tokens[self.index : self.index + 2]
        close = len(ahead) == 2 and token.end == ahead[0].start and ahead[0].end == ahead[1].start
        if token.value == "e" and before.kind == "number" and close:
            sign, digits = ahead
            if sign.value in ("+", "-") and digits.value.isdecimal():
                first = f"{before.value}e{sign.value}{digits.value}"
                second = f"{before.value}·e {sign.value} {digits.value}"
                raise self.error("answer.ambiguous", token, readings=f"{first}, {second}")

    def split(self, token: Token) -> None:
        """Read a word as a product of declared names, if there is exactly one way."""
        following = self.tokens[self.index] if self.index < len(self.tokens) else None
        call = following is not None and (
            following.value == "("
            or following.kind == "prime"
            or (following.kind in ("name", "number") and self.vocabulary.is_applied(token.value))
        )
        ways = self.vocabulary.splits(token.value, call=call)
        if not ways and following is not None and following.value == "^":
            ways = self.vocabulary.splits(token.value, call=False, euler=True)
        if not ways and self.applied(token):
            return
        if not ways:
            raise unknown_name(self.text, token, self.vocabulary)
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

    def applied(self, token: Token) -> bool:
        """Read ``sinx`` as sin x, where x is a name."""
        parts = self.vocabulary.with_number(token.value)
        if parts is not None:
            factor, head, number, tail = parts
            names = [self.vocabulary.name(letter) if letter else "" for letter in (factor, tail)]
            if None not in names:
                applied = str(self.vocabulary.function(head))
                kinds = ("name", "function", "number", "name")
                for kind, value in zip(kinds, (names[0], applied, number, names[1]), strict=True):
                    self.out += [token._replace(kind=kind, value=value)] if value else []
                read = f"{names[0]} {applied} {number}{names[1]}".strip()
                self.remark("read.split", got=token.value, read=read)
                return True
        for cut in range(2, len(token.value)):
            name = self.vocabulary.name(token.value[cut:])
            if name is not None and self.vocabulary.is_elementary(token.value[:cut]):
                function = self.vocabulary.function(token.value[:cut])
                middle = token.start + cut
                self.out.append(Token("function", str(function), token.start, middle))
                self.out.append(Token("name", name, middle, token.end))
                self.remark("read.split", got=token.value, read=f"{function} {name}")
                return True
        return False

    def _value(self, index: int) -> str:
        return self.tokens[index].value if index < len(self.tokens) else ""

    def remark(self, message: str, **fields: object) -> None:
        self.remarks.append(Remark(message, fields))

    def error(self, message: str, token: Token, **fields: object) -> SourceError:
        place = place_of(self.text, token.start, token.end)
        got = self.text[token.start : token.end] if message == "answer.number" else token.value
        return SourceError(message, got=got, place=place, **fields)
