"""Write an exercise file for any `.gg` file: what is asked, of which rows, with nice numbers.

The file stays whole in the exercise; inputs and parameters become variables that are drawn.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from graphgrad.errors import GraphgradError, UsageError
from graphgrad.exercises.files.read_exercise import FORMAT, MOST_TITLE, read_exercise
from graphgrad.exercises.files.variants import Family
from graphgrad.exercises.truth.quantities import activated, plainly_descends, rate_of
from graphgrad.exercises.truth.reference import Reference
from graphgrad.exercises.truth.steps import targets_of
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import text
from graphgrad.source.gg import read_gg

__all__ = ["ASKS", "Wish", "exercise_from", "works_updates"]

ASKS = ("value", "adjoint", "delta", "update", "shape", "size", "count")
_GRIDS = (("-2", "2", "1/2"), ("-2", "2", "1"), ("-1", "1", "1"))
_AVOIDED = (
    ("kink", "saturated", "flat", "long", "dead"), ("kink", "saturated", "flat", "dead"),
    ("flat", "dead"), ("dead",),
)  # fmt: skip
"""What draws are rejected for; the less, the later it is tried: powers are always long."""
_AVOIDED_IN_UPDATES = (
    ("kink", "saturated", "flat", "trivial", "collision", "dead"),
    ("kink", "saturated", "flat", "trivial", "dead"), ("flat", "dead"), ("dead",),
)  # fmt: skip
"""A weight that comes to 0 but for Adam's eps tells nothing, and cannot be worked by hand."""
_MOST_ROWS = 60
USUAL_UPDATES = 2
_MOST_WORK = 40_000
"""Numbers that the attempts with each choice of draws may compute."""
_MOST_ALIKE = 40
_UNKNOWN = frozenset({"nothing"})
"""What numbers fail for that were not tried: no word of ``avoid``."""
_COMMA = re.compile(r"^\s*decimal\s+com+a\b", re.MULTILINE)


class Wish(NamedTuple):
    """What an exercise is to ask.

    Attributes:
        asks: words of `ASKS`.
        rows: the rows of the data, counted from 1; empty for the graph's own numbers.
        nice: whether numbers are drawn that are short enough for the hand; else the file's stay.
        rate: the rate of an update, where the file says none.
        language: of the words on the sheet.
        updates: how many updates of the training are worked; 0 for one pass and its plain step,
            or two updates where the step is not plain.
    """

    asks: tuple[str, ...] = ("value", "adjoint")
    rows: tuple[int, ...] = ()
    nice: bool = True
    rate: str = "0.1"
    language: str = "en"
    updates: int = 0


def exercise_from(graph: Graph, source: str, path: str, wish: Wish) -> str:
    r"""Return the text of an exercise file.

    Args:
        graph: what the file says.
        source: its text.
        path: its path.
        wish: what is to be asked.

    Raises:
        SourceError: if no draw of nice numbers is found.
        UsageError: if rows or sizes are asked for of updates, or nothing of the file is.

    >>> from graphgrad.source.gg import read_gg
    >>> text = "input x = 3\nparam w = 2\nz = w*x\nloss L = z^2"
    >>> print(exercise_from(read_gg(text), text, "net.gg", Wish(("value",)))[:46])
    +++
    format = "graphgrad-exercise/1"
    id = "net"
    """
    if works_updates(graph, wish):
        return _of_training(source, path, wish._replace(updates=wish.updates or USUAL_UPDATES))
    if "update" in wish.asks:
        source = _with_rate(graph, source, wish.rate)
    return _fitting(graph, source, path, wish, [(step, "") for step in _steps(graph, wish)])


def works_updates(graph: Graph, wish: Wish) -> bool:
    """Tell whether updates of the training are worked, over the rows that its recipe says."""
    return bool(wish.updates) or ("update" in wish.asks and not plainly_descends(graph))


def _of_training(source: str, path: str, wish: Wish) -> str:
    """Return an exercise over several updates of the file's training."""
    from graphgrad.exercises.files.from_training import asked_steps, with_rate

    if wish.rows:
        raise UsageError("classroom.from.steps_rows")
    source = with_rate(read_gg(source, path=path), source, wish.rate)
    graph = read_gg(source, path=path)
    return _fitting(graph, source, path, wish, asked_steps(graph, wish.updates, wish.asks))


def _fitting(
    graph: Graph, source: str, path: str, wish: Wish, steps: Sequence[tuple[str, str]]
) -> str:
    """Return the file with numbers for the hand, if such are wanted."""
    if not steps:
        raise UsageError("classroom.from.nothing", asks=",".join(wish.asks), path=path)
    if not wish.nice:
        return _written(graph, source, path, wish, steps, None)
    failed: GraphgradError | None = None
    against: dict[tuple[str, str, str], frozenset[str]] = {}
    avoided = _AVOIDED_IN_UPDATES if wish.updates else _AVOIDED
    for avoid, grid in product(avoided, _GRIDS):
        if against.get(grid, _UNKNOWN) <= {*avoid, "domain"}:
            continue  # what these numbers failed for before, they would fail for again
        found = _written(graph, source, path, wish, steps, grid, avoid)
        read = read_exercise(found, path)
        try:
            Family(read, most_work=_MOST_WORK, most_alike=_MOST_ALIKE).variant(1)
        except GraphgradError as error:
            if error.message_id != "classroom.variant.none":
                raise  # of the file: no other numbers would mend it
            failed = failed or error
            against[grid] = error.fields["reasons"]
            continue
        return found
    assert failed is not None
    raise failed


def _with_rate(graph: Graph, source: str, rate: str) -> str:
    """Return a file that says a rate for its update, written as its other numbers are."""
    if rate_of(graph, Reference(graph).truth) is not None:
        return source
    written = rate.replace(".", ",") if _COMMA.search(source) else rate
    return f"{source.rstrip()}\nconst eta = {written}\n"


# ---- what is asked ----


def _steps(graph: Graph, wish: Wish) -> Iterator[str]:
    """Yield the ids of the steps: sizes, then row by row, then what is over all rows."""
    if {"shape", "size"} & set(wish.asks):
        yield from (f"shape({name})" for name in _arrays(graph))
    if "count" in wish.asks:
        yield from (f"params({name})" for name in _owners(graph))
        if any(graph.role(line.root) == "parameter" for line in graph.lines()):
            yield "params"
    plain = list(_plain(graph, wish.asks))
    table = graph.heading.table
    over_all = table is not None and set(table.training_rows()) == set(wish.rows)
    for row in wish.rows[:_MOST_ROWS]:
        kept = (step for step in plain if not (over_all and step.startswith("new ")))
        yield from (f"row {row}: {step}" for step in kept)
    if not wish.rows:
        yield from plain
    if not over_all:
        return
    output = graph.name(graph.output)
    yield f"mean: {output}"
    over = [step for step in plain if step.startswith("new ") or _of_parameter(graph, step)]
    yield from (f"mean: {step}" for step in over)


def _plain(graph: Graph, asks: Sequence[str]) -> Iterator[str]:
    """Yield the steps of one pass: values, then backwards errors, derivatives, new weights."""
    given = set(() if graph.heading.table is None else graph.heading.table.names)
    asked = targets_of(graph, "layer")
    if "value" in asks:
        yield from (step for step in asked if "/d" not in step)
    if "delta" in asks:
        yield from (f"delta({name})" for name in reversed(activated(graph)))
    if "adjoint" in asks:
        derived = (step for step in asked if "/d" in step)
        yield from (step for step in derived if step.partition("/d")[2] not in given)
    if "update" in asks:
        names = [line.name for line in graph.lines() if graph.role(line.root) == "parameter"]
        yield from (f"new {name}" for name in names if name not in graph.heading.frozen)


def _of_parameter(graph: Graph, step: str) -> bool:
    node = graph.find(step.partition("/d")[2]) if "/d" in step else None
    return node is not None and graph.role(node) == "parameter"


def _arrays(graph: Graph) -> list[str]:
    asked = [step for step in targets_of(graph, "layer") if "/d" not in step]
    return [name for name in asked if graph.columns.shape(graph.find(name) or 0)]


def _owners(graph: Graph) -> list[str]:
    """Return the layers, and calls with weights of their own, in the order of the file."""
    owners = (block.owner or block.group for block in graph.heading.blocks if block.parameters)
    return list(dict.fromkeys(owners))


# ---- how it is written ----


def _written(
    graph: Graph,
    source: str,
    path: str,
    wish: Wish,
    steps: Sequence[tuple[str, str]],
    grid: tuple[str, str, str] | None,
    avoid: Sequence[str] = (),
) -> str:
    """Return the file: front matter, what is given, the graph's lines, the file, the steps."""
    say = wish.language
    title = graph.heading.title_in(say)[:MOST_TITLE]
    stem = "".join(sign if sign.isalnum() or sign in "_.-" else "-" for sign in Path(path).stem)
    head = [
        "+++",
        f'format = "{FORMAT}"',
        f'id = "{stem or "exercise"}"',
        f'lang = "{say}"',
        f"title = {json.dumps(title or stem, ensure_ascii=False)}",
        f'decimal = "{"comma" if say == "es" else "point"}"',
        "digits = 3",
    ]
    if wish.updates:
        head.append(f"updates = {wish.updates}")
    names = _leaves(graph)
    if grid is not None and names:
        head += [f"avoid = [{', '.join(map(_quoted, avoid))}]", "[vars]"]
        head += [_variable(graph, name, grid) for name in names]
    body = ["+++", text("classroom.from.intro", say), ""]
    body += ["```", *_shown_lines(source, names if grid is not None else []), "```", ""]
    if grid is not None and names:
        body += [text("classroom.from.given", say), ""]
        body += [f"- `{name}` = {{{name}}}" for name in names] + [""]
    body += ["~~~gg whole", source.strip(), "~~~", ""]
    if wish.rows:
        body += [text("classroom.from.rows", say), ""]
    if wish.updates:
        from graphgrad.exercises.files.from_training import told

        body += told(graph, wish.updates, wish.language)
    for step, label in steps:
        body += [f"~~~step {step}", *([f"label = {label}"] if label else []), "~~~"]
    return "\n".join([*head, *body]) + "\n"


def _quoted(word: str) -> str:
    return f'"{word}"'


def _leaves(graph: Graph) -> list[str]:
    """Return the inputs and parameters that are drawn: not the data, constants, or labels."""
    table = graph.heading.table
    data = set(() if table is None else table.names) | set(_labels(graph))
    return [
        line.name
        for line in graph.lines()
        if graph.is_leaf(line.root)
        and graph.role(line.root) in ("input", "parameter")
        and line.name not in data
    ]


def _labels(graph: Graph) -> Iterator[str]:
    """Yield the inputs that are targets and hold whole numbers: classes, or 0 and 1.

    A target meets nothing on its way but what other inputs lead to; a feature meets a parameter
    or a number.
    """
    inputs = [ln.root for ln in graph.lines() if graph.role(ln.root) == "input"]
    below: list[frozenset[int]] = []
    learned: list[bool] = []
    features: set[int] = set()
    for node in range(len(graph)):
        parents = graph.columns.parents_of(node)
        own = frozenset({node} if node in inputs else ())
        below.append(own.union(*(below[parent] for parent in parents)))
        learned.append(
            graph.role(node) == "parameter" or any(learned[parent] for parent in parents)
        )
        if any(learned[parent] and not below[parent] for parent in parents):
            features |= below[node] if len(below[node]) == 1 else set()
    for leaf in inputs:
        value = graph.defaults.get(leaf)
        if leaf not in features and any(learned) and value is not None and _whole(value):
            yield graph.name(leaf)


def _whole(value: Any) -> bool:
    return all(Fraction(entry).denominator == 1 for entry in getattr(value, "flat", [value]))


def _variable(graph: Graph, name: str, grid: tuple[str, str, str]) -> str:
    node = graph.find(name)
    assert node is not None
    shape = graph.columns.shape(node)
    role = "param" if graph.role(node) == "parameter" else "input"
    low, high, step = grid
    keys = f'range = [{low}, {high}], step = "{step}", nonzero = true'
    if shape:
        keys += f", shape = [{', '.join(map(str, shape))}]"
    return f'"{name}" = {{ {keys}, role = "{role}" }}'


def _shown_lines(source: str, drawn: Sequence[str]) -> list[str]:
    """Return the lines of a file that a student sees: not the header, nor values that are drawn."""
    shown = []
    for line in source.strip().split("\n"):
        words = line.split("#")[0].split()
        if not words or words[0] in ("gg", "title", "output"):
            continue
        leaf = words[0] in ("input", "param", "entrada", "parametro", "parámetro")
        if not (leaf and len(words) > 1 and words[1].rstrip(":") in drawn):
            shown.append(line.split("#")[0].rstrip())
    return shown
