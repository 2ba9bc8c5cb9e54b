"""Write an exercise file for a `.gg` file."""

from __future__ import annotations

import re
from unicodedata import combining, normalize

from graphgrad.cli.command import argument, command_of, option
from graphgrad.cli.option_types import OneOf, Whole
from graphgrad.cli.options import force_option
from graphgrad.cli.output import complain, write
from graphgrad.errors import UsageError
from graphgrad.files.writing import write_output
from graphgrad.messages.catalogue import Names, language, near, text
from graphgrad.source.gg import load
from graphgrad.source.text import read_text

__all__ = ["command"]

EXAMPLE = """\
graphgrad ex from samples/xor_sigmoid_data.gg --rows 1:4 --ask value,delta,update -o xor.md
graphgrad ex sheet xor.md --draws 30 -o sheets --format pdf\
"""
_SPANISH = ("valor", "adjunto", "delta", "actualización", "forma", "tamaño", "cuenta")
"""What can be asked for, in the order of the English words."""
_ROWS = re.compile(r"(\d{1,6})(?::(\d{1,6}))?")


@command_of("ex.from", example=EXAMPLE)
@argument("file", metavar="word.file", help="classroom.from.argument")
@option("--ask", metavar="word.name", multiple=True, help="classroom.from.option.ask")
@option("--rows", metavar="word.rows", help="classroom.from.option.rows")
@option("--draws", kind=OneOf("nice", "keep"), default="nice", help="classroom.from.option.draws")
@option("--rate", metavar="word.number", default="0.1", help="classroom.from.option.rate")
@option("--steps", kind=Whole(1, 12), metavar="word.whole", help="classroom.from.option.steps")
@option("-o", "--output", metavar="word.file", help="classroom.from.option.output")
@force_option
def command(
    file: str,
    ask: tuple[str, ...],
    rows: str | None,
    draws: str,
    rate: str,
    steps: int | None,
    output: str | None,
    force: bool,
) -> None:
    """Write an exercise file."""
    from graphgrad.exercises.files.from_graph import Wish, exercise_from, works_updates

    graph = load(file)
    asks = _asks(ask or ("value,adjoint",))
    if not re.fullmatch(r"\d++(?:[./]\d++)?|\.\d++", rate):
        raise UsageError("classroom.from.rate", got=rate)
    table = graph.heading.table
    limit = 0 if table is None or table.whole else len(table.rows)
    wish = Wish(asks, _rows(rows, limit), draws == "nice", rate, language(), steps or 0)
    written = exercise_from(graph, read_text(file), file, wish)
    if rows is None and limit > 1 and not works_updates(graph, wish):
        complain(text("classroom.from.first_row", count=limit))
    if output is None:
        write(written, end="")
        return
    write_output(output, written, force=force)
    write(text("classroom.from.done", path=output, steps=written.count("~~~step ")))


def _asks(given: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is asked for, each in English.

    Raises:
        UsageError: if a word is none of either language.
    """
    from graphgrad.exercises.files.from_graph import ASKS

    twins = dict(zip(_SPANISH, ASKS, strict=True))
    words = {ask: ask for ask in ASKS} | {_plain(word): ask for word, ask in twins.items()}
    found = []
    for word in (word.strip() for part in given for word in part.split(",")):
        if _plain(word) not in words:
            known = Names(", ".join(ASKS), ", ".join(_SPANISH))
            hint = near(word, ASKS, twins=twins)
            raise UsageError("classroom.from.ask", got=word, known=known, near=hint)
        found.append(words[_plain(word)])
    return tuple(found)


def _plain(word: str) -> str:
    """Return a word in small letters and without accents."""
    return "".join(sign for sign in normalize("NFD", word.lower()) if not combining(sign))


def _rows(given: str | None, limit: int) -> tuple[int, ...]:
    """Return the rows of ``--rows 1:4`` or ``2,3``.

    Raises:
        UsageError: if the file has no such rows.
    """
    if given is None:
        return ()
    if not limit:
        raise UsageError("classroom.from.table", got=given)
    found: list[int] = []
    for part in given.split(","):
        match = _ROWS.fullmatch(part.strip())
        if match is None:
            raise UsageError("classroom.from.rows_form", got=given)
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= limit:
            raise UsageError("classroom.from.outside", got=part.strip(), limit=limit)
        found += range(first, last + 1)
    return tuple(dict.fromkeys(found))
