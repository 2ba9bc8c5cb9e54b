"""Say what a line of an answer sheet answers."""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = ["Kind", "Target"]

Kind = Literal["value", "derivative", "second", "delta", "update", "shape", "count", "claim", "own"]
_WRITTEN = {
    "derivative": "d{0}/d{1}",
    "second": "d2{0}/d{1}2",
    "delta": "delta({0})",
    "update": "new {0}",
    "shape": "shape({0})",
    "count": "params({0})",
}


class Target(NamedTuple):
    """What a line answers.

    Kinds: ``value`` of a line, ``derivative`` of a line in another, ``second`` derivative (a
    Hessian), ``delta`` (the error of a line), ``update`` of a parameter, ``shape`` of a line,
    ``count`` of parameters, ``claim`` that two formulas are equal, ``own`` name of the student.
    ``entry`` is the subscript of one entry, from 1.
    """

    kind: Kind
    name: str
    wrt: str = ""
    entry: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """Return the target as an answer writes it."""
        text = _WRITTEN.get(self.kind, "{0}").format(self.name, self.wrt)
        if self.kind == "count" and not self.name:
            text = "params"
        return f"{text}[{','.join(map(str, self.entry))}]" if self.entry else text
