"""Answer what an editor asks about a file that is being typed.

Lines and columns count from 0 here, columns in characters, as lists of lines do.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from graphgrad.autodiff.record import record
from graphgrad.errors import GraphgradError
from graphgrad.graph.formula import line_formula
from graphgrad.graph.graph import Graph, Line
from graphgrad.layers.registry import LAYERS
from graphgrad.messages.catalogue import Names, Worded, language, text
from graphgrad.ops.registry import find, function_names
from graphgrad.source.gg import read_named
from graphgrad.source.statements import KEYWORDS
from graphgrad.source.tree import text_of, tree_of
from graphgrad.source.writing.layout import laid_out
from graphgrad.trace.trace import Trace
from graphgrad.views.text.numbers import inline

__all__ = [
    "Mistake", "Offer", "definition", "hover", "laid_out_text", "mistakes", "offers", "renamed",
]  # fmt: skip

_NAME = re.compile(r"[^\W\d]\w*(?:\.\w+)*(?:\[[\w, ]*\])?")
_SAID = re.compile(r'"[^"\n]*"|#[^\n]*|(?<![\w.])[^\W\d]\w*')
"""Words of a file at places where they may be names, and what is passed over: texts, comments."""
_MOST_NODES = 20_000
"""Above, a hover tells the formula and no value: a pass would keep the editor waiting."""


class Mistake(NamedTuple):
    """What is wrong in a file, where, and the words that may stand there instead."""

    line: int
    start: int
    end: int
    message: str
    message_id: str
    instead: tuple[str, ...] = ()


class Offer(NamedTuple):
    """A word that may come next, what it is, and one line about it."""

    word: str
    kind: str
    about: str


def mistakes(source: str, path: str) -> list[Mistake]:
    """Return the first mistake of a file, as the command line would tell it; none where it is fine.

    >>> mistakes("z = w*x", "a.gg")[0][:3]
    (0, 4, 5)
    """
    try:
        read_named(source, path)
    except GraphgradError as error:
        place = error.place
        told = error.body(None)
        line, start = (place.line - 1, place.column - 1) if place else (0, 0)
        end = start + (place.length if place else 1)
        marked = "".join(source.splitlines()[line : line + 1])[start:end]
        return [Mistake(line, start, end, told, error.message_id, _instead(error, marked))]
    return []


def _instead(error: GraphgradError, marked: str) -> tuple[str, ...]:
    """Return the near words that a message offers for the very word that is marked."""
    near = error.fields.get("near")
    if not isinstance(near, Worded) or marked not in error.fields.values():
        return ()
    names = near.fields.get("names", "")
    told = names.spanish if isinstance(names, Names) and language() == "es" else str(names)
    return tuple(filter(None, told.split(", ")))


def hover(source: str, path: str, line: int, column: int) -> str:
    r"""Return what stands at a place, as Markdown: formula and numbers, or a word's meaning.

    >>> print(hover("input x = 3\nloss L = x^2", "a.gg", 1, 5))
    **L** = x^2
    <BLANKLINE>
    value 9, ∂L/∂L = 1
    """
    word = _word_at(source, line, column)
    if not word:
        return ""
    graph = _graph(source, path)
    node = graph.find(word) if graph is not None else None
    if graph is not None and node is not None:
        return _about_line(graph, next(one for one in graph.lines() if one.root == node))
    row = find(word)
    if row is not None:
        return f"`{row.name}({', '.join(row.arguments)})`\n\n{row.doc}"
    layer = LAYERS.get(word)
    return f"`{layer.name}`\n\n{layer.doc}" if layer is not None else ""


def _about_line(graph: Graph, line: Line) -> str:
    formula = line_formula(graph, line)
    told = (
        f"**{line.name}** = {formula}"
        if formula
        else f"{graph.columns.row(line.root).name} **{line.name}**"
    )
    if len(graph) > _MOST_NODES:
        return told
    trace = record(graph)
    return f"{told}\n\n{_numbers(graph, trace, line)}"


def _numbers(graph: Graph, trace: Trace, line: Line) -> str:
    """Return the value of a line and its adjoint."""
    value = trace.values[line.root]
    parts = [text("editors.value", value=inline(value))]
    loss = graph.name(graph.output)
    if trace.adjoints is not None:
        parts.append(f"∂{loss}/∂{line.name} = {inline(trace.adjoint(line.root))}")
    return ", ".join(parts)


def definition(source: str, path: str, line: int, column: int) -> int | None:
    r"""Return the line of the file in which the name at a place is written.

    >>> definition("input x = 3\nloss L = x^2", "a.gg", 1, 9)
    0
    """
    word = _word_at(source, line, column)
    graph = _graph(source, path)
    if graph is None or not word:
        return None
    for one in graph.lines():
        if one.name == word:
            return int(graph.heading.places[one.index]) - 1
    family = next((one for one in graph.lines() if one.name.partition("[")[0] == word), None)
    return None if family is None else int(graph.heading.places[family.index]) - 1


def offers(source: str, path: str) -> list[Offer]:
    """Return the words that may be typed: names of lines, functions, layers, statements.

    >>> {"relu", "dense", "x", "param"} <= {offer.word for offer in offers("input x = 3", "a.gg")}
    True
    """
    found: dict[str, Offer] = {}
    graph = _graph(source, path)
    names = [line.name for line in graph.lines()] if graph is not None else _written_names(source)
    for name in names:
        found[name] = Offer(name, "name", "")
    for name, layer in LAYERS.items():
        found.setdefault(name, Offer(name, "layer", layer.doc))
    for name in function_names():
        row = find(name)
        found.setdefault(name, Offer(name, "function", row.doc if row is not None else ""))
    for name in KEYWORDS:
        found.setdefault(name, Offer(name, "statement", ""))
    return sorted(found.values())


def renamed(source: str, path: str, line: int, column: int, new: str) -> list[tuple[int, int, int]]:
    r"""Return the places of a name in a file: line, start and end of each.

    There are none where the name at the place is no line's, where the new one is no name or is
    taken, or where the file would say something else then.

    >>> renamed("param w = 2\nloss L = w^2  # w", "a.gg", 0, 6, "v")
    [(0, 6, 7), (1, 9, 10)]
    """
    old = re.split(r"[.\[]", _word_at(source, line, column))[0]
    graph = _graph(source, path)
    if graph is None or not new.isidentifier() or new in KEYWORDS or find(new) is not None:
        return []
    known = {re.split(r"[.\[]", one.name)[0] for one in graph.lines()}
    if old not in known or new in known:
        return []
    places, lines = [], source.splitlines()
    for number, words in enumerate(lines):
        found = [m for m in _SAID.finditer(words) if m[0] == old]
        places += [(number, one.start(), one.end()) for one in found]
        for one in reversed(found):
            lines[number] = lines[number][: one.start()] + new + lines[number][one.end() :]
    after = _graph("\n".join(lines) + "\n", path)
    alike = after is not None and after.columns.kinds() == graph.columns.kinds()
    return places if alike else []


def laid_out_text(source: str, path: str) -> str:
    """Return a file laid out as `fmt` does; one with a mistake as it is."""
    try:
        read_named(source, path)
    except GraphgradError:
        return source
    return text_of(laid_out(tree_of(source)))


def _graph(source: str, path: str) -> Graph | None:
    try:
        return read_named(source, path)
    except GraphgradError:
        return None


def _written_names(source: str) -> list[str]:
    """Return the names in front of an equals sign, of a file that cannot be read as it stands."""
    return re.findall(r"^[ \t]*+(?:[a-záéíóúñ]++\s++)?([^\W\d]\w*+)\s*+=", source, re.MULTILINE)


def _word_at(source: str, line: int, column: int) -> str:
    lines = source.splitlines()
    if not 0 <= line < len(lines):
        return ""
    for match in _NAME.finditer(lines[line]):
        if match.start() <= column <= match.end():
            return match[0]
    return ""
