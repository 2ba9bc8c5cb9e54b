"""A network as neurons and as tensors in Chromium, LibreOffice and LaTeX."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from graphgrad.autodiff.record import record
from graphgrad.source.gg import load
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.decks.pptx import pptx_of
from graphgrad.views.figure.html.html_page import html_of
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.tex.documents import beamer_of

from .chromium import PROGRAM, Chromium
from .reading import ROOT

OFFICE, LATEX = shutil.which("soffice"), shutil.which("pdflatex")
NETWORK = ROOT / "tests" / "data" / "figures" / "xor_mlp.gg"
STYLES = pytest.mark.parametrize("style", ["neurons", "layers"])
WIDTHS = """JSON.stringify([...document.querySelectorAll('.edge')].map(edge =>
  [...edge.querySelectorAll('.line')].filter(
    line => getComputedStyle(line).visibility === 'visible'
  ).map(line => line.getAttribute('stroke-width'))))"""
SHOWN = """[...document.querySelectorAll('.cells[data-step]')].filter(
  cells => getComputedStyle(cells).visibility !== 'hidden').length"""


def drawn(style: str) -> Scene:
    return scene_of(record(load(NETWORK)), SceneOptions(style=style, heat="adjoint"))  # type: ignore[arg-type]


@pytest.mark.exe
@pytest.mark.skipif(PROGRAM is None, reason="needs Chromium, which is not installed")
def test_lines_and_cells_appear_with_their_steps_in_chromium(tmp_path: Path) -> None:
    scene = drawn("neurons")
    path, last = tmp_path / "page.html", tmp_path / "last.html"
    path.write_bytes(html_of(scene))
    last.write_bytes(html_of(scene, step=scene.last_step))
    with Chromium(tmp_path / "profile") as page:
        page.size(1280, 900)
        page.open(path.as_uri())
        before = page.value(SHOWN)
        plain = page.value(WIDTHS)
        page.open(last.as_uri())
        assert page.value(SHOWN) > before == 0
        told = page.value(WIDTHS)
        assert plain.count('"0.5"') > told.count('"0.5"')  # thin until their numbers are known
        assert plain.count("[]") == told.count("[]") == 0
        assert page.complaints() == []


@pytest.mark.slow
@pytest.mark.exe
@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice, which is not installed")
@STYLES
def test_libreoffice_opens_every_slide(style: str, tmp_path: Path) -> None:
    scene = drawn(style)
    (tmp_path / "deck.pptx").write_bytes(pptx_of(scene))
    command = [str(OFFICE), f"-env:UserInstallation={(tmp_path / 'user').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "deck.pptx")]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    written = (tmp_path / "deck.pdf").read_bytes()
    assert written.count(b"/Type/Page/") + written.count(b"/Type/Page\n") == scene.last_step + 1


@pytest.mark.slow
@pytest.mark.exe
@pytest.mark.skipif(LATEX is None, reason="needs pdflatex, which is not installed")
@STYLES
def test_latex_compiles_the_deck(style: str, tmp_path: Path) -> None:
    (tmp_path / "deck.tex").write_bytes(beamer_of(drawn(style)))
    command = [str(LATEX), "-interaction=nonstopmode", "-halt-on-error", "deck.tex"]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=300, check=False)
    assert found.returncode == 0, found.stdout[-2000:]
    assert (tmp_path / "deck.pdf").stat().st_size > 10_000
