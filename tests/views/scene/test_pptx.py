"""PPTX: a slide per step with title, alternative text, notes, SVG behind PNG; nothing moves."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from graphgrad.errors import UsageError
from graphgrad.views.figure.content.known_at import frame_of
from graphgrad.views.figure.content.scene_options import SceneOptions, blanked_parts
from graphgrad.views.figure.decks.pptx import pptx_of
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.in_words import described, step_captions
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.svg.svg import svg_of
from graphgrad.views.figure.writers import DrawOptions, scene_writer

from .reading import sample, sample_scene, traced

pptx = pytest.importorskip("pptx", reason="needs python-pptx, of the extra graphgrad[pptx]")
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_ASVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
HOSTILE = "</svg><script>alert(1)</script> \"' & \x07 ﷽ שלום 🙂" + "x" * 300


def scene() -> Scene:
    return sample_scene("linear_regression", SceneOptions(fold="line", fit="pptx-body"))


def deck_of(written: bytes) -> Any:
    return pptx.Presentation(io.BytesIO(written))


def picture_of(slide: Any) -> Any:
    (picture,) = [shape for shape in slide.shapes if shape.shape_type == 13]
    return picture


@pytest.fixture(scope="module")
def written() -> bytes:
    return pptx_of(scene())


def test_a_slide_per_step_says_it_in_title_picture_and_notes(written: bytes) -> None:
    slides = list(deck_of(written).slides)
    assert len(slides) == scene().last_step + 1
    for step, slide in enumerate(slides):
        assert slide.shapes.title.text == scene().title
        told = picture_of(slide)._element.xpath(".//p:cNvPr/@descr")
        assert told == [described(scene(), frame_of(scene(), step))]
        notes = slide.notes_slide.notes_text_frame.text
        assert notes == f"Step {step} of 13\n{step_captions(scene())[step]}"
        assert step_captions(scene())[step] in [
            s.text_frame.text for s in slide.shapes if s.has_text_frame
        ]


def test_a_caption_has_the_digits_and_the_minus_of_its_figure() -> None:
    trace = traced("input x = -0.123456; param w = 1; L = w*sin(x)")
    for digits, sine in ((4, "−0.1231"), (3, "−0.123")):
        for fold in ("edge", "line"):
            drawn = scene_of(trace, SceneOptions(digits=digits, fold=fold))
            told = "\n".join(step_captions(drawn))
            assert sine in told
            assert not re.search(r"-\d", told)
            assert max(len(n) for n in re.findall(r"0\.(\d+)", told)) <= digits


def test_nothing_moves_and_all_is_on_the_slide(written: bytes) -> None:
    deck = deck_of(written)
    places = set()
    for slide in deck.slides:
        for shape in slide.shapes:
            assert 0 <= shape.left <= shape.left + shape.width <= deck.slide_width
            assert 0 <= shape.top <= shape.top + shape.height <= deck.slide_height
        places.add(tuple((s.left, s.top, s.width, s.height) for s in slide.shapes))
    assert len(places) == 1
    picture = picture_of(deck.slides[0])
    ratio = scene().width / scene().height
    assert picture.width / picture.height == pytest.approx(ratio, abs=0.001)


def test_behind_each_png_is_the_svg_of_the_frame(written: bytes) -> None:
    for step, slide in enumerate(deck_of(written).slides):
        picture = picture_of(slide)
        assert picture.image.blob.startswith(b"\x89PNG")
        (blip,) = ElementTree.fromstring(slide.part.blob).iter(_ASVG)
        part = slide.part.related_part(blip.get(_EMBED))
        assert part.content_type == "image/svg+xml"
        assert part.blob == svg_of(scene(), step=step)


@pytest.mark.slow
def test_the_same_bytes_twice_without_a_time_of_day(written: bytes) -> None:
    assert written == pptx_of(scene())
    with zipfile.ZipFile(io.BytesIO(written)) as found:
        assert {entry.date_time for entry in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in found.namelist() if "thumbnail" in name]
    told = deck_of(written).core_properties
    assert (told.title, told.language) == (scene().title, "en-US")


def test_a_worksheet_tells_no_answers() -> None:
    options = SceneOptions(blank=blanked_parts("values,adjoints,partials"))
    for slide in deck_of(pptx_of(scene_of(sample("linear_regression"), options), step=13)).slides:
        words = [slide.notes_slide.notes_text_frame.text]
        words += picture_of(slide)._element.xpath(".//p:cNvPr/@descr")
        assert not [text for text in words if "-12" in text]


def test_hostile_names_are_words() -> None:
    from .test_tex import hostile_scene

    slide = deck_of(pptx_of(hostile_scene(HOSTILE))).slides[0]
    assert slide.shapes.title.text.startswith("</svg><script>")


def test_it_is_a_format_of_its_own_ending() -> None:
    how = DrawOptions(step=12, scale=0.3)
    assert scene_writer("a.pptx")(scene(), how) == pptx_of(scene(), step=12, scale=0.3)


def test_without_the_extra_one_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pptx", None)
    with pytest.raises(UsageError, match=r"pip install 'graphgrad\[pptx\]'"):
        pptx_of(scene())


@pytest.mark.slow
@pytest.mark.exe
@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice, which is not installed")
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext, not installed")
def test_libreoffice_opens_it(written: bytes, tmp_path: Path) -> None:
    (tmp_path / "deck.pptx").write_bytes(written)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "deck.pptx"]
    subprocess.run(convert, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    read = ["pdftotext", "-layout", "deck.pdf", "-"]
    text = subprocess.run(read, cwd=tmp_path, check=True, capture_output=True, timeout=60).stdout
    pages = text.decode("utf-8").split("\f")[:-1]
    assert len(pages) == scene().last_step + 1
    for page, caption in zip(pages, scene().captions, strict=True):
        assert scene().title in page
        assert caption.split()[0] in page
