"""Store the nodes of a graph flat: integer ids and typed columns, one entry per node.

There are no node objects to build, copy, pickle or free, so a million nodes cost a few arrays.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from math import prod
from typing import Any, NamedTuple

from graphgrad.graph.kinds import NO_SETTINGS, Kind, kind_of, shared_kind
from graphgrad.ops.registry import ROWS, code_of
from graphgrad.ops.row import Elementwise, Row
from graphgrad.ops.shapes import Shape

__all__ = ["NO_SETTINGS", "Columns", "Nodes"]


class Nodes(NamedTuple):
    """Nodes in a row, as `Columns` stores them; ``ends`` counts their parents so far."""

    codes: array[int]
    settings: array[int]
    shapes: array[int]
    parents: array[int]
    ends: tuple[int, ...]


class Columns:
    """Typed columns over nodes 0, 1, 2, ...; parents always have smaller ids.

    Attributes:
        codes: the op of each node, as its position in the registry of rows.
        starts: where each node's parents begin in ``parents``; one entry more than nodes.
        parents: parent ids, in slot order, repeated where a parent fills several slots.
        settings: index into ``settings_table``.
        shapes: index into ``shape_table``; 0 is the scalar shape.
    """

    __slots__ = (
        "_kind_keys",
        "_setting_keys",
        "_shape_keys",
        "codes",
        "parents",
        "settings",
        "settings_table",
        "shape_table",
        "shapes",
        "starts",
    )

    def __init__(self) -> None:
        self.codes = array("H")
        self.starts = array("I", [0])
        self.parents = array("I")
        self.settings = array("I")
        self.shapes = array("I")
        self.settings_table: list[dict[str, Any]] = [NO_SETTINGS]
        self.shape_table: list[Shape] = [()]
        self._setting_keys: dict[Any, int] = {(): 0}
        self._shape_keys: dict[Shape, int] = {(): 0}
        self._kind_keys: dict[Kind, tuple[int, int]] = {}

    def __len__(self) -> int:
        return len(self.codes)

    def row(self, node: int) -> Row:
        """Return the row of a node's op."""
        return ROWS[self.codes[node]]

    def parents_of(self, node: int) -> Sequence[int]:
        """Return the ids of a node's parents in slot order."""
        return self.parents[self.starts[node] : self.starts[node + 1]]

    def settings_of(self, node: int) -> dict[str, Any]:
        """Return a node's settings; do not change them."""
        return self.settings_table[self.settings[node]]

    def shape(self, node: int) -> Shape:
        """Return the shape of a node's value."""
        return self.shape_table[self.shapes[node]]

    def entries(self) -> int:
        """Return how many numbers the values of all nodes are."""
        sizes = [prod(shape) for shape in self.shape_table]
        if max(sizes) == 1 == min(sizes):
            return len(self)
        return sum(sizes[index] * count for index, count in Counter(self.shapes).items())

    def leaf(self, code: int, shape: Shape, settings: Mapping[str, Any] = NO_SETTINGS) -> int:
        """Append a leaf and return its id."""
        return self._append(code, (), self.intern_settings(settings), self._shape_index(shape))

    def apply(self, code: int, parents: Sequence[int], settings: Mapping[str, Any]) -> int:
        """Append an op on earlier nodes and return its id.

        Raises:
            ShapeError: if the parents' shapes do not fit the op.
            UsageError: if a setting is unknown, missing or of the wrong kind.
        """
        row = ROWS[code]
        plain = not settings and isinstance(row, Elementwise) and not row.settings
        if plain and not any(map(self.shapes.__getitem__, parents)):
            return self._append(code, parents, 0, 0)
        shapes = tuple([self.shape(parent) for parent in parents])
        return self.add(kind_of(code, shapes, settings), parents)

    def add(self, kind: Kind, parents: Sequence[int]) -> int:
        """Append a node of a kind and return its id."""
        keys = self._kind_keys.get(kind)
        if keys is None:
            keys = self.intern_settings(kind.settings), self._shape_index(kind.shape)
            self._kind_keys[kind] = keys
        return self._append(kind.code, parents, *keys)

    def kinds(self) -> list[Kind]:
        """Return the kind of every node."""
        known: dict[tuple[int, int, int], Kind] = {}
        marks = list(zip(self.codes, self.settings, self.shapes, strict=True))
        for code, settings, shape in set(marks):
            full = self.settings_table[settings]
            known[code, settings, shape] = shared_kind(code, full, self.shape_table[shape])
        return [known[mark] for mark in marks]

    def copy_node(self, source: Columns, node: int, parents: Sequence[int]) -> int:
        """Append a node of other columns, with parents given here, and return its id."""
        settings = self.intern_settings(source.settings_of(node))
        shape = self._shape_index(source.shape(node))
        return self._append(source.codes[node], parents, settings, shape)

    def _append(self, code: int, parents: Sequence[int], settings: int, shape: int) -> int:
        self.codes.append(code)
        self.parents.extend(parents)
        self.starts.append(len(self.parents))
        self.settings.append(settings)
        self.shapes.append(shape)
        return len(self.codes) - 1

    def taken(self, first: int) -> Nodes:
        """Return copies of the last nodes, from one on."""
        start = self.starts[first]
        ends = tuple([end - start for end in self.starts[first + 1 :]])
        columns = (self.codes[first:], self.settings[first:], self.shapes[first:])
        return Nodes(*columns, self.parents[start:], ends)

    def repeat(self, nodes: Nodes, words: Sequence[int | None]) -> int:
        """Append nodes that were taken from here, on other parents, and return the first id.

        Args:
            nodes: their parents are counted from the first of them; ``~slot`` is one before them.
            words: the parents before them, by slot.
        """
        base, start = len(self.codes), len(self.parents)
        self.codes.extend(nodes.codes)
        self.settings.extend(nodes.settings)
        self.shapes.extend(nodes.shapes)
        parents: Any = [base + p if p >= 0 else words[~p] for p in nodes.parents]
        self.parents.extend(parents)
        self.starts.extend([start + end for end in nodes.ends])
        return base

    def intern_settings(self, settings: Mapping[str, Any]) -> int:
        """Return the position of settings in the table, added if they are new."""
        if not settings:
            return 0
        key = tuple(settings.items())
        index = self._setting_keys.get(key)
        if index is None:
            index = self._setting_keys[key] = len(self.settings_table)
            self.settings_table.append(dict(settings))
        return index

    def _shape_index(self, shape: Shape) -> int:
        index = self._shape_keys.get(shape)
        if index is None:
            index = self._shape_keys[shape] = len(self.shape_table)
            self.shape_table.append(shape)
        return index

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Columns):
            return NotImplemented
        return self.__getstate__() == other.__getstate__()

    __hash__ = None  # type: ignore[assignment]  # mutable while it grows

    def __getstate__(self) -> dict[str, Any]:
        """Name ops by row name: codes depend on the order in which rows were registered."""
        used = sorted(set(self.codes))
        return {
            "ops": {code: ROWS[code].name for code in used},
            "codes": self.codes,
            "starts": self.starts,
            "parents": self.parents,
            "settings": self.settings,
            "shapes": self.shapes,
            "settings_table": self.settings_table,
            "shape_table": self.shape_table,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name in ("starts", "parents", "settings", "shapes", "settings_table", "shape_table"):
            setattr(self, name, state[name])
        codes = {code: code_of(name) for code, name in state["ops"].items()}
        same = all(old == new for old, new in codes.items())
        self.codes = (
            state["codes"] if same else array("H", (codes[code] for code in state["codes"]))
        )
        self._setting_keys = {tuple(s.items()): i for i, s in enumerate(self.settings_table)}
        self._shape_keys = {shape: index for index, shape in enumerate(self.shape_table)}
        self._kind_keys = {}
