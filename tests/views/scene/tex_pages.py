"""Compile TeX with the real pdfLaTeX and measure its pages against pictures."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from graphgrad.views.figure.decks.png_pdf import png_of
from graphgrad.views.figure.scene.scene import Rect, Scene, SceneText
from graphgrad.views.figure.svg.svg import svg_tree

Pixels = NDArray[np.int64]
PER_POINT = 2
"""Pixels per point of the pictures that are compared."""
_MISSING = [name for name in ("pdflatex", "pdftoppm") if shutil.which(name) is None]
needs_tex = pytest.mark.skipif(bool(_MISSING), reason=f"needs {_MISSING}, not installed")
_DIFFERENT = 90
_WRONG = re.compile(r"^!.*|.*undefined.*|^Overfull.*|.*Missing character.*", re.MULTILINE)


def compiled(source: bytes | str, folder: Path, name: str = "figure") -> list[Path]:
    """Return the pages of a document as pictures; errors and overfull lines fail."""
    text = source if isinstance(source, bytes) else source.encode("utf-8")
    (folder / f"{name}.tex").write_bytes(text)
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape"]
    run = subprocess.run(
        [*command, f"{name}.tex"], cwd=folder, capture_output=True, check=False, timeout=300
    )
    log = (folder / f"{name}.log").read_text("utf-8", errors="replace")
    assert run.returncode == 0, log[-3000:]
    wrong = [line for line in _WRONG.findall(log) if "destination" not in line]
    assert not wrong, wrong
    dots = str(72 * PER_POINT)
    draw = ["pdftoppm", "-r", dots, "-png", f"{name}.pdf", f"{name}-page"]
    subprocess.run(draw, cwd=folder, check=True, timeout=300)
    return sorted(folder.glob(f"{name}-page-*.png"))


def pixels(picture: bytes | Path) -> Pixels:
    data = picture if isinstance(picture, bytes) else picture.read_bytes()
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(np.int64)


def drawn(scene: Scene, *, step: int | None, theme: str = "light", texts: bool = True) -> Pixels:
    """Return a frame of the SVG as pixels, with or without its texts."""
    root = svg_tree(scene, step=step, theme=theme)
    if not texts:
        for parent in list(root.iter("g")):
            for child in list(parent):
                if "text" in (child.get("class") or "").split():
                    parent.remove(child)
    return pixels(png_of(ElementTree.tostring(root), scale=PER_POINT * 72 / 96))


def assert_same_figure(page: Pixels, scene: Scene, *, step: int | None, theme: str) -> None:
    """Compare a page with the SVG's frame: the same shapes, each text where the SVG has it."""
    bare = drawn(scene, step=step, theme=theme, texts=False)
    full = drawn(scene, step=step, theme=theme)
    assert abs(page.shape[0] - bare.shape[0]) <= 2
    assert abs(page.shape[1] - bare.shape[1]) <= 2
    height, width = (min(page.shape[axis], bare.shape[axis]) for axis in (0, 1))
    page, bare, full = (picture[:height, :width] for picture in (page, bare, full))
    ink_of_svg = np.abs(full - bare).max(axis=2) > _DIFFERENT
    ink_of_tex = _unlike(page, bare)
    elsewhere = ink_of_tex.copy()
    scale = scene.scale
    for text in texts_of_scene(scene):
        rows, columns = _around(text.rect, 3.0, scale)
        elsewhere[rows, columns] = False
        expected, found = _extent(ink_of_svg[rows, columns]), _extent(ink_of_tex[rows, columns])
        if expected is None or found is None:
            assert expected is None or expected[2] * expected[3] < 20, text.tex
            continue
        across, down = (
            abs(a - b) / PER_POINT for a, b in zip(expected[:2], found[:2], strict=True)
        )
        assert across <= max(3.0, 0.06 * text.ink.width), (text.tex, across)
        assert down <= max(3.0, 0.06 * text.ink.height), (text.tex, down)
    for sampled in (*scene.legend, *scene.blanks):  # samples of letters, numbers of blanks
        elsewhere[_around(sampled.rect, 1.0, scale)] = False
    for group in scene.groups:  # its dashes may start elsewhere
        inner, outer = _around(group.rect, -2.0, scale), _around(group.rect, 2.0, scale)
        kept = elsewhere[inner].copy()
        elsewhere[outer] = False
        elsewhere[inner] = kept
    assert elsewhere.mean() < 2e-4


def texts_of_scene(scene: Scene) -> Iterator[SceneText]:
    for part in (*scene.boxes, *scene.edges):
        yield from part.texts
    yield from (group.text for group in scene.groups)
    yield from (entry.text for entry in scene.legend)


def _unlike(page: Pixels, picture: Pixels) -> NDArray[np.bool_]:
    """Return where a page has a colour that the picture has nowhere within a pixel of it."""
    least = np.full(page.shape[:2], 255, dtype=np.int64)
    padded = np.pad(picture, ((1, 1), (1, 1), (0, 0)), mode="edge")
    for down in range(3):
        for across in range(3):
            near = padded[down : down + page.shape[0], across : across + page.shape[1]]
            least = np.minimum(least, np.abs(page - near).max(axis=2))
    return least > _DIFFERENT


def _around(rect: Rect, air: float, scale: float) -> tuple[slice, slice]:
    """Return the rows and columns of a rectangle and the air around it."""
    dots = scale * PER_POINT
    top, bottom = int((rect.top - air) * dots), int((rect.bottom + air) * dots)
    left, right = int((rect.left - air) * dots), int((rect.right + air) * dots)
    return slice(max(top, 0), bottom), slice(max(left, 0), right)


def _extent(ink: NDArray[np.bool_]) -> tuple[float, float, int, int] | None:
    """Return the middle of the ink, then its width and height."""
    rows, columns = np.nonzero(ink)
    if not len(rows):
        return None
    across, down = (columns.min() + columns.max()) / 2, (rows.min() + rows.max()) / 2
    return across, down, int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1
