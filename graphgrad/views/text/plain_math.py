"""Write names, formulas and LaTeX as on the board, in plain Unicode: ŷ, w₁, σ(z), ∂L/∂w."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from graphgrad.errors import GraphgradError
from graphgrad.expr.dialect import Dialect
from graphgrad.expr.tokens import Token, tokenize
from graphgrad.graph.graph import Graph
from graphgrad.symbolic.write.names import name_latex

__all__ = ["lowered", "plain_math", "raised", "typeset_formula", "typeset_name", "typeset_node"]


_ACCENTS = {
    "hat": "\N{COMBINING CIRCUMFLEX ACCENT}",
    "bar": "\N{COMBINING MACRON}",
    "tilde": "\N{COMBINING TILDE}",
    "vec": "\N{COMBINING RIGHT ARROW ABOVE}",
    "dot": "\N{COMBINING DOT ABOVE}",
}
_SYMBOLS = {
    "partial": "∂",
    "cdot": "·",
    "odot": "⊙",
    "times": "×",
    "infty": "∞",
    "ell": "ℓ",
    "prime": "′",
    "nabla": "∇",
    "top": "ᵀ",
}
_ACCENTS |= {"widehat": _ACCENTS["hat"], "overline": _ACCENTS["bar"]}
_RAISED = dict(
    zip(
        "0123456789+-−()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW'",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ′",
        strict=True,
    )
)
_LOWERED = dict(
    zip("0123456789+-−()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
_PIECE = re.compile(r"\\([A-Za-z]+) ?|\\(.)|([{}^_])|([^\\{}^_]+)", re.DOTALL)
_WORD = 3
_LONGEST = 400
_INNER = re.compile(r"(.+)\.(c?\d+)")
_DIALECT = Dialect(inner_names=True, superscripts=True)
_PLAIN = Dialect(superscripts=True)
_FUNCTIONS = {
    "sigmoid": "σ",
    "sqrt": "√",
    "relu": "ReLU",
    "leaky_relu": "LeakyReLU",
    "elu": "ELU",
    "gelu": "GELU",
    "silu": "SiLU",
}
_BOARD_SIGNS = re.compile(r"([{}⊙∂∇→]|(?<![\w.])[1e][₀-₉ₓ]+)")
_SIGNS = {"*": "·", "-": "−", "<=": "≤", ">=": "≥", "!=": "≠", "==": "="}


def raised(text: str) -> str:
    """Return a text in small raised characters, or nothing where one is missing.

    >>> raised("-12"), raised("(1)"), raised("n"), raised("true")
    ('⁻¹²', '⁽¹⁾', 'ⁿ', '')
    """
    return _small(text, _RAISED)


def lowered(text: str) -> str:
    """Return a text in small lowered characters, or nothing where one is missing.

    >>> lowered("12"), lowered("ij"), lowered("w"), lowered("true")
    ('₁₂', 'ᵢⱼ', '', '')
    """
    return _small(text, _LOWERED)


def _small(text: str, table: dict[str, str]) -> str:
    """Return a text in small characters; words stay words, they would be too small to read."""
    if sum(c.isalpha() for c in text) >= _WORD or any(c not in table for c in text):
        return ""
    return "".join(table[c] for c in text)


@lru_cache(maxsize=65536)
def plain_math(latex: str) -> str:
    r"""Return LaTeX as plain Unicode; what it does not know it leaves standing.

    >>> plain_math(r"\hat{y}"), plain_math("z^{(1)}_{12}"), plain_math(r"x_{\mathrm{true}}")
    ('ŷ', 'z⁽¹⁾₁₂', 'x_true')
    >>> plain_math(r"\frac{\partial L}{\partial w_{1}}"), plain_math("w_{b,c}")
    ('∂L/∂w₁', 'w_{b,c}')
    >>> plain_math(r"\left(w \cdot x\right)^{2}")
    '(w ·x)²'
    """
    if len(latex) > _LONGEST:
        return latex
    machine = _Machine()
    for command, escaped, mark, text in _PIECE.findall(latex):
        machine.read(command, escaped, mark, text)
    return unicodedata.normalize("NFC", machine.finish())


class _Machine:
    """Build up text group by group; a command waits for the group or character after it."""

    def __init__(self) -> None:
        self.texts: list[str] = [""]
        self.waiting: list[list[str]] = [[]]

    def read(self, command: str, escaped: str, mark: str, text: str) -> None:
        """Take in one piece."""
        if mark == "{":
            self.texts.append("")
            self.waiting.append([])
        elif mark == "}":
            self.close()
        elif mark:
            self.waiting[-1].append(mark)
        elif command in _ACCENTS or command in ("mathrm", "mathbf", "text", "operatorname", "frac"):
            self.waiting[-1].extend([command, "over"] if command == "frac" else [command])
        elif command in ("left", "right"):
            pass  # how large a bracket is drawn
        elif command:
            self.put(_SYMBOLS.get(command) or _greek(command))
        elif escaped:
            self.put(escaped)
        else:
            self.characters(text)

    def characters(self, text: str) -> None:
        """Take in plain text: a waiting command acts on its first character."""
        while text and self.waiting[-1]:
            self.put(text[0])
            text = text[1:]
        self.texts[-1] += text

    def close(self) -> None:
        """End a group."""
        if len(self.texts) > 1:
            self.waiting.pop()
            self.put(self.texts.pop())

    def put(self, text: str) -> None:
        """Append a character or group, changed by the command that waits for it."""
        pending = self.waiting[-1]
        self.texts[-1] += _applied(pending.pop(0), text) if pending else text

    def finish(self) -> str:
        """Return the text, with groups that were never closed."""
        while len(self.texts) > 1:
            self.close()
        return self.texts[0]


def _applied(command: str, text: str) -> str:
    if command in ("^", "_"):
        small = raised(text) if command == "^" else lowered(text)
        plain = text if len(text) == 1 or text.isalnum() else f"{{{text}}}"
        return small or command + plain
    if command in _ACCENTS:
        return text[:1] + _ACCENTS[command] + text[1:]
    return f"/{text}" if command == "over" else text


def _greek(command: str) -> str:
    """Return the Greek letter a command names, else the command as it stands."""
    size = "CAPITAL" if command[0].isupper() else "SMALL"
    name = "LAMDA" if command.lower() == "lambda" else command.upper()
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {name}")
    except KeyError:
        return f"\\{command}"


@lru_cache(maxsize=65536)
def typeset_name(name: str) -> str:
    """Return a name of a file as it is written on the board.

    >>> " ".join(map(typeset_name, ("yhat", "w1", "w_1_12", "theta", "dL_dw", "x_true", "h.1")))
    'ŷ w₁ w⁽¹⁾₁₂ θ ∂L/∂w x_true h.1'
    """
    inner = _INNER.fullmatch(name)
    if inner:
        return f"{typeset_name(inner[1])}.{inner[2]}"
    written = plain_math(name_latex(name))
    return name if not written or "{" in written else written


def typeset_node(graph: Graph, node: int) -> str:
    """Return a node's name: the label its line was given, else its typeset name."""
    index = graph.line_of(node)
    label = graph.labels.get(index, "")
    if not label:
        return typeset_name(graph.name(node))
    if node == graph.line_ends[index] - 1:
        return plain_math(label)
    return f"{plain_math(label)}.{graph.name(node).rpartition('.')[2]}"


def typeset_formula(
    text: str, spell: Callable[[str], str] = typeset_name, adjoint: Callable[[str], str] = str
) -> str:
    """Return a formula of the expression language as it is written on the board.

    Args:
        text: the formula; text that is no formula comes back as it is.
        spell: how a name is written.
        adjoint: how ``adj(name)`` is written, from the spelled name.

    >>> typeset_formula("sigmoid(w1*x) - yhat^2")
    'σ(w₁·x) − ŷ²'
    >>> typeset_formula("X^T @ adj(Z)", adjoint=lambda name: f"∂L/∂{name}")
    'Xᵀ @ ∂L/∂Z'
    >>> typeset_formula("2*x + x^2*y")
    '2x + x²·y'
    """
    pieces = _BOARD_SIGNS.split(unicodedata.normalize("NFC", text))
    try:
        read = [_tokens(piece) if k % 2 == 0 else [] for k, piece in enumerate(pieces)]
    except GraphgradError:
        return text
    return "".join(
        _Formula(piece, tokens, spell, adjoint).written()
        for piece, tokens in zip(pieces, read, strict=True)
    )


def _tokens(piece: str) -> list[Token]:
    """Return the tokens of a piece; the names of inner operations have a pattern of their own."""
    return tokenize(piece, _DIALECT if "." in piece else _PLAIN)


class _Formula:
    """Walk over the tokens of a formula and write each in its place."""

    def __init__(
        self,
        text: str,
        tokens: list[Token],
        spell: Callable[[str], str],
        adjoint: Callable[[str], str],
    ) -> None:
        self.text = unicodedata.normalize("NFC", text)
        self.tokens = tokens
        self.spell = spell
        self.adjoint = adjoint
        self.index = 0

    def written(self) -> str:
        """Return the whole formula, with its own spaces."""
        pieces: list[str] = []
        end = 0
        while self.index < len(self.tokens):
            token = self.tokens[self.index]
            pieces.append(self.text[end : token.start])
            pieces.append(self.piece(token))
            end = self.tokens[self.index].end
            self.index += 1
        return "".join([*pieces, self.text[end:]])

    def piece(self, token: Token) -> str:
        """Return one token; a power, a transpose and ``adj(...)`` take in what follows."""
        if token.kind == "name":
            return self.name(token)
        if token.value == "^":
            return self.power()
        if token.kind == "transpose":
            return "ᵀ"
        if token.kind == "superscript":
            return raised(token.value)
        if token.kind == "shape":
            return token.value.replace("x", "×")
        if token.value == "*" and self.follows_number():
            called = self.ahead(2) == "(" and len(_FUNCTIONS.get(self.ahead(1), self.ahead(1))) > 1
            return " " if called and self.ahead(1) != "adj" else ""
        return _SIGNS.get(token.value, token.value)

    def name(self, token: Token) -> str:
        """Return a name, a function's sign or an adjoint."""
        if self.ahead(1) != "(":
            return "π" if token.value == "pi" else self.spell(token.value)
        if token.value == "adj" and self.ahead(3) == ")":
            inner = self.tokens[self.index + 2]
            self.index += 3
            written = self.adjoint(self.spell(inner.value))
            after = self.tokens[self.index + 1] if self.ahead(1) else None
            raised = after is not None and (after.kind == "transpose" or after.value in "^[")
            return f"({written})" if raised and "/" in written else written
        return _FUNCTIONS.get(token.value, token.value)

    def power(self) -> str:
        """Return a raised exponent where it is a number or a letter, else the caret."""
        sign = "-" if self.ahead(1) == "-" else ""
        place = self.index + 1 + len(sign)
        if place < len(self.tokens):
            token = self.tokens[place]
            letter = token.kind == "name" and len(token.value) == 1
            small = raised(sign + token.value) if token.kind == "number" or letter else ""
            if small and self.ahead(place + 1 - self.index) != "(":
                self.index = place
                return small
        return "^"

    def follows_number(self) -> bool:
        """Tell whether a product is a numeral times a letter or bracket: 2x, 2(a + b)."""
        before = self.tokens[self.index - 1] if self.index else None
        after = self.tokens[self.index + 1] if self.index + 1 < len(self.tokens) else None
        if before is None or after is None or before.kind != "number":
            return False
        raised_or_divided = self.index > 1 and self.tokens[self.index - 2].value in ("^", "/")
        return not raised_or_divided and (after.kind == "name" or after.value == "(")

    def ahead(self, distance: int) -> str:
        """Return the value of a later token, empty past the end."""
        place = self.index + distance
        return self.tokens[place].value if place < len(self.tokens) else ""
