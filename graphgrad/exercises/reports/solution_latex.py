r"""Write a formula of answers in LaTeX, so that a worked step has one source: its text."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from graphgrad.errors import GraphgradError
from graphgrad.expr.differentials import derivative_parts
from graphgrad.expr.items import Item
from graphgrad.expr.lenient import parse_answer
from graphgrad.expr.vocabulary import Vocabulary
from graphgrad.ops.registry import find, row
from graphgrad.ops.row import ATOM, COMPARE, POWER
from graphgrad.ops.text import Written
from graphgrad.symbolic.write.formula_latex import (
    entrywise_product,
    latex_call,
    latex_number,
    within,
)
from graphgrad.symbolic.write.names import derivative_latex, name_latex, raised

__all__ = ["formula_latex"]

_INFIX = {"+": "add", "-": "sub", "*": "mul", "/": "div", "@": "matmul"}
_COMPARED = {"<": "<", ">": ">", "<=": r"\le", ">=": r"\ge", "==": "=", "!=": r"\ne"}
_NUMBERS = ("sum", "mean", "dot", "max", "min", "norm")
"""Functions that make a number of an array."""


class _Piece(NamedTuple):
    """A part of the formula: its LaTeX, and whether it is an array."""

    written: Written
    array: bool = False

    @property
    def text(self) -> str:
        return self.written.text


def formula_latex(text: str, vocabulary: Vocabulary, arrays: Container[str] = ()) -> str:
    r"""Return a formula in LaTeX; what cannot be read is shown as it is.

    Args:
        text: the formula, with decimal points.
        vocabulary: the names it uses.
        arrays: those of them that are arrays: a product of two is written with a circle.

    >>> formula_latex("dL/da·a*(1 - a)", Vocabulary(["L", "a"], []))
    '\\frac{\\partial L}{\\partial a} \\cdot a \\cdot \\left(1 - a\\right)'
    """
    try:
        items = parse_answer(text, vocabulary, "point").expression.items
    except GraphgradError:
        return r"\text{" + "".join(c for c in text if c not in "\\{}$") + "}"
    stack: list[_Piece] = []
    for item in items:
        parts = stack[len(stack) - item.arity :] if item.arity else []
        del stack[len(stack) - item.arity :]
        stack.append(_piece(item, parts, arrays))
    return stack[0].text


def _piece(item: Item, parts: list[_Piece], arrays: Container[str]) -> _Piece:
    array = any(part.array for part in parts)
    if item.kind == "name":
        of = derivative_parts(item.value)
        return _Piece(_name(item.value), (of[1] if of else item.value) in arrays)
    if item.kind in ("array", "rows"):
        return _Piece(Written(_array(item, parts)), array=True)
    if item.kind == "call":
        array = array and item.value not in _NUMBERS
    circle = item.value == "*" and len(parts) == 2 and parts[0].array and parts[1].array
    written = [part.written for part in parts]
    return _Piece(
        entrywise_product((written[0], written[1])) if circle else _joined(item, written), array
    )


def _joined(item: Item, parts: list[Written]) -> Written:
    kind, value = item.kind, item.value
    if kind == "number":
        return Written(value) if "e" not in value else latex_number(float(value))
    if kind == "infix":
        return _infix(value, parts)
    if kind == "prefix":
        return latex_call(row("neg"), parts, {}) if value == "-" else parts[0]
    if kind == "call":
        return _call(value, parts)
    if kind == "transpose":
        return raised(rf"{within(parts[0], ATOM)}^{{\top}}")
    if kind == "index":
        return raised(f"{parts[0].text}_{{{','.join(part.text for part in parts[1:])}}}")
    return parts[0] if kind == "keyword" else Written(value or ":")


def _name(name: str) -> Written:
    parts = derivative_parts(name)
    if parts is None:
        return raised(name_latex(name))
    return Written(derivative_latex(*map(name_latex, parts)))


def _infix(symbol: str, parts: list[Written]) -> Written:
    left, right = parts
    if symbol == "^":
        return Written(f"{within(left, ATOM)}^{{{right.text}}}", POWER)
    if symbol in _COMPARED:
        return Written(f"{left.text} {_COMPARED[symbol]} {right.text}", COMPARE)
    if right.text.startswith("-"):
        right = Written(rf"\left({right.text}\right)")
    return latex_call(row(_INFIX[symbol]), (left, right), {})


def _call(name: str, parts: list[Written]) -> Written:
    known = find(name)
    fixed = known is not None and all(setting.default is None for setting in known.settings)
    if known is not None and fixed and len(known.arguments) == len(parts) and known.name != "sum":
        return latex_call(known, parts, known.defaults)
    inside = ", ".join(part.text for part in parts)
    return Written(rf"\operatorname{{{name}}}\left({inside}\right)".replace("_", r"\_"))


def _array(item: Item, parts: list[_Piece]) -> str:
    """Return a list of numbers, or a matrix of its rows."""
    texts = [part.text for part in parts]
    if item.kind == "rows":
        width = int(item.value.split("x")[1])
        lines = [texts[i : i + width] for i in range(0, len(texts), width)]
    elif all(text.startswith(_OPEN) for text in texts):
        inner = (text.removeprefix(_OPEN).removesuffix(_CLOSE) for text in texts)
        lines = [text.split(", ") for text in inner]
    else:
        return _OPEN + ", ".join(texts) + _CLOSE
    body = r" \\ ".join(" & ".join(line) for line in lines)
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"


_OPEN, _CLOSE = r"\left[", r"\right]"
