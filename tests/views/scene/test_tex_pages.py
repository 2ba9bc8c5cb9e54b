"""Real pdfLaTeX: every sample compiles without a complaint and agrees with the SVG's frame."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graphgrad.errors import UsageError
from graphgrad.views.figure.content.scene_options import SHOWABLE, SceneOptions
from graphgrad.views.figure.tex.documents import beamer_of, overlays_file_of, tex_of, tikz_file_of
from graphgrad.views.figure.typeset.typeset import typeset

from .reading import SAMPLES, sample_scene
from .test_tex import HOSTILE, hostile_scene
from .tex_pages import Pixels, assert_same_figure, compiled, needs_tex, pixels

pytestmark = [pytest.mark.exe, needs_tex]
QUICK = ["linear_regression", "matrix_gradient"]
DECKS = {
    "plain": r"\documentclass[aspectratio=169]{beamer}",
    "fira": r"""\documentclass{beamer}\usetheme{Madrid}
\usepackage[T1]{fontenc}\usepackage[sfdefault]{FiraSans}""",
    "palatino": r"""\documentclass[aspectratio=43]{beamer}
\usefonttheme{serif}\usepackage{mathpazo}""",
}


LABELS = [
    r"\left(x",
    r"x\right)",
    "x_",
    "a^",
    "{",
    "}",
    r"\frac{1}",
    r"\frac12",
    r"\sqrt",
    r"\hat",
    "&",
    "\\\\",
    r"\begin{bmatrix}1",
    r"\begin{bmatrix}1 & 2\end{bmatrix}",
    r"\color{red}x",
    r"\textcolor{foo}{x}",
    r"\textcolor{red}{x}",
    r"\input{x}",
    r"\write18{touch pwn}",
    r"\immediate\write18{touch pwn}",
    r"\def\x{1}\x",
    r"\csname input\endcsname",
    r"\catcode`\%=12",
    "x^2^3",
    "x_1_2",
    "x''",
    "x'^2",
    r"\text{a % b}",
    r"\text{$x$}",
    r"\text{a \input{b}}",
    r"\mathrm{d}x",
    r"\bm{W}",
    r"\mathscr{L}",
    r"\argmax_x f",
    r"\mathbb{R}",
    r"\BbbR",
    r"\mathfrak{g}",
    r"\cancel{x}",
    r"\xmapsto{f}",
    r"\begin{cases}1 & x>0\\0 & x<0\end{cases}",
    r"\begin{align}a&=b\end{align}",
    r"\begin{aligned}a&=b\\c&=d\end{aligned}",
    r"\begin{array}{cc}1&2\end{array}",
    r"\begin{foo}x\end{foo}",
    r"\sum_{i=1}^n x_i",
    r"\sum\limits_{i} x",
    r"\overset{a}{b}",
    r"\underbrace{x+y}_{z}",
    r"\hspace{1cm}x",
    r"\kern 1000pt x",
    r"\rule{1000pt}{10pt}",
    r"\operatorname{softmax}(x)",
    r"\mathop{a}",
    r"a \over b",
    r"{a \choose b}",
    r"\phantom{x}y",
    r"\boxed{x}",
    r"\tag{1}",
    r"\label{x}",
    r"\ref{x}",
    r"\href{http://x}{y}",
    r"\unicode{x41}",
    r"\Tiny x",
    r"\middle|",
    r"\left. x \right|",
    r"\big( x \big)",
    r"\limits",
    r"x\limits_1",
    r"\not=",
    r"\mathchoice{a}{b}{c}{d}",
    r"\verb|x|",
    r"\newline x",
    r"a\\b",
    r"a\cr b",
    r"\scr{x}",
    r"\oldstyle 1",
    r"\eqalign{a&b}",
    r"\substack{a\\b}",
    r"\stackrel{a}{b}",
    r"\dot{x}",
    r"\vec{x}",
    r"\tilde x",
    r"\bar{\hat x}",
    r"\widehat{abc}",
    r"\ce{H2O}",
    r"\SI{1}{m}",
    r"1\%",
    "50%",
    "a#b",
    "$x$",
    "a~b",
    r"a\ b",
    r"\,x\;y\!",
    r"\ ",
    r"\{x\}",
    r"\|x\|",
    r"\lVert x\rVert",
    r"\dfrac{1}{2}\tfrac12",
    r"\binom{n}{k}",
    r"\pmod{3}",
    r"\bmod",
    r"\mod 3",
    r"\sqrt[3]{x}",
    r"\root 3 \of x",
    r"\prescript{a}{b}{c}",
    r"\sideset{_a}{^b}\sum",
    "σ(z)",
    "é",
    "∂L/∂w",
    "x²",
    "ŷ",
    "x̂",
    "日本",
    r"\mathbf{日}",
    r"\ensuremath{x}",
    r"\relax",
    r"\par",
    r"\expandafter x",
    r"\textbf{a_b}",
    r"\mathit{a_b}",
    r"\text{a{b}c}",
    r"\text{a{_}c}",
    r"\mbox{a_b}",
    r"\texttt{a_b}",
    r"\textrm{a^b}",
    r"\hbox{a&b}",
    r"\fbox{a}",
    r"\mathrm{a b}",
    r"\mathrm{a%b}",
    r"\xrightarrow{a}",
    r"\xlongequal[a]{b}",
    r"\braket{a|b}",
    r"\hline",
    r"\hdashline",
    r"\idotsint",
    r"\AC",
    r"\prime",
    r"x^\prime",
    "x^'",
    "'",
    "^2",
    "_2",
    "x^{}",
    "{}_1^2 x",
    r"\frac{\frac{\frac{1}{2}}{3}}{4}",
    r"\mathrm\alpha",
    r"\hat\mathbf{x}",
    r"x^\frac12",
    r"x^\hat y",
    r"\sqrt x^2",
    r"\sqrt\frac12",
    r"\hat\hat x",
    r"x_\mathrm{in}",
    r"x_\text{in}",
    r"x^\operatorname{T}",
]


def deck(head: str, *names: str) -> str:
    frames = "".join(rf"\begin{{frame}}\input{{{name}}}\end{{frame}}" for name in names)
    packages = r"\usepackage{amsmath,amssymb}\usepackage{tikz}"
    return rf"{head}{packages}\begin{{document}}{frames}\end{{document}}"


@pytest.mark.parametrize("name", [QUICK[0], pytest.param(QUICK[1], marks=pytest.mark.slow)])
def test_the_page_agrees_with_the_svg(name: str, tmp_path: Path) -> None:
    scene = sample_scene(name)
    (page,) = compiled(tex_of(scene, theme="lectures"), tmp_path)
    assert_same_figure(pixels(page), scene, step=None, theme="lectures")


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_agrees_with_the_svg_when_all_is_known(name: str, tmp_path: Path) -> None:
    scene = sample_scene(name)
    (page,) = compiled(tex_of(scene, step=scene.last_step), tmp_path)
    assert_same_figure(pixels(page), scene, step=scene.last_step, theme="light")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "theme", "options"),
    [
        ("xor_sigmoid", "print", SceneOptions(style="wire")),
        ("cs231n_sigmoid", "dark", SceneOptions(style="operator", legend=True)),
        ("mazur", "lectures", SceneOptions(decimal_comma=True, legend=True, fit="beamer169")),
        ("recurrent", "print", SceneOptions(blank=SHOWABLE, legend=True, language="es")),
        ("residual_block", "colour-blind", SceneOptions(notation="upv", show=SHOWABLE)),
        ("shared_weights", "light", SceneOptions(path=("w1", "yhat"))),
        ("softmax_cross_entropy", "light", SceneOptions(detail="op", legend=True)),
    ],
)
def test_every_way_to_draw_agrees_with_the_svg(
    name: str, theme: str, options: SceneOptions, tmp_path: Path
) -> None:
    scene = sample_scene(name, options)
    (page,) = compiled(tex_of(scene, theme=theme), tmp_path)
    assert_same_figure(pixels(page), scene, step=None, theme=theme)


@pytest.mark.slow
def test_overlays_are_a_page_per_step_each_as_the_svg_has_it(tmp_path: Path) -> None:
    """On large white pages the dark figure stands out, and is the same rectangle on all."""
    scene = sample_scene("linear_regression")
    (tmp_path / "steps.tex").write_bytes(overlays_file_of(scene, theme="dark"))
    head = r"\documentclass{beamer}\setbeamertemplate{navigation symbols}{}"
    large = r"\geometry{paperwidth=1200bp,paperheight=900bp}"
    pages = compiled(deck(head + large, "steps"), tmp_path, "deck")
    assert len(pages) == scene.last_step + 1
    places = {dark_part(pixels(page)) for page in pages}
    (place,) = places
    for step in (0, 1, 7, 13, scene.last_step):
        page = pixels(pages[step])[place[0] : place[1], place[2] : place[3]]
        assert_same_figure(page, scene, step=step, theme="dark")


def dark_part(page: Pixels) -> tuple[int, int, int, int]:
    """Return the rows and columns of the part that is darker than a white page."""
    rows, columns = np.nonzero(page.max(axis=2) < 60)
    return int(rows.min()), int(rows.max()) + 1, int(columns.min()), int(columns.max()) + 1


@pytest.mark.slow
@pytest.mark.parametrize("slide", ["beamer169", "beamer43"])
def test_a_deck_has_a_page_per_step(slide: str, tmp_path: Path) -> None:
    options = SceneOptions(fit=f"{slide}-body", fold="line", legend=True)
    scene = sample_scene("linear_regression", options)
    pages = compiled(beamer_of(scene, slide=slide, theme="dark"), tmp_path)
    assert len(pages) == scene.last_step + 1
    page = pixels(pages[0])
    assert page.shape[1] / page.shape[0] == pytest.approx(
        16 / 9 if slide[-2:] == "69" else 4 / 3, 0.01
    )
    assert page[-3, -3].tolist() == [0x11, 0x18, 0x27]


@pytest.mark.slow
@pytest.mark.parametrize("name", DECKS)
def test_pictures_compile_in_decks_of_other_fonts(name: str, tmp_path: Path) -> None:
    scene = sample_scene("linear_regression", SceneOptions(fold="line"))
    (tmp_path / "steps.tex").write_bytes(overlays_file_of(scene))
    (tmp_path / "one.tex").write_bytes(tikz_file_of(sample_scene("mlp_vectorized")))
    pages = compiled(deck(DECKS[name], "steps", "one"), tmp_path, "deck")
    assert len(pages) == scene.last_step + 2


@pytest.mark.slow
def test_a_handout_shows_the_last_step(tmp_path: Path) -> None:
    scene = sample_scene("linear_regression", SceneOptions(fold="line"))
    (tmp_path / "steps.tex").write_bytes(overlays_file_of(scene))
    head = r"\documentclass[aspectratio=169%s]{beamer}"
    (page,) = compiled(deck(head % ",handout", "steps"), tmp_path, "handout")
    pages = compiled(deck(head % "", "steps"), tmp_path, "slides")
    assert (pixels(page)[:400] == pixels(pages[-1])[:400]).all()


def test_every_label_that_can_be_drawn_compiles(tmp_path: Path) -> None:
    """Labels of users, good and bad; those that cannot be drawn are refused before."""
    texts = [text for label in LABELS if (text := _drawable(label)) is not None]
    assert len(texts) > 60
    scene = sample_scene("linear_regression")
    box = scene.boxes[0]
    boxes = tuple(box._replace(texts=(box.texts[0]._replace(tex=tex),)) for tex in texts)
    labelled = scene._replace(boxes=boxes, edges=(), groups=())
    assert len(compiled(tex_of(labelled), tmp_path)) == 1


def _drawable(label: str) -> str | None:
    try:
        typeset(label, 10.0)
    except UsageError:
        return None
    return label


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_inert_in_decks(name: str, tmp_path: Path) -> None:
    scene = hostile_scene(name)
    written = scene._replace(captions=tuple(name for _ in scene.acts))
    pages = compiled(beamer_of(written), tmp_path)
    assert len(pages) == scene.last_step + 1
    assert not (tmp_path / "pwned").exists()


def test_an_article_takes_several_pictures_in(tmp_path: Path) -> None:
    for name in QUICK:
        (tmp_path / f"{name}.tex").write_bytes(tikz_file_of(sample_scene(name)))
    inputs = "".join(rf"\noindent\input{{{name}}}\par " for name in QUICK)
    packages = r"\usepackage{amsmath,amssymb}\usepackage{tikz}"
    body = rf"\begin{{document}}{inputs}\end{{document}}"
    assert len(compiled(rf"\documentclass{{article}}{packages}{body}", tmp_path)) == 1
