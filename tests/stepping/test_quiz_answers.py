"""What counts as an answer to a question, and which likely mistake is named."""

from __future__ import annotations

import pytest

from graphgrad.autodiff.record import record
from graphgrad.messages.catalogue import set_language
from graphgrad.source.gg import read_gg
from graphgrad.stepping.quiz.examiner import Examiner
from graphgrad.stepping.quiz.question import questions_about
from graphgrad.stepping.quiz.quiz import MOST_TRIES, Quiz
from graphgrad.views.text.stops import Stops

REGRESSION = """
input x = 3
input y = 9
param w = 2
param b = 1
z = w*x
yhat = z + b
e = yhat - y
loss L = e^2
"""
NEURON = """
input x = 0.62
param w = 2
param b = 0
z = w*x + b
u = 3.1*x
a = sigmoid(z)
h = relu(u)
m = maximum(z, u)
loss L = (a - 0.25)^2 + h*m
"""


def asked(source, kind, name):
    trace = record(read_gg(source))
    stops = Stops(trace, "line")
    every = [q for at in range(len(stops) + 1) for q in questions_about(trace, stops, at)]
    found = next(q for q in every if q.kind == kind and q.asked == name)
    return trace, stops, found


def reply_to(source, kind, name, answer):
    trace, _, question = asked(source, kind, name)
    return Examiner(trace, {}).reply(question, answer)


@pytest.mark.parametrize(
    ("kind", "name", "answer", "reason"),
    [
        ("value", "z", "z", "z is what is asked for"),
        ("value", "z", "z+0", "z is what is asked for"),
        ("value", "z", "z = z", "z is what is asked for"),
        ("value", "z", "w*x", "A number is asked for"),
        ("value", "z", "2*x", "A number is asked for"),
        ("value", "z", "yhat - b", "yhat is not known yet"),
        ("value", "z", "sqrt(L)", "L is not known yet"),
        ("value", "z", "dL/dw", "dL/dw is not known yet"),
        ("value", "z", "yhat = 6", "That answers yhat"),
        ("partial", "∂L/∂e", "∂L/∂e", "∂L/∂e is what is asked for"),
        ("partial", "∂L/∂e", "dL/de", "∂L/∂e is what is asked for"),
        ("partial", "∂L/∂e", "1*dL/de + 0", "∂L/∂e is what is asked for"),
        ("partial", "∂L/∂e", "d/de (e^2)", "Write the derivative out"),
        ("partial", "∂L/∂e", "dL/dyhat", "dL/dyhat is not known yet"),
        ("partial", "∂z/∂w", "dL/dw / dL/dz", "dL/dw is not known yet"),
        ("partial", "∂L/∂e", "-4", "A formula is asked for"),
        ("adjoint", "dL/dx", "dL/dx", "dL/dx is what is asked for"),
        ("adjoint", "dL/dx", "x.grad", "dL/dx is what is asked for"),
        ("adjoint", "dL/dx", "∂L/∂x·1", "dL/dx is what is asked for"),
        ("adjoint", "dL/dz", "dL/dw / x", "dL/dw is not known yet"),
        ("adjoint", "dL/dx", "dL/dz*∂z/∂x", "∂z/∂x is to be worked out here"),
        ("adjoint", "dL/dx", "dL/dz*dz/dx + 0", "∂z/∂x is to be worked out here"),
        ("adjoint", "dL/dx", "-4*∂z/∂x", "∂z/∂x is to be worked out here"),
        ("contribution", "dL/dz·∂z/∂w", "dL/dz·∂z/∂w", "∂z/∂w is to be worked out here"),
        ("contribution", "dL/dz·∂z/∂w", "∂L/∂z * dz/dw", "∂z/∂w is to be worked out here"),
        ("adjoint", "dL/dx", "dL/dw = -12", "That answers dL/dw"),
        ("adjoint", "dL/dx", "🙂", ""),
        ("adjoint", "dL/dx", "hola", ""),
        ("adjoint", "dL/dx", "2 +", ""),
        ("value", "z", "1/", ""),
        ("value", "z", "nan", ""),
        ("value", "z", "1/0", "no value"),
        ("value", "z", "log(0)", "no value"),
        ("value", "z", "[1, 2]", "expected shape scalar"),
        ("adjoint", "dL/dx", "sqrt(-1)", "no value"),
        ("contribution", "dL/dz·∂z/∂w", "[1, 2]", "expected shape scalar"),
        ("next", "", "nothing", "No line is called nothing"),
    ],
)
def test_what_is_no_answer_is_refused_with_the_reason_and_costs_no_try(kind, name, answer, reason):
    set_language("en")
    trace, stops, question = asked(REGRESSION, kind, name)
    quiz = Quiz()
    quiz.open(question, trace, {})
    for _ in range(2 * MOST_TRIES):
        reply = quiz.commit(answer)
        assert reply.status == "unreadable", reply
        assert reason in reply.words
        assert quiz.question is question
    assert quiz.tries == quiz.wrong == 0
    assert stops is not None


@pytest.mark.parametrize(
    ("kind", "name", "answer"),
    [
        ("value", "z", "6"),
        ("value", "z", "z = 6"),
        ("value", "z", "z = w*x = 6"),
        ("value", "z", "2*3"),
        ("value", "z", "36/6"),
        ("value", "z", "sqrt(36)"),
        ("value", "z", "6,0"),
        ("value", "e", "(-4)/2"),
        ("adjoint", "dL/dx", "-8"),
        ("adjoint", "dL/dx", "2*(-2)*2"),
        ("adjoint", "dL/dx", "dL/dz*w"),
        ("adjoint", "dL/dx", "2*e*w"),
        ("partial", "∂L/∂e", "2e"),
        ("partial", "∂L/∂e", "∂L/∂e = 2(yhat - y)"),
        ("partial", "∂z/∂w", "x"),
        ("partial", "∂yhat/∂z", "1"),
        ("contribution", "dL/dz·∂z/∂w", "-4*3"),
        ("next", "", "ŷ"),
    ],
)
def test_a_number_worked_out_or_a_formula_of_what_is_known_is_taken(kind, name, answer):
    source = REGRESSION
    if kind == "next":
        source = "input x = 2\nyhat = 3*x\nloss L = yhat^2"
    assert reply_to(source, kind, name, answer).passed


def test_a_fraction_stands_for_its_decimal():
    source = "input p = 31\nq = p/40\nloss L = q^2"
    assert reply_to(source, "value", "q", "31/40").passed
    assert reply_to(source, "value", "q", "0.775").passed
    assert not reply_to(source, "value", "q", "p/40").passed


@pytest.mark.parametrize(
    ("kind", "name", "answer", "mistake", "english", "spanish"),
    [
        ("value", "a", "1.24", "no_activation", "activation function was left out", "activación"),
        ("value", "u", "1.24", "other_value", "the value of z", "el valor de z"),
        ("value", "a", "1.922", "other_value", "the value of u", "el valor de u"),
        ("value", "a", "0.77", "cut_off", "cut off", "se cortaron"),
        ("value", "m", "1.24", "wrong_branch", "branch that is not taken", "rama"),
        ("value", "h", "0", "wrong_branch", "branch that is not taken", "rama"),
        ("value", "a", "-0.7756", "sign", "", ""),
        ("adjoint", "dL/du", "2.3307", "", "", ""),
        ("adjoint", "dL/db", "1.051", "no_activation_derivative", "derivative of the", "derivada"),
        ("adjoint", "dL/db", "0.1134", "other_adjoint", "That is dL/dw", "Eso es dL/dw"),
    ],
)
def test_the_one_likely_mistake_is_named_in_both_languages(
    kind, name, answer, mistake, english, spanish
):
    for language, words in (("en", english), ("es", spanish)):
        set_language(language)
        reply = reply_to(NEURON, kind, name, answer)
        assert (reply.status, reply.mistake) == ("wrong", mistake), reply.words
        assert words in reply.words
    set_language("en")


@pytest.mark.parametrize(
    ("kind", "name", "answer", "status"),
    [
        ("sign", "dL/dw", "minus", "right"),
        ("sign", "dL/dw", "menos", "right"),
        ("sign", "dL/dw", "< 0", "right"),
        ("sign", "dL/dw", "plus", "wrong"),
        ("sign", "dL/dw", "0", "unreadable"),
        ("value", "z", "6*x/x", "unreadable"),
        ("value", "z", "6 + 0*z", "unreadable"),
        ("value", "z", "e+6", "unreadable"),
        ("value", "z", "pi", "unreadable"),
        ("value", "z", "", "unreadable"),
        ("value", "z", "six", "unreadable"),
        ("value", "z", "0.6e1", "right"),
        ("value", "z", "600%", "right"),
        ("value", "z", "5.9999", "wrong"),
        ("adjoint", "dL/dw", "sum(dL/dw)", "unreadable"),
        ("adjoint", "dL/dw", "w.grad", "unreadable"),
        ("adjoint", "dL/dw", "dL/dw = dL/dz*x = -12", "right"),
        ("adjoint", "dL/dw", "e*6", "wrong"),
        ("partial", "∂L/∂e", "e*2 + dL/de - dL/de", "unreadable"),
        ("partial", "∂L/∂e", "2*(-2)", "unreadable"),
        ("partial", "∂L/∂e", "e+e", "right"),
        ("partial", "∂z/∂x", "dL/dx/dL/dz", "unreadable"),
        ("contribution", "dL/dz·∂z/∂w", "dL/dw", "unreadable"),
        ("next", "", "w*x", "unreadable"),
        ("next", "", "yhat", "wrong"),
    ],
)
def test_near_relatives_of_answers_that_were_misread(kind, name, answer, status):
    set_language("en")
    assert reply_to(REGRESSION, kind, name, answer).status == status


RECURRENT = """
input x1 = 0.5
input x2 = -1
input h0 = 0.2
input t = 0.3
param wx = 0.8
param wh = -0.6
param b = 0.1
z1 = wx*x1 + wh*h0 + b
h1 = tanh(z1)
z2 = wx*x2 + wh*h1 + b
h2 = tanh(z2)
d = 1.2*h2 - t
loss L = d^2/2
"""


@pytest.mark.parametrize(
    ("kind", "name", "answer", "status", "mistake"),
    [
        ("value", "h1", "tanh(0,38)", "right", ""),
        ("value", "h1", "h1 = tanh(z1) = tanh(0.38) = 0.3627", "right", ""),
        ("value", "h1", "5 = 0.3627", "unreadable", ""),
        ("value", "h1", "2*2=0.3627", "unreadable", ""),
        ("value", "h1", "0x10", "unreadable", ""),
        ("value", "h1", "0.38", "wrong", "no_activation"),
        ("value", "h1", "sigmoid(0.38)", "wrong", "other_activation"),
        ("value", "h1", "-0.3627", "wrong", "sign"),
        ("adjoint", "dL/dz1", "dL", "unreadable", ""),
        ("adjoint", "dL/dz1", "e", "unreadable", ""),
        ("adjoint", "dL/dz1", "π", "unreadable", ""),
        ("adjoint", "dL/dz1", "dL/dz2*wh*(1-h1^2)", "right", ""),
        ("adjoint", "dL/dz1", "dL/dz2*wh", "wrong", "factor"),
        ("adjoint", "dL/dz1", "1-h1^2", "wrong", "upstream"),
        ("adjoint", "dL/dz1", "dL/dh1*(1-h1)", "wrong", "lost_square"),
        ("adjoint", "dL/dz1", "dL/dh1*(1-z1^2)", "wrong", "derivative_at_z"),
        ("adjoint", "dL/dt", "dL/dd", "wrong", "sign"),
        ("adjoint", "dL/db", "dL/dz2", "wrong", "sum"),
        ("partial", "∂z2/∂b", "dL", "unreadable", ""),
        ("sign", "dL/dd", "es negativo", "right", ""),
        ("sign", "dL/dd", "Less than zero.", "right", ""),
        ("sign", "dL/dd", "positiva", "wrong", ""),
        ("sign", "dL/dd", "no sé", "unreadable", ""),
    ],
)
def test_answers_about_a_recurrent_network(kind, name, answer, status, mistake):
    set_language("en")
    reply = reply_to(RECURRENT, kind, name, answer)
    assert (reply.status, reply.mistake) == (status, mistake), reply.words


def test_no_mistake_is_named_where_its_result_is_the_right_one():
    """The upstream adjoint of the loss is 1: to multiply by it is no mistake."""
    for answer in ("2|e|", "sqrt(4 e^2)"):
        reply = reply_to(REGRESSION, "partial", "∂L/∂e", answer)
        assert (reply.status, reply.mistake) == ("wrong", "")


def next_question(position):
    trace = record(read_gg(REGRESSION))
    stops = Stops(trace, "line")
    question = next(q for q in questions_about(trace, stops, position) if q.kind == "next")
    return Examiner(trace, {}), question


@pytest.mark.parametrize(
    ("position", "answer", "english", "spanish"),
    [
        (2, "x", "x is given: it has its value", "x está dado"),
        (2, "z", "z is already computed", "z ya está calculado"),
        (2, "e", "e is not ready: it reads yhat, which has no value yet", "lee yhat"),
        (2, "L", "L is not ready: it reads e, which has no value yet", "lee e"),
        (8, "L", "L is already done: it has its adjoint", "L ya está hecho"),
        (8, "w", "w is not ready: it is read by z, which has no adjoint yet", "lo lee z"),
    ],
)
def test_a_line_that_is_not_next_is_told_done_from_not_ready(position, answer, english, spanish):
    for language, said in (("en", english), ("es", spanish)):
        set_language(language)
        examiner, question = next_question(position)
        reply = examiner.reply(question, answer)
        assert reply.status == "wrong"
        assert said in reply.words, reply.words


def test_a_layer_that_is_not_ready_waits_for_a_line_and_not_for_its_given_parameters():
    source = "input x = [1, 2]\nh = dense(x, 3, act=tanh)\nz = dense(h, 2)\nloss L = sum(z^2)"
    trace = record(read_gg(source))
    stops = Stops(trace, "line")
    every = [q for at in range(len(stops) + 1) for q in questions_about(trace, stops, at)]
    question = next(q for q in every if q.kind == "next")
    words = Examiner(trace, {}).reply(question, "z").words
    assert "it reads h, which has no value yet" in words


@pytest.mark.parametrize(
    ("language", "said"), [("en", "The next line is yhat."), ("es", "La línea siguiente es yhat.")]
)
def test_the_right_line_is_named_in_a_sentence(language, said):
    set_language(language)
    trace = record(read_gg(REGRESSION))
    quiz = Quiz()
    quiz.open(next_question(2)[1], trace, {})
    for _ in range(MOST_TRIES):
        quiz.commit("L")
    assert quiz.question is None
    assert quiz.reply.endswith(said)
