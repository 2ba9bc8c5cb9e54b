"""Start and end a round of questions, ask when a question's turn has come, settle answers.

The judges take a while to load: the quiz is made when somebody first asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graphgrad.stepping.quiz.results import checked_results

if TYPE_CHECKING:
    from pathlib import Path

    from graphgrad.stepping.quiz.question import Question
    from graphgrad.stepping.quiz.quiz import Quiz
    from graphgrad.stepping.work import Work
    from graphgrad.views.text.stops import Stops

__all__ = ["Round", "Settled"]


class Settled(NamedTuple):
    """What to show after an answer.

    Attributes:
        place: the stop the question was about; None while it stays open.
        fault: why results are kept no longer; empty if nothing is wrong.
    """

    place: int | None
    fault: str


class Round:
    """The questions of one stepper.

    Attributes:
        quiz: the quiz; None while nobody has asked for one.
    """

    def __init__(self, results: Path | None = None) -> None:
        self.quiz: Quiz | None = None
        self._results = checked_results(results)

    @property
    def question(self) -> Question | None:
        """Return the open question."""
        return self.quiz.question if self.quiz else None

    @property
    def limit(self) -> int | None:
        """Return the last stop that may be shown; None where there is no limit."""
        return self.quiz.limit if self.quiz else None

    @property
    def hidden(self) -> frozenset[tuple[int, int]]:
        """Return the local derivatives that are asked for, as (node, source)."""
        return self.quiz.hidden if self.quiz else frozenset()

    def _begun(self) -> Quiz:
        if self.quiz is None:
            from graphgrad.stepping.quiz.quiz import Quiz

            self.quiz = Quiz(self._results)
        return self.quiz

    def start(self) -> bool:
        """Start a round; tell whether there was none, and no open question."""
        quiz = self._begun()
        if quiz.is_round or quiz.question is not None:
            return False
        quiz.is_round = True
        return True

    def end(self) -> str:
        """End the round, and return its score."""
        score = self._begun().score
        self.quiz = None
        return score

    def ask(self, work: Work, stops: Stops, position: int) -> int | None:
        """Ask about the first stop behind a position that can be asked about, and return it."""
        quiz = self._begun()
        places = range(position + 1, len(stops) + 1)
        return next((at for at in places if quiz.ask(work.trace, stops, work.point, at)), None)

    def ask_if_due(self, work: Work, stops: Stops, position: int) -> bool:
        """Ask about a stop instead of showing it, if its turn has come; tell whether it has."""
        quiz = self.quiz
        if quiz is None or position > len(stops) or not quiz.is_due(position):
            return False
        return quiz.ask(work.trace, stops, work.point, position)

    def settle(self, answer: str | None) -> Settled | None:
        """Judge an answer, or give it away where there is none; None without a question."""
        quiz, question = self.quiz, self.question
        if quiz is None or question is None:
            return None
        if answer is None:
            quiz.reveal()
        else:
            quiz.commit(answer)
        fault, quiz.fault, self._results = quiz.fault, "", quiz.results
        return Settled(None if quiz.question else question.position, fault)
