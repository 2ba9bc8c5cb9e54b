"""Advise on the networks in files: what is usually a mistake, why, and the repair."""

from __future__ import annotations

import textwrap
from functools import partial
from pathlib import Path

from graphgrad.cli.command import argument, command_of
from graphgrad.cli.inputs import Source
from graphgrad.cli.options import json_option
from graphgrad.cli.output import line_width, write
from graphgrad.cli.refusals import status_of
from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import text
from graphgrad.views.text.numbers import as_in_file

__all__ = ["command"]

EXAMPLE = """\
graphgrad lint samples/vanishing_gradient_10.gg
graphgrad lint samples/*.gg --json\
"""

FORMAT = "graphgrad-lint/1"
_EXERCISES = (".md", ".toml")


@command_of("lint", example=EXAMPLE)
@argument("files", help="lint.argument.files", many=True)
@json_option
def command(files: tuple[str, ...], as_json: bool) -> int:
    """Read files and say what their networks should be advised."""
    worst = 0
    listed: list[str] = []
    for file in files:
        worst = max(worst, status_of(partial(_checked, file, listed if as_json else None)))
    if as_json and len(files) == 1:
        write("".join(listed))
    elif as_json:
        write("[" + ",\n".join(listed) + "]")
    return worst


def _checked(file: str, listed: list[str] | None) -> int:
    """Say what one file should be advised, or add it to a list as JSON."""
    from graphgrad.views.lenses.advice import advice
    from graphgrad.views.text.run_json import json_object

    if Path(file).suffix.lower() in _EXERCISES:
        raise UsageError("lint.exercise", path=file)
    source = Source(file)
    graph = source.graph()
    places = graph.heading.places
    found: list[dict[str, object]] = []
    told_of: set[str] = set()
    for one in advice(graph):
        line = graph.line_of(one.node)
        number = places[line] if line < len(places) else 0
        said = text(f"lint.{one.rule}", **one.fields)
        repair = text(f"lint.{one.rule}.repair", **one.fields)
        found.append(
            {
                "rule": one.rule,
                "line": number,
                "name": graph.line(line).name,
                "what": said,
                "repair": repair,
            }
        )
        if listed is None:
            reason = one.reason
            again = reason in told_of
            told_of.add(reason)
            name = one.fields.get("name", "")
            fields = {"path": file, "line": number, "what": said, "repair": repair, "name": name}
            told = text("lint.again" if again else "lint.finding", **fields)
            lines = textwrap.wrap(told, line_width(), break_on_hyphens=False)
            write(as_in_file(graph, "\n".join(lines)))
            place = source.place(number)
            write(place.caret() if place is not None and not again else "", end="\n" * (not again))
    if listed is not None:
        listed.append(json_object({"format": FORMAT, "file": file, "findings": found}))
    elif not found:
        write(text("lint.fine", path=file))
    return 1 if found else 0
