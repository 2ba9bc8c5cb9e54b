"""Run pullbacks on pieces of formula: the same rule gives the text and the LaTeX of a gradient.

What changes nothing is left out of a piece: a transpose undone, a shape kept, a number apart.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Any

from graphgrad.graph.settings import complete_settings
from graphgrad.ops.registry import row as row_of
from graphgrad.ops.row import INDICATORS, PRODUCT, SUM, Elementwise, Row, Structural
from graphgrad.ops.shapes import Shape, broadcast_shapes, reduced_shape
from graphgrad.ops.text import Written, written_call, written_number
from graphgrad.symbolic.derive.bars import (
    Bar,
    bar_of,
    base_of,
    fraction_of,
    of_bar,
    over_common_bar,
    over_one_bar,
    ratio,
)
from graphgrad.symbolic.write.board import BOARD, BOARD_ARRAYS, MOVES, beside, cases_text, moved
from graphgrad.symbolic.write.formula_latex import (
    bracketed,
    latex_call,
    latex_number,
    shown_settings,
    within,
)

__all__ = ["PIECES", "Piece", "Pieces", "folded", "repeated"]


Number = int | float | Fraction
_FEW_TERMS = 30


class Piece:
    """A piece of formula in its spellings, with the shape of its value.

    Attributes:
        text: in the expression language.
        latex: in LaTeX.
        board: as it is shown in plain text.
        number: the number it is, if it is one.
        scaled: the piece and the number that it is the product of, if it is one.
        op: the op at its root.
        inner: the arguments of that op.
    """

    __slots__ = ("board", "inner", "latex", "number", "op", "scaled", "settings", "shape", "text")

    def __init__(
        self, text: Written, latex: Written, shape: Shape = (), board: Written | None = None
    ) -> None:
        self.text = text
        self.latex = latex
        self.board = text if board is None else board
        self.shape = shape
        self.number: Number | None = None
        self.scaled: tuple[Piece, Fraction] | None = None
        self.op = ""
        self.inner: tuple[Piece, ...] = ()
        self.settings: dict[str, Any] = {}

    def __add__(self, other: Any) -> Piece:
        return PIECES.call("add", self, other)

    def __radd__(self, other: Any) -> Piece:
        return PIECES.call("add", other, self)

    def __sub__(self, other: Any) -> Piece:
        return PIECES.call("sub", self, other)

    def __rsub__(self, other: Any) -> Piece:
        return PIECES.call("sub", other, self)

    def __mul__(self, other: Any) -> Piece:
        return PIECES.multiply(self, PIECES.piece(other))

    def __rmul__(self, other: Any) -> Piece:
        return PIECES.multiply(PIECES.piece(other), self)

    def __truediv__(self, other: Any) -> Piece:
        number = ratio(1, other) if isinstance(other, Number) else None
        if number is not None:
            return PIECES.multiply(self, PIECES.piece(number))
        return PIECES.call("div", self, other)

    def __rtruediv__(self, other: Any) -> Piece:
        return PIECES.call("div", other, self)

    def __neg__(self) -> Piece:
        return PIECES.multiply(PIECES.piece(-1), self)

    def __pow__(self, exponent: Any) -> Piece:
        if isinstance(exponent, Piece):
            return PIECES.call("pow", self, exponent)
        return PIECES.call("powi", self, n=exponent)

    def __rpow__(self, base: Any) -> Piece:
        return PIECES.call("pow", base, self)


class Pieces:
    """Namespace of every row, on pieces of formula.

    >>> x = PIECES.named("x", "x", (3,))
    >>> PIECES.sum(2 * x).text.text
    '2*sum(x)'
    """

    @property
    def pi(self) -> Piece:
        """Return the circle's ratio."""
        return self.named("pi", r"\pi")

    def named(self, text: str, latex: str, shape: Shape = ()) -> Piece:
        """Return a name."""
        return Piece(Written(text), Written(latex), shape)

    def piece(self, value: Any) -> Piece:
        """Return a number, or a piece, as a piece."""
        if isinstance(value, Piece):
            return value
        result = Piece(written_number(value), latex_number(value))
        result.number = value
        return result

    def shape(self, value: Any) -> Shape:
        """Return the shape of a piece or a number."""
        return value.shape if isinstance(value, Piece) else ()

    def __getattr__(self, name: str) -> Callable[..., Piece]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **settings: self.call(name, *args, **settings)

    def call(self, name: str, *args: Any, **settings: Any) -> Piece:
        """Return an op applied to pieces and numbers."""
        if name in ("expm1", "log1p"):
            return self.exp(args[0]) - 1 if name == "expm1" else self.log(1 + args[0])
        pieces = tuple(map(self.piece, args))
        shorter = folded(self, name, pieces, settings)
        return shorter if shorter is not None else self.applied(name, pieces, settings)

    def zero(self, shape: Shape) -> Piece:
        """Return zeros, written as the number."""
        result = self.piece(0)
        result.shape = shape
        return result

    def multiply(self, a: Piece, b: Piece) -> Piece:
        """Return a product: numbers are multiplied out and stand in front, or below."""
        if 0 in (a.number, b.number):
            return self.zero(broadcast_shapes("mul", (a.shape, b.shape)))
        factor = fraction_of(a) * fraction_of(b)
        first, second = self.core(a), self.core(b)
        if first.number is not None or second.number is not None:
            return self.scaled(second if first.number is not None else first, factor)
        return self.scaled(self.product(first, second), factor)

    def scaled(self, core: Piece, factor: Fraction) -> Piece:
        """Return a number times a piece: 2*x, x/3, -x."""
        if core.number == 0:
            return core
        if core.number is not None or not factor:
            return self.piece(factor)
        if core.scaled is not None:
            core, times = core.scaled
            factor = factor * times
        core, factor = _averaged(core, factor)
        if factor < 0:
            return self._remember(self._negative(self.scaled(core, -factor)), core, factor)
        above, below = factor.numerator, factor.denominator
        top, bottom = core.inner if core.op == "div" else (core, None)
        if above != 1:
            top = self.product(self.piece(above), top)
        if below != 1:
            number = self.piece(below)
            bottom = number if bottom is None else self.product(number, bottom)
        result = top if bottom is None else self.applied("div", (top, bottom))
        return self._remember(result, core, factor)

    def _negative(self, piece: Piece) -> Piece:
        """Return -a*b for the negative of a*b: the sign of a product needs no brackets."""
        result = self.applied("neg", (piece,))
        if piece.text.level == PRODUCT:
            result.text = Written(f"-{piece.text.text}", PRODUCT)
        if piece.board.level == PRODUCT:
            result.board = Written(f"-{piece.board.text}", PRODUCT)
        return result

    def total(self, terms: Sequence[Piece]) -> Piece:
        """Return a sum; a long one is written once, not term by term."""
        if len(terms) <= _FEW_TERMS:
            return reduce(add, terms)
        signs, cores = zip(*map(self.signed, terms), strict=True)
        text = _written_sum([core.text for core in cores], signs, Written.within)
        latex = _written_sum([core.latex for core in cores], signs, within)
        board = _written_sum([core.board for core in cores], signs, Written.within)
        shape = broadcast_shapes("add", tuple({core.shape: None for core in cores}))
        return Piece(text, latex, shape, board)

    def signed(self, piece: Piece) -> tuple[bool, Piece]:
        """Return whether a piece has a minus sign, and the piece without it."""
        if piece.scaled and piece.scaled[1] < 0:
            return True, self.scaled(piece.scaled[0], -piece.scaled[1])
        return False, piece

    def core(self, piece: Piece) -> Piece:
        """Return a piece without the number that multiplies it."""
        return piece.scaled[0] if piece.scaled else piece

    def _remember(self, result: Piece, core: Piece, factor: Fraction) -> Piece:
        if factor != 1:
            result.scaled = (core, factor)
        return result

    def product(self, a: Piece, b: Piece) -> Piece:
        """Return a product without needless brackets and repetitions."""
        shape = broadcast_shapes("mul", (a.shape, b.shape))
        for first, second in ((a, b), (b, a)):
            inner = repeated(first)
            if inner is None:
                continue
            product = (inner, second) if first is a else (second, inner)
            if broadcast_shapes("mul", (inner.shape, second.shape)) == shape:
                return self.multiply(*product)
            if not inner.shape and not second.shape and second.number is None:
                return self.call("broadcast", self.product(*product), shape=shape)
        shorter = _cancelled(a, b) or _cancelled(b, a) or _placed(a, b) or _placed(b, a)
        shorter = shorter or _distributed(a, b)
        shorter = shorter or over_one_bar(self, a, b, below=False)
        if shorter is not None:
            return shorter
        if b.op in ("mul", "div") and not b.scaled:
            one = b.inner[0].number == 1
            left = a if one else self.product(a, b.inner[0])
            if b.op == "mul":
                return self.product(left, b.inner[1])
            return self.applied("div", (left, b.inner[1]))
        if a.op == "div" and not a.scaled:
            above = b if a.inner[0].number == 1 else self.product(a.inner[0], b)
            return self.applied("div", (above, a.inner[1]))
        return self._power_of_both(a, b) or self.applied("mul", (a, b))

    def _power_of_both(self, a: Piece, b: Piece) -> Piece | None:
        """Return a product in which a factor of a and b are one power: x*y*x is x^2*y."""
        base, power = base_of(b)
        behind: list[Piece] = []
        while True:
            last = a.inner[1] if a.op == "mul" and not a.scaled else a
            of, times = base_of(last)
            if of.text == base.text and of.shape == base.shape and base.number is None:
                break
            if last is a:
                return None
            behind.append(last)
            a = a.inner[0]
        product = self.call("powi", base, n=power + times)
        if last is not a:
            product = self.applied("mul", (a.inner[0], product))
        for factor in reversed(behind):
            product = self.applied("mul", (product, factor))
        return product

    def applied(
        self, name: str, args: tuple[Piece, ...], settings: dict[str, Any] | None = None
    ) -> Piece:
        """Return an op on pieces as it is, in no shorter form."""
        row = row_of(name)
        shapes = tuple(arg.shape for arg in args)
        full = complete_settings(row, settings or {}, shapes)
        if isinstance(row, Structural):
            shape = row.shape(*shapes, **full)
        else:
            assert isinstance(row, Elementwise)
            shape = broadcast_shapes(name, shapes)
        shown = shown_settings(row, full, shapes)
        text = written_call(row, [arg.text for arg in args], shown)
        special = MOVES[name](args, full, shape) if name in MOVES else None
        if special is not None:
            result = Piece(text, special.latex, shape, special.text)
        else:
            told = full | {"keepdims": False} if "keepdims" in full else full
            each = isinstance(row, Elementwise)
            seen = [beside(arg, shape) if each else moved(arg) for arg in args]
            tex = [arg.latex for arg in seen]
            if name == "mul":  # x (x·y) is no product of three
                tex = [_apart(t, arg) for t, arg in zip(tex, args, strict=True)]
            latex = latex_call(row, tex, told, shapes)
            boards = [arg.text for arg in seen]
            board = _on_board(row, args, boards, dict(shown) | {"keepdims": None})
            result = Piece(text, latex, shape, board)
        result.op, result.inner, result.settings = name, args, full
        if name in ("neg", "mul") and result.scaled is None:
            number = Fraction(-1) if name == "neg" else args[0].number
            if isinstance(number, int | Fraction) and args[-1].number is None:
                core, times = args[-1].scaled or (args[-1], Fraction(1))
                result.scaled = (core, Fraction(number) * times)
        return result


def _apart(latex: Written, piece: Piece) -> Written:
    """Return a dot product in brackets."""
    return Written(bracketed(latex)) if piece.op == "dot" else latex


def _written_sum(
    terms: Sequence[Written], signs: Sequence[bool], within: Callable[[Written, int], str]
) -> Written:
    """Return terms with their signs between them; ``within`` brackets what binds more loosely."""
    parts: list[str] = []
    for term, minus in zip(terms, signs, strict=True):
        parts.append(" - " if minus else " + ")
        parts.append(within(term, PRODUCT if minus else SUM))
    first = "-" if signs[0] else ""
    return Written(first + "".join(parts[1:]), SUM)


def _cancelled(a: Piece, b: Piece) -> Piece | None:
    """Return a*(b/a) as b, and a*(c - b/a) as a*c - b; None where nothing is divided by a."""
    if b.op == "div" and not b.scaled and b.inner[1].text == a.text:
        return b.inner[0] if b.inner[0].shape == b.shape == a.shape else None
    if b.op not in ("add", "sub") or b.scaled:
        return None
    if not any(part.op == "div" and part.inner[1].text == a.text for part in b.inner):
        return None
    return PIECES.call(b.op, *(PIECES.multiply(a, part) for part in b.inner))


def _placed(a: Piece, unit: Piece) -> Piece | None:
    """Return the product of an array and one with a single entry: that entry, put in its place."""
    if unit.shape != a.shape or not _is_one_entry(unit):
        return None
    picked = PIECES.call("index", a, key=unit.settings["key"])
    entry = PIECES.multiply(unit.inner[0], picked)
    return PIECES.call("scatter_add", entry, **unit.settings)


def _is_one_entry(piece: Piece) -> bool:
    """Tell whether an array has one entry, put in its place, and zeros: a number times e_k."""
    if piece.op != "scatter_add" or piece.inner[0].shape:
        return False
    return all(isinstance(part, int) for part in piece.settings["key"])


def _distributed(a: Piece, b: Piece) -> Piece | None:
    """Return a*u - a*e_k for a*(u - e_k), of which the second is a single entry."""
    if b.op not in ("add", "sub") or b.scaled or b.shape != a.shape:
        return None
    if not any(PIECES.core(part).op == "scatter_add" for part in b.inner):
        return None
    return PIECES.call(b.op, *(PIECES.multiply(a, part) for part in b.inner))


def _averaged(core: Piece, factor: Fraction) -> tuple[Piece, Fraction]:
    """Return a sum over as many entries as it is divided by as their mean, and what is left."""
    if core.op in ("broadcast", "mul", "div"):
        parts = core.inner[:1] if core.op == "div" else core.inner
        for place, part in enumerate(parts):
            found, left = _averaged(part, factor)
            if found is not part:
                inner = (*core.inner[:place], found, *core.inner[place + 1 :])
                return PIECES.applied(core.op, inner, core.settings), left
    if core.op not in ("sum", "mean"):
        return core, factor
    (x,) = core.inner
    count = math.prod(x.shape[axis] for axis in core.settings["axis"])
    times = ratio(factor, count) if core.op == "mean" else factor
    if count < _FEWEST or times is None:
        return core, factor
    whole = len(core.settings["axis"]) == len(x.shape)
    fits = times.denominator % count == 0 if whole else times.denominator == count
    wanted = "mean" if fits else "sum"
    if wanted == core.op:
        return core, factor
    found = PIECES.applied(wanted, (x,), core.settings)
    return found, times * count if wanted == "mean" else times


_FEWEST = 2


def _unspread(piece: Piece, other: Piece) -> Piece:
    """Return a number in place of ones times it, beside an array that has the shape."""
    core, factor = piece.scaled or (piece, Fraction(1))
    inner = core.inner[0] if core.op == "broadcast" else None
    if inner is not None and inner.op == "reshape":
        inner = repeated(inner)
    if inner is None or broadcast_shapes("add", (piece.shape, other.shape)) != other.shape:
        return piece
    if PIECES.core(other).op == "broadcast":
        return piece
    return PIECES.multiply(PIECES.piece(factor), inner)


def _on_board(
    row: Row, args: tuple[Piece, ...], boards: list[Written], settings: Mapping[str, Any]
) -> Written:
    """Return an op as it is shown in plain text: arrays are multiplied with a circle."""
    if row.name == "mul":
        arrays = all(set(arg.shape) - {1} for arg in args)
        return (BOARD_ARRAYS if arrays else BOARD).factors(boards)
    if row.name == "where":
        return cases_text(*boards)
    if row.name in INDICATORS and row.name != "step":
        return Written(f"[{written_call(row, boards, {}).text}]")
    known = {setting.name for setting in row.settings}
    return written_call(row, boards, {k: v for k, v in settings.items() if k in known})


PIECES = Pieces()


Unary = Callable[["Pieces", "Piece", dict[str, Any]], "Piece | None"]
Binary = Callable[["Pieces", "Piece", "Piece"], "Piece | None"]


def folded(m: Pieces, name: str, args: tuple[Piece, ...], settings: dict[str, Any]) -> Piece | None:
    """Return an op on pieces in a shorter form, or None if there is none."""
    if name in _BINARY:
        return _BINARY[name](m, *args)
    if name == "matmul":
        unit = next((place for place, arg in enumerate(args) if _is_identity(arg)), None)
        if unit is not None and args[1 - unit].shape == broadcast_of_product(args):
            return args[1 - unit]
    if name == "scatter_add" and args[0].number not in (None, 1):
        return m.scaled(m.call(name, m.piece(1), **settings), Fraction(args[0].number or 0))
    if name in _BILINEAR and (args[0].scaled or args[1].scaled):
        core = m.call(name, *map(m.core, args), **settings)
        return m.scaled(core, fraction_of(args[0]) * fraction_of(args[1]))
    zeros = [arg for arg in args if arg.number == 0 and arg.shape]
    centred = name in ("sum", "mean") and _is_centred(args[0], settings)
    if centred or (zeros and (name in _BILINEAR or name in _LINEAR or name in _MOVING)):
        row, shapes = row_of(name), tuple(arg.shape for arg in args)
        assert isinstance(row, Structural)
        return m.zero(row.shape(*shapes, **complete_settings(row, settings, shapes)))
    if name == "sum":
        taken = _counted(m, args[0], settings) or _taken_out(m, args[0], settings)
        if taken is not None:
            return taken
    if name == "diag" and args[0].op == "broadcast" and args[0].inner[0].number is None:
        ones = m.call("broadcast", m.piece(1), shape=args[0].shape)
        if not args[0].inner[0].shape:
            return m.multiply(args[0].inner[0], m.call("diag", ones, **settings))
    if name in _BILINEAR or name == "transpose":
        divided = _divided_after(m, name, args, settings)
        if divided is not None:
            return divided
    if name in _LINEAR and args[0].scaled:
        core, factor = args[0].scaled
        return m.scaled(m.call(name, core, **settings), factor)
    return _UNARY[name](m, args[0], settings) if name in _UNARY else None


def _is_centred(x: Piece, settings: dict[str, Any]) -> bool:
    """Tell whether a piece has its own mean taken off: what is left adds up to 0."""
    if x.op != "sub" or x.scaled or x.inner[1].op != "mean" or x.shape != x.inner[0].shape:
        return False
    mean, given = x.inner[1], complete_settings(row_of("sum"), settings, (x.shape,))
    kept = mean.settings["keepdims"] or len(mean.settings["axis"]) == len(x.shape)
    of = mean.inner[0].text == x.inner[0].text
    return bool(of and kept and mean.settings["axis"] == given["axis"])


def _counted(m: Pieces, x: Piece, settings: dict[str, Any]) -> Piece | None:
    """Return 4 times the number for the sum of four of it."""
    core, factor = x.scaled or (x, Fraction(1))
    if core.op != "broadcast" or core.inner[0].shape:
        return None
    given = complete_settings(row_of("sum"), settings, (x.shape,))
    left = reduced_shape(x.shape, given["axis"], keepdims=given["keepdims"])
    count = math.prod(x.shape[axis] for axis in given["axis"])
    number = core.inner[0] if not left else m.call("broadcast", core.inner[0], shape=left)
    return m.multiply(m.piece(factor * count), number)


def _taken_out(m: Pieces, x: Piece, settings: dict[str, Any]) -> Piece | None:
    """Return a sum with the numbers that are factors of all terms in front; e_k sums to 1."""
    core, number = x.scaled or (x, Fraction(1))
    if _is_one_entry(core) and len(settings["axis"]) == len(core.shape):
        total = m.scaled(core.inner[0], number)
        kept = settings.get("keepdims") and core.shape
        return m.call("reshape", total, shape=(1,) * len(core.shape)) if kept else total
    bar, whole = bar_of(core), complete_settings(row_of("sum"), settings, (x.shape,))
    out = Bar[Piece](number * bar.number, [], [])
    inside = Bar[Piece](Fraction(1), [], [])
    for part in bar.above:
        (out if _is_constant(part, core.shape, **whole) else inside).above.append(part)
    for part in bar.below:
        (out if _is_constant(part, core.shape, **whole) else inside).below.append(part)
    if not (out.above or out.below) or not core.shape:
        return None
    rest = of_bar(m, inside, core.shape)
    if rest is None or not rest.shape:
        return None
    total = m.call("sum", rest, **settings)
    if total.number == 0:
        return m.zero(reduced_shape(core.shape, whole["axis"], keepdims=whole["keepdims"]))
    top = reduce(m.product, [total, *out.above][::-1])
    if out.below:
        top = m.call("div", top, reduce(m.product, out.below))
    return m.multiply(m.piece(out.number), top)


def _is_constant(part: Piece, shape: Shape, *, axis: Sequence[int], keepdims: bool) -> bool:
    """Tell whether a factor is the same along the axes of a sum, and fits what the sum leaves."""
    lead = len(shape) - len(part.shape)
    own = [at - lead for at in axis if at >= lead]
    return all(part.shape[at] == 1 for at in own) and (keepdims or not own)


def _divided_after(
    m: Pieces, name: str, args: tuple[Piece, ...], settings: dict[str, Any]
) -> Piece | None:
    """Return A B/c for (A/c) B of a number c."""
    rests, below = list[Piece](), list[Piece]()
    for arg in args:
        bar = bar_of(arg)
        numbers = [part for part in bar.below if not part.shape]
        inside = [part for part in bar.below if part.shape]
        rest = of_bar(m, Bar(bar.number, bar.above, inside), arg.shape) if numbers else arg
        if rest is None or not rest.shape:
            return None
        below += numbers
        rests.append(rest)
    if not below:
        return None
    return m.call("div", m.call(name, *rests, **settings), reduce(m.product, below))


def broadcast_of_product(args: tuple[Piece, ...]) -> Shape:
    """Return the shape of a product of two matrices, or of a matrix and a vector."""
    left, right = (arg.shape for arg in args)
    return (*left[:-1], *right[1:])


def _is_identity(x: Piece) -> bool:
    """Tell whether a piece is a diagonal of ones."""
    while x.op == "transpose":
        (x,) = x.inner
    inner = x.inner[0] if x.op == "diag" else x
    return x.op == "diag" and inner.op == "broadcast" and inner.inner[0].number == 1


def _collected(m: Pieces, name: str, a: Piece, b: Piece) -> Piece | None:
    """Return X @ (a - b) for X @ a - X @ b, one number in front of both."""
    first, second = m.core(a), m.core(b)
    turned = first.op == second.op == "transpose" and first.settings == second.settings
    if turned and fraction_of(a) == fraction_of(b):
        inside = m.call(name, first.inner[0], second.inner[0])
        return m.scaled(m.call("transpose", inside, **first.settings), fraction_of(a))
    joint = first.op == "mul" and first.inner[0].op in INDICATORS
    same = (
        first.op == second.op
        and (joint or first.op in ("matmul", "outer"))
        and fraction_of(a) == fraction_of(b)
    )
    if not same:
        return None
    (left, right), (other, last) = _in_columns(m, first), _in_columns(m, second)
    if left.text == other.text and right.shape == last.shape:
        joined = m.call(first.op, left, m.call(name, right, last), **first.settings)
    elif right.text == last.text and left.shape == other.shape:
        joined = m.call(first.op, m.call(name, left, other), right, **first.settings)
    else:
        return None
    return m.scaled(joined, fraction_of(a))


def _in_columns(m: Pieces, product: Piece) -> tuple[Piece, ...]:
    """Return the factors of a product; of a vector and a matrix, v X is X^T v."""
    left, right = product.inner
    if len(left.shape) == 1 and len(right.shape) == 2 and product.op == "matmul":
        return m.call("transpose", right), left
    return left, right


def _without_cross(m: Pieces, a: Piece, b: Piece) -> Piece | None:
    """Return s - t for (1 - t)*s - t*(1 - s), as of the loss of two classes."""
    for s in a.inner if a.op == b.op == "mul" and not (a.scaled or b.scaled) else ():
        rest = a.inner[1] if s is a.inner[0] else a.inner[0]
        t = rest.inner[1] if rest.op == "sub" and rest.inner[0].number == 1 else None
        wanted = {} if t is None else {t.text, m.call("sub", 1, s).text}
        if t is not None and {part.text for part in b.inner} == wanted:
            return m.call("sub", s, t)
    return None


def repeated(x: Piece) -> Piece | None:
    """Return what a piece only repeats or gives leading axes of length 1, else None."""
    if x.op == "broadcast":
        return x.inner[0]
    if x.op == "reshape":
        (inner,) = x.inner
        lead = len(x.shape) - len(inner.shape)
        return inner if x.shape == (1,) * lead + inner.shape else None
    return None


def _add(m: Pieces, a: Piece, b: Piece) -> Piece | None:
    """Write a - b for a + (-b) and for (-b) + a, and 2*a for a + a."""
    for zero, other in ((a, b), (b, a)):
        if zero.number == 0 and other.shape == broadcast_shapes("add", (a.shape, b.shape)):
            return other
    if not (a.number or b.number) and m.core(a).text == m.core(b).text:
        return m.scaled(m.core(a), fraction_of(a) + fraction_of(b))
    beside = _unspread(a, b), _unspread(b, a)
    if beside != (a, b):
        return m.call("add", *beside)
    if b.scaled and b.scaled[1] < 0:
        return m.call("sub", a, m.scaled(b.scaled[0], -b.scaled[1]))
    if b.number is not None and b.number < 0:
        return m.call("sub", a, m.piece(-b.number))
    if a.scaled and a.scaled[1] < 0 and not b.number:
        return m.call("sub", b, m.scaled(a.scaled[0], -a.scaled[1]))
    return _collected(m, "add", a, b) or over_common_bar(m, "add", a, b)


def _sub(m: Pieces, a: Piece, b: Piece) -> Piece | None:
    """Write a + b for a - (-b), and c for 1 - (1 - c) of an indicator c."""
    if b.number == 0 and a.shape == broadcast_shapes("sub", (a.shape, b.shape)):
        return a
    if isinstance(a.number, Number) and isinstance(b.number, Number):
        return m.piece(Fraction(str(a.number)) - Fraction(str(b.number)))
    if a.op == b.op == "sub" and not (a.scaled or b.scaled):
        (first, y), (second, z) = a.inner, b.inner
        if first.text == second.text and y.shape == z.shape == a.shape == b.shape:
            return m.call("sub", z, y)  # what is left of x - y - (x - z)
    if a.op == b.op == "sum" and a.settings == b.settings and a.inner[0].shape == b.inner[0].shape:
        inside = _without_cross(m, a.inner[0], b.inner[0])
        if inside is not None and not (a.scaled or b.scaled):
            return m.call("sum", inside, **a.settings)
    beside = _unspread(a, b), _unspread(b, a)
    if beside != (a, b):
        return m.call("sub", *beside)
    if b.scaled and b.scaled[1] < 0:
        return m.call("add", a, m.scaled(b.scaled[0], -b.scaled[1]))
    if b.number is not None and b.number < 0:
        return m.call("add", a, m.piece(-b.number))
    if a.number == 1 and b.op == "sub" and b.inner[0].number == 1:
        return b.inner[1] if b.inner[1].op in INDICATORS else None
    if a.number == 1 and b.op in _OPPOSITE:
        return m.call(_OPPOSITE[b.op], *b.inner)
    if a.op == "sub" and not (a.scaled or b.number):
        first, second = a.inner
        if m.core(second).text == m.core(b).text:
            both = m.scaled(m.core(b), fraction_of(second) + fraction_of(b))
            return m.call("sub", first, both)
    shorter = _without_cross(m, a, b) or _collected(m, "sub", a, b)
    return shorter or over_common_bar(m, "sub", a, b)


def _div(m: Pieces, a: Piece, b: Piece) -> Piece | None:
    """Take numbers out of a fraction: 2*a/(2*b) is a/b; what is divided by 0 stays as it is."""
    factor = ratio(fraction_of(a), fraction_of(b))
    if factor is None or bar_of(a).over(bar_of(b)) is None:
        return None
    if b.number is not None:
        return m.scaled(m.core(a), factor)
    above, below = m.core(a), m.core(b)
    if above.op == "mul" and below.text in {part.text for part in above.inner}:
        first, second = above.inner
        rest = second if first.text == below.text else first
        if rest.shape == above.shape == below.shape:
            return m.scaled(rest, factor)
    shorter = over_one_bar(m, a, b, below=True)
    if shorter is not None:
        return shorter
    factor = factor if a.scaled or b.scaled else Fraction(1)
    if factor == 1 and not b.scaled:
        return None
    return m.multiply(m.call("div", m.core(a), m.core(b)), m.piece(factor))


def _equal(_m: Pieces, a: Piece, b: Piece) -> Piece | None:
    """Write 1 - c for c == 0 of an indicator c."""
    return 1 - a if b.number == 0 and a.op in INDICATORS else None


def _transpose(m: Pieces, x: Piece, settings: dict[str, Any]) -> Piece | None:
    """Leave out a transpose that changes nothing, or that undoes the one inside."""
    unchanged = tuple(range(len(x.shape)))
    axes = tuple(settings.get("axes", reversed(unchanged)))
    if axes == unchanged:
        return x
    if x.op == "transpose" and tuple(x.settings["axes"][axis] for axis in axes) == unchanged:
        return x.inner[0]
    if x.op == "matmul" and len(x.shape) == 2 and "transpose" in (p.op for p in x.inner):
        left, right = x.inner
        return m.call("matmul", m.call("transpose", right), m.call("transpose", left))
    return None


def _reshape(m: Pieces, x: Piece, settings: dict[str, Any]) -> Piece | None:
    """Leave out a reshape that changes nothing or is undone; repeat a number in its last shape."""
    if x.shape == settings["shape"]:
        return x
    if x.number is not None:
        return m.call("broadcast", x, shape=settings["shape"])
    if x.op == "reshape":
        return m.call("reshape", x.inner[0], shape=settings["shape"])
    if x.op in ("sum", "mean") and not x.settings["keepdims"]:
        axis, shape = x.settings["axis"], x.inner[0].shape
        if reduced_shape(shape, axis, keepdims=True) == settings["shape"]:
            return m.call(x.op, x.inner[0], axis=axis, keepdims=True)
    if x.op in ("sum", "mean") and x.settings["keepdims"]:
        axis, shape = x.settings["axis"], x.inner[0].shape
        if reduced_shape(shape, axis, keepdims=False) == settings["shape"]:
            return m.call(x.op, x.inner[0], axis=axis, keepdims=False)
    if x.op == "broadcast" and not x.inner[0].shape:
        return m.call("broadcast", x.inner[0], shape=settings["shape"])
    return None


def _broadcast(m: Pieces, x: Piece, settings: dict[str, Any]) -> Piece | None:
    """Leave out a repetition that changes nothing; repeat 1, and multiply by another number."""
    if x.number not in (None, 1):
        return m.scaled(m.call("broadcast", m.piece(1), **settings), Fraction(x.number or 0))
    return x if x.shape == settings["shape"] else None


_OPPOSITE = {
    "greater": "less_equal", "less": "greater_equal", "equal": "not_equal",
    "less_equal": "greater", "greater_equal": "less", "not_equal": "equal",
}  # fmt: skip


def _exp(m: Pieces, x: Piece, settings: dict[str, Any]) -> Piece | None:
    """Write softmax(z) for the exponential of log_softmax(z), and x for that of log(x)."""
    if x.op == "log_softmax":
        return m.call("softmax", x.inner[0], **x.settings)
    return x.inner[0] if x.op == "log" else None


_UNARY: dict[str, Unary] = {
    "exp": _exp,
    "transpose": _transpose,
    "reshape": _reshape,
    "broadcast": _broadcast,
}
_BINARY: dict[str, Binary] = {"add": _add, "sub": _sub, "div": _div, "equal": _equal}
_BILINEAR = frozenset({"matmul", "outer", "dot"})
_MOVING = frozenset({"mean", "index", "scatter_add"})
_LINEAR = frozenset({"broadcast", "diag", "reshape", "sum", "transpose"})
