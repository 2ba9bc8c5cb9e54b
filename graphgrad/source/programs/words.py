"""Tell what the words of a file mean that are no nodes, and word the errors of names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphgrad.errors import SourceError
from graphgrad.expr.items import Expression, Item
from graphgrad.graph.graph import Table
from graphgrad.ops.registry import find as find_row
from graphgrad.source.lower import Words
from graphgrad.source.names import Definitions, unknown_name
from graphgrad.source.operands import FamilyName
from graphgrad.source.programs.workspace import Workspace
from graphgrad.source.statements import Statement

__all__ = ["FileWords"]


class FileWords(Words):
    """The words of one file.

    Args:
        workspace: what is declared so far.
        definitions: returns where the names of the whole file are defined.
    """

    def __init__(self, workspace: Workspace, definitions: Callable[[], Definitions]) -> None:
        self.workspace = workspace
        self.definitions = definitions

    def number(self, name: str) -> Any:
        """Return the number of a const or a letter, the word of a letter, or None."""
        return self.workspace.number(name)

    def is_family(self, name: str) -> bool:
        """Tell whether lines with subscripts have this name."""
        workspace = self.workspace
        if workspace.family(name) is not None:
            return True
        definitions = self.definitions()  # an error follows: its lines come later
        return workspace.scope.definition is None and (
            name not in definitions.found and name in definitions.families
        )

    def called(self) -> list[str]:
        """Return what the file itself makes callable: its layers and its definitions."""
        return [*self.workspace.scope.layers, *self.workspace.definitions]

    def is_euler(self) -> bool:
        """Tell whether ``e`` is Euler's number: no line of the file has that name."""
        return "e" not in self.definitions()

    # ---- families ----

    def members(self, family: FamilyName) -> list[str]:
        """Return the names of a family's lines, in the order of their subscripts."""
        found = self.workspace.family(family.name)
        names = [] if found is None else sorted(found.members, key=_subscripts)
        if family.start is None and family.stop is None:
            return names
        return [name for name in names if _is_between(name, family)]

    def bare_family(self, family: FamilyName) -> SourceError:
        """Return the error of a family that stands where one line was expected."""
        names = self.members(family._replace(start=None, stop=None))
        example = names[-1] if names else f"{family.name}[1]"
        return SourceError("source.bare_family", name=family.name, example=example)

    def unknown_member(self, family: str, name: str) -> SourceError:
        """Return the error of a line that a family does not have."""
        workspace = self.workspace
        definitions = self.definitions()
        found = workspace.family(family)
        count = name.removeprefix(family).partition("]")[0].count(",") + 1
        if found is not None and count != found.count:
            return SourceError(
                "source.family_subscripts", name=family, expected=found.count, got=count,
                line=found.line,
            )  # fmt: skip
        if workspace.scope.definition is None and name in definitions.found:
            error = unknown_name(name, "", (), definitions)
            if error.message_id == "source.defined_later" and workspace.scope.open:
                return SourceError("source.member_later", **error.fields)
            return error
        if not name.endswith("]"):
            return self._unknown_inner(name)
        names = self.members(FamilyName(family))
        if not names:
            return SourceError("source.unknown_name", name=name, near=_near(name, workspace))
        there = [one for one in names if workspace.get(one) is not None]
        early = _subscripts(name) < _subscripts(names[0])
        if not there or (early and workspace.scope.open):
            return SourceError("source.unknown_member", name=name, family=family, first=names[0])
        example = there[0] if early else there[-1]
        return SourceError(
            "source.no_member", name=name, family=family, first=there[0], last=there[-1],
            example=example,
        )  # fmt: skip

    def _unknown_inner(self, name: str) -> SourceError:
        """Return the error of a line inside a group that has none of that name."""
        owner = name.rpartition(".")[0]
        inner = [n for n in self.workspace.names if n.startswith(f"{owner}.")]
        if not inner:
            return SourceError("source.no_inner_lines", name=name, owner=owner)
        return SourceError(
            "source.unknown_inner", name=name, owner=owner, known=", ".join(inner[:10])
        )

    # ---- names ----

    def unknown(self, name: str, _expression: Expression, _item: Item) -> SourceError:
        """Return the error of a name that is not declared where it is used."""
        workspace = self.workspace
        definition = workspace.scope.definition
        if definition is not None:
            return self._unknown_inside(name)
        made = name in workspace.scope.layers or name in workspace.definitions
        if made or (name not in self.definitions() and _is_layer(name)):
            return SourceError("source.layer_as_name", name=name)
        error = unknown_name(name, "", workspace.names, self.definitions())
        if error.message_id == "source.unknown_name" and "." in name:
            return self._unknown_inner(name)
        return error

    def _unknown_inside(self, name: str) -> SourceError:
        workspace = self.workspace
        definition = workspace.scope.definition
        assert definition is not None
        inner = Definitions(list(definition.inner), lambda _head: ())
        if name in inner:
            return unknown_name(name, "", (), inner)
        if name in workspace.names or name in workspace.families:
            return SourceError("source.not_in_sight", name=name, here=definition.name)
        known = [*workspace.scope.given, *workspace.scope.words]
        return unknown_name(name, "", known, inner)

    def undeclared(self, name: str, table: Table | None) -> SourceError | None:
        """Return the error of a name that no line of the file declares."""
        columns = table.names if table is not None else ()
        if name in self.workspace.names or name in self.definitions() or name in columns:
            return None
        if name in ("pi", "π") or (name == "e" and self.is_euler()):
            return None
        owner = name.partition(".")[0]
        if owner != name and owner in self.definitions():
            return None  # a parameter or a line of a call that comes below
        return unknown_name(name, "", self.workspace.names, self.definitions())


def made_and_called(statement: Statement) -> SourceError | None:
    """Return the error of a layer that is made and called at once, as in Keras: ``dense(3)(x)``."""
    tokens, open_at = statement.tokens, list[int]()
    for at, token in enumerate(tokens):
        if token.value == "(":
            open_at.append(at)
        elif token.value == ")" and open_at:
            made = tokens[max(0, open_at.pop() - 1)]
            called = at + 1 < len(tokens) and tokens[at + 1].value == "("
            if called and made.kind == "name" and _is_layer(made.value):
                call = statement.text[made.start : token.end]
                return statement.error("source.made_and_called", tokens[at + 1], call=call)
    return None


def _is_layer(name: str) -> bool:
    """Say whether a name is a layer's alone: sigmoid is a function first, an activation second."""
    from graphgrad.layers.registry import find_layer  # only errors ask

    return find_row(name) is None and find_layer(name) is not None


def _near(name: str, workspace: Workspace) -> Any:
    from graphgrad.messages.catalogue import near

    return near(name, list(workspace.names))


def _subscripts(name: str) -> tuple[Any, ...]:
    """Return what sorts members: numbers by size, words in the order of the alphabet."""
    inside = name.rpartition("[")[2].rstrip("]").split(",")
    return tuple((0, int(part), "") if _is_number(part) else (1, 0, part) for part in inside)


def _is_number(part: str) -> bool:
    return part.removeprefix("-").isdecimal()


def _is_between(name: str, family: FamilyName) -> bool:
    [(kind, number, _), *others] = _subscripts(name)
    if kind or others:
        return False
    low = family.start is None or number >= family.start
    return low and (family.stop is None or number <= family.stop)
