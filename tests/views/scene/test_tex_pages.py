"""Real pdfLaTeX: every sample compiles without a complaint and agrees with the SVG's frame."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graphgrad.views.scene import SceneOptions
from graphgrad.views.scene.tex import beamer_of, overlays_file_of, tex_of, tikz_file_of

from .reading import SAMPLES, sample_scene
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


def deck(head: str, *names: str) -> str:
    frames = "".join(rf"\begin{{frame}}\input{{{name}}}\end{{frame}}" for name in names)
    packages = r"\usepackage{amsmath,amssymb}\usepackage{tikz}"
    return rf"{head}{packages}\begin{{document}}{frames}\end{{document}}"


@pytest.mark.parametrize("name", QUICK)
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


def test_an_article_takes_several_pictures_in(tmp_path: Path) -> None:
    for name in QUICK:
        (tmp_path / f"{name}.tex").write_bytes(tikz_file_of(sample_scene(name)))
    inputs = "".join(rf"\noindent\input{{{name}}}\par " for name in QUICK)
    packages = r"\usepackage{amsmath,amssymb}\usepackage{tikz}"
    body = rf"\begin{{document}}{inputs}\end{{document}}"
    assert len(compiled(rf"\documentclass{{article}}{packages}{body}", tmp_path)) == 1
