"""Find rows by name, alias or code; a row is added in one call.

The rows of leaves stand here, those of ops in the files ending in ``_rows``.
"""

from __future__ import annotations

from typing import Protocol

from graphgrad.errors import RowError
from graphgrad.ops.row import Leaf, Row
from graphgrad.ops.rows.activation_rows import ACTIVATIONS
from graphgrad.ops.rows.angle_rows import ANGLES
from graphgrad.ops.rows.arithmetic_rows import ARITHMETIC
from graphgrad.ops.rows.class_rows import CLASSES
from graphgrad.ops.rows.comparison_rows import COMPARISONS
from graphgrad.ops.rows.cumulative_rows import CUMULATIVE
from graphgrad.ops.rows.function_rows import FUNCTIONS
from graphgrad.ops.rows.gather_rows import GATHERS
from graphgrad.ops.rows.matrix_part_rows import MATRIX_PARTS
from graphgrad.ops.rows.matrix_rows import MATRICES
from graphgrad.ops.rows.movement_rows import MOVEMENTS
from graphgrad.ops.rows.order_rows import ORDERS
from graphgrad.ops.rows.reduction_rows import REDUCTIONS
from graphgrad.ops.rows.rounding_rows import ROUNDINGS
from graphgrad.ops.rows.stable_rows import STABLE
from graphgrad.ops.rows.window_rows import WINDOWS

__all__ = [
    "LEAVES",
    "ROWS",
    "add_row",
    "code_of",
    "find",
    "find_for",
    "follow",
    "function_names",
    "is_built_in",
    "is_chained",
    "of_one_array",
    "remove_row",
    "row",
]

LEAVES = (
    Leaf(name="input", arguments=(), role="input", doc="A given value: data."),
    Leaf(name="param", arguments=(), role="parameter", doc="A value that training changes."),
    Leaf(
        name="const",
        arguments=(),
        role="constant",
        doc="A number of the formula; the setting symbol names pi and e.",
    ),
)
"""The three kinds of leaves."""


class Follower(Protocol):
    """A function that is told when a row is known and when it no longer is."""

    def __call__(self, row: Row, *, known: bool) -> None: ...


ROWS: list[Row] = []
_CODES: dict[str, int] = {}
_ALIASES: dict[str, str] = {}
_FOLLOWERS: list[Follower] = []


def add_row(row: Row) -> int:
    """Add a row to the registry and return its code.

    Raises:
        RowError: if the name or an alias is taken.
    """
    for name in (row.name, *row.aliases):
        if name in _CODES or name in _ALIASES:
            raise RowError("row.taken", name=name)
    ROWS.append(row)
    _CODES[row.name] = len(ROWS) - 1
    _ALIASES.update(dict.fromkeys(row.aliases, row.name))
    for follower in _FOLLOWERS:
        follower(row, known=True)
    return len(ROWS) - 1


def remove_row(name: str) -> None:
    """Forget the row added last, for tests and interactive trials.

    Raises:
        RowError: if it is not the last one: graphs refer to rows by position.
    """
    if ROWS[-1].name != name:
        raise RowError("row.not_last", name=name)
    last = ROWS.pop()
    del _CODES[name]
    for alias in last.aliases:
        del _ALIASES[alias]
    for follower in _FOLLOWERS:
        follower(last, known=False)


def follow(follower: Follower) -> None:
    """Tell a function of every row, those to come included, and of rows that are forgotten."""
    _FOLLOWERS.append(follower)
    for row in ROWS:
        follower(row, known=True)


def code_of(name: str) -> int:
    """Return the code of a row, by its name."""
    return _CODES[name]


def row(name: str) -> Row:
    """Return a row by its name."""
    return ROWS[_CODES[name]]


def find(name: str) -> Row | None:
    """Return the row that a function name or alias means in a file, or None.

    >>> find("sen").name
    'sin'
    """
    code = _CODES.get(_ALIASES.get(name, name))
    if code is None or isinstance(ROWS[code], Leaf):
        return None
    return ROWS[code]


_OF_TWO = {"max": "maximum", "min": "minimum", "máx": "maximum", "mín": "minimum"}
"""What a name of an op of one array is of several values: max(a, b)."""
_OF_ARRAY = {"add": "sum", "mul": "prod", "maximum": "max", "minimum": "min"}
"""An op of two values to the one that does the same to all entries of an array."""


def find_for(name: str, count: int) -> Row | None:
    """Return the row that a name means with so many operands, or None.

    The nouns of Spanish are said of one array as of several values, and so are max and min.

    >>> [find_for(name, count).name for name in ("suma", "max") for count in (1, 2)]
    ['sum', 'add', 'max', 'maximum']
    """
    found = find(name)
    if count > 1 and name in _OF_TWO:
        return find(_OF_TWO[name])
    noun = found is not None and name in found.aliases
    return find(of_one_array(name) or name) if noun and count == 1 else found


def of_one_array(name: str) -> str:
    """Return the op that does to an array's entries what an op does to two values; "" if none.

    >>> of_one_array("add"), of_one_array("producto"), of_one_array("sub")
    ('sum', 'prod', '')
    """
    found = find(name)
    return _OF_ARRAY.get(found.name, "") if found is not None else ""


def is_chained(name: str) -> bool:
    """Tell whether more than two operands are taken one after another: max(a, b, c)."""
    return name in _OF_TWO or bool(of_one_array(name))


def function_names() -> list[str]:
    """Return every name that `find` knows, for messages that suggest near names."""
    return [name for name in (*_CODES, *_ALIASES) if find(name) is not None]


for _row in (
    *LEAVES,
    *ARITHMETIC,
    *COMPARISONS,
    *FUNCTIONS,
    *ACTIVATIONS,
    *MATRICES,
    *REDUCTIONS,
    *STABLE,
    *MOVEMENTS,
    *GATHERS,
    *WINDOWS,
    *CLASSES,
    *ANGLES,
    *ROUNDINGS,
    *CUMULATIVE,
    *ORDERS,
    *MATRIX_PARTS,
):
    add_row(_row)

_BUILT_IN = frozenset(map(id, ROWS))


def is_built_in(row: Row) -> bool:
    """Tell whether a row is one of this program's own, not one that was added later."""
    return id(row) in _BUILT_IN
