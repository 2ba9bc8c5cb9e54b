"""Build commands whose every text comes from the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from graphgrad.cli.help_page import help_page
from graphgrad.cli.kinds import OneOf
from graphgrad.errors import UsageError
from graphgrad.messages.catalogue import LANGUAGES, set_language, text

__all__ = ["Command", "WordedArgument", "WordedOption", "argument", "command_of", "flag", "option"]

Function = Callable[..., Any]


class WordedOption(click.Option):
    """An option whose ``help`` and ``metavar`` are message ids."""

    def __init__(self, *args: Any, metavar_id: str = "", help_id: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.metavar_id = metavar_id
        self.help_id = help_id

    def spelled(self) -> str:
        """Return the names and the value, as in ``-o, --output FILE``."""
        names = ", ".join(sorted(self.opts, key=len))
        if self.is_flag:
            return names
        if isinstance(self.type, OneOf):
            return f"{names} {self.type.spelled()}"
        return f"{names} {text(self.metavar_id)}"


class WordedArgument(click.Argument):
    """A positional argument whose ``help`` and ``metavar`` are message ids."""

    def __init__(self, *args: Any, metavar_id: str = "", help_id: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.metavar_id = metavar_id
        self.help_id = help_id

    def spelled(self) -> str:
        """Return the word for the value, in brackets where it may be left out."""
        word = text(self.metavar_id) + ("..." if self.nargs != 1 else "")
        return word if self.required else f"[{word}]"


class Command(click.Command):
    """A command with a help page, an example and errors in the user's language."""

    example = ""

    def get_help(self, ctx: click.Context) -> str:
        """Return the whole help page."""
        return help_page(ctx, self)

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


def command_of(name: str, *, example: str) -> Callable[[Function], Command]:
    """Turn a function into a command; see `graphgrad.cli` for its texts.

    Args:
        name: the word after ``graphgrad``.
        example: one or more command lines for the help page.
    """

    def build(function: Function) -> Command:
        params = getattr(function, "__click_params__", [])
        params.reverse()
        params += [language_option(), help_option()]
        built = Command(name, callback=function, params=params, add_help_option=False)
        built.example = example
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
) -> Callable[[Function], Function]:
    """Give a command an option with a value.

    Args:
        names: as on the command line, ``-o`` and ``--output``.
        help: message id of its explanation.
        metavar: message id of the word for its value.
        kind: how the value is read (`graphgrad.cli.kinds`); None keeps the text.
        name: the parameter of the function, where it differs from the longest name.
        multiple: whether it may be repeated; the function gets a tuple.
        default: the value where it is not given.
        required: whether it must be given.
    """
    given = {} if default is None else {"default": default}  # an explicit None would be a value
    return _attach(
        WordedOption(
            [*names, name] if name else [*names],
            type=kind or click.STRING,
            multiple=multiple,
            required=required,
            metavar_id=metavar,
            help_id=help,
            **given,
        )
    )


def flag(*names: str, help: str, name: str = "") -> Callable[[Function], Function]:  # noqa: A002
    """Give a command an option without a value."""
    return _attach(WordedOption([*names, name] if name else [*names], is_flag=True, help_id=help))


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
        from graphgrad.cli.output import write

        write(ctx.get_help())
        ctx.exit()


def _attach(param: click.Parameter) -> Callable[[Function], Function]:
    def attach(function: Function) -> Function:
        params: list[click.Parameter] = function.__dict__.setdefault("__click_params__", [])
        params.append(param)
        return function

    return attach
