"""Share the arguments and options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphgrad.cli.command import argument, flag, option
from graphgrad.cli.option_types import OneOf, Whole
from graphgrad.files.reach import allow_data_root
from graphgrad.graph.blocks import DEPTHS

__all__ = [
    "collapse_option",
    "data_root_option",
    "depth_option",
    "detail_option",
    "entries_option",
    "exact_option",
    "force_option",
    "json_option",
    "point_options",
    "scheduler_option",
    "seed_option",
    "source_options",
    "stable_option",
    "state_option",
    "wrt_option",
]

Function = Callable[..., Any]


def source_options(function: Function) -> Function:
    """Add FILE as ``file`` or ``-e TEXT`` as ``expression``; one of them must be given."""
    function = option(
        "-e",
        "--expression",
        "expression",
        metavar="word.text",
        help="option.expression",
    )(function)
    return argument("file", help="argument.file", required=False)(data_root_option(function))


def data_root_option(function: Function) -> Function:
    """Add ``--data-root FOLDER``, which is applied where a file names its data."""
    return option(
        "--data-root", metavar="word.folder", help="option.data_root", apply=allow_data_root
    )(function)


def point_options(function: Function) -> Function:
    """Add ``--set NAME=VALUE`` as ``settings`` and ``--row N`` as ``row``."""
    function = option("--row", kind=Whole(1), metavar="word.whole", help="option.row")(function)
    return option("--set", "settings", multiple=True, metavar="word.setting", help="option.set")(
        function
    )


def state_option(function: Function) -> Function:
    """Add ``--state FILE`` as ``state``: what a training has learned."""
    return option("--state", metavar="word.file", help="train.option.state")(function)


def stable_option(function: Function) -> Function:
    """Add ``--stable`` as ``stable``: lines in forms that neither overflow nor break off."""
    return flag("--stable", help="option.stable")(function)


def wrt_option(function: Function) -> Function:
    """Add ``--wrt NAME``, repeatable, as ``wrt``."""
    return option("--wrt", multiple=True, metavar="word.name", help="option.wrt")(function)


def detail_option(function: Function) -> Function:
    """Add ``--detail line|op`` as ``detail``."""
    return option("--detail", kind=OneOf("line", "op"), default="line", help="option.detail")(
        function
    )


def depth_option(default: str | None = "line") -> Callable[[Function], Function]:
    """Return what adds ``--detail block|layer|line|op`` as ``detail``."""
    return option("--detail", kind=OneOf(*DEPTHS), default=default, help="option.depth")


def collapse_option(function: Function) -> Function:
    """Add ``--collapse NAME``, repeatable, as ``collapse``."""
    add = option("--collapse", multiple=True, metavar="word.name", help="option.collapse")
    return add(function)


def entries_option(function: Function) -> Function:
    """Add ``--entries array|scalar`` as ``zoom``."""
    kinds = OneOf("array", "scalar")
    add = option("--entries", kind=kinds, default="array", help="option.entries", name="zoom")
    return add(function)


def force_option(function: Function) -> Function:
    """Add ``--force`` as ``force``."""
    return flag("--force", help="option.force")(function)


def json_option(function: Function) -> Function:
    """Add ``--json`` as ``as_json``."""
    return flag("--json", name="as_json", help="option.json")(function)


def scheduler_option(function: Function) -> Function:
    """Add ``--scheduler``, the address of a cluster."""
    return option("--scheduler", metavar="word.address", help="option.scheduler")(function)


def exact_option(function: Function) -> Function:
    """Add ``--exact`` as ``exact``."""
    return flag("--exact", help="option.exact")(function)


def seed_option(function: Function) -> Function:
    """Add ``--seed VALUE`` as ``seed``, a text for `graphgrad.cli.inputs.seed_value`."""
    return option("--seed", metavar="word.value", help="option.seed")(function)
