"""Tell which lines one call of a layer or a definition made, and how a graph is trained."""

# Annotations are no texts here: of a named tuple, each text is compiled when this is imported.
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

__all__ = ["DEPTHS", "Block", "Call", "Depth", "Recipe", "StepLine"]

Depth = Literal["block", "layer", "line", "op"]
DEPTHS: tuple[Depth, ...] = ("block", "layer", "line", "op")
"""How deep a graph is looked into, from few boxes to many."""


class Call(NamedTuple):
    """A name with settings, as in ``adam(rate=0.01)``; values are numbers, words, or calls.

    A setting given by position has an empty name.
    """

    name: str
    settings: tuple[tuple[str, Any], ...] = ()

    def named(self, known: Iterable[str]) -> "Call":
        """Return the call with a name for each setting given by position: the next in the order.

        >>> Call("full", (("", 2),)).named(["value"])
        Call(name='full', settings=(('value', 2),))
        """
        taken = {name for name, _ in self.settings}
        free = iter([name for name in known if name not in taken])
        return self._replace(settings=tuple((n or next(free, ""), v) for n, v in self.settings))


class Block(NamedTuple):
    """What one call made: a group of lines with a meaning.

    Attributes:
        group: the group of its lines.
        kind: the name of the layer row, or of the author's definition.
        owner: the name on the `layer` line whose parameters it uses; empty if they are its own
            or it has none.
        inputs: names of the lines it is applied to.
        outputs: names of the lines it defines, first result first.
        parameters: names of the leaves it uses as parameters.
        settings: its settings, complete.
        place: the line of the file where it is used; not part of equality.
    """

    group: str
    kind: str
    owner: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    parameters: tuple[str, ...]
    settings: tuple[tuple[str, Any], ...] = ()
    place: int = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Block) and self[:-1] == other[:-1]

    def __hash__(self) -> int:
        return hash(self[:-1])


class Recipe(NamedTuple):
    """What a `train` line says: the optimizer, and ``key=value`` for epochs, batch and the rest."""

    optimizer: Call
    keys: tuple[tuple[str, Any], ...] = ()


class StepLine(NamedTuple):
    """What a line is in updates that are unrolled into one graph.

    Attributes:
        line: its name.
        part: ``value`` of a line of the file, ``adjoint``, ``g`` (a parameter's gradient), ``new``
            (its next value), ``rate``, or what the optimizer calls it: ``m``, ``v_hat``; ``inner``
            for the adjoint of an operation inside a line, which has no name on a board.
        number: the update, from 1; 0 for what is kept before the first.
        name: the line of the file, or the parameter, that it belongs to.
        of: the line whose derivative it is; empty for other parts.
        wrt: in which line.
        beside: the row, where an update goes over several; else 0.
    """

    line: str
    part: str
    number: int
    name: str = ""
    of: str = ""
    wrt: str = ""
    beside: int = 0
