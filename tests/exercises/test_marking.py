from __future__ import annotations

import json
from fractions import Fraction

import pytest

from graphgrad.errors import LimitError, SourceError
from graphgrad.exercises.marking.marker import check
from graphgrad.exercises.reading.meaning import Meaning
from graphgrad.source.gg import read_gg

REGRESSION = """
title "Regresión lineal con una neurona"
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
input x = 2
input y = 1
param w = 0.5
z = w*x
a = sigmoid(z)
loss L = (a - y)^2
"""


def statuses(graph, answers, **options):
    report = check(read_gg(graph), answers, **options)
    return [mark.status for mark in report.marks]


def sheet(graph, answers):
    return check(read_gg(graph), answers).marks


def one(graph, answer, **options):
    return check(read_gg(graph), answer, **options).marks[0]


def test_a_wrong_value_is_found_once_and_what_follows_from_it_is_told_apart():
    report = check(
        read_gg(REGRESSION),
        """
        # hoja de respuestas
        z = 6
        yhat = 8
        e = -1
        L = 1
        dL/de = -2
        dL/dw = 2(ŷ-y)·x
        dL/db = 5
        """,
    )
    assert [mark.status for mark in report.marks] == [
        "right",
        "wrong",
        "follow-on",
        "follow-on",
        "follow-on",
        "right",
        "wrong",
    ]
    assert report.first_wrong == "yhat"
    assert report.marks[2].consistent_with == ("yhat",)
    assert report.marks[3].consistent_with == ("e",)
    assert report.score == 5
    assert report.exit_status == 1
    assert report.exercise == "Regresión lineal con una neurona"


def test_all_right_exits_with_0():
    report = check(read_gg(REGRESSION), "z = 6\nL = 4\ndL/dw = -12\ndL/db = 2e\n")
    assert report.exit_status == 0
    assert report.first_wrong == ""
    assert report.score == len(report.marks) == 4


def test_the_first_wrong_step_is_the_first_of_the_computation_not_of_the_sheet():
    report = check(read_gg(REGRESSION), "dL/dw = 7\nz = 5\n")
    assert report.first_wrong == "z"


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("dL/dw = -12", "right"),
        ("dL/dw = 2(ŷ-y)·x", "right"),
        ("∂L/∂w = 2e x", "right"),
        ("dL/dw = 2(ŷ-y)·x = 2·(-2)·3 ≈ -12", "right"),
        ("dL/dw = 2(w x + b - y)x", "right"),
        ("dL/dw = dL/dz · x", "right"),
        ("dL/dw = 2·(-2)·x", "right"),
        ("dL/dw = 2(ŷ-y)·3", "right"),
        ("dL/dw = -4x", "right"),
        ("dL/dw = 2(7-9)·3", "right"),
        ("dL/dw = -24/2", "right"),
        ("dL/dw = -12.0", "right"),
        ("dL/dw = -6w", "wrong"),
        ("dL/dw = yhat - 19", "wrong"),
        ("dL/dw = 2(y-ŷ)·x", "wrong"),
        ("dL/dw = 2e", "wrong"),
        ("dL/dw = 2(ŷ-y)·x = 2·(-2)·3 = -6", "wrong"),
        ("dL/dw = dL/dw", "unreadable"),
        ("dL/dw = dL/dw + 0", "unreadable"),
        ("dL/dw = 2e v", "unknown-name"),
        ("dL/dv = 3", "unknown-name"),
        ("dL/dw = ", "unreadable"),
        ("dL/dw", "unreadable"),
        ("z = 6", "right"),
        ("z = w*x", "right"),
        ("z = 2*3", "right"),
        ("z = w + x", "wrong"),
        ("x = 3", "right"),
        ("dyhat/dw = x", "right"),
        ("dz/dw = 3", "right"),
        ("dw/dz = 0", "right"),
        ("2(z+1) = 2z+2", "right"),
        ("2(z+1) = 2z+1", "wrong"),
        ("L = (w x + b - y)²", "right"),
    ],
)
def test_one_answer(answer, status):
    assert one(REGRESSION, answer).status == status


def test_the_first_false_link_of_a_chain_is_named():
    mark = one(REGRESSION, "dL/dw = 2(ŷ-y)x = 2·(-2)·2 = -12")
    assert mark.status == "wrong"
    note = next(note for note in mark.notes if note.message_id == "check.link")
    assert note.fields == {"number": 2, "text": "2·(-2)·2"}


def test_a_student_may_introduce_names_of_their_own():
    sheet = "sea u = w*x + b\nlet v = 2(u - y)\nL = (u-y)^2\ndL/dw = v x\ndL/db = v"
    assert statuses(REGRESSION, sheet) == ["right", "right", "right"]
    assert statuses(REGRESSION, "let z = 3\n") == ["unreadable"]
    assert statuses(REGRESSION, "let u = dL/dw\ndL/dw = u") == ["unreadable"]


@pytest.mark.parametrize(
    ("answer", "status", "remark"),
    [
        ("a = 0.731", "right", ""),
        ("a = 0,7311", "right", ""),
        ("a = 0.73105857863", "right", ""),
        ("a = 0.7310585786300049", "right", ""),
        ("a = 0.7310585786300047", "right", ""),
        ("a = 0.7310585787300049", "wrong", ""),
        ("a = 7.311e-1", "right", ""),
        ("a = 1/(1+e^-1)", "right", ""),
        ("a = 0.73", "rounded", "check.few_digits"),
        ("a = 0.7", "rough", "check.too_few_digits"),
        ("a = 1", "wrong", "check.trivial"),
        ("a = 1.00", "wrong", ""),
        ("a = 0.732", "wrong", ""),
        ("a = 0.7310", "rounded", "check.truncated"),
        ("z = 1", "right", ""),
        ("z = 1.0", "right", ""),
        ("z = 1.01", "wrong", ""),
        ("da/dz = 0.197", "right", ""),
        ("da/dz = 0,731·0,269", "rounded", ""),
        ("dL/dw = -0.2115", "right", ""),
        ("dL/dw = 2(0,7311-1)·0,7311·0,2689·2", "rounded", ""),
        ("dL/dw = -0,5379 a(1-a)x", "rounded", "check.substituted"),
        ("dL/dw = -0,423w", "wrong", ""),
    ],
)
def test_the_number_rule(answer, status, remark):
    mark = one(NEURON, answer)
    assert mark.status == status
    assert [note.message_id for note in mark.notes] == ([remark] if remark else [])


def test_more_digits_may_be_asked_for():
    assert one(NEURON, "a = 0.731", digits=5).status == "rough"
    assert one(NEURON, "a = 0.73106", digits=5).status == "right"


def test_rounding_carried_along_is_told_apart_from_a_mistake():
    chain = "input x = 1.7\nu = exp(x)\nv = u^3\nw = log(v) + v/u\n"
    assert statuses(chain, "u = 5.47\nv = 164\nw = 35.1") == ["right", "right", "right"]
    assert statuses(chain, "v = 163.7") == ["rounded"]
    assert statuses(chain, "v = 161.5") == ["wrong"]


@pytest.mark.parametrize(
    ("taken", "answer", "status"),
    [
        ("5.40", "0.0745", "rounded"),  # u = 5.47 ± 0.005 leaves 0.0739 ± 7 %
        ("5.40", "0.0700", "wrong"),
        ("5.43", "0.0443", "wrong"),  # 0.0439 ± 11 %: any number would fit
        ("5.44", "0.0345", "wrong"),
        ("5.44", "0.0339", "right"),
    ],
)
def test_rounding_that_leaves_no_digit_explains_nothing(taken, answer, status):
    source = f"input x = 1.7\nu = exp(x)\nv = u - {taken}\n"
    assert statuses(source, f"v = {answer}") == [status]
    if taken != "5.40":
        assert statuses(source, f"u = 5.47\nv = {answer}") == ["right", status]


def test_a_number_of_one_digit_is_never_the_first_wrong_step():
    report = check(read_gg(NEURON), "a = 0.7\nL = 0.09\ndL/da = -0.6\ndL/dz = 5")
    assert [mark.status for mark in report.marks] == ["rough", "rounded", "rounded", "wrong"]
    assert report.first_wrong == "dL/dz"
    assert (report.score, report.exit_status) == (2, 1)


def test_a_number_of_few_digits_that_one_mistake_gives_exactly_is_that_mistake():
    squashed = "input x = 0.5\nz = 1*x\na = tanh(z)\n"
    assert statuses(squashed, "a = 0.5") == ["wrong"]
    assert statuses(squashed, "a = 0.46") == ["rounded"]


def test_a_number_of_seven_digits_was_not_made_from_numbers_of_three():
    chain = "input x = 1.7\nu = exp(x)\nv = u^3\n"
    assert statuses(chain, "v = 163.667323") == ["wrong"]
    assert statuses(chain, "u = 5.47\nv = 163.667323") == ["right", "rounded"]
    assert statuses(chain, "v = 164.0220") == ["rounded"]


def test_values_that_follow_from_rounded_ones_are_rounded_not_wrong():
    sheet = "a = 0.73\nL = 0.0729"
    assert statuses(NEURON, sheet) == ["rounded", "rounded"]


def test_formulas_follow_through_too():
    report = check(read_gg(REGRESSION), "dL/de = e\ndL/dw = e x\ndL/db = e\n")
    assert [mark.status for mark in report.marks] == ["wrong", "follow-on", "follow-on"]
    assert report.marks[1].consistent_with == ("dL/de",)
    assert report.first_wrong == "dL/de"


def test_a_step_right_by_itself_is_right_although_an_earlier_one_is_wrong():
    assert statuses(REGRESSION, "yhat = 8\ndL/dw = -12") == ["wrong", "right"]


def test_a_chain_of_given_derivatives_is_followed():
    sheet = "da/dz = 0.25\ndL/da = -0.538\ndL/dz = -0.1345\ndL/dw = -0.269"
    found = check(read_gg(NEURON), sheet)
    assert [m.status for m in found.marks] == ["wrong", "right", "follow-on", "follow-on"]
    assert found.marks[2].consistent_with == ("da/dz",)
    assert found.marks[3].consistent_with == ("dL/dz",)


def test_local_and_whole_derivatives_are_told_apart():
    shared = "input x = 2\nparam w = 3\nz = w*x\ny = z*w\nloss L = y^2"
    assert one(shared, "dy/dw = z + w x").reading == "total"
    local = one(shared, "dy/dw = z")
    assert (local.status, local.reading) == ("right", "local")
    assert "check.local" in [note.message_id for note in local.notes]
    assert one(shared, "dL/dw = 2y z").status == "wrong"


SOFTMAX = """
param z = [1, 2, 0.5]
input t = [0, 1, 0]
p = softmax(z)
loss L = -sum(t*log(p))
"""


def test_softmax_cross_entropy_needs_the_declared_relation():
    plain = one(SOFTMAX, "dL/dz = p - t")
    assert plain.status == "right"  # the given t adds up to 1
    note = next(note for note in plain.notes if note.message_id == "check.needs_sum")
    assert note.fields == {"name": "t", "sum": "sum(t)"}
    other = one(SOFTMAX.replace("[0, 1, 0]", "[0, 2, 0]"), "dL/dz = p - t")
    assert other.status == "wrong"
    declared = one(SOFTMAX + "assume sum(t) = 1", "dL/dz = p - t")
    assert declared.status == "right"
    assert declared.assumed == ("sum(t) = 1",)
    assert one(SOFTMAX, "dL/dz = p·sum(t) - t").status == "right"


RELU_LAYER = """
input x = [1, 3]
param W = [2, -1; 1, 2]
z = W@x
h = relu(z + [2, 0])
loss L = sum(h^2)
"""


def test_wrong_entries_of_an_array_are_followed_through_one_by_one():
    upstream = "dL/dz = [2, 10]"  # true: [2, 14]
    follows = sheet(RELU_LAYER, f"{upstream}\ndL/dW = [[2, 6], [10, 30]]")
    assert [mark.status for mark in follows] == ["wrong", "follow-on"]
    mixed = sheet(RELU_LAYER, f"{upstream}\ndL/dW = [[2, 5], [10, 30]]")[1]
    assert mixed.status == "wrong"
    notes = {note.message_id: note.fields for note in mixed.notes}
    assert notes["check.entries"] == {"entries": "[1,2]"}
    assert notes["check.entries_follow"] == {"entries": "[2,1], [2,2]", "steps": "dL/dz"}
    true_and_following = sheet(RELU_LAYER, f"{upstream}\ndL/dW = [[2, 6], [14, 30]]")[1]
    assert true_and_following.status == "follow-on"


def test_vectors_are_marked_entry_by_entry_and_shapes_first():
    assert one(SOFTMAX, "dL/dz = [0.231, -0.371, 0.140]").status == "right"
    wrong = one(SOFTMAX, "dL/dz = [0.231, 0.371, 0.145]")
    assert wrong.status == "wrong"
    told = [(note.message_id, note.fields["entries"]) for note in wrong.notes]
    assert told == [("check.entries", "[2], [3]"), ("check.entries_sign", "[2]")]
    short = one(SOFTMAX, "dL/dz = [0.231, -0.371]")
    assert (short.status, short.method) == ("wrong", "shape")
    assert short.notes[0].fields == {"got": "2", "expected": "3"}
    assert one(SOFTMAX, "dL/dz[2] = -0.371").status == "right"
    assert one(SOFTMAX, "p = [0,231; 0,629; 0,140]").status == "right"
    column = one(SOFTMAX, "p = [[0.231], [0.629], [0.140]]")
    assert column.status == "right"
    assert column.notes[0].message_id == "check.orientation"


LAYER = """
input X = [[1, 2], [3, 4], [5, 6]]
input Y = [[1, 0], [0, 1], [1, 1]]
param W = [[0.1, 0.2], [0.3, 0.4]]
Yhat = X@W
E = Yhat - Y
loss L = sum(E^2)/2
"""


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("dL/dW = X^T (Yhat - Y)", "right"),
        ("dL/dW = X^T E", "right"),
        (r"\frac{\partial L}{\partial W} = X^\top(\hat{Y}-Y)", "right"),
        ("dL/dW = X^T (Y - Yhat)", "wrong"),
        ("dL/dW = E^T X", "wrong"),
        ("dL/dW = (Yhat - Y) X^T", "wrong"),
        ("dL/dE = E", "right"),
        ("dL/dW[1,2] = 12.4", "wrong"),
        ("Yhat = [[0.7, 1], [1.5, 2.2], [2.3, 3.4]]", "right"),
        ("Yhat = [0.7, 1; 1.5, 2.2; 2.3, 3.4]", "right"),
        ("Yhat = X W", "right"),
        ("Yhat = W X", "unreadable"),
    ],
)
def test_matrix_answers(answer, status):
    assert one(LAYER, answer).status == status


def test_shapes_that_do_not_fit_are_explained_in_the_students_words():
    mark = one(LAYER, "dL/dW = (Yhat - Y) X")
    assert mark.status == "unreadable"
    assert "3x2" in mark.error.text("en")


def test_what_was_asked_for_and_not_answered_is_missing():
    report = check(read_gg(REGRESSION), "z = 6", asked=["z", "dL/dw", "∂L/∂b"])
    assert [mark.status for mark in report.marks] == ["right", "missing", "missing"]
    assert [mark.id for mark in report.marks[1:]] == ["dL/dw", "dL/db"]
    assert report.exit_status == 1
    with pytest.raises(SourceError):
        check(read_gg(REGRESSION), "z = 6", asked=["foo"])
    with pytest.raises(SourceError):
        check(read_gg(REGRESSION), "z = 6", asked=["2z"])


def test_values_may_be_set_for_a_variant():
    assert one(REGRESSION, "z = 8", point={"w": Fraction(8, 3)}).status == "right"


def test_a_graph_without_values_is_judged_by_formulas():
    free = "input x\nparam w\nz = w*x\nloss L = z^2"
    assert statuses(free, "dL/dw = 2w x²\ndz/dw = x\ndL/dw = 3\ndL/dL = 1") == [
        "right",
        "right",
        "wrong",
        "right",
    ]


def test_the_heading_of_a_sheet_is_read():
    report = check(read_gg(REGRESSION), "ejercicio: reg-1  variante: 17  alumno: Ana López\nz = 6")
    assert (report.exercise, report.student) == ("reg-1", "Ana López")


def test_labels_and_comments_are_left_aside():
    sheet = "1) z = 6   # by hand\n- yhat = 7\n  b. e = -2;\n\n# L = 3\n"
    assert statuses(REGRESSION, sheet) == ["right", "right", "right"]


def test_undecided_earns_credit_and_its_own_exit_status():
    nested = "input x = 2\noutput y = sqrt(2*x*sqrt(x^2 + 1) + 2*x^2 + 1)"
    report = check(read_gg(nested), "y = x + √(x²+1)")
    assert report.marks[0].status == "undecided"
    assert report.marks[0].points > 0
    assert report.exit_status == 5
    assert report.score == 1


def test_a_value_that_is_not_finite_decides_nothing():
    broken = "input x = 0\ny = log(x)\nloss L = y^2"
    assert statuses(broken, "y = 3") == ["undecided"]
    assert statuses(broken, "y = log(x)\ndy/dx = 1/x") == ["right", "right"]


def test_the_report_as_json_has_the_agreed_keys():
    report = check(read_gg(REGRESSION), "z = 5\ndL/dw = 2(y-ŷ)x\nfoo = 1", asked=["L"])
    found = json.loads(json.dumps(report.to_json(key=True, language="es")))
    assert found["format"] == "graphgrad-report/1"
    keys = {"exercise", "seed", "student", "score", "max", "first_wrong", "steps"}
    assert keys <= set(found)
    step = {"id", "status", "given", "read_as", "expected", "method", "counterexample"}
    step |= {"misconceptions", "consistent_with", "notes"}
    assert all(step <= set(entry) for entry in found["steps"])
    assert found["first_wrong"] == "z"
    second = found["steps"][1]
    assert set(second["counterexample"]) == {"at", "student", "expected"}
    assert second["expected"] == "-12"
    assert "nombre" in found["steps"][2]["error"]["text"]
    hidden = report.to_json()
    assert all("expected" not in entry for entry in hidden["steps"])


def test_the_same_sheet_gives_the_same_report():
    sheet = "z = 5\nyhat = 6\ndL/dw = 2e x"
    first = check(read_gg(REGRESSION), sheet).to_json(key=True)
    assert check(read_gg(REGRESSION), sheet).to_json(key=True) == first


def test_each_formula_of_a_sheet_is_read_once_for_all_judges(monkeypatch: pytest.MonkeyPatch):
    read = []
    meaning_of = Meaning.of
    monkeypatch.setattr(
        Meaning,
        "of",
        lambda self, expression: read.append(expression) or meaning_of(self, expression),
    )
    answers = "z = 2\na = 0.75\nL = 0.0625\ndL/da = 2(a - y) = -0.50\ndL/dw = 0.3\n"
    marks = sheet(NEURON, answers)
    assert [mark.status for mark in marks] == ["wrong", "wrong", "follow-on", "follow-on", "wrong"]
    assert len(read) == len(set(read)) == 6


def test_an_answer_too_large_to_decide_stops_the_sheet_instead_of_being_unreadable(monkeypatch):
    long = " + ".join(f"sin({k}·w)" for k in range(2, 40))
    assert statuses(NEURON, f"z = {long}") == ["wrong"]
    monkeypatch.setattr("graphgrad.exercises.algebra.terms.MOST_TERMS", 100)
    assert statuses(NEURON, "z = 1\nz = sin(2·w)") == ["right", "wrong"]
    with pytest.raises(LimitError) as caught:
        check(read_gg(NEURON), f"z = 1\nz = {long}")
    assert caught.value.fields == {"limit": 100}


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("dL = 2e de", "unreadable"),
        ("dL = 2*e*dyhat", "unreadable"),
        ("dz = w dx + x dw", "unreadable"),
        ("dyhat = dz + db", "unreadable"),
        ("dz = de", "right"),  # dL/dz = dL/de: the notation of some courses
        ("dw = x*dz", "right"),
        ("dw = w*dz", "wrong"),
        ("de = 3", "wrong"),
        ("L'(e) = 2e", "right"),
        ("dL/de = L'", "unreadable"),
        ("f'(x) = 2", "unknown-name"),
    ],
)
def test_differentials_and_primes_are_refused_in_words_and_cost_no_try(
    answer: str, status: str
) -> None:
    [mark] = check(read_gg(REGRESSION), answer).marks
    assert mark.status == status
    if answer.startswith("dL ="):
        told = str(mark.error)
        assert "relates differentials" in told
        assert f"dL/{answer[-2:] if 'yhat' not in answer else 'dyhat'} = ..." in told


def test_a_name_of_ones_own_without_let_is_told_the_way() -> None:
    for language, way in (("en", "let delta = ..."), ("es", "sea delta = ...")):
        marks = sheet(REGRESSION, "delta = 2(yhat - y)\ndL/db = delta")
        assert [way in mark.answer.error.text(language) for mark in marks[:2]] == [True, True]
