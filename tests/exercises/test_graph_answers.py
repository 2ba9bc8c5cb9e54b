"""Steps of small networks as students spell them, right and wrong, each with its mark.

The file holds per graph its lines, then its answers: the status, and the answer.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from graphgrad.exercises.marking.marker import check
from graphgrad.source.gg import read_gg

TEXT = (Path(__file__).parents[1] / "data" / "exercises" / "graph_answers.txt").read_text("utf-8")
PARTS = [part.partition("\n--\n") for part in TEXT.split("== ")[1:]]
BANK = {
    graph.partition("\n")[0]: (graph.partition("\n")[2], answers.splitlines())
    for graph, _, answers in PARTS
}


def test_there_are_enough_answers_of_each_status():
    statuses = [line.partition("\t")[0] for _, answers in BANK.values() for line in answers]
    assert len(statuses) > 250
    assert statuses.count("wrong") > 35


@pytest.mark.parametrize("name", BANK)
def test_every_answer_gets_its_mark(name):
    text, answers = BANK[name]
    graph = read_gg(text)
    found = []
    for line in answers:
        answer = line.partition("\t")[2]
        statuses = sorted({mark.status for mark in check(graph, answer).marks})
        found.append(f"{'/'.join(statuses)}\t{answer}")
    assert found == answers


def test_another_reading_is_said_beside_the_mark():
    graph = read_gg(BANK["neuron"][0])
    mark = check(graph, "dL/dz = e e^-z/(1+e^-z)^2").marks[0]
    assert [note.message_id for note in mark.notes] == ["check.euler"]
    mark = check(read_gg(BANK["bce"][0]), "L = -ln p").marks[0]
    assert mark.notes[-1].message_id == "check.only_labels"
    assert mark.notes[-1].fields == {"given": "y = 1"}


@pytest.mark.parametrize("label", [0, 1])
def test_what_only_the_other_class_adds_may_be_left_out(label):
    text = "input x = 2\ninput t = {}\nparam w = 0.5\ny = sigmoid(w*x)\nloss L = {}"
    graph = read_gg(text.format(label, "-(t*log(y) + (1 - t)*log(1 - y))"))
    short, kept = [("1/(1 - y)", "(1 - t)/(1 - y)"), ("-1/y", "-t/y")][label]
    for answer in (short, kept):
        [mark] = check(graph, f"dL/dy = {answer}").marks
        assert mark.status == "right"
        assert mark.notes[-1].fields == {"given": f"t = {label}"}
    for answer in ("-t/y - (1 - t)/(1 - y)", "t/y", "-t^2/y", f"-{kept}"):
        assert check(graph, f"dL/dy = {answer}").marks[0].status == "wrong"
