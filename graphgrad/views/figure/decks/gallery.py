"""Write a gallery: figures that people ask for and every sample, in every theme, on pages."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from graphgrad.files.writing import make_folder, write_output
from graphgrad.graph.formula import line_formula
from graphgrad.messages.catalogue import LANGUAGES, in_language, language, text
from graphgrad.messages.keywords import CHOICES
from graphgrad.messages.languages.record import language_record
from graphgrad.symbolic.write.words_latex import printable
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.known_at import frame_of
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.scene.compare import Pair, compared
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.in_words import described
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.svg.svg import svg_of
from graphgrad.views.figure.svg.theme import THEMES
from graphgrad.views.text.plain_math import typeset_formula, typeset_node

__all__ = ["Exhibit", "write_gallery"]

PAGE = "gallery.html"
_OWN, _OWN_PAGE = b'class="graphgrad"', b"img-src 'self' file: data:"


class Exhibit(NamedTuple):
    """What a gallery shows.

    Attributes:
        name: fit for a file.
        source: a pass, or two that are compared.
        options: how it is drawn.
        step: the step after which it is drawn; None for all at once.
        command: the command that draws it; empty for a sample, drawn as usual.
        need: the id of what it is for; empty for a sample.
    """

    name: str
    source: Trace | Pair
    options: SceneOptions | None = None
    step: int | None = None
    command: str = ""
    need: str = ""


def write_gallery(
    exhibits: Iterable[Exhibit],
    folder: Path,
    asked: Callable[[str], Iterable[Exhibit]] = lambda _: (),
    *,
    force: bool = False,
) -> Path:
    """Write the figures of a gallery and its pages to a folder, and return the first page's path.

    There is a page per language, that in force first; the figures of samples are the same on all.

    Args:
        exhibits: the samples, in the order of the page.
        folder: where everything goes; it is made if it is missing.
        asked: gives the figures that people ask for, in a language; they come before the samples.
        force: whether files that are no gallery of ours may be replaced.

    Raises:
        FileError: if a file cannot be written.
        UsageError: if there is no layout engine.
    """
    make_folder(folder)
    writing = _Writing(folder, force=force)
    codes = [language(), *(code for code in LANGUAGES if code != language())]
    pages: dict[str, list[_Section]] = {code: [] for code in codes}
    for number, code in enumerate(codes):
        with in_language(code):
            for exhibit in asked(code):
                ending = f"-{code}" if number else ""
                pages[code].append(writing.section(exhibit, ending)(code))
    for exhibit in exhibits:
        told = writing.section(exhibit)
        for code in codes:
            with in_language(code):
                pages[code].append(told(code))
    for number, code in enumerate(codes):
        with in_language(code):
            page = _page(pages[code], [c for c in codes if c != code], codes[0])
            name = f"gallery.{code}.html" if number else PAGE
            write_output(folder / name, page, own=_OWN_PAGE, force=force)
    return folder / PAGE


class _Section(NamedTuple):
    """What a page says about one exhibit."""

    name: str
    title: str
    text: str
    asked: bool


class _Writing:
    """Write pictures to a folder, and what pages say about them."""

    def __init__(self, folder: Path, *, force: bool) -> None:
        self.folder, self.force = folder, force

    def section(self, exhibit: Exhibit, ending: str = "") -> Callable[[str], _Section]:
        """Write the figures of an exhibit, and return what tells it in a language."""
        scene = _scene(exhibit)
        files = {theme: f"{exhibit.name}-{theme}{ending}.svg" for theme in THEMES}
        for theme, name in files.items():
            picture = svg_of(scene, step=exhibit.step, theme=theme)
            write_output(self.folder / name, picture, own=_OWN, force=self.force)

        def told(code: str) -> _Section:
            worded = scene if code == scene.language else _scene(exhibit)  # for who hears it read
            title = text(exhibit.need) if exhibit.need else printable(worded.title)
            lines = "\n".join(_section(exhibit, worded, title, files))
            return _Section(exhibit.name, title, lines, bool(exhibit.need))

        return told


def _scene(exhibit: Exhibit) -> Scene:
    if isinstance(exhibit.source, tuple):
        return compared(exhibit.source, exhibit.options or SceneOptions())
    return scene_of(exhibit.source, exhibit.options)


def _section(exhibit: Exhibit, scene: Scene, title: str, files: Mapping[str, str]) -> Iterator[str]:
    """Yield what the page says about one exhibit, and its figures."""
    name = escape(exhibit.name, quote=True)
    size = {
        "boxes": len(scene.boxes),
        "edges": len(scene.edges),
        "width": round(scene.width * scene.scale),
        "height": round(scene.height * scene.scale),
        "steps": scene.last_step,
    }
    yield f'<section id="{name}">\n<h2>{escape(title)}</h2>'
    if exhibit.command:
        yield f"<pre>$ {escape(exhibit.command)}</pre>"
    else:
        yield f"<p><code>{name}.gg</code> · {escape(text('gallery.size', **size))}</p>"
    if not exhibit.command and not isinstance(exhibit.source, tuple):
        yield f"<pre>{escape(_board(exhibit.source))}</pre>"
    alternative = escape(printable(described(scene, frame_of(scene, exhibit.step))), quote=True)
    yield '<div class="figures">'
    for theme, file in files.items():
        address = escape(file, quote=True)
        told = escape(text("gallery.theme", theme=_named(theme)))
        yield (
            f'<figure><a href="{address}"><img src="{address}" alt="{alternative}" '
            f'width="{round(scene.width)}" height="{round(scene.height)}" loading="lazy"></a>'
            f"<figcaption>{told}</figcaption></figure>"
        )
    yield "</div>\n</section>"


def _named(theme: str) -> str:
    """Return a theme as the command line takes it in the language of the page."""
    words = {english: spanish for spanish, english in reversed(CHOICES.items())}
    return words[theme] if language() == "es" else theme


def _board(trace: Trace) -> str:
    """Return the computed lines of a graph as they are written on the board."""
    graph = trace.graph
    return "\n".join(
        printable(
            f"{typeset_node(graph, line.root)} = {typeset_formula(line_formula(graph, line))}"
        )
        for line in graph.lines()
        if not graph.is_leaf(line.root)
    )


def _page(sections: Sequence[_Section], others: Sequence[str], first: str) -> str:
    """Return the page; it may show pictures from beside it and nothing else.

    Args:
        sections: what it shows.
        others: the languages of the other pages.
        first: the language of the page that has the plain name.
    """
    styles = resources.files("graphgrad.views.figure.html").joinpath("gallery.css")
    style = f"\n{styles.read_text('utf-8')}"
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' file: data:"
    title = escape(text("gallery.title"))
    asked = [section for section in sections if section.asked]
    samples = [section for section in sections if not section.asked]
    lines = [
        f'<!DOCTYPE html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<link rel="icon" href="data:,">\n<title>{title}</title>\n<style>{style}</style>',
        f"</head>\n<body>\n<main>\n<h1>{title}</h1>",
        *(_other(code, first) for code in others),
    ]
    if asked:
        lines += _part("recipe.title", escape(text("recipe.about")), asked)
        lines += _part("recipe.samples", escape(_about(len(samples))), samples)
    else:
        lines += [f"<p>{escape(_about(len(samples)))}</p>", _list(samples)]
        lines += [section.text for section in samples]
    return "\n".join([*lines, "</main>\n</body>\n</html>\n"])


def _part(title: str, about: str, sections: Sequence[_Section]) -> list[str]:
    told = [section.text for section in sections]
    return [f"<h1>{escape(text(title))}</h1>\n<p>{about}</p>", _list(sections), *told]


def _other(code: str, first: str) -> str:
    """Return the link to the page in another language."""
    address = PAGE if code == first else f"gallery.{code}.html"
    name = escape(language_record(code).name)
    return f'<p><a href="{address}" lang="{code}" hreflang="{code}">{name}</a></p>'


def _list(sections: Sequence[_Section]) -> str:
    links = [
        f'<li><a href="#{escape(section.name, quote=True)}">'
        f"{escape(section.title if section.asked else section.name)}</a></li>"
        for section in sections
    ]
    return f"<nav>\n<ul>\n{chr(10).join(links)}\n</ul>\n</nav>"


def _about(count: int) -> str:
    one = count == 1
    return text("gallery.about_one" if one else "gallery.about", count=count, themes=len(THEMES))
