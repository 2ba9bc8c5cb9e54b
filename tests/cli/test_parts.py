"""Rows that only judge are shown and marked; means and gradients are over the rows that train."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from graphgrad.cli.program import program
from graphgrad.source.gg import read_gg
from graphgrad.views.lenses.subject import Subject

HEAD = "param w = 1\ndata x, y\n"
LOSS = "\nloss L = (w*x - y)^2 + w\n"
PARTED = HEAD + "1 1\n2 3\nvalid\n3 9\ntest\n4 5\n" + LOSS
TRAINING = HEAD + "1 1\n2 3\n" + LOSS


@pytest.fixture
def files(tmp_path):
    for name, text in (("parted", PARTED), ("training", TRAINING)):
        (tmp_path / f"{name}.gg").write_text(text)
    return [str(tmp_path / f"{name}.gg") for name in ("parted", "training")]


def called(*args, lang="en"):
    result = CliRunner().invoke(program, ["--lang", lang, *args])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_run_takes_means_over_the_training_rows(files):
    parted, training = (json.loads(called("run", file, "--json", "--exact")) for file in files)
    for key in ("mean_loss", "gradients", "exact_mean_loss", "exact_gradients"):
        assert parted[key] == training[key]
    assert parted["mean_loss"] == 1.5
    assert [row["part"] for row in parted["rows"]] == ["train", "train", "valid", "test"]
    assert parted["rows"][2]["loss"] == 37
    assert "part" not in training["rows"][0]


def test_run_marks_the_others_in_both_languages(files):
    for lang, told in (("en", "over the 2 rows that train"), ("es", "las 2 filas que entrenan")):
        shown = called("run", files[0], lang=lang)
        assert told in shown
        parts = {
            "en": ["train", "train", "valid", "test"],
            "es": ["entrenamiento", "entrenamiento", "validación", "prueba"],
        }
        assert [line.split()[1] for line in shown.splitlines()[3:7]] == parts[lang]
        plain = called("run", files[1], lang=lang)
        assert "train" not in plain


def test_rows_before_a_word_train_and_all_count_where_none_does(tmp_path):
    file = tmp_path / "a.gg"
    file.write_text(HEAD + "1 1\n2 3\nvalid\n3 9\ntrain\n4 5\n" + LOSS)
    assert json.loads(called("run", str(file), "--json"))["mean_loss"] == pytest.approx(5 / 3)
    file.write_text(HEAD + "valid\n1 1\n2 3\n" + LOSS)
    found = json.loads(called("run", str(file), "--json"))
    assert found["mean_loss"] == 1.5
    assert [row["part"] for row in found["rows"]] == ["valid", "valid"]


def test_lenses_and_sweeps_look_at_the_training_rows(files):
    seen = [json.loads(called("inspect", file, "gradients", "--json")) for file in files]
    assert seen[0] == seen[1]
    swept = [called("sweep", file, "w=1,2", "--show", "loss", "--csv") for file in files]
    assert swept[0] == swept[1]
    assert "1.5" in swept[0]
    for lang, told in (("en", "Of the 4 rows"), ("es", "De las 4 filas")):
        assert told in called("inspect", files[0], "gradients", lang=lang)
        assert told not in called("inspect", files[1], "gradients", lang=lang)


def test_one_row_is_looked_at_whatever_its_part(files):
    assert Subject(read_gg(PARTED), row=3).trace.value("L") == 37
    assert "rows" not in called("inspect", files[0], "gradients", "--row", "3").split("•")[-1]
