r"""Know which LaTeX of a label is LaTeX to TeX as well: only what stands here is set as it is.

The figure's typesetter knows commands that TeX lacks, and leaves open braces and text alone that
TeX does not. A command for a character is defined where a document lacks it; of the others a few
are rewritten, and a label with any other is set as plain words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from graphgrad.views.scene.latex_commands import symbol_number

__all__ = ["is_allowed", "provided", "rewritten"]

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


_STRANGE = frozenset({"Dot", "Vec", "ddddot", "zproject", "underbar"})
"""Characters to the figure's typesetter, something else to TeX."""


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
