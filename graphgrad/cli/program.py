"""Run a command line: find the command, word its errors, return its exit status."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterable, Sequence
from contextvars import copy_context
from typing import Any, NoReturn

import click

from graphgrad.cli import output
from graphgrad.cli.command import Branch, WordedOption, help_option, language_option
from graphgrad.cli.help_page import help_page
from graphgrad.cli.refusals import note_interrupt, status_of
from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import LANGUAGES, set_language, text

__all__ = ["COMMANDS", "Program", "main", "program"]

COMMANDS: dict[str, str] = {
    "run": "graphgrad.cli.commands.run",
    "explain": "graphgrad.cli.commands.explain",
    "render": "graphgrad.cli.commands.render",
    "show": "graphgrad.cli.commands.show",
    "step": "graphgrad.cli.commands.step",
    "serve": "graphgrad.cli.commands.serve",
    "check": "graphgrad.cli.commands.check",
    "check-notes": "graphgrad.cli.commands.check_notes",
    "ex": "graphgrad.cli.exercise_commands.ex",
    "gradcheck": "graphgrad.cli.commands.gradcheck",
    "compile": "graphgrad.cli.commands.compile",
    "same": "graphgrad.cli.commands.same",
    "train": "graphgrad.cli.commands.train",
    "inspect": "graphgrad.cli.lens_commands.inspect",
    "sweep": "graphgrad.cli.lens_commands.sweep",
    "lint": "graphgrad.cli.lens_commands.lint",
    "export": "graphgrad.cli.commands.export",
    "fmt": "graphgrad.cli.commands.fmt",
    "lsp": "graphgrad.cli.commands.lsp",
    "samples": "graphgrad.cli.commands.samples",
    "doctor": "graphgrad.cli.commands.doctor",
}
"""The word of each command and the module that holds it, loaded when the command is called."""


class Program(Branch):
    """The group of all commands; alone it opens the samples."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        *_: Any,
        **__: Any,
    ) -> NoReturn:
        """Run a command line and exit; the chosen language ends with it."""
        import sys

        words = list(sys.argv[1:] if args is None else args)
        raise SystemExit(copy_context().run(self.status, words))

    def status(self, words: list[str]) -> int:
        """Run a command line and return its exit status."""
        output.prepare()
        _choose_language(words)
        status = status_of(lambda: self._call(words))
        return status_of(output.finish) or status

    def _call(self, words: list[str]) -> int:
        with self.make_context("graphgrad", words) as ctx:
            result = self.invoke(ctx)
        return result if isinstance(result, int) else 0

    def alone(self, **_: Any) -> None:
        """List the samples where no command is named."""
        if click.get_current_context().invoked_subcommand is None:
            from graphgrad.cli.commands.samples import listing

            output.write(listing())

    def get_help(self, ctx: click.Context) -> str:
        """Return the help page of the program."""
        statuses = [(str(n), text(f"help.status.{n}")) for n in range(7)]
        lists = self.lists(ctx, "command") | {"help.statuses": statuses}
        pieces = [text("word.command"), "..."]
        return help_page(ctx, pieces, text("help.program"), lists, self.example)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command of the first word; a file is told from a word that is mistyped."""
        name = str(args[0])
        if name not in self.table and (name.endswith(".gg") or os.path.exists(name)):
            raise UsageError("usage.command_is_file", name=name)
        return super().resolve_command(ctx, args)


def _choose_language(words: Iterable[str]) -> None:
    """Apply ``--lang`` before anything can go wrong; a bad value is refused later."""
    chosen, expected = None, False
    for word in words:
        if word == "--":
            break
        if expected or word.startswith("--lang="):
            value = word.removeprefix("--lang=")
            chosen = value if value in LANGUAGES else chosen
        expected = word == "--lang"
    if chosen is not None:
        set_language(chosen, everywhere=False)


def _show_version(ctx: click.Context, _param: click.Parameter, value: Any) -> None:
    if value:
        from graphgrad.cli.commands.doctor import own_version

        output.write(f"graphgrad {own_version()}")
        ctx.exit()


def _leave_cache(_ctx: click.Context, _param: click.Parameter, value: Any) -> None:
    if value:
        from graphgrad.files.cache_folder import without_cache

        without_cache()


program = Program(
    "graphgrad",
    COMMANDS,
    example="graphgrad run samples/linear_regression.gg",
    params=[
        language_option(),
        WordedOption(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            help_id="option.version",
        ),
        WordedOption(
            ["--no-cache"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_leave_cache,
            help_id="option.no_cache",
        ),
        help_option(),
    ],
)


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line of this process and exit."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, note_interrupt)
    program.main(args)
