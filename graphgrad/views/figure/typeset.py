"""Write names and formulas as they look on the board, in plain Unicode: ŷ, w₁, x², σ(z), ∂L/∂w."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from graphgrad.errors import GraphgradError
from graphgrad.expr import Dialect, Token, tokenize
from graphgrad.graph.graph import Graph
from graphgrad.symbolic.names import name_latex
from graphgrad.views.figure.plain_math import plain_math, raised

__all__ = ["typeset_formula", "typeset_name", "typeset_node"]

_INNER = re.compile(r"(.+)\.(c?\d+)")
_DIALECT = Dialect(inner_names=True, superscripts=True)
_FUNCTIONS = {
    "sigmoid": "σ",
    "sqrt": "√",
    "relu": "ReLU",
    "leaky_relu": "LeakyReLU",
    "elu": "ELU",
    "gelu": "GELU",
    "silu": "SiLU",
}
_SIGNS = {"*": "·", "-": "−", "<=": "≤", ">=": "≥", "!=": "≠", "==": "="}


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
    try:
        tokens = tokenize(unicodedata.normalize("NFC", text), _DIALECT)
    except GraphgradError:
        return text
    return _Formula(text, tokens, spell, adjoint).written()


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
        return "".join(pieces)

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
            return ""
        return _SIGNS.get(token.value, token.value)

    def name(self, token: Token) -> str:
        """Return a name, a function's sign or an adjoint."""
        if self.ahead(1) != "(":
            return "π" if token.value == "pi" else self.spell(token.value)
        if token.value == "adj" and self.ahead(3) == ")":
            inner = self.tokens[self.index + 2]
            self.index += 3
            return self.adjoint(self.spell(inner.value))
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
