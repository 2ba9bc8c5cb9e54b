r"""Make any label valid TeX: what could end, comment out or break its node is escaped.

A label of a user may read as math for the figure and still not be valid TeX (a bare ``%``, a stray
``&``); such a one is set as plain words. What is not ASCII is written by commands.
"""

from __future__ import annotations

import re
import unicodedata

from graphgrad.views.scene.tex.allowed import is_allowed, rewritten
from graphgrad.views.scene.wording import escaped, printable, text_tex

__all__ = ["comment", "math", "plain"]

_TOKEN = re.compile(r"\\.|[{}%#$&]|\^\^", re.DOTALL)
_MARKS = re.compile(r"\\.|[%#$]", re.DOTALL)
_WORDS = re.compile(r"(\\(?:text[a-z]*|mbox)\{)([^{}]*)\}")
_IN_WORDS = re.compile(r"\\.|[_^&]", re.DOTALL)
_FOREIGN = re.compile(r"[^\x00-\x7e]")
_ESCAPED = {"_": r"\_", "^": r"\textasciicircum{}", "&": r"\&"}
_SYMBOLS = {
    "−": "-", "×": r"\times", "·": r"\cdot", "÷": r"\div", "±": r"\pm", "∂": r"\partial",
    "∑": r"\sum", "√": r"\surd", "∞": r"\infty", "≤": r"\leq", "≥": r"\geq", "≠": r"\neq",
    "→": r"\rightarrow", "←": r"\leftarrow", "∇": r"\nabla", "²": "{}^{2}", "³": "{}^{3}",
    "≈": r"\approx", "∈": r"\in", "⊤": r"\top", "ℓ": r"\ell",
}  # fmt: skip
_GREEK = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
    "lambda", "mu", "nu", "xi", "o", "pi", "rho", "varsigma", "sigma", "tau", "upsilon", "phi",
    "chi", "psi", "omega",
)  # fmt: skip
_CAPITALS = {
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma",
    "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
_LONGEST = 40
_KNOWN = frozenset("¡¿…–—‘’“”ßæÆøØœŒłŁ")
_OF_T1 = frozenset("«»đĐþÞðÐ")
_ACCENTS_OF_T1 = "\u0328"  # the tail of ą


def math(tex: str) -> str:
    r"""Return LaTeX math that is safe between dollar signs, as words where it is not math to TeX.

    >>> math(r"\frac{1}{2}"), math("50 % of #1")
    ('\\frac{1}{2}', '50 \\% of \\#1')
    >>> math("a}b"), math("σ")
    ('\\text{a\\}b}', '\\ensuremath{\\sigma}')
    """
    line = rewritten(" ".join(printable(tex).split()))
    if not _is_whole(line) or not is_allowed(line):
        return _in_commands(text_tex(" ".join(tex.split())))
    line = _WORDS.sub(lambda match: f"{match[1]}{_escaped_words(match[2])}}}", line)
    line = _MARKS.sub(lambda mark: mark[0] if len(mark[0]) > 1 else rf"\{mark[0]}", line)
    return _in_commands(line)


def _is_whole(line: str) -> bool:
    """Tell whether braces close, no backslash is left over, and ``&`` stands in a table."""
    depth = 0
    for token in _TOKEN.findall(line):
        depth += {"{": 1, "}": -1}.get(token, 0)
        if depth < 0 or token == "^^" or (token == "&" and r"\begin" not in line):
            return False
    rest = _TOKEN.sub("", line)
    return depth == 0 and "\\" not in rest


def _escaped_words(words: str) -> str:
    return _IN_WORDS.sub(lambda mark: _ESCAPED.get(mark[0], mark[0]), words)


def _in_commands(line: str) -> str:
    """Return a line whose foreign characters are commands, valid in math and in words."""
    return _FOREIGN.sub(lambda match: _drawn(match[0]), line)


def _drawn(character: str, *, in_math: bool = True) -> str:
    symbol = _SYMBOLS.get(character) or _greek(character)
    if symbol:
        return rf"\ensuremath{{{symbol}}}"
    parts = unicodedata.decomposition(character).split()  # a letter and its accent
    latin = "\u00c0" <= character <= "\u017f" and bool(parts) and not parts[0].startswith("<")
    if character in _OF_T1 or (latin and chr(int(parts[-1], 16)) in _ACCENTS_OF_T1):
        return rf"\ggletter{{{character}}}"
    if latin or character in _KNOWN:
        return rf"\text{{{character}}}" if in_math else character
    return rf"\ggchar{{{ord(character):04X}}}{{{ord(character)}}}"


def _greek(character: str) -> str:
    place = ord(character) - ord("α")
    name = _GREEK[place] if 0 <= place < len(_GREEK) else _CAPITALS.get(character, "")
    return f"\\{name}" if len(name) > 1 else name


def plain(text: str) -> str:
    r"""Return words for the text of a document, in which nothing acts; very long ones are cut.

    >>> plain("∂L/∂w_1 = 50 %")
    '\\ensuremath{\\partial}L/\\ensuremath{\\partial}w\\_1 = 50 \\%'
    """
    words = printable(text).split()
    cut = (word if len(word) <= _LONGEST else f"{word[:_LONGEST]}…" for word in words)
    return _FOREIGN.sub(lambda match: _drawn(match[0], in_math=False), escaped(" ".join(cut)))


def comment(text: str) -> str:
    """Return text as the rest of a comment: one line, ASCII or not."""
    return " ".join(printable(text).split())
