r"""Read what stands above and below the line: ``w_{12}^{(1)}``, ``X^\top``, ``\sum_{i=1}^{3}``.

The tokens of an answer are walked over once; the plain ones keep the positions of the text.
"""

from __future__ import annotations

from collections.abc import Callable

from graphgrad.errors import SourceError
from graphgrad.expr.latex_words import STYLES
from graphgrad.expr.marked_names import LOGARITHMS
from graphgrad.expr.tokens import Token, place_of

__all__ = ["COMPARED", "PRODUCTS", "Scripts", "Walker", "with_ranges"]

COMPARED = frozenset(
    {"<", ">", "<=", ">=", "=", "==", "!="}
    | {r"\le", r"\leq", r"\ge", r"\geq", r"\ne", r"\neq", r"\lt", r"\gt"}
)
_ROUND = ("(", ")", "[", "]")
_TURNING = (r"\top", r"\intercal", "⊤")
_ENTRY_BY_ENTRY = (r"\odot", r"\circ", "*")
_INDICATORS = frozenset({"1", "𝟙"})


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
        return self.enclosed("{", "}")

    def enclosed(self, opening: str, closing: str) -> list[Token]:
        """Take the tokens up to the bracket that closes the one just taken."""
        depth, parts = 1, list[Token]()
        while True:
            part = self.take()
            depth += (part.value == opening) - (part.value == closing)
            if depth == 0:
                return parts
            parts.append(part)

    def error(self, message: str, token: Token) -> SourceError:
        """Return an error at a token."""
        place = place_of(self.text, token.start, token.end)
        return SourceError(message, got=token.value, place=place)


class Scripts(Walker):
    """Join names to their indices; tell powers, transposes, primes and bounds apart."""

    def raised(self, token: Token) -> bool:
        """Read what stands behind ^ where it is a transpose or a prime."""
        end, inner = self.raised_signs()
        words = [part.value for part in inner if part.value not in STYLES]
        letters = [word for word in words if word not in ("{", "}")]
        last = inner[-1].end if inner else token.end
        braced = self.peek() == "{"
        primes = [part for part in inner if part.value == r"\prime" or part.kind == "prime"]
        if len(letters) == 1 and (letters[0] in _TURNING or (braced and letters[0] == "T")):
            self.out.append(Token("transpose", "^T", token.start, last))
        elif primes and primes == inner:
            signs = "".join("'" if part.value == r"\prime" else part.value for part in primes)
            self.out.append(Token("prime", signs, token.start, last))
        elif len(words) > 3 and words[0] in ("(", "[") and words[-1] in (*_TURNING, "T"):
            # W^{(2)\top}: the number of a layer, and a transpose behind it
            head, sign = self.tokens[: self.index], self.tokens[self.index :]
            closing = sign[len(inner) + 1]
            behind = [token, sign[0], inner[-1], closing]
            self.tokens = [*head, sign[0], *inner[:-1], closing, *behind, *sign[len(inner) + 2 :]]
            return False
        elif words[:1] and words[0] in _ENTRY_BY_ENTRY and len(words) > 1:
            self.tokens = [*self.tokens]
            del self.tokens[self.index + 1]  # h^{\odot 2}
            return False
        else:
            return False
        self.index = end
        return True

    def raised_signs(self) -> tuple[int, list[Token]]:
        """Return where what is raised ends, and its tokens without the braces round it."""
        depth, place = 0, self.index
        while place < len(self.tokens):
            depth += (self.tokens[place].value == "{") - (self.tokens[place].value == "}")
            place += 1
            if depth <= 0:
                break
        inner = self.tokens[self.index : place]
        return place, inner[1:-1] if inner and inner[0].value == "{" else inner

    def subscript(self, token: Token) -> None:
        r"""Join ``w_{12}`` and ``w^{(1)}_{12}`` to one name; a dangling _ is never dropped."""
        before = self.out[-1] if token.value == "_" and self.out else None
        parts = self.script()
        numeral = len(parts) == 1 and parts[0].kind == "number"
        if before is not None and before.value in LOGARITHMS and not numeral:
            self.log_base(token, parts)
            return
        if before is not None and before.value in ("]", ")") and self.picked(parts, token):
            return
        if settings := _settings_in(parts):
            if before is None:
                self.out.append(token._replace(value=token.value.rstrip("_")))
            self.called_with(settings, token)
            return
        plain = (part.value for part in parts if part.value not in STYLES)
        letters = "".join(value.lstrip("\\") for value in plain if value not in "(),{}^")
        letters = letters.replace(",", "")
        end = self.tokens[self.index - 1].end
        if before is not None and before.value in _INDICATORS and self.indicator(before, parts):
            return
        if before is not None and letters.isalnum() and self.is_ones(before):
            self.out.pop()
            self.ones(Token("sign", "𝟙", before.start, end), letters)
            return
        typed = before is not None and before.value == "|" == "".join(
            t.value for t in self.out[-2:-1]
        )
        if before is not None and (before.value == "‖" or typed) and letters in ("2", "F"):
            return  # the norm that is meant anyway
        if before is not None and before.value in ("‖", "|") and letters == "1":
            self.sum_norm()
            return
        if before is not None and before.value == ")" and self.entry(letters, token):
            return
        base, name = token, token.value.rstrip("_")
        if token.value == "_":
            base, name = self.based(token)
        if not letters or not letters.replace("_", "").isalnum():
            raise self.error("answer.subscript", token)
        self.out.append(Token("name", f"{name}_{letters}", base.start, end))

    def is_ones(self, token: Token) -> bool:
        """Tell whether what has a subscript is a row or column of ones: 𝟙_n, or 1_n turned."""
        if token.value == "1":
            turned = self.peek() == "^" or self.peek() in ("ᵀ", ".T")
            return turned and (len(self.out) < 2 or self.out[-2].value != "^")
        return token.value == "𝟙"

    def sum_norm(self) -> None:
        r"""Turn the bars of ``\|w\|_1`` into brackets of the norm that sums."""
        end = len(self.out) - 1
        bars = [k for k in range(end) if self.out[k].value == self.out[end].value]
        if not bars:
            raise self.error("answer.bar", self.out[end])
        start, opening = bars[-1], self.out[bars[-1]]
        self.out[end] = self.out[end]._replace(kind="bracket", value=")")
        name = opening._replace(kind="name", value="norm1")
        self.out[start : start + 1] = [name, opening._replace(kind="bracket", value="(")]

    def ones(self, token: Token, size: str = "") -> None:
        """Emit a bold 1 in brackets, as it may stand right behind a factor; for 1_3 its size."""
        if size.isdecimal():
            self.emit("name", "ones", token)
        number = size if size.isdecimal() else "1"
        for kind, value in (("bracket", "("), ("number", number), ("bracket", ")")):
            self.emit(kind, value, token)

    def log_base(self, sign: Token, parts: list[Token]) -> None:
        r"""Put the base of a logarithm into brackets, to be read like everything else."""
        opening = [Token("sign", brace, sign.start, sign.end) for brace in "{}"]
        rest = [opening[0], *parts, opening[1]]
        self.emit("sign", "_", sign)
        self.tokens = [*self.tokens[: self.index], *rest, *self.tokens[self.index :]]

    def script(self) -> list[Token]:
        """Take the tokens of a subscript or a raised index."""
        inner = self.take()
        return self.braced() if inner.value == "{" else [inner]

    def indicator(self, one: Token, parts: list[Token]) -> bool:
        """Read 1_{x > 0} as its condition, which is 1 or 0."""
        if not any(part.value in COMPARED for part in parts):
            return False
        self.out.pop()
        inner = [part for part in parts if part.value not in (r"\{", r"\}")]
        back = [Token("sign", "{", one.start, one.end), *inner]
        back.append(Token("sign", "}", parts[-1].start, parts[-1].end))
        self.tokens = [*self.tokens[: self.index], *back, *self.tokens[self.index :]]
        return True

    def entry(self, letters: str, token: Token) -> bool:
        """Read a number below a closing bracket as an entry: softmax(z)_2."""
        depth, place = 0, len(self.out)
        while place > 0:
            place -= 1
            depth += (self.out[place].value == ")") - (self.out[place].value == "(")
            if depth == 0:
                break
        raised = place > 0 and self.out[place - 1].value == "^"
        if raised or not letters.isdecimal():
            return False
        for kind, sign in (("bracket", "["), ("number", letters), ("bracket", "]")):
            self.emit(kind, sign, token)
        return True

    def picked(self, parts: list[Token], sign: Token) -> bool:
        r"""Read what stands below square brackets as entries: ``\left[W x\right]_{1:3}``."""
        words = {part.value for part in parts}
        ranged = ":" in words or "," in words
        if self.out[-1].value != "]" and not ranged:
            return False
        if any(part.kind != "number" and part.value not in (":", ",") for part in parts):
            return False
        opening = self.opening()
        if opening < 0 or not parts:
            return False
        if opening and self.out[opening - 1].value == "^":
            return False
        if self.out[-1].value == "]":
            self.out[opening] = self.out[opening]._replace(value="(")
            self.out[-1] = self.out[-1]._replace(value=")")
        self.emit("bracket", "[", sign)
        self.out += parts
        self.emit("bracket", "]", sign)
        return True

    def opening(self) -> int:
        """Return where the bracket opens that closes last; -1 of a list and of a subscript."""
        depth, listed = 0, self.out[-1].value == "]"
        for place in range(len(self.out) - 1, -1, -1):
            value = self.out[place].value
            depth += (value in (")", "]")) - (value in ("(", "["))
            if listed and depth == 1 and value in (",", ";"):
                return -1
            if depth == 0:
                before = self.out[place - 1] if place else None
                called = before is not None and before.kind == "name"
                return -1 if listed and called and before is not None else place
        return -1

    def called_with(self, settings: list[tuple[str, str]], sign: Token) -> None:
        r"""Put what stands below a sign into its call: ``\max_{\mathrm{axis}\,2} X``."""
        end, depth = self.index, 0
        bracketed = self.peek() == r"\left" or self.peek() == "("
        while end < len(self.tokens):
            value = self.tokens[end].value
            closes = value in (")", "]", "}")
            if depth == 0 and (closes or (end > self.index and value in _ENDING)):
                break
            depth += (value in ("(", "[", "{")) - closes
            end += 1
            if bracketed and depth == 0 and closes:
                break
        if self.tokens[end - 1].value == r"\right":
            end -= 1
        spelled = [("bracket", ","), ("name", settings[0][1]), ("operator", "="), *settings[1:]]
        behind = [Token(kind, value, sign.start, sign.end) for kind, value in spelled]
        if bracketed:
            self.tokens = [*self.tokens[: end - 1], *behind, *self.tokens[end - 1 :]]
            return
        self.emit("bracket", "(", sign)
        behind.append(Token("bracket", ")", sign.start, sign.end))
        self.tokens = [*self.tokens[:end], *behind, *self.tokens[end:]]

    def based(self, token: Token) -> tuple[Token, str]:
        """Take back the name a subscript belongs to, with its raised index ``^{(1)}``."""
        raised: list[str] = []
        if len(self.out) > 2 and self.out[-1].kind == "number" and self.out[-2].value == "^":
            raised = [self.out[-1].value]
            self.out = self.out[:-2]
        elif self.out and self.out[-1].value == ")":
            self.out.pop()
            while self.out and self.out[-1].value != "^":
                part = self.out.pop()
                if part.kind not in ("number", "name") and part.value not in _ROUND:
                    raise self.error("answer.subscript", token)
                if part.value not in _ROUND:
                    raised.insert(0, part.value)
            if self.out:
                self.out.pop()
        if not self.out or self.out[-1].kind != "name":
            raise self.error("answer.subscript", token)
        base = self.out.pop()
        return base, "_".join((base.value, *raised))

    def bounds(self, token: Token) -> None:
        r"""Read \sum or \prod with its bounds into one token: its value is ``i``, or ``i 1 3``."""
        below: list[Token] = []
        above: list[Token] = []
        while self.peek() in ("_", "^", r"\limits", r"\nolimits"):
            sign = self.take()
            if sign.value == "_":
                below = self.script()
            elif sign.value == "^":
                above = self.script()
        if (settings := _settings_in(below)) and not above:
            self.emit("name", "sum", token)
            self.called_with(settings, token)
            return
        words = [part.value.lstrip("\\") for part in below]
        if len(words) >= 3 and words[1] == "=":
            words = [words[0], "".join(words[2:]), "".join(part.value for part in above)]
        end = self.tokens[self.index - 1].end
        letters = [word for word in words[: words.index("=") if "=" in words else 0] if word != ","]
        if len(letters) > 1:  # \sum_{i,j=1}^{2}
            numbers = ["".join(words[words.index("=") + 1 :]), "".join(p.value for p in above)]
            rows = [" ".join([letter, *numbers]) for letter in letters]
            self.out += [Token("sum", row, token.start, end) for row in rows]
            return
        self.out.append(Token("sum", " ".join(words[:3]), token.start, end))


_ENDING = frozenset({"+", "-", ",", ";", "=", "&", "==", "<", ">", "<=", ">="})
_SIZE = frozenset({r"\times", "×"})


def _settings_in(parts: list[Token]) -> list[tuple[str, str]]:
    """Return what is said below a function, its name first: an axis, or a shape; [] of an index."""
    words = [part for part in parts if part.value not in (*STYLES, "{", "}")]
    if words and words[0].value in ("axis", "axes"):
        found = [(part.kind, part.value) for part in words[1:]]
        listed = len(found) > 1 and found[0][1] != "["
        told = [("bracket", "["), *found, ("bracket", "]")] if listed else found
        return [("name", "axis"), *told] if found else []
    numbers, signs = words[::2], words[1::2]
    sized = all(w.kind == "number" for w in numbers) and all(w.value in _SIZE for w in signs)
    if not (signs and sized and len(numbers) > len(signs)):
        return []
    told = [("bracket", ",") if w.value in _SIZE else (w.kind, w.value) for w in words]
    return [("name", "shape"), ("bracket", "["), *told, ("bracket", "]")]


# ---- bounds in brackets ----

PRODUCTS = ("prod", "product", "producto", "productorio")
_RANGED = frozenset({"sum", "sumatorio", *PRODUCTS})


def with_ranges(tokens: list[Token]) -> list[Token]:
    """Return ``prod(i=1:3, f)`` as the sign of a product in front of (f), ``sum`` alike."""
    out: list[Token] = []
    place = 0
    while place < len(tokens):
        head = tokens[place : place + 8]
        words = [token.value for token in head]
        numbers = [token.value for token in head if token.kind == "number"]
        signs = words[1:2] + words[3:4] + words[5:6] + words[7:8]
        if words[0].lower() in _RANGED and signs == ["(", "=", ":", ","] and len(numbers) == 2:
            close = _closing(tokens, place + 1)
            opening = Token("bracket", "(", head[0].start, head[-1].end)
            sign = Token("sum", " ".join([words[2], *numbers]), *opening[2:])
            body = with_ranges(tokens[place + 8 : close])
            ends = [opening._replace(value=")")] * 2
            out += [opening, sign, opening, *body, *ends]
            place = close + 1
            continue
        out.append(tokens[place])
        place += 1
    return out


def _closing(tokens: list[Token], place: int) -> int:
    """Return where the bracket at a place closes, or the end."""
    depth = 0
    for k in range(place, len(tokens)):
        depth += (tokens[k].value in ("(", "[")) - (tokens[k].value in (")", "]"))
        if depth == 0:
            return k
    return len(tokens)
