"""A step answered twice, sizes that follow, and what is said of shapes and commas on a sheet."""

from __future__ import annotations

import pytest

from graphgrad.exercises.files.read_exercise import exercise_of_text
from graphgrad.exercises.files.variants import Family
from graphgrad.exercises.grading.graded_sheet import Marked, mark_sheet
from graphgrad.exercises.judging.mark import Report
from graphgrad.exercises.marking.marker import check
from graphgrad.exercises.reports.report_formats import plain_report
from graphgrad.exercises.reports.report_lines import report_text
from graphgrad.exercises.reports.solution import step_to_explain
from graphgrad.source.gg import read_gg

NET = "input x = 3\nparam w = 2\nz = w*x\na = z + 1\nloss L = a^2"
RIGHT = "z = 6\na = 7\nL = 49\ndL/da = 14\ndL/dz = 14\ndL/dw = 42\n"


def marked(sheet: str) -> Marked:
    return mark_sheet(Family(exercise_of_text(NET)).variant(), sheet)


def checked(sheet: str) -> Report:
    return check(read_gg(NET), sheet)


def test_a_corrected_answer_is_no_first_wrong_step() -> None:
    sheet = RIGHT.replace("L = 49", "L = 94\nL = 49")
    found = marked(sheet)
    assert found.report.first_wrong == ""
    assert step_to_explain(found) is None
    assert "No wrong step" in plain_report(found, language="en")
    report = checked(sheet)
    assert (report.first_wrong, report.score, report.exit_status) == ("", 6, 0)
    assert "6 of 6 steps" in report_text(report, language="en")
    assert any("no cuenta" in line for line in report_text(report, language="es"))
    steps = report.to_json()["steps"]
    assert [step["line"] for step in steps if step.get("replaced")] == [3]


def test_the_first_wrong_step_is_the_real_mistake() -> None:
    sheet = RIGHT.replace("L = 49", "L = 94\nL = 49").replace("dL/dz = 14", "dL/dz = -14")
    for report in (marked(sheet).report, checked(sheet)):
        assert report.first_wrong == "dL/dz"


def test_a_right_answer_that_was_changed_is_wrong_and_carried_on() -> None:
    sheet = "z = 6\nz = 5\na = 6\nL = 36\n"
    assert marked(sheet).report.first_wrong == checked(sheet).first_wrong == "z"
    assert [mark.status for mark in checked(sheet).marks] == [
        "right", "wrong", "follow-on", "follow-on",
    ]  # fmt: skip


def test_entries_beside_their_whole_array_are_an_aside() -> None:
    graph = read_gg("input x = [1, 2]\nz = 2*x\nloss L = sum(z)")
    report = check(graph, "z[1] = 7\nz = [2, 4]\nL = 6")
    assert (report.first_wrong, report.score, report.exit_status) == ("", 2, 0)


LAYERS = """input x = [1, 2]
layer hidden = dense(units=2, act=relu)
layer out = dense(units=1)
h = hidden(x)
y = out(h)
loss L = sum((y - 1)^2)
"""


@pytest.mark.parametrize(
    ("sheet", "statuses"),
    [
        ("params(hidden) = 6\nparams(out) = 4\nparams = 10", ["right", "wrong", "follow-on"]),
        ("params = 10\nparams(out) = 4", ["follow-on", "wrong"]),
        ("params(out) = 4\nparams = 11", ["wrong", "wrong"]),
        ("params(hidden) = 6\nparams(out) = 3\nparams = 9", ["right", "right", "right"]),
    ],
)
def test_the_count_of_all_parameters_follows_from_those_of_the_layers(
    sheet: str, statuses: list[str]
) -> None:
    report = check(read_gg(LAYERS), sheet)
    assert [mark.status for mark in report.marks] == statuses
    followed = [mark.consistent_with for mark in report.marks if mark.status == "follow-on"]
    assert all(sources == ("params(out)",) for sources in followed)


def test_the_first_wrong_count_is_that_of_the_part_and_a_shape_waits_for_none() -> None:
    graph = read_gg(LAYERS)
    assert check(graph, "params = 99\nparams(out) = 4").first_wrong == "params(out)"
    assert check(graph, "shape(h) = 3\nparams(hidden) = 5").first_wrong == "shape(h)"


def test_what_was_read_names_the_step_in_the_reader_s_language() -> None:
    report = check(read_gg(LAYERS), "forma(h) = (2,1)\nparametros(out) = 1+3")
    lines = "\n".join(report_text(report, language="es"))
    assert "leído como: forma(h) = [2, 1]" in lines
    assert "shape" not in lines
    assert "params" not in lines


def test_a_shape_follows_from_the_one_before() -> None:
    rows = "[1, 2, 3, 4, 5, 6]"
    image = ", ".join([rows] * 6)
    graph = read_gg(
        f"input x = [[{image}]]\nc = conv2d(x, 2, 3)\np = max_pool2d(c, 2)\n"
        "f = flatten(p)\nloss L = sum(f)"
    )
    report = check(graph, "shape(c) = 2x6x6\nshape(p) = 2x3x3\nshape(f) = 18")
    assert [mark.status for mark in report.marks] == ["wrong", "follow-on", "follow-on"]
    for odd in ("0x0x0", "[2, -3, 1/2]", f"{10**40}x1x1"):
        report = check(graph, f"shape(c) = {odd}\nshape(p) = 9x9x9")
        assert report.marks[1].status == "wrong"
    report = check(graph, "shape(c) = 2x6x6\nshape(p) = 2x6x6")
    assert [mark.status for mark in report.marks] == ["wrong", "wrong"]


@pytest.mark.parametrize("answer", ["(2, 1)", "2x1", "[2, 1]"])
def test_a_shape_with_an_axis_too_many_is_told_as_it_was_written(answer: str) -> None:
    report = check(read_gg(LAYERS), f"shape(h) = {answer}")
    lines = {lang: "\n".join(report_text(report, language=lang)) for lang in ("en", "es")}
    assert "the shape 2x1 has another number of axes (2) than expected (1)" in lines["en"]
    assert "la forma 2x1 tiene otro número de ejes (2) que el esperado (1)" in lines["es"]


@pytest.mark.parametrize(
    "answer", ["[-0,905; -0,964]", "[-0,905, -0,964]", "[0,5; 1]", "(0,5, 0,25)", "[0,5; 0.25]"]
)
def test_decimal_commas_on_a_sheet_with_points_are_told(answer: str) -> None:
    graph = read_gg("input x = [1, 2]\nh = tanh(x)\ns = sum(h)\nloss L = s^2")
    report = check(graph, f"s = 1.73\nh = {answer}", decimal="point")
    lines = {lang: "\n".join(report_text(report, language=lang)) for lang in ("en", "es")}
    assert "If these are decimal commas, write points" in lines["en"]
    assert "comas decimales" in lines["es"]


def test_an_array_of_another_size_is_not_told_of_commas() -> None:
    graph = read_gg("input x = [1, 2]\nh = tanh(x)\nloss L = sum(h)")
    report = check(graph, "L = 1.73\nh = [1,2,3]", decimal="point")
    assert not any("decimal" in line for line in report_text(report, language="en"))
