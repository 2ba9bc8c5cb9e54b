"""Write formulas in LaTeX, straight from the rows' templates; sympy is not needed here.

Brackets, numbers and the ops that templates cannot spell are put together by hand. Brackets round a
comparison are square: ``[z > 0]`` is 1 where it holds, else 0.
Source: D. E. Knuth, Two Notes on Notation, American Mathematical Monthly 99 (1992), section 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from graphgrad.graph.graph import Graph, Line
from graphgrad.ops.row import ATOM, COMPARE, POWER, PRODUCT, SIGN, Row
from graphgrad.ops.shapes import Shape
from graphgrad.ops.text import Written, number_text, setting_text
from graphgrad.symbolic.write.gaps import as_base
from graphgrad.symbolic.write.latex_movement import MOVEMENT, pooled, says_nothing
from graphgrad.symbolic.write.names import raised, written_name

__all__ = [
    "SPECIAL",
    "bracketed",
    "entrywise_product",
    "latex_call",
    "latex_number",
    "line_latex",
    "line_written",
    "node_formula_latex",
    "shown_settings",
    "within",
]


_LONGEST = 4_000
_MATRIX = 2
_MOST_ENTRIES = 16


def latex_call(
    row: Row,
    args: Iterable[Written],
    settings: Mapping[str, Any],
    shapes: tuple[Shape, ...] = (),
) -> Written:
    r"""Return an op applied to pieces of LaTeX.

    Args:
        row: the op.
        args: its arguments.
        settings: its settings, complete.
        shapes: the arguments' shapes, where known: products of arrays entry by entry are written
            with a circle, and settings that say nothing new are left out.

    >>> from graphgrad.ops.registry import row
    >>> latex_call(row("powi"), [Written("a + b", 20)], {"n": 2}).text
    '\\left(a + b\\right)^{2}'
    """
    args = tuple(args)
    if shapes:
        settings = shown_settings(row, settings, shapes)
        large = [bool(set(shape) - {1}) for shape in shapes]
        if row.name == "mul" and all(shapes) and (all(large) or not any(large)):
            return entrywise_product(args)
        if row.name == "reshape" and _stacks_rows(shapes[0], settings["shape"]):
            args = (raised(rf"{within(args[0], ATOM)}^{{\top}}"),)
    special = SPECIAL.get(row.name)
    written: Written | None = special(args, settings) if special is not None else None
    if written is not None:
        return written
    if not row.latex:
        return _named_call(row, args, settings)
    levels = row.latex_argument_levels or (0,) * len(args)
    texts = [within(arg, level) for arg, level in zip(args, levels, strict=True)]
    shown = {s.name: _setting(s.kind, settings[s.name]) for s in row.settings}
    return Written(row.latex.format(*texts, **shown), row.latex_level)


def _stacks_rows(before: Shape, after: Shape) -> bool:
    """Tell whether a matrix becomes a vector row after row: vec, which stacks columns, of Xᵀ."""
    return len(after) == 1 and len(before) == _MATRIX and 1 not in before


def line_latex(graph: Graph, line: Line) -> str:
    """Return the right-hand side of a line in LaTeX; empty for a leaf."""
    return "" if graph.is_leaf(line.root) else line_written(graph, line).text


def line_written(graph: Graph, line: Line) -> Written:
    """Return the right-hand side of a computed line in LaTeX, and how tightly it binds."""
    written: dict[int, Written] = {}
    for node in line.nodes:
        written[node] = _written(graph, node, written)
    return written[line.root]


def node_formula_latex(graph: Graph, node: int) -> str:
    """Return one operation on its parents' names in LaTeX; empty for a leaf."""
    return "" if graph.is_leaf(node) else _written(graph, node, {}).text


def shown_settings(
    row: Row, settings: Mapping[str, Any], shapes: tuple[Shape, ...]
) -> Mapping[str, Any]:
    """Return settings with None for axes that are the default: ``sum(x)`` takes all axes."""
    if row.name == "transpose" or not settings:
        return settings
    rank = len(shapes[0])
    usual = {"axes": tuple(range(rank)), "axis": rank - 1}
    shown = dict(settings)
    for setting in row.settings:
        if setting.default in (None, -1) and usual.get(setting.kind) == shown[setting.name]:
            shown[setting.name] = None
    return shown


def value_latex(graph: Graph, node: int) -> Written:
    """Return a constant in LaTeX: its own line's name, pi, e, or the number."""
    symbol = graph.columns.settings_of(node).get("symbol")
    if symbol:
        return Written(rf"\{symbol}" if symbol == "pi" else symbol)
    if node == graph.line_ends[graph.line_of(node)] - 1:
        return written_name(graph, node)
    value = graph.defaults[node]
    return _array_latex(value) if graph.columns.shape(node) else latex_number(value)


def _written(graph: Graph, node: int, known: Mapping[int, Written]) -> Written:
    if graph.is_constant(node):
        return value_latex(graph, node)
    columns = graph.columns
    parents = columns.parents_of(node)
    args = [
        known.get(parent)
        or (value_latex(graph, parent) if graph.is_constant(parent) else None)
        or written_name(graph, parent)
        for parent in parents
    ]
    row, shapes = columns.row(node), tuple(map(columns.shape, parents))
    if row.name == "reshape" and says_nothing(graph, node):
        return args[0]
    call = pooled(graph, node, known) or latex_call(row, args, columns.settings_of(node), shapes)
    return call if len(call.text) <= _LONGEST else Written(r"\ldots")


def _array_latex(value: Any) -> Written:
    shape = tuple(getattr(value, "shape", ()))
    if len(shape) > 2 or value.size > _MOST_ENTRIES:
        return Written(r"\left[\,\cdots\right]")
    rows = value.tolist() if len(shape) == 2 else [value.tolist()]
    body = r" \\ ".join(" & ".join(latex_number(entry).text for entry in row) for row in rows)
    return Written(rf"\begin{{bmatrix}} {body} \end{{bmatrix}}")


def _setting(kind: str, value: Any) -> str:
    if value is None:
        return ""
    text = latex_number(value).text if kind == "number" else setting_text(kind, value)
    return text.replace("x", r" \times ") if kind == "shape" else text


def _named_call(row: Row, args: tuple[Written, ...], settings: Mapping[str, Any]) -> Written:
    inside = [arg.text for arg in args]
    for setting in row.settings:
        value = settings[setting.name]
        if value != setting.default and value is not None:
            text = _setting(setting.kind, value)
            inside.append(rf"\mathrm{{{setting.name}}}={text}")
    name = row.name.replace("_", r"\_")
    return Written(rf"\operatorname{{{name}}}\left({', '.join(inside)}\right)")


_SMALL = re.compile(r"0\.0000")
_LIKE_A_NUMBER = re.compile(r"\d|-|\x02c|\\frac\{-?\d+\}\{\d+\}")


def within(piece: Written, level: int) -> str:
    """Return a piece's LaTeX, in brackets if it binds more loosely than its surroundings."""
    if piece.level >= level:
        return as_base(piece.text) if level > POWER else piece.text
    return bracketed(piece)


def bracketed(piece: Written) -> str:
    """Return a piece in brackets: square ones turn a comparison into a number."""
    opening, closing = ("[", "]") if piece.level == COMPARE else ("(", ")")
    return rf"\left{opening}{piece.text}\right{closing}"


def latex_number(value: Any) -> Written:
    r"""Return a number in LaTeX.

    >>> from fractions import Fraction
    >>> latex_number(Fraction(1, 3)).text, latex_number(1e-7).text
    ('\\frac{1}{3}', '10^{-7}')
    """
    text = number_text(value)
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    if digits in ("inf", "nan"):
        digits = r"\infty" if digits == "inf" else r"\mathrm{nan}"
    elif "/" in digits:
        top, bottom = digits.split("/")
        digits = rf"\frac{{{top}}}{{{bottom}}}"
    elif "e" in digits or _SMALL.match(digits):
        mantissa, exponent = _scientific(digits)
        power = f"10^{{{exponent}}}"
        if mantissa == "1":
            return Written(sign + power, SIGN if sign else POWER)
        return Written(rf"{sign}{mantissa} \cdot {power}", PRODUCT)
    return Written(sign + digits, SIGN if sign else ATOM)


def _scientific(digits: str) -> tuple[str, int]:
    """Return mantissa and exponent of 1.5e-07, or of 0.00000015."""
    if "e" in digits:
        mantissa, _, power = digits.partition("e")
        return mantissa, int(power)
    figures = digits[2:].lstrip("0")
    exponent = len(figures) - len(digits) + 1
    return figures[0] + ("." + figures[1:] if figures[1:] else ""), exponent


def _product(args: tuple[Written, ...], _settings: Mapping[str, Any]) -> Written:
    """Leave out the dot between a number and what begins with none, nor with a minus: 2x."""
    left, right = within(args[0], PRODUCT), within(args[1], PRODUCT + 1)
    number = left.replace(".", "").isdigit()
    dot = " " if number and not _LIKE_A_NUMBER.match(right) else r" \cdot "
    return Written(f"{left}{dot}{_signed(right)}", PRODUCT)


def entrywise_product(args: tuple[Written, ...]) -> Written:
    """Write the product of two arrays entry by entry with a circle, apart from matrix products."""
    left, right = within(args[0], PRODUCT), _signed(within(args[1], PRODUCT + 1))
    return Written(rf"{left} \odot {right}", PRODUCT)


def _signed(factor: str) -> str:
    """Return a factor behind a sign of multiplication: one with a minus is in brackets."""
    return rf"\left({factor}\right)" if factor.startswith("-") else factor


def _matrix_product(symbol: str) -> Any:
    """Return a writer that keeps other products in brackets, for they bind alike."""
    return lambda args, _settings: Written(
        f"{within(args[0], PRODUCT + 1)} {symbol} {within(args[1], PRODUCT + 1)}", PRODUCT
    )


def _where(args: tuple[Written, ...], settings: Mapping[str, Any]) -> Written:
    """Write cases so that their neighbours in a sum or product stand apart."""
    holds, yes, no = (arg.text for arg in args)
    other = _otherwise(holds)
    return Written(rf"\begin{{cases}} {yes} & {holds} \\ {no} & {other} \end{{cases}}", _OPEN)


def _otherwise(holds: str) -> str:
    """Return the opposite of a single relation, which is the same in every language."""
    found = [sign for sign in _OPPOSITE if sign in holds]
    if len(found) == 1 and holds.count(found[0]) == 1:
        return holds.replace(found[0], _OPPOSITE[found[0]])
    return r"\text{else}"


def _sum(args: tuple[Written, ...], settings: Mapping[str, Any]) -> Written:
    axis = settings["axis"]
    over = "" if axis is None else rf"_{{\mathrm{{axis}}\,{setting_text('axes', axis)}}}"
    return Written(rf"\sum{over} {within(args[0], PRODUCT)}", _OPEN)


def _transpose(args: tuple[Written, ...], settings: Mapping[str, Any]) -> Written | None:
    axes = settings["axes"]
    if axes == tuple(reversed(range(len(axes)))):
        return None
    order = setting_text("axes", axes)
    return raised(rf"{within(args[0], ATOM)}^{{\top {order}}}")


_OPEN = COMPARE + 1
_OPPOSITE = {" > ": r" \leq ", " < ": r" \geq ", r" \leq ": " > ", r" \geq ": " < "} | {
    " = ": r" \neq ",
    r" \neq ": " = ",
}
SPECIAL = {
    "mul": _product,
    "where": _where,
    "matmul": _matrix_product(r"\,"),
    "dot": _matrix_product(r"\cdot"),
    "outer": _matrix_product(r"\otimes"),
    "sum": _sum,
    "transpose": _transpose,
    **MOVEMENT,
}
