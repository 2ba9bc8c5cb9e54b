"""`graphgrad ex from`: any file with layers or data becomes an exercise that marks its own key."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from graphgrad.autodiff.record import record
from graphgrad.cli.program import program
from graphgrad.exercises.files.from_graph import Wish, exercise_from
from graphgrad.exercises.files.read_exercise import load_exercise, read_exercise
from graphgrad.exercises.files.variants import Family
from graphgrad.exercises.grading.graded_sheet import mark_sheet
from graphgrad.exercises.sheets.sheet import template_of
from graphgrad.source.gg import read_gg

SAMPLES = Path(__file__).parents[2] / "samples"
NEURON = """\
data x y
     1 0
     2 1
    -1 1
param w = 0.5
param b = 0.25
z = w*x + b
loss L = (z - y)^2
"""
LAYERS = """\
input x = [1, 2]
input y = 1
layer h = dense(3, act=sigmoid)
layer out = dense(1)
a = h(x)
yhat = out(a)
loss L = sum((yhat - y)^2)
"""
SKIPS = """\
input x = [1, 2]
yhat = skip_mlp(x, [2, 1], act=tanh)
loss L = sum(yhat^2)
"""
CONVOLUTION = """\
input X = [1, 2, 3, 4; 4, 5, 6, 5; 7, 8, 9, 6; 1, 0, 2, 1]
layer c = conv2d(2, 3, padding=1)
Y = c(X)
P = max_pool2d(Y, 2)
loss L = sum(P)/4
"""
BATCH = """\
input X = [1, 2; 3, 4; 5, 6]
input Y = [1, 0; 0, 1; 1, 1]
param W = [1, 2; 3, 4]
param b = [1, -1]
Yhat = X @ W + b
E = Yhat - Y
loss L = sum(E^2)/2
"""
RECURRENT = """\
input x = [1, -1, 2]
param w = 0.5
param u = -1
const h[0] = 0
for t = 1:3
  h[t] = w*x[t] + u*h[t-1]
end
loss L = (h[3] - 1)^2
"""
EVERYTHING = ("value", "adjoint", "delta", "update", "shape", "size", "count")
FILES = {
    "neuron": (NEURON, (1, 2, 3)),
    "layers": (LAYERS, ()),
    "skips": (SKIPS, ()),
    "convolution": (CONVOLUTION, ()),
    "batch": (BATCH, ()),
    "recurrent": (RECURRENT, ()),
}


def family(name: str, asks: tuple[str, ...], language: str, *, nice: bool = True) -> Family:
    source, rows = FILES[name]
    wish = Wish(asks, rows, nice, language=language)
    return Family(read_exercise(exercise_from(read_gg(source), source, f"{name}.gg", wish)))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", FILES)
def test_the_key_of_a_sheet_is_right_in_every_line(name: str, language: str) -> None:
    variant = family(name, EVERYTHING, language).variant(2)
    key = template_of(variant, language=language, key=True)
    marked = mark_sheet(variant, key)
    told = {step.step.id: step.mark.status for step in marked.steps}
    assert len(told) >= 5
    assert set(told.values()) <= {"right", "rounded"}, told
    assert marked.points == marked.total


@pytest.mark.parametrize("name", ["neuron", "batch", "recurrent"])
def test_numbers_are_short_at_every_step(name: str) -> None:
    exercises = family(name, ("value", "adjoint"), "en")
    seen = set()
    for draw in (1, 2, 3):
        variant = exercises.variant(draw)
        seen.add(str(sorted((k, str(v)) for k, v in variant.values.items())))
        table = variant.graph.heading.table
        for row in (1, 2, 3) if table is not None else (0,):
            point = table.point(row) if table is not None else {}
            trace = record(variant.graph, point, exact=True)
            for node in range(len(variant.graph)):
                for value in (trace.values[node], trace.adjoint(node)):
                    for number in value.ravel() if hasattr(value, "ravel") else [value]:
                        exact = Fraction(number)
                        assert abs(exact) < 100
                        assert exact.denominator <= 12 or (100 * exact).denominator == 1
    assert len(seen) == 3


def test_a_slip_in_one_row_is_charged_there_and_follows_into_the_mean() -> None:
    variant = family("neuron", ("value", "adjoint", "update"), "en").variant(1)
    truth = variant.truth
    lines = []
    for step in variant.exercise.steps:
        number = truth[step.id].floats[0]
        lines.append(f"{step.id} = {number:.6g}")
    z = truth["row 2: z"].floats[0] + 1
    y = 1
    wrong = {"row 2: z": z, "row 2: L": (z - y) ** 2, "row 2: dL/dz": 2 * (z - y)}
    wrong["row 2: dL/db"] = 2 * (z - y)
    wrong["row 2: dL/dw"] = 2 * (z - y) * 2
    for name in ("L", "dL/dw", "dL/db"):
        rows = [
            wrong.get(f"row {k}: {name}", truth[f"row {k}: {name}"].floats[0]) for k in (1, 2, 3)
        ]
        wrong[f"mean: {name}"] = sum(rows) / 3
    for name in ("w", "b"):
        new = float(variant.values[name]) - 0.1 * wrong[f"mean: dL/d{name}"]
        wrong[f"mean: new {name}"] = new
    sheet = "\n".join(
        f"{line.partition(' = ')[0]} = {wrong[line.partition(' = ')[0]]:.6g}"
        if line.partition(" = ")[0] in wrong
        else line
        for line in lines
    )
    marked = mark_sheet(variant, sheet)
    statuses = {step.step.id: step.mark.status for step in marked.steps}
    assert marked.report.first_wrong == "row 2: z"
    assert [name for name, status in statuses.items() if status == "wrong"] == ["row 2: z"]
    follows = {name for name, status in statuses.items() if status == "follow-on"}
    assert follows == set(wrong) - {"row 2: z"}


def run(*words: str, lang: str = "en") -> Result:
    return CliRunner().invoke(program, ["--lang", lang, *words])


def test_the_command_writes_an_exercise_for_every_writer(tmp_path: Path) -> None:
    (tmp_path / "net.gg").write_text(NEURON, encoding="utf-8")
    made = tmp_path / "net.md"
    ask = ("--ask", "value,adjoint,update,count", "--rows", "1:3")
    told = run("ex", "from", str(tmp_path / "net.gg"), *ask, "-o", str(made), lang="es")
    assert told.exit_code == 0, told.output
    assert "pasos" in told.output
    assert load_exercise(made).language == "es"
    for ending in ("md", "html", "tex", "txt"):
        for command in ("sheet", "key"):
            out = tmp_path / f"{command}.{ending}"
            assert run("ex", command, str(made), "-o", str(out)).exit_code == 0
            assert "fila" in out.read_text("utf-8"), (command, ending)
    answers = (tmp_path / "key.txt").read_text("utf-8")
    assert "media: nuevo w = " in answers
    checked = run("ex", "check", str(made), str(tmp_path / "key.txt"), lang="es")
    assert checked.exit_code == 0, checked.output
    cloze = run("ex", "export", str(made), "--format", "cloze")
    assert cloze.exit_code == 0
    assert "NUMERICAL" in cloze.output
    stack = run("ex", "export", str(made), "--format", "stack")
    assert stack.exit_code == 0
    assert "prt1" in stack.output


def test_what_cannot_be_asked_is_said(tmp_path: Path) -> None:
    (tmp_path / "net.gg").write_text(NEURON, encoding="utf-8")
    net = str(tmp_path / "net.gg")
    for words, said in [
        (("--ask", "colour"), "colour"),
        (("--rows", "1:9"), "rows 1 to 3"),
        (("--rows", "x"), "1:4"),
        (("--rate", "fast"), "0.1"),
    ]:
        told = run("ex", "from", net, *words)
        assert told.exit_code == 2
        assert said in told.output


def test_steps_are_worked_out_entry_by_entry_too(tmp_path: Path) -> None:
    (tmp_path / "net.gg").write_text(BATCH, encoding="utf-8")
    told = run("ex", "explain", str(tmp_path / "net.gg"), "--step", "dL/db", "--entries", "scalar")
    assert told.exit_code == 0, told.output
    assert "dL/dYhat[3,1] + dL/dYhat[2,1] + dL/dYhat[1,1]" in told.output
    assert told.output.count("dL/db[") >= 2
    whole = run("ex", "explain", str(tmp_path / "net.gg"), "--step", "dL/db")
    assert "dL/db[" not in whole.output
    (tmp_path / "a.txt").write_text("E = 1", encoding="utf-8")
    words = (str(tmp_path / "net.gg"), str(tmp_path / "a.txt"), "--entries", "scalar")
    assert run("ex", "explain", *words).exit_code == 2


def test_a_row_is_worked_out_with_its_own_numbers(tmp_path: Path) -> None:
    (tmp_path / "net.gg").write_text(NEURON, encoding="utf-8")
    made = str(tmp_path / "net.md")
    words = ("--rows", "1:3", "--draws", "keep", "--ask", "value", "-o", made)
    assert run("ex", "from", str(tmp_path / "net.gg"), *words).exit_code == 0
    told = run("ex", "explain", made, "--step", "row 3: z", "--step", "mean: L")
    assert "0.5·(-1) + 0.25" in told.output
    assert "(0.5625 + 0.0625 + 1.5625)/3" in told.output


LABELS = """\
input x = [1, -1]
input t = 1
param w = [0.5, 2]
p = sigmoid(x @ w)
loss L = -(t*log(p) + (1 - t)*log(1 - p))
"""
RELU = "input x = [1, -1]\nparam W: 2x2 = [1, 2; 3, 1]\nh = relu(W @ x)\nloss L = sum(h^2)\n"


def drawn(source: str) -> Family:
    return Family(read_exercise(exercise_from(read_gg(source), source, "net.gg", Wish())))


def test_a_target_of_0_or_1_stays_and_features_are_drawn() -> None:
    names = {variable.name for variable in drawn(LABELS).exercise.variables}
    assert names == {"x", "w"}
    assert "t" in {v.name for v in drawn(LABELS.replace("t = 1", "t = 0.25")).exercise.variables}


def test_no_layer_of_relu_is_drawn_dead() -> None:
    family = drawn(RELU)
    assert "dead" in family.exercise.avoid
    for draw in range(1, 21):
        assert any(value > 0 for value in family.variant(draw).trace.value("h"))
    dead = {"x": np.array([1, 2], dtype=object), "W": np.array([[-1, -1], [-2, -1]], dtype=object)}
    assert family.reason_against(dead) == "dead"


def test_what_is_done_in_a_step_of_training_is_answered_by_its_number() -> None:
    family = Family(load_exercise(SAMPLES / "exercises" / "adam_two_steps.md"))
    variant = family.variant(2)
    lines = []
    for step in family.exercise.steps:
        name, number = step.id.removesuffix("]").split("[")
        word = ("step", "paso", "iteration", "Iteración")[len(lines) % 4]
        lines.append(f"{word} {number}: {name} = {variant.truth[step.id].floats[0]:.6g}")
    marked = mark_sheet(variant, "\n".join(lines))
    assert {step.mark.status for step in marked.steps} <= {"right", "rounded"}
    wrong = [line.replace("mhat = -6", "mhat = -0.600") for line in lines if " w = " not in line]
    report = mark_sheet(variant, "\n".join(wrong)).report
    assert report.first_wrong == "mhat[1]"


@pytest.mark.parametrize("asked", ["delta", "count", "shape"])
def test_a_file_that_has_nothing_of_what_is_asked_is_told_so(tmp_path: Path, asked: str) -> None:
    file = tmp_path / "a.gg"
    file.write_text("input x = 2\nz = 3*x\n", "utf-8")
    result = CliRunner().invoke(program, ["ex", "from", str(file), "--ask", asked])
    assert result.exit_code == 2
    assert f"--ask {asked}" in result.output
    assert "the exercise has no steps" not in result.output


@pytest.mark.parametrize("title", ["a" * 900, r"The \frac net and its \u", "It's a net"])
def test_any_title_can_be_that_of_an_exercise(title: str) -> None:
    text = f'title "{title}"\nparam w = 2\nloss L = w^2\n'
    read = read_exercise(exercise_from(read_gg(text), text, "a.gg", Wish(("value",))), "e.md")
    assert read.title
