"""Questions: what is asked, what is hidden, how answers are judged."""

from __future__ import annotations

import json
import re

import pytest

from graphgrad.messages.catalogue import set_language
from graphgrad.stepping.quiz.examiner import Examiner
from graphgrad.stepping.quiz.question import KINDS, questions_about, veiled
from graphgrad.stepping.quiz.quiz import Quiz, fair_questions
from graphgrad.views.text.stops import Stops
from graphgrad_tui.widgets.quiz_bar import AnswerLine
from tests.tui.screens import LARGE, REGRESSION, SHARED, SMALL, app_of, shown, traced

NETWORK = """
input x = 0.7
param w1 = 0.45
param w2 = -1.3
h = tanh(w1*x)
s = h + w1*x
yhat = sigmoid(w2*s)
loss L = (yhat - 0.25)^2
"""


EVERYWHERE = ("value", "adjoint", "partial", "contribution", "sign", "next")


def all_questions(source, fold="line"):
    trace = traced(source)
    stops = Stops(trace, fold)
    return trace, [q for k in range(len(stops) + 1) for q in questions_about(trace, stops, k)]


def one(source, kind, asked):
    trace, questions = all_questions(source)
    found = next(q for q in questions if q.kind == kind and q.asked == asked)
    return Examiner(trace, {}), found


@pytest.mark.parametrize("fold", ["line", "node", "edge"])
@pytest.mark.parametrize("source", [REGRESSION, SHARED, NETWORK])
def test_the_shown_answer_is_right_for_every_question(source, fold):
    trace, questions = all_questions(source, fold)
    examiner = Examiner(trace, {})
    assert {*EVERYWHERE} <= {q.kind for q in questions} <= set(KINDS)
    for question in questions:
        if question.kind in ("partial", "sign", "next") or len(question.answer) < 6:
            assert examiner.reply(question, question.answer).passed, question


@pytest.mark.parametrize(
    ("kind", "asked", "answer", "status", "mistake"),
    [
        ("adjoint", "dL/dw", "-12", "right", ""),
        ("adjoint", "dL/dw", "12", "wrong", "sign"),
        ("adjoint", "dL/dw", "-4", "wrong", "factor"),
        ("adjoint", "dL/dw", "2", "wrong", "value"),
        ("adjoint", "dL/dw", "-24", "wrong", "two"),
        ("adjoint", "dL/dw", "dL/dw = 2*e*x", "right", ""),
        ("adjoint", "dL/dw", "7.7", "wrong", ""),
        ("value", "yhat", "7", "right", ""),
        ("value", "yhat", "7,0", "right", ""),
        ("value", "yhat", "-7", "wrong", "sign"),
        ("value", "yhat", "2*3 + 1", "right", ""),
        ("partial", "∂L/∂e", "2*e", "right", ""),
        ("partial", "∂L/∂e", "2e", "right", ""),
        ("partial", "∂L/∂e", "e", "wrong", "two"),
        ("partial", "∂L/∂e", "e^2", "wrong", "function"),
        ("partial", "∂L/∂e", "-4", "unreadable", ""),
        ("partial", "∂z/∂w", "dL/dz*x", "wrong", "product"),
        ("contribution", "dL/dz·∂z/∂w", "-12", "right", ""),
        ("contribution", "dL/dz·∂z/∂w", "3", "wrong", "upstream"),
        ("sign", "dL/dw", "-", "right", ""),
        ("sign", "dL/dw", "+", "wrong", ""),
        ("adjoint", "dL/dw", "2*(", "unreadable", ""),
        ("adjoint", "dL/dw", "", "unreadable", ""),
    ],
)
def test_answers_are_judged_and_the_likely_mistake_is_named(kind, asked, answer, status, mistake):
    examiner, question = one(REGRESSION, kind, asked)
    reply = examiner.reply(question, answer)
    assert (reply.status, reply.mistake) == (status, mistake), reply.words


def test_a_forgotten_consumer_is_named():
    examiner, question = one(NETWORK, "adjoint", "dL/dw1")
    full = float(question.truth)
    assert examiner.reply(question, f"{full:.4g}").passed
    trace = examiner.trace
    part = next(
        float(q.truth)
        for q in all_questions(NETWORK)[1]
        if q.kind == "contribution" and q.asked.endswith("∂w1")
    )
    assert trace is not None
    assert examiner.reply(question, f"{part:.4g}").mistake == "sum"


def test_next_takes_any_line_that_is_ready():
    trace, questions = all_questions("input x = 2\na = x^2\nb = 3*x\nloss L = a*b")
    first = next(q for q in questions if q.kind == "next")
    examiner = Examiner(trace, {})
    assert examiner.reply(first, "a").passed
    assert examiner.reply(first, "b").passed
    assert not examiner.reply(first, "L").passed


def test_the_third_wrong_answer_gives_it_away_and_results_are_lines_of_json(tmp_path):
    trace = traced(REGRESSION)
    path = tmp_path / "results.jsonl"
    quiz = Quiz(path)
    assert quiz.ask(trace, Stops(trace), {}, 1)
    for answer in ("5", "5", "(", "5"):
        assert quiz.question is not None
        quiz.commit(answer)
    assert quiz.question is None
    assert "z = 6" in quiz.reply
    assert quiz.score == "asked 1 · right 0 · wrong tries 3"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [line["try"] for line in lines] == [1, 2, 2, 3]
    assert [line["status"] for line in lines] == ["wrong", "wrong", "unreadable", "wrong"]
    assert {line["expected"] for line in lines} == {"6"}


def test_veiled_numbers():
    assert veiled("a = -0.25, 10.25 (-0.25) 0.251 0.25.", "0.25") == "a = ?, 10.25 ? 0.251 ?."


def in_cells(screen, question):
    """Tell whether the answer stands on the screen, as a number or a formula of its own."""
    return re.search(rf"(?<![-\w.]){re.escape(question.answer)}(?!\w|\.\d)", screen)


@pytest.mark.slow
@pytest.mark.parametrize(
    "size",
    [
        pytest.param(SMALL, id="80x24"),
        pytest.param((40, 12), id="40x12", marks=pytest.mark.slow),
        pytest.param(LARGE, id="120x40", marks=pytest.mark.slow),
        pytest.param((200, 60), id="200x60", marks=pytest.mark.slow),
    ],
)
async def test_the_answer_is_in_no_cell_before_it_is_given(size):
    app = app_of(NETWORK)
    async with app.run_test(size=size) as pilot:
        await pilot.press("W", "x", "escape", "G", "c")
        asked = []
        for position, question in every_question(app):
            app.round.quiz.open(question, app.trace, {})
            app.cursor = position - 1
            for node in (question.node, question.source):
                if node >= 0:
                    app.selected = node
                app.cursor = len(app.session.stops)
                await pilot.pause()
                assert app.cursor == position - 1
                assert not in_cells(shown(app), question), (question, shown(app))
            asked.append(question.kind)
        assert set(asked) == {"value", "adjoint", "partial", "contribution"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "size",
    [
        pytest.param(SMALL, id="80x24"),
        pytest.param(LARGE, id="120x40", marks=pytest.mark.slow),
        pytest.param((200, 60), id="200x60", marks=pytest.mark.slow),
    ],
)
async def test_nothing_that_is_taken_along_gives_the_answer_away(size, tmp_path):
    app = app_of(NETWORK)
    async with app.run_test(size=size) as pilot:
        await pilot.press("x", "escape", "d")
        await app.workers.wait_for_complete()
        for position, question in every_question(app, every=3):
            app.round.quiz.open(question, app.trace, {})
            app.cursor = position - 1
            app.selected = question.node
            app.copy_to_clipboard("")
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert not in_cells(shown(app), question), (question, shown(app))
            await pilot.press("s", "y", "Y", "ctrl+y", "E", "escape", "D", "T", "e", "escape", "o")
            await pilot.pause()
            assert len(app.screen_stack) == 1
            assert not in_cells(shown(app), question), (question, shown(app))
            assert not in_cells(app.clipboard, question), (question, app.clipboard)
            written = list(tmp_path.iterdir())
            assert {path.suffix for path in written} == {".svg", ".txt"}
            for path in written:
                assert not in_cells(plain(path.read_text("utf-8")), question), (question, path)
                path.unlink()


def every_question(app, every=1):
    """Yield the fair questions with an answer that could be found, and their stops."""
    stops = app.session.stops
    found = [(k, q) for k in range(1, len(stops) + 1) for q in fair_questions(app.trace, stops, k)]
    judged = [(k, q) for k, q in found if q.kind not in ("next", "sign") and len(q.answer) >= 4]
    yield from judged[::every]


def plain(written):
    """Return the words of a screenshot, without the places and colours of an SVG."""
    return re.sub(r"<style.*?</style>|<[^>]*>|&#160;", " ", written, flags=re.DOTALL)


async def test_a_round_of_questions_by_keys(tmp_path):
    path = tmp_path / "r.jsonl"
    app = app_of(results=path)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("x")
        await pilot.pause()
        assert "What is the value of z?" in shown(app)
        await pilot.press("H")
        await pilot.pause()
        assert "Put the values" in shown(app)
        await pilot.press("minus", "6", "enter")
        await pilot.pause()
        assert "Check the sign" in shown(app)
        assert app.cursor == 0
        await pilot.press("backspace", "backspace", "6", "enter")
        await pilot.pause()
        assert "z = 6" in shown(app)
        assert "asked 1 · right 1 · wrong tries 1" in shown(app)
        assert app.cursor == 1
        await pilot.press("n", "n", "n")
        await pilot.pause()
        assert app.cursor == 3
        assert app.round.quiz is not None
        assert app.round.quiz.question is not None
        await pilot.press("escape", "r")
        await pilot.pause()
        assert app.cursor == 4
        await pilot.press("x")
        assert app.round.quiz is None
    assert len(path.read_text("utf-8").splitlines()) == 3


async def test_a_wrong_answer_leaves_the_keys_alive_and_in_sight():
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("x", "7", "enter")
        await pilot.pause()
        assert "✗ not yet." in shown(app)
        assert "H hint   r reveals" in shown(app)
        await pilot.press("H")
        await pilot.pause()
        assert "Put the values" in shown(app)
        assert "H hint   r reveals" in shown(app)
        await pilot.press("r")
        await pilot.pause()
        assert "z = 6" in shown(app)
        assert app.cursor == 1


async def test_a_name_that_begins_with_r_is_typed_into_the_answer():
    app = app_of(REGRESSION.replace("y ", "r ").replace("- y", "- r"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("x", "r")
        await pilot.pause()
        assert app.query_one(AnswerLine).value == "r"
        await pilot.press("escape", "r")
        await pilot.pause()
        assert "z = 6" in shown(app)


@pytest.mark.slow
async def test_letters_are_keys_before_a_formula_in_which_no_name_begins_so():
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("x")
        assert app.round.quiz is not None
        while app.round.quiz.question is None or app.round.quiz.question.kind != "partial":
            await pilot.press("X")
            await pilot.pause()
            if app.round.quiz.question.kind != "partial":
                await pilot.press("escape", "r")
                await pilot.pause()
        await pilot.press("H")
        await pilot.pause()
        assert "Differentiate the formula" in shown(app)


def test_the_second_wrong_answer_brings_the_hint(tmp_path):
    trace = traced(REGRESSION)
    path = tmp_path / "results.jsonl"
    quiz = Quiz(path)
    assert quiz.ask(trace, Stops(trace), {}, 1)
    quiz.commit("5")
    assert "Put the values" not in quiz.reply
    quiz.commit("(")
    assert "Put the values" not in quiz.reply
    quiz.commit("5")
    assert quiz.reply.splitlines()[-1].startswith("Put the values")
    quiz.commit("6")
    assert "Put the values" not in quiz.reply
    hints = [json.loads(line)["hints"] for line in path.read_text("utf-8").splitlines()]
    assert hints == [0, 0, 0, 1]


def test_a_question_counts_once_it_was_tried():
    trace = traced(REGRESSION)
    quiz = Quiz()
    assert quiz.ask(trace, Stops(trace), {}, 1)
    scores = [quiz.score]
    for answer in ("(", "5", "4", "6"):
        quiz.commit(answer)
        scores.append(quiz.score)
    assert scores == [
        f"asked {asked} · right {right} · wrong tries {wrong}"
        for asked, right, wrong in [(0, 0, 0), (0, 0, 0), (1, 0, 1), (1, 0, 2), (1, 1, 2)]
    ]


async def test_x_after_one_question_begins_a_round():
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("X", "6", "enter")
        await pilot.pause()
        assert "X asks about the next step" in shown(app)
        await pilot.press("n", "n", "n", "n", "n")
        await pilot.pause()
        assert app.cursor == 6
        assert app.round.quiz is not None
        assert app.round.quiz.question is None
        assert "asked" not in shown(app)
        await pilot.press("x")
        await pilot.pause()
        assert app.round.quiz.is_round
        assert app.round.quiz.question is not None
        await pilot.press("escape", "x")
        assert app.round.quiz is None


async def test_results_that_cannot_be_written_are_said_once(tmp_path):
    app = app_of(results=tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("x", "6", "enter")
        await pilot.pause()
        assert "cannot be written" in " ".join(n.message for n in app._notifications)
        assert app.round.quiz is not None
        assert (app.round.question, app.round.quiz.right, app.cursor) == (None, 1, 1)
        await pilot.press("r")
        await pilot.pause()
        assert app.is_running


async def test_questions_in_spanish():
    set_language("es")
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("x")
        await pilot.pause()
        assert "¿Cuánto vale z?" in shown(app)
        await pilot.press("6", "comma", "0", "enter")
        await pilot.pause()
        assert "✓ correcto." in shown(app)


async def test_a_next_try_replaces_the_last_one():
    app = app_of()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("x", "7", "enter")
        await pilot.pause()
        assert "✗ not yet." in shown(app)
        await pilot.press("6", "enter")
        await pilot.pause()
        assert "✓ right. z = 6" in shown(app)
