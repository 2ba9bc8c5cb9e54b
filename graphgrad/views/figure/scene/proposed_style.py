"""Tell letters that are too small, and propose what reads better: a style, or less of a figure.

Letters are measured as a figure is drawn: the size is that of its smallest row of text, with that
of its index letters and entries of arrays, which are smaller, told beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from math import floor
from typing import NamedTuple

from graphgrad.graph.graph import Graph
from graphgrad.graph.inputs import computations
from graphgrad.messages.catalogue import text
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.geometry.places import Size
from graphgrad.views.figure.scene.pages import LEAST_PIXELS, SCREEN, enlarged_on, read_from_afar
from graphgrad.views.figure.scene.scene import Scene

__all__ = ["Drawn", "advised", "drawn_letters", "is_circuit", "proposed", "warned"]

_FEWEST, _MOST = 2, 24


def is_circuit(graph: Graph) -> bool:
    r"""Tell whether a graph is a circuit of numbers: one operation a line, nothing to be learned.

    >>> from graphgrad.source.gg import read_gg
    >>> is_circuit(read_gg("input x = 1\ninput y = 2\nq = x + y\nf = q*x"))
    True
    """
    lines = [line for line in graph.lines() if not graph.is_leaf(line.root)]
    if not _FEWEST <= len(lines) <= _MOST or graph.has_loss or any(graph.columns.shapes):
        return False
    learned = any(graph.role(line.root) == "parameter" for line in graph.lines())
    return not learned and all(len(computations(graph, line)) == 1 for line in lines)


def proposed(scene: Scene, graph: Graph, options: SceneOptions) -> Scene:
    """Return a scene with a note that proposes wires for a circuit drawn in boxes of formulas."""
    asked = options.style != "formula" or options.fit or options.detail or options.blank
    if asked or not is_circuit(graph):
        return scene
    return _noted(scene, "scene.note.wire")


class Drawn(NamedTuple):
    """How small the letters of a scene are drawn, in points.

    Attributes:
        size: of the smallest row of text.
        inner: of the smallest letters in any row: indices, entries of arrays.
    """

    size: float
    inner: float

    def told(self, language: str) -> dict[str, str]:
        """Return what a note says of it; 9.96 is not 10."""
        size, inner = (f"{floor(points * 10) / 10:g}" for points in self)
        within = text("scene.note.inner", language, size=inner) if inner != size else ""
        return {"size": size, "inner": within}


def drawn_letters(scene: Scene, scale: float) -> Drawn:
    """Return how small the letters of a scene are, its points so many of the page."""
    rows = [row for box in scene.boxes for row in box.texts]
    rows += [row for edge in scene.edges for row in edge.texts]
    inner = min((mark.size for row in rows for mark in row.ink.marks), default=scene.smallest)
    return Drawn(scene.smallest * scale, min(scene.smallest, inner) * scale)


def warned(scene: Scene, options: SceneOptions) -> Scene:
    """Return a scene that was not fitted, with a note if its letters would be too small.

    A picture is judged as on a slide of 1920x1080 that it fills, under 24 px; what stands on the
    slide of a deck, in points of that slide.
    """
    if not scene.boxes:
        return scene
    if options.slide:
        size = Size(scene.width, scene.height)
        drawn = drawn_letters(scene, enlarged_on(options.slide, size))
        least, page = read_from_afar(options.slide), options.slide.removesuffix("-body")
        told = drawn.told(scene.language) | {"least": f"{least:.3g}", "page": page}
        return scene if drawn.size >= least else _noted(scene, "scene.note.small_slide", **told)
    pixels = scene.smallest * min(SCREEN.width / scene.width, SCREEN.height / scene.height)
    if pixels >= LEAST_PIXELS:
        return scene
    pixel_size, least_size = f"{floor(pixels * 10) / 10:g}", f"{LEAST_PIXELS:g}"
    return _noted(scene, "scene.note.pixels_fit", size=pixel_size, least=least_size)


def _noted(scene: Scene, key: str, **told: str) -> Scene:
    """Return a scene with a warning more."""
    note = text(key, scene.language, **told)
    return scene._replace(notes=(*scene.notes, note), warnings=(*scene.warnings, note))


def advised(
    scene: Scene, options: SceneOptions, letters: Drawn, enough: Callable[[SceneOptions], bool]
) -> Scene:
    """Return a scene with the list of what may be asked for, since its letters are small.

    Args:
        scene: on its page.
        options: what was asked for.
        letters: how small they are.
        enough: tells whether they would be large enough with other options.
    """
    advice = ["--wrt"] if len(scene.boxes) > 2 else []
    if options.style == "neurons":
        advice += ["--style layers", "--style formula"]
    elif options.style == "layers":
        advice.append("--style formula")  # which folds what repeats
    elif options.detail not in ("layer", "block") and scene.groups:
        advice.append("--detail layer")
    groups = dict.fromkeys(filter(None, (group.closes for group in scene.groups)))
    folds = [] if options.style == "neurons" else [*groups][:2]
    folds = [name for name in folds if enough(options._replace(collapse=name))]
    advice += [f"--collapse {_quoted(name)}" for name in folds]
    if options.style not in ("layers", "neurons"):  # numbers have gone already
        told_of = {"values", "adjoints"} & {*options.show}
        advice += ["--show none"] if told_of and enough(options._replace(show=())) else []
    told = letters.told(scene.language) | {"least": f"{read_from_afar(options.fit):.3g}"}
    advice_told = ", ".join(advice)
    return _noted(scene, "scene.note.small", page=options.fit, advice=advice_told, **told)


def _quoted(name: str) -> str:
    """Return a name as a shell takes it."""
    return name if all(c.isalnum() or c in "._-" for c in name) else f"'{name}'"
