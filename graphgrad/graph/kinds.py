"""Say once what an op is wherever it stands: its row, its settings and the shape of its value.

Nodes that agree in these share one `Kind`, so that appending a node is appending a reference, and
loops over nodes tell ops apart by identity.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import prod
from typing import Any

from graphgrad.graph.settings import complete_settings
from graphgrad.ops.registry import ROWS, code_of
from graphgrad.ops.row import Elementwise, Leaf, Row, Structural
from graphgrad.ops.shapes import Shape, broadcast_shapes

__all__ = ["MANY", "ONE", "Kind", "kind_of", "leaf_kind", "link_kind", "scalar_kind", "shared_kind"]

MANY = 3
"""The count of parents from which they are kept apart from the two columns of parents."""

ONE = 1.0
"""The partial that leaves an adjoint as it is, told by identity."""

NO_SETTINGS: dict[str, Any] = {}
_MOST_KNOWN = 20_000
_LONGEST = 32
_PLAIN = frozenset({int, float, bool, str, Fraction, type(None)})


class Kind:
    """What a node is, beside its parents.

    Attributes:
        code: the position of the row in the registry.
        row: the row.
        settings: the row's settings, complete and in standard form; do not change them.
        floats: the same with numbers as floats where they are fractions.
        shape: the shape of the value.
        size: how many entries that has.
        arity: the count of parents: 0, 1, 2 or `MANY`.
        fixed: whether it is a number of a formula, which gets no adjoint.
        wanted: how much its adjoint is wanted: 0 if it is fixed, 2 for data, where it may be put
            off, else 1.
        scalar: whether it is an element-wise op on numbers.
        evaluate: of an op, the function of its value.
        partials: of an element-wise op, the functions of its partials.
        pullback: of another op, the function of its contributions.
        single: whether the value is rounded to float32; only `in_single` is such a kind.
    """

    __slots__ = (
        "_constants", "_in_single", "arity", "code", "evaluate", "fixed", "floats", "partials",
        "pullback", "row", "scalar", "settings", "shape", "single", "size", "wanted",
    )  # fmt: skip

    def __init__(self, code: int, row: Row, settings: Mapping[str, Any], shape: Shape) -> None:
        self.code = code
        self.row: Row = row
        self.settings = settings
        self.floats = {name: _float(value) for name, value in settings.items()}
        self.shape = shape
        self.size = prod(shape)
        self.arity = MANY if row.variadic else min(len(row.arguments), MANY)
        self.fixed = isinstance(row, Leaf) and row.role == "constant"
        data = isinstance(row, Leaf) and row.role == "input" and code >= 0
        self.wanted = 0 if self.fixed else 2 if data and shape else 1
        self.scalar = isinstance(row, Elementwise) and not shape
        self.evaluate: Any = None
        self.partials: tuple[Any, ...] = ()
        self.pullback: Any = None
        self.single = False
        self._in_single: Kind | None = None
        self._constants: tuple[float | None, ...] | None = None
        if isinstance(row, Elementwise):
            self.evaluate, self.partials = row.evaluate or row.formula, row.computed_partials
        elif isinstance(row, Structural):
            self.evaluate, self.pullback = row.evaluate, row.computed_pullback

    @property
    def constants(self) -> tuple[float | None, ...]:
        """Return, per slot of an element-wise op, the number that its partial always is, or None.

        1 is told by identity: it is `ONE`.
        """
        if self._constants is None:
            from graphgrad.ops.float_code import FloatCode, Unwritable

            names = ("out", *(f"x{slot}" for slot in range(len(self.row.arguments))))
            try:
                found = FloatCode().written(self.partials, names, self.floats).results
            except Unwritable:
                found = [""] * len(self.partials)
            numbers = [None if isinstance(one, str) else one for one in found]
            self._constants = tuple(ONE if one == 1.0 else one for one in numbers)
        return self._constants

    @property
    def in_single(self) -> Kind:
        """Return the same kind with its value rounded to float32; passes run it in place of it."""
        if self._in_single is None:
            self._in_single = Kind(self.code, self.row, self.settings, self.shape)
            self._in_single.single = True
        return self._in_single

    def __repr__(self) -> str:
        return f"<Kind {self.row.name} {self.settings} {self.shape}>"

    def __copy__(self) -> Kind:
        return self

    def __deepcopy__(self, _memo: dict[int, Any]) -> Kind:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Name the op by its row: codes depend on the order in which rows were registered."""
        return _restored, (self.row.name, tuple(self.settings.items()), self.shape)


def _float(value: Any) -> Any:
    return float(value) if isinstance(value, Fraction) else value


def _restored(name: str, settings: tuple[tuple[str, Any], ...], shape: Shape) -> Kind:
    if name == _LINK.name:
        return link_kind(shape)
    return shared_kind(code_of(name), dict(settings), shape)


_shared: dict[Any, Kind] = {}
_asked: dict[Any, Kind] = {}
_links: dict[Any, Kind] = {}
_LINK = Leaf(name="link", arguments=(), role="input")


def shared_kind(code: int, settings: Mapping[str, Any], shape: Shape) -> Kind:
    """Return the kind with complete settings and a shape, the same one where it is known."""
    typed = tuple([(name, type(value), value) for name, value in settings.items()])
    return _known(_shared, (id(ROWS[code]), typed, shape), code, settings or NO_SETTINGS, shape)


def leaf_kind(code: int, shape: Shape, settings: Mapping[str, Any] = NO_SETTINGS) -> Kind:
    """Return the kind of a leaf."""
    return shared_kind(code, settings, shape)


def link_kind(shape: Shape) -> Kind:
    """Return the kind of a node that stands for one kept elsewhere; no row of the registry."""
    kind = _links.get(shape)
    if kind is None:
        kind = _bounded(_links)[shape] = Kind(-1, _LINK, NO_SETTINGS, shape)
    return kind


def scalar_kind(code: int) -> Kind | None:
    """Return the kind of an element-wise op without settings on numbers, None for other ops."""
    row = ROWS[code]
    return shared_kind(code, NO_SETTINGS, ()) if _is_plain(row) else None


def kind_of(code: int, shapes: tuple[Shape, ...], settings: Mapping[str, Any]) -> Kind:
    """Return the kind of an op on values of these shapes.

    Raises:
        ShapeError: if the shapes do not fit the op.
        UsageError: if a setting is unknown, missing or of the wrong kind.
    """
    key = (id(ROWS[code]), shapes, _typed(settings) if settings else ())
    if key[2] is None:
        return _found(code, shapes, settings)
    kind = _asked.get(key)
    if kind is None or kind.code != code:
        kind = _found(code, shapes, settings)
        _bounded(_asked)[key] = kind
    return kind


def _found(code: int, shapes: tuple[Shape, ...], settings: Mapping[str, Any]) -> Kind:
    """Complete the settings and compute the shape."""
    row = ROWS[code]
    full = complete_settings(row, settings, shapes)
    if isinstance(row, Elementwise):
        return shared_kind(code, full, broadcast_shapes(row.name, shapes))
    assert isinstance(row, Structural)
    return shared_kind(code, full, row.shape(*shapes, **full))


def _is_plain(row: Row) -> bool:
    return isinstance(row, Elementwise) and not row.settings and not row.variadic


def _typed(settings: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """Return settings such that equal ones mean the same; None where that is not sure.

    1, 1.0, True and 1/1 are equal in Python, but not every setting takes each of them.
    """
    found = []
    for name, value in settings.items():
        kind = type(value)
        if kind is tuple:
            if len(value) > _LONGEST or not all(map(_is_whole, value)):
                return None
        elif kind not in _PLAIN:
            return None
        found.append((name, kind, value))
    return tuple(found)


def _is_whole(entry: Any) -> bool:
    """Tell whether an entry of a setting is a whole number, or a range of a subscript."""
    return type(entry) is int or (
        type(entry) is tuple and len(entry) == 2 and type(entry[0]) is type(entry[1]) is int
    )


def _known(
    table: dict[Any, Kind], key: Any, code: int, settings: Mapping[str, Any], shape: Shape
) -> Kind:
    kind = table.get(key)
    if kind is None or kind.code != code:
        kind = _bounded(table)[key] = Kind(code, ROWS[code], settings, shape)
    return kind


def _bounded(table: dict[Any, Kind]) -> dict[Any, Kind]:
    """Return a table, emptied where it has grown large: a kind that is met again is made again."""
    if len(table) >= _MOST_KNOWN:
        table.clear()
    return table
