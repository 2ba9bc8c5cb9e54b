"""Group commands under one word, as in ``graphgrad ex sheet``.

Hand exercises: sheets, keys, variants, marking and grading.
"""

from __future__ import annotations

import textwrap
from importlib import import_module
from typing import Any

import click

from graphgrad.cli.command import Command, help_option, language_option
from graphgrad.cli.help_page import definitions
from graphgrad.cli.kinds import near
from graphgrad.cli.output import line_width, write
from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import text

__all__ = ["Branch", "command"]


class Branch(click.Group):
    """A command that only leads to others, imported when they are called.

    Args:
        name: its word; `command.NAME.help` explains it, `command.NAME.WORD.short` each command.
        table: the word of each command and its module.
        example: command lines for the help page.
    """

    def __init__(self, name: str, table: dict[str, str], *, example: str) -> None:
        super().__init__(
            name,
            callback=self._overview,
            invoke_without_command=True,
            add_help_option=False,
            params=[language_option(), help_option()],
        )
        self.table = table
        self.example = example

    def get_help(self, ctx: click.Context) -> str:
        """Return the page that lists the commands."""
        commands = [(w, text(f"command.{self.name}.{w}.short")) for w in self.table]
        params: list[Any] = list(self.params)
        options = [(param.spelled(), text(param.help_id)) for param in params]
        paragraphs = text(f"command.{self.name}.help").split("\n\n")
        shown = "\n".join(f"  {line}" for line in self.example.splitlines())
        return "\n\n".join(
            [
                f"{text('help.usage')}: {ctx.command_path} {text('word.command')} ...",
                *(textwrap.fill(paragraph, line_width()) for paragraph in paragraphs),
                f"{text('help.commands')}:\n{definitions(commands)}",
                f"{text('help.options')}:\n{definitions(options)}",
                f"{text('help.examples')}:\n{shown}",
            ]
        )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the words of all commands."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> Command | None:
        """Import a command by its word."""
        module = self.table.get(cmd_name)
        return None if module is None else import_module(module).command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command of the first word, or say which there are."""
        word = str(args[0])
        command = self.get_command(ctx, word)
        if command is None:
            known = list(self.table)
            name, words = f"{self.name} {word}", ", ".join(known)
            raise UsageError(
                "usage.unknown_command", name=name, known=words, near=near(word, known)
            )
        return word, command, args[1:]

    def _overview(self, **_: Any) -> int:
        ctx = click.get_current_context()
        if ctx.invoked_subcommand is None:
            write(self.get_help(ctx))
        return 0


EXAMPLE = """\
graphgrad ex sheet samples/exercises/sigmoid_neuron.md --draw 17 -o sheet.html
graphgrad ex check samples/exercises/sigmoid_neuron.md answers.txt
graphgrad ex grade samples/exercises/sigmoid_neuron.md submissions.zip -o marks\
"""

TABLE = {
    "lint": "graphgrad.cli.exercise_commands.ex_lint",
    "show": "graphgrad.cli.exercise_commands.ex_show",
    "sheet": "graphgrad.cli.exercise_commands.ex_sheet",
    "key": "graphgrad.cli.exercise_commands.ex_key",
    "enter": "graphgrad.cli.exercise_commands.ex_enter",
    "check": "graphgrad.cli.exercise_commands.ex_check",
    "explain": "graphgrad.cli.exercise_commands.ex_explain",
    "grade": "graphgrad.cli.exercise_commands.ex_grade",
    "export": "graphgrad.cli.exercise_commands.ex_export",
}

command = Branch("ex", TABLE, example=EXAMPLE)
