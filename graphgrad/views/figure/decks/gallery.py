"""Write a gallery: the figure of every sample in every theme, and a page that shows them all."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator
from html import escape
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from graphgrad.files.writing import make_folder, write_output
from graphgrad.graph.formula import line_formula
from graphgrad.messages.catalogue import language, text
from graphgrad.symbolic.write.words_latex import printable
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.known_at import frame_of
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
    """What a gallery shows: a name that is fit for a file, and a pass."""

    name: str
    trace: Trace


def write_gallery(
    exhibits: Iterable[Exhibit],
    folder: Path,
    done: Callable[[str], None] = lambda _: None,
    *,
    force: bool = False,
) -> Path:
    """Write the figures of a gallery and its page to a folder, and return the page's path.

    Args:
        exhibits: in the order of the page.
        folder: where everything goes; it is made if it is missing.
        done: is told the name of each exhibit that is written.
        force: whether files that are no gallery of ours may be replaced.

    Raises:
        FileError: if a file cannot be written.
        UsageError: if there is no layout engine.
    """
    make_folder(folder)
    names: list[str] = []
    sections: list[str] = []
    for exhibit in exhibits:
        scene = scene_of(exhibit.trace)
        for theme in THEMES:
            picture = svg_of(scene, theme=theme)
            write_output(folder / _file(exhibit, theme), picture, own=_OWN, force=force)
        names.append(exhibit.name)
        sections.append("\n".join(_section(exhibit, scene)))
        done(exhibit.name)
    write_output(folder / PAGE, _page(names, sections), own=_OWN_PAGE, force=force)
    return folder / PAGE


def _file(exhibit: Exhibit, theme: str) -> str:
    return f"{exhibit.name}-{theme}.svg"


def _section(exhibit: Exhibit, scene: Scene) -> Iterator[str]:
    """Yield what the page says about one exhibit, and its figures."""
    name = escape(exhibit.name, quote=True)
    size = {
        "boxes": len(scene.boxes),
        "edges": len(scene.edges),
        "width": round(scene.width * scene.scale),
        "height": round(scene.height * scene.scale),
        "steps": scene.last_step,
    }
    yield f'<section id="{name}">\n<h2>{escape(printable(scene.title))}</h2>'
    yield f"<p><code>{name}.gg</code> · {escape(text('gallery.size', **size))}</p>"
    yield f"<pre>{escape(_board(exhibit.trace))}</pre>"
    alternative = escape(printable(described(scene, frame_of(scene))), quote=True)
    yield '<div class="figures">'
    for theme in THEMES:
        address = escape(_file(exhibit, theme), quote=True)
        yield (
            f'<figure><a href="{address}"><img src="{address}" alt="{alternative}" '
            f'width="{round(scene.width)}" height="{round(scene.height)}" loading="lazy"></a>'
            f"<figcaption>{escape(text('gallery.theme', theme=theme))}</figcaption></figure>"
        )
    yield "</div>\n</section>"


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


def _page(names: list[str], sections: list[str]) -> str:
    """Return the page; it may show pictures from beside it and nothing else."""
    styles = resources.files("graphgrad.views.figure.html").joinpath("gallery.css")
    style = f"\n{styles.read_text('utf-8')}"
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' file: data:"
    title = escape(text("gallery.title"))
    links = [_link(escape(name, quote=True)) for name in names]
    lines = [
        f'<!DOCTYPE html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<link rel="icon" href="data:,">\n<title>{title}</title>\n<style>{style}</style>',
        f"</head>\n<body>\n<main>\n<h1>{title}</h1>",
        f"<p>{escape(_about(len(sections)))}</p>",
        f"<nav>\n<ul>\n{chr(10).join(links)}\n</ul>\n</nav>",
        *sections,
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(lines)


def _link(name: str) -> str:
    return f'<li><a href="#{name}">{name}</a></li>'


def _about(count: int) -> str:
    one = count == 1
    return text("gallery.about_one" if one else "gallery.about", count=count, themes=len(THEMES))
