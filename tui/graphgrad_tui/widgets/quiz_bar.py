"""Ask a question below the graph, and say what became of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.containers import Vertical

from graphgrad_tui.widgets.answer_line import AnswerLine
from graphgrad_tui.widgets.words import Words

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
