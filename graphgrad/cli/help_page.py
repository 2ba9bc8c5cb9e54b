"""Lay out the help of the program and of its commands."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from graphgrad.cli.output import line_width
from graphgrad.messages.catalogue import text

if TYPE_CHECKING:
    from graphgrad.cli.command import Command

__all__ = ["definitions", "help_page", "overview_page", "usage_line"]

Pair = tuple[str, str]


def help_page(ctx: click.Context, command: Command) -> str:
    """Return usage, explanation, arguments, options and an example of a command."""
    parts = [usage_line(ctx), _paragraphs(text(f"command.{command.name}.help"))]
    arguments = [_pair(p) for p in command.params if isinstance(p, click.Argument)]
    options = [_pair(p) for p in command.params if isinstance(p, click.Option)]
    for heading, pairs in (("help.arguments", arguments), ("help.options", options)):
        if pairs:
            parts.append(f"{text(heading)}:\n{definitions(pairs)}")
    shown = "\n".join(f"  {line}" for line in command.example.splitlines())
    plural = "help.examples" if "\n" in command.example else "help.example"
    parts.append(f"{text(plural)}:\n{shown}")
    return "\n\n".join(parts)


def overview_page(ctx: click.Context, names: Iterable[str]) -> str:
    """Return the help of the program: its commands, options and exit statuses."""
    commands = [(name, text(f"command.{name}.short")) for name in names]
    options = [_pair(p) for p in ctx.command.params]
    statuses = [(str(n), text(f"help.status.{n}")) for n in range(7)]
    return "\n\n".join(
        [
            f"{text('help.usage')}: {ctx.command_path} {text('word.command')} ...",
            _paragraphs(text("help.program")),
            f"{text('help.commands')}:\n{definitions(commands)}",
            f"{text('help.options')}:\n{definitions(options)}",
            f"{text('help.statuses')}:\n{definitions(statuses)}",
            f"{text('help.example')}:\n  graphgrad run samples/linear_regression.gg",
        ]
    )


def usage_line(ctx: click.Context) -> str:
    """Return the first line of a help page."""
    words: list[Any] = [p for p in ctx.command.params if isinstance(p, click.Argument)]
    spelled = "".join(f" {word.spelled()}" for word in words)
    return f"{text('help.usage')}: {ctx.command_path}{spelled} [{text('word.options')}]"


def definitions(pairs: list[Pair]) -> str:
    """Return terms and their explanations in two columns; a long term has its own line."""
    width = line_width()
    column = min(max(len(term) for term, _ in pairs), 26) + 4
    lines = []
    for term, meaning in pairs:
        wrapped = textwrap.wrap(meaning, max(20, width - column)) or [""]
        if len(term) + 4 > column:
            lines.append(f"  {term}")
        else:
            lines.append(f"  {term}".ljust(column) + wrapped.pop(0))
        lines.extend(" " * column + line for line in wrapped)
    return "\n".join(line.rstrip() for line in lines)


def _pair(param: Any) -> Pair:
    return param.spelled(), text(param.help_id)


def _paragraphs(body: str) -> str:
    width = line_width()
    return "\n\n".join(textwrap.fill(part, width) for part in body.split("\n\n"))
