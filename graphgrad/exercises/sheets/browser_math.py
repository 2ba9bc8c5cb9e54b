r"""Write a subset of LaTeX as MathML, which browsers show without any script."""

from __future__ import annotations

import re
from html import escape

from graphgrad.expr.vocabulary import GREEK

__all__ = ["mathml"]

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\{?[.,]\}?\d+)*|\s+|.", re.DOTALL)
_LETTERS = {name: letter for letter, name in reversed(GREEK.items())}
_SIGNS = {
    "cdot": "·", "times": "×", "partial": "∂", "nabla": "∇", "top": "⊤", "le": "≤", "leq": "≤",
    "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "to": "→", "rightarrow": "→",
    "in": "∈", "sum": "∑", "prod": "∏", "infty": "∞", "ell": "ℓ", "pm": "±", "odot": "⊙",
    "otimes": "⊗", "ldots": "…", "dots": "…", "cdots": "⋯", "!": "", "{": "{", "}": "}",
    "|": "‖", "prime": "′", "lVert": "‖", "rVert": "‖", "Vert": "‖", "lvert": "|", "rvert": "|",
    "vert": "|", "mid": "|", "langle": "⟨", "rangle": "⟩", "circ": "∘", "mapsto": "↦",
}  # fmt: skip
_SPACES = {",": "0.17em", ";": "0.28em", " ": "0.33em", "quad": "1em", "qquad": "2em"}
_ACCENTS = {"hat": "^", "widehat": "^", "bar": "¯", "overline": "¯", "tilde": "~", "vec": "→"}
_WORDS = ("text", "mathrm", "operatorname", "mathbf", "mathbb", "mathcal", "boldsymbol", "mathit")
_FUNCTIONS = ("log", "ln", "exp", "sin", "cos", "tan", "tanh", "max", "min", "sinh", "cosh")
_FENCES = {"bmatrix": ("[", "]"), "pmatrix": ("(", ")"), "vmatrix": ("|", "|"), "cases": ("{", "")}
_BEFORE_SIGN = (*"=([,;{<>&", r"\\", r"\approx", r"\cdot", r"\left")
"""What a minus stands close behind, because it is a sign there."""

_DEEPEST = 40


def mathml(latex: str, *, block: bool = False, large: bool = False) -> str:
    r"""Return a formula as a ``<math>`` element; an unknown command is shown by its name.

    >>> mathml(r"w_1 = \frac{1}{2}")
    '<math><msub><mi>w</mi><mn>1</mn></msub><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math>'
    """
    tokens = [token for token in _TOKEN.findall(latex[:4000]) if not token.isspace()]
    inner = "".join(_Reader(tokens).sequence(""))
    kind = ' display="block"' if block else ' displaystyle="true"' if large else ""
    return f"<math{kind}>{inner}</math>"


class _Reader:
    """Read tokens one after another."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.index = 0
        self.depth = 0

    def sequence(self, closing: str) -> list[str]:
        """Return the elements up to a closing token."""
        found: list[str] = []
        while self.index < len(self.tokens):
            if self.tokens[self.index] == closing:
                self.index += 1
                break
            found.append(self.scripted())
        return found

    def scripted(self) -> str:
        """Return an element with what is raised and lowered behind it."""
        base = self.element()
        marks: dict[str, str] = {}
        while self._next() in ("^", "_", "'") and len(marks) < 2:
            sign = self.tokens[self.index]
            self.index += 1
            if sign == "'":
                marks["^"] = "<mo>′</mo>"
            else:
                marks[sign] = self.element()
        if len(marks) == 2:
            return f"<msubsup>{base}{marks['_']}{marks['^']}</msubsup>"
        if "_" in marks:
            return f"<msub>{base}{marks['_']}</msub>"
        return f"<msup>{base}{marks['^']}</msup>" if marks else base

    def element(self) -> str:
        """Return one element: a letter, a number, a group or a command with its arguments."""
        if self.index >= len(self.tokens) or self.depth > _DEEPEST:
            self.index = len(self.tokens) if self.depth > _DEEPEST else self.index
            return "<mrow></mrow>"
        token = self.tokens[self.index]
        self.index += 1
        if token == "{":
            return self._group()
        if token.startswith("\\"):
            return self._command(token[1:])
        if token[0].isdigit():
            return f"<mn>{escape(token.replace('{', '').replace('}', ''))}</mn>"
        if token.isalpha():
            return f"<mi>{escape(token)}</mi>"
        return self._operator(token)

    def _operator(self, token: str) -> str:
        """Return a sign; brackets keep their size, and a minus in front of all stands close."""
        before = self.tokens[self.index - 2] if self.index > 1 else "="
        kind = (
            ' stretchy="false"' if token in "()[]|" else ' rspace="0.3em"' if token in ",;" else ""
        )
        if token in "+-" and before in _BEFORE_SIGN:
            kind = ' form="prefix"'
        return f"<mo{kind}>{escape({'-': '−', '*': '·'}.get(token, token))}</mo>"

    def _group(self) -> str:
        self.depth += 1
        inner = self.sequence("}")
        self.depth -= 1
        return inner[0] if len(inner) == 1 else f"<mrow>{''.join(inner)}</mrow>"

    def _command(self, name: str) -> str:
        if name in ("frac", "dfrac", "tfrac"):
            return f"<mfrac>{self._argument()}{self._argument()}</mfrac>"
        if name == "sqrt":
            return f"<msqrt>{self._argument()}</msqrt>"
        if name in _ACCENTS:
            return f'<mover accent="true">{self._argument()}<mo>{_ACCENTS[name]}</mo></mover>'
        if name in _WORDS:
            return f"<mtext>{escape(self._words())}</mtext>"
        if name in ("left", "right", "big", "Big", "displaystyle"):
            return "" if self._next() != "." else self._skipped()
        if name == "begin":
            return self._table(self._words())
        if name in _LETTERS:
            return f"<mi>{_LETTERS[name]}</mi>"
        if name in _SPACES:
            return f'<mspace width="{_SPACES[name]}"/>'
        if name in _SIGNS:
            return f"<mo>{escape(_SIGNS[name])}</mo>"
        known = name in _FUNCTIONS
        return f"<mi>{name}</mi>" if known else f"<mtext>{escape(name)}</mtext>"

    def _table(self, kind: str) -> str:
        """Return an environment of rows and columns; unknown ones are plain tables."""
        rows: list[list[list[str]]] = [[[]]]
        self.depth += 1
        while self.index < len(self.tokens) and self.depth <= _DEEPEST:
            token = self.tokens[self.index]
            if token == "\\end":
                self.index += 1
                self._words()
                break
            if token == "&":
                rows[-1].append([])
            elif token == "\\\\":
                rows.append([[]])
            else:
                rows[-1][-1].append(self.scripted())
                continue
            self.index += 1
        self.depth -= 1
        cells = (("".join(f"<mtd>{''.join(cell)}</mtd>" for cell in row)) for row in rows)
        table = f"<mtable>{''.join(f'<mtr>{row}</mtr>' for row in cells)}</mtable>"
        left, right = _FENCES.get(kind, ("", ""))
        return f"<mrow>{_fence(left)}{table}{_fence(right)}</mrow>"

    def _argument(self) -> str:
        self.depth += 1
        found = self.element()
        self.depth -= 1
        return found

    def _skipped(self) -> str:
        self.index += 1
        return ""

    def _words(self) -> str:
        if self._next() != "{":
            self.index += 1
            return self.tokens[self.index - 1] if self.index <= len(self.tokens) else ""
        words: list[str] = []
        self.index += 1
        while self.index < len(self.tokens) and self.tokens[self.index] != "}":
            words.append(self.tokens[self.index])
            self.index += 1
        self.index += 1
        return "".join(words)

    def _next(self) -> str:
        return self.tokens[self.index] if self.index < len(self.tokens) else ""


def _fence(sign: str) -> str:
    return f"<mo>{sign}</mo>" if sign else ""
