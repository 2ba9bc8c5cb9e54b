"""List every command once: its keys, its action, its words. Bindings, help and palette read it."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["COMMANDS", "Command"]


class Command(NamedTuple):
    """One thing the app can do.

    Attributes:
        name: message ids are ``app.key.NAME`` (short) and ``app.help.NAME`` (a sentence).
        keys: the keys, as Textual names them, separated by commas.
        shown: the keys, as a person reads them.
        action: the action of the app.
        footer: whether it stands in the footer.
    """

    name: str
    keys: str
    shown: str
    action: str
    footer: bool = False


COMMANDS: tuple[Command, ...] = (
    Command("next", "n,space,right,l", "n space → l", "travel('next')", footer=True),
    Command("previous", "p,left,h", "p ← h", "travel('previous')", footer=True),
    Command("start", "g", "g", "travel('start')"),
    Command("end", "G", "G", "travel('end')"),
    Command("forward", "f", "f", "travel('forward')"),
    Command("backward", "b", "b", "travel('backward')"),
    Command("goto", "colon", ":", "type(':')"),
    Command("up", "up,k", "↑ k", "select(-1)"),
    Command("down", "down,j", "↓ j", "select(1)"),
    Command("to", "t", "t", "travel('to')", footer=True),
    Command("break", "B", "B", "toggle_break", footer=True),
    Command("continue", "c", "c", "travel('onward')"),
    Command("back", "C", "C", "travel('back')"),
    Command("search", "slash", "/", "type('/')", footer=True),
    Command("next_match", "right_square_bracket", "]", "match(1)"),
    Command("previous_match", "left_square_bracket", "[", "match(-1)"),
    Command("scroll_down", "J", "J", "scroll_node(1)"),
    Command("scroll_up", "K", "K", "scroll_node(-1)"),
    Command("theme", "ctrl+t", "ctrl+t", "change_theme"),
    Command("palette", "ctrl+p", "ctrl+p", "command_palette"),
    Command("help", "question_mark,f1", "? F1", "help", footer=True),
    Command("escape", "escape", "esc", "clear"),
    Command("quit", "q", "q", "quit", footer=True),
)
