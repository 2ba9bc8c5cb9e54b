"""Ask a question below the graph, take its answer, and say what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from graphgrad.messages.catalogue import text
from graphgrad_tui.events import AnswerGiven, DeedWanted
from graphgrad_tui.widgets.key_bar import KeyBar
from graphgrad_tui.widgets.prompt_line import PromptLine
from graphgrad_tui.widgets.words import Words

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

__all__ = ["AnswerLine", "QuizBar"]

_DEEDS = {"r": "reveal", "H": "hint"}


class AnswerLine(PromptLine):
    """A line for an answer; before its first letter, r and H are commands if none starts so."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self) -> None:
        super().__init__(compact=True, select_on_focus=False)
        self.takes_letters = False

    def open(self, *, takes_letters: bool) -> None:
        """Wait for an answer."""
        self.takes_letters = takes_letters
        self.value = ""
        self.display = True
        self.screen.set_focus(self)

    def close(self) -> None:
        """Take no answer."""
        self.display = False
        if self.has_focus:
            self.screen.set_focus(None)

    def action_leave(self) -> None:
        """Let keys be commands again; the line stays."""
        self.screen.set_focus(None)

    def on_focus(self, _event: events.Focus) -> None:
        """Say in the bar of keys which of them work here."""
        keys = "app.typing.letters" if self.takes_letters else "app.typing.answer"
        self.screen.query_one(KeyBar).say(text(keys))

    def on_blur(self, _event: events.Blur) -> None:
        """Give the bar of keys back to the commands."""
        self.screen.query_one(KeyBar).say("")

    def on_key(self, event: events.Key) -> None:
        """Take r and H as commands while nothing is typed, or a wrong answer waits as a whole."""
        deed = _DEEDS.get(event.character or "")
        untouched = self.selected_text == self.value
        if deed and untouched and not self.takes_letters:
            event.prevent_default()
            event.stop()
            self.post_message(DeedWanted(deed))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand on the answer."""
        event.stop()
        self.post_message(AnswerGiven(event.value))


class QuizBar(Vertical, can_focus=False):
    """Question and score, the answer, the reply; it is there only while there are questions."""

    def __init__(self) -> None:
        super().__init__()
        self.display = False

    def compose(self) -> ComposeResult:
        """Hold the three lines."""
        yield Words(id="quiz-asked")
        yield AnswerLine()
        yield Words(id="quiz-said")

    def show(self, asked: str, score: str, said: str) -> None:
        """Show a question and its score, and below it a reply or the keys."""
        self.display = True
        head = Text(asked, "bold")
        head.append(f"   {score}" if asked else score, "not bold")
        self.query_one("#quiz-asked", Words).update(head)
        self.query_one("#quiz-said", Words).update(Text(said))
