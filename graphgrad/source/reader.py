"""Read statements one after another into a graph builder."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from graphgrad.errors import SourceError
from graphgrad.expr.dialect import STRICT
from graphgrad.expr.items import Expression, Item
from graphgrad.expr.parser import parse_tokens
from graphgrad.files.reach import named_in
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.graph import Graph, Table
from graphgrad.ops.shapes import Shape, shape_text
from graphgrad.source.data import is_row, read_csv, read_row
from graphgrad.source.headings import HeadingLines, decimal_dialect
from graphgrad.source.leaves import read_leaf
from graphgrad.source.lower import Lowering
from graphgrad.source.names import Definitions, unknown_name
from graphgrad.source.statements import Statement, read_statement
from graphgrad.source.tree import Piece, tree_of

__all__ = ["Reader"]


class Reader:
    """Read statements one after another into a graph builder."""

    def __init__(
        self,
        text: str,
        folder: Path,
        row: int | None,
        *,
        free_inputs: bool,
        input_shapes: Mapping[str, Shape],
    ) -> None:
        self.text = text
        self.folder = folder
        self.row = row
        self.free_inputs = free_inputs
        self.input_shapes = input_shapes
        self.builder = GraphBuilder()
        self.names: dict[str, int] = {}
        self.places = array("I")
        self.group = ""
        self.dialect = STRICT
        self.heading = HeadingLines(self._undeclared)
        self.output: tuple[str, str] | None = None
        self.last = ""
        self.table: Table | None = None
        self.in_table = False
        self.table_piece = self.piece = Piece(1, "")
        self.lowering = Lowering(self.builder, self.names, self._unknown, self._euler)
        self._definitions: Definitions | None = None

    # ---- statements ----

    def read(self, piece: Piece) -> None:
        """Read one statement."""
        if self.in_table and is_row(piece):
            assert self.table is not None
            self.table.rows.append(read_row(piece, self.table.names, self.dialect))
            return
        self._end_table()
        statement = read_statement(piece.text, self.dialect)
        getattr(self, f"_read_{statement.start.reader}")(statement)

    def _read_heading(self, statement: Statement) -> None:
        self.heading.read(statement, self.dialect)

    def _read_assignment(self, statement: Statement) -> None:
        tokens = statement.tokens
        if statement.rest >= len(tokens) or tokens[statement.rest].value != "=":
            raise statement.error("source.expected_equals", tokens[-1], name=statement.name)
        if statement.rest + 1 >= len(tokens):
            raise statement.error("source.missing_value", tokens[-1], name=statement.name)
        self._free_name(statement)
        expression = parse_tokens(statement.text, tokens, statement.rest + 1, self.dialect)
        if self.free_inputs:
            self._declare_inputs(expression)
        before = len(self.builder.columns)
        node = self.lowering.lower(expression)
        if node < before:
            node = self.builder.apply("identity", (node,))
        self._end_line(statement, node)
        self.last = statement.name

    def _read_leaf(self, statement: Statement) -> None:
        self._free_name(statement)
        leaf = read_leaf(statement, self.dialect)
        if not statement.start.bare and leaf.value is None:
            raise statement.error("source.missing_value", None, name=statement.name)
        node = self.builder.leaf(statement.keyword, leaf.value, leaf.shape)
        self._end_line(statement, node)

    def _end_line(self, statement: Statement, node: int) -> None:
        self.builder.end_line(statement.name, label=statement.label, group=self.group)
        self.names[statement.name] = node
        self.places.append(self.piece.number)

    def _free_name(self, statement: Statement) -> None:
        if statement.name in self.names:
            line = self.places[self.builder.line_names.index(statement.name)]
            token = next(t for t in statement.tokens if t.value == statement.name)
            raise statement.error("source.reassigned", token, name=statement.name, line=line)

    def _read_loss(self, statement: Statement) -> None:
        if self.output is not None and self.output[0] == "loss":
            first = statement.tokens[0]
            raise statement.error("source.second_loss", first, name=self.output[1])
        if statement.rest < len(statement.tokens):
            self._read_assignment(statement)
        elif statement.name not in self.names:
            raise self._unknown_at(statement)
        shape = self.builder.columns.shape(self.names[statement.name])
        if shape:
            at = statement.tokens[1]
            raise statement.error("shape.loss", at, name=at.value, shape=shape_text(shape))
        self.output = (statement.keyword, statement.name)

    def _read_output(self, statement: Statement) -> None:
        if statement.rest < len(statement.tokens):
            self._read_assignment(statement)
        elif statement.name not in self.names:
            raise self._unknown_at(statement)
        if self.output is None or self.output[0] != "loss":
            self.output = (statement.keyword, statement.name)

    def _unknown_at(self, statement: Statement) -> SourceError:
        error = unknown_name(statement.name, "", self.names, self.definitions)
        return statement.error(error.message_id, statement.tokens[-1], **error.fields)

    def _read_decimal(self, statement: Statement) -> None:
        dialect = decimal_dialect(statement)
        if self.names:
            raise statement.error("source.decimal_late", statement.tokens[0])
        self.dialect = dialect

    def _read_header(self, statement: Statement) -> None:
        self.group = statement.name

    def _read_group(self, statement: Statement) -> None:
        self.group = statement.text[statement.tokens[0].end :].strip().strip('"')

    # ---- data ----

    def _read_data(self, statement: Statement) -> None:
        if self.table is not None:
            raise statement.error("source.second_data", statement.tokens[0])
        self.table_piece = self.piece
        tokens = statement.tokens[1:]
        if len(tokens) == 1 and tokens[0].kind == "string":
            self.table = read_csv(named_in(self.folder, tokens[0].value[1:-1]), self.dialect)
            self._declare_table()
            return
        if not tokens or any(token.kind != "name" for token in tokens):
            raise statement.error("source.data_names", tokens[0] if tokens else None)
        self.table = Table(tuple(token.value for token in tokens), [])
        self.in_table = True

    def _end_table(self) -> None:
        if self.in_table:
            self.in_table = False
            self._declare_table()

    def _declare_table(self) -> None:
        """Declare the table's columns as inputs with the values of the chosen row."""
        assert self.table is not None
        place = self.table_piece.place(0, len(self.table_piece.text))
        count = len(self.table.rows)
        if not count:
            raise SourceError("source.no_rows", place=place)
        chosen = 1 if self.row is None else self.row
        if not 1 <= chosen <= count:
            raise SourceError("source.no_row", got=chosen, limit=count, place=place)
        for name, value in zip(self.table.names, self.table.rows[chosen - 1], strict=True):
            if name in self.names:
                line = self.places[self.builder.line_names.index(name)]
                raise SourceError("source.reassigned", name=name, line=line, place=place)
            self._input(name, value, self.table_piece)

    # ---- names ----

    def _input(self, name: str, value: Fraction | None, piece: Piece) -> None:
        shape = self.input_shapes.get(name, ())
        self.names[name] = self.builder.leaf_line(name, "input", value, shape)
        self.places.append(piece.number)

    def _declare_inputs(self, expression: Expression) -> None:
        for item in expression.items:
            name = item.value
            if item.kind == "name" and name not in self.names and name not in ("pi", "π"):
                if name in self.definitions.found or (name == "e" and self._euler()):
                    continue
                self._input(name, None, self.piece)

    @property
    def definitions(self) -> Definitions:
        """Return where names are defined in the whole text."""
        if self._definitions is None:
            self._definitions = Definitions(tree_of(self.text, semicolons=self.free_inputs))
        return self._definitions

    def _euler(self) -> bool:
        return "e" not in self.definitions.found

    def _unknown(self, name: str, expression: Expression, item: Item) -> SourceError:
        return unknown_name(name, "", self.names, self.definitions)

    def _undeclared(self, name: str) -> SourceError | None:
        """Return the error of a name that no line of the file declares."""
        columns = self.table.names if self.table is not None else ()
        if name in self.names or name in self.definitions.found or name in columns:
            return None
        if name in ("pi", "π") or (name == "e" and self._euler()):
            return None
        return unknown_name(name, "", self.names, self.definitions)

    def finish(self, path: str) -> Graph:
        """Return the graph of everything read."""
        self._end_table()
        if not self.last and self.output is None:
            raise SourceError("source.nothing_computed" if self.names else "source.empty")
        keyword, name = self.output or ("", self.last)
        heading = self.heading.heading(self.table, path, self.places)
        return self.builder.freeze(self.names[name], loss=keyword == "loss", heading=heading)
