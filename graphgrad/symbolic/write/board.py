"""Write derivatives as on the board: conditions in brackets, cases, ones, unit vectors, ⊙.

What files spell with ``broadcast``, ``scatter_add`` and ``outer`` is written with vectors of ones
(1₃), unit vectors (e₂) and transposes; in LaTeX alike. Arrays are multiplied entry by entry with ⊙.
Source: Magnus, Neudecker, Matrix Differential Calculus, chapter 1 (ones, unit vectors, products).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from graphgrad.ops.row import ATOM, POWER, PRODUCT, SUM, Row
from graphgrad.ops.shapes import Shape, shape_text
from graphgrad.ops.text import Written, key_text, setting_text
from graphgrad.symbolic.write.formula_latex import within
from graphgrad.symbolic.write.spelling_styles import Style, joined_relations

__all__ = ["BOARD", "BOARD_ARRAYS", "MOVES", "BoardStyle", "Moved", "cases_text", "ones_text"]

_SMALL = str.maketrans("0123456789x", "₀₁₂₃₄₅₆₇₈₉ₓ")
_BRACKETED = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_OPPOSITE = {" > ": " <= ", " < ": " >= ", " >= ": " < ", " <= ": " > ", " == ": " != "}


class BoardStyle(Style):
    """Put pieces of formula together as they are shown to people.

    Args:
        times: the sign between factors.
    """

    def __init__(self, times: str = "*") -> None:
        self.times = times

    def factors(self, factors: Sequence[Written]) -> Written:
        """Return a product; a number in front keeps its plain sign."""
        factors = joined_relations(factors, "[", "]")
        if len(factors) <= 1:
            return super().factors(factors)
        texts = [factor.within(PRODUCT + bool(place)) for place, factor in enumerate(factors)]
        texts[1:] = [f"({text})" if text.startswith("-") else text for text in texts[1:]]
        number = texts[0].replace(".", "").isdigit()
        head = f"{texts.pop(0)}*" if number else ""
        return Written(head + self.times.join(texts), PRODUCT)

    def call(self, row: Row, args: Sequence[Written], settings: Mapping[str, Any]) -> Written:
        """Return a function applied; a choice is written as cases."""
        if row.name == "where":
            return cases_text(*args)
        return super().call(row, args, settings)

    def relation(self, symbol: str, a: Written, b: Written) -> Written:
        """Return a relation in brackets: it is 1 or 0."""
        return Written(f"[{super().relation(symbol, a, b).text}]", ATOM)


BOARD = BoardStyle()
BOARD_ARRAYS = BoardStyle(" ⊙ ")


def cases_text(holds: Written, yes: Written, no: Written) -> Written:
    """Return a choice as cases: ``{x, x > 0; 0, x <= 0}``."""
    condition = holds.text[1:-1] if holds.text.startswith("[") else f"{holds.text} != 0"
    signs = [sign for sign in _OPPOSITE if sign in condition]
    other = "else"
    if len(signs) == 1 and condition.count(signs[0]) == 1:
        other = condition.replace(signs[0], _OPPOSITE[signs[0]])
    return Written(f"{{{yes.text}, {condition}; {no.text}, {other}}}", ATOM)


# ---- what moves entries, in both spellings ----


class Moved(NamedTuple):
    """A piece in both spellings."""

    text: Written
    latex: Written

    @property
    def transposed(self) -> Moved:
        """Return the transpose."""
        return Moved(
            Written(f"{self.text.within(ATOM)}^T", POWER),
            Written(rf"{within(self.latex, ATOM)}^{{\top}}", POWER),
        )

    def times(self, other: Moved) -> Moved:
        """Return a matrix product; products of another kind in it are in brackets."""
        first, second = (PRODUCT + (not _is_chain(side.text)) for side in (self, other))
        left, right = self.text.within(first), other.text.within(second)
        latex = rf"{within(self.latex, first)} \, {within(other.latex, second)}"
        return Moved(Written(f"{left} @ {right}", PRODUCT), Written(latex, PRODUCT))

    def scaled(self, other: Moved) -> Moved:
        """Return a number times a vector."""
        left, right = self.text.within(PRODUCT), other.text.within(PRODUCT + 1)
        latex = rf"{within(self.latex, PRODUCT)} \, {within(other.latex, PRODUCT + 1)}"
        return Moved(Written(f"{left}*{right}", PRODUCT), Written(latex, PRODUCT))


def _is_chain(piece: Written) -> bool:
    """Tell whether a piece is a product of matrices alone: A(BC) and (AB)C are written ABC."""
    text = piece.text
    if piece.level != PRODUCT or " @ " not in text or text.startswith("-"):
        return False
    outside = _BRACKETED.sub("", text)
    while outside != text:
        text, outside = outside, _BRACKETED.sub("", outside)
    return " @ " in text and not set("*⊙/→") & set(text)


def ones_text(shape: Shape) -> Moved:
    """Return the array of ones of a shape: 1₃, or 1₂ₓ₃."""
    lengths = shape_text(shape)
    latex = lengths.replace("x", r" \times ")
    return Moved(Written(f"1{lengths.translate(_SMALL)}"), Written(rf"\mathbf{{1}}_{{{latex}}}"))


def _unit(place: str) -> Moved:
    return Moved(Written(f"e{place.translate(_SMALL)}"), Written(rf"\mathbf{{e}}_{{{place}}}"))


def _matmul(args: Sequence[Any], settings: Mapping[str, Any], shape: Shape) -> Moved | None:
    """Write a matrix product, in which vectors are columns: of v and X it is Xᵀv."""
    left, right = map(moved, args)
    if len(args[0].shape) == 1 and len(args[1].shape) == 2:
        left, right = (right if args[1].op == "transpose" else right.transposed), left
        if args[1].op == "transpose":
            left = moved(args[1].inner[0])
    return left.times(right)


def _times(args: Sequence[Any], settings: Mapping[str, Any], shape: Shape) -> Moved | None:
    """Write a number times a product of matrices without brackets: 2*A @ B; else with diag."""
    number, product = args
    diagonal = _softmax(number, product) or _scaled(number, product, shape)
    if diagonal is not None:
        return diagonal
    ones = product.op == "broadcast" and product.board.level == PRODUCT
    if number.number is None or not (ones or _is_chain(product.board)):
        return None
    text = f"{number.board.text}*{product.board.text}"
    latex = rf"{number.latex.text} \, {product.latex.text}"
    return Moved(Written(text, PRODUCT), Written(latex, PRODUCT))


def _diag(vector: Moved) -> Moved:
    """Return the matrix with a vector on its diagonal."""
    latex = rf"\operatorname{{diag}}\left({vector.latex.text}\right)"
    return Moved(Written(f"diag({vector.text.text})"), Written(latex))


def _softmax(p: Any, rest: Any) -> Moved | None:
    """Write p ⊙ (g - Σ g ⊙ p) of vectors as (diag(p) - p pᵀ) g, the Jacobian of softmax."""
    if len(p.shape) != 1 or rest.op != "sub" or rest.inner[1].op != "sum":
        return None
    g, weighted = rest.inner[0], rest.inner[1].inner[0]
    factors = {factor.text for factor in weighted.inner} if weighted.op == "mul" else set()
    if factors != {g.text, p.text} or g.shape != p.shape:
        return None
    both, diagonal = moved(p).times(moved(p).transposed), _diag(moved(p))
    text = f"{diagonal.text.text} - {both.text.text}"
    latex = f"{diagonal.latex.text} - {both.latex.text}"
    return Moved(Written(text, SUM), Written(latex, SUM)).times(moved(g))


def _scaled(matrix: Any, vector: Any, shape: Shape) -> Moved | None:
    """Write a matrix of which a vector multiplies the columns, A diag(v), or rows, diag(v) A."""
    if matrix.shape != shape:
        matrix, vector = vector, matrix
    if matrix.shape != shape or len(shape) != 2:
        return None
    core, factor = matrix.scaled or (matrix, 1)
    if len(vector.shape) == 1:
        found = moved(core).times(_diag(moved(vector)))
    elif vector.shape != shape and is_vector(vector):
        vector, times = vector.scaled or (vector, 1)
        found, factor = (
            _diag(_as_column(vector) or moved(vector)).times(moved(core)),
            factor * times,
        )
    else:
        return None
    if factor == 1:
        return found
    if factor < 1 or factor != int(factor):
        return None
    text, latex = f"{factor}*{found.text.text}", rf"{factor} \, {found.latex.text}"
    return Moved(Written(text, PRODUCT), Written(latex, PRODUCT))


def is_vector(piece: Any) -> bool:
    """Tell whether a piece of shape (n, 1) is written as a vector: an axis was summed away."""
    if len(piece.shape) != 2 or piece.shape[1] != 1:
        return False
    if piece.op == "reshape":
        return len(piece.inner[0].shape) == 1
    if piece.settings.get("keepdims"):
        return bool(piece.settings.get("axis") == (1,))
    return any(map(is_vector, piece.inner))


def beside(piece: Any, shape: Shape) -> Moved:
    """Return a piece as it stands among others of a shape: a vector is repeated in columns."""
    if len(shape) == 2 and shape[1] > 1 and is_vector(piece):
        column = _as_column(piece)
        assert column is not None
        return column.times(ones_text(shape[1:]).transposed)
    return moved(piece)


def _outer(args: Sequence[Any], settings: Mapping[str, Any], shape: Shape) -> Moved | None:
    return moved(args[0]).times(moved(args[1]).transposed)


def _broadcast(args: Sequence[Any], settings: Mapping[str, Any], shape: Shape) -> Moved | None:
    """Write a number or a vector repeated with a vector of ones."""
    piece = args[0]
    if not piece.shape:
        ones = ones_text(shape)
        return ones if piece.number == 1 else moved(piece).scaled(ones)
    row, column = _as_row(piece), _as_column(piece)
    if len(shape) == 2 and row is not None and _width(piece) == shape[1]:
        return ones_text(shape[:1]).times(row)
    if len(shape) == 2 and column is not None:
        return column.times(ones_text(shape[1:]).transposed)
    return None


def _width(piece: Any) -> int:
    return int(piece.shape[-1])


def _as_row(piece: Any) -> Moved | None:
    """Return a piece of shape (k,) or (1, k) as a row."""
    if piece.op == "reshape" and piece.shape[:-1] == (1,) and len(piece.inner[0].shape) == 1:
        return _as_row(piece.inner[0])
    if len(piece.shape) == 1:
        summed = piece.op == "sum" and piece.settings.get("axis") == (0,)
        if summed and len(piece.inner[0].shape) == 2:
            matrix = piece.inner[0]
            return ones_text(matrix.shape[:1]).transposed.times(moved(matrix))
        return moved(piece).transposed
    return moved(piece) if len(piece.shape) == 2 and piece.shape[0] == 1 else None


def _as_column(piece: Any) -> Moved | None:
    """Return a piece of shape (n, 1) as a column."""
    if len(piece.shape) != 2 or piece.shape[1] != 1:
        return None
    return moved(piece.inner[0] if piece.op == "reshape" else piece)


def _reshape(args: Sequence[Any], settings: Mapping[str, Any], shape: Shape) -> Moved | None:
    """Write a vector made a row or a column as its transpose, or as itself."""
    (piece,) = args
    if len(piece.shape) != 1 or len(shape) != 2 or 1 not in shape:
        return None
    return moved(piece).transposed if shape[0] == 1 else moved(piece)


def _scatter(args: Sequence[Any], settings: Mapping[str, Any], shape: Shape) -> Moved | None:
    """Write what is put into one place with unit vectors; elsewhere there is 0."""
    keys = key_text(settings["key"]).replace(" ", "").split(",")
    piece = moved(args[0])
    if all(key.isdecimal() for key in keys) and len(keys) == len(shape) <= 2:
        unit = _unit(keys[0])
        unit = unit if len(keys) == 1 else unit.times(_unit(keys[1]).transposed)
        return unit if args[0].number == 1 else piece.scaled(unit)
    if len(shape) == 2 and len(keys) == 1 and keys[0].isdecimal():
        return _unit(keys[0]).times(piece.transposed)
    if len(shape) == 2 and len(keys) == 2 and keys[0] == f"1:{shape[0]}" and keys[1].isdecimal():
        return piece.times(_unit(keys[1]).transposed)
    place = ", ".join(keys)
    latex = rf"\left[{piece.latex.text}\right]_{{\to {place}}}"
    return Moved(Written(f"[{piece.text.text} → {place}]"), Written(latex))


def _sum(args: Sequence[Any], settings: Mapping[str, Any], shape: Shape) -> Moved | None:
    """Write sums along one axis of a matrix as products with ones."""
    (piece,) = args
    if len(piece.shape) != 2 or len(shape) != 1 or settings.get("keepdims"):
        return None
    matrix = moved(piece)
    if settings["axis"] == (0,):
        return matrix.transposed.times(ones_text(piece.shape[:1]))
    return matrix.times(ones_text(piece.shape[1:]))


def _mask(args: Sequence[Any], settings: Mapping[str, Any], shape: Shape) -> Moved | None:
    """Write 1 where an entry is the largest; where -x is the largest, x is the smallest."""
    core, factor = args[0].scaled or (args[0], 1)
    word, of = ("min", core) if factor == -1 else ("max", args[0])
    piece, axis = moved(of), settings["axis"]
    if axis is None or len(axis) == len(shape):
        largest = Moved(
            Written(f"{word}({piece.text.text})"), Written(rf"\{word} {piece.latex.text}")
        )
    else:
        told = setting_text("axes", axis)
        kept = ", keepdims=true" if len(shape) != 2 and 0 not in axis else ""
        latex = rf"\{word}_{{\mathrm{{axis}}\,{told}}} {piece.latex.text}"
        text = f"{word}({piece.text.text}, axis={told}{kept})"
        largest = Moved(Written(text), Written(latex, PRODUCT))
        if axis == (1,) and len(shape) == 2:
            largest = largest.times(ones_text(shape[1:]).transposed)
    latex = rf"\left[{piece.latex.text} = {largest.latex.text}\right]"
    return Moved(Written(f"[{piece.text.text} == {largest.text.text}]"), Written(latex))


def moved(piece: Any) -> Moved:
    """Return a piece as on the board, in both spellings."""
    return Moved(piece.board, piece.latex)


def _identity(args: Sequence[Any], settings: Mapping[str, Any], shape: Shape) -> Moved | None:
    """Write a diagonal of ones as the identity."""
    piece = args[0]
    if len(shape) != 2 or piece.op != "broadcast" or piece.inner[0].number != 1:
        return None
    size = str(shape[0])
    return Moved(Written(f"I{size.translate(_SMALL)}"), Written(rf"\mathbf{{I}}_{{{size}}}"))


MOVES: dict[str, Callable[[Sequence[Any], Mapping[str, Any], Shape], Moved | None]] = {
    "mul": _times,
    "diag": _identity,
    "matmul": _matmul,
    "outer": _outer,
    "broadcast": _broadcast,
    "reshape": _reshape,
    "scatter_add": _scatter,
    "sum": _sum,
    "argmax_mask": _mask,
}
"""The ops that have a form of their own on the board."""
