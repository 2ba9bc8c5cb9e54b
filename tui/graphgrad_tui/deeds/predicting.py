"""Ask about the next step before it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphgrad.messages.catalogue import text
from graphgrad.ops.registry import ROWS
from graphgrad_tui.widgets.quiz_bar import AnswerLine, QuizBar

if TYPE_CHECKING:
    from graphgrad.stepping.quiz.quiz import Quiz
    from graphgrad_tui.stage import Stage

__all__ = ["ask", "asked_instead", "commit", "hint", "is_open", "reveal", "show", "toggle"]

_AFTER = {True: "predict.next", False: "predict.asked_once"}


def toggle(app: Stage) -> None:
    """Start asking, at once; or end it."""
    quiz = _quiz(app)
    if not quiz.is_round and quiz.question is None:
        quiz.is_round = True
        ask(app)
        return
    bar = _bar(app)
    bar.query_one(AnswerLine).close()
    bar.display = False
    app.notify(quiz.score)
    app.quiz = None
    app.redraw()


def _quiz(app: Stage) -> Quiz:
    """Return the quiz; a new one where there is none."""
    if app.quiz is None:
        from graphgrad.stepping.quiz.quiz import Quiz  # the judges take a while to load

        app.quiz = Quiz(app.settings.results)
    return app.quiz


def ask(app: Stage) -> None:
    """Ask about the next stop that can be asked about, and go right before it."""
    quiz = _quiz(app)
    if quiz.question is not None:
        app.notify(text("predict.open"))
        return
    session = app.session
    for position in range(app.cursor + 1, len(session.stops) + 1):
        if quiz.ask(app.trace, session.stops, session.work.point, position):
            app.cursor = position - 1
            _open(app)
            return
    app.notify(text("predict.nothing"))
    _bar(app).query_one(AnswerLine).close()
    show(app)


def asked_instead(app: Stage) -> bool:
    """Ask about the next stop instead of showing it, if its turn has come."""
    quiz, session = app.quiz, app.session
    if quiz is not None and not quiz.is_round and quiz.question is None:
        _bar(app).display = False  # what was asked once is settled
    if quiz is None or not quiz.is_due(app.cursor + 1):
        return False
    asked = quiz.ask(app.trace, session.stops, session.work.point, app.cursor + 1)
    if asked:
        _open(app)
    return asked


def _open(app: Stage) -> None:
    """Show the question and wait for its answer."""
    show(app)
    _bar(app).query_one(AnswerLine).open(takes_letters=_in_letters(app))
    app.redraw()


def show(app: Stage) -> None:
    """Show question, score and reply."""
    quiz = app.quiz
    if quiz is not None:
        asked = quiz.words if quiz.question else ""
        keys = "predict.keys_letters" if _in_letters(app) else "predict.keys"
        below = text(keys if quiz.question else _AFTER[quiz.is_round])
        _bar(app).show(asked, quiz.score, "\n".join(filter(None, (quiz.reply, below))))


def _in_letters(app: Stage) -> bool:
    """Tell whether an answer may start with a letter that is a command elsewhere."""
    question = app.quiz.question if app.quiz else None
    if question is None:
        return False
    graph = app.trace.graph
    starts = {name[0] for name in graph.line_names}
    if question.kind == "partial":  # a formula may begin with a function such as relu
        starts |= {ROWS[code].name[0] for code in set(graph.columns.codes)}
    return bool(starts & {"r", "H"})


def commit(app: Stage, answer: str) -> None:
    """Judge an answer; once the question is closed, show the step it was about."""
    quiz = app.quiz
    if quiz is not None and quiz.question is not None:
        position = quiz.question.position
        try:
            quiz.commit(answer)
        except OSError as error:
            _forget_results(app, error)
        _go_on(app, position)


def reveal(app: Stage) -> None:
    """Give the answer away."""
    quiz = app.quiz
    if quiz is None or quiz.question is None:
        app.notify(text("predict.none_open"))
        return
    position = quiz.question.position
    try:
        quiz.reveal()
    except OSError as error:
        _forget_results(app, error)
        quiz.reveal()
    _go_on(app, position)


def hint(app: Stage) -> None:
    """Say what to look at."""
    if app.quiz is None or app.quiz.question is None:
        app.notify(text("predict.none_open"))
        return
    app.quiz.hint()
    show(app)


def _go_on(app: Stage, position: int) -> None:
    quiz = app.quiz
    show(app)
    if quiz is not None and quiz.question is None:
        _bar(app).query_one(AnswerLine).close()
        app.cursor = position
        app.redraw()
    else:
        _bar(app).query_one(AnswerLine).action_select_all()  # the next try replaces this one


def _forget_results(app: Stage, error: OSError) -> None:
    """Say that results cannot be kept, and go on without."""
    quiz = app.quiz
    if quiz is not None and quiz.results is not None:
        path, why = quiz.results, error.strerror
        quiz.results = None
        app.notify(text("predict.unwritable", path=path, why=why), severity="error")


def is_open(app: Stage) -> bool:
    """Tell whether an answer is awaited; say so if it is."""
    waiting = app.quiz is not None and app.quiz.question is not None
    if waiting:
        app.notify(text("predict.open"))
    return waiting


def _bar(app: Stage) -> QuizBar:
    return app.pane(QuizBar)
