r"""Write a piece of LaTeX, such as a name or a label, in plain Unicode."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["lowered", "plain_math", "raised"]

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
