"""Arrange the texts of a box or an edge in rows of measured pieces.

Measure text without a font: the widths of Tinos, which are those of Times.

The bundled engine draws with Tinos but guesses widths byte by byte, and each other engine guesses
in its own way. Labels are therefore measured here, and every engine is told the size.
Source: advance widths of the fonts Tinos Regular and Tinos Italic 1.33 (SIL Open Font License),
in thousandths of the font size.

Colours and shapes of a figure; a role is told by shape and border as well as by colour.

Every text colour has a contrast of at least 4.5:1 on every fill it stands on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from graphgrad.views.figure.dot.dot_figure import FigureBox, FigureEdge, Role
from graphgrad.views.text.numbers_on_board import Shown

__all__ = [
    "CURRENT",
    "INK",
    "ROLES",
    "Colours",
    "Grid",
    "Ink",
    "LabelRow",
    "Piece",
    "RoleStyle",
    "box_rows",
    "edge_rows",
    "size_of",
    "text_width",
]


NAME_SIZE, TEXT_SIZE = 18.0, 14.0
_WIDEST_NAME, _WIDEST_PARTIAL = 260.0, 170.0
_MOST_NAME_ROWS, _DEEPEST_BREAK = 4, 4
_SLACK, _LONGEST = 1.2, 2.0
_LEADING = 1.3
_GAP, _BRACKET, _AIR = 12.0, 5.0, 4.0


class Ink(NamedTuple):
    """A piece of text."""

    text: str
    colour: str
    size: float = TEXT_SIZE
    italic: bool = False

    @property
    def width(self) -> float:
        """Return its width in points."""
        return text_width(self.text, self.size, italic=self.italic)

    @property
    def height(self) -> float:
        """Return the height of its line in points."""
        return self.size * _LEADING


class Grid(NamedTuple):
    """A matrix or vector in brackets."""

    rows: tuple[tuple[str, ...], ...]
    colour: str
    size: float = TEXT_SIZE

    @property
    def columns(self) -> list[float]:
        """Return the width of each column, with the gap behind it."""
        widths = [
            max(text_width(entry, self.size) for entry in column)
            for column in zip(*self.rows, strict=True)
        ]
        return [width + _GAP for width in widths]

    @property
    def width(self) -> float:
        """Return its width in points, brackets included."""
        return sum(self.columns) + 2 * _BRACKET

    @property
    def height(self) -> float:
        """Return its height in points."""
        return self.inner_height + _AIR

    @property
    def inner_height(self) -> float:
        """Return the height of its brackets."""
        return len(self.rows) * self.size * _LEADING


Piece = Ink | Grid


class LabelRow(NamedTuple):
    """Pieces side by side; what is not visible keeps its place."""

    pieces: tuple[Piece, ...]
    visible: bool = True

    @property
    def width(self) -> float:
        """Return the width of all pieces."""
        return sum(piece.width for piece in self.pieces)

    @property
    def height(self) -> float:
        """Return the height of the highest piece."""
        return max(piece.height for piece in self.pieces)


def size_of(rows: Sequence[LabelRow]) -> tuple[float, float]:
    """Return width and height of rows, one below the other."""
    return max((row.width for row in rows), default=0.0), sum(row.height for row in rows)


def box_rows(box: FigureBox) -> list[LabelRow]:
    """Return the rows of a box: name and formula, value, adjoint, trouble."""
    title = " = ".join(part for part in (box.name, box.formula) if part)
    rows = [
        LabelRow((Ink(line, INK.name, NAME_SIZE, italic=True),))
        for line in _wrapped(title, NAME_SIZE, _WIDEST_NAME)
    ]
    if box.value is not None:
        rows.append(_equation("v", box.value, INK.value, visible=box.value_known))
    if box.adjoint is not None:
        known = box.adjoint_known
        rows.append(_equation(box.adjoint_symbol, box.adjoint, INK.adjoint, visible=known))
    if box.trouble:
        rows.append(LabelRow((Ink(f"! {box.trouble}", INK.adjoint),), box.value_known))
    return rows


def edge_rows(edge: FigureEdge, target_adjoint: str) -> list[LabelRow]:
    """Return the rows of an edge: the partial, then its contribution.

    Args:
        edge: the edge.
        target_adjoint: how the adjoint of its target is written.
    """
    rows = list(_partial_rows(edge))
    if edge.contribution is not None and edge.partial and not edge.symbol:
        rows.append(LabelRow(_signed("", edge.contribution, INK.adjoint), edge.known))
    elif edge.contribution is not None:
        product = f"{target_adjoint}·{edge.symbol}" if edge.symbol else ""
        rows.append(LabelRow(_signed(product, edge.contribution, INK.adjoint), edge.known))
    return rows


def _partial_rows(edge: FigureEdge) -> Iterator[LabelRow]:
    if not edge.partial:
        return
    text = f"{edge.symbol} = {edge.partial}" if edge.symbol else edge.partial
    lines = _wrapped(text, TEXT_SIZE, _WIDEST_PARTIAL)
    for line in lines[:-1]:
        yield LabelRow((Ink(line, INK.partial, italic=True),), edge.known)
    last = Ink(lines[-1], INK.partial, italic=True)
    number = edge.number
    if number is None or _says_the_same(edge.partial, number):
        yield LabelRow((last,), edge.known)
    elif number.bracketed or last.width > _WIDEST_PARTIAL / 2:
        yield LabelRow((last,), edge.known)
        yield LabelRow(_signed("", number, INK.partial), edge.known)
    else:
        yield LabelRow((last, *_signed("", number, INK.partial)), edge.known)


def _says_the_same(formula: str, number: Shown) -> bool:
    """Tell whether a number repeats its formula, as 1 = 1 or 1 = a matrix of ones."""
    constant = formula.replace("−", "").replace(".", "").isdigit()
    return constant and (number.bracketed or number.text == formula)


def _equation(sign: str, value: Shown, colour: str, *, visible: bool) -> LabelRow:
    return LabelRow(_signed(sign, value, colour), visible)


def _signed(sign: str, value: Shown, colour: str) -> tuple[Piece, ...]:
    """Return ``sign = value``, the value as a grid where it has rows."""
    if value.bracketed:
        return (Ink(f"{sign} = ", colour, italic=True), Grid(value.rows, colour))
    signed = (Ink(sign, colour, italic=True),) if sign else ()
    return (*signed, Ink(f" = {value.text}", colour))


def _wrapped(text: str, size: float, limit: float) -> list[str]:
    """Break a formula at its spaces into rows of about a width, outside brackets if possible."""
    for depth in range(_DEEPEST_BREAK):
        rows = _broken(text, size, limit, depth)
        if max(text_width(row, size, italic=True) for row in rows) <= limit * _SLACK:
            break
    if len(rows) > _MOST_NAME_ROWS:
        rows = [*rows[: _MOST_NAME_ROWS - 1], "…"]
    return [_cut(row, size, limit) for row in rows]


def _broken(text: str, size: float, limit: float, deepest: int) -> list[str]:
    """Break a formula before operators, and after commas, in at most so many brackets."""
    rows = [""]
    words = text.split(" ")
    depth = 0
    for index, word in enumerate(words):
        longer = f"{rows[-1]} {word}" if rows[-1] else word
        ahead = f"{longer} {words[index + 1]}" if index + 1 < len(words) else longer
        operator = len(word) == 1 and not word.isalnum()
        too_long = text_width(ahead if operator else longer, size, italic=True) > limit
        breakable = operator or rows[-1].endswith(",")
        if rows[-1] and breakable and depth <= deepest and too_long:
            rows.append(word)
        else:
            rows[-1] = longer
        depth += word.count("(") + word.count("[") - word.count(")") - word.count("]")
    return rows


def _cut(row: str, size: float, limit: float) -> str:
    """Cut a row without operators that is far too long."""
    if text_width(row, size, italic=True) <= _LONGEST * limit:
        return row
    kept = len(row)
    while kept > 1 and text_width(row[:kept], size, italic=True) > _LONGEST * limit:
        kept = kept * 9 // 10
    return row[:kept] + "…"


_UNKNOWN, _WIDE = 600, 1000


def _table(text: str) -> dict[str, int]:
    """Read pairs of a width and the characters that have it."""
    words = text.split()
    pairs = zip(words[::2], words[1::2], strict=True)
    return {" ": 250} | {sign: int(width) for width, signs in pairs for sign in signs}


_ROMAN = _table("""
155 ʲⱼ 163 ᵢ 166 ˡₗ 180 ' 188 ₜ 191 ᵗ 199 ᴵ 200 | 205 ⁱ 208 ᶠ 212 ˢ 214 ₛ 217 ʳ 218 ′ 229 ᵣ 238
₍₎⁽⁾ 246 ᴶ 250 ,. 255 ᶜ 256 ᵉₑ 269 ι 273 ᵃᶻₐ 277 /:;\\ijlt 280 ‖ 288 ᵒₒ 289 ˣ 290 ₓ 293 ᵛᵥ 296 ʸ
299 ₀₁₂₃₄₅₆₇₈₉₊₋⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ 300 ᵍ 309 ᵇ 310 º 311 ᵈᵖ 314 ⁿ 315 ᵏ 321 ʰ 327 ᵘₚᵤ 331 ᴾ 333
·¡!()-I[]`fr 335 ₖ 340 ₙ 344 ₕ 362 ᵀ 370 ᴱ 371 ᴸ 386 ᴮ 389 Js 395 ς 399 ° 401 τ 408 " 409 ᴿ 414
ζ 417 ᴼ 419 ε 421 ᴬ 428 ʷ 429 ᴰ 432 ᴳ 440 ᴴ 441 γ 443 χ¿?acez 445 ξ 452 ν 453 ᵁ 458 ᴷ 462 ᴺ 469
^ 471 δ 479 ℓθ{} 484 λ 485 ⱽ 488 ᵐ 494 ∂ 495 υ 498 ₘ 499 ρ 500 ο–#$*0123456789_bdghknopquvxy 503
κ 504 π 508 β 522 η 523 α 536 μ 539 σ 540 ᴹ 541 ~ 548 √≤≥≠≈ 553 ᵂ 556 FPS 563 −×+<=> 577 φ 578 Γ
582 Σ 610 ELTZ 625 ψ 643 ΔΞ 658 ω 666 BCR 712 ∑∞ 722 ΘΠΥADGHKNOQUVXYw 725 Λ 730 Φ 737 Ψ 743 Ω
750 ½ 777 &m 833 % 889 M 920 @ 943 W 1000 …→—
""")
_ITALIC = _table("""
136 ˡ 158 ᵢ 164 ʲⱼ 166 ₗ 167 ᵗₜ 173 ᶠ 205 ⁱ 210 ˢₛ 213 ' 218 ′ 222 ʳ 238 ₍₎⁽⁾ 241 ᶻ 246 ᵣ 250
·,. 254 ʸ 261 ᴵ 262 ᶜᵉₑ 269 ᵇ 274 | 277 ι/\\fijlt 279 ᵛᵥ 280 ‖ 281 ᵏₖ 282 ᵖˣₚ 283 ʰ 284 ₓ 285
ᵍᵒₒ 292 ᵘₐᵤ 297 ₕ 299 ₀₁₂₃₄₅₆₇₈₉₊₋⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ 310 ᵈº 314 ⁿ 333 !()-:;I` 340 ᴶₙ 356 ᴴ 357 τ 386
ᵀ 389 ʷ¡[]rsz 390 ᴾ 394 γε 398 ᵃ 399 ᴸ°{} 404 ζ 405 ς 406 ᴱ 416 ᴬᵐₘℓ 419 ᴮ" 421 ^ 428 ξ 433 λ
435 ᴿ 439 χ 443 νJcekvxy 455 ᴳ 458 ᴺυ 464 δ 475 ᴼ 479 ᴰκρ 491 θ 493 σᴷ 494 ∂ 496 η 498 β 499 ᵁ
500 οπ¿–#$*0123456789?S_abdghnopqu 501 μ 515 ⱽ 524 α 541 ~ 548 √≤≥≠≈ 553 φ 556 ΥLTYZ 566 ᴹ 567 ᵂ
568 Γ 586 Δ 594 Σ 604 Λ 610 ABEFPRVX 621 ψ 639 Ξ 666 CKNw 674 −×+<=> 703 Ψ 706 ω 712 ∑∞ 722
ΘΠDGHOQUm 723 Ω 750 ½ 761 Φ 777 & 833 %MW 889 …— 919 @ 1000 →
""")


@lru_cache(maxsize=65536)
def text_width(text: str, size: float, *, italic: bool = False) -> float:
    """Return the width of a text in points.

    >>> text_width("w = 2", 10)
    22.85
    >>> text_width("ŷ", 10) == text_width("y", 10)
    True
    """
    table = _ITALIC if italic else _ROMAN
    total = 0
    for character in unicodedata.normalize("NFD", text):
        width = table.get(character)
        if width is None:
            width = _other_width(character)
        total += width
    return total * size / 1000


def _other_width(character: str) -> int:
    """Return the width of a character the table lacks."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return _WIDE if unicodedata.east_asian_width(character) in ("W", "F") else _UNKNOWN


class RoleStyle(NamedTuple):
    """How the boxes of a role look; ``peripheries`` counts the lines of the border."""

    shape: str
    style: str
    fill: str
    border: str
    width: float
    peripheries: int = 1


class Colours(NamedTuple):
    """The colours of texts and edges."""

    name: str = "#1A202C"
    value: str = "#00695C"
    adjoint: str = "#B3261E"
    partial: str = "#5F4B00"
    forward: str = "#4A5568"
    backward: str = "#B3261E"
    pending: str = "#CBD5E0"
    group: str = "#4A5568"


INK = Colours()
CURRENT = "#D53F8C"
"""The border of what a step acts on; it is thicker as well."""

ROLES: dict[Role, RoleStyle] = {
    "input": RoleStyle("ellipse", "filled", "#FFF3C4", "#B7791F", 1.4),
    "parameter": RoleStyle("box", "filled", "#E9DDFB", "#6B46C1", 1.4, peripheries=2),
    "constant": RoleStyle("box", "filled", "#EDF2F7", "#718096", 1.0),
    "computation": RoleStyle("box", "filled,rounded", "#DCEBFA", "#2B6CB0", 1.4),
    "loss": RoleStyle("box", "filled,rounded", "#FBE3D6", "#C05621", 3.4),
}
