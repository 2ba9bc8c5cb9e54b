"""Read the statements of a file one after another into a graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphgrad.errors import SourceError
from graphgrad.expr.items import Expression, Item
from graphgrad.expr.parser import parse_tokens
from graphgrad.graph.graph import Graph, Table
from graphgrad.messages.keywords import TRUTH
from graphgrad.ops.shapes import Shape, shape_text
from graphgrad.source.headings import HeadingLines, decimal_dialect
from graphgrad.source.names import Definitions
from graphgrad.source.programs.runner import Runner
from graphgrad.source.programs.words import FileWords
from graphgrad.source.programs.workspace import Workspace
from graphgrad.source.statements import Statement, read_statement
from graphgrad.source.tree import Body, Piece, tree_of

if TYPE_CHECKING:
    from graphgrad.source.forms import Forms
    from graphgrad.source.tables import Samples

__all__ = ["Reader"]

_FEW_ROWS = 40
"""Rows up to which a file is read line by line in full."""


class Reader:
    """Read statements one after another; the methods are those that `STARTS` names.

    Args:
        text: the whole file.
        folder: where files of data lie.
        rows: the chosen rows of the data, from 1; None for the first, or all where the graph takes
            them as arrays.
        free_inputs: whether an unknown name is an input.
        input_shapes: shapes of such inputs.
        sizes: values of consts instead of those in the file.
        training: whether layers build what they are in training.
        values: whether large values are made; without them a file of any size can be counted.
    """

    def __init__(
        self,
        text: str,
        folder: Path,
        rows: Sequence[int] | None,
        *,
        free_inputs: bool,
        input_shapes: Mapping[str, Shape],
        sizes: Mapping[str, Any],
        training: bool,
        values: bool,
    ) -> None:
        self.text = text
        self.free_inputs = free_inputs
        self.values = values
        self.input_shapes = input_shapes
        self.workspace = Workspace(sizes, training=training, written=len(text))
        self.words = FileWords(self.workspace, self._definitions_of_file)
        self.runner = Runner(
            self.workspace, self.words, self._declare_inputs if free_inputs else None
        )
        self.forms: Forms | None = None
        if not free_inputs and text.count("\n") > _FEW_ROWS:
            from graphgrad.source.forms import Forms  # short files repeat little

            self.forms = Forms(self.runner)
        self.folder = folder
        self.rows = rows
        self.samples: Samples | None = None
        self.heading = HeadingLines(lambda name: self.words.undeclared(name, self.table))
        self.output: tuple[str, str] | None = None
        self._definitions: Definitions | None = None

    # ---- statements ----

    def read(self, thing: Piece | Body) -> None:
        """Read one statement, or one body."""
        piece = thing.head if isinstance(thing, Body) else thing
        self.workspace.piece = piece
        if piece.error is not None:
            raise piece.error
        if self.samples is not None and self.samples.open:
            if isinstance(thing, Piece) and self.samples.take(thing):
                return
            self.samples.close()
        if self.forms is not None and isinstance(thing, Piece) and self.forms.read(piece.text):
            return
        statement = read_statement(piece.text, self.workspace.dialect)
        if isinstance(thing, Body):
            self._read_body(statement, thing)
        elif statement.keyword == "=":
            first = len(self.workspace.builder.columns)
            if self._read_assignment(statement) and self.forms is not None:
                self.forms.learn(piece.text, first)
        else:
            if self.forms is not None and statement.keyword == "layer":
                self.forms.known.clear()  # a layer hides the op of its name
            getattr(self, f"_read_{statement.start.reader}")(statement)

    def _read_body(self, statement: Statement, body: Body) -> None:
        if statement.keyword == "for":
            self.runner.run(self.runner.loops.repeat(body))
        else:
            self.runner.authored.define(statement, body)

    def _read_heading(self, statement: Statement) -> None:
        self.heading.read(statement, self.workspace.dialect)

    def _read_assignment(self, statement: Statement) -> bool:
        """Append an assignment; tell whether that was one line of ops."""
        task = self.runner.assign(statement)
        if task is not None:
            self.runner.run(task)
        return task is None

    def _read_leaf(self, statement: Statement) -> None:
        self.runner.leaf(statement)

    def _read_layer(self, statement: Statement) -> None:
        self.runner.layer(statement)

    def _read_def(self, statement: Statement) -> None:
        self.runner.authored.define(statement, None)

    def _read_for(self, statement: Statement) -> None:
        raise statement.error("source.no_end", statement.tokens[0], word=statement.tokens[0].value)

    def _read_end(self, statement: Statement) -> None:
        raise statement.error("source.end_form", statement.tokens[1])

    def _read_out(self, statement: Statement) -> None:
        raise statement.error("source.out_outside", statement.tokens[0])

    def _read_part(self, statement: Statement) -> None:
        word = statement.tokens[0].value
        raise statement.error("source.part_outside", statement.tokens[0], word=word)

    def _read_train(self, statement: Statement) -> None:
        if self.heading.recipe is not None:
            raise statement.error("source.second_train", statement.tokens[0])
        from graphgrad.source.programs.recipes import read_recipe

        self.heading.recipe = read_recipe(statement, self.workspace)

    def _read_loss(self, statement: Statement) -> None:
        if self.output is not None and self.output[0] == "loss":
            first = statement.tokens[0]
            raise statement.error("source.second_loss", first, name=self.output[1])
        name = self._named_line(statement)
        shape = self.workspace.builder.columns.shape(self.workspace.names[name])
        if shape:
            at = statement.tokens[1]
            raise statement.error("shape.loss", at, name=at.value, shape=shape_text(shape))
        self.output = (statement.keyword, name)

    def _read_output(self, statement: Statement) -> None:
        name = self._named_line(statement)
        if self.output is None or self.output[0] != "loss":
            self.output = (statement.keyword, name)

    def _named_line(self, statement: Statement) -> str:
        """Return the line that a statement defines, or names."""
        if statement.rest < len(statement.tokens):
            self._read_assignment(statement)
        elif statement.name not in self.workspace.names:
            expression = parse_tokens(statement.text, statement.tokens, 1, self.workspace.dialect)
            before = len(self.workspace.builder.columns)
            node = self.runner.lowering.lower(expression)  # a member by a const, or an error
            if node < before and node + 1 in self.workspace.builder.line_ends:
                return self.workspace.line_name(node)
            shown = statement.text[statement.tokens[1].start :].strip()
            word = statement.tokens[0].value
            at = statement.tokens[1]
            raise statement.error("source.no_line", at, name=shown, word=word)
        return statement.name

    def _read_decimal(self, statement: Statement) -> None:
        dialect = decimal_dialect(statement)
        if self.workspace.names:
            raise statement.error("source.decimal_late", statement.tokens[0])
        self.workspace.dialect = dialect

    def _read_header(self, statement: Statement) -> None:
        self._enter_group(statement, statement.name)

    def _read_group(self, statement: Statement) -> None:
        name = statement.text[statement.tokens[0].end :].strip().strip('"')
        self._enter_group(statement, name)

    def _enter_group(self, statement: Statement, name: str) -> None:
        line = self.workspace.groups.get(name)
        if line is not None and line > 0:
            raise statement.error("source.group_taken", statement.tokens[0], name=name, line=line)
        if name:
            self.workspace.groups[name] = -self.workspace.piece.number
        self.workspace.header = name

    def _read_data(self, statement: Statement) -> None:
        from graphgrad.source.tables import Samples  # few files hold data

        if self.samples is not None:
            raise statement.error("source.second_data", statement.tokens[0])
        self.samples = Samples(self.workspace, self.folder, self.rows, self.input_shapes)
        self.samples.begin(statement)

    @property
    def table(self) -> Table | None:
        """Return the samples read so far."""
        return None if self.samples is None else self.samples.table

    # ---- names ----

    def _declare_inputs(self, expression: Expression) -> None:
        workspace = self.workspace
        repeated = {item.value for item in expression.items if item.kind == "range"}
        followers = [*expression.items[1:], None]
        for item, follower in zip(expression.items, followers, strict=True):
            name = item.value
            if item.kind != "name" or name in repeated or name in ("pi", "π", *TRUTH):
                continue
            if follower is not None and _is_setting(follower, expression):
                continue
            if name in workspace.names or name in workspace.scope.words:
                continue
            if name in self.definitions or (name == "e" and self.words.is_euler()):
                continue
            if "." in name and name.partition(".")[0] in workspace.names:
                continue  # an inner line of a call: one that is not there is no input
            workspace.builder.leaf("input", None, self.input_shapes.get(name, ()))
            workspace.end_line(name)

    @property
    def definitions(self) -> Definitions:
        """Return where names are defined in the whole text."""
        if self._definitions is None:
            tree = tree_of(self.text, semicolons=self.free_inputs)
            self._definitions = Definitions(tree, self._values_of)
        return self._definitions

    def _definitions_of_file(self) -> Definitions:
        return self.definitions

    def _values_of(self, head: Piece) -> Sequence[Any]:
        """Return what the letter of a loop runs over, for messages."""
        from graphgrad.source.programs.heads import read_for

        dialect = self.workspace.dialect
        return read_for(read_statement(head.text, dialect), dialect).values(self.workspace)

    def finish(self, path: str) -> Graph:
        """Return the graph of everything read."""
        if self.samples is not None:
            self.samples.close()
        workspace = self.workspace
        if not self.runner.last and self.output is None:
            nothing = "source.only_comments" if self.text.strip() else "source.empty"
            raise SourceError("source.nothing_computed" if workspace.names else nothing)
        if self.values:
            workspace.check_entries()
        else:
            workspace.builder.later.clear()
        keyword, name = self.output or ("", self.runner.last)
        heading = self.heading.heading(
            self.table,
            path,
            workspace.places,
            blocks=tuple(workspace.blocks),
            frozen=tuple(workspace.frozen),
            sizes=tuple(workspace.read_as_size),
            uses=workspace.uses,
            comma=workspace.dialect.decimal_comma,
        )
        return workspace.builder.freeze(
            workspace.names[name], loss=keyword == "loss", heading=heading
        )


def _is_setting(item: Item, expression: Expression) -> bool:
    """Tell whether a word stands before a key of a setting, as in ``act=relu``; no input does."""
    if item.kind != "keyword":
        return False
    from graphgrad.layers.registry import find_layer  # few formulas have settings that are words

    called = (find_layer(name) for name in expression.calls)
    inputs = {spec.rstrip("?*") for row in called if row is not None for spec in row.inputs}
    return item.value not in inputs
