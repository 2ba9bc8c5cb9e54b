"""Make any label valid TeX: what could end, comment out or break its node is escaped.

A label of a user may read as math for the figure and still not be valid TeX: the typesetter of the
figure knows commands that TeX lacks, and leaves a bare ``%``, open braces and text alone that TeX
does not. Only the commands listed below are set as they are: a command for a character is defined
where a document lacks it, a few others are rewritten, and a label with any other is set as plain
words. What is not ASCII is written by commands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from graphgrad.symbolic.write.words_latex import escaped, printable, text_tex
from graphgrad.views.figure.typeset.latex_commands import symbol_number

__all__ = ["comment", "is_allowed", "math", "plain", "provided", "rewritten"]


_COMMAND = re.compile(r"\\([A-Za-z]+)")
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\{([^}]*)\}")
_COLOUR = re.compile(r"\\(?:text)?color\{([^}]*)\}")
_WORDS = re.compile(
    r"\\(?:text|textbf|textit|textrm|textsf|texttt|textnormal|mbox)"
    r"\{(?:[^\\{}]|\\[^A-Za-z]|\\text[a-z]+\{\})*\}"
)
_TIGHT = re.compile(
    r"([_^]|\\(?:hat|bar|tilde|vec|dot|ddot|widehat|widetilde|overline))\s*"
    r"(\\[A-Za-z]+\{[^{}]*\}|\\(?:hat|bar|tilde|vec|dot)\s*[A-Za-z])"
)
_SCRIPT_PRIME = re.compile(r"[_^]\s*'")
_BARE_ACCENT = re.compile(r"\\([A-Za-z]+)\s*(?=$|[}^_&]|\\[^A-Za-z])")
_COLOURS = frozenset({"black", "blue", "brown", "cyan", "gray", "green", "lime", "magenta",
    "olive", "orange", "pink", "purple", "red", "teal", "violet", "white", "yellow"})  # fmt: skip
_ENVIRONMENTS = frozenset({"array", "cases", "matrix", "pmatrix", "bmatrix", "Bmatrix",
    "vmatrix", "Vmatrix", "smallmatrix", "aligned", "gathered"})  # fmt: skip
_ACCENTS = frozenset({"acute", "bar", "breve", "check", "dddot", "ddot", "dot", "grave", "hat",
    "mathring", "overbrace", "overleftarrow", "overleftrightarrow", "overline", "overrightarrow",
    "sqrt", "tilde", "underbrace", "underleftarrow", "underline", "underrightarrow", "vec",
    "widehat", "widetilde"})  # fmt: skip
_STRUCTURE = frozenset({"begin", "end", "frac", "dfrac", "tfrac", "binom", "over", "choose",
    "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr",
    "overset", "underset", "stackrel", "substack", "boxed", "phantom", "limits", "nolimits",
    "mathbb", "mathbf", "mathcal", "mathfrak", "mathit", "mathrm", "mathsf", "mathtt",
    "boldsymbol", "operatorname", "displaystyle", "textstyle", "scriptstyle", "color", "textcolor",
    "quad", "qquad", "log", "ln", "lg", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "arcsin",
    "arccos", "arctan", "sinh", "cosh", "tanh", "coth", "max", "min", "sup", "inf", "lim", "det",
    "dim", "ker", "deg", "arg", "gcd", "hom", "Pr", "limsup", "liminf", "bmod", "pmod", "not",
    "xrightarrow", "xleftarrow", "lVert", "rVert", "lvert", "rvert"})  # fmt: skip
_REWRITTEN = {"bm": r"\boldsymbol", "mathscr": r"\mathcal",
    "argmax": r"\operatorname*{arg\,max}", "argmin": r"\operatorname*{arg\,min}",
    "sh": r"\operatorname{sh}", "ch": r"\operatorname{ch}", "th": r"\operatorname{th}",
    "tg": r"\operatorname{tg}", "ctg": r"\operatorname{ctg}", "arctg": r"\operatorname{arctg}",
}  # fmt: skip
_INNER = {"align": "aligned", "align*": "aligned", "gather": "gathered", "gather*": "gathered"}
_USUAL = frozenset({"alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta",
    "theta", "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "phi", "varphi", "psi",
    "omega", "Gamma", "Delta", "Theta", "Lambda", "Sigma", "Phi", "Psi", "Omega", "partial",
    "cdot", "cdots", "times", "sum", "prod", "odot", "otimes", "top", "ell", "infty", "leq", "geq",
    "neq", "to", "rightarrow", "nabla", "pm"})  # fmt: skip
_STRANGE = frozenset({"Dot", "Vec", "ddddot", "zproject", "underbar"})
"""Characters to the figure's typesetter, something else to TeX."""
_TOKEN = re.compile(r"\\.|[{}%#$&]|\^\^", re.DOTALL)
_MARKS = re.compile(r"\\.|[%#$]", re.DOTALL)
_TEXT_WORDS = re.compile(r"(\\(?:text[a-z]*|mbox)\{)([^{}]*)\}")
_IN_WORDS = re.compile(r"\\.|[_^&]", re.DOTALL)
_FOREIGN = re.compile(r"[^\x00-\x7e]")
_LOW = re.compile(r"[₀-₉]+")
_ESCAPED = {"_": r"\_", "^": r"\textasciicircum{}", "&": r"\&"}
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


def rewritten(tex: str) -> str:
    r"""Return LaTeX with what TeX knows under another name, and braces where TeX needs them.

    >>> rewritten(r"\bm{W} \argmax_x \begin{align}a\end{align}")
    '\\boldsymbol{W} \\operatorname*{arg\\,max}_x \\begin{aligned}a\\end{aligned}'
    """
    inner = _ENVIRONMENT.sub(lambda m: m[0].replace(m[1], _INNER.get(m[1], m[1])), tex)
    known = _COMMAND.sub(lambda match: _REWRITTEN.get(match[1], match[0]), inner)
    return _TIGHT.sub(r"\1{\2}", known)


def is_allowed(tex: str) -> bool:
    r"""Tell whether TeX sets LaTeX as it stands, its braces being in order.

    >>> is_allowed(r"\frac{a}{b} \text{50 \%}"), is_allowed(r"\cr"), is_allowed(r"\text{a{b}}")
    (True, False, False)
    """
    if any(name not in _ENVIRONMENTS for name in _ENVIRONMENT.findall(tex)):
        return False
    if any(name not in _COLOURS for name in _COLOUR.findall(tex)):
        return False
    if _SCRIPT_PRIME.search(tex) or any(name in _ACCENTS for name in _BARE_ACCENT.findall(tex)):
        return False
    return all(map(_is_known, _COMMAND.findall(_WORDS.sub("", tex))))


def _is_known(command: str) -> bool:
    if command in _STRUCTURE or command in _ACCENTS:
        return True
    return command not in _STRANGE and symbol_number(command) is not None


def provided(body: Iterable[str]) -> Iterator[str]:
    r"""Yield definitions of the characters that a document may lack.

    >>> list(provided([r"\alpha \smiley"]))
    ['\\providecommand{\\smiley}{\\ggchar{263A}{9786}}%']
    """
    used = {name for line in body for name in _COMMAND.findall(line)}
    for name in sorted(used - _USUAL - _STRUCTURE - _ACCENTS):
        number = symbol_number(name)
        if number is not None:
            letter = re.fullmatch(r"Bbb([A-Z])", name)
            shown = (
                rf"\mathbb{{{letter[1]}}}" if letter else rf"\ggchar{{{number:04X}}}{{{number}}}"
            )
            yield rf"\providecommand{{\{name}}}{{{shown}}}%"


_SYMBOLS = {
    "−": "-", "×": r"\times", "·": r"\cdot", "÷": r"\div", "±": r"\pm", "∂": r"\partial",
    "∑": r"\sum", "√": r"\surd", "∞": r"\infty", "≤": r"\leq", "≥": r"\geq", "≠": r"\neq",
    "→": r"\rightarrow", "←": r"\leftarrow", "∇": r"\nabla", "²": "{}^{2}", "³": "{}^{3}",
    "≈": r"\approx", "∈": r"\in", "⊤": r"\top", "ℓ": r"\ell",
}  # fmt: skip


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
    line = _TEXT_WORDS.sub(lambda match: f"{match[1]}{_escaped_words(match[2])}}}", line)
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
    >>> plain("b₁₂")
    'b\\ensuremath{_{12}}'
    """
    words = printable(text).split()
    cut = (word if len(word) <= _LONGEST else f"{word[:_LONGEST]}…" for word in words)
    written = _LOW.sub(_lowered, escaped(" ".join(cut)))
    return _FOREIGN.sub(lambda match: _drawn(match[0], in_math=False), written)


def _lowered(digits: re.Match[str]) -> str:
    """Return low digits as a subscript: few fonts have them."""
    return rf"\ensuremath{{_{{{unicodedata.normalize('NFKC', digits[0])}}}}}"


def comment(text: str) -> str:
    """Return text as the rest of a comment: one line, ASCII or not."""
    return " ".join(printable(text).split())
