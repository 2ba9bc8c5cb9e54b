"""Propose what reads better: a style, or less of a figure whose letters are small."""

from __future__ import annotations

from dataclasses import replace
from math import floor

from graphgrad.graph.graph import Graph
from graphgrad.graph.inputs import computations
from graphgrad.messages.catalogue import text
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.scene.pages import LEAST_PIXELS, SCREEN
from graphgrad.views.figure.scene.scene import Scene

__all__ = ["advised", "is_circuit", "proposed", "warned"]

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
    note = text("scene.note.wire", scene.language)
    return replace(scene, notes=(*scene.notes, note), warnings=(*scene.warnings, note))


def advised(scene: Scene, options: SceneOptions, letters: float) -> Scene:
    """Return a scene with the list of what may be asked for, since its letters are small."""
    advice = ["--wrt"] if len(scene.boxes) > 2 else []
    if options.style == "neurons":
        advice += ["--style layers", "--style formula"]
    elif options.detail not in ("layer", "block") and scene.groups:
        advice.append("--detail layer")
    groups = dict.fromkeys(filter(None, (group.closes for group in scene.groups)))
    folds = [] if options.style == "neurons" else [*groups][:2]
    advice += [f"--collapse {_quoted(name)}" for name in folds]
    if options.style != "layers":  # these show numbers of the loss alone
        advice += ["--show none"] if {"values", "adjoints"} & {*options.show} else []
    note = text(
        "scene.note.small",
        scene.language,
        size=f"{letters:.1f}",
        page=options.fit,
        advice=", ".join(advice),
    )
    return replace(scene, notes=(*scene.notes, note), warnings=(*scene.warnings, note))


def _quoted(name: str) -> str:
    """Return a name as a shell takes it."""
    return name if all(c.isalnum() or c in "._-" for c in name) else f"'{name}'"


def warned(scene: Scene) -> Scene:
    """Return a scene with a note if its letters would be under 24 px on a 1920x1080 slide."""
    pixels = scene.smallest * min(SCREEN.width / scene.width, SCREEN.height / scene.height)
    if not scene.boxes or pixels >= LEAST_PIXELS:
        return scene
    size, least = f"{floor(pixels * 10) / 10:g}", f"{LEAST_PIXELS:g}"  # 23.96 is not 24
    note = text("scene.note.pixels_fit", scene.language, size=size, least=least)
    return replace(scene, notes=(*scene.notes, note), warnings=(*scene.warnings, note))
