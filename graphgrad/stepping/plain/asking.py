"""Ask about the next step before it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.messages import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphgrad.stepping.plain.commands import Request
    from graphgrad.stepping.plain.stepper import PlainStepper
    from graphgrad.stepping.predict.quiz import Quiz

__all__ = ["answer", "ask", "asked_instead", "hint", "predict", "reveal"]


def predict(stepper: PlainStepper, request: Request) -> None:
    """Start a round of questions, or end it."""
    quiz = _quiz(stepper)
    if not quiz.is_round and quiz.question is None:
        quiz.is_round = True
        ask(stepper, request)
        return
    stepper.say([quiz.score])
    stepper.quiz = None


def ask(stepper: PlainStepper, _request: Request) -> None:
    """Ask about the next step that can be asked about, and go right before it."""
    quiz = _quiz(stepper)
    if stepper.refuses():
        return
    for position in range(stepper.position + 1, len(stepper.stops) + 1):
        if quiz.ask(stepper.trace, stepper.stops, stepper.work.point, position):
            if position - 1 != stepper.position:
                stepper.jump(position - 1)
            _put(stepper, quiz)
            return
    stepper.sentence("predict.nothing")


def asked_instead(stepper: PlainStepper) -> bool:
    """Ask about the next step instead of showing it, if its turn has come."""
    quiz, position = stepper.quiz, stepper.position + 1
    if quiz is None or position > len(stepper.stops) or not quiz.is_due(position):
        return False
    asked = quiz.ask(stepper.trace, stepper.stops, stepper.work.point, position)
    if asked:
        _put(stepper, quiz)
    return asked


def answer(stepper: PlainStepper, request: Request) -> None:
    """Judge an answer."""
    quiz = stepper.quiz
    if quiz is not None:
        _settle(stepper, quiz, lambda: quiz.commit(request.argument))


def reveal(stepper: PlainStepper, _request: Request) -> None:
    """Give the answer away."""
    quiz = stepper.quiz
    if quiz is None or quiz.question is None:
        stepper.sentence("predict.none_open")
        return
    _settle(stepper, quiz, quiz.reveal)


def hint(stepper: PlainStepper, _request: Request) -> None:
    """Say what to look at."""
    quiz = stepper.quiz
    if quiz is None or quiz.question is None:
        stepper.sentence("predict.none_open")
        return
    quiz.hint()
    stepper.say([quiz.reply])


def _quiz(stepper: PlainStepper) -> Quiz:
    if stepper.quiz is None:
        from graphgrad.stepping.predict.quiz import Quiz  # the judges take a while to load

        stepper.quiz = Quiz(stepper.results)
    return stepper.quiz


def _put(stepper: PlainStepper, quiz: Quiz) -> None:
    stepper.say(["", quiz.words, text("plain.answering")])


def _settle(stepper: PlainStepper, quiz: Quiz, close: Callable[[], object]) -> None:
    """Say what became of an answer; once the question is closed, show its step."""
    assert quiz.question is not None
    position = quiz.question.position
    try:
        close()
    except OSError as error:
        stepper.sentence("predict.unwritable", path=quiz.results, why=error.strerror)
        stepper.results = quiz.results = None
        close()
    stepper.say([quiz.reply])
    if quiz.question is None:
        stepper.say([quiz.score])
        stepper.jump(position)
