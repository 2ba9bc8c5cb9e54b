"""A public retelling of a famous worked example, with a real mistake in it.

Source: a retelling of Matt Mazur, A Step by Step Backpropagation Example (2015): it writes the
total error where the first output's error belongs, then adds on from there.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graphgrad.exercises.marking.marker import check
from graphgrad.source.gg import read_gg

DATA = Path(__file__).parents[1] / "data" / "exercises" / "mazur.json"
CASE = json.loads(DATA.read_text(encoding="utf-8"))

GRAPH = """
net_h1 = w1*i1 + w2*i2 + b1
net_h2 = w3*i1 + w4*i2 + b1
out_h1 = sigmoid(net_h1)
out_h2 = sigmoid(net_h2)
net_o1 = w5*out_h1 + w6*out_h2 + b2
net_o2 = w7*out_h1 + w8*out_h2 + b2
out_o1 = sigmoid(net_o1)
out_o2 = sigmoid(net_o2)
E_o1 = (t1 - out_o1)^2/2
E_o2 = (t2 - out_o2)^2/2
loss E = E_o1 + E_o2
"""


@pytest.fixture(scope="module")
def graph():
    leaves = [
        f"{'input' if name[0] in 'it' else 'param'} {name} = {value}"
        for name, value in CASE["inputs"].items()
        if name != "eta"
    ]
    return read_gg("\n".join(leaves) + GRAPH)


def test_the_retelling_is_wrong_first_at_E_o1_and_follows_on_at_the_total(graph):
    sheet = "\n".join(f"{name} = {text}" for name, text in CASE["student_steps"])
    report = check(graph, sheet.replace("E_total", "E"))
    found = {mark.id: mark.status for mark in report.marks}
    assert found == {
        "out_o1": "right",
        "out_o2": "right",
        "E_o1": "wrong",
        "E_o2": "right",
        "E": "follow-on",
        "dE/dw5": "right",
    }
    assert report.first_wrong == CASE["expected_first_wrong_step"] == "E_o1"
    total = next(mark for mark in report.marks if mark.id == "E")
    assert total.consistent_with == ("E_o1",)


@pytest.mark.parametrize(("name", "printed"), CASE["printed"].items())
def test_the_printed_numbers_of_the_article_pass(graph, name, printed):
    mark = check(graph, f"{name.replace('E_total', 'E')} = {printed}").marks[0]
    expected = "rounded" if name in CASE["propagated_rounding"] else "right"
    assert mark.status == expected


def test_the_article_written_in_formulas_passes(graph):
    sheet = r"""
    dE/dout_o1 = -(t1 - out_o1)
    dout_o1/dnet_o1 = out_o1(1 - out_o1)
    dE/dw5 = -(t1 - out_o1) out_o1 (1 - out_o1) out_h1
    \frac{\partial E}{\partial net_{o1}} = \frac{dE}{d out_{o1}} \cdot out_{o1}(1 - out_{o1})
    dE/dout_h1 = dE_o1/dout_h1 + dE_o2/dout_h1
    dE/dw1 = (dE_o1/dout_h1 + dE_o2/dout_h1) out_h1 (1 - out_h1) i1
    dE/db2 = dE/dnet_o1 + dE/dnet_o2
    """
    assert {mark.status for mark in check(graph, sheet).marks} == {"right"}


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("dE/dnet_h2 = 0.009864495", "wrong"),  # 1 % off: seven digits were not made from three
        ("dE/dnet_h2 = 0.009954254705", "right"),
        ("dE/dnet_h2 = 0.00996", "rounded"),
    ],
)
def test_rounding_is_carried_with_the_digits_the_student_shows(graph, answer, status):
    assert check(graph, answer).marks[0].status == status


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("0.4·0.593 + 0.45·0.597 + 0.6 = 1.106", "rounded"),
        ("0.4·0.5933 + 0.45·0.5969 + 0.6 = 1.1059", "rounded"),
        ("0.4·0.583 + 0.45·0.597 + 0.6 = 1.106", "wrong"),
        ("0.5·0.593 + 0.45·0.597 + 0.6 = 1.106", "wrong"),
        ("0.4·0.593 + 0.45·0.597 = 1.106", "wrong"),
    ],
)
def test_a_line_worked_from_rounded_numbers_needs_no_earlier_lines(graph, answer, status):
    assert check(graph, f"net_o1 = {answer}", decimal="point").marks[0].status == status
