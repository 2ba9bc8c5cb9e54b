"""Finish an SVG that a layout engine has written: words for readers, texts where we measured them.

Engines write the name of the program and of every node where a screen reader looks for words, and
place each text by their own guess of its width.
"""

from __future__ import annotations

from xml.etree import ElementTree

from graphgrad.views.figure.html_label import printable
from graphgrad.views.figure.measure import text_width
from graphgrad.views.figure.model import Figure

__all__ = ["finished_svg"]

_FAMILY = "Times New Roman,Tinos,Liberation Serif,Nimbus Roman,Times,serif"
_NAMESPACE = "http://www.w3.org/2000/svg"


def finished_svg(svg: bytes, figure: Figure, engine: str) -> bytes:
    """Return an engine's SVG with title, description and measured texts."""
    root = ElementTree.fromstring(svg)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    words = {box.id: box.words for box in figure.boxes}
    words |= {edge.id: edge.words for edge in figure.edges}
    for element in root.iter("g"):
        _name_group(element, words)
    for element in root.iter("text"):
        _settle(element)
    _describe(root, figure, engine)
    finished: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return finished + b"\n"


def _name_group(element: ElementTree.Element, words: dict[str, str]) -> None:
    """Replace an engine's own name of a box or an edge by words; drop the other names."""
    title = element.find("title")
    if title is None:
        return
    said = words.get(element.get("id", ""), "")
    if said:
        title.text = printable(said)
    else:
        element.remove(title)


def _settle(element: ElementTree.Element) -> None:
    """Centre a text where it was measured to be, and fix its length in any font."""
    italic = "italic" in (element.get("font-style", "") + element.get("font-family", "")).lower()
    element.set("font-family", _FAMILY)
    if italic:
        element.set("font-style", "italic")
    text = element.text or ""
    if element.get("text-anchor") != "start" or not text.strip():
        return
    width = text_width(text, float(element.get("font-size", "14")), italic=italic)
    left = float(element.get("x", "0"))
    element.set("x", f"{left + width / 2:.2f}")
    element.set("text-anchor", "middle")
    element.set("textLength", f"{width:.2f}")
    element.set("lengthAdjust", "spacingAndGlyphs")


def _describe(root: ElementTree.Element, figure: Figure, engine: str) -> None:
    """Head the picture with its title and description."""
    root.set("xmlns", _NAMESPACE)
    root.set("role", "img")
    root.set("lang", figure.language)
    title, description, metadata = (
        ElementTree.Element(tag) for tag in ("title", "desc", "metadata")
    )
    title.text = printable(figure.title)
    description.text = printable(figure.description)
    metadata.text = f"graphgrad; {engine}"
    for place, element in enumerate((title, description, metadata)):
        element.tail = "\n"
        root.insert(place, element)
    root.set("aria-label", title.text)
