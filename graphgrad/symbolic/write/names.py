"""Typeset names: ŷ for yhat, subscripts for digits, ∂ for names such as dL_dw."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from graphgrad.expr.vocabulary import GREEK, GREEK_COMMANDS
from graphgrad.graph.graph import Graph
from graphgrad.graph.groups import group_parts
from graphgrad.ops.row import ATOM, POWER
from graphgrad.ops.text import Written
from graphgrad.symbolic.write.words_latex import text_tex

__all__ = ["derivative_latex", "name_latex", "node_latex", "written_name"]

_ACCENTS = ("hat", "bar", "tilde", "vec", "dot")
_MARKS = {
    "\u0302": "hat",
    "\u0303": "tilde",
    "\u0304": "bar",
    "\u0305": "bar",
    "\u0307": "dot",
    "\u20d7": "vec",
}
_GREEK = re.compile(
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|"
    "upsilon|phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega"
)
_NUMBERED = re.compile(r"([A-Za-z])([0-9]*(?:_[0-9]+)*)")
"""A letter with numbers, as nearly all names of a large network."""
_LOSSES = frozenset({"loss", "cost", "coste", "error"})
_INNER = re.compile(r"(.+)\.(\d+)")
_DERIVATIVE = re.compile(r"d(.+?)_d(.+)")
_SUBSCRIPTED = re.compile(r"([^\[\]]+)((?:\[[^\[\]]+\])+)")
_WORD = 3
"""Letters that a mark has at least to be a word of its own."""
_STEM = re.compile(r"(.*?)((?<!\d)\d*+)")


@lru_cache(maxsize=65536)
def name_latex(name: str) -> str:
    r"""Return a name as LaTeX.

    Args:
        name: a name as files write it; ``h.1`` names the first operation inside the line h.

    >>> [name_latex(name) for name in ("yhat", "w1", "w_1_12", "theta", "x_true")]
    ['\\hat{y}', 'w_{1}', 'w^{(1)}_{12}', '\\theta', 'x_{\\mathrm{true}}']
    >>> name_latex("dL_dw"), name_latex("h.1"), name_latex("mse_loss_2")
    ('\\frac{\\partial L}{\\partial w}', 'h_{.1}', '\\text{mse\\_loss}_{2}')
    >>> [name_latex(name) for name in ("w[2,1]", "z1[2]", "h[2].z", "p.exp[1]")]
    ['w_{21}', 'z^{(1)}_{2}', 'h_{2}.z', 'p.\\mathrm{exp}_{1}']
    >>> [name_latex(name) for name in ("ŷ", "θ_1", "Δw", "x̄2", "año")]
    ['\\hat{y}', '\\theta_{1}', '\\Delta w', '\\bar{x}_{2}', '\\mathrm{año}']
    """
    numbered = _NUMBERED.fullmatch(name)
    if numbered:
        return numbered[1] + _scripts([mark for mark in numbered[2].split("_") if mark])
    inner = _INNER.fullmatch(name)
    if inner:
        return _inner_latex(name_latex(inner[1]), inner[2])
    dotted = group_parts(name)
    if len(dotted) > 1:
        return ".".join(map(name_latex, dotted))
    subscripted = _SUBSCRIPTED.fullmatch(name)
    if subscripted:
        return _quantity_latex(subscripted[1], _subscripts(subscripted[2]))
    derivative = _DERIVATIVE.fullmatch(name)
    if derivative and all(map(_is_quantity, derivative.groups())):
        return derivative_latex(name_latex(derivative[1]), name_latex(derivative[2]))
    return _quantity_latex(name)


def _subscripts(brackets: str) -> str:
    """Return what stands in brackets as it is written on the board: 21 for ``[2,1]``."""
    groups = [inner.split(",") for inner in brackets[1:-1].split("][")]
    joined = ("" if all(len(text) == 1 for text in texts) else "," for texts in groups)
    return ",".join(sign.join(texts) for sign, texts in zip(joined, groups, strict=True))


def _quantity_latex(name: str, subscripts: str = "") -> str:
    """Return a name without dots as LaTeX, the subscripts of an entry behind its own."""
    parts = [part for part in name.split("_") if part]
    if not parts:
        return name.replace("_", r"\_")
    letters, digits = _split(parts[0])
    if not digits and len(parts) > 1 and parts[1] in _ACCENTS and _is_short(letters):
        letters += parts.pop(1)
    if _is_phrase(letters, parts[1:]):
        behind = parts[-1:] if parts[-1].isdigit() else []
        words = text_tex("_".join(parts[: len(parts) - len(behind)]))
        return words + (_entry_scripts(behind, subscripts) if subscripts else _scripts(behind))
    marks = ([digits] if digits else []) + parts[1:]
    return _symbol(letters) + (_entry_scripts(marks, subscripts) if subscripts else _scripts(marks))


def _is_phrase(letters: str, behind: Sequence[str]) -> bool:
    """Tell whether a name is several words: ``cross_entropy_loss``, but not ``x_true``, ``h_n``."""
    if _is_symbol(letters):
        return False
    lengths = [len(_split(part)[0]) for part in behind if not part.isdigit()]
    return len(lengths) > 1 or any(length >= _WORD for length in lengths)


def derivative_latex(of: str, by: str) -> str:
    """Return the partial derivative of one quantity by another, both in LaTeX."""
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"


def node_latex(graph: Graph, node: int, name: str = "") -> str:
    """Return a node's name in LaTeX: the label its line was given, else its typeset name.

    Args:
        graph: the graph.
        node: the node.
        name: its name, if it is known already.
    """
    name = name or graph.name(node)
    label = graph.labels.get(graph.line_of(node)) if graph.labels else None
    head, dot, number = name.rpartition(".")
    if dot and head in graph.line_index and name not in graph.line_index:  # s.W, s.c1 are lines
        return _inner_latex(label or name_latex(head), number)
    return label or name_latex(name)


def written_name(graph: Graph, node: int) -> Written:
    """Return a node's LaTeX name as a piece of formula; raised marks bind like a power."""
    return raised(node_latex(graph, node))


def raised(latex: str) -> Written:
    """Return a LaTeX name as a piece: one that has a superscript takes no second one."""
    return Written(latex, POWER if "^" in latex or "'" in latex else ATOM)


def _inner_latex(latex: str, number: str) -> str:
    r"""Return a name with a number in its subscript; braces keep a second one from being an error.

    >>> _inner_latex("w_{1}", "2"), _inner_latex(r"\ell_1", "2"), _inner_latex("x_{1}^{2}", "3")
    ('w_{1.2}', '{\\ell_1}_{.2}', '{x_{1}^{2}}_{.3}')
    """
    head, mark, script = latex.rpartition("_{")
    if mark and _closes_at_its_end(script):
        return f"{head}_{{{script[:-1]}.{number}}}"
    return f"{{{latex}}}_{{.{number}}}" if "_" in latex else f"{latex}_{{.{number}}}"


def _closes_at_its_end(script: str) -> bool:
    """Tell whether the brace opened before a text is closed by its last character, no earlier."""
    depths = list(accumulate(((c == "{") - (c == "}") for c in script), initial=1))
    return depths[-1] == 0 and 0 not in depths[:-1]


def _split(stem: str) -> tuple[str, str]:
    """Return the letters of a name and the digits behind them."""
    match = _STEM.fullmatch(stem)
    assert match is not None
    return (match[1], match[2]) if match[1] else (stem, "")


def _is_greek(letters: str) -> bool:
    return _GREEK.fullmatch(letters) is not None


def _is_short(letters: str) -> bool:
    """Tell whether letters are one symbol on the board: x, theta, x with an accent."""
    plain = [c for c in letters if not unicodedata.combining(c)]
    return len(plain) == 1 or _is_greek(letters)


def _is_quantity(name: str) -> bool:
    """Tell whether a name reads as one quantity, so that dL_dw is a derivative."""
    letters, _ = _split(name.split("_")[0])
    return _is_short(letters) or _accent(letters) is not None or letters in _LOSSES


def _is_symbol(letters: str) -> bool:
    """Tell whether letters are one symbol, with an accent or as a difference."""
    plain = letters.removeprefix("Δ") or letters
    return _is_short(letters) or _is_short(plain) or _accent(letters) is not None


def _accent(letters: str) -> tuple[str, str] | None:
    """Return the letter and the accent of a name such as yhat."""
    for accent in _ACCENTS:
        if letters.endswith(accent) and _is_short(letters[: -len(accent)]):
            return letters[: -len(accent)], accent
    return None


def _symbol(letters: str) -> str:
    if _is_greek(letters):
        return f"\\{letters}"
    if _is_short(letters):
        return _letter(letters)
    if letters[0] == "Δ" and _is_short(letters[1:]):
        return rf"\Delta {_letter(letters[1:])}"
    accented = _accent(letters)
    if accented is not None:
        return rf"\{accented[1]}{{{_symbol(accented[0])}}}"
    return rf"\mathrm{{{letters}}}"


def _letter(letter: str) -> str:
    """Return one letter, Greek or accented ones as the commands that every typesetter knows."""
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    result = GREEK_COMMANDS[GREEK[base]] if base in GREEK else base
    for mark in marks:
        if mark not in _MARKS:
            return letter
        result = rf"\{_MARKS[mark]}{{{result}}}"
    return result


def _scripts(parts: list[str]) -> str:
    """Return the marks behind a symbol; of two numbers, the first is the layer."""
    if not parts:
        return ""
    numbers = all(map(str.isdigit, parts))
    texts = parts if numbers else [_script(part) for part in parts]
    if numbers and len(parts) > 1:
        return f"^{{({texts[0]})}}_{{{','.join(texts[1:])}}}"
    return f"_{{{','.join(texts)}}}"


def _entry_scripts(parts: list[str], subscripts: str) -> str:
    """Return the marks of an entry: a number in its array's name is the layer."""
    if len(parts) == 1 and parts[0].isdigit():
        return f"^{{({parts[0]})}}_{{{subscripts}}}"
    head, mark, last = _scripts(parts).rpartition("_{")
    return f"{head}_{{{last[:-1]},{subscripts}}}" if mark else f"_{{{subscripts}}}"


def _script(part: str) -> str:
    letters, digits = _split(part)
    if _is_greek(letters):
        return f"\\{letters} {digits}".rstrip()
    if _is_short(letters):
        return f"{_letter(letters)} {digits}".rstrip() if letters in GREEK else part
    return part if part.isdigit() else _word(part)


def _word(part: str) -> str:
    return rf"\mathrm{{{part}}}"
