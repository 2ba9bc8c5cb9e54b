"""Two runs or two graphs side by side: what differs is marked, and by how much it is told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from graphgrad.autodiff.record import record
from graphgrad.cli.program import main, program
from graphgrad.source.gg import load, read_gg
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.scene.compare import Pair, Side, compared
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.svg.svg import svg_of

from .overlaps import overlaps_of
from .reading import ROOT, picture_of

REGRESSION = ROOT / "samples" / "linear_regression.gg"
SKIP = "input X = 1\nparam w1 = 2\nparam w2 = 3\nz1 = w1*X\nz2 = w2*(z1 + X)"
PLAIN = "input X = 1\nparam w1 = 2\nparam w2 = 3\nz1 = w1*X\nz2 = w2*z1"


def both(first: Any, second: Any, **options: Any) -> Scene:
    return both_of(record(first), record(second), **options)


def both_of(first: Any, second: Any, **options: Any) -> Scene:
    return compared(Pair(Side("first", first), Side("second", second)), SceneOptions(**options))


def marks(scene: Scene) -> dict[str, str]:
    return {f"{box.id[0]}:{box.name}": box.mark for box in scene.boxes if box.mark}


def command(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(program, ["render", *arguments])
    return result.exit_code, result.output


def test_with_and_without_a_skip() -> None:
    scene = both(read_gg(SKIP), read_gg(PLAIN))
    assert marks(scene) == dict.fromkeys(("a:z2", "b:z2"), "differs")
    boxes = {box.id: box.name for box in scene.boxes}
    only = [(boxes[e.source], boxes[e.target]) for e in scene.edges if e.mark == "only"]
    assert only == [("X", "z2")]
    told = [t.tex for box in scene.boxes if box.id[0] == "b" for t in box.texts]
    assert any(tex.startswith(r"\Delta =") and tex.endswith("{-3}") for tex in told)


def test_a_line_that_one_graph_has_alone_is_marked() -> None:
    scene = both(read_gg("input x = 1\ny = x^2"), read_gg("input x = 1\nu = 2*x\ny = x^2"))
    assert marks(scene)["b:u"] == "only"


def test_the_same_run_twice_has_no_marks_and_says_so() -> None:
    scene = both(load(REGRESSION), load(REGRESSION))
    assert marks(scene) == {}
    assert [entry.sample for entry in scene.legend] == ["words"]


@pytest.mark.parametrize("options", [{}, {"fit": "beamer169"}, {"style": "neurons"}])
def test_halves_do_not_overlap_and_marks_survive_folding(options: dict[str, Any]) -> None:
    moved = load(REGRESSION)
    pair = Pair(Side("a", record(moved)), Side("b", record(moved, {"w": 3})))
    scene = compared(pair, SceneOptions(**options))
    assert any(mark == "differs" for mark in marks(scene).values())
    first = [box.rect for box in scene.boxes if box.id.startswith("a")]
    second = [box.rect for box in scene.boxes if box.id.startswith("b")]
    assert not any(a.overlaps(b) for a in first for b in second)
    if not options:
        assert overlaps_of(picture_of(scene)) == []


def test_colours_mean_the_same_on_both_sides() -> None:
    graph = load(ROOT / "tests" / "data" / "figures" / "xor_mlp.gg")
    pair = Pair(Side("a", record(graph)), Side("b", record(graph, {"v1": 6})))
    scene = compared(pair, SceneOptions(style="neurons"))
    levels = {(edge.id[0], edge.weight[0]): edge.level for edge in scene.edges if edge.weight}
    assert levels["b", "v1"] == 1.0
    assert levels["a", "v1"] == pytest.approx((1.2 / 6) ** 0.5)


def test_steps_of_both_run_together() -> None:
    scene = both(read_gg(SKIP), read_gg(PLAIN))
    assert scene.last_step == len(scene.acts) - 1
    assert any("a" in {i[0] for i in act} and "b" in {i[0] for i in act} for act in scene.acts)
    frame = svg_of(scene, step=1).decode()
    assert frame.count('class="node computation current"') == 2


# ---- the command ----


@pytest.mark.parametrize(
    ("sides", "marked"),
    [
        ((".", "w=3"), "w"),
        ((".", "step:0.01"), "w"),
        ((".", "paso:0.01"), "w"),
        (("w=3; b=0", "w=4"), "b"),
    ],
)
def test_two_runs_of_one_file(tmp_path: Path, sides: tuple[str, str], marked: str) -> None:
    out = tmp_path / "out.svg"
    assert command(str(REGRESSION), "--compare", *sides, "-o", str(out))[0] == 0
    found = re.findall(r'data-node="(\w+)"[^>]*data-mark="differs"', out.read_text("utf-8"))
    assert found.count(marked) == 2


def test_a_step_of_descent_is_that_of_the_gradients(tmp_path: Path) -> None:
    out = tmp_path / "out.svg"
    assert command(str(REGRESSION), "--compare", ".", "step:0.01", "-o", str(out))[0] == 0
    values = re.findall(r'data-node="w"[^>]*data-value="([^"]+)"', out.read_text("utf-8"))
    assert [float(v) for v in values] == pytest.approx([2.0, 2.12])


def test_hand_and_machine(tmp_path: Path) -> None:
    sheet, out = tmp_path / "hand.txt", tmp_path / "out.svg"
    sheet.write_text("z = 6\nyhat = 7\ndL/dw = -11\ndL/db = -4\ndL/dz = -4\n", "utf-8")
    assert command(str(REGRESSION), "--compare", ".", str(sheet), "-o", str(out))[0] == 0
    written = out.read_text("utf-8")
    assert re.findall(r'data-node="(\w+)"[^>]*data-mark="differs"', written) == ["w", "w"]
    adjoints = re.findall(r'data-node="w"[^>]*data-adjoint="([^"]+)"', written)
    assert [float(value) for value in adjoints] == [-12.0, -11.0]


def test_two_files_without_a_third(tmp_path: Path) -> None:
    one, other, out = (tmp_path / name for name in ("a.gg", "b.gg", "out.svg"))
    one.write_text(SKIP, "utf-8")
    other.write_text(PLAIN, "utf-8")
    assert command("--compare", str(one), str(other), "-o", str(out))[0] == 0
    assert 'data-mark="only"' in out.read_text("utf-8")


def test_what_is_no_side_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.svg"
    for lang, word in (("en", "answer sheet"), ("es", "hoja de respuestas")):
        arguments = ["--lang", lang, "render", str(REGRESSION), "-o", str(out)]
        with pytest.raises(SystemExit) as stopped:
            main([*arguments, "--compare", ".", "nonsense"])
        assert stopped.value.code == 2
        assert word in capsys.readouterr().err
    assert not out.exists()


def test_dot_source_has_no_comparison(tmp_path: Path) -> None:
    code, told = command(str(REGRESSION), "--compare", ".", "w=3", "-o", str(tmp_path / "o.dot"))
    assert code == 2
    assert "--compare" in told


@pytest.mark.parametrize("ending", ["html", "pdf", "pptx", "tex", "png"])
def test_every_format_shows_both(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"out.{ending}"
    assert command(str(REGRESSION), "--compare", ".", "w=3", "-o", str(out))[0] == 0
    assert out.stat().st_size > 1000


STEPPED = """\
input x = [1.5, -2]
input y = 1
param w = [0.8, 0.3]
param b = 0.1
[neuron]
z = w @ x + b
a = sigmoid(z)
[cost]
loss L = (a - y)^2/2
"""


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_step_shows_what_it_changed_and_is_titled_in_words(
    tmp_path: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "neuron.gg", tmp_path / "out.svg"
    file.write_text(STEPPED, "utf-8")
    sides = ["--compare", ".", "step:0.5", "--fit", "beamer169"]
    with pytest.raises(SystemExit) as stopped:
        main(["--lang", lang, "render", str(file), *sides, "-o", str(out)])
    assert stopped.value.code == 0
    written = out.read_text("utf-8")
    marked = re.findall(r'data-node="(\w+)"[^>]*data-mark="differs"', written)
    assert sorted({*marked}) == ["L", "a", "b", "w", "z"]
    titles = {"en": ("before", "after one step, rate 0.5"), "es": ("antes", "después de un paso")}
    assert all(title in written for title in titles[lang])
    said = capsys.readouterr()
    assert {*re.findall(r"--collapse ([^,.]+)", said.out + said.err)} <= {"neuron", "cost", "none"}


def test_a_step_backwards_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out.svg"
    for rate in ("-0.5", "0"):
        arguments = [str(REGRESSION), "--compare", ".", f"step:{rate}", "-o", str(out)]
        with pytest.raises(SystemExit) as stopped:
            main(["render", *arguments])
        assert (stopped.value.code, out.exists()) == (2, False)


@pytest.mark.parametrize("options", [{}, {"fit": "beamer169"}, {"detail": "layer"}])
def test_what_is_compared_stands_in_the_same_places_in_the_same_size(options: Any) -> None:
    text = "input x = [1, 2]\nlayer h = dense(3, act=tanh, draw={})\nz = h(x)\nloss L = sum(z^2)"
    scene = both(read_gg(text.format(1)), read_gg(text.format(2)), **options)
    sides: dict[str, dict[str, Any]] = {"a": {}, "b": {}}
    for box in scene.boxes:
        sides[box.id[0]][box.name] = box.rect
    assert sides["a"].keys() == sides["b"].keys()
    moved = set()
    for name, rect in sides["a"].items():
        other = sides["b"][name]
        assert (rect.width, rect.height) == pytest.approx((other.width, other.height))
        moved.add((round(other.left - rect.left), round(other.top - rect.top)))
    assert len(moved) == 1


def test_a_closed_layer_tells_by_how_much_its_result_differs() -> None:
    text = "input x = 1\nlayer h = dense(1, draw={})\nz = h([x])\nloss L = sum(z^2)"
    graphs = read_gg(text.format(1)), read_gg(text.format(2))
    scene = both(*graphs, detail="layer")
    found = next(box for box in scene.boxes if box.id[0] == "b" and box.name == "z")
    change = record(graphs[1]).value("z") - record(graphs[0]).value("z")
    told = [t.tex for t in found.texts if t.kind == "value" and t.tex.startswith(r"\Delta =")]
    assert len(told) == 1
    assert f"{abs(float(change[0])):.3f}"[:4] in told[0]


NETWORK = """\
input x = [0, 1]
input t = 1
h = dense(x, 2, act=tanh)
y = dense(h, 1, act=sigmoid)
loss L = bce(y, t)
"""


def test_a_network_that_is_compared_on_a_slide_is_folded_to_its_layers() -> None:
    graph = read_gg(NETWORK)
    pair = record(graph), record(graph, {"h.b": [0.5, -1.0]})
    scene = both_of(*pair, fit="beamer169")
    assert scene.smallest * scene.scale >= 10
    assert marks(scene)["b:h"] == "differs"
    assert "Different inside h: h.b." in scene.notes
    told = {box.name: [t.tex for t in box.texts] for box in scene.boxes if box.id[0] == "b"}
    assert any("Delta" in tex for name in ("h", "y", "L") for tex in told[name])


def test_a_loss_that_is_closed_already_keeps_its_numbers_on_a_slide() -> None:
    graph = read_gg(NETWORK)
    pair = record(graph), record(graph, {"h.b": [0.5, -1.0]})
    for scene in (
        both_of(*pair, fit="beamer169", detail="layer"),
        scene_of(pair[0], SceneOptions(fit="300x100", detail="layer")),
    ):
        losses = [box for box in scene.boxes if box.name == "L"]
        assert all(any(t.kind == "value" for t in box.texts) for box in losses)


def test_captions_name_their_side() -> None:
    scene = both_of(record(load(REGRESSION)), record(load(REGRESSION), {"w": 3}))
    apart = [told for told in scene.captions if "first: " in told]
    assert apart
    assert all(told.count("first: ") == told.count("second: ") == 1 for told in apart)


def test_arrows_end_at_the_line_round_what_differs() -> None:
    scene = both_of(record(load(REGRESSION)), record(load(REGRESSION), {"w": 3}), fit="beamer169")
    marked = {box.id: box.rect for box in scene.boxes if box.mark}
    for edge in scene.edges:
        if edge.target in marked:
            x, y = edge.curve[-1]
            rect = marked[edge.target]
            beyond = max(rect.left - x, x - rect.right, rect.top - y, y - rect.bottom)
            assert 2.0 < beyond < 6.0
