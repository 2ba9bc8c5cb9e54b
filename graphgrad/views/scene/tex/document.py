"""Put a TikZ document together: the shapes of the SVG tree, and one node per text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from graphgrad.views.scene.scene import LegendEntry, Scene, SceneBox, SceneEdge, SceneText
from graphgrad.views.scene.shapes import decimal
from graphgrad.views.scene.svg import svg_tree
from graphgrad.views.scene.tex.strokes import colour_name, stroke
from graphgrad.views.scene.tex.words import comment, declarations, math

__all__ = ["tex_of"]

_SLACK = 1.02
_LEADING = 1.2
_NUMBER_SIZE = 8.5
_SAMPLE = r"\text{Aa}"
_SHAPES = ("rect", "ellipse", "path")
_PREAMBLE = r"""\documentclass[border=0pt]{standalone}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[utf8]{inputenc}
  \usepackage[T1]{fontenc}
  \IfFileExists{lmodern.sty}{\usepackage{lmodern}}{\usepackage{fix-cm}}
\fi
\usepackage{amsmath,amssymb}
\usepackage{tikz}
\setcounter{MaxMatrixCols}{64}
\newsavebox{\ggbox}
% A text that is wider in this font than the place measured for it is made smaller.
\newcommand{\ggfit}[2]{\sbox{\ggbox}{#2}%
  \ifdim\wd\ggbox>#1\relax\resizebox{#1}{!}{\usebox{\ggbox}}\else\usebox{\ggbox}\fi}"""


def tex_of(scene: Scene, *, step: int | None = None, theme: str = "light") -> bytes:
    """Return a frame as a standalone TikZ document.

    Args:
        scene: the figure.
        step: the step after which it is shown; None shows everything at once.
        theme: a name of `graphgrad.views.scene.theme.THEMES`.

    Raises:
        UsageError: if there is no such step or theme.
    """
    body = list(_body(scene, svg_tree(scene, step=step, theme=theme)))
    colours = sorted({name for line in body for name in re.findall(r"\bgg([0-9A-F]{6})\b", line)})
    foreign = declarations(body)
    lines = [
        f"% {comment(scene.title)}",
        f"% {comment(scene.description)}",
        _PREAMBLE,
        *([r"\ifPDFTeX", *foreign, r"\fi"] if foreign else []),
        *(rf"\definecolor{{gg{colour}}}{{HTML}}{{{colour}}}" for colour in colours),
        r"\begin{document}",
        *_picture(scene, body),
        r"\end{document}",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _picture(scene: Scene, body: list[str]) -> list[str]:
    unit, size = f"{scene.scale:.6f}", f"({decimal(scene.width)},{decimal(scene.height)})"
    return [
        rf"\begin{{tikzpicture}}[x={unit}bp, y=-{unit}bp, inner sep=0pt, outer sep=0pt]",
        rf"\useasboundingbox (0,0) rectangle {size};",
        *body,
        r"\end{tikzpicture}",
    ]


def _body(scene: Scene, root: ElementTree.Element) -> Iterator[str]:
    """Yield the commands of the page, then of each part in the order of the tree."""
    for element in root.findall("rect"):
        yield stroke(element, scene.scale)
    parts = iter(root.findall("g"))
    for group in scene.groups:
        yield from _part(scene, next(parts), [group.text])
    labelled: list[SceneEdge | SceneBox] = [*scene.edges, *scene.boxes]
    for part in labelled:
        yield from _part(scene, next(parts), list(part.texts))
    for blank in scene.blanks:
        drawn = next(parts)
        yield from _part(scene, drawn, [])
        corner = f"({decimal(blank.rect.left + 2.5)},{decimal(blank.rect.top + 2.0)})"
        number = _sized(str(blank.number), _NUMBER_SIZE * scene.scale, drawn[-1])
        yield rf"\node[anchor=north west] at {corner} {{{number}}};"
    for entry in scene.legend:
        yield from _legend(scene, next(parts), entry)


def _part(scene: Scene, drawn: ElementTree.Element, texts: list[SceneText]) -> Iterator[str]:
    for element in drawn:
        command = stroke(element, scene.scale) if element.tag in _SHAPES else ""
        if command:
            yield command
    groups = drawn.findall("g")[-len(texts) :] if texts else []
    for text, group in zip(texts, groups, strict=True):
        if group.get("visibility") != "hidden" and text.tex.strip():
            yield _node(scene, text, group)


def _legend(scene: Scene, drawn: ElementTree.Element, entry: LegendEntry) -> Iterator[str]:
    """Yield a line of the legend; letters are shown by their colour."""
    yield from _part(scene, drawn, [entry.text])
    for group in drawn.findall("g")[:-1]:
        place = f"({decimal(entry.rect.centre.x)},{decimal(entry.text.baseline)})"
        sample = _sized(_SAMPLE, entry.text.size * scene.scale, group)
        yield rf"\node[anchor=base] at {place} {{{sample}}};"


def _node(scene: Scene, text: SceneText, group: ElementTree.Element) -> str:
    """Return a text as a node round the middle of the place that was measured for it."""
    middle = f"({decimal(text.x + text.ink.width / 2)},{decimal(text.baseline)})"
    width = f"{decimal(text.ink.width * scene.scale * _SLACK)}bp"
    written = _sized(math(text.tex), text.size * scene.scale, group)
    return rf"\node[anchor=base] at {middle} {{\ggfit{{{width}}}{{{written}}}}};"


def _sized(tex: str, size: float, group: ElementTree.Element) -> str:
    font = rf"\fontsize{{{decimal(size)}bp}}{{{decimal(size * _LEADING)}bp}}\selectfont"
    return rf"{font}\color{{{colour_name(group.get('fill', '#000000'))}}}$\displaystyle {tex}$"
