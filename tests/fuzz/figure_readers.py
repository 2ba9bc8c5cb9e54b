"""Read what becomes a figure: files, in every style and with every choice; labels of lines."""

from __future__ import annotations

import random
import zlib
from typing import Any

from graphgrad.autodiff.record import record
from graphgrad.source.text import decode
from tests.fuzz.network_readers import LARGEST, graph_of
from tests.fuzz.reader import files

__all__ = ["HEATED", "read_figure", "read_heat", "read_label"]

HEATED = files("[a-e]*.gg")
CHOICES: dict[str, tuple[Any, ...]] = {
    "style": ("formula", "operator", "wire", "layers", "neurons"),
    "detail": (None, "block", "layer", "line", "op"),
    "show": (("values",), ("contributions", "partials"), (), ("values", "adjoints")),
    "blank": (("values",), ("adjoints", "partials")),
    "direction": ("LR", "TB"), "layout": ("dot", "columns", "time", "chain"),
    "shared": ("ghosts",), "heat": ("value", "adjoint", "contribution"), "legend": (True,),
    "collapse": ("none", "repeats", "depth:1", "blocks:2"), "digits": (1, 2, 17),
    "fit": ("beamer169", "640x360", "a4", "60x40"), "brief": (1, 2, 3, 4), "rows": (2, 3),
    "decimal_comma": (True,), "language": ("es",), "compact": (True,), "numbered": (True,),
    "short_arrays": (True,), "fold": ("line", "node", "edge"),
}  # fmt: skip


def drawn_choices(rng: random.Random) -> dict[str, Any]:
    """Return a few choices of a scene: none half of the time."""
    names = rng.sample(list(CHOICES), rng.choice((0, 0, 0, 1, 2, 3)))
    return {name: rng.choice(CHOICES[name]) for name in names}


def read_figure(data: bytes) -> None:
    """Draw a file, the choices drawn by its bytes: SVG at the end and at a step, and TikZ."""
    from graphgrad.views.figure.content.scene_options import SceneOptions
    from graphgrad.views.figure.scene.compose import scene_of
    from graphgrad.views.figure.svg.svg import svg_of
    from graphgrad.views.figure.tex.tikz_picture import tikz_of

    trace = record(graph_of(data))
    if len(trace.graph) > LARGEST:
        return
    rng = random.Random(zlib.crc32(data))
    large = len(trace.graph) > 60
    chosen = {"detail": "layer" if large else "line"} | ({} if large else drawn_choices(rng))
    scene = scene_of(trace, SceneOptions(**chosen))
    svg_of(scene)
    svg_of(scene, step=rng.randrange(len(trace.steps) + 1))
    tikz_of(scene)


def read_heat(data: bytes) -> None:
    """Draw a file with its adjoints as colours."""
    from graphgrad.views.figure.content.scene_options import SceneOptions
    from graphgrad.views.figure.scene.compose import scene_of
    from graphgrad.views.figure.svg.svg import svg_of

    trace = record(graph_of(data))
    if len(trace.graph) < 60:
        svg_of(scene_of(trace, SceneOptions(heat="adjoint")))


def read_label(data: bytes) -> None:
    """Typeset the label of a line, which is LaTeX as its author wrote it."""
    from graphgrad.views.figure.typeset.typeset import typeset

    typeset(decode(data, "label")[:2000], 12.0)
