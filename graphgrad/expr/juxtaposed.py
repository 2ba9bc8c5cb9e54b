"""Put in what hand-written formulas leave out: products, brackets of functions and of |x|."""

from __future__ import annotations

from graphgrad.expr.brackets import APPLIED, BARS, Brackets
from graphgrad.expr.items import Remark
from graphgrad.expr.marked_names import taken_base
from graphgrad.expr.tokens import Token

__all__ = ["with_products"]

_ENDING = frozenset({"name", "number", "superscript", "transpose"})
_CLOSERS = frozenset({")", "]"})
_ROOTS = {"√": "sqrt", "∛": "cbrt", "∜": "fourthroot"}
_STARTING = frozenset({"|", "‖", "√", "∛", "∜", "["})
LARGEST_EXPONENT = 9_999
_WITH_ARC = "sin cos tan sec csc cot sinh cosh tanh sech csch coth"
INVERSES = {name: f"a{name}" for name in _WITH_ARC.split()} | {
    "sen": "asin", "tg": "atan", "senh": "asinh", "tgh": "atanh", "cotg": "acot",
}  # fmt: skip
"""The inverse of each function that has a name for it."""


def with_products(text: str, tokens: list[Token], remarks: list[Remark]) -> list[Token]:
    """Return tokens of the grammar; a product that was not written is a ``*`` of no width.

    Raises:
        SourceError: where a bar, a prime or a function has nothing to act on.
    """
    return _Products(text, tokens, remarks).run()


class _Products(Brackets):
    """Walk over tokens once."""

    def run(self) -> list[Token]:
        while self.index < len(self.tokens):
            token = self.tokens[self.index]
            self.index += 1
            self.step(token)
        self.end_applications(self.tokens[-1] if self.tokens else None)
        if any(kind in BARS for kind, _, _ in self.open):
            raise self.error("answer.bar", self.tokens[-1])
        return self.out

    def step(self, token: Token) -> None:
        value, kind = token.value, token.kind
        if value != "[":
            self.after_array = False
        if kind == "function":
            self.function(token)
        elif value in _ROOTS:
            self.function(token._replace(kind="function", value=_ROOTS[value]))
        elif value in ("|", "‖"):
            self.bar(token)
        elif value == "!":
            self.factorial(token)
        elif kind == "prime":
            raise self.error("answer.prime", token)
        elif value in ("(", "["):
            self.opening(token)
        elif value in _CLOSERS:
            self.closing(token)
        elif kind in _ENDING:
            self.operand(token)
        else:
            self.sign(token)

    def operand(self, token: Token) -> None:
        if token.kind in ("name", "number") and self.ended:
            self.product(token)
        self.out.append(token)
        self.ended = True
        self.check_exponent(token)

    def check_exponent(self, token: Token) -> None:
        """Refuse a written exponent that no answer needs."""
        before = self.out[-2].value if len(self.out) > 1 else ""
        raised = token.kind == "superscript" or (token.kind == "number" and before == "^")
        if raised and (len(token.value) > 4 or abs(float(token.value)) > LARGEST_EXPONENT):
            raise self.error("answer.exponent", token, limit=LARGEST_EXPONENT)

    def sign(self, token: Token) -> None:
        """Copy an operator or separator; it ends a function written without brackets."""
        if token.value != "^":
            self.end_applications(token)
            self.divided = token.value == "/"
        self.out.append(token)
        self.ended = False

    # ---- functions ----

    def function(self, token: Token) -> None:
        if self.open and self.open[-1][0] in APPLIED and self.ended:
            self.refuse_factor(token)
            self.end_applications(token)
        if self.ended:
            self.product(token)
        name = token.value
        while self.peek("prime"):
            name += "'" * _primes(self.tokens[self.index].value)
            self.index += 1
        base, suffix = self.base(token), self.raised(token)
        if suffix and suffix[0].kind == "function":
            name, suffix = suffix[0].value, []
        base = base or self.base(token)
        if base:
            self.out.append(Token("bracket", "(", token.start, token.start))
        self.out.append(Token("name", name, token.start, token.end))
        suffix = [*base, *suffix]
        follower = self.tokens[self.index] if self.index < len(self.tokens) else None
        operator = "/" in name
        if follower is not None and follower.value == "(" and not operator:
            self.index += 1
            self.out.append(follower)
            self.enter("(", suffix)
            return
        if follower is not None and follower.value == "[" and self.holds_one(operator=operator):
            self.index += 1
            self.out.append(follower._replace(value="("))
            self.enter("condition", suffix)
            return
        starts = follower is not None and (
            follower.kind in ("name", "number", "function")
            or follower.value in _STARTING
            or (operator and follower.value == "(")
        )
        if not starts or follower is None:
            raise self.error("answer.no_argument", token)
        self.out.append(Token("bracket", "(", follower.start, follower.start))
        rooted = self.text[token.start : token.start + 1] in _ROOTS
        self.enter("operator" if operator else "root" if rooted else "apply", suffix)
        if follower.value != "(":
            self.remark("read.application", token)

    def holds_one(self, *, operator: bool) -> bool:
        """Tell whether the square bracket ahead holds one argument: exp[-z], as is printed."""
        self.index += 1
        inside = self.inside()
        self.index -= 1
        apart = any(part.value in (",", ";") for part in inside)
        return bool(inside) and not apart and not operator

    def base(self, token: Token) -> list[Token]:
        """Return / log(a) and a bracket, to be put behind the argument of a log with base a."""
        inner, end = taken_base(self.text, self.tokens, self.index)
        if not inner:
            return []
        self.index = end
        wide = (token.end, token.end)
        names = [Token("operator", "/", *wide), Token("name", "log", *wide)]
        names.append(Token("bracket", "(", *wide))
        closing = Token("bracket", ")", *wide)
        return [*names, *with_products(self.text, inner, self.remarks), closing, closing]

    def raised(self, token: Token) -> list[Token]:
        r"""Return the power in ``tanh^2(z)``, to be put behind the argument.

        For ``\sinh^{-1}`` it is the name of the inverse, a function.
        """
        inverse = self.inverse(token)
        if inverse is not None:
            return [inverse]
        if self.peek("superscript"):
            power = self.tokens[self.index]
            if not power.value.isdecimal():
                raise self.error("answer.inverse", token)
            self.index += 1
        elif self.index + 1 < len(self.tokens) and self.tokens[self.index].value == "^":
            braced = [t.value for t in self.tokens[self.index + 1 : self.index + 4 : 2]] == [
                "(",
                ")",
            ]
            power = self.tokens[self.index + 1 + braced]
            if power.kind != "number" or not power.value.isdecimal():
                raise self.error("answer.inverse", token)
            self.index += 2 + 2 * braced
        else:
            return []
        if len(power.value) > 3 or int(power.value) > LARGEST_EXPONENT:
            raise self.error("answer.exponent", power, limit=LARGEST_EXPONENT)
        self.remark("read.power", token)
        number = power._replace(kind="number")
        return [power._replace(kind="operator", value="^"), number]

    def inverse(self, token: Token) -> Token | None:
        r"""Read ``\sinh^{-1}`` as printed in books: the inverse, where there is one.

        Typed words such as sin^-1 are refused: they may mean 1/sin as well.
        """
        name = INVERSES.get(token.value)
        if name is None or self.text[token.start : token.start + 1] != "\\":
            return None
        ahead = [part.value for part in self.tokens[self.index : self.index + 5]]
        if ahead == ["^", "(", "-", "1", ")"]:
            self.index += 5
        elif ahead[:1] == ["-1"] and self.peek("superscript"):
            self.index += 1
        else:
            return None
        self.remarks.append(Remark("read.inverse", {"got": token.value, "read": name}))
        return token._replace(value=name)

    def peek(self, kind: str) -> bool:
        return self.index < len(self.tokens) and self.tokens[self.index].kind == kind


def _primes(signs: str) -> int:
    return sum(2 if sign == "″" else 1 for sign in signs)
