"""Exercise files for a `.gg` file: the rate of an update, and updates that are not asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphgrad.cli.program import program
from graphgrad.exercises.files.from_graph import Wish, exercise_from
from graphgrad.exercises.files.read_exercise import read_exercise
from graphgrad.exercises.files.variants import Family
from graphgrad.exercises.sheets.worked_steps import Work
from graphgrad.source.gg import read_gg

LINES = "input x = 3\nparam w = 2\nz = w*x\nloss L = z^2\n"


def written(source: str) -> str:
    wish = Wish(("update",), nice=False)
    return exercise_from(read_gg(source), source, "net.gg", wish)


@pytest.mark.parametrize(
    ("train", "key"),
    [
        ("", 2 - 0.1 * 36),
        ("train gd\n", 2 - 0.1 * 36),
        ("train sgd(rate=0.5)\n", 2 - 0.5 * 36),
        ("train sgd, rate=0.5, epochs=3\n", 2 - 0.5 * 36),
        ("entrena gd(tasa=0.5), épocas=10\n", 2 - 0.5 * 36),
        ("entrena descenso(tasa=1/4)\n", 2 - 0.25 * 36),
    ],
)
def test_the_update_goes_at_the_rate_of_the_file(train: str, key: float) -> None:
    exercise = read_exercise(written(LINES + train), "net.md")
    answer = Family(exercise).variant(1).truth["new w"]
    assert float(answer.entries[0]) == pytest.approx(key, rel=1e-12)


def test_a_file_with_decimal_commas_gets_its_rate_with_one() -> None:
    source = "decimal coma\n" + LINES
    text = written(source)
    assert "const eta = 0,1" in text
    Family(read_exercise(text, "net.md")).variant(1)
    assert "eta" not in written(source + "entrena gd(tasa=0,5)\n")


HIDDEN = """\
data x: 2, t
  1 0 1
  0 1 0
layer hid = dense(2, act=relu)
layer out = dense(1)
h = hid(x)
y = out(h)
loss L = squared_error(y, t)
"""


def test_a_dotted_name_is_one_name_where_numbers_are_put_in() -> None:
    wish = Wish(("delta",), rows=(1, 2))
    text = exercise_from(read_gg(HIDDEN), HIDDEN, "net.gg", wish)
    work = Work(Family(read_exercise(text, "net.md")).variant(2))
    steps = work.variant.exercise.steps
    parts = [part for step in steps if "delta(h.z)" in step.id for part in work.chain(step).parts]
    assert any(part.endswith("[h.z > 0]") for part in parts)
    assert not any(".z" in part.replace("h.z", "") for part in parts)


TWO = """\
input x = 2
input y = 1
param w = .5
param b = .25
z = w*x+b
loss L = (z-y)^2
train {}(rate=0.1)
"""


@pytest.mark.parametrize("asks", [("value", "adjoint", "update"), ("value", "update")])
@pytest.mark.parametrize("train", ["momentum", "adam", "rmsprop"])
def test_of_an_update_only_what_has_a_name_on_the_board_is_asked(
    train: str, asks: tuple[str, ...]
) -> None:
    source = TWO.format(train)
    text = exercise_from(read_gg(source), source, "net.gg", Wish(asks, nice=False))
    labels = re.findall(r"^label = step 1: (.*)$", text, re.MULTILINE)
    kept = {"momentum": "m", "adam": "m v m_hat v_hat", "rmsprop": "v"}[train].split()
    own = {f"{part}_{name}" for part in ("g", *kept) for name in "wb"}
    backward = {"dL/dz"} if "adjoint" in asks else set()
    assert set(labels) == {"z", "L", "w", "b"} | backward | own
    assert len(labels) == len(set(labels))


DATA = "data x y\n 1 0\n 2 1\nparam w = 0.5\nloss L = (sin(w*x) - y)^2\ntrain momentum(rate=1)\n"


def test_of_several_rows_no_adjoint_inside_a_line_is_asked_and_rows_are_not_advised(
    tmp_path: Path,
) -> None:
    (tmp_path / "net.gg").write_text(DATA, "utf-8")
    words = ["ex", "from", str(tmp_path / "net.gg"), "--ask", "value,adjoint,update"]
    told = CliRunner().invoke(program, [*words, "--steps", "1"])
    asked = re.findall(r"^~~~step (.*)$", told.stdout, re.MULTILINE)
    each = [f"{name}[1,{row}]" for row in (1, 2) for name in ("L", "dL_dw")]
    assert asked == [*each, "g[1]", "m[1]", "w[1]"]
    assert not told.stderr
    plain = CliRunner().invoke(program, [*words[:3], "--ask", "value"])
    assert "--rows 1:2" in plain.stderr


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_sheet_and_the_reports_name_a_step_alike(tmp_path: Path, language: str) -> None:
    net, out, answers = tmp_path / "net.gg", tmp_path / "net.md", tmp_path / "a.txt"
    net.write_text(TWO.format("momentum"), "utf-8")
    run = lambda *words: CliRunner().invoke(program, [*words, "--lang", language])  # noqa: E731
    ask = {"en": "value,update", "es": "valor,actualizacion"}[language]
    assert run("ex", "from", str(net), "--ask", ask, "-o", str(out)).exit_code == 0
    spelled = re.findall(r"`([^`=]+) = \.\.\.`", out.read_text("utf-8"))
    word = {"en": "step", "es": "paso"}[language]
    assert spelled == [f"{word} 1: g_w", "g_w[1]"]
    for name in spelled:
        answers.write_text(f"{name} = 77\n", "utf-8")
        checked = run("ex", "check", str(out), str(answers)).output
        assert f"{name} = 77" in checked
        assert {"en": "unknown", "es": "desconocido"}[language] not in checked
        assert f"\n{word} 1: g_w\n" in run("ex", "explain", str(out), str(answers)).output


def test_a_word_that_cannot_be_asked_for_is_refused_with_the_near_one(tmp_path: Path) -> None:
    (tmp_path / "net.gg").write_text(LINES, "utf-8")
    for word, near in (("valr", "valor"), ("updat", "update")):
        words = ["ex", "from", str(tmp_path / "net.gg"), "--ask", word, "--lang", "es"]
        refused = CliRunner().invoke(program, words)
        assert refused.exit_code == 2
        assert f"¿Quería decir {near}?" in refused.output


def test_updates_of_a_recurrent_layer_can_be_asked_with_their_adjoints() -> None:
    """Names of cells held a subscript inside: the file that was written could not be read."""
    net = "input x = [[3, -1], [0, 1]]\nlayer k = rnn_sequence(units=2)\nr, _ = k(x)\n"
    net += "train gd(rate=0.1)\nloss L = sum(r)"
    wish = Wish(("adjoint",), nice=False, updates=1)
    read = read_exercise(exercise_from(read_gg(net), net, "net.gg", wish), "e.md")
    assert "dL_dr_h_z[2,1]" in [step.id for step in read.steps]
