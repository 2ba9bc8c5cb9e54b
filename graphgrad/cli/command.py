"""Build commands, and groups of them, whose every text comes from the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from graphgrad.cli.help_page import help_page
from graphgrad.cli.option_types import PATH, OneOf
from graphgrad.cli.output import write
from graphgrad.cli.patience import SECONDS, stopped_after
from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import LANGUAGES, near, set_language, text

__all__ = [
    "Branch",
    "Command",
    "WordedArgument",
    "WordedOption",
    "argument",
    "command_of",
    "flag",
    "help_option",
    "language_option",
    "option",
]

Function = Callable[..., Any]


class _Worded(click.Parameter):
    """A parameter whose ``help`` and ``metavar`` are message ids."""

    def __init__(self, *args: Any, metavar_id: str = "", help_id: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.metavar_id = metavar_id
        self.help_id = help_id

    def spelled(self) -> str:
        """Return the parameter as a help page writes it."""
        raise NotImplementedError

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Return the parameter and its explanation."""
        return self.spelled(), text(self.help_id)


class WordedOption(_Worded, click.Option):
    """An option in the user's language."""

    def spelled(self) -> str:
        """Return the names and the value, as in ``-o, --output FILE``."""
        names = ", ".join(sorted(self.opts, key=len))
        if self.is_flag:
            return names
        if isinstance(self.type, OneOf):
            return f"{names} {self.type.spelled()}"
        return f"{names} {text(self.metavar_id)}"


class WordedArgument(_Worded, click.Argument):
    """A positional argument in the user's language."""

    def spelled(self) -> str:
        """Return the word for the value, in brackets where it may be left out."""
        word = text(self.metavar_id) + ("..." if self.nargs != 1 else "")
        return word if self.required else f"[{word}]"


class Command(click.Command):
    """A command with a help page, an example and errors in the user's language."""

    example = ""
    seconds: float | None = SECONDS

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, for so long as it may run."""
        with stopped_after(self.seconds):
            return super().invoke(ctx)

    def get_help(self, ctx: click.Context) -> str:
        """Return the whole help page."""
        arguments = [p.get_help_record(ctx) for p in self.params if isinstance(p, WordedArgument)]
        options = [p.get_help_record(ctx) for p in self.params if isinstance(p, WordedOption)]
        return help_page(
            ctx,
            [*(word for word, _ in arguments), f"[{text('word.options')}]"],
            text(f"command.{self.name}.help"),
            {"help.arguments": arguments, "help.options": options},
            self.example,
        )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; what is left over is refused in the user's language."""
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # click leaves it out where an option has a wrong form
            raise
        if ctx.args:
            raise UsageError("usage.extra_argument", got=" ".join(ctx.args))
        return rest


class Branch(click.Group):
    """A command that only leads to others, imported when they are called.

    Args:
        name: its word; `command.NAME.help` explains it, `command.NAME.WORD.short` each command.
        table: the word of each command and its module.
        example: command lines for the help page.
        params: its options; ``--lang`` and ``--help`` if left out.
    """

    def __init__(
        self,
        name: str,
        table: dict[str, str],
        *,
        example: str,
        params: list[click.Parameter] | None = None,
    ) -> None:
        super().__init__(
            name,
            callback=self.alone,
            invoke_without_command=True,
            add_help_option=False,
            params=params or [language_option(), help_option()],
        )
        self.table = table
        self.example = example

    def alone(self, **_: Any) -> None:
        """Show the help page where no command is named."""
        ctx = click.get_current_context()
        if ctx.invoked_subcommand is None:
            write(ctx.get_help())

    def get_help(self, ctx: click.Context) -> str:
        """Return the page that lists the commands."""
        area = f"command.{self.name}"
        lists = self.lists(ctx, area)
        pieces = [text("word.command"), "..."]
        return help_page(ctx, pieces, text(f"{area}.help"), lists, self.example)

    def lists(self, ctx: click.Context, area: str) -> dict[str, list[tuple[str, str]]]:
        """Return the commands and the options, below the ids of their headings."""
        options = [p.get_help_record(ctx) for p in self.params if isinstance(p, WordedOption)]
        commands = [(word, text(f"{area}.{word}.short")) for word in self.table]
        return {"help.commands": commands, "help.options": options}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the words of all commands, without importing one."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> Command | None:
        """Import a command by its word."""
        module = self.table.get(cmd_name)
        return None if module is None else import_module(module).command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command of the first word, or say which there are."""
        word, known = str(args[0]), list(self.table)
        command = self.get_command(ctx, word)
        if command is None:
            name = " ".join([*ctx.command_path.split()[1:], word])
            raise UsageError(
                "usage.unknown_command", name=name, known=", ".join(known), near=near(word, known)
            )
        return word, command, args[1:]


def command_of(
    name: str, *, example: str, seconds: float | None = SECONDS
) -> Callable[[Function], Command]:
    """Turn a function into a command; see `graphgrad.cli` for its texts.

    Args:
        name: the word after ``graphgrad``.
        example: one or more command lines for the help page.
        seconds: how long it may run; None where it waits for the user, or bounds its parts.
    """

    def build(function: Function) -> Command:
        params = getattr(function, "__click_params__", [])
        params.reverse()
        params += [language_option(), help_option()]
        built = Command(name, callback=function, params=params, add_help_option=False)
        built.example = example
        built.seconds = seconds
        return built

    return build


def option(
    *names: str,
    help: str,  # noqa: A002 -- the word click users know
    metavar: str = "word.value",
    kind: Any = None,
    name: str = "",
    multiple: bool = False,
    default: Any = None,
    required: bool = False,
    apply: Callable[[str], None] | None = None,
    alone: str | None = None,
    count: int = 1,
) -> Callable[[Function], Function]:
    """Give a command an option with a value.

    Args:
        names: as on the command line, ``-o`` and ``--output``.
        help: message id of its explanation.
        metavar: message id of the word for its value.
        kind: how the value is read (`graphgrad.cli.option_types`); None keeps the text.
        name: the parameter of the function, where it differs from the longest name.
        multiple: whether it may be repeated; the function gets a tuple.
        default: the value where it is not given.
        required: whether it must be given.
        apply: what takes the value instead of the function.
        alone: the value where the option stands alone; None where it must have one.
        count: how many values it takes; of several the function gets a tuple.
    """
    given: dict[str, Any] = {} if default is None else {"default": default}  # None is a value
    if alone is not None:
        given |= {"is_flag": False, "flag_value": alone}
    if apply is not None:
        given |= {"expose_value": False, "callback": lambda _, __, v: v is None or apply(v)}
    return _attach(
        WordedOption(
            [*names, name] if name else [*names],
            type=kind or _plain_type(metavar),
            multiple=multiple,
            nargs=count,
            required=required,
            metavar_id=metavar,
            help_id=help,
            **given,
        )
    )


def flag(*names: str, help: str, name: str = "") -> Callable[[Function], Function]:  # noqa: A002
    """Give a command an option without a value."""
    return _attach(WordedOption([*names, name] if name else [*names], is_flag=True, help_id=help))


def _plain_type(metavar: str) -> Any:
    """Return how a text is read that stands for such a word: the name of a file must be one."""
    named = ("word.file", "word.folder", "word.exercise", "word.answers")
    return PATH if metavar in named else click.STRING


def argument(
    name: str,
    *,
    help: str,  # noqa: A002 -- the word click users know
    metavar: str = "word.file",
    required: bool = True,
    many: bool = False,
) -> Callable[[Function], Function]:
    """Give a command a positional argument; ``many`` takes any number, as a tuple."""
    return _attach(
        WordedArgument(
            [name],
            type=_plain_type(metavar),
            required=required,
            nargs=-1 if many else 1,
            metavar_id=metavar,
            help_id=help,
        )
    )


def language_option() -> WordedOption:
    """Return ``--lang``; `graphgrad.cli.program` has applied it before anything was read."""
    return WordedOption(
        ["--lang"],
        type=OneOf(*LANGUAGES),
        expose_value=False,
        callback=_apply_language,
        help_id="option.lang",
    )


def _apply_language(_ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        set_language(value, everywhere=False)


def help_option() -> WordedOption:
    """Return ``--help``."""
    return WordedOption(
        ["-h", "--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_help,
        help_id="option.help",
    )


def _show_help(ctx: click.Context, _param: click.Parameter, value: Any) -> None:
    if value and not ctx.resilient_parsing:
        write(ctx.get_help())
        ctx.exit()


def _attach(param: click.Parameter) -> Callable[[Function], Function]:
    def attach(function: Function) -> Function:
        params: list[click.Parameter] = function.__dict__.setdefault("__click_params__", [])
        params.append(param)
        return function

    return attach
