"""The magic `%%gg`: the text of a file in a cell, read, named and shown with its steps."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any, NamedTuple

from graphgrad.api.notebook.stepping import session_of, stepper
from graphgrad.api.notebook.still import StillStepper
from graphgrad.errors import GraphgradError, UsageError
from graphgrad.live.fields import step_in
from graphgrad.live.view import View
from graphgrad.messages.catalogue import near

__all__ = ["CellError", "gg_cell", "load_ipython_extension"]


class CellError(Exception):
    """A mistake in a cell, told in words: IPython shows them instead of a traceback."""

    def __init__(self, error: GraphgradError) -> None:
        super().__init__(error.text())

    def _render_traceback_(self) -> list[str]:
        return str(self).split("\n")


class _Asked(NamedTuple):
    """What the line of a cell asks for."""

    name: str
    still: bool
    values: dict[str, str]
    choices: dict[str, Any]


def load_ipython_extension(shell: Any) -> None:
    """Register `%%gg`, for ``%load_ext graphgrad``."""

    def gg(line: str, cell: str) -> Any:
        return gg_cell(shell.user_ns, line, cell)

    gg.__doc__ = gg_cell.__doc__
    shell.register_magic_function(gg, magic_kind="cell", magic_name="gg")


def gg_cell(names: dict[str, Any], line: str, cell: str) -> Any:
    r"""Read the text of a cell as a file, and show it with its steps.

    ``%%gg net --style wire --set w=0.5`` assigns the graph to ``net``. Options are those of
    ``graphgrad render`` that choose how a graph looks, and ``--step``, ``--row``, ``--language``,
    ``--no-predict``; ``--still`` shows the figure alone.

    Args:
        names: the variables of the notebook.
        line: what stands behind ``%%gg``.
        cell: the text.

    Raises:
        CellError: if the line or the text has a mistake.

    >>> space = {}
    >>> _ = gg_cell(space, "net --still", "input x = 3\nloss L = x^2")
    >>> space["net"].line_names
    ['x', 'L']
    """
    try:
        asked = _asked(line)
        how = dict(asked.choices)
        own = {name: how.pop(name) for name in ("language", "row") if name in how}
        at = step_in({"step": how.pop("step", 0)})
        first = session_of(cell, view=how, **({"language": None, "row": None} | own))
        state = first.state() | {"values": asked.values}
        shown = stepper(state, step=at) if asked.values else stepper(cell, step=at, **own, **how)
        if asked.still and not isinstance(shown, StillStepper):
            shown = StillStepper(shown.session, at)
    except GraphgradError as error:
        raise CellError(error) from None
    if asked.name:
        names[asked.name] = shown.graph
    return shown


_WHOLE = ("digits", "step", "row")
_MOST_DIGITS = 9
_SPELLED = {"entries": {"array": False, "scalar": True}}
_FLAGS = ("decimal_comma", "legend", "no_predict", "still")
_WORDS = tuple(name for name, usual in View._field_defaults.items() if isinstance(usual, str))
_TAKES = (*_WORDS, *_WHOLE, *_SPELLED, "language", "set")


def _asked(line: str) -> _Asked:
    """Read the line of a cell.

    Raises:
        UsageError: if it has an option that does not exist, or lacks a value.
    """
    name, values, choices, flags = "", dict[str, str](), dict[str, Any](), set[str]()
    words = _split(line)
    for word in words:
        if not word.startswith("--"):
            if name or not word.isidentifier():
                raise UsageError("live.cell_name", got=word, before=name or "…")
            name = word
            continue
        option, equals, value = word[2:].partition("=")
        field = option.replace("-", "_")
        if field in _FLAGS and not equals:
            flags.add(field)
        elif field in _FLAGS:
            raise UsageError("usage.flag_with_value", name=f"--{option}")
        elif field in _TAKES:
            value = value if equals else next(words, "")
            if field == "set":
                leaf, _, written = value.partition("=")
                values[leaf.strip()] = written.strip()
            else:
                choices[field] = _value(field, option, value)
        else:
            known = [f"--{one.replace('_', '-')}" for one in (*_TAKES, *_FLAGS)]
            near_it = near(word.partition("=")[0], known)
            raise UsageError("usage.unknown_option", name=f"--{option}", near=near_it, help="%%gg?")
    choices |= {flag: True for flag in ("decimal_comma", "legend") if flag in flags}
    choices |= {"predict": False} if "no_predict" in flags else {}
    return _Asked(name, "still" in flags, values, choices)


def _split(line: str) -> Iterator[str]:
    try:
        return iter(shlex.split(line))
    except ValueError:  # a quotation mark without its partner
        return iter(line.split())


def _value(field: str, option: str, value: str) -> Any:
    """Return the value of an option as the view holds it."""
    if not value:
        raise UsageError("usage.option_without_value", name=f"--{option}", help="%%gg?")
    if field in _WHOLE:
        is_whole = value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS
        return int(value) if is_whole else value
    if field in _SPELLED:
        return _SPELLED[field].get(value, value)
    return value
