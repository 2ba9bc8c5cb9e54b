"""PDF: vectors, a title, alternative text; without the extra, one error that names it."""

from __future__ import annotations

import importlib.util
import sys

import pytest

from graphgrad.errors import UsageError
from graphgrad.views.figure.decks.png_pdf import pdf_of
from graphgrad.views.figure.svg.theme import THEMES
from graphgrad.views.figure.writers import DrawOptions, scene_writer

from .reading import sample_scene

needs_typst = pytest.mark.skipif(
    importlib.util.find_spec("typst") is None,
    reason="needs typst, of the extra graphgrad[pdf], which is not installed",
)


def test_without_the_extra_one_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(UsageError, match=r"graphgrad\[pdf\]"):
        pdf_of(sample_scene("linear_regression"))


@needs_typst
def test_it_is_one_page_of_vectors_with_title_and_alternative_text() -> None:
    scene = sample_scene("linear_regression")
    pdf = pdf_of(scene)
    assert pdf.startswith(b"%PDF-")
    assert b"/MediaBox [0 0 984.4" in pdf or f"0 0 {scene.width:.2f}".encode() in pdf
    assert b"/Title" in pdf
    assert b"/Alt" in pdf
    assert b"/Subtype/Image" not in pdf.replace(b" ", b"")


@needs_typst
@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_and_the_same_bytes_twice(theme: str) -> None:
    scene = sample_scene("linear_regression")
    assert pdf_of(scene, step=3, theme=theme) == pdf_of(scene, step=3, theme=theme)


@needs_typst
def test_it_is_a_format_of_its_own_ending() -> None:
    scene = sample_scene("linear_regression")
    assert scene_writer("a.pdf")(scene, DrawOptions(step=3)) == pdf_of(scene, step=3)
