"""Read `data` lines and what follows them, and declare the columns as inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from graphgrad.errors import SourceError
from graphgrad.files.reach import named_in
from graphgrad.graph.graph import Table
from graphgrad.ops.shapes import Shape
from graphgrad.source.csv_tables import read_csv
from graphgrad.source.data import Column, TableRows, cells_of, is_row, is_whole, part_word
from graphgrad.source.leaves import declared_shape
from graphgrad.source.programs.workspace import Workspace
from graphgrad.source.statements import Statement
from graphgrad.source.targets import read_target
from graphgrad.source.tree import Piece

__all__ = ["Samples"]


class Samples:
    """The table of a file, if it has one.

    Args:
        workspace: receives the columns as inputs.
        folder: where files of data lie.
        chosen: rows, from 1; None for the first, or for those of the training part where the graph
            takes the table as arrays.
        input_shapes: shapes that values on the command line have.
    """

    def __init__(
        self,
        workspace: Workspace,
        folder: Path,
        chosen: Sequence[int] | None,
        input_shapes: Mapping[str, Shape],
    ) -> None:
        self.workspace = workspace
        self.folder = folder
        self.chosen = chosen
        self.input_shapes = input_shapes
        self.table: Table | None = None
        self.open = False
        self.rows: TableRows | None = None
        self.piece = Piece(1, "")

    def begin(self, statement: Statement) -> None:
        """Read a `data` line."""
        self.piece = self.workspace.piece
        tokens = statement.tokens
        position = 1
        whole = is_whole(tokens)
        position += whole
        path = ""
        if position < len(tokens) and tokens[position].kind == "string":
            path = tokens[position].value[1:-1]
            position += 1
        columns = self._columns(statement, position)
        if not columns and not path:
            raise statement.error("source.data_names", tokens[1] if len(tokens) > 1 else None)
        dialect = self.workspace.dialect
        if path:
            self.rows = read_csv(named_in(self.folder, path), columns, dialect, whole=whole)
            self._declare()
            return
        self.rows = TableRows(columns, dialect, whole=whole)
        self.open = True

    def _columns(self, statement: Statement, position: int) -> list[Column]:
        tokens = statement.tokens
        columns: list[Column] = []
        while position < len(tokens):
            token = tokens[position]
            found = read_target(tokens, position)
            if found is None or "." in token.value or found[0].words:
                raise statement.error("source.data_names", token)
            target, position = found
            name = target.name({})
            shape: Shape = ()
            if position < len(tokens) and tokens[position].value == ":":
                shape, position = declared_shape(statement, position + 1, self.workspace.number)
            columns.append(Column(name, shape))
            if position < len(tokens) and tokens[position].value in (",", ";"):
                position += 1
        return columns

    def take(self, piece: Piece) -> bool:
        """Read a row, or the word of a part, if a piece is one."""
        assert self.rows is not None
        word = part_word(piece)
        if word:
            self.rows.part(word)
        elif is_row(piece):
            place = piece.whole_place
            self.rows.add(cells_of(piece, self.workspace.dialect), place)
        else:
            return False
        return True

    def close(self) -> None:
        """End the rows under a `data` line."""
        if self.open:
            self.open = False
            self._declare()

    # ---- columns as inputs ----

    def _declare(self) -> None:
        assert self.rows is not None
        table = self.table = self.rows.table()
        place = self.piece.whole_place
        count = len(table.rows)
        if not count:
            raise SourceError("source.no_rows", place=place)
        rows = self.chosen if self.chosen is not None else self._usual(table)
        for row in rows:
            if not 1 <= row <= count:
                raise SourceError("source.no_row", got=row, limit=count, place=place)
        shapes = table.shapes or ((),) * len(table.names)
        for number, (name, shape) in enumerate(zip(table.names, shapes, strict=True)):
            entries = [table.rows[row - 1][number] for row in rows]
            value = _stacked(entries, shape) if table.whole else entries[0]
            self._input(name, value, (len(rows), *shape) if table.whole else shape)

    def _usual(self, table: Table) -> Sequence[int]:
        """Return the rows of the training part, or the first of all."""
        if not table.whole:
            return [1]
        ends = [first for word, first in table.parts if word != "train"]
        return range(1, ends[0] if ends and ends[0] > 1 else len(table.rows) + 1)

    def _input(self, name: str, value: Any, shape: Shape) -> None:
        workspace = self.workspace
        place = self.piece.whole_place
        if name in workspace.names:
            line = workspace.line_number(name)
            raise SourceError("source.reassigned", name=name, line=line, place=place)
        family = workspace.families.get(name)
        if family is not None:
            raise SourceError("source.family_and_array", name=name, line=family.line, place=place,
                              example=f"{name}[1]")  # fmt: skip
        try:
            workspace.join_families(name)
        except SourceError as error:
            raise error.at(place) from None
        workspace.builder.leaf("input", value, shape or self.input_shapes.get(name, ()))
        number = workspace.piece
        workspace.piece = self.piece
        workspace.end_line(name)
        workspace.piece = number


def _stacked(entries: Sequence[Any], shape: Shape) -> Any:
    import numpy as np

    result = np.empty((len(entries), *shape), dtype=object)
    for row, entry in enumerate(entries):
        result[row] = entry
    return result
