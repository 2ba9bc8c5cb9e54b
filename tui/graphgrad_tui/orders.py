"""Obey what was typed after ``:`` or ``/``: a step, a name, a command word; words to search for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graphgrad.graph.zooms.entry_names import entry_of
from graphgrad.messages.catalogue import near, text
from graphgrad.stepping.commands import WORDS
from graphgrad_tui.deeds import copy_and_export, edit_and_train
from graphgrad_tui.keymap import action_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphgrad_tui.stage import Stage

__all__ = ["Order", "obey", "read_order"]

_LINES: dict[str, Callable[[Stage, str], None]] = {
    "=": edit_and_train.obey_edit,
    "E": copy_and_export.obey_export,
    copy_and_export.REPLACE: copy_and_export.obey_replacement,
}
_PLAIN = ("start", "end", "forward", "backward", "continue", "back", "help", "quit")


class Order(NamedTuple):
    """What a typed line asks for: ``goto``, ``node``, a command's name, or nothing known."""

    kind: str
    argument: str = ""


def read_order(text: str) -> Order:
    """Return what a line asks for.

    >>> read_order(" 42 "), read_order("w1"), read_order("quit"), read_order("")
    (Order(kind='goto', argument='42'), Order(kind='node', argument='w1'), \
Order(kind='quit', argument=''), Order(kind='', argument=''))
    """
    text = text.strip()
    if text.isdecimal():
        return Order("goto", text)
    word, _, rest = text.partition(" ")
    name = WORDS.get(word, "")
    if name == "goto" and rest.strip().isdecimal():
        return Order("goto", rest.strip())
    if name in ("to", "break") and rest.strip():
        return Order(name, rest.strip())
    if name in _PLAIN and (len(word) > 1 or word == "q"):
        return Order(name)
    return Order("node", text) if text else Order("")


async def obey(app: Stage, prompt: str, typed: str) -> None:
    """Search for words, or do what a typed order says."""
    if prompt == "/":
        _search(app, typed)
        return
    if prompt in _LINES:
        _LINES[prompt](app, typed)
        return
    order = read_order(typed)
    if app.session.named(typed.strip()) is not None:
        order = Order("node", typed.strip())  # a line called q or end is meant, no command
    if order.kind == "goto":
        _goto(app, order.argument)
    elif order.kind in ("node", "to", "break"):
        await _with_node(app, order)
    elif order.kind:
        await app.run_action(action_of(order.kind))


def _search(app: Stage, words: str) -> None:
    if not words.strip():
        app.notify(text("stepper.search_nothing"))
        return
    count = app.session.search.find(words, app.state)
    if not count:
        app.notify(text("stepper.not_found", what=words), severity="warning")
        return
    app.selected = app.session.search.match(-1, 1)
    app.notify(text("app.matches", count=count))


def _goto(app: Stage, number: str) -> None:
    count = len(app.session.stops)
    if len(number) > 9 or int(number) > count:
        app.notify(text("stepper.no_step", got=number, count=count), severity="warning")
    else:
        app.cursor = int(number)


async def _with_node(app: Stage, order: Order) -> None:
    node = app.session.named(order.argument)
    if node is None and order.kind == "node":
        node = _entry_named(app, order.argument)
    if node is None:
        similar = near(order.argument, app.trace.graph.line_names)
        said = text("app.no_name", name=order.argument, near=similar)
        app.notify(said, severity="warning")
        return
    app.selected = node
    if order.kind != "node":
        await app.run_action(action_of(order.kind))


def _entry_named(app: Stage, name: str) -> int | None:
    """Look at the entry of an array that is named, W[2,1], and return its box, if there is one."""
    array, place = entry_of(app.trace.graph, name.replace(" ", ""))
    node = app.session.named(array) if array else None
    if node is not None:
        app.entry_at = node, place
    return node
