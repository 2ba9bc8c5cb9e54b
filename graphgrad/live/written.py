"""Write values that were changed by hand into the text they belong to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from graphgrad.errors import GraphgradError
from graphgrad.expr.dialect import COMMA, STRICT, Dialect
from graphgrad.graph.graph import Graph
from graphgrad.ops.evaluate import to_float
from graphgrad.source.gg import read_gg
from graphgrad.source.statements import Statement, read_statement
from graphgrad.source.tree import Piece, depths, text_of, tree_of
from graphgrad.source.writing.value_texts import value_text

__all__ = ["has_decimal_comma", "in_dialect", "same_numbers", "with_written"]

_SAYS_COMMA = re.compile(r"^[ \t]*decimal[ \t]+com{1,2}a\b", re.MULTILINE)


def with_written(text: str, point: Mapping[str, Any]) -> tuple[str, list[str]]:
    r"""Return a text whose leaves have other values, and the names that stand in no line of it.

    Args:
        text: of a file that can be read.
        point: values by name.

    >>> with_written("input x = 3  # km\nparam w\nloss L = w*x", {"x": 2.5, "w": 4, "q": 1})
    ('input x = 2.5  # km\nparam w = 4\nloss L = w*x', ['q'])
    """
    left = []
    for name, value in point.items():
        written = _with_one(text, name, value)
        if written is None:
            left.append(name)
        else:
            text = written
    return text, left


def _with_one(text: str, name: str, value: Any) -> str | None:
    """Return a text in which one leaf has a value; None if no line of it can say so."""
    tree = tree_of(text)
    for at, (piece, depth) in enumerate(zip(tree, depths(tree), strict=True)):
        found = None if depth or piece.text.isspace() or not piece.text else _leaf(piece, name)
        if found is None:
            continue
        for dialect in (STRICT, COMMA):
            tree[at] = _valued(piece, found, in_dialect(value, dialect))
            written = text_of(tree)
            if _is_read_back(written, name, value):
                return written
    return None


def _leaf(piece: Piece, name: str) -> Statement | None:
    """Return the statement that declares a leaf, if a piece is that."""
    for dialect in (STRICT, COMMA):
        try:
            statement = read_statement(piece.text, dialect)
        except GraphgradError:
            continue
        return statement if statement.start.reader == "leaf" and statement.name == name else None
    return None


def _valued(piece: Piece, statement: Statement, value: str) -> Piece:
    """Return a piece with another value; what stands around it, as its comment, stays."""
    equals = next((token for token in statement.tokens if token.value == "="), None)
    code = piece.text.rstrip()
    left = code if equals is None else code[: equals.end]
    said = f"{left} = {value}" if equals is None else f"{left} {value}"
    behind = piece.written[len(code) :] if piece.written.startswith(code) else "\n"
    return piece._replace(written=said + behind)


def has_decimal_comma(text: str) -> bool:
    r"""Tell whether a text says that its numbers are written with a comma.

    >>> has_decimal_comma("decimal comma\ninput x = 0,5"), has_decimal_comma("input x = 0.5")
    (True, False)
    """
    return _SAYS_COMMA.search(text) is not None


def in_dialect(value: Any, dialect: Dialect) -> str:
    """Return a value as a file in a dialect writes it."""
    told = value_text(value)
    return told.replace(", ", "; ").replace(".", ",") if dialect is COMMA else told


def _is_read_back(text: str, name: str, value: Any) -> bool:
    try:
        graph: Graph = read_gg(text, relations=False)
    except GraphgradError:
        return False
    node = graph.find(name)
    given = None if node is None else graph.defaults.get(node)
    return given is not None and same_numbers(given, value)


def same_numbers(one: Any, other: Any) -> bool:
    """Tell whether two values, of whatever types, have the same numbers as floats.

    >>> from fractions import Fraction
    >>> same_numbers(0.5, Fraction(1, 2))
    True
    """
    return bool(_floats(one) == _floats(other))


def _floats(value: Any) -> Any:
    entries = value.tolist() if hasattr(value, "tolist") else value
    return [_floats(entry) for entry in entries] if isinstance(entries, list) else to_float(entries)
