"""Hold a graph under construction with what its statements have declared so far."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Mapping
from fractions import Fraction
from math import prod
from typing import Any, NamedTuple

from graphgrad.errors import GraphgradError, LimitError, Place, SourceError
from graphgrad.expr.dialect import STRICT
from graphgrad.expr.tokens import printable
from graphgrad.graph.blocks import Block
from graphgrad.graph.builder import GraphBuilder
from graphgrad.messages.catalogue import Worded
from graphgrad.ops.registry import code_of
from graphgrad.ops.shapes import MOST_ENTRIES, MOST_GIVEN, shape_text
from graphgrad.source.programs.scopes import Definition, Family, Instance, Scope
from graphgrad.source.tree import Piece

__all__ = ["MOST_MADE", "MOST_PASSES", "Within", "Workspace"]

MOST_PASSES = 50_000
MOST_MADE = 50_000
"""Operations that loops, repetitions and calls may add to those a file has characters for: what is
typed is bounded by the size of a file, and a short text makes no more than this in addition."""
_CALL = 10
"""What a call of a layer or a definition counts for, beside the operations it makes."""
_CONST = code_of("const")


class Within(NamedTuple):
    """A pass of a loop, or a call, in which a statement runs."""

    message_id: str
    fields: Mapping[str, Any]


class Workspace:
    """Append lines to a graph, under names that are unique.

    Args:
        sizes: values of consts instead of those in the file, where bounds and sizes depend on them.
        training: whether layers build what they are in training.
        written: characters of the file.
    """

    def __init__(self, sizes: Mapping[str, Any], *, training: bool, written: int = 0) -> None:
        self.sizes = sizes
        self.most_nodes = MOST_MADE + written
        self.training = training
        self.builder = GraphBuilder()
        self.names: dict[str, int] = {}
        self.families: dict[str, Family] = {}
        self.places = array("I")
        self.uses = array("I")
        self.dialect = STRICT
        self.header = ""
        self.scope = Scope()
        self.piece = Piece(1, "")
        self.used_at = 0
        self.trail: list[Within] = []
        self.blocks: list[Block] = []
        self.definitions: dict[str, Definition] = {}
        self.groups: dict[str, int] = {}
        self.owned: set[str] = set()
        self.kinds: dict[str, str] = {}
        self.frozen: dict[str, None] = {}
        self.read_as_size: dict[str, None] = {}
        self.passes = 0
        self.repeated = 0
        self.given = self.written = 0  # numbers of leaves: all, and those that are held already

    # ---- names ----

    def get(self, name: str) -> int | None:
        """Return the node that a name means here, or None."""
        scope = self.scope
        if scope.definition is None:
            return self.names.get(name)
        node = scope.given.get(name)
        if node is None:
            node = self.names.get(scope.full(name))
        if node is None and name not in scope.words and self.is_const(self.names.get(name)):
            return self.names[name]
        return node

    def is_const(self, node: int | None) -> bool:
        """Tell whether a node is a number that no one changes while the graph runs."""
        return node is not None and self.builder.columns.codes[node] == _CONST

    def family(self, name: str) -> Family | None:
        """Return the family that a name means here, or None."""
        return self.families.get(self.scope.prefix + name) if self.families else None

    def number(self, name: str) -> Any:
        """Return the number, or the word, that a name has while the file is read, or None."""
        scope = self.scope
        if name in scope.words:
            return scope.words[name]
        node = self.get(name)
        if node is None or not self.is_const(node) or self.builder.columns.shape(node):
            return None
        self.read_as_size[name] = None
        return self.builder.defaults[node]

    def block(self, name: str) -> Instance | Definition | None:
        """Return the layer or the definition that a name calls here, or None."""
        scope = self.scope
        instance = scope.layers.get(name)
        if instance is not None:
            return instance
        found = self.definitions.get(name)
        if found is None or scope.definition is None:
            return found
        return found if found.number < scope.definition.number else None

    # ---- lines ----

    def end_line(self, name: str, *, label: str = "", group: str = "") -> int:
        """Close a line around the nodes since the last one and return its node."""
        self.builder.end_line(name, label=label, group=group)
        node = self.names[name] = len(self.builder.columns) - 1
        self.places.append(self.piece.number)
        self.uses.append(self.used_at or self.piece.number)
        if node > self.most_nodes:
            raise LimitError("source.many_nodes", limit=MOST_MADE)
        if node in self.builder.later:
            self.given += prod(self.builder.columns.shape(node))
        else:
            written = getattr(self.builder.defaults.get(node), "size", 0)
            self.given, self.written = self.given + written, self.written + written
            if self.written > MOST_GIVEN:  # no reason to hold the rest
                self.check_entries()
        return node

    @property
    def group(self) -> str:
        """Return the group of lines that are written here."""
        return self.header if self.scope.group is None else self.scope.group

    def line_number(self, name: str) -> int:
        """Return where a line is written."""
        return self.places[self.builder.line_names.index(name)]

    def line_name(self, node: int) -> str:
        """Return the name of the line a node stands in."""
        return self.builder.line_names[bisect_right(self.builder.line_ends, node)]

    def free_name(self, name: str) -> str:
        """Return a name, or the first of name2, name3, ... that no line has."""
        number, found = 1, name
        while found in self.names:
            number += 1
            found = f"{name}{number}"
        return found

    def claim_group(self, name: str) -> str:
        """Return the group of a call, named after its line; each has one owner."""
        group = f"{self.header}.{name}" if self.header else name
        if group in self.groups:
            raise SourceError("source.group_taken", name=group, line=abs(self.groups[group]))
        self.groups[group] = self.piece.number
        return group

    def claim_inner_group(self, around: str, name: str) -> str:
        """Return the group of a call inside another group, named after what is called."""
        number, group = 1, f"{around}.{name}"
        while group in self.groups:
            number += 1
            group = f"{around}.{name}{number}"
        self.groups[group] = self.piece.number
        return group

    def join_family(self, name: str, count: int, member: str) -> None:
        """Enter a member of a family, which has no other meaning and one count of subscripts."""
        if name in self.names:
            line = self.line_number(name)
            raise SourceError("source.array_and_family", name=name, line=line)
        family = self.families.get(name)
        if family is None:
            family = self.families[name] = Family(count, self.piece.number)
        elif family.count != count:
            raise SourceError(
                "source.family_subscripts", name=name, expected=family.count, got=count,
                line=family.line,
            )  # fmt: skip
        if member:
            family.members.append(member)

    def join_families(self, name: str) -> None:
        """Enter a line that a row named, as ``net.h[1].W``, in the families of its name."""
        for found in re.finditer(r"\[([^\[\]]*)\]", name):
            member = name if found.end() == len(name) else ""
            self.join_family(name[: found.start()], found[1].count(",") + 1, member)

    # ---- limits ----

    def refuse_passes(self, more: int) -> None:
        """Refuse more passes than are left.

        Raises:
            LimitError: before any of them runs.
        """
        if self.passes + more > MOST_PASSES:
            raise LimitError("source.many_passes", limit=MOST_PASSES)

    def count_pass(self, items: int = 0) -> None:
        """Count one more pass of a loop, or of a repetition that writes items into a formula.

        Raises:
            LimitError: if there are too many, or too many items.
        """
        self.refuse_passes(1)
        self.passes += 1
        self.repeated += items
        if self.repeated > self.most_nodes:
            raise LimitError("source.many_nodes", limit=MOST_MADE)

    def count_call(self) -> None:
        """Count one more call; one that stands in a loop or a call is not paid by its text."""
        if self.trail:
            self.most_nodes -= _CALL

    def check_entries(self) -> None:
        """Refuse arrays that no machine of a lecture room could hold, before any is computed.

        Raises:
            LimitError: with the line that has the largest array.
        """
        columns = self.builder.columns
        got = columns.entries()
        computed = got - self.given
        if computed <= MOST_ENTRIES and self.given <= MOST_GIVEN:
            return
        sizes = [prod(shape) for shape in columns.shape_table]
        of_leaves = computed <= MOST_ENTRIES
        leaves = {*self.builder.defaults, *self.builder.later}
        many = [node for node in range(len(columns)) if (node in leaves) == of_leaves]
        node = max(many, key=lambda node: sizes[columns.shapes[node]])
        name, shape = self.line_name(node), shape_text(columns.shape(node))
        line = self.line_number(name)
        limit = MOST_ENTRIES if computed > MOST_ENTRIES else MOST_GIVEN
        raise LimitError(
            "source.many_entries", name=name, line=line, shape=shape, got=got, limit=limit
        )

    # ---- errors ----

    def placed(self, error: GraphgradError) -> GraphgradError:
        """Return an error with its place in the file, and the passes and calls around it."""
        place, text = error.place, self.piece.text
        if place is None:
            error.place = self.piece.whole_place
        elif place.line == 1 and place.text in (text, printable(text)) and not place.path:
            error.place = self.piece.place(place.column - 1, place.column - 1 + place.length)
        if self.trail and not error.within:
            error.within = tuple(Worded(i, **dict(f)) for i, f in reversed(self.trail))
        return error


def place_in(piece: Piece) -> Place:
    """Return the place of all of a piece."""
    return piece.whole_place


def as_number(value: Any) -> Any:
    """Return a fraction without a denominator as a whole number."""
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value
