"""Use a trained network from the command line: `--state`, `--of`, `--rows`, regions of classes."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest

import graphgrad as gg
from tests.curriculum.runner import call, data, shown

NET = """\
data "points.csv" x: 2, kind
layer hidden = dense(6, act=tanh)
layer out = dense(3)
h = hidden(x)
z = out(h)
loss L = cross_entropy_with_logits(z, kind)
train adam(rate=0.05), epochs=30, batch=10
"""
CENTRES = {"oak": (0.0, 0.0), "elm": (2.0, 0.3), "fir": (0.8, 2.0)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with data of three classes, a net, and what training it has saved."""
    made = tmp_path_factory.mktemp("state")
    draw = random.Random(3)
    lines = [
        f"{x + draw.gauss(0, 0.4):.2f},{y + draw.gauss(0, 0.4):.2f},{kind}"
        for _ in range(12)
        for kind, (x, y) in CENTRES.items()
    ]
    (made / "points.csv").write_text("\n".join(["x1,x2,kind", *lines]) + "\n", "utf-8")
    (made / "net.gg").write_text(NET, "utf-8")
    (made / "new.csv").write_text("x1,x2\n0,0.1\n2.1,0.2\n0.7,2\n", "utf-8")
    shown("train", str(made / "net.gg"), "--save", str(made / "s.json"))
    return made


def saved(folder: Path) -> dict[str, np.ndarray]:
    """Return the parameters of the saved training by name, taken apart by hand."""
    found = json.loads((folder / "s.json").read_text("utf-8"))
    values, start = {}, 0
    for name, shape in found["parameters"].items():
        size = int(np.prod(shape))
        values[name] = np.array(found["vector"][start : start + size]).reshape(shape)
        start += size
    return values


def by_hand(folder: Path, x: tuple[float, float]) -> np.ndarray:
    w = saved(folder)
    h = np.tanh(w["hidden.W"] @ np.array(x) + w["hidden.b"])
    return np.asarray(w["out.W"] @ h + w["out.b"])


def trained(folder: Path, *words: str) -> tuple[str, ...]:
    return (*words[:1], str(folder / "net.gg"), *words[1:], "--state", str(folder / "s.json"))


def test_run_takes_the_saved_parameters_and_says_of_which_update(folder: Path) -> None:
    found = {n["name"]: n for n in data(*trained(folder, "run", "--row", "1"))["nodes"]}
    np.testing.assert_allclose(found["out.W"]["value"], saved(folder)["out.W"], atol=0)
    np.testing.assert_allclose(found["z"]["value"], by_hand(folder, tuple(found["x"]["value"])))
    for lang, said in (("en", "after update 120"), ("es", "tras la actualización 120")):
        assert said in call(*trained(folder, "run"), lang=lang).stderr


@pytest.mark.parametrize(
    "words",
    [
        ("show",),
        ("explain", "out.b"),
        ("gradcheck",),
        ("export",),
        ("inspect", "gradients"),
        ("step", "--plain"),
    ],
    ids=lambda words: words[0],
)
def test_every_command_of_a_graph_takes_them(folder: Path, words: tuple[str, ...]) -> None:
    result = call(*trained(folder, *words))
    assert result.exit_code == 0, result.output
    assert "after update 120" in result.stderr
    without = call(words[0], str(folder / "net.gg"), *words[1:])
    assert result.stdout != without.stdout


def test_a_figure_takes_them(folder: Path, tmp_path: Path) -> None:
    for name, how in (("with.svg", trained(folder, "render")), ("without.svg", ())):
        shown(*(how or ("render", str(folder / "net.gg"))), "-o", str(tmp_path / name))
    assert (tmp_path / "with.svg").read_bytes() != (tmp_path / "without.svg").read_bytes()


def test_answers_are_marked_against_them(folder: Path, tmp_path: Path) -> None:
    found = {n["name"]: n["value"] for n in data(*trained(folder, "run", "--row", "1"))["nodes"]}
    sheet = tmp_path / "answers.txt"
    sheet.write_text(f"L = {found['L']:.6f}\n", "utf-8")
    assert call(*trained(folder, "check", str(sheet))).exit_code == 0
    assert call("check", str(folder / "net.gg"), str(sheet)).exit_code == 1


def test_a_value_given_by_hand_holds_before_the_saved_one(folder: Path) -> None:
    words = ("run", "--row", "1", "--set", "out.b=[0, 0, 7]", "--set", "hidden.W[2,1]=5")
    found = {n["name"]: n["value"] for n in data(*trained(folder, *words))["nodes"]}
    assert found["out.b"] == [0, 0, 7]
    expected = saved(folder)["hidden.W"]
    expected[1, 0] = 5
    np.testing.assert_array_equal(found["hidden.W"], expected)


def test_the_scalar_zoom_has_the_same_values(folder: Path) -> None:
    words = trained(folder, "run", "--row", "2", "--entries", "scalar")
    found = {n["name"]: n["value"] for n in data(*words)["nodes"]}
    assert found["out.W[2,3]"] == saved(folder)["out.W"][1, 2]


def test_python_loads_them(folder: Path) -> None:
    graph = gg.load(folder / "net.gg", state=folder / "s.json")
    z = gg.trace(graph, {"x": [0.5, 1.5]}).value("z")
    np.testing.assert_allclose(z, by_hand(folder, (0.5, 1.5)), rtol=1e-12)
    with pytest.raises(gg.GraphgradError, match="no saved training"):
        gg.load(folder / "net.gg", state=folder / "net.gg")


WRONG = (
    ("dense(6", "dense(4", "hidden.W is 6x2 there and 4x2 here", "hidden.W es 6x2 allí y 4x2 aquí"),
    ("out", "last", "no value of last.W, only of hidden.W", "no tiene un valor de last.W, solo de"),
    ("act=tanh)", "act=tanh, bias=false)", "hidden.b, which is no parameter", "no es un parámetro"),
)


@pytest.mark.parametrize(("old", "new", "english", "spanish"), WRONG, ids=lambda w: str(w)[:12])
def test_a_state_of_another_network(
    folder: Path, old: str, new: str, english: str, spanish: str
) -> None:
    other = folder / "other.gg"
    other.write_text(NET.replace(old, new), "utf-8")
    for lang, said in (("en", english), ("es", spanish)):
        result = call("run", str(other), "--state", str(folder / "s.json"), lang=lang)
        assert result.exit_code == 2
        assert said in result.stderr
        assert "s.json" in result.stderr


def test_a_file_that_is_no_state(folder: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    cut = (folder / "s.json").read_text("utf-8")
    for text, said in (
        ("{}", "format is missing"),
        ("nothing", "no JSON"),
        (cut.replace("graphgrad-training/1", "graphgrad-trace/1"), "graphgrad-trace/1"),
        (cut.replace('"number": 120', '"number": -1'), "number"),
        (cut.replace('"hidden.b": [\n   6\n  ]', '"hidden.b": 6'), "hidden.b"),
        (cut.replace('"running": {}', '"running": []'), "running"),
        (cut.replace('"vector": [', '"vector": ["x", '), "vector"),
    ):
        bad.write_text(text, "utf-8")
        result = call("run", str(folder / "net.gg"), "--state", str(bad))
        assert result.exit_code == 3, result.output
        assert f"{bad} is no saved training" in result.stderr
        assert said in result.stderr
    assert call("run", str(folder / "net.gg"), "--state", str(tmp_path / "no.json")).exit_code == 4


# ---- what it says of rows ----


def test_predictions_of_the_rows_of_the_file(folder: Path) -> None:
    found = data(*trained(folder, "run", "--of", "z"))
    for row in found["rows"]:
        np.testing.assert_allclose(row["answer"], by_hand(folder, tuple(row["inputs"]["x"])))
    said = shown(*trained(folder, "run", "--of", "z"))
    assert "z is right on 36 of 36 rows: 100.0 %." in said


def test_predictions_of_new_rows_without_a_target(folder: Path) -> None:
    words = trained(folder, "run", "--rows", str(folder / "new.csv"))
    assert [row["class"] for row in data(*words)["rows"]] == ["oak", "elm", "fir"]
    assert shown(*words, lang="es").splitlines()[1].split()[-1] == "clase"


def test_new_rows_with_a_target_in_another_order_of_words(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text("x1;x2;kind\n0,8;2;fir\n0;0;elm\n", "utf-8")
    said = shown(*trained(folder, "run", "--rows", str(tmp_path / "more.csv")), lang="es")
    assert "z acierta en 1 de 2 filas: 50.0 %." in said


@pytest.mark.parametrize("read", ["x: 2, kind", "u, v, kind", "x1, x2, kind"])
@pytest.mark.parametrize("first", ["x1,x2", "x2,x1", "x2,note,x1", "kind,x2,x1"])
def test_columns_of_new_rows_are_found_by_name(
    folder: Path, tmp_path: Path, read: str, first: str
) -> None:
    text = NET.replace("x: 2, kind", read)
    if not read.startswith("x:"):
        names = read.removesuffix(", kind")
        text = text.replace("hidden(x)", f"hidden(stack({names}))")
    net = folder / "named.gg"
    net.write_text(text, "utf-8")
    cells = {"x1": "0.7", "x2": "2", "kind": "fir", "note": "7"}
    row = ",".join(cells[name] for name in first.split(","))
    (tmp_path / "new.csv").write_text(f"{first}\n{row}\n", "utf-8")
    words = ("run", str(net), "--state", str(folder / "s.json"), "--of", "z")
    [found] = data(*words, "--rows", str(tmp_path / "new.csv"))["rows"]
    assert found["class"] == "fir"
    np.testing.assert_allclose(found["answer"], by_hand(folder, (0.7, 2.0)), rtol=1e-12)


def test_a_class_that_training_never_saw_is_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text("x1,x2,kind\n0.8,2,fir\n0,0,pear\n1,1,pear\n", "utf-8")
    words = trained(folder, "run", "--rows", str(tmp_path / "more.csv"))
    said = " ".join(shown(*words).split())
    assert "kind is pear in 2 of 3 rows, a class that the data of the training never had" in said
    assert "kind es pear en 2 de 3 filas" in " ".join(shown(*words, lang="es").split())
    assert data(*words)["unseen"] == {"pear": 2}
    assert "unseen" not in data(*trained(folder, "run", "--of", "z"))


def test_rows_as_arrays_are_predicted_one_by_one(folder: Path, tmp_path: Path) -> None:
    text = NET.replace('data "points', 'data all "points').replace(
        "z = out(h)", "z = dropout(batch_norm(out(h)), 0.5)"
    )
    net = folder / "whole.gg"
    net.write_text(text, "utf-8")
    shown("train", str(net), "--save", str(tmp_path / "w.json"))
    words = ("run", str(net), "--state", str(tmp_path / "w.json"))
    rows = data(*words, "--of", "z")["rows"]
    assert len(rows) == 36
    whole = {n["name"]: n["value"] for n in data(*words)["nodes"]}["z"]
    np.testing.assert_allclose([row["answer"] for row in rows], whole, rtol=1e-12)
    assert len(data(*words, "--rows", str(folder / "new.csv"))["rows"]) == 3
    refused = call(*words, "--of", "L")
    assert refused.exit_code == 2
    assert "L has no entry for each of the 36 rows" in refused.stderr


def test_rows_that_do_not_fit(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "few.csv").write_text("x1,x2\n0\n", "utf-8")
    result = call(*trained(folder, "run", "--rows", str(tmp_path / "few.csv")))
    assert result.exit_code == 3
    assert "expected 2 (x: 2)" in result.stderr
    for first in ("x1", "a,b", "X2,x1", "x1,x1"):
        row = ",".join("0" for _ in first.split(","))
        (tmp_path / "other.csv").write_text(f"{first}\n{row}\n", "utf-8")
        refused = call(*trained(folder, "run", "--rows", str(tmp_path / "other.csv")))
        assert refused.exit_code == 3
        assert f"columns {first.replace(',', ', ')}: expected x1, x2," in refused.stderr
    assert call("run", "-e", "y = 2", "--of", "y").exit_code == 2
    refused = call(*trained(folder, "run", "--of", "z", "--row", "2"))
    assert refused.exit_code == 2
    assert "leave out --row 2" in refused.stderr


# ---- the plane of the inputs, a region for each class ----


def test_regions_are_where_the_entry_is_the_largest(folder: Path) -> None:
    found = data(*trained(folder, "inspect", "boundary"))
    shares = found["numbers"]
    assert sum(shares[f"share.{k}"] for k in range(3)) == pytest.approx(1)
    assert shares["right"] == 36
    words = ("oak", "elm", "fir")
    for row in found["tables"]["samples"]:
        assert row["class"] == words[int(by_hand(folder, (row["x1"], row["x2"])).argmax())]
    refused = call(*trained(folder, "inspect", "boundary", "level=1"))
    assert "an entry for each class" in refused.stderr


@pytest.mark.parametrize(("lang", "word"), [("en", "class"), ("es", "clase")])
def test_the_legend_names_the_classes(folder: Path, lang: str, word: str, tmp_path: Path) -> None:
    said = call(*trained(folder, "inspect", "boundary"), lang=lang).stdout
    assert [line.split()[-2:] for line in said.splitlines() if f" {word} oak" in line]
    net = str(folder / "net.gg")
    drawn = shown("train", net, "--boundary", "-", "--of", "z", lang=lang)
    assert drawn.splitlines()[-1].endswith(f"{word} fir")
    picture = tmp_path / "b.svg"
    shown("train", net, "--boundary", str(picture), lang=lang)
    assert f'data-series="{word} elm"' in picture.read_text("utf-8")


def test_train_and_the_lens_draw_the_same(folder: Path, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "train.svg", tmp_path / "lens.svg"
    shown("train", str(folder / "net.gg"), "--boundary", str(ours))
    shown(*trained(folder, "inspect", "boundary", "-o", str(theirs)))
    assert ours.read_bytes() == theirs.read_bytes()


def test_two_columns_of_numbers_taken_as_arrays_span_a_plane(tmp_path: Path) -> None:
    net = tmp_path / "net.gg"
    net.write_text(
        "data all u, v, y\n0 0 -1\n1 0 1\n0 1 1\n1 1 1\nparam a = 1\nparam b = 2\n"
        "s = a*u + b*v - 0.5\nloss L = hinge(s, y)\n",
        "utf-8",
    )
    found = data("inspect", str(net), "boundary")
    assert found["numbers"]["right"] == 4
    assert found["numbers"]["line.2"] == pytest.approx(2)


# ---- parts, several classes, targets of one entry ----

XOR = """\
data x: 2, y: 1
0 0 0
0 1 1
1 0 1
1 1 0
layer hidden = dense(3, act=tanh)
layer out = dense(1, act=sigmoid)
h = hidden(x)
yhat = out(h)
loss L = bce(yhat, y)
"""
SEVERAL = """\
data x: 2, y: 2
0 0 0 0
0 1 1 1
1 0 1 1
1 1 0 1
layer out = dense(2, act=sigmoid)
yhat = out(x)
loss L = bce(yhat, y)
"""


def test_rows_held_out_are_told_apart(folder: Path, tmp_path: Path) -> None:
    """By the recipe of the state, also where an option of `train` asked for them."""
    net, state = str(folder / "net.gg"), str(tmp_path / "v.json")
    trained_with = data("train", net, "--valid", "10", "--accuracy", "z", "--save", state)
    words = ("run", net, "--state", state, "--of", "z")
    found = data(*words)
    assert found["accuracy"] == trained_with["accuracy"]
    assert [count for _, count in found["accuracy"].values()] == [26, 10]
    assert [row["part"] for row in found["rows"]] == ["train"] * 26 + ["valid"] * 10
    for lang, said in (("en", "of 10 rows for validation"), ("es", "de 10 filas de validación")):
        assert said in call(*words, lang=lang).stdout


def test_rows_held_out_by_the_line_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "x.gg").write_text(XOR + "train gd, valid=0.25\n", "utf-8")
    found = data("run", str(tmp_path / "x.gg"), "--of", "yhat")
    assert [row["part"] for row in found["rows"]] == ["train"] * 3 + ["valid"]


def test_a_target_of_one_entry_is_a_number(tmp_path: Path) -> None:
    (tmp_path / "x.gg").write_text(XOR, "utf-8")
    (tmp_path / "n.gg").write_text(XOR.replace("y: 1", "y"), "utf-8")
    files = [str(tmp_path / name) for name in ("x.gg", "n.gg")]
    one, plain = (data("run", file, "--of", "yhat") for file in files)
    assert one["accuracy"] == plain["accuracy"]
    assert [row["class"] for row in one["rows"]] == [row["class"] for row in plain["rows"]]
    one, plain = (data("inspect", file, "boundary")["numbers"] for file in files)
    assert one["right"] == plain["right"]


def test_a_line_that_the_loss_does_not_compare(tmp_path: Path) -> None:
    (tmp_path / "x.gg").write_text(XOR, "utf-8")
    file = str(tmp_path / "x.gg")
    for lang, said in (("en", "that is yhat."), ("es", "eso es yhat.")):
        assert said in call("train", file, "--accuracy", "h", lang=lang).stdout
    assert data("train", file, "--accuracy", "h")["compared"] == "yhat"
    assert "Note" not in shown("train", file, "--accuracy", "yhat")


def test_several_classes_of_a_row_are_judged_each(tmp_path: Path) -> None:
    (tmp_path / "m.gg").write_text(SEVERAL, "utf-8")
    file = str(tmp_path / "m.gg")
    found = data("run", file, "--of", "yhat")
    by_hand = sum(
        [entry > 0.5 for entry in row["answer"]] == [entry > 0 for entry in row["inputs"]["y"]]
        for row in found["rows"]
    )
    assert found["accuracy"] == {"train": [by_hand, 4]}
    for lang, said in (("en", "several entries of 0 and 1"), ("es", "varios elementos 0 y 1")):
        assert said in call("run", file, "--of", "yhat", lang=lang).stdout
        assert said in call("train", file, "--accuracy", "yhat", lang=lang).stdout
