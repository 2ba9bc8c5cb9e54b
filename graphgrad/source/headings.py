"""Read what a file says about itself: version, title, declared relations and conventions."""

from __future__ import annotations

from array import array
from collections.abc import Callable

from graphgrad.errors import SourceError
from graphgrad.expr import Dialect
from graphgrad.graph.graph import Heading, Table
from graphgrad.source.relations import check_relation
from graphgrad.source.statements import Statement

__all__ = ["HeadingLines"]

VERSION = "1"


class HeadingLines:
    """Collect the statements of a file that declare no line.

    Args:
        undeclared: returns the error of a name that the file does not declare, else None.
    """

    def __init__(self, undeclared: Callable[[str], SourceError | None]) -> None:
        self.undeclared = undeclared
        self.title = ""
        self.assumptions: list[str] = []
        self.conventions: list[str] = []

    def read(self, statement: Statement, dialect: Dialect) -> bool:
        """Read a statement; return False if it is not one of these."""
        if statement.keyword == "gg":
            _check_version(statement)
        elif statement.keyword == "title":
            self.title = _title(statement)
        elif statement.keyword == "assume":
            relation, start = _rest(statement)
            check_relation(statement.text, start, dialect, self.undeclared)
            self.assumptions.append(relation)
        elif statement.keyword == "convention":
            self.conventions.append(_rest(statement)[0])
        else:
            return False
        return True

    def heading(self, table: Table | None, path: str, places: array[int]) -> Heading:
        """Return everything collected."""
        assumptions, conventions = tuple(self.assumptions), tuple(self.conventions)
        return Heading(self.title, assumptions, conventions, table, path, places)


def _check_version(statement: Statement) -> None:
    version = statement.tokens[1].value if len(statement.tokens) == 2 else ""
    if version != VERSION:
        raise statement.error("source.version", statement.tokens[-1], got=version)


def _title(statement: Statement) -> str:
    tokens = statement.tokens
    if len(tokens) != 2 or tokens[1].kind != "string":
        raise statement.error("source.title", tokens[-1])
    return tokens[1].value[1:-1].replace('\\"', '"').replace("\\\\", "\\")


def _rest(statement: Statement) -> tuple[str, int]:
    """Return what stands behind the keyword, and its column from 0."""
    start = statement.tokens[0].end
    rest = statement.text[start:].strip()
    if not rest:
        raise statement.error("source.nothing_said", None, keyword=statement.keyword)
    return rest, statement.text.index(rest, start)
