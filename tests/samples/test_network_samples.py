"""Check the network samples: how they train, what PyTorch says of them, what they were before."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from graphgrad.expr.dialect import STRICT
from graphgrad.ops.evaluate import to_float
from graphgrad.source.leaves import literal
from tests.curriculum.runner import SAMPLES, call, data, sample, shown
from tests.samples.torch_answers import FORMULAS, answers_of

BEFORE = Path(__file__).parents[1] / "data" / "networks" / "before"
TRAINED = [path for path in SAMPLES.glob("*.gg") if "\ntrain " in path.read_text("utf-8")]


@pytest.mark.parametrize("path", sorted(TRAINED), ids=lambda path: path.stem)
def test_its_train_line_brings_the_loss_down(path: Path) -> None:
    steps = data("train", str(path))["steps"]
    assert steps[-1]["loss"] < steps[0]["loss"] / 2


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("name", sorted(FORMULAS))
def test_its_answers_are_marked_right_and_its_layers_are_shown(name: str, lang: str) -> None:
    answers = SAMPLES / f"{name}.answers.txt"
    result = call("check", sample(name), str(answers), lang=lang)
    assert result.exit_code == 0, result.output
    assert shown("inspect", sample(name), lang=lang)


@pytest.mark.parametrize("name", ["recurrent", "vanishing_gradient_10"])
def test_what_was_typed_line_after_line_is_the_same_graph(name: str) -> None:
    assert shown("same", sample(name), str(BEFORE / f"{name}.gg")).startswith("The same graph")


@pytest.mark.parametrize("name", sorted(FORMULAS))
@pytest.mark.skipif(find_spec("torch") is None, reason="PyTorch is not installed; recorded: all")
def test_torch_itself_gives_the_answers(name: str) -> None:
    text = (SAMPLES / f"{name}.answers.txt").read_text("utf-8")
    rows = dict(line.split(" = ") for line in text.splitlines() if not line.startswith("#"))
    found = answers_of(name)
    assert list(found) == list(rows)
    for quantity, array in found.items():
        recorded = np.asarray(to_float(literal(rows[quantity], STRICT)))
        np.testing.assert_allclose(array, recorded, rtol=1e-12, atol=1e-12, err_msg=quantity)


# ---- samples with a table in a file ----


def test_the_images_are_those_of_the_data_set() -> None:
    rows = np.genfromtxt(SAMPLES / "data" / "digits.csv", delimiter=",", skip_header=1, dtype=int)
    assert rows.shape == (1797, 65)
    assert (rows[:, :64].min(), rows[:, :64].max()) == (0, 16)
    counts = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]  # stated by the data set
    assert np.bincount(rows[:, 64]).tolist() == counts
    licence = (SAMPLES / "data" / "digits.licence.txt").read_text("utf-8")
    assert "CC BY 4.0" in licence
    assert "Alpaydin" in licence


def right(told: str, part: str) -> int:
    """Return how many rows of a part `graphgrad train` says are right."""
    [line] = [line for line in told.splitlines() if line.startswith("z is right") and part in line]
    return int(line.split()[4])


@pytest.mark.parametrize("name", ["digits", "next_letter"])
def test_a_sample_with_a_table_runs_and_shows_its_layers(name: str) -> None:
    net = str(SAMPLES / "data" / f"{name}.gg")
    assert call("fmt", "--check", net).exit_code == 0
    assert "dL/dout.W" in shown("run", net)
    assert len(Path(net).read_text("utf-8").splitlines()) <= 35
    assert "dense" in shown("inspect", net)
    assert name in shown("samples")


@pytest.mark.slow
def test_two_convolutions_read_over_95_per_cent_of_360_images_kept_apart() -> None:
    told = shown("train", str(SAMPLES / "data" / "digits.gg"), "--accuracy", "z")
    assert "360 rows for validation" in told
    assert right(told, "validation") > 0.95 * 360


@pytest.mark.slow
def test_the_next_letter_is_right_on_60_of_60() -> None:
    net = str(SAMPLES / "data" / "next_letter.gg")
    untrained = shown("train", net, "--accuracy", "z", "--epochs", "1")
    assert right(untrained, "training") < 60
    assert right(shown("train", net, "--accuracy", "z"), "training") == 60


def test_a_copied_sample_takes_table_and_licence_along(tmp_path: Path) -> None:
    shown("samples", "digits", "--copy", str(tmp_path / "here"))
    copied = sorted(path.name for path in (tmp_path / "here").iterdir())
    assert copied == ["digits.csv", "digits.gg", "digits.licence.txt"]
