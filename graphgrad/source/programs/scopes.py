"""Say what a name means in one place: in the file, or inside one call of a definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from graphgrad.source.targets import Target
from graphgrad.source.tree import Body, Piece

if TYPE_CHECKING:
    from graphgrad.layers.row import Layer  # a file without layers loads none

__all__ = ["REQUIRED", "Definition", "Family", "Instance", "Scope"]

REQUIRED = object()
"""Stands for the default of a setting that has none, written ``n=?``."""


@dataclass(slots=True, eq=False)
class Family:
    """Lines that differ in their subscripts.

    Attributes:
        count: how many subscripts stand in the first bracket.
        line: where the first member is defined.
        members: the members' names, in the order of the file.
    """

    count: int
    line: int
    members: list[str] = field(default_factory=list)


class Definition(NamedTuple):
    """What an author's ``def`` says.

    Attributes:
        name: its name.
        inputs: names of what it is applied to, in order.
        settings: names of its settings with their defaults.
        inner: its body; empty for the short form.
        results: what it returns, in its own names; empty where a loop stands last.
        piece: the line of the head; for the short form the whole of it.
        number: how many definitions stand above it: a body sees those.
        formula: the first token of the short form's formula; 0 where there is a body.
    """

    name: str
    inputs: tuple[str, ...]
    settings: Mapping[str, Any]
    inner: tuple[Piece | Body, ...]
    results: tuple[Target, ...]
    piece: Piece
    number: int
    formula: int = 0


@dataclass(slots=True, eq=False)
class Instance:
    """What a ``layer`` line makes: a row or a definition with its settings, and parameters.

    Attributes:
        name: in front of its parameters, as ``cell`` in ``cell.W``.
        made_by: the row or the definition.
        settings: what the line gives.
        group: the group of its parameters.
        line: where it is declared.
        shapes: of the inputs of its first call; None before it.
        used: the line of that call.
    """

    name: str
    made_by: Layer | Definition
    settings: Mapping[str, Any]
    group: str
    line: int
    shapes: tuple[Any, ...] | None = None
    used: int = 0


@dataclass(slots=True, eq=False)
class Scope:
    """Where statements are run: the file, or one call of a definition.

    Attributes:
        prefix: in front of the names of its lines, as ``h[2].`` in a call that defines h[2].
        owner: in front of the names of its parameters; that of a `layer` line is the same for
            all its calls.
        group: the group of its lines; None for the headers of the file.
        owner_group: the group of its parameters.
        given: its arguments and parameters.
        words: its settings and the open letters of its loops.
        open: the open letters, outermost first.
        results: its own names of what it returns, to the names that the caller gave.
        layers: what its `layer` lines made.
        definition: whose call it is; None for the file.
        kept: whether its parameters belong to a `layer` line, and stay from call to call.
        repeated: whether it is a call inside a ``for`` that would own parameters in every pass.
        parameters: names of the parameters that it has used.
    """

    prefix: str = ""
    owner: str = ""
    group: str | None = None
    owner_group: str = ""
    given: dict[str, int] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    results: dict[str, str] = field(default_factory=dict)
    layers: dict[str, Instance] = field(default_factory=dict)
    definition: Definition | None = None
    kept: bool = False
    repeated: bool = False
    parameters: dict[str, None] = field(default_factory=dict)

    def full(self, name: str) -> str:
        """Return the name that a line of this scope has in the graph."""
        return self.results.get(name) or self.prefix + name

    def local(self, full: str) -> str:
        """Return the name that a line of the graph has inside this scope."""
        for local, name in self.results.items():
            if full == name:
                return local
        return full.removeprefix(self.prefix)
