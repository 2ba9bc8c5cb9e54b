"""Write a graph as the text of a file: headers, leaves with values, a line per formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.graph.formula import line_formula
from graphgrad.graph.graph import Graph, Line
from graphgrad.messages.catalogue import text
from graphgrad.ops.shapes import shape_text
from graphgrad.source.writing.line_check import is_group_name
from graphgrad.source.writing.renamed import Writable, writable
from graphgrad.source.writing.value_texts import is_writable, recipe_text, said_text, value_text

__all__ = ["to_gg"]

_WORDS = {"input": "input", "parameter": "param", "constant": "const"}
_WIDEST = 88
_MOST_NOTED = 20


def to_gg(graph: Graph) -> str:
    r"""Return a graph as the text of a file, unrolled; reading it gives the same nodes.

    Lines keep their names, labels and groups. A name that no file can have is written otherwise,
    and a formula that cannot be written in one line in several; comments at the top say so.

    Raises:
        UsageError: if a constant is not a finite number, or an array has no entries.

    >>> from graphgrad.source.gg import read_gg
    >>> print(to_gg(read_gg("input x = 3\nparam w = 0.5\n[model]\nz = w*x")))
    gg 1
    <BLANKLINE>
    input x = 3
    param w = 0.5
    <BLANKLINE>
    [model]
    z = w*x
    <BLANKLINE>
    """
    found = writable(graph)
    return "\n".join([*_heading(graph, found), *_Lines(found.graph).written(), ""])


def _heading(graph: Graph, found: Writable) -> Iterator[str]:
    yield "gg 1"
    heading = graph.heading
    if found.renamed:
        pairs = [f"{old!r} → {new}" for old, new in list(found.renamed.items())[:_MOST_NOTED]]
        more = ", …" if len(found.renamed) > _MOST_NOTED else ""
        yield f"# {text('export.renamed', names=', '.join(pairs) + more)}"
    if found.parts:
        more = ", …" if len(found.parts) > _MOST_NOTED else ""
        names = ", ".join(found.parts[:_MOST_NOTED]) + more
        yield f"# {text('export.parts', names=names)}"
    if heading.title:
        titles = (("", heading.title), *heading.titles)
        told = [f"{code} {_quoted(' '.join(words.split()))}" for code, words in titles]
        yield f"title{' '.join(told)}"
    yield from (f"convention {words}" for words in heading.conventions)
    if set(heading.assumptions) and not found.renamed:
        yield from (f"assume {relation}" for relation in heading.assumptions)
    else:
        yield from (f"# assume {relation}" for relation in heading.assumptions)
    yield ""


class _Lines:
    """Write the lines of a graph one after another."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.group = ""
        self.table = self._table()
        assigned = [line.root for line in graph.lines() if self._is_assigned(line.root)]
        self.last = assigned[-1] if assigned else -1

    def written(self) -> Iterator[str]:
        """Yield the statements."""
        graph = self.graph
        for line in graph.lines():
            if line.index in self.table:
                if line.index == self.table.start:
                    yield from self._rows()
                continue
            if line.group != self.group:
                yield from ("", self._header(line.group))
                self.group = line.group
            yield self._statement(line)
        if graph.is_leaf(graph.output):
            yield f"{'loss' if graph.has_loss else 'output'} {graph.name(graph.output)}"
        if graph.heading.recipe is not None:
            yield recipe_text(graph.heading.recipe)

    def _is_assigned(self, root: int) -> bool:
        """Tell whether a line is written as ``name = ...``, the last of which is the output."""
        symbol = self.graph.columns.settings_of(root).get("symbol")
        return not self.graph.is_leaf(root) or bool(symbol)

    def _header(self, group: str) -> str:
        return f"[{group}]" if not group or is_group_name(group) else f'group "{group}"'

    def _statement(self, line: Line) -> str:
        graph = self.graph
        name = f"{line.name} {_quoted(line.label)}" if line.label else line.name
        if not graph.is_leaf(line.root):
            word = ""
            if line.root == graph.output:
                word = "loss " if graph.has_loss else "" if line.root == self.last else "output "
            return f"{word}{name} = {line_formula(graph, line, exact=True)}"
        symbol = graph.columns.settings_of(line.root).get("symbol")
        return f"{name} = {symbol}" if symbol else self._leaf(line, name)

    def _leaf(self, line: Line, name: str) -> str:
        graph = self.graph
        role, shape = graph.role(line.root), graph.columns.shape(line.root)
        word = _WORDS[role] + (" frozen" if line.name in graph.heading.frozen else "")
        value = graph.defaults.get(line.root)
        if 0 in shape:
            raise UsageError("export.empty", name=line.name, shape=shape_text(shape))
        if not is_writable(value):
            if role == "constant":
                raise UsageError("export.not_finite", name=line.name)
            value = None
        if value is None:
            declared = f": {shape_text(shape)}" if shape else ""
            return f"{word} {name}{declared}"
        return _folded(f"{word} {name} = ", value_text(value))

    # ---- data ----

    def _table(self) -> range:
        """Return the lines that a table declares: its columns, one after another."""
        graph, table = self.graph, self.graph.heading.table
        if table is None or table.names[0] not in graph.line_index:
            return range(0)
        start = graph.line_index[table.names[0]]
        names = graph.line_names[start : start + len(table.names)]
        return range(start, start + len(names)) if tuple(names) == table.names else range(0)

    def _rows(self) -> Iterator[str]:
        table = self.graph.heading.table
        assert table is not None
        shapes = table.shapes or ((),) * len(table.names)
        columns = [
            f"{name}: {shape_text(shape)}" if shape else name
            for name, shape in zip(table.names, shapes, strict=True)
        ]
        word = "data all " if table.whole else "data "
        yield word + (", " if any(shapes) else " ").join(columns)
        parts = {first: word for word, first in table.parts if word != "train"}
        labels = [
            words if _in_order(row[place] for row in table.rows) == list(range(len(words))) else ()
            for place, words in enumerate(table.labels or ((),) * len(table.names))
        ]  # words that would be numbered otherwise when read again are written as their numbers
        for number, row in enumerate(table.rows, 1):
            if number in parts:
                yield f"     {parts[number]}"
            yield "     " + " ".join(
                said_text(words[int(value)]) if words else value_text(value)
                for value, words in zip(row, labels, strict=True)
            )


def _in_order(values: Iterable[Any]) -> list[int]:
    """Return the numbers of a column's words in the order in which they come."""
    return list(dict.fromkeys(int(v) for v in values if not getattr(v, "shape", ())))


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _folded(head: str, value: str) -> str:
    """Return a statement, a long array on several rows of text."""
    rows, row = [], head
    for part in value.split(", "):
        if len(row) + len(part) > _WIDEST and len(row) > len(head):
            rows.append(row.rstrip())
            row = "  "
        row += f"{part}, "
    return "\n".join([*rows, row.removesuffix(", ")])
