"""Keep the brackets of a hand-written formula: vectors, conditions, |x|, norms, factorials."""

from __future__ import annotations

from graphgrad.errors import SourceError
from graphgrad.expr.items import Remark
from graphgrad.expr.tokens import Token, place_of

__all__ = ["APPLIED", "BARS", "Brackets"]

APPLIED = ("apply", "operator", "root")
"""Brackets that were not written: of a function, of an operator such as d/dx."""

BARS = {"|": "abs", "‖": "norm", "left|": "abs", "left‖": "norm"}
"""Bars and what they mean; those that say by themselves that they open are ``left``."""

_CLOSERS = frozenset({")", "]"})
_BECOMES = {("condition", "]"): ")", ("vector", ")"): "]"}
_COMPARED = frozenset({"<", ">", "<=", ">=", "==", "!="})


class Brackets:
    """Walk over tokens; ``open`` holds the brackets, with what must follow each of them.

    ``ended`` tells that a factor stands before, ``divided`` that a / does, ``after_array`` that
    the bracket just closed held entries.
    """

    def __init__(self, text: str, tokens: list[Token], remarks: list[Remark]) -> None:
        self.text = text
        self.tokens = tokens
        self.remarks = remarks
        self.index = 0
        self.out: list[Token] = []
        self.open: list[tuple[str, list[Token], bool]] = []
        self.ended = False
        self.divided = False
        self.after_array = False

    def product(self, token: Token) -> None:
        """Put in the product that was not written; a number behind something is refused."""
        if token.kind == "number" and not self.number_follows(token):
            return
        if self.open and self.open[-1][0] in APPLIED and self.ends_application(token):
            self.refuse_factor(token)
            self.end_applications(token)
        if self.divided and self.out and self.out[-1].value != "*":
            self.remark("read.division", token)
            self.divided = False
        self.out.append(Token("operator", "*", token.start, token.start))
        self.ended = False

    def number_follows(self, token: Token) -> bool:
        """Tell whether a number may be a factor behind what stands before: (x+1)2, 2^x 3^x."""
        raised = len(self.out) > 1 and self.out[-2].value == "^"
        power = self.index < len(self.tokens) and self.tokens[self.index].value == "^"
        return self.out[-1].value in ("*", "|", ")") or raised or power or self.is_indicator(token)

    def is_indicator(self, number: Token) -> bool:
        """Tell whether a 1 has a condition behind it: a 1[x > 0]."""
        if number.value != "1" or self.index >= len(self.tokens):
            return False
        if self.tokens[self.index].value != "[":
            return False
        self.index += 1
        inside = self.inside()
        self.index -= 1
        return any(part.value in _COMPARED for part in inside)

    def ends_application(self, token: Token) -> bool:
        """Tell whether a function without brackets ends here: sin x (y+1), cos x e^x."""
        before = self.out[-1]
        raised = len(self.out) > 1 and self.out[-2].value == "^"
        if self.open[-1][0] == "operator" and self.is_number_so_far():
            return False  # d/dx ½(x + 1): a number alone has no derivative worth writing
        if self.open[-1][0] == "operator" and (raised or before.kind == "superscript"):
            return True
        if self.open[-1][0] == "root" and (token.start > before.end or token.value == "("):
            return True  # √2 x and √2(x + 1), where sin 2 x is sin(2x)
        if before.kind == "number" or before.value == "pi":
            return False
        raised = self.index < len(self.tokens) and self.tokens[self.index].value == "^"
        return token.start > before.end or token.value == "(" or (token.value == "e" and raised)

    def is_number_so_far(self) -> bool:
        """Tell whether what an operator acts on is a number up to here."""
        depth = 0
        for token in reversed(self.out):
            depth += (token.value in _CLOSERS) - (token.value in ("(", "["))
            if depth < 0:
                return True
            if token.kind not in ("number", "operator", "bracket"):
                return False
        return True

    def refuse_factor(self, token: Token) -> None:
        """Refuse a factor behind what d/dx acts on: it may belong to it, or not."""
        if self.open[-1][0] == "operator":
            inside, outside = f"d/dx(… {token.value} …)", f"d/dx(…)·{token.value} …"
            raise self.error("answer.ambiguous", token, readings=f"{inside}, {outside}")

    def enter(self, kind: str, suffix: list[Token]) -> None:
        """Open a bracket; a division before it waits outside."""
        self.open.append((kind, suffix, self.divided))
        self.ended = self.divided = False

    def leave(self) -> None:
        """Close the innermost bracket and put its power behind it."""
        _, suffix, self.divided = self.open.pop()
        self.out.extend(suffix)

    def opening(self, token: Token) -> None:
        """Open a bracket as what it holds: a group, a vector, a condition, a subscript."""
        if token.value == "[" and self.out and self.out[-1].value == "^":
            raise self.error("answer.subscript", token)  # a^[1] is a layer, not a power
        inside = self.inside()
        subscripts = all(part.kind == "number" or part.value in (",", ":") for part in inside)
        near = bool(self.out) and self.out[-1].end == token.start and self.out[-1].kind != "number"
        separated = any(part.value in (",", ";") for part in inside)
        compared = any(part.value in _COMPARED for part in inside)
        condition = token.value == "[" and compared and not separated
        acted = bool(self.open) and self.open[-1][0] == "operator" and self.out[-1].value == "("
        lone = token.value == "[" and not separated and (acted or self.is_formula(inside))
        index = token.value == "[" and self.ended and subscripts and not self.after_array and near
        if self.ended and not index:
            self.product(token)
        value, kind = token.value, "index" if index else token.value
        if condition or (lone and kind == "["):
            value, kind = "(", "condition"
        elif value == "(" and separated:
            value, kind = "[", "vector"
        self.out.append(token._replace(value=value))
        self.enter(kind, [])

    def is_formula(self, inside: list[Token]) -> bool:
        """Tell whether square brackets hold one formula: [x + 1]^2 is (x + 1)^2."""
        every = self.inside(deep=True)
        if (
            len(every) < 3
            or every[0].value == "["
            or (self.out and self.out[-1].value in ("[", ",", ";"))
        ):
            return False
        if any(part.kind == "name" for part in every):
            return True
        more = self.out or self.tokens[self.index + len(inside) + 1 :]  # [1/2] alone has an entry
        return bool(more) and any(part.value in ("+", "-") for part in inside[1:])

    def inside(self, *, deep: bool = False) -> list[Token]:
        """Return the tokens directly inside the bracket just opened, or also in those in it."""
        depth, found = 1, list[Token]()
        for token in self.tokens[self.index :]:
            depth += (token.value in ("(", "[")) - (token.value in _CLOSERS)
            if depth == 0:
                break
            if depth == 1 or deep:
                found.append(token)
        return found

    def closing(self, token: Token) -> None:
        """Close the innermost bracket."""
        self.end_applications(token)
        kind = self.open[-1][0] if self.open else ""
        token = token._replace(value=_BECOMES.get((kind, token.value), token.value))
        self.out.append(token)
        if self.open and self.open[-1][0] not in BARS:
            self.leave()
        self.ended = True
        self.after_array = kind in ("[", "vector")

    def bar(self, token: Token) -> None:
        """Open or close an absolute value or a norm, by whether something stands before it.

        A bar of LaTeX that says which it is, such as ``left|``, has a partner that says so too.
        """
        if self.ended:
            self.end_applications(token)
        open_bar = self.open[-1][0] if self.open else ""
        value = f"left{token.value}" if token.kind == "closing" else token.value
        double = open_bar == "‖" and token.value == "|" and token.kind == "sign"
        if self.ended and token.kind != "opening" and (open_bar == value or double):
            self.index += bool(double)
            self.out.append(token._replace(kind="bracket", value=")"))
            self.leave()
            return
        if self.ended:
            self.product(token)
        if token.kind == "opening":
            value = f"left{token.value}"
        elif value == "|" and self.is_double(token):
            value = "‖"
            self.index += 1
        self.out.append(token._replace(kind="name", value=BARS[value]))
        self.out.append(token._replace(kind="bracket", value="("))
        self.enter(value, [])

    def is_double(self, token: Token) -> bool:
        """Tell whether two bars open a norm: the next bar must be two as well."""
        ahead = self.tokens[self.index :]
        if not ahead or ahead[0].value != "|" or ahead[0].start != token.end:
            return False
        bars = [k for k, other in enumerate(ahead) if other.value == "|"][1:3]
        pair = len(bars) == 2 and bars[1] == bars[0] + 1
        return pair and ahead[bars[0]].end == ahead[bars[1]].start

    def factorial(self, token: Token) -> None:
        """Put what stands before the ! into brackets of a function."""
        if not self.ended:
            raise self.error("source.expected_operand", token)
        start, depth = len(self.out), 0
        while start > 0:
            start -= 1
            depth += (self.out[start].value in _CLOSERS) - (self.out[start].value in ("(", "["))
            if depth == 0:
                break
        called = self.out[start].value == "(" and start and self.out[start - 1].kind == "name"
        start -= bool(called)
        first = self.out[start]
        self.out[start:start] = [
            Token("name", "factorial", first.start, first.start),
            Token("bracket", "(", first.start, first.start),
        ]
        self.out.append(token._replace(kind="bracket", value=")"))

    def end_applications(self, token: Token | None) -> None:
        """Close the brackets of functions that were written without."""
        while self.open and self.open[-1][0] in APPLIED and token is not None:
            if not self.ended:
                raise self.error("answer.no_argument", token)
            end = self.out[-1].end
            self.out.append(Token("bracket", ")", end, end))
            self.leave()

    def remark(self, message: str, token: Token) -> None:
        """Say how a token was read."""
        self.remarks.append(Remark(message, {"got": self.text[token.start : token.end]}))

    def error(self, message: str, token: Token, **fields: object) -> SourceError:
        """Return an error at a token."""
        place = place_of(self.text, token.start, token.end)
        return SourceError(message, got=token.value, place=place, **fields)
