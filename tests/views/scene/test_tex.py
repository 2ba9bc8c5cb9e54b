"""The TikZ document: the geometry of the SVG, valid TeX whatever the names, and it compiles."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.graph import Heading
from graphgrad.views.figure.content.scene_options import SceneOptions, blanked_parts
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.outlines import decimal
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.svg.theme import THEMES
from graphgrad.views.figure.tex.documents import FONTS, tex_of
from graphgrad.views.figure.tex.safe_tex import math
from graphgrad.views.figure.tex.tikz import LEAST_HEIGHT
from graphgrad.views.figure.tex.tikz_picture import tikz_of
from graphgrad.views.figure.writers import DrawOptions, scene_writer

from .reading import SAMPLES, picture_of, sample, sample_scene

PDFLATEX = shutil.which("pdflatex")
HOSTILE = [
    "</svg><script>alert(1)</script>",
    r"\input{/etc/passwd} \end{document}",
    r"\immediate\write18{touch pwned}",
    "50% # $x$ & ~^_{}",
    "^^M^^5c",
    "a\nb\\",
    "שלום 🙂 σ − é",
    "}" * 5 + "x" * 300,
]


def hostile_scene(name: str) -> Scene:
    builder = GraphBuilder()
    leaf = builder.leaf_line(name, "input", 2.0)
    square = builder.apply("mul", (leaf, leaf))
    builder.end_line("y", group=name)
    return scene_of(builder.freeze(square, heading=Heading(title=name)))


def document(scene: Scene, step: int | None = None, theme: str = "light") -> str:
    return tex_of(scene, step=step, theme=theme).decode("utf-8")


def assert_well_formed(tex: str) -> None:
    """Every line of the picture closes its braces and dollars, and none comments."""
    body = tex[tex.index(r"\begin{tikzpicture}") :]
    acting = [line for line in tex.splitlines() if not line.startswith("%")]
    assert acting.count(r"\begin{document}") == acting.count(r"\end{document}") == 1
    for line in body[: body.index(r"\end{tikzpicture}")].splitlines():
        bare = re.sub(r"\\.", "", line)
        assert bare.count("{") == bare.count("}"), line
        assert bare.count("$") in (0, 2), line
        assert "%" not in bare, line
        assert "#" not in bare, line
        assert "^^" not in bare, line
        assert not line.startswith(r"\node") or line.endswith("};")


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_well_formed(name: str) -> None:
    assert_well_formed(document(sample_scene(name)))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_words(name: str) -> None:
    tex = document(hostile_scene(name))
    assert_well_formed(tex)
    acting = [line for line in tex.splitlines() if not line.startswith("%")]
    assert not [line for line in acting if r"\input{" in line or "/etc/passwd} \\" in line]


def test_labels_that_are_no_tex_are_words() -> None:
    assert math("a & b") == r"\text{a \& b}"
    assert math("a\\") == r"\text{a\textbackslash{}}"
    assert math("x^^2") == r"\text{x\textasciicircum{}\textasciicircum{}2}"
    assert math(r"\text{a_b}") == r"\text{a\_b}"
    assert math(r"\begin{bmatrix}1 & 2\end{bmatrix}") == r"\begin{bmatrix}1 & 2\end{bmatrix}"


def test_commands_that_tex_lacks_are_rewritten_or_words() -> None:
    assert math(r"\bm{W}\argmax_x") == r"\boldsymbol{W}\operatorname*{arg\,max}_x"
    assert math(r"x^\hat y") == r"x^{\hat y}"
    assert math(r"\xlongequal{b}") == r"\text{\textbackslash{}xlongequal\{b\}}"
    assert math(r"\text{a{b}c}").startswith(r"\text{\textbackslash{}text\{a")
    assert math(r"\textcolor{nocolour}{x}").startswith(r"\text{\textbackslash{}textcolor")
    assert math(r"\textcolor{red}{x}") == r"\textcolor{red}{x}"


def test_every_label_of_the_samples_is_math_to_tex() -> None:
    for name in SAMPLES:
        scene = sample_scene(name)
        for text in (t for part in (*scene.boxes, *scene.edges) for t in part.texts):
            assert r"\textbackslash" not in math(text.tex), text.tex


def test_foreign_characters_are_commands() -> None:
    assert math("σ − é") == r"\ensuremath{\sigma} \ensuremath{-} \text{é}"
    assert math("🙂ש") == r"\ggchar{1F642}{128578}\ggchar{05E9}{1513}"
    assert math("ąđ") == r"\ggletter{ą}\ggletter{đ}"


def test_boxes_stand_where_the_svg_has_them() -> None:
    scene = sample_scene("linear_regression")
    tex, boxes = document(scene), picture_of(scene).boxes
    drawn = re.findall(
        r"fill=gg\w+, draw=.*line width=([\d.]+)bp.*\] \(([\d.]+),([\d.]+)\)"
        r" rectangle \(([\d.]+),([\d.]+)\)",
        tex,
    )
    assert len(drawn) == len(boxes)
    for found, box in zip(drawn, boxes.values(), strict=True):
        half, left, top, right, bottom = (float(number) for number in found)
        half /= 2
        assert abs(left - half - box.left) < 0.02
        assert abs(top - half - box.top) < 0.02
        assert abs(right + half - box.right) < 0.02
        assert abs(bottom + half - box.bottom) < 0.02


def test_one_node_per_text_at_its_measured_size() -> None:
    scene = sample_scene("linear_regression")
    tex = document(scene)
    texts = [t for p in (*scene.edges, *scene.boxes) for t in p.texts]
    assert tex.count(r"\node") == len(texts) + len(scene.groups)
    assert r"\fontsize{20bp}{24bp}\selectfont\color{gg111827}$\displaystyle z = w \cdot x$" in tex


def test_a_step_shows_what_is_known() -> None:
    scene = sample_scene("linear_regression")
    first, last = document(scene, step=0), document(scene, step=scene.last_step)
    assert r"\partial" not in first
    assert r"\partial L/\partial w = {-12}" in last
    box = r"\useasboundingbox"
    assert first[first.index(box) :].split("\n")[0] == last[last.index(box) :].split("\n")[0]


def test_a_worksheet_keeps_its_answers() -> None:
    options = SceneOptions(blank=blanked_parts("values,adjoints,partials"), legend=True)
    tex = document(scene_of(sample("linear_regression"), options))
    assert_well_formed(tex)
    assert "{-12}" not in tex
    assert "= 3" not in tex


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_is_defined(theme: str) -> None:
    tex = document(sample_scene("xor_sigmoid"), theme=theme)
    defined = set(re.findall(r"\\definecolor\{(gg\w{6})\}\{HTML\}\{[0-9A-F]{6}\}", tex))
    assert defined == set(re.findall(r"\bgg[0-9A-F]{6}\b", tex))


def test_it_is_a_format_of_its_own_ending() -> None:
    scene = sample_scene("linear_regression")
    assert scene_writer("a.tex")(scene, DrawOptions(step=3)) == tex_of(scene, step=3)


def test_a_picture_for_other_documents_brings_its_own_definitions() -> None:
    picture = tikz_of(sample_scene("linear_regression"), step=3, width="10cm")
    assert picture.text.splitlines()[0] == r"\begingroup"
    assert picture.text.splitlines()[-1] == r"\endgroup"
    assert r"\documentclass" not in picture.text
    assert r"\ifdim\wd\ggbox>10cm" in picture.text
    assert all(line.startswith(r"\usepackage") for line in picture.packages)
    assert picture.text.isascii()


def test_texts_of_boxes_stay_in_their_middle_in_another_font() -> None:
    scene = sample_scene("mlp_vectorized", SceneOptions(detail="layer"))
    picture = tikz_of(scene).text
    closed = [box for box in scene.boxes if box.role == "folded"]
    texts = [text for box in closed for text in box.texts if text.kind == "group"]
    assert texts
    for text in texts:
        middle = f"({decimal(text.x + text.ink.width / 2)},{decimal(text.baseline)})"
        assert rf"\node[anchor=base] at {middle} " in picture


@pytest.mark.exe
@pytest.mark.skipif(PDFLATEX is None, reason="needs pdflatex, which is not installed")
@pytest.mark.parametrize("name", ["linear_regression", "matrix_gradient", *HOSTILE])
def test_it_compiles(name: str, tmp_path: Path) -> None:
    scene = sample_scene(name) if name in SAMPLES else hostile_scene(name)
    (tmp_path / "figure.tex").write_bytes(tex_of(scene))
    command = [str(PDFLATEX), "-interaction=nonstopmode", "-halt-on-error", "figure.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=120)
    assert run.returncode == 0, run.stdout[-2000:]
    assert not re.search(rb"^!", run.stdout, re.MULTILINE)


@pytest.mark.slow
@pytest.mark.exe
@pytest.mark.skipif(PDFLATEX is None, reason="needs pdflatex, which is not installed")
def test_a_sum_in_small_letters_is_not_made_smaller_still(tmp_path: Path) -> None:
    sized = r"\sbox0{\fontsize{7bp}{8bp}\selectfont$\displaystyle\sum$}"
    measured = r"\typeout{HIGH \the\dimexpr\ht0+\dp0\relax}"
    lines = [r"\documentclass{article}", FONTS, r"\usepackage{amsmath}", r"\begin{document}"]
    (tmp_path / "sum.tex").write_text("\n".join([*lines, sized, measured, r"\end{document}"]))
    command = [str(PDFLATEX), "-interaction=nonstopmode", "-halt-on-error", "sum.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=120)
    high = re.search(rb"HIGH ([\d.]+)pt", run.stdout)
    assert high
    assert float(high[1]) <= 7 * 72.27 / 72 * LEAST_HEIGHT
