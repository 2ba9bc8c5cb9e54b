"""Styles, worksheets, highlighted paths, folding, pages, notations."""

from __future__ import annotations

import re
from math import exp, floor
from pathlib import Path
from xml.etree import ElementTree

import pytest

from graphgrad.autodiff.record import record
from graphgrad.errors import UsageError
from graphgrad.source.gg import load, read_gg
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.known_at import frame_of
from graphgrad.views.figure.content.scene_options import SceneOptions, Style, blanked_parts
from graphgrad.views.figure.decks.png_pdf import png_of
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.in_words import value_table
from graphgrad.views.figure.scene.notation import PROFILES
from graphgrad.views.figure.scene.pages import LEAST_PIXELS
from graphgrad.views.figure.scene.proposed_style import warned
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.svg.svg import svg_of
from graphgrad.views.figure.writers import draw

from .reading import ROOT, SVG, picture_of, sample, sample_scene, texts_of, traced

PAGES = {"beamer169": (453.54, 255.12), "beamer43": (362.83, 272.13), "pptx": (960.0, 540.0)}


def named(scene: Scene) -> dict[str, str]:
    return {box.name: box.texts[0].tex for box in scene.boxes}


# ---- styles ----


def test_wire_style_has_the_value_above_and_the_adjoint_below_each_wire() -> None:
    scene = scene_of(sample("linear_regression"), SceneOptions(style="wire"))
    for edge in scene.edges:
        assert edge.label is not None
        middle = edge.label.centre.y
        kinds = {text.kind: text for text in edge.texts}
        assert kinds["value"].rect.bottom < middle < kinds["adjoint"].rect.top
    shapes = {box.shape for box in scene.boxes}
    assert shapes == {"circle", "bare"}


def test_wire_style_brings_contributions_back_along_shared_wires() -> None:
    trace = traced("input x = 3; a = x*2; b = x*5; L = a + b")
    scene = scene_of(trace, SceneOptions(style="wire"))
    back = [
        text.tex
        for edge in scene.edges
        if edge.source == "n0"
        for text in edge.texts
        if text.kind == "adjoint"
    ]
    assert sorted(back) == ["2", "5"]


def test_operator_style_draws_operations_as_circles() -> None:
    picture = picture_of(scene_of(sample("linear_regression"), SceneOptions(style="operator")))
    shapes = {n: picture.node(n).get("data-shape") for n in ("z", "yhat", "e", "L", "w", "x")}
    assert {shapes[n] for n in ("z", "yhat", "e", "L")} == {"circle"}
    assert shapes["w"] == "double"
    assert shapes["x"] == "pill"


def test_detail_op_opens_a_line() -> None:
    trace = traced("input x = 2; param w = 3; L = (w*x - 1)^2")
    assert len(scene_of(trace).boxes) == 3
    assert len(scene_of(trace, SceneOptions(detail="op")).boxes) > 4


# ---- worksheets ----


def test_blanks_are_numbered_boxes_without_their_numbers() -> None:
    options = SceneOptions(blank=("adjoints", "partials"))
    scene = scene_of(sample("linear_regression"), options)
    assert [blank.number for blank in scene.blanks] == list(range(1, 16))
    assert {blank.answer for blank in scene.blanks} >= {"-12.0", "3.0"}
    svg = svg_of(scene)
    assert b"-12" not in b"".join(part.split(b"<")[0] for part in svg.split(b">")[1:])
    picture = picture_of(scene)
    assert picture.node("w").get("data-adjoint") is None
    assert picture.node("w").get("data-value") == "2.0"
    drawn = [g for g in picture.root.iter(f"{SVG}g") if g.get("class") == "blank"]
    assert [g.get("data-blank") for g in drawn] == [str(n) for n in range(1, 16)]
    assert all(row.adjoint == "" for row in value_table(scene, frame_of(scene)))


def test_the_sum_of_a_shared_parameter_is_not_told_where_it_is_blank() -> None:
    scene = scene_of(sample("shared_weights"), SceneOptions(blank=("adjoints",)))
    texts = [t.tex for b in scene.boxes for t in b.texts if t.kind == "adjoint"]
    assert all(tex.endswith("=") and "+" not in tex for tex in texts)


@pytest.mark.parametrize("style", ["formula", "operator", "wire"])
def test_what_is_given_is_not_blank(style: Style) -> None:
    trace = sample("linear_regression")
    options = SceneOptions(style=style, blank=("values", "adjoints", "partials"))
    scene = scene_of(trace, options)
    roles = {box.id: box.role for box in scene.boxes}
    sources = {edge.id: edge.source for edge in scene.edges}
    blank = {roles[sources.get(b.owner, b.owner)] for b in scene.blanks if b.kind == "value"}
    assert blank == {"computation", "loss"}
    given = {row.name: row.value for row in value_table(scene, frame_of(scene))}
    assert (given["w"], given["x"], given["L"]) == ("2", "3", "")


@pytest.mark.parametrize("brief", [1, 2, 3])
def test_no_derivative_gives_a_blank_value_away(brief: int) -> None:
    trace = traced("input x = 3; param w = 0.7; z = w*x; L = exp(z) + x")
    scene = scene_of(trace, SceneOptions(blank=("values",), brief=brief))
    rows = [t.tex for e in scene.edges for t in e.texts if t.kind == "partial"]
    assert not any(str(number) in tex for tex in rows for number in (8.166, "0.7", "= 3"))
    assert ("e^{z}" in "".join(rows)) == (brief == 1)
    blanks = {(blank.kind, blank.answer) for blank in scene.blanks}
    assert ("partial", repr(exp(0.7 * 3))) in blanks or brief == 1
    assert sum("= 1" in tex for tex in rows) == (brief < 3) * 1, rows


def test_what_can_be_blank_is_checked() -> None:
    assert blanked_parts("partials, adjoints") == ("adjoints", "partials")
    with pytest.raises(UsageError, match="values, adjoints"):
        blanked_parts("everything")


# ---- what is shown ----


def test_contributions_on_request() -> None:
    show = ("values", "adjoints", "contributions")
    scene = scene_of(sample("linear_regression"), SceneOptions(show=show))
    edge = next(e for e in scene.edges if e.contribution == "-12.0")
    assert edge.texts[0].tex == (
        r"\partial L/\partial z \cdot \frac{\partial z}{\partial w} = {-12}"
    )


def test_a_graph_without_a_trace_shows_symbols_alone() -> None:
    scene = scene_of(sample("linear_regression").graph)
    assert not any(box.value or box.adjoint for box in scene.boxes)
    assert any(text.kind == "partial" for edge in scene.edges for text in edge.texts)
    assert scene.last_step == 0


def test_only_what_matters_for_a_derivative() -> None:
    scene = scene_of(sample("xor_sigmoid"), SceneOptions(wrt=("w_2_1",)))
    assert "w_1_22" not in {box.name for box in scene.boxes}


def test_a_highlighted_path_dims_the_rest() -> None:
    options = SceneOptions(path=("w1", "z1", "yhat"))
    scene = scene_of(sample("shared_weights"), options)
    dimmed = {box.name for box in scene.boxes if box.dimmed}
    assert dimmed == {"X", "w2"}
    with pytest.raises(UsageError, match="nothere"):
        scene_of(sample("shared_weights"), SceneOptions(path=("nothere",)))


def test_a_legend_explains_roles_and_lines() -> None:
    scene = scene_of(sample("linear_regression"), SceneOptions(legend=True))
    samples = [entry.sample for entry in scene.legend]
    assert samples[:4] == ["input", "parameter", "computation", "loss"]
    assert samples[-2:] == ["forward", "backward"]
    lowest = max(box.rect.bottom for box in scene.boxes)
    assert all(lowest < e.rect.top and e.text.rect.right <= scene.width for e in scene.legend)


def test_trouble_is_drawn_and_marked() -> None:
    scene = scene_of(traced("input x = -1; y = log(x); z = y + 1"))
    box = next(box for box in scene.boxes if box.name == "y")
    assert box.trouble
    assert any(text.kind == "trouble" for text in box.texts)
    assert "outside the domain" in (ElementTree.fromstring(svg_of(scene))[1].text or "")


# ---- folding ----


def test_repeated_lines_fold_with_the_last_value_kept() -> None:
    scene = scene_of(sample("vanishing_gradient_10"), SceneOptions(collapse="repeats"))
    fold = next(box for box in scene.boxes if box.role == "folded")
    assert r"\times 7" in fold.texts[0].tex
    assert any(text.tex.startswith("h_{9} =") for text in fold.texts)
    assert "Folded: h[3] … h[9] (7 lines)." in scene.notes


def test_a_group_folds_into_one_box_that_keeps_what_others_read() -> None:
    scene = scene_of(sample("xor_sigmoid"), SceneOptions(collapse="oculta"))
    fold = next(box for box in scene.boxes if box.role == "folded")
    values = [text.tex for text in fold.texts if text.kind == "value"]
    assert values == ["h_{1} = 0.7756", "h_{2} = 0.8348"]
    assert "w_1_11" not in {box.name for box in scene.boxes}
    for step in range(scene.last_step + 1):
        svg_of(scene, step=step)


WOVEN = """
input x = 1
[a]
p = exp(x)
[b]
r = sin(p)
[a]
q = cos(r)
[b]
s = tanh(q)
[c]
u = s^2
v = 3*u
[]
y = v + 1
"""


@pytest.mark.parametrize("layout", ["auto", "dot", "columns", "time", "chain"])
@pytest.mark.parametrize(
    "how",
    [{"detail": "layer"}, {"collapse": "a,b,c"}, {"collapse": "depth:0"}, {"collapse": "a,c"}],
)
def test_a_group_that_is_left_and_entered_again_stays_open(layout, how) -> None:
    scene = scene_of(record(read_gg(WOVEN)), SceneOptions(layout=layout, **how))
    assert sorted(box.name for box in scene.boxes) == ["c", "p", "q", "r", "s", "x", "y"]
    left = "a" if how == {"collapse": "a,c"} else "a, b"
    assert any(note.startswith(f"Left open: {left};") for note in scene.notes)


def test_of_groups_that_only_together_go_round_one_is_folded() -> None:
    text = (
        "input x = 1\n[a]\np = exp(x)\n[b]\nr = sin(x)\ns = cos(p)\n[a]\nq = r^2\n[]\ny = q + s\n"
    )
    scene = scene_of(record(read_gg(text)), SceneOptions(collapse="a,b"))
    assert sorted(box.name for box in scene.boxes) == ["a", "r", "s", "x", "y"]
    assert any(note.startswith("Left open: b;") for note in scene.notes)


def test_groups_fold_by_depth() -> None:
    text = "input x = 1; [a.b]; p = x + 1; q = p*2; [a.c]; r = q + 1; s = r*2; []; L = s^2"
    flat = scene_of(traced(text), SceneOptions(collapse="depth:0"))
    assert [b.name for b in flat.boxes if b.role == "folded"] == ["a"]
    inner = scene_of(traced(text), SceneOptions(collapse="depth:1"))
    assert [b.name for b in inner.boxes if b.role == "folded"] == ["b", "c"]
    with pytest.raises(UsageError, match=r"a\.b"):
        scene_of(traced(text), SceneOptions(collapse="nothere"))


def test_a_long_graph_folds_to_a_readable_picture() -> None:
    lines = ["input x = 0.5", "h0 = tanh(x)"]
    lines += [f"h{n} = {'sin' if n % 3 else 'tanh'}(h{n - 1} + x)" for n in range(1, 300)]
    scene = scene_of(traced("; ".join(lines)))
    assert len(scene.boxes) <= 60
    assert scene.notes


# ---- pages ----


@pytest.mark.parametrize("page", list(PAGES))
@pytest.mark.parametrize(
    "name",
    [
        "linear_regression",
        pytest.param("xor_sigmoid", marks=pytest.mark.slow),
        pytest.param("mlp_vectorized", marks=pytest.mark.slow),
    ],
)
def test_a_page_has_its_size_and_letters_that_can_be_read(name: str, page: str) -> None:
    scene = scene_of(sample(name), SceneOptions(fit=page))
    root = picture_of(scene).root
    size = tuple(float((root.get(key) or "").removesuffix("pt")) for key in ("width", "height"))
    assert size == pytest.approx(PAGES[page], abs=0.02)
    pixels = scene.smallest * 1080 / scene.height
    assert pixels >= LEAST_PIXELS or any("too small" in note for note in scene.notes)


def test_a_free_page_and_a_page_that_is_none() -> None:
    scene = scene_of(sample("linear_regression"), SceneOptions(fit="640x360"))
    assert scene.width * scene.scale == pytest.approx(640)
    with pytest.raises(UsageError, match="beamer169"):
        scene_of(sample("linear_regression"), SceneOptions(fit="letter"))


def test_small_letters_at_full_hd_are_told() -> None:
    assert sample_scene("linear_regression").notes == ()
    assert "under 24" in sample_scene("vanishing_gradient_10").notes[-1]


def test_a_deck_tells_small_letters_as_a_picture_does(tmp_path: Path) -> None:
    """What was not fitted shrinks into the body of a slide: there its letters are measured."""
    trace, said = traced("input x1 = 1\ninput x2 = 2\nq = exp(x1*x2)\ny = q^2 + x1"), {}
    for name, ending in (("png", "png"), ("reveal", "html"), ("beamer", "tex")):
        scene = draw(trace, tmp_path / f"deck.{ending}", SceneOptions(), name=name)
        said[name] = [note for note in scene.notes if "smallest letters" in note]
    points = scene.smallest * min(430.0 / scene.width, 181.0 / scene.height, 1.0)
    texts = [text for part in (*scene.boxes, *scene.edges) for text in part.texts]
    inner = min(mark.size for text in texts for mark in text.ink.marks)
    inner *= points / scene.smallest
    assert inner < points, "an index"
    told = f"letters are {floor(points * 10) / 10:g} pt ({floor(inner * 10) / 10:g} in indices"
    assert told in said["beamer"][0]
    assert [len(notes) for notes in said.values()] == [0, 0, 1]
    fitted = draw(trace, tmp_path / "fit.tex", SceneOptions(fit="beamer169"), name="beamer")
    small = fitted.smallest * fitted.scale < 10.0
    assert small == any("too small" in note for note in fitted.notes)


SHARED = (
    "input x1 = 1; input x2 = 2; input t = 1; param w = 0.5; param b = -0.2\n[hidden]\n"
    "h1 = sigmoid(w*x1 + b); h2 = sigmoid(w*x2 + b)\n[out]\n"
    "y = w*h1 + h2; loss L = 1/2*(y - t)^2"
)


def test_what_a_fold_hides_is_named_and_what_two_share_is_drawn() -> None:
    scene = scene_of(traced(SHARED), SceneOptions(collapse="hidden,out"))
    drawn = {box.name for box in scene.boxes}
    folds = [note for note in scene.notes if "Folded" in note]
    told = {name for note in folds for name in re.findall(r"\w+", note.partition("drawn: ")[2])}
    assert told == {"y"}
    assert drawn == {"x1", "x2", "t", "w", "hidden", "out"}
    assert "b, sigmoid" in next(box.words for box in scene.boxes if box.name == "hidden")


@pytest.mark.slow
@pytest.mark.parametrize("page", ["beamer169", "beamer169-body"])
def test_labels_are_left_out_before_groups_are_folded(page: str) -> None:
    scene = scene_of(traced(SHARED), SceneOptions(fit=page))
    assert not any("Folded" in note for note in scene.notes)
    least = 7.0 if page.endswith("body") else 10.0
    assert scene.smallest * scene.scale >= least


def test_sums_are_the_first_to_go() -> None:
    full = scene_of(traced(SHARED))
    brief = scene_of(traced(SHARED), SceneOptions(brief=1))
    for scene, summed in ((full, True), (brief, False)):
        texts = [t.tex for box in scene.boxes if box.name == "w" for t in box.texts]
        assert ("+" in "".join(texts)) == summed
    assert [e.texts and e.texts[0].tex for e in full.edges] == [
        e.texts and e.texts[0].tex for e in brief.edges
    ]


def test_a_page_is_advised_and_a_page_says_what_it_folds() -> None:
    assert "--fit" in scene_of(traced(SHARED)).warnings[-1]
    assert "--fit" in sample_scene("xor_sigmoid").warnings[-1]
    folded = scene_of(sample("xor_sigmoid"), SceneOptions(fit="beamer169"))
    assert any("Folded" in note for note in folded.notes)


def test_letters_a_little_too_small_are_not_called_24_px() -> None:
    scene = scene_of(traced("input x = 1; L = x"))._replace(width=1920.0, smallest=23.96)
    told = warned(scene._replace(height=1080.0), SceneOptions()).warnings
    assert "would be 23.9 px" in told[0]


# ---- notation ----


@pytest.mark.parametrize("profile", list(PROFILES))
def test_a_notation_renames_and_changes_no_number(profile: str) -> None:
    trace: Trace = sample("linear_regression")
    scene = scene_of(trace, SceneOptions(notation=profile))
    plain = sample_scene("linear_regression")
    for box, other in zip(scene.boxes, plain.boxes, strict=True):
        assert (box.name, box.value, box.adjoint) == (other.name, other.value, other.adjoint)
    assert len(set(named(scene).values())) == len(scene.boxes)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_notation_takes_no_letter_that_a_line_keeps(profile: str) -> None:
    trace = traced(
        "input x1 = 1; input x2 = 2; input t = 1; param w = 0.5; param b = -0.2; "
        "h1 = sigmoid(w*x1 + b); h2 = sigmoid(w*x2 + b); y = w*h1 + h2; loss L = 1/2*(y - t)^2"
    )
    scene = scene_of(trace, SceneOptions(notation=profile))
    letters = {name: tex.partition(" =")[0] for name, tex in named(scene).items()}
    assert len(set(letters.values())) == len(letters), letters
    assert letters["t"] == "t"
    own_letter_kept = any("taken" in note and " t" in note for note in scene.notes)
    assert own_letter_kept == (profile != "upv")


def test_a_name_kept_for_one_line_is_taken_for_the_next() -> None:
    trace = traced("input x_1 = 1; input y = 2; param t = 3; input i_1 = 4; L = x_1*i_1 - y*t")
    scene = scene_of(trace, SceneOptions(notation="upv"))
    letters = [name.partition(" =")[0] for name in named(scene).values()]
    assert len(set(letters)) == len(letters), letters
    assert any("y, i_1" in note for note in scene.notes)


def test_notations_of_the_courses() -> None:
    def of(profile: str) -> dict[str, str]:
        return named(scene_of(sample("xor_sigmoid"), SceneOptions(notation=profile)))

    oviedo, upv, uba = of("oviedo"), of("upv"), of("uba")
    assert oviedo["w_1_12"] == "w^{(1)}_{12}"
    assert upv["w_1_12"] == r"\theta^{1}_{21}"
    assert upv["y"] == "t"
    assert uba["L"].startswith("J =")
    with pytest.raises(UsageError, match="oviedo"):
        of("harvard")


def test_an_error_of_opposite_sign_stands_beside_the_adjoint() -> None:
    def rows(profile: str) -> dict[str, list[str]]:
        scene = scene_of(sample("xor_sigmoid"), SceneOptions(notation=profile))
        return {b.name: [t.tex for t in b.texts if t.kind == "adjoint"] for b in scene.boxes}

    upv = rows("upv")
    assert upv["z"] == [
        r"\partial q/\partial \phi = 0.6568",
        r"\delta = {-}\partial q/\partial \phi = {-0.6568}",
    ]
    assert all(len(found) == 1 for name, found in upv.items() if name != "z")
    assert all(len(found) == 1 for found in rows("graphgrad").values())
    plain = sample_scene("xor_sigmoid")
    scene = scene_of(sample("xor_sigmoid"), SceneOptions(notation="upv"))
    assert [box.adjoint for box in scene.boxes] == [box.adjoint for box in plain.boxes]


# ---- pictures ----


@pytest.mark.parametrize("style", ["formula", "operator", "wire"])
def test_every_style_becomes_a_picture_at_every_step(style: str) -> None:
    scene = scene_of(sample("bce_sigmoid"), SceneOptions(style=style))  # type: ignore[arg-type]
    for step in (0, scene.last_step // 2, scene.last_step):
        assert png_of(svg_of(scene, step=step), scale=0.5).startswith(b"\x89PNG")
    assert texts_of(picture_of(scene).node("L"), "name")


def test_an_edge_says_neither_the_seed_nor_what_it_cancels() -> None:
    scene = sample_scene("matrix_gradient")
    edge = next(e for e in scene.edges if "E uses" not in e.words and "L uses" in e.words)
    assert [text.tex for text in edge.texts if text.kind == "partial"] == ["E"]


def test_wires_are_proposed_for_circuits_of_numbers_and_not_drawn() -> None:
    circuit = record(load(ROOT / "tests" / "data" / "figures" / "circuit.gg"))
    scene = scene_of(circuit)
    assert any("--style wire" in note for note in scene.warnings)
    assert {box.shape for box in scene.boxes} == {"pill", "rounded"}
    for style in ("operator", "wire"):
        assert not any(
            "--style wire" in note for note in scene_of(circuit, SceneOptions(style=style)).notes
        )
    for name in ("linear_regression", "mlp_vectorized", "quartic"):
        notes = scene_of(record(load(ROOT / "samples" / f"{name}.gg"))).notes
        assert not any("--style wire" in note for note in notes)


# ---- the subject ----

RECURRENT = """\
input x = [0.5, -1, 0.3, 0.8]
param w = 0.7
param u = 0.5
param b = 0.1
const h[0] = 0
for t = 1:4
  h[t] = tanh(w*x[t] + u*h[t-1] + b)
end
loss L = (h[4] - 0.4)^2
"""
RESIDUAL = """\
input x = [1, -0.5, 2]
layer block = resnet_block()
y = block(x)
loss L = mean(y^2)
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [(RECURRENT, {"h[1]", "h[2]", "h[3]", "h[4]"}), (RESIDUAL, {"y.s", "y.r", "y"})],
    ids=["time steps", "one line"],
)
def test_a_page_keeps_what_a_graph_is_about_and_gives_up_adjoints_first(
    text: str, wanted: set[str]
) -> None:
    scene = scene_of(record(read_gg(text)), SceneOptions(fit="beamer169"))
    assert scene.smallest * scene.scale >= 10.0
    assert wanted <= {box.name for box in scene.boxes}
    adjoints = any(t.kind == "adjoint" for box in scene.boxes for t in box.texts)
    assert adjoints != any("the adjoints in the boxes" in note for note in scene.notes)


def test_a_fold_for_a_page_says_how_to_undo_it() -> None:
    lines = "\n".join(f"h{k} = tanh(w{k}*h{k - 1})" for k in range(1, 41))
    given = "".join(f"param w{k} = 0.9\n" for k in range(1, 41))
    graph = read_gg(f"input h0 = 0.3\n{given}{lines}\nloss L = h40^2")
    for language in ("en", "es"):
        scene = scene_of(graph, SceneOptions(fit="beamer169", language=language))
        assert any(box.role == "folded" for box in scene.boxes)
        assert any("--collapse none" in note for note in scene.notes)
