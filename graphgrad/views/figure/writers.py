"""Write scenes to files: one table from the name of a format to its writer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from graphgrad.errors import UsageError
from graphgrad.files.writing import PNG_MARK, check_free, make_folder, write_output
from graphgrad.graph.graph import Graph
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.per_stop import check_steps
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.svg.svg import svg_of

if TYPE_CHECKING:
    from graphgrad.views.figure.content.questions import Questions  # only a page asks
    from graphgrad.views.figure.scene.compare import Pair

__all__ = ["WRITERS", "DrawOptions", "Format", "draw", "format_of", "frames", "scene_writer"]


class DrawOptions(NamedTuple):
    """Hold what a writer is told beside the scene.

    Attributes:
        step: the step after which the scene is shown; None shows everything at once. A format
            that shows all steps starts with it.
        theme: a name of `graphgrad.views.figure.svg.theme.THEMES`.
        scale: pixels per CSS pixel, for formats of pixels; None is what suits the format.
        seconds: how long an animation shows a step.
        once: whether an animation stops at its last step.
        slide: the page of a deck, which `draw` takes from the page that is fitted.
        questions: what a page asks before it shows it.
    """

    step: int | None = None
    theme: str = "light"
    scale: float | None = None
    seconds: float = 1.5
    once: bool = False
    slide: str = ""
    questions: Questions | None = None


SceneWriter = Callable[[Scene, DrawOptions], bytes]


class Format(NamedTuple):
    """One row of the table of formats.

    Attributes:
        ending: of its files.
        write: its writer.
        all_steps: whether one file holds every step.
        pixels: whether it is made of pixels, or has pictures of pixels.
        plays: whether it moves by itself.
        bodies: by the slide that is fitted, the page that it leaves for the figure.
        own: what every file of this format that we write holds; only such a file is replaced.
    """

    ending: str
    write: SceneWriter
    all_steps: bool = False
    pixels: bool = False
    plays: bool = False
    bodies: Mapping[str, str] = {}  # a mapping that no one writes to
    own: bytes = b""


def svg_file(scene: Scene, options: DrawOptions) -> bytes:
    """Return a frame as SVG."""
    return svg_of(scene, step=options.step, theme=options.theme)


def png_file(scene: Scene, options: DrawOptions) -> bytes:
    """Return a frame as PNG."""
    from graphgrad.views.figure.decks.png_pdf import marked, png_of

    picture = svg_file(scene, options)
    scale = {} if options.scale is None else {"scale": options.scale}
    return marked(png_of(picture, **scale))


def html_file(scene: Scene, options: DrawOptions) -> bytes:
    """Return all steps as one HTML file."""
    from graphgrad.views.figure.html.html_page import html_of

    return html_of(scene, step=options.step, theme=options.theme, questions=options.questions)


def tex_file(scene: Scene, options: DrawOptions) -> bytes:
    """Return a frame as a standalone TikZ document."""
    from graphgrad.views.figure.tex.documents import tex_of

    return tex_of(scene, step=options.step, theme=options.theme)


def tikz_file(scene: Scene, options: DrawOptions) -> bytes:
    r"""Return a frame as TikZ for another document to ``\input``."""
    from graphgrad.views.figure.tex.documents import tikz_file_of

    return tikz_file_of(scene, step=options.step, theme=options.theme)


def beamer_file(scene: Scene, options: DrawOptions) -> bytes:
    """Return all steps as a Beamer deck."""
    from graphgrad.views.figure.tex.documents import beamer_of

    slide = options.slide or "beamer169"
    return beamer_of(scene, step=options.step, theme=options.theme, slide=slide)


def overlays_file(scene: Scene, options: DrawOptions) -> bytes:
    r"""Return all steps as one picture with overlays for a frame of another deck to ``\input``."""
    from graphgrad.views.figure.tex.documents import overlays_file_of

    return overlays_file_of(scene, step=options.step, theme=options.theme)


def pdf_file(scene: Scene, options: DrawOptions) -> bytes:
    """Return a frame as PDF."""
    from graphgrad.views.figure.decks.png_pdf import pdf_of

    return pdf_of(scene, step=options.step, theme=options.theme)


def pptx_file(scene: Scene, options: DrawOptions) -> bytes:
    """Return all steps as a presentation."""
    from graphgrad.views.figure.decks.pptx import pptx_of

    return pptx_of(scene, step=options.step, theme=options.theme, scale=options.scale)


def _animated(write: str) -> SceneWriter:
    """Return the writer of an animation; its module needs NumPy and is loaded when it writes."""

    def animation_file(scene: Scene, options: DrawOptions) -> bytes:
        from graphgrad.views.figure.decks import animation

        how = {name: getattr(options, name) for name in _PLAYED}
        return bytes(getattr(animation, write)(scene, **how))

    return animation_file


def reveal_file(scene: Scene, options: DrawOptions) -> bytes:
    """Return all steps as a slide to paste into reveal.js."""
    from graphgrad.views.figure.decks.reveal import reveal_of

    return reveal_of(scene, step=options.step, theme=options.theme)


_BEAMER = {"beamer169": "beamer169-body", "beamer43": "beamer43-body"}
_PPTX = {"pptx": "pptx-body"}
_PLAYED = ("step", "theme", "scale", "seconds", "once")
_OWN_SVG = b'xmlns:xlink="http://www.w3.org/1999/xlink" id="g'
_OWN_HTML = b"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-"
_OWN_REVEAL = b'<section class="g'
_OWN_TEX = b"\\ggletter"
_OWN_PDF, _OWN_PPTX = b"/Keywords(graphgrad)", b"<cp:keywords>graphgrad</cp:keywords>"
WRITERS: dict[str, Format] = {
    "svg": Format("svg", svg_file, own=_OWN_SVG),
    "png": Format("png", png_file, pixels=True, own=PNG_MARK),
    "html": Format("html", html_file, all_steps=True, own=_OWN_HTML),
    "tex": Format("tex", tex_file, own=_OWN_TEX),
    "pdf": Format("pdf", pdf_file, own=_OWN_PDF),
    "tikz": Format("tex", tikz_file, own=_OWN_TEX),
    "beamer": Format("tex", beamer_file, all_steps=True, bodies=_BEAMER, own=_OWN_TEX),
    "pptx": Format("pptx", pptx_file, True, True, bodies=_PPTX, own=_OWN_PPTX),
    "gif": Format("gif", _animated("gif_of"), True, True, True, own=b"graphgrad: "),
    "webp": Format("webp", _animated("webp_of"), True, True, True, own=b'"graphgrad"'),
    "reveal": Format(
        "html", reveal_file, all_steps=True, bodies={"reveal": "reveal-body"}, own=_OWN_REVEAL
    ),
    "overlays": Format("tex", overlays_file, all_steps=True, bodies=_BEAMER, own=_OWN_TEX),
}
"""A new format is one entry here; one named as its ending is that ending's usual format."""


def format_of(path: str | os.PathLike[str], name: str = "", others: Iterable[str] = ()) -> str:
    """Return the name of the format of a file: the one asked for, else that of its ending.

    Args:
        path: the file.
        name: the format asked for, or empty.
        others: formats that are not drawn from a scene, to be named with these.

    Raises:
        UsageError: if there is none, or it is not written to files of this ending.
    """
    ending = Path(path).suffix.lower().removeprefix(".")
    if not name:
        if ending not in WRITERS or WRITERS[ending].ending != ending:
            endings = [*(n for n, row in WRITERS.items() if row.ending == n), *others]
            known = ", ".join(f".{known}" for known in endings)
            raise UsageError("figure.unknown_format", path=str(path), known=known)
        return ending
    if name in others:
        raise UsageError("format.ending", format=name, path=str(path), expected=f".{name}")
    if name not in WRITERS:
        raise UsageError("format.unknown", got=name, known=", ".join([*WRITERS, *others]))
    if WRITERS[name].ending != ending:
        expected = f".{WRITERS[name].ending}"
        raise UsageError("format.ending", format=name, path=str(path), expected=expected)
    return name


def scene_writer(path: str | os.PathLike[str], name: str = "") -> SceneWriter:
    """Return the writer of a file; see `format_of`."""
    return WRITERS[format_of(path, name)].write


def draw(
    source: Trace | Graph | Pair,
    path: str | os.PathLike[str],
    options: SceneOptions | None = None,
    how: DrawOptions | None = None,
    name: str = "",
    *,
    force: bool = False,
) -> Scene:
    """Write the figure of a trace or a graph to a file, whole or not at all.

    Args:
        source: what is drawn; of two that are compared, both.
        path: the file.
        options: what is shown and how it is laid out.
        how: the step, the theme, the scale and the like.
        name: the format; empty for that of the file's ending.
        force: whether a file that is no figure of ours may be replaced.

    Returns:
        The scene; its ``notes`` say what was folded or is too small.

    Raises:
        UsageError: if the ending or an option is unknown, a label is not LaTeX, or no engine is
            found.
        LimitError: if there are too many lines, or too many steps for one file to hold.
        FileError: if the file cannot be written.
    """
    chosen, how = WRITERS[format_of(path, name)], how or DrawOptions()
    options = (options or SceneOptions())._replace(slide=next(iter(chosen.bodies.values()), ""))
    if options.fit in chosen.bodies:
        how = how._replace(slide=options.fit)
        options = options._replace(fit=chosen.bodies[options.fit])
    sources = [side.source for side in source] if isinstance(source, tuple) else [source]
    for drawn in sources if chosen.all_steps else ():
        check_steps(drawn, options)
    if isinstance(source, tuple):
        from graphgrad.views.figure.scene.compare import compared

        scene = compared(source, options)
    else:
        scene = scene_of(source, options)
    write_output(path, chosen.write(scene, how), own=chosen.own, force=force)
    return scene


def frames(
    scene: Scene,
    folder: str | os.PathLike[str],
    name: str,
    how: DrawOptions | None = None,
    *,
    force: bool = False,
) -> list[Path]:
    """Write every step of a scene to numbered files in a folder, and return their paths.

    Args:
        scene: the figure.
        folder: where the files go; it is made if it is missing.
        name: the format, one that shows a single step.
        how: theme and scale.
        force: whether files that are no figures of ours may be replaced.

    Raises:
        UsageError: if one file of the format holds every step.
        FileError: if a file cannot be written.
    """
    chosen = WRITERS[format_of(f"step.{name}") if name not in WRITERS else name]
    if chosen.all_steps:
        raise UsageError("format.all_steps", format=name)
    make_folder(folder)
    digits = len(str(scene.last_step))
    steps = range(scene.last_step + 1)
    paths = [Path(folder, f"step{step:0{digits}d}.{chosen.ending}") for step in steps]
    for path in paths:
        check_free(path, own=chosen.own, force=force)
    for step, path in enumerate(paths):
        frame = chosen.write(scene, (how or DrawOptions())._replace(step=step))
        write_output(path, frame, own=chosen.own, force=force)
    return paths
