"""Ask about the next step before it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.messages.catalogue import text
from graphgrad.ops.registry import ROWS
from graphgrad_tui.widgets.quiz_bar import AnswerLine, QuizBar

if TYPE_CHECKING:
    from graphgrad_tui.stage import Stage

__all__ = ["ask", "asked_instead", "commit", "hint", "is_open", "moved"]
__all__ += ["reveal", "show", "toggle"]

_AFTER = {True: "predict.next", False: "predict.asked_once"}


def toggle(app: Stage) -> None:
    """Start asking, at once; or end it."""
    if app.round.start():
        ask(app)
        return
    app.pane(AnswerLine).close()
    app.pane(QuizBar).display = False
    app.notify(app.round.end())
    app.redraw()


def ask(app: Stage) -> None:
    """Ask about the next stop that can be asked about, and go right before it."""
    if is_open(app):
        return
    place = app.round.ask(app.session.work, app.session.stops, app.cursor)
    if place is not None:
        app.cursor = place - 1
        _open(app)
        return
    app.notify(text("predict.nothing"))
    app.pane(AnswerLine).close()
    show(app)


def asked_instead(app: Stage) -> bool:
    """Ask about the next stop instead of showing it, if its turn has come."""
    quiz, session = app.round.quiz, app.session
    if quiz is not None and not quiz.is_round and quiz.question is None:
        app.pane(QuizBar).display = False  # what was asked once is settled
    asked = app.round.ask_if_due(session.work, session.stops, app.cursor + 1)
    if asked:
        _open(app)
    return asked


def _open(app: Stage) -> None:
    """Show the question and wait for its answer."""
    show(app)
    app.pane(AnswerLine).open(takes_letters=_in_letters(app))
    app.redraw()


def show(app: Stage) -> None:
    """Show question, score and reply."""
    quiz = app.round.quiz
    if quiz is not None:
        asked = quiz.words if quiz.question else ""
        keys = "predict.keys_letters" if _in_letters(app) else "predict.keys"
        below = text(keys if quiz.question else _AFTER[quiz.is_round])
        said = "\n".join(filter(None, (quiz.reply, below)))
        app.pane(QuizBar).show(app.spelled(asked), quiz.score, app.spelled(said))


def _in_letters(app: Stage) -> bool:
    """Tell whether an answer may start with a letter that is a command elsewhere."""
    question = app.round.question
    if question is None:
        return False
    graph = app.trace.graph
    starts = {name[0] for name in graph.line_names}
    if question.kind == "partial":  # a formula may begin with a function such as relu
        starts |= {ROWS[code].name[0] for code in set(graph.columns.codes)}
    return bool(starts & {"r", "H"})


def commit(app: Stage, answer: str) -> None:
    """Judge an answer, if a question is open."""
    if app.round.question is not None:
        _settle(app, answer)


def reveal(app: Stage) -> None:
    """Give the answer away."""
    _settle(app, None)


def _settle(app: Stage, answer: str | None) -> None:
    """Say what became of an answer; once the question is closed, show the step it was about."""
    settled = app.round.settle(answer)
    if settled is None:
        app.notify(text("predict.none_open"))
        return
    if settled.fault:
        app.notify(settled.fault, severity="error")
    show(app)
    if settled.place is None:
        app.pane(AnswerLine).action_select_all()  # the next try replaces this one
        return
    app.pane(AnswerLine).close()
    app.cursor = settled.place
    app.redraw()


def hint(app: Stage) -> None:
    """Say what to look at."""
    quiz = app.round.quiz
    if quiz is None or quiz.question is None:
        app.notify(text("predict.none_open"))
        return
    quiz.hint()
    show(app)


def moved(app: Stage) -> None:
    """Take back what was said of a step that has been left."""
    quiz = app.round.quiz
    if quiz is None or quiz.question is not None or not quiz.reply or app.cursor == quiz.last:
        return
    quiz.reply = ""
    if quiz.is_round:
        show(app)
    else:
        app.pane(QuizBar).display = False


def is_open(app: Stage) -> bool:
    """Tell whether an answer is awaited; say so if it is."""
    waiting = app.round.question is not None
    if waiting:
        app.notify(text("predict.open"))
    return waiting
