"""An app whose keys, palette and help come from the table of commands; it lives on after faults."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App, SystemCommand
from textual.command import CommandPalette
from textual.worker import WorkerFailed

from graphgrad.errors import GraphgradError
from graphgrad.messages.catalogue import text
from graphgrad_tui.keymap import action_of, with_keys
from graphgrad_tui.screens.help_screen import HelpScreen
from graphgrad_tui.screens.page_screen import PageScreen, page_of
from graphgrad_tui.widgets.contrast import ReadableFilter
from graphgrad_tui.widgets.words import AsciiFilter, spelled_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from textual.filter import LineFilter
    from textual.screen import Screen

    from graphgrad.views.cells.characters import Charset

__all__ = ["OPENING", "CommandedApp", "guarded", "tell_fault"]

OPENING = ("edit", "export")
"""Deeds that open a line to type into."""

_NOT_IN_PALETTE = ("palette", "escape")


class CommandedApp(App[object]):
    """Bind every command of the table under its words in the language in force."""

    def __init__(self, keys: Mapping[str, str] | None = None, charset: Charset = "unicode") -> None:
        super().__init__()
        self.charset = charset
        self._readable = ReadableFilter()
        self._sieve = [AsciiFilter()] if charset == "ascii" else []
        self.commands = with_keys(keys or {})
        for command in self.commands:
            words, action = text(f"app.key.{command.name}"), action_of(command.name)
            # At once, before a key that was typed fast: it belongs into the line being opened.
            first = action.startswith("type(") or command.name in OPENING
            if command.keys:  # a key file may have given all of them to others
                self._bindings.bind(
                    command.keys, action, words, show=command.footer, priority=first
                )
        for digit in "0123456789":
            self.bind(digit, f"digit('{digit}')", show=False)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what is done to each row before it is shown; the characters come last."""
        return [*super().get_line_filters(), self._readable, *self._sieve]

    def spelled(self, said: str) -> str:
        """Return a text in the characters of the terminal."""
        return spelled_lines(said) if self.charset == "ascii" else said

    def notify(self, message: str, **options: Any) -> None:
        """Say something in passing, in the place of what was said before.

        It may quote a file's name or a student's words: brackets in them are no markup.
        """
        self.clear_notifications()
        options.setdefault("markup", False)
        super().notify(self.spelled(message), **options)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield the commands for the palette."""
        for command in self.commands:
            if command.name not in _NOT_IN_PALETTE:
                keys = f"  ({command.shown})" if command.shown else ""
                yield SystemCommand(
                    self.spelled(f"{text(f'app.key.{command.name}')}{keys}"),
                    self.spelled(text(f"app.help.{command.name}")),
                    partial(self.run_action, action_of(command.name)),
                )

    async def run_action(self, action: Any, *words: Any, **options: Any) -> bool:
        """Do what a key or the palette asks for; a fault is told, and the app lives on."""
        with guarded(self):
            return await super().run_action(action, *words, **options)
        return True

    def _handle_exception(self, error: Exception) -> None:
        """Tell the fault of a worker; Textual would leave the app with a traceback."""
        if isinstance(error, WorkerFailed):
            tell_fault(self, error.error)
        else:
            super()._handle_exception(error)

    def action_command_palette(self) -> None:
        """Find a command by its words."""
        if not CommandPalette.is_open(self):
            self.push_screen(CommandPalette(placeholder=self.spelled(text("app.palette_hint"))))

    def action_help(self) -> None:
        """Show every key."""
        self.push_screen(HelpScreen(self.commands, self.spelled))

    def action_pane_help(self) -> None:
        """Show the page about the pane in focus, or about the screen on top."""
        self.push_screen(PageScreen(page_of(self.focused or self.screen)))


@contextmanager
def guarded(app: App[Any]) -> Iterator[None]:
    """Tell a fault of what is done inside as a notice; the terminal of a lecture stays as it is.

    An error of ours is told in its own words, any other with its kind, so that it can be reported.
    """
    try:
        yield
    except GraphgradError as error:
        app.notify(str(error), severity="error", markup=False)
    except Exception as error:  # noqa: BLE001 -- whatever it is, the app must live on
        tell_fault(app, error)


def tell_fault(app: App[Any], error: BaseException) -> None:
    """Say in passing what went wrong."""
    kind = type(error).__name__
    app.notify(text("app.failed", kind=kind, why=error), severity="error", markup=False)
