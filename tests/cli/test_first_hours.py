"""What a newcomer met in the first hours: rows, folders, saved trainings, sweeps."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from graphgrad.cli.program import program
from tests.cli.test_wrong_inputs import outcome

ROWS = "data x y\n0 0\n1 1\n2 1\nparam w = 1\nloss L = bce(sigmoid(w*x), y)\n"


@pytest.fixture(autouse=True)
def net(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("net.gg").write_text(ROWS, "utf-8")
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str, lang: str = "en") -> tuple[int, str, str]:
    return outcome([*words, "--lang", lang], capsys)


def test_a_figure_and_an_exercise_say_which_row_they_are_about(capsys) -> None:
    status, _, err = said(capsys, "render", "net.gg", "-o", "net.svg")
    assert (status, err) == (0, "This is row 1 of 3; --row N takes another.\n")
    assert said(capsys, "render", "net.gg", "-o", "net.svg", "--row", "2")[2] == ""
    status, _, err = said(capsys, "ex", "from", "net.gg", lang="es")
    assert (status, err) == (
        0, "El ejercicio trata de la fila 1 de 3; --rows 1:3 pregunta por todas.\n",
    )  # fmt: skip
    assert said(capsys, "ex", "from", "net.gg", "--rows", "1:3")[2] == ""


def test_a_sheet_that_reads_like_one_file_makes_no_folder(capsys) -> None:
    said(capsys, "ex", "from", "net.gg", "-o", "net.md")
    for count in ("1", "3"):
        status, _, err = said(capsys, "ex", "sheet", "net.md", "-o", "x.html", "--draws", count)
        assert status == 2
        assert "-o x" in err
    assert not Path("x.html").exists()
    assert said(capsys, "ex", "sheet", "net.md", "-o", "sheets", "--draws", "1")[0] == 0
    assert Path("sheets/0001.html").is_file()


def test_a_saved_training_is_replaced_only_when_asked(capsys) -> None:
    call = ("train", "net.gg", "--save", "run.json", "--rate", "0.1", "--steps")
    assert said(capsys, *call, "3")[0] == 0
    before = Path("run.json").read_bytes()
    status, out, err = said(capsys, *call, "5")
    assert (status, out) == (4, "")  # before the training, not after
    assert "--force" in err
    assert Path("run.json").read_bytes() == before
    assert said(capsys, *call, "5", "--resume", "run.json")[0] == 0  # it goes on in the same file
    assert Path("run.json").read_bytes() != before
    Path("other.json").write_bytes(before)
    status, out, err = said(capsys, *call[:3], "other.json", *call[4:], "7", "--resume", "run.json")
    assert (status, out) == (4, "")  # it goes on from one file and would replace another
    assert "--force" in err
    assert Path("other.json").read_bytes() == before
    assert said(capsys, *call, "3", "--force")[0] == 0
    assert Path("run.json").read_bytes() == before


def test_a_sweep_says_how_it_trains(capsys) -> None:
    call = ("sweep", "net.gg", "--show", "train.loss", "steps=20")
    assert (
        "Every row is trained by gd(rate=0.5), steps=20."
        in said(capsys, *call, "w=1,2", "rate=0.5")[1]
    )
    out = " ".join(said(capsys, *call, "rate=0.1,0.5")[1].split())
    assert "The first row is trained by gd(rate=0.1), steps=20; the others likewise" in out
    assert "trained by" not in said(capsys, "sweep", "net.gg", "w=1,2")[1]


def test_gradients_say_what_is_a_mean_over_samples_and_only_of_several(capsys) -> None:
    many = " ".join(said(capsys, "inspect", "net.gg", "gradients")[1].split())
    assert "3 samples: of parameters the norm of the mean gradient" in many
    one = said(capsys, "inspect", "net.gg", "gradients", "--row", "1")[1]
    assert "samples" not in one


def test_short_matrices_stand_entry_by_entry_along_a_path(capsys) -> None:
    text = "input x = [0.5, 0.1]\nlayer a = dense(2, act=tanh)\nlayer b = dense(2)\n"
    Path("two.gg").write_text(f"{text}loss L = squared_error(b(a(x)), [1, 0])\n", "utf-8")
    out = said(capsys, "explain", "two.gg", "a.W")[1]
    assert " to " not in out.partition("1 path")[2].partition("Sum")[2]
    assert "Sum: dL/da.W = [[" in out


@pytest.mark.parametrize("name", ["h.W21", "model.W21"])
def test_a_name_with_a_dot_stands_beside_the_same_word_alone(name: str, capsys) -> None:
    Path("dots.gg").write_text(
        f"input x = 1\nparam W21 = 2\nparam {name} = 3\ny = W21*{name}*x\n", "utf-8"
    )
    status, out, _ = said(capsys, "run", "dots.gg", "--set", f"{name}=4")
    assert status == 0
    assert f"dy/d{name}" in out
    assert "= 8" in out


ARRAYS = "data x: 2, y\n1 2 0\n2 1 1\n\nz = dense(x, 2)\nloss L = cross_entropy_with_logits(z, y)\n"


def test_rows_for_typed_arrays_go_by_name_or_their_places_are_told(tmp_path: Path) -> None:
    net, named, other = (tmp_path / name for name in ("net.gg", "named.csv", "other.csv"))
    net.write_text(ARRAYS)
    named.write_text("y,x[2],x[1]\n1,4,3\n")
    other.write_text("label,age,height\n1,3,4\n")
    for lang in ("en", "es"):
        said = CliRunner().invoke(program, ["--lang", lang, "run", str(net), "--rows", str(named)])
        assert "[3, 4]" in said.stdout
        assert "→" not in said.stderr
        said = CliRunner().invoke(program, ["--lang", lang, "run", str(net), "--rows", str(other)])
        assert "label → x[1], age → x[2], height → y" in said.stderr
