"""Write formulas in the words of a course, not in the names of operations.

What only lays entries out is left out. A convolution is read as a product with the windows of an
image, pooling as a mean or a maximum over each of them, and what flows back as a sum over windows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import language, text
from graphgrad.symbolic.write.latex_movement import is_of_a_layer
from graphgrad.views.text.plain_math import typeset_formula

__all__ = ["course_text", "formula_on_board", "in_course_words"]

_SHAPES = re.compile(
    r", (?:shape|stride|axis|axes|keepdims|padding|dilation|width)="
    r"(?:\[[^\]]*\]|\([^()]*\)|[^,()]+)(?=[,)])"
)
_LARGEST = re.compile(r"\[(?P<all>windows\(.*\)) (?:==|=) max\((?P=all)\)\]")
_SIZE = re.compile(r"size=(?P<size>[^,]+)")


def course_text(told: str, rank: int | None = None) -> str:
    """Return a formula as it is written on the board, in the language in force.

    Args:
        told: the formula.
        rank: how many axes its arrays have; of a matrix, axes are rows and columns.

    >>> course_text("reshape(reshape(dL/da.z, shape=2x36) @ a.p^T, shape=2x1x3x3)")
    'dL/da.z @ a.pᵀ'
    >>> course_text("mean(windows(a, size=2x2, stride=2x2), axis=[2, 3])")
    'mean over each 2×2 window of a'
    >>> course_text("fold(dL/dp/4, shape=2x6x6)"), course_text("-xlogy(t, y)")
    ('Σ over windows: dL/dp/4', '−t·log(y)')
    >>> course_text("p*(g - sum(g*p, axis=2))", 2)
    'p·(g − (sum over each row of g·p))'
    >>> course_text("2*w - 1"), course_text("[dL/di ⊙ i → 1:2]")
    ('2w − 1', '[dL/di ⊙ i → 1:2]')
    """
    return _on_board(told, rank, language())


@lru_cache(maxsize=4096)
def _on_board(told: str, rank: int | None, _language: str) -> str:
    """Return the formula; the pane of the step and that of the box ask for the same ones."""
    words = in_course_words(typeset_formula(_SHAPES.sub("", _along(told, rank)), spell=str))
    return _ones_worded(words)


def _ones_worded(told: str) -> str:
    """Return a product with a vector of ones as what it does: a sum, or the same in every row.

    >>> _ones_worded("dL/dz @ 1₄"), _ones_worded("1₄ @ dL/dm/4")
    ('dL/dz (summed over the 4 places where each entry is used)', 'dL/dm/4 in each of the 4 rows')
    """
    for pattern, message in _ONES:
        found = pattern.fullmatch(told)
        if found is not None and not _TOP_SUM.search(_BRACKETED.sub("", found["what"])):
            count = found["count"].translate(_DIGITS)
            if message == "told.over_uses":
                return f"{found['what']} ({text(message, count=count)})"
            return text(message, what=found["what"], count=count)
    return told


def formula_on_board(graph: Graph, node: int, formula: str) -> str:
    """Return the formula of a line: an author's as it was written, a layer's own in words."""
    if not is_of_a_layer(graph, node):
        return typeset_formula(formula, spell=str)
    read = graph.columns.parents_of(node)
    return course_text(formula, len(graph.columns.shape(read[0])) if len(read) else None)


def in_course_words(told: str) -> str:
    """Return numbers or a sentence with the operations in them worded.

    >>> in_course_words("At max(windows(r, size=2x2, stride=2x2), axis=[2, 3]) two entries tie.")
    'At (max over each 2×2 window of r) two entries tie.'
    """
    return _worded(_LARGEST.sub(_is_largest, _SHAPES.sub("", told)))


def _along(told: str, rank: int | None) -> str:
    """Return a formula in which the axis of a sum is told before it: the settings are dropped.

    The words take the place of the name, so that what is in the brackets is worded as any formula.
    """
    place = 0
    while (found := _REDUCED.search(told, place)) is not None:
        end = _closing(told, found.end() - 1)
        args = _arguments(told[found.end() : end])
        axis = next((arg[5:] for arg in args if arg.startswith("axis=")), "")
        place = found.end()
        if axis.isdigit() and not args[0].startswith("windows("):
            word = f"{_AXES.get((rank, axis), _ALONG)}{axis}_{found[1]}"
            told = f"{told[: found.start()]}{word}({args[0]}){told[end + 1 :]}"
            place = found.start() + len(word)
    return told


def _reduced(name: str, args: list[str]) -> str:
    """Return a sum along an axis, of rows or of columns."""
    kind, axis, op = _KIND.fullmatch(name).groups()  # type: ignore[union-attr]
    named = text(f"told.name_{op}")
    return text(_MESSAGES[kind], name=named, axis=axis, of=args[0])


def _worded(told: str) -> str:
    """Return a formula whose calls are worded, the outermost first."""
    place = 0
    while (found := _CALL.search(told, place)) is not None:
        end = _closing(told, found.end() - 1)
        args = _arguments(told[found.end() : end])
        words = _WORDS.get(found[1], _reduced)(found[1], args)
        if words is None:
            place = found.end()
            continue
        before = told[: found.start()]
        alone = (not before or before.endswith("= ")) and end + 1 >= len(told)
        if not alone and " " in words and (found[1] in _SENTENCES or found[1] not in _WORDS):
            words = f"({words})"
        if alone and words.startswith("(") and _closing(words, 0) == len(words) - 1:
            words = words[1:-1]
        told = before + words + told[end + 1 :]
        place = found.start()
    return told


def _inner(_name: str, args: list[str]) -> str:
    """Return what is only laid out anew; a sum keeps a pair of brackets."""
    return f"({args[0]})" if " + " in args[0] or " - " in args[0] else args[0]


def _windows(_name: str, args: list[str]) -> str:
    return text("told.windows", of=args[0], size=_size(args))


def _pooled(name: str, args: list[str]) -> str | None:
    """Return a mean or a maximum over windows; None of another one."""
    if not args[0].startswith("windows(") or _closing(args[0], 7) != len(args[0]) - 1:
        return None
    inside = _arguments(args[0][8:-1])
    return text(f"told.pooled_{name}", of=inside[0], size=_size(inside))


def _folded(_name: str, args: list[str]) -> str:
    return text("told.folded", what=args[0])


def _padded(_name: str, args: list[str]) -> str:
    return text("told.padded", of=args[0])


def _logarithm(_name: str, args: list[str]) -> str:
    """Return the product that is 0 where its first factor is."""
    factor = f"({args[0]})" if " " in args[0] else args[0]
    return f"{factor}·log({args[1]})"


def _bracketed(_name: str, args: list[str]) -> str:
    return f"[{', '.join(args)}]"


def _is_largest(found: re.Match[str]) -> str:
    inside = _arguments(found["all"][8:-1])
    return f"[{text('told.largest', of=inside[0], size=_size(inside))}]"


def _size(args: list[str]) -> str:
    return next((m["size"].replace("x", "×") for arg in args if (m := _SIZE.match(arg))), "")


def _arguments(inside: str) -> list[str]:
    """Return the arguments of a call."""
    found, depth = [""], 0
    for sign in inside:
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and not depth:
            found.append("")
        else:
            found[-1] += sign
    return [argument.strip() for argument in found]


def _closing(told: str, start: int) -> int:
    """Return where the bracket that opens at a place is closed."""
    depth = 0
    for at in range(start, len(told)):
        depth += (told[at] == "(") - (told[at] == ")")
        if not depth:
            return at
    return len(told)


_WORDS: dict[str, Callable[[str, list[str]], str | None]] = {
    "reshape": _inner,
    "broadcast": _inner,
    "windows": _windows,
    "fold": _folded,
    "pad": _padded,
    "xlogy": _logarithm,
    "stack": _bracketed,
    "mean": _pooled,
    "max": _pooled,
    "sum": _pooled,
}
_SENTENCES = frozenset({"windows", "fold", "mean", "max", "sum"})
_ONES = (
    (re.compile(r"(?P<what>[^@]+) @ 1(?P<count>[₀-₉]+)"), "told.over_uses"),
    (re.compile(r"1(?P<count>[₀-₉]+) @ (?P<what>[^@]+)"), "told.in_each_row"),
)
_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_BRACKETED = re.compile(r"\([^()]*\)")
_TOP_SUM = re.compile(r" [+−] ")
_ROWS, _COLUMNS, _ALONG = "rows", "columns", "along"
_MESSAGES = {
    _ROWS: "told.over_each_row",
    _COLUMNS: "told.over_each_column",
    _ALONG: "told.along_axis",
}
_AXES: dict[tuple[int | None, str], str] = {(2, "1"): _COLUMNS, (2, "2"): _ROWS}
_REDUCED = re.compile(r"\b(sum|mean|max|min|var)\(")
_KIND = re.compile(rf"({'|'.join(_MESSAGES)})(\d+)_(\w+)")
_CALL = re.compile(rf"\b({'|'.join(_WORDS)}|(?:{'|'.join(_MESSAGES)})\d+_\w+)\(")
