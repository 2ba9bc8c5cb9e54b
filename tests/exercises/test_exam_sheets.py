"""What a blind examiner found on whole sheets: own points, branches, claims, circles, mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphgrad.exercises.marking.marker import check
from graphgrad.exercises.reading.equivalence import equivalent
from graphgrad.source.gg import load, read_gg

SAMPLES = Path(__file__).parents[2] / "samples"
TIE = "input x = 0\nh = relu(x)\na = sign(x)\nloss L = 2*h + a"
NEURON = "input x = 2\ninput y = 1\nparam w = 0.5\nparam b = 0.25\nz = w*x + b\na = sigmoid(z)\n"
NEURON += "loss L = (a - y)^2"
HINGE = "input x = 2\ninput y = 1\nparam w = 0.3\nz = w*x\nloss L = max(0, 1 - y*z)"
VECTORS = "input u = [1, 2]\ninput v = [3, -1]\ns = sum(u*v)\nk = sum(u)*sum(v)\nloss L = s + k"


def statuses(source, sheet):
    return [mark.status for mark in check(read_gg(source), sheet).marks]


@pytest.mark.parametrize("number", ["1/0", "0/0", "log(0)", "sqrt(-1)", "arcsin(5)", "1/(1-1)"])
def test_an_undefined_number_is_wrong(number):
    mark = check(read_gg(NEURON), f"z = {number}").marks[0]
    assert mark.status == "wrong"
    assert mark.notes[0].message_id == "check.undefined_here"


@pytest.mark.parametrize("number", ["9^9^9^9", "tan(pi/2)", "e^(e^(e^(e^10)))"])
def test_a_number_that_cannot_be_computed_earns_nothing(number):
    report = check(read_gg(NEURON), f"z = {number}")
    assert report.marks[0].status in ("wrong", "unreadable")
    assert report.score == 0


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("a = x/|x|", "wrong"),
        ("dh/dx = where(x>=0, 1, 0)", "wrong"),
        ("dh/dx = where(x>0, 1, 0)", "right"),
        ("a = x", "right"),
    ],
)
def test_a_formula_is_held_to_the_exercises_own_point(line, status):
    here = "x*1" if line == "a = x" else ""
    source = TIE.replace("sign(x)", here) if here else TIE
    assert statuses(source, line) == [status]


@pytest.mark.parametrize(
    ("size", "gap", "status"),
    [
        ("0", "0.001", "wrong"),
        ("0", "0.0001", "wrong"),
        ("0", "0.0000000011", "wrong"),
        ("0", "0.0000000009", "right"),
        ("999", "0.0000011", "wrong"),
        ("999", "0.0000009", "right"),
    ],
)
def test_a_formula_may_be_off_at_the_point_by_the_noise_of_binary_numbers_only(size, gap, status):
    source = f"input x = 0\nh = relu(x) + {size}\nloss L = h^2"
    mark = check(read_gg(source), f"h = relu(x) + {size} + where(x==0, {gap}, 0)").marks[0]
    assert mark.status == status
    assert ("check.differs_here" in {n.message_id for n in mark.notes}) == (status == "wrong")


def test_the_active_branch_counts_and_chance_does_not():
    assert statuses(HINGE, "dL/dw = -yx = -2\ndL/dz = -y\ndL/dw = -x") == [
        "right",
        "right",
        "wrong",
    ]


def test_claims_with_numbers_are_judged_at_the_point():
    sheet = "w·x = 1\nσ(1.25) = 0.777\na - y = -0.223\na(1-a) = 0.173\nw·x = 1.1\nσ(1.25) = 0.778"
    assert statuses(NEURON, sheet) == ["right"] * 4 + ["wrong"] * 2


def test_a_claim_that_follows_from_a_wrong_step_follows_on():
    assert statuses(NEURON, "a = 0.75\na - y = -0.25") == ["wrong", "follow-on"]


def test_circles_and_empty_claims_earn_nothing():
    assert statuses(NEURON, "dL/dw = dL/db x\ndL/db = dL/dw/x") == ["right", "unreadable"]
    assert statuses(NEURON, "dL/dw = dL/db x\ndL/db = 2(a-y)a(1-a)") == ["right", "right"]
    assert statuses(NEURON, "5 = 5\nσ(z) = σ(z)") == ["unreadable", "unreadable"]


def test_a_double_sum_is_no_single_one():
    double = r"\sum_i\sum_j u_i v_j"
    lines = [f"{double} = k", f"s = {double}", r"s = \sum_i u_i v_i", r"\sum_i 1 = 2"]
    assert statuses(VECTORS, "\n".join(lines)) == ["right", "wrong", "right", "right"]


@pytest.mark.parametrize(
    ("a", "b", "at"),
    [
        ("sign(x)^2", "1", "0"),
        ("where(x==7,1,0)", "0", "7"),
        ("where(x>=0,1,0)", "where(x>0,1,0)", "0"),
        ("x*where(x==0,3,1/x)", "1", "0"),
    ],
)
def test_a_difference_at_one_point_is_found_there(a, b, at):
    verdict = equivalent(a, b)
    assert verdict.status == "different"
    assert verdict.counterexample.at == {"x": at}


def test_jumps_that_cannot_be_settled_are_an_exception_that_is_stated():
    verdict = equivalent("where(exp(x)>2,1,0)", "where(exp(x)>=2,1,0)")
    assert verdict.status != "equal" or "check.except_jumps" in {
        n.message_id for n in verdict.notes
    }
    assert equivalent("relu(x) - relu(-x)", "x").notes == ()


@pytest.mark.parametrize(
    ("sample", "line", "label"),
    [
        ("linear_regression", "dL/dw = 2(y - yhat)x", "sign"),
        ("linear_regression", "dL/db = 2(yhat - y)x", "extra_factor"),
        ("linear_regression", "dL/dw = (yhat - y)^2", "function_for_derivative"),
        ("chain_rule_power", "dy/dx = 4(6x²+2)³", "inner_forgotten"),
        ("chain_rule_power", "dy/dx = 4(12x)^3", "derivative_inside"),
        ("chain_rule_sine", "dy/dx = 1.9997", "degrees"),
        ("chain_rule_sine", "dy/dx = cos(2x)", "derivative_inside"),
        ("three_paths", "df/dx = 1*2x*3x^2", "product_of_derivatives"),
        ("two_paths", "df/dx = 2x·3", "product_of_derivatives"),
        ("bce_sigmoid", "dL/dz = y - yhat", "sign"),
        ("bce_sigmoid", "dL/dz = (yhat - y) yhat (1-yhat)", "activation_derivative_twice"),
        ("softmax_cross_entropy", "dL/dz = t - p", "sign"),
    ],
)
def test_check_names_the_mistake(sample, line, label):
    mark = check(load(SAMPLES / f"{sample}.gg"), line).marks[0]
    assert mark.status == "wrong"
    assert [name for name, _ in mark.mistakes] == [label]


@pytest.mark.parametrize("text", ["∑", "Σ_i", r"\sum_{i,j}", "∑ =", "[ - ]", "(5,", "max(0,1", "~"])
def test_a_torn_formula_is_an_error_and_no_crash(text):
    assert statuses(VECTORS, f"s = {text}")[0] in ("unreadable", "unknown-name", "wrong")


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ("a = 0.6", "no_activation"),  # the value of z, in one digit
        ("dL/da = 1.5488", "sign"),  # the loss is minus a sum: what comes from above is -1
        ("dL/dz = 0.3543", "sign"),
        ("dL/dw = 0.7087", "sign"),
        ("dL/dw = -0.3543", "lost_factor"),
    ],
)
def test_the_one_mistake_behind_a_number_is_named(line, mistake):
    source = (
        "input x = 2\ninput y = 1\nparam w = 0.5\nparam b = -0.4\nz = w*x + b\na = sigmoid(z)\n"
    )
    source += "loss L = -(y*log(a) + (1-y)*log(1-a))"
    [mark] = check(read_gg(source), line).marks
    assert mark.status == "wrong"
    assert [label for label, _ in mark.mistakes] == [mistake]


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("dL/dw = d/dw L", "unreadable"),
        ("dL/dw = d/dw (a-y)^2", "unreadable"),
        ("dL/dw = d((a-y)^2)/dw", "unreadable"),
        ("dL/dw = diff((a-y)^2, w)", "unreadable"),
        ("dL/dw = D_w (a-y)^2", "unreadable"),
        ("dL/dw = d/dw (a-y)^2 = 2(a-y)a(1-a)x", "right"),
        ("dL/dw = 2(a-y) d/dw σ(wx+b)", "right"),
        ("dL/dw = dL/da·da/dz·dz/dw", "right"),
    ],
)
def test_a_derivative_that_says_again_what_is_asked_is_no_answer(line, status):
    assert statuses(NEURON, line) == [status]
