"""Write a slide to paste into reveal.js: one SVG whose parts are fragments, a step at a time.

There is no script in it. What is shown from step a to b is a fragment that appears with step a and
holds one that fades with step b + 1; reveal.js does the rest, also backwards and in print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from xml.etree import ElementTree

from graphgrad.symbolic.write.words_latex import printable
from graphgrad.views.figure.content.known_at import Run, frame_of, overlaid
from graphgrad.views.figure.scene.in_words import step_captions
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.svg.svg import svg_tree
from graphgrad.views.figure.svg.theme import theme_of

__all__ = ["reveal_of"]

_XLINK = "xlink:href"
_STYLE = """\
.reveal section.{name} .fragment {{ transition: none; }}
.reveal section.{name} h3 {{ color: {ink}; font-size: 1.1em; text-transform: none; }}
.reveal section.{name} svg {{ display: block; width: 100%; max-height: 460px; margin: 0 auto; }}
.reveal section.{name} .captions {{ display: grid; color: {ink}; font-size: 0.6em; }}
.reveal section.{name} .captions > * {{ grid-area: 1 / 1; margin: 0; }}"""


def reveal_of(scene: Scene, *, step: int | None = None, theme: str = "light") -> bytes:
    """Return all steps as one ``<section>``, its steps as fragments.

    Args:
        scene: the figure.
        step: the step shown first; None starts at 0.
        theme: a name of `graphgrad.views.figure.svg.theme.THEMES`.

    Raises:
        UsageError: if there is no such step or theme.
    """
    look, start = theme_of(theme), frame_of(scene, step or 0).step or 0
    figure = _figure(scene, theme, start)
    name, title = str(figure.get("id")), escape(printable(scene.title))
    colours = f'data-background-color="{look.page}"'
    captions = step_captions(scene)[start:]
    lines = [
        f'<section class="{name}" lang="{scene.language}" {colours}>',
        f"<style>\n{_STYLE.format(name=name, ink=look.text['name'])}\n</style>",
        f"<h3>{title}</h3>",
        ElementTree.tostring(figure, encoding="unicode"),
        '<div class="captions">',
        *(_caption(number, caption, len(captions)) for number, caption in enumerate(captions)),
        "</div>\n</section>\n",
    ]
    return "\n".join(lines).encode("utf-8")


def _caption(number: int, caption: str, count: int) -> str:
    """Return a step's caption; an empty one still makes the step."""
    return _shown(f"<p>{escape(caption)}</p>", (number, number), count, "div")


def _figure(scene: Scene, theme: str, start: int) -> ElementTree.Element:
    """Return the SVG of all steps: the page and the outlines once, each part by its runs."""
    root = _linked(svg_tree(scene, theme=theme))
    for name in ("xmlns", "xmlns:xlink", "width", "height"):
        root.attrib.pop(name, None)
    for metadata in root.findall("metadata"):
        root.remove(metadata)
    for described in root.findall("desc"):
        described.text = printable(scene.description)
    steps = range(start, scene.last_step + 1)
    frames = [_parts(_linked(svg_tree(scene, step=k, theme=theme))) for k in steps]
    words = {box.id: box.words for box in scene.boxes}
    words |= {edge.id: edge.words for edge in scene.edges}
    for group, places in zip(root.findall("g"), zip(*frames, strict=True), strict=True):
        _fill(group, places, words.get(str(group.get("id")).rpartition("-")[2], ""))
    return root


def _linked(root: ElementTree.Element) -> ElementTree.Element:
    """Write references without a namespace, which an SVG inside HTML does not need."""
    for element in root.iter("use"):
        element.set("href", element.attrib.pop(_XLINK))
    return root


def _parts(root: ElementTree.Element) -> list[list[str]]:
    """Return per part of a frame its shapes and texts, each written out."""
    groups = root.findall("g")
    return [[_written(child) for child in group if child.tag != "title"] for group in groups]


def _written(element: ElementTree.Element) -> str:
    if element.get("visibility") == "hidden":
        return ""
    element.attrib.pop("data-step", None)
    return ElementTree.tostring(element, encoding="unicode")


def _fill(group: ElementTree.Element, frames: Sequence[Sequence[str]], words: str) -> None:
    """Put into a part what its frames show; it is named without the numbers of any step."""
    kind = group.get("class", "").partition(" ")[0]
    group.clear()
    group.set("class", kind)
    if words:
        ElementTree.SubElement(group, "title").text = printable(words)
    for runs in overlaid(frames):
        for run in runs:
            group.extend(ElementTree.fromstring(shown) for shown in _spans(run, len(frames)))


def _spans(run: Run, count: int) -> Iterator[str]:
    for span in run.spans:
        yield _shown(run.content, span, count, "g")


def _shown(content: str, span: tuple[int, int], count: int, tag: str) -> str:
    """Return a content that appears with a step and fades with another; reveal counts from 0."""
    first, last = span
    if last < count - 1:
        content = f'<{tag} class="fragment fade-out" data-fragment-index="{last}">{content}</{tag}>'
    if first > 0:
        content = f'<{tag} class="fragment" data-fragment-index="{first - 1}">{content}</{tag}>'
    return content
