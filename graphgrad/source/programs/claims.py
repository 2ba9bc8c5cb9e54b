"""Give the lines that a statement defines their names in the graph."""

from __future__ import annotations

from graphgrad.errors import SourceError
from graphgrad.source.programs.workspace import Workspace
from graphgrad.source.statements import Statement
from graphgrad.source.targets import Target

__all__ = ["claimed", "refuse_double"]


def claimed(workspace: Workspace, statement: Statement) -> list[str]:
    """Return the names in the graph of the lines that a statement defines.

    Raises:
        SourceError: if a name has a meaning already, or lacks the letter of its loop.
    """
    scope = workspace.scope
    if not statement.targets:
        if scope.open:
            raise _without_letter(workspace, statement, statement.name, frozenset())
        name = statement.name if scope.definition is None else scope.full(statement.name)
        if name in workspace.names or workspace.families:
            refuse_double(workspace, statement, name)
        return [name]
    names: list[str] = []
    for target in statement.targets:
        if scope.open and not target.words.issuperset(scope.open):
            raise _without_letter(workspace, statement, target.base, target.words)
        names.append(_member(workspace, statement, target, names))
    return names


def _member(workspace: Workspace, statement: Statement, target: Target, others: list[str]) -> str:
    """Return the name of a target, entered in its families."""
    scope = workspace.scope
    local = target.name(scope.words)
    name = scope.full(local)
    if name in others:
        token = next(t for t in statement.tokens if t.value == target.base)
        line = workspace.piece.number
        raise statement.error("source.reassigned", token, name=name, line=line)
    if name in workspace.names or workspace.families:
        refuse_double(workspace, statement, name, target.base)
    families = target.families(scope.words)
    for place, (family, count) in enumerate(families):
        last = place == len(families) - 1 and not isinstance(target.pieces[-1], str)
        workspace.join_family(scope.prefix + family, count, local if last else "")
    return name


def _without_letter(
    workspace: Workspace, statement: Statement, name: str, words: frozenset[str]
) -> SourceError:
    letters = workspace.scope.open
    missing = [letter for letter in letters if letter not in words]
    return statement.error(
        "source.without_letter",
        next(token for token in statement.tokens if token.value == name),
        name=statement.name,
        letter=", ".join(missing),
        fix=f"{name}[{','.join(letters)}]",
    )


def refuse_double(workspace: Workspace, statement: Statement, name: str, base: str = "") -> None:
    """Refuse a name that a line or a family has.

    Raises:
        SourceError: with the line that has it.
    """
    token = next(t for t in statement.tokens if t.value == (base or statement.name))
    if name in workspace.names:
        line = workspace.line_number(name)
        raise statement.error("source.reassigned", token, name=name, line=line)
    family = workspace.families.get(name)
    if family is not None:
        shown = family.members[0] if family.members else f"{name}[1]"
        raise statement.error(
            "source.family_and_array", token, name=name, line=family.line, example=shown
        )
