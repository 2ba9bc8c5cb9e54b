"""Read what becomes a figure: files, in every style and with every choice; labels of lines."""

from __future__ import annotations

import math
import os
import random
import zlib
from functools import cache
from typing import Any
from unittest.mock import patch

import numpy as np

from graphgrad.autodiff.record import record
from graphgrad.source.text import decode
from graphgrad.views.figure.content.scene_options import SceneOptions
from tests.fuzz.network_readers import LARGEST, graph_of
from tests.fuzz.reader import files, folder, regression

__all__ = ["HEATED", "drawn_render", "engine_answers", "outline_files", "read_engine"]
__all__ += ["read_figure", "read_heat", "read_label", "read_outlines", "read_render"]

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
    from graphgrad.views.figure.scene.compose import scene_of
    from graphgrad.views.figure.svg.svg import svg_of
    from graphgrad.views.figure.tex.tikz_picture import tikz_of

    trace = record(graph_of(data))
    if len(trace.graph) > LARGEST:
        return
    rng = random.Random(zlib.crc32(data))
    large = len(trace.graph) > 60
    if large and zlib.crc32(data) % 6:
        return  # labels take the time, and a large figure has the same ones
    chosen = {"detail": "layer" if large else "line"} | ({} if large else drawn_choices(rng))
    if rng.random() < 0.5:
        chosen = {"brief": 3} | chosen  # without numbers, each of which is a label of its own
    scene = scene_of(trace, SceneOptions(**chosen))
    svg_of(scene)
    svg_of(scene, step=rng.randrange(len(trace.steps) + 1))
    tikz_of(scene)


def read_heat(data: bytes) -> None:
    """Draw a file with its adjoints as colours."""
    from graphgrad.views.figure.scene.compose import scene_of
    from graphgrad.views.figure.svg.svg import svg_of

    trace = record(graph_of(data))
    if len(trace.graph) < 60:
        svg_of(scene_of(trace, SceneOptions(heat="adjoint")))


def read_label(data: bytes) -> None:
    """Typeset the label of a line, which is LaTeX as its author wrote it."""
    from graphgrad.views.figure.typeset.typeset import typeset

    longest = 2000 if zlib.crc32(data) % 8 == 0 else 300  # time goes with the length, finds do not
    typeset(decode(data, "label")[:longest], 12.0)


# ---- choices from Python, an engine's answers, what was drawn before ----

_ODD = (
    "0", "-1", "True", "None", "'a'", "b'1'", "[]", "[1, 2]", "(0, 1)", "float('nan')", "1e999",
    "np.int64(1)", "np.ones((2, 3))", "{}", "object", "10**40",
    "10**5000", "''", "2.5", "'1x1'", "'0x0'",
    "'9e9x1'", "'depth:0'", "'depth:-1'", "['values', 3]", "'\\ud800'", "'repeats,x'", "1e-9",
    "'es'",
    "np.float64(2)", "3", "17", "1000", "'values,partials'", "('w', 'L')", "'w'", "'L'", "['w']",
    "'ng'", "'640x360'", "'dark'", "'svg'", "'tikz'", "1j", "np.array('x')", "-0.5", "'/dev/null'",
)  # fmt: skip
_WAYS = (*CHOICES, "wrt", "path", "notation", "slide", "theme", "scale", "seconds", "once", "step",
         "format", "spared", "first_of_kind", "short_signs", "short_layers", "engine")  # fmt: skip
_KINDS = ("svg", "tex", "html", "dot", "md", "json", "txt", "typ", "tikz", "ipynb", "gg")


def drawn_render(rng: random.Random) -> bytes:
    """Compose a figure's choices as Python gives them: right, odd, of another type."""
    lines = [rng.choice(_KINDS)]
    for name in rng.sample(_WAYS, rng.choice((1, 1, 2, 3))):
        right = name in CHOICES and rng.random() < 0.5
        lines.append(f"{name}={rng.choice(CHOICES[name])!r}" if right else
                     f"{name}={rng.choice(_ODD)}")  # fmt: skip
    return "\n".join(lines).encode()


def read_render(data: bytes) -> None:
    """Render a sample with choices that `drawn_render` has composed; other text is left alone."""
    import graphgrad as gg

    end, *lines = decode(data, "choices").split("\n")[:6]
    allowed = {*_ODD, *(repr(one) for some in CHOICES.values() for one in some)}
    given = [line.partition("=")[::2] for line in lines]
    if end not in _KINDS or not all(n.isidentifier() and v in allowed for n, v in given):
        return
    choices = {name: eval(value, {"np": np}) for name, value in given}  # of the words above alone
    if {"source", "path_", "options"} & set(choices):
        return
    way = choices.pop("path", None)
    gg.render(regression(), str(folder() / f"o.{end}"), **choices,
              **({} if way is None else {"options": SceneOptions(path=way)}))  # fmt: skip


def read_engine(data: bytes) -> None:
    """Take the layout of a figure from an engine that answers anything."""
    from graphgrad.views.figure.layout import dot_output
    from graphgrad.views.figure.scene.compose import scene_of
    from graphgrad.views.figure.svg.svg import svg_of
    from graphgrad.views.layout_engines.engine import hosted_by

    hosted_by(_Host(data))
    dot_output._ANSWERS.clear()
    try:
        drawn = svg_of(scene_of(regression(), SceneOptions(layout="dot", direction="LR")))
        if b"nan" in drawn or b"inf" in drawn:
            raise AssertionError("no number in a picture")
    finally:
        dot_output._ANSWERS.clear()
        hosted_by(None)


class _Host:
    """An engine that answers what it was made with."""

    name, formats, html_labels = "host", ("svg", "json"), False

    def __init__(self, answer: bytes) -> None:
        self.answer = answer

    def run(self, source: str, file_format: str) -> bytes:
        return self.answer


def engine_answers() -> list[bytes]:
    """Return what an engine answers for that figure."""
    from graphgrad.views.figure.layout import dot_output
    from graphgrad.views.figure.scene.compose import scene_of

    dot_output._ANSWERS.clear()
    scene_of(regression(), SceneOptions(layout="dot", direction="LR"))
    return list(dot_output._ANSWERS.values())


def read_outlines(data: bytes) -> None:
    """Take up outlines that someone else may have put into the cache: right ones, or none."""
    store = _stored(data)
    for tex in _DRAWN:
        found = store.found(tex)
        if found is not None and not all(map(math.isfinite, _numbers_of(found))):
            raise AssertionError(found)


_DRAWN = (r"q_{77} \cdot q_{78}", "q_{79}", r"\frac{q_{71}}{2}")
"""Labels that nothing else draws: what a process has drawn, it does not keep again."""


def _numbers_of(drawn: Any) -> list[float]:
    ink = drawn.ink
    marks = [number for m in ink.marks for number in (m.x, m.y, m.size)]
    return [ink.width, ink.ascent, ink.descent, *marks, *(n for rule in ink.rules for n in rule)]


def _stored(data: bytes) -> Any:
    from graphgrad.files import cache_folder
    from graphgrad.views.figure.typeset import kept_outlines

    with patch.dict(os.environ, {cache_folder.FOLDER: str(folder() / "cache")}):
        place = cache_folder.cache_folder("outlines")
        assert place is not None
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{kept_outlines._version()}.txt").write_bytes(data)
        return kept_outlines._Store()


@cache
def outline_files() -> list[bytes]:
    """Return what the cache holds of a few labels."""
    from graphgrad.views.figure.typeset import kept_outlines
    from graphgrad.views.figure.typeset.typeset import typeset

    store = _stored(b"")
    with patch.object(kept_outlines, "_store", lambda: store):
        for tex in _DRAWN:
            typeset(tex, 12.0)
        store.write()
    return [next(store.folder.glob("*.txt")).read_bytes()]
