"""Check that ties and kinks are stated where they mattered, and relations where they break."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import graphgrad as gg
from graphgrad.errors import SourceError
from graphgrad.source.gg import read_gg
from graphgrad.source.relations import broken_relations
from graphgrad.stepping.editing import broken_assumptions, edited
from graphgrad.stepping.work import Origin, Work
from graphgrad.testing.gradcheck import gradcheck
from graphgrad.views.tables.check_table import check_table
from graphgrad.views.tables.run_table import run_table

STATED: list[tuple[str, list[str]]] = [
    ("input x = 0\nloss L = relu(x)", ["At relu(x): the argument is 0"]),
    ("input x = 3\nloss L = abs(x - 3)", ["At abs(x - 3): the argument is 0"]),
    ("input x = [0, 1, -2, 0]\nloss L = sum(relu(x))", ["At relu(x) in entry [1], [4]:"]),
    ("input x = [0, 1, -2, 0]\nloss L = sum(relu(x)*[1, 1, 1, 0])", ["At relu(x) in entry [1]:"]),
    ("input x = [[0, 1], [2, 0]]\nloss L = sum(abs(x))", ["At abs(x) in entry [1, 1], [2, 2]:"]),
    ("input x = 0\nloss L = relu(x)*0", []),
    ("input x = 0\nu = relu(x)\nloss L = 3*x", []),
    ("input a = [2, 5, 5]\nloss L = max(a)", ["At max(a): several entries tie"]),
    ("input a = [[2, 5, 5], [1, 2, 3]]\nloss L = sum(max(a, axis=2))", ["in entry [1]: several"]),
    ("input a = [2, 2, 5]\nloss L = max(a)", []),
    ("input a = [2, 2, 5]\nloss L = min(a)", ["At min(a): several entries tie"]),
    ("input a = 2\ninput b = 2\nloss L = max(a, b)", ["At maximum(a, b): both arguments"]),
    ("input x = [0, 0]\nloss L = norm(x)", ["At norm(x): the norm is 0"]),
    ("input x = 0\nloss L = leaky_relu(x)", ["that of the left side"]),
    ("input x = 0\nloss L = where(x > 0, x^2, 2*x)", ["At x > 0: this is the jump"]),
    ("input x = -1\nloss L = where(x > 0, x^2, 2*x)", []),
    ("input x = -1\nloss L = where((x > 0)*(x < 1), x^2, 2*x)", []),
    ("input c = 0\nloss L = where(c, 2, 3) + c", ["At where(c, 2, 3): this is the jump"]),
    ("input x = 1\nloss L = relu(x) + abs(x) + step(x)", []),
    ("input x = 0\nloss L = step(x) + x", ["At step(x): this is the jump"]),
]


@pytest.mark.parametrize(("source", "stated"), STATED)
def test_a_convention_is_stated_where_it_mattered_and_only_there(
    source: str, stated: list[str]
) -> None:
    shown = " ".join(" ".join(run_table(gg.trace(read_gg(source)), width=400)).split())
    assert shown.count(" is taken.") + shown.count(" gets it all.") == len(stated)
    for sentence in stated:
        assert sentence in shown


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("input x = 0\nloss L = max(x, -x)", "Nothing was compared: 1 of 1 entries are at a kink"),
        ("input x = 0\nloss L = abs(x)", "Nothing was compared"),
        ("input a = [2, 5, 5]\nloss L = max(a) + a[1]^2", "Nothing was compared: 3 of 3"),
        ("input x = [0, 3]\ny = relu(x[1])\nloss L = y + x[2]", "Nothing was compared"),
        ("input x = 0\ninput z = 2\nloss L = relu(x) + z", "agree in 1 of 2 entries"),
        ("input x = -1\nloss L = where(x > 0, 7*x, 2*x)", "All four agree: 1 entries"),
    ],
)
def test_gradcheck_says_what_it_compared(source: str, said: str) -> None:
    graph = read_gg(source)
    shown = list(check_table(graph, gradcheck(graph), 1e-6, 200))
    assert said in shown[-1]


def test_a_wrong_derivative_is_no_kink_because_a_condition_is_false() -> None:
    check = gradcheck(read_gg("input x = -1\nloss L = where(x > 0, 7*x, 2*x)"))
    assert [row.kink for row in check.rows] == [""]


BROKEN: list[tuple[str, str]] = [
    ("input y = -3\nassume y > 0\nz = y^2", "y = -3"),
    ("input y = 0\nassume y > 0\nz = y^2", "y = 0"),
    ("input y = 2\nassume 0 < y < 1\nz = y^2", "y = 2"),
    ("input y = 2\nassume y in {0, 1}\nz = y^2", "y = 2"),
    ("input y = 1\nassume y in (0, 1)\nz = y^2", "y = 1"),
    ("input t = [0.5, 0.6]\nassume sum(t) = 1\nz = sum(t)", "t = [0.5, 0.6]"),
    ("input x = [1, -1]\nassume x > 0\nz = sum(x)", "x = [1.0, -1.0]"),
    ("input a = 1\ninput b = 1\nassume a != b\nz = a*b", "a = 1, b = 1"),
    ("input x = 2\nz = x - 3\nassume z >= 0\ny = z^2", "z = -1"),
    ("assume y > 0\ninput y = -3\nz = y^2", "y = -3"),
    ("data x, y\n1, 2\n3, -4\nassume y > 0\nz = x*y", "y = -4"),
]
HOLDS = [
    "input y = 3\nassume y > 0\nz = y^2",
    "input y\nassume y > 0\nz = y^2",
    "input t = [0.1, 0.2, 0.7]\nassume sum(t) = 1\nassume t >= 0\nz = sum(t)",
    "input y = 1\nassume y in [0, 1]\nassume y in {0, 1}\nz = y",
    "input x = 4\nassume sqrt(x) = 2\nz = x",
]


@pytest.mark.parametrize(("source", "values"), BROKEN)
def test_a_file_whose_values_break_what_it_assumes_is_refused(source: str, values: str) -> None:
    source = source.replace("data x, y", "data x y").replace("1, 2\n3, -4", "1 2\n3 -4")
    with pytest.raises(SourceError) as caught:
        read_gg(source)
    assert caught.value.message_id == "source.broken_relation"
    assert caught.value.fields["values"] == values
    assert caught.value.place is not None
    assert caught.value.place.text.startswith("assume")


@pytest.mark.parametrize("source", HOLDS)
def test_a_file_whose_values_fit_is_read(source: str) -> None:
    assert read_gg(source).heading.assumptions


def test_a_value_given_by_hand_is_warned_of(tmp_path: Path) -> None:
    file = tmp_path / "a.gg"
    file.write_text("input y = 3\nassume y > 0\nloss L = y^2\n", "utf-8")
    call = [sys.executable, "-m", "graphgrad", "run", str(file), "--lang", "en"]
    done = subprocess.run([*call, "--set", "y=-3"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "dL/dy = -6" in done.stdout
    assert done.stderr.startswith("! warning: the file assumes y > 0, but now y = -3")
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_edit_is_warned_of() -> None:
    text = "input y = 3\nz = y - 1\nassume z > 0\nloss L = z^2\n"
    graph = read_gg(text)
    work = Work(gg.trace(graph), Origin(text))
    assert broken_assumptions(work) == []
    changed = edited(work, 0, "-3")
    assert len(broken_assumptions(changed)) == 1
    rewritten = edited(work, graph.line_index["z"] and graph.line(1).root, "y - 9")
    [warning] = broken_assumptions(rewritten)
    assert "z = -6" in warning
    assert broken_relations(changed.trace.graph, changed.trace.values)[0].names == ("z",)
