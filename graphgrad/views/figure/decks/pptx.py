"""Write a slide per step with python-pptx, an optional extra: its only door.

The figure of a slide is a picture in PNG with the same SVG behind it: PowerPoint draws the vectors
and can turn them into shapes; a program that does not know them shows the PNG. Nothing moves from
slide to slide. Every slide has a title, its figure alternative text, its notes the caption.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from graphgrad.messages.catalogue import text
from graphgrad.messages.languages.record import language_record
from graphgrad.symbolic.write.words_latex import printable
from graphgrad.views.figure.content.known_at import frame_of
from graphgrad.views.figure.decks.extras import extra_module
from graphgrad.views.figure.decks.png_pdf import png_of
from graphgrad.views.figure.scene.in_words import described, step_captions
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.svg.svg import svg_of
from graphgrad.views.figure.svg.theme import Theme, theme_of

__all__ = ["pptx_of"]

_POINT = 12_700
_WIDTH, _HEIGHT = 960, 540
_MARGIN, _TITLE_TOP, _TITLE_HEIGHT, _TITLE_SIZE = 24, 14, 54, 28
_FIGURE_TOP, _FIGURE_HEIGHT = 76, 364
_CAPTION_TOP, _CAPTION_HEIGHT, _CAPTION_SIZE = 448, 78, 18
_TITLE_ONLY = 5
_LONGEST_TITLE, _LARGEST = 120, 1.6
_SHARP = 1.0
_DAY = datetime(2000, 1, 1)
_ZIPPED = (1980, 1, 1, 0, 0, 0)
_SVG_BLIP = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'r:embed="{rel}"/></a:ext></a:extLst>'
)


def pptx_of(
    scene: Scene, *, step: int | None = None, theme: str = "light", scale: float | None = None
) -> bytes:
    """Return a presentation of 16:9 with a slide per step.

    Args:
        scene: the figure.
        step: the step of the first slide; None starts at 0.
        theme: a name of `graphgrad.views.figure.svg.theme.THEMES`.
        scale: pixels per CSS pixel of the PNGs, which programs that draw SVG do not show; None
            takes 1.

    Raises:
        UsageError: if there is no such step or theme, or the extra ``pptx`` is not installed.
        LimitError: if a picture would have no or too many pixels.
    """
    deck = _Deck(scene, theme_of(theme), scale or _SHARP)
    for number in range(frame_of(scene, step or 0).step or 0, scene.last_step + 1):
        deck.add(number)
    return deck.saved()


class _Deck:
    """Build one presentation."""

    def __init__(self, scene: Scene, theme: Theme, scale: float) -> None:
        self.scene, self.theme, self.scale = scene, theme, scale
        self.captions = step_captions(scene)
        self.tag = language_record(scene.language).tag
        title = printable(scene.title)
        self.title = title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE]}…"
        self.deck = _library("pptx").Presentation()
        self.layout = self.deck.slide_layouts[_TITLE_ONLY]
        self._widen()
        self._name()
        for rel in list(self.deck.part.package.iter_rels()):
            if rel.reltype.endswith("/thumbnail"):  # of the library's own empty presentation
                self.deck.part.package.drop_rel(rel.rId)

    def _widen(self) -> None:
        """Make the library's 4:3 slides 16:9; their height stays."""
        wider = _WIDTH * _POINT / self.deck.slide_width
        self.deck.slide_width, self.deck.slide_height = _WIDTH * _POINT, _HEIGHT * _POINT
        master = self.deck.slide_master
        for holder in (master, *master.slide_layouts):
            for shape in holder.placeholders:
                shape.left, shape.width = round(shape.left * wider), round(shape.width * wider)
        master.background.fill.solid()
        master.background.fill.fore_color.rgb = self._colour(self.theme.page)

    def _name(self) -> None:
        told = self.deck.core_properties
        told.keywords = "graphgrad"
        told.title = self.title
        told.author = told.last_modified_by = "graphgrad"
        told.language = self.tag
        told.created = told.modified = _DAY

    def add(self, step: int) -> None:
        """Add the slide of a step."""
        scene = self.scene
        slide = self.deck.slides.add_slide(self.layout)
        counted = text("stepper_page.count", scene.language, step=step, last=scene.last_step)
        caption = self.captions[step]
        title = slide.shapes.title
        _place(title, _TITLE_TOP, _TITLE_HEIGHT)
        self._write(title.text_frame, self.title, _TITLE_SIZE)
        self._picture(slide, step)
        if caption:
            box = slide.shapes.add_textbox(0, 0, 0, 0)
            _place(box, _CAPTION_TOP, _CAPTION_HEIGHT)
            self._write(box.text_frame, caption, _CAPTION_SIZE)
        notes = "\n".join(filter(None, (counted, caption)))
        slide.notes_slide.notes_text_frame.text = notes

    def _write(self, frame: Any, words: str, size: int) -> None:
        frame.word_wrap = True
        frame.vertical_anchor = _library("pptx.enum.text").MSO_ANCHOR.MIDDLE
        paragraph = frame.paragraphs[0]
        paragraph.alignment = _library("pptx.enum.text").PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = words
        run.font.size = size * _POINT
        run.font.color.rgb = self._colour(self.theme.text["name"])
        run.font._element.set("lang", self.tag)

    def _picture(self, slide: Any, step: int) -> None:
        """Put a frame in the middle of its place: the PNG, and the SVG for who can draw it."""
        scene = self.scene
        svg = svg_of(scene, step=step, theme=self.theme.name)
        size = scene.width * scene.scale, scene.height * scene.scale
        fit = min((_WIDTH - 2 * _MARGIN) / size[0], _FIGURE_HEIGHT / size[1], _LARGEST)
        width, height = size[0] * fit, size[1] * fit
        left, top = (_WIDTH - width) / 2, _FIGURE_TOP + (_FIGURE_HEIGHT - height) / 2
        place = (round(length * _POINT) for length in (left, top, width, height))
        png = io.BytesIO(png_of(svg, scale=self.scale * fit))
        picture = slide.shapes.add_picture(png, *place)
        told = picture._element.xpath(".//p:cNvPr")[0]
        told.set("descr", printable(described(scene, frame_of(scene, step))))
        told.set("name", f"graphgrad {step}")
        package = _library("pptx.opc.package")
        name = _library("pptx.opc.packuri").PackURI(f"/ppt/media/figure{step}.svg")
        part = package.Part(name, "image/svg+xml", slide.part.package, svg)
        related = slide.part.relate_to(part, _library("pptx.opc.constants").RELATIONSHIP_TYPE.IMAGE)
        parse = _library("pptx.oxml").parse_xml
        picture._element.xpath(".//a:blip")[0].append(parse(_SVG_BLIP.format(rel=related)))

    def _colour(self, colour: str) -> Any:
        return _library("pptx.dml.color").RGBColor.from_string(colour.removeprefix("#"))

    def saved(self) -> bytes:
        """Return the file, with no time of day in it."""
        written, fixed = io.BytesIO(), io.BytesIO()
        self.deck.save(written)
        with zipfile.ZipFile(written) as found, zipfile.ZipFile(fixed, "w") as kept:
            for name in found.namelist():
                entry = zipfile.ZipInfo(name, _ZIPPED)
                stored = name == "docProps/core.xml"  # so that the mark can be found in the file
                entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                kept.writestr(entry, found.read(name))
        return fixed.getvalue()


def _place(shape: Any, top: float, height: float) -> None:
    shape.left, shape.width = _MARGIN * _POINT, (_WIDTH - 2 * _MARGIN) * _POINT
    shape.top, shape.height = round(top * _POINT), round(height * _POINT)


def _library(module: str) -> Any:
    return extra_module(module, "PPTX")
