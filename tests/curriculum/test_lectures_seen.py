"""Rows X06 and X07: every erratum and every worked example of the lectures; Z03: inference."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.curriculum.runner import SAMPLES, accepts, call, data, file, marked, sample, shown
from tests.test_lecture_examples import CASES, EXCUSED, LECTURES, agrees, deviation, found_by

DATA = Path(__file__).parents[1] / "data" / "exercises" / "lecture_errata.json"
ERRATA = json.loads(DATA.read_text(encoding="utf-8"))
PRINTED = sorted(
    path.name.removesuffix(".answers.txt")
    for path in SAMPLES.glob("*.answers.txt")
    if " course 00" in path.read_text("utf-8").partition("\n")[0]
)


@pytest.mark.parametrize("case", ERRATA, ids=lambda case: case["id"])
def test_X06_a_printed_mistake_is_marked_wrong_with_a_witness(
    case: dict[str, Any], tmp_path: Path
) -> None:
    for answer in case["wrong"]:
        told = marked(tmp_path, case["graph"], answer, "--decimal", "point", "--key")
        assert told.exit_code == 1, answer
        witness = ("expected", "at ", "It looks as if", "unknown", "name")
        assert any(word in told.output for word in witness), answer
    for answer in case["right"]:
        told = marked(tmp_path, case["graph"], answer, "--decimal", "point")
        assert told.exit_code == 0, (answer, told.output)


def test_X06_mistakes_of_conditions_and_of_rates(tmp_path: Path) -> None:
    pair = "input a = 2\ninput b = 0\np = softmax([a, b])\ny = p[1]"
    assert accepts(tmp_path, pair, "y = 1/(1 + exp(-(a - b)))"), "B03"
    three = "input x = 1.5\na = x\nb = x^2\nc = x^3\nf = a*b*c"
    assert accepts(tmp_path, three, "df/dx = b*c + a*c*2*x + a*b*3*x^2"), "B07"
    for z, slope in ((-1e-9, 2.0), (1e-9, 1.0)):
        told = data("run", "-e", "y = elu(z, alpha=2)", "--set", f"z={z}")
        assert told["gradients"]["z"] == pytest.approx(slope, abs=1e-8), "B17"
    linear = "linear(steps=100, end=0.001, clamp=0)"
    words = ("--rate", "0.1", "--steps", "200", "--schedule", linear, "--show", "schedule")
    assert "a rate below 0" in shown("train", "-e", "param t = 1; loss f = t^2", *words), "A28"


def test_X07_the_worked_examples_have_their_recomputed_values_and_flags() -> None:
    assert len(CASES) == 51
    assert set(LECTURES) | set(EXCUSED) == set(CASES)
    for id_ in LECTURES:
        for output in CASES[id_]["outputs"]:
            found = found_by(id_)[output["name"]]
            assert not deviation(found, output["recomputed"]), (id_, output["name"])
            if output["printed"] is not None:
                flag = output["agrees_at_printed_precision"]
                assert agrees(found, output) is flag, (id_, output["name"])


@pytest.mark.parametrize("name", PRINTED)
def test_X07_by_command_the_answers_of_a_lectures_sample_are_right(name: str) -> None:
    told = call("check", sample(name), str(SAMPLES / f"{name}.answers.txt"))
    assert told.exit_code == 0, told.output
    assert "No wrong step." in told.output


BATCHES = """\
data all x: 2, y: 1
1 2 0
3 -1 1
5 4 0
2 2 1
valid
{valid}
layer n = batch_norm()
layer out = dense(1)
z = out(n(x))
loss L = mse(z, y)
"""


def test_Z03_running_statistics_judge_each_sample_alone(tmp_path: Path) -> None:
    rows, losses = ("9 9 1", "-3 0.5 0"), []
    for number, valid in enumerate((rows[0], rows[1], "\n".join(rows))):
        net = file(tmp_path, BATCHES.format(valid=valid), f"{number}.gg")
        steps = data("train", net, "--rate", "0.1", "--steps", "3")["steps"]
        losses.append([step["valid"] for step in steps if "valid" in step])
    for alone, other, both in zip(*losses, strict=True):
        assert (alone + other) / 2 == pytest.approx(both, rel=1e-12)
    assert all(before != after for before, after in pairwise(losses[0]))
    saved = tmp_path / "run.json"
    shown("train", str(tmp_path / "0.gg"), "--rate", "0.1", "--steps", "2", "--save", str(saved))
    running = json.loads(saved.read_text("utf-8"))["running"]
    mean, after_two = (11 / 4, 7 / 4), 1 - 0.9**2
    assert running["n.mean"] == pytest.approx([after_two * m for m in mean])
    single = BATCHES.replace("3 -1 1\n5 4 0\n2 2 1\n", "").format(valid=rows[0])
    refused = call("train", file(tmp_path, single), "--rate", "0.1", "--steps", "1")
    assert refused.exit_code == 3
    assert "at least two samples" in refused.output, "in training one sample is no batch"
