r"""Turn the LaTeX of an answer into plain tokens: \frac, \sigma, \hat{y}, ^\top and their like."""

from __future__ import annotations

from graphgrad.expr.latex_scripts import COMPARED, Scripts
from graphgrad.expr.latex_words import (
    ACCENTS,
    BAR_SIGNS,
    BINOMIALS,
    BRACED_OVER,
    CALLING,
    DERIVATIVES,
    DOUBLE_STRUCK,
    DROPPED,
    FRACTIONS,
    FUNCTION_WORDS,
    GREEK_WORDS,
    IN_MARGIN,
    MATRICES,
    SIDES,
    SIGNS,
    STYLES,
)
from graphgrad.expr.marked_names import with_spoken_signs
from graphgrad.expr.tokens import Token

__all__ = ["plain_tokens"]


def plain_tokens(text: str, tokens: list[Token]) -> list[Token]:
    """Return tokens without commands and braces; positions stay those of the text.

    Raises:
        SourceError: at a command that is not read, or a brace out of place.
    """
    tokens = with_spoken_signs(tokens)
    if not any(token.kind in ("command", "newrow") or token.value in _SIGNS for token in tokens):
        return tokens
    return _Plain(text, tokens).run()


_SIGNS = frozenset("{}_&⊤∑∏∇𝟙⌊⌋⌈⌉⟨⟩")
_OVER_AN_INDEX = frozenset("∑∏")


class _Plain(Scripts):
    """Walk over tokens once; inside ``cases`` the column signs are words."""

    in_cases = 0

    def __init__(self, text: str, tokens: list[Token]) -> None:
        super().__init__(text, tokens)
        self.arrays: list[str] = []
        """What the arrays that have begun are."""

    def run(self) -> list[Token]:
        while self.index < len(self.tokens):
            token = self.tokens[self.index]
            self.index += 1
            if token.kind == "command":
                self.command(token)
            elif token.value == "{":
                self.brace(token)
            elif token.value == "}":
                if not self.closers:
                    raise self.error("answer.brace", token)
                self.closers.pop()(token)
            elif token.value == "^" and self.raised(token):
                continue
            elif token.value in ("Σ_", "Π_") and self.peek() == "{":
                self.index -= 1
                below = Token("sign", "_", token.start + 1, token.end)
                self.tokens = [*self.tokens[: self.index], below, *self.tokens[self.index + 1 :]]
                self.bounds(token)
            elif token.value == "_" or (token.kind == "name" and token.value.endswith("_")):
                self.subscript(token)
            elif token.kind == "newrow":
                self.emit("bracket", ";", token)
            elif token.value == "=" and (self.in_cases or self.in_iverson()):
                self.emit("operator", "==", token)
            elif token.value == "&":
                self.emit(*(("name", "if") if self.in_cases else ("bracket", ",")), token)
            else:
                self.sign(token)
        if self.closers:
            raise self.error("answer.brace", self.tokens[-1])
        return self.out

    def in_iverson(self) -> bool:
        r"""Tell whether brackets of a condition are open: ``\left[X = \max X\right]``."""
        depth = 0
        for part in reversed(self.out):
            depth += (part.value in (")", "]")) - (part.value in ("(", "["))
            if depth < 0:
                return part.value == "["
        return False

    def brace(self, token: Token) -> None:
        r"""Open a group; ``{}`` is a gap, braces round the σ of ``{\sigma}'(z)`` say nothing."""
        if self.peek() == "}":
            self.index += 1
        elif self.peek() in GREEK_WORDS and self.peek(1) == "}" and self.peek(2) in ("(", "'", "′"):
            letter = self.take()
            self.index += 1
            self.word(letter, GREEK_WORDS[letter.value])
        else:
            self.group(token, "(", ")")

    def sign(self, token: Token) -> None:
        """Read the signs that LaTeX and Unicode share."""
        if token.value in _OVER_AN_INDEX:
            self.bounds(token)
        elif token.value == "∇" or (token.value == "∂" and self.peek() == "_"):
            self.word(token, "nabla")  # ∂_w L is the derivative of L in w as well
        elif token.value in CALLING:
            self.emit("name", CALLING[token.value], token)
            self.emit("bracket", "(", token)
        elif token.value in ("⌋", "⌉", "⟩"):
            self.emit("bracket", ")", token)
        elif token.value != "𝟙" or self.peek() == "_":
            self.out.append(token)
        elif self.peek() not in ("(", "[", "{", r"\{"):
            self.ones(token)

    def command(self, token: Token) -> None:
        name = token.value
        if name in SIDES and self.peek() in BAR_SIGNS:
            bar = self.take()
            self.emit(SIDES[name], BAR_SIGNS[bar.value], bar)
            return
        if name in IN_MARGIN and self.peek() == "{":
            self.index += 1
            self.braced()
            return
        if name in DROPPED:
            return
        if name in BRACED_OVER and self.peek() == "{":
            self.emit("bracket", "(", self.take())
            self.closers.append(self.labelled)
            return
        if name in SIGNS:
            kind, value = SIGNS[name]
            self.sign(Token(kind, value, token.start, token.end))
        elif name in GREEK_WORDS:
            self.word(token, GREEK_WORDS[name])
        elif name in FUNCTION_WORDS:
            self.emit("name", name[1:], token)
        elif name in FRACTIONS:
            self.fraction(token)
        elif name == r"\over" and self.closers:
            self.over(token)
        elif name in BINOMIALS:
            self.binomial(token)
        elif name == r"\sqrt":
            self.root(token)
        elif name in DERIVATIVES:
            self.derivative(token)
        elif name[1:] in MATRICES and self.peek() == "{":
            self.index += 1
            self.emit("bracket", "[", token)
            self.closers.append(self.end_matrix)
        elif name in ACCENTS or name in STYLES:
            self.index += self.peek() == "*"  # \operatorname*{max}
            letters = _accented(self.styled(), ACCENTS.get(name, ""))
            struck = letters == "I" and name in DOUBLE_STRUCK and self.is_condition()
            if letters == "1" or struck:
                self.sign(Token("sign", "𝟙", token.start, self.tokens[self.index - 1].end))
            elif letters.isdecimal():
                self.emit("number", letters, token)
            else:
                self.word(token, letters)
        elif name in (r"\begin", r"\end"):
            self.matrix(token)
        else:
            raise self.error("answer.command", token)

    def labelled(self, end: Token) -> None:
        """Close a part with a brace above or below it, and leave out the label."""
        self.close(end, ")")
        if self.peek() in ("_", "^"):
            self.index += 1
            self.script()

    def is_condition(self) -> bool:
        r"""Tell whether a condition stands behind a letter: ``\mathbb{I}[x > 0]``."""
        below = self.peek() == "_"
        opening = self.peek(1) if below else self.peek()
        ahead = [part.value for part in self.tokens[self.index : self.index + 12]]
        return opening in ("(", "[", "{", r"\{", r"\lbrace") and bool(COMPARED & set(ahead))

    def word(self, token: Token, name: str) -> None:
        """Emit a name, with the subscript that may follow it."""
        word = Token("name", name, token.start, self.tokens[self.index - 1].end)
        if self.peek() == "_":
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
                letters.append(_accented(self.styled(), ACCENTS[part.value]))
            elif part.kind == "command" and part.value in STYLES:
                letters.append(self.styled())
            elif part.kind == "command" and part.value in GREEK_WORDS:
                letters.append(GREEK_WORDS[part.value])
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
        r"""Read \frac{a}{b}, \frac12, \frac x2 and \frac1{x}."""
        self.emit("bracket", "(", token)
        if self.peek() == "{":
            self.emit("bracket", "(", self.take())
            self.closers.append(self.below)
            return
        self.unit()
        self.emit("operator", "/", token)
        self.denominator(")")

    def over(self, token: Token) -> None:
        r"""Read {a \over b}: what the brace holds so far is the numerator."""
        depth, place = 0, len(self.out)
        while place and depth >= 0:
            place -= 1
            depth += (self.out[place].value in (")", "]")) - (self.out[place].value in ("(", "["))
        self.out.insert(place, self.out[place])
        for kind, sign in (("bracket", ")"), ("operator", "/"), ("bracket", "(")):
            self.emit(kind, sign, token)
        outer = self.closers.pop()

        def closed(end: Token) -> None:
            self.close(end, ")")
            outer(end)

        self.closers.append(closed)

    def binomial(self, token: Token) -> None:
        r"""Read \binom{n}{k} as binom(n, k)."""
        self.emit("name", "binom", token)
        self.emit("bracket", "(", token)
        if self.peek() == "{":
            self.index += 1
            self.closers.append(self.chosen)
            return
        self.unit()
        self.chosen(token)

    def chosen(self, end: Token) -> None:
        """Go on to the lower number."""
        self.emit("bracket", ",", end)
        self.denominator(")")

    def below(self, end: Token) -> None:
        """Close the numerator and open the denominator."""
        for kind, sign in (("bracket", ")"), ("operator", "/")):
            self.emit(kind, sign, end)
        self.denominator(")")

    def denominator(self, closing: str) -> None:
        if self.peek() == "{":
            self.group(self.take(), "(", ")" + closing)
            return
        self.unit()
        self.close(self.out[-1], closing)

    def unit(self) -> None:
        """Copy what a command without braces acts on: a letter, a digit or a command."""
        part = self.letter()
        if part.kind == "command":
            self.command(part)
        elif part.kind in ("name", "number"):
            self.out.append(part)
        else:
            raise self.error("answer.brace", part)

    def root(self, token: Token) -> None:
        r"""Read \sqrt{x}, \sqrt2 and \sqrt(x); \sqrt[n]{x} is {{x}^{1/{n}}}, read from there."""
        degree: list[Token] = []
        if self.peek() == "[":
            self.index += 1
            degree = self.enclosed("[", "]")
        if not degree:
            self.emit("name", "sqrt", token)
            if self.peek() == "(":
                return
            self.emit("bracket", "(", token)
            if self.peek() == "{":
                self.group(self.take(), "", ")")
                return
            self.unit()
            self.emit("bracket", ")", token)
            return
        opening = self.take()
        closing = {"{": "}", "(": ")"}.get(opening.value)
        inner = self.enclosed(opening.value, closing) if closing else [opening]

        def words(signs: str) -> list[Token]:
            return [
                Token("number" if s == "1" else "sign", s, token.start, token.end) for s in signs
            ]

        minus = inner[:1] if _is_odd_of_negative(degree, inner) else []
        inner = inner[len(minus) :]
        power = [Token("operator", sign, token.start, token.end) for sign in "^/"]
        rest = [
            *words("{"),
            *minus,
            *words("{"),
            *inner,
            *words("}"),
            power[0],
            *words("{1"),
            power[1],
        ]
        rest += [*words("{"), *degree, *words("}}}")]
        self.tokens = [*self.tokens[: self.index], *rest, *self.tokens[self.index :]]

    def derivative(self, token: Token) -> None:
        r"""Read \pdv{f}{x} and \dv[2]{f}{x} as \frac{d f}{d x}; \dv{x} is the operator."""
        self.index += self.peek() == "*"
        order: list[Token] = []
        if self.peek() == "[":
            self.index += 1
            order = [Token("operator", "^", token.start, token.end), *self.enclosed("[", "]")]
        parts = [self.script()]
        if self.peek() == "{":
            parts.append(self.script())
        above, below = parts[0] if len(parts) > 1 else [], parts[-1]

        def sign(value: str) -> Token:
            return Token("command" if "\\" in value else "sign", value, token.start, token.end)

        d = sign(r"\partial")
        plain = (*GREEK_WORDS, *ACCENTS, *STYLES, *"{}_")
        formula = [p for p in above if p.kind not in ("name", "number") and p.value not in plain]
        whole = bool(formula) or sum(part.kind == "name" for part in above) > 1
        behind = [sign("{"), *above, sign("}")] if whole else []
        rest = [sign(r"\frac"), sign("{"), d, *order, *([] if whole else above), sign("}")]
        rest += [sign("{"), d, *below, *order, sign("}"), *behind]
        self.tokens = [*self.tokens[: self.index], *rest, *self.tokens[self.index :]]

    def end_matrix(self, token: Token) -> None:
        """Close a matrix; a last sign for a new row begins none."""
        if self.out and self.out[-1].value == ";":
            self.out.pop()
        self.emit("bracket", "]", token)

    def matrix(self, token: Token) -> None:
        opening, name, closing = self.take(), self.take(), self.take()
        if closing.value == "*":  # pmatrix* of mathtools
            closing = self.take()
        braces = opening.value == "{" and closing.value == "}"
        begins = token.value == r"\begin"
        if braces and name.value in ("cases", "dcases"):
            self.in_cases += 1 if begins else -1
            self.emit("bracket", "(" if begins else ")", token)
        elif braces and name.value == "array":
            self.array(token) if begins else self.end_array(token)
        elif braces and name.value == "vmatrix":
            signs = ("name det", "bracket (", "bracket [") if begins else ("bracket ]", "bracket )")
            for kind, value in map(str.split, signs):
                self.emit(kind, value, token)
        elif braces and name.value in MATRICES:
            if not begins:
                self.end_matrix(token)
                return
            if self.peek() == "[" and self.peek(1) in ("l", "c", "r") and self.peek(2) == "]":
                self.index += 3  # how its columns stand
            self.emit("bracket", "[", token)
        else:
            raise self.error("answer.command", token)

    def array(self, token: Token) -> None:
        r"""Begin an array: cases behind ``\left\{``, else a matrix in the brackets before it."""
        if self.peek() == "{":
            self.index += 1
            self.braced()  # how its columns stand
        before = self.out[-1] if self.out else token
        self.arrays.append("cases" if self.text[before.start : before.end] == r"\{" else "matrix")
        if self.arrays[-1] == "cases":
            self.in_cases += 1
        elif before.value in ("(", "["):
            self.out.pop()
            self.arrays[-1] = "bracketed"
            self.emit("bracket", "[", token)
        else:
            self.emit("bracket", "[", token)

    def end_array(self, token: Token) -> None:
        """End an array, with the bracket behind it where one stood before."""
        kind = self.arrays.pop() if self.arrays else "matrix"
        if self.out and self.out[-1].value == ";":
            self.out.pop()
        if kind == "cases":
            self.in_cases -= 1
        elif kind == "bracketed":
            while self.peek() in DROPPED:
                self.index += 1
            self.index += self.peek() in (")", "]")
        self.emit("bracket", ")" if kind == "cases" else "]", token)


def _accented(name: str, accent: str) -> str:
    """Return a name with its accent, which stands on the letter: xhat_j.

    >>> _accented("x_j", "hat"), _accented("y", "hat")
    ('xhat_j', 'yhat')
    """
    head, below, index = name.partition("_")
    return f"{head}{accent}{below}{index}"


def _is_odd_of_negative(degree: list[Token], inner: list[Token]) -> bool:
    """Tell whether a root is an odd one of a negative number: the third root of -8 is -2."""
    if len(degree) != 1 or len(inner) != 2 or inner[0].value != "-":
        return False
    number = degree[0].value
    return inner[1].kind == "number" and number.isdecimal() and int(number[-1]) % 2 == 1
