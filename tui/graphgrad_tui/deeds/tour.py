"""Show somebody new round in a minute: eight keys, each pressed once."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from graphgrad.files.reach import fenced_folder
from graphgrad.messages.catalogue import text
from graphgrad_tui.keymap import action_of, default_keymap
from graphgrad_tui.widgets.words import Words

if TYPE_CHECKING:
    from graphgrad_tui.stage import Stage

__all__ = ["CARDS", "TourBar", "done", "greet", "is_first_run", "toggle"]

CARDS = ("next", "backward", "previous", "down", "deeper", "edit", "predict", "help")
"""The commands of the tour: each is explained, and goes on when its key is pressed."""

_MARKER = "toured"
_STAYS = (action_of("tour"), action_of("escape"), "dismiss")
"""What leaves the offer and the last card where they are."""


class TourBar(Words, can_focus=False):
    """A card below the graph; not there while there is no tour."""

    def __init__(self) -> None:
        super().__init__()
        self.display = False

    def show(self, said: str) -> None:
        """Show a card, or nothing."""
        self.display = bool(said)
        self.update(said)


def is_first_run() -> bool:
    """Tell whether the app runs here for the first time; from now on it does not."""
    if fenced_folder() is not None:
        return False
    marker = default_keymap().parent / _MARKER
    with suppress(OSError):
        if marker.exists():
            return False
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.touch()
        return True
    return False  # a home that cannot be written: asking each time would be a nuisance


def greet(app: Stage) -> None:
    """Offer the tour to somebody new, until another key is pressed."""
    _bar(app).show(text("tour.offer"))


def toggle(app: Stage) -> None:
    """Start the tour, or end it."""
    if app.toured is None:
        app.toured = 0
        _show(app)
    else:
        app.toured = None
        _bar(app).show("")


def done(app: Stage, action: str) -> None:
    """Go on where the key of the present card was pressed; after the last one say goodbye."""
    if app.toured is None:
        bar = app.found(TourBar)
        if bar is not None and bar.display and action not in _STAYS:
            bar.show("")
        return
    if action != action_of(CARDS[app.toured]):
        return
    app.toured += 1
    if app.toured < len(CARDS):
        _show(app)
    else:
        app.toured = None
        _bar(app).show(text("tour.end"))


def _show(app: Stage) -> None:
    assert app.toured is not None
    name = CARDS[app.toured]
    shown = next(command.shown for command in app.commands if command.name == name)
    key = shown.split()[0] if shown else text(f"app.key.{name}")  # a key file took its keys
    fields = {"at": app.toured + 1, "count": len(CARDS), "key": key}
    _bar(app).show(text(f"tour.{name}", **fields))


def _bar(app: Stage) -> TourBar:
    return app.made(TourBar, TourBar, "QuizBar")
