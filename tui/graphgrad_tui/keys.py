"""List every command once: its keys, its action, its words. Bindings, help and palette read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COMMANDS", "Command", "with_keys"]


class Command(NamedTuple):
    """One thing the app can do.

    Attributes:
        name: message ids are ``app.key.NAME`` (short) and ``app.help.NAME`` (a sentence).
        keys: the keys, as Textual names them, separated by commas.
        shown: the keys, as a person reads them.
        action: the action of the app.
        footer: whether it stands in the bar of keys.
    """

    name: str
    keys: str
    shown: str
    action: str
    footer: bool = False


COMMANDS: tuple[Command, ...] = (
    Command("next", "n,space,right,l,pagedown", "n space → l", "travel('next')", footer=True),
    Command("previous", "p,left,h,pageup", "p ← h", "travel('previous')", footer=True),
    Command("start", "g", "g", "travel('start')"),
    Command("end", "G", "G", "travel('end')"),
    Command("forward", "f", "f", "travel('forward')"),
    Command("backward", "b", "b", "travel('backward')"),
    Command("goto", "colon", ":", "type(':')"),
    Command("up", "up,k", "↑ k", "do('up')"),
    Command("down", "down,j", "↓ j", "do('down')"),
    Command("to", "t", "t", "travel('to')", footer=True),
    Command("break", "B", "B", "do('break')"),
    Command("continue", "c", "c", "travel('onward')"),
    Command("back", "C", "C", "travel('back')"),
    Command("search", "slash", "/", "type('/')", footer=True),
    Command("next_match", "right_square_bracket", "]", "do('next_match')"),
    Command("previous_match", "left_square_bracket", "[", "do('previous_match')"),
    Command("predict", "x", "x", "do('predict')", footer=True),
    Command("ask", "X", "X", "do('ask')"),
    Command("reveal", "r", "r", "do('reveal')"),
    Command("hint", "H", "H", "do('hint')"),
    Command("edit", "e", "e", "do('edit')"),
    Command("undo", "u", "u", "do('undo')"),
    Command("redo", "ctrl+r", "ctrl+r", "do('redo')"),
    Command("watch", "W", "W", "do('watch')"),
    Command("fold", "enter", "enter", "do('fold')"),
    Command("close_group", "minus", "-", "do('close')"),
    Command("open", "plus", "+", "do('open')"),
    Command("check", "D", "D", "do('check')"),
    Command("train", "T", "T", "do('train')"),
    Command("open_file", "ctrl+o", "ctrl+o", "do('open_file')"),
    Command("samples", "S", "S", "do('samples')"),
    Command("copy", "y", "y", "do('copy')"),
    Command("copy_latex", "Y", "Y", "do('copy_latex')"),
    Command("copy_dot", "ctrl+y", "ctrl+y", "do('copy_dot')"),
    Command("screenshot", "s", "s", "do('screenshot')"),
    Command("export", "E", "E", "do('export')"),
    Command("scroll_down", "J", "J", "do('scroll_down')"),
    Command("scroll_up", "K", "K", "do('scroll_up')"),
    Command("theme", "ctrl+t", "ctrl+t", "change_theme"),
    Command("palette", "ctrl+p", "ctrl+p", "command_palette"),
    Command("help", "question_mark,f1", "? F1", "help", footer=True),
    Command("escape", "escape", "esc", "do('follow')"),
    Command("quit", "q", "q", "quit", footer=True),
)


def with_keys(keys: Mapping[str, str]) -> tuple[Command, ...]:
    """Return the commands with other keys where some are given.

    >>> with_keys({"next": "n,pagedown"})[0][:3]
    ('next', 'n,pagedown', 'n pagedown')
    """
    return tuple(
        command._replace(keys=keys[command.name], shown=keys[command.name].replace(",", " "))
        if command.name in keys
        else command
        for command in COMMANDS
    )
