"""Ask a question below the graph, and say what became of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.containers import Vertical
from textual.widgets import Static

from graphgrad_tui.widgets.answer_line import AnswerLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["QuizBar"]


class QuizBar(Vertical, can_focus=False):
    """Question and score, the answer, the reply; it is there only while there are questions."""

    def __init__(self) -> None:
        super().__init__()
        self.display = False

    def compose(self) -> ComposeResult:
        """Hold the three lines."""
        yield Static(id="quiz-asked", markup=False)
        yield AnswerLine()
        yield Static(id="quiz-said", markup=False)

    def show(self, asked: str, score: str, said: str) -> None:
        """Show a question and its score, and below it a reply or the keys."""
        self.display = True
        head = Text(asked, "bold")
        head.append(f"   {score}" if asked else score, "not bold")
        self.query_one("#quiz-asked", Static).update(head)
        self.query_one("#quiz-said", Static).update(Text(said))
