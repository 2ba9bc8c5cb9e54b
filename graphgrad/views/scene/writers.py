"""Write scenes to files: one table from a file's ending to the writer of its format."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.trace.trace import Trace
from graphgrad.views.files import make_folder, write_output
from graphgrad.views.scene.compose import scene_of
from graphgrad.views.scene.html import html_of
from graphgrad.views.scene.html.questions import Questions
from graphgrad.views.scene.options import SceneOptions
from graphgrad.views.scene.pdf import pdf_of
from graphgrad.views.scene.png import png_of
from graphgrad.views.scene.scene import Scene
from graphgrad.views.scene.svg import svg_of
from graphgrad.views.scene.tex import tex_of

__all__ = ["WRITERS", "DrawOptions", "SceneWriter", "draw", "frames", "scene_writer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawOptions:
    """Hold what a writer is told beside the scene.

    Attributes:
        step: the step after which the scene is shown; None shows everything at once. A format
            that shows all steps starts with it.
        theme: a name of `graphgrad.views.scene.theme.THEMES`.
        scale: pixels per CSS pixel, for formats of pixels.
        questions: what a page asks before it shows it.
    """

    step: int | None = None
    theme: str = "light"
    scale: float = 2.0
    questions: Questions | None = None


SceneWriter = Callable[[Scene, DrawOptions], bytes]


def svg_file(scene: Scene, options: DrawOptions) -> bytes:
    """Return a frame as SVG."""
    return svg_of(scene, step=options.step, theme=options.theme)


def png_file(scene: Scene, options: DrawOptions) -> bytes:
    """Return a frame as PNG."""
    return png_of(svg_file(scene, options), scale=options.scale)


def html_file(scene: Scene, options: DrawOptions) -> bytes:
    """Return all steps as one HTML file."""
    return html_of(scene, step=options.step, theme=options.theme, questions=options.questions)


def tex_file(scene: Scene, options: DrawOptions) -> bytes:
    """Return a frame as a standalone TikZ document."""
    return tex_of(scene, step=options.step, theme=options.theme)


def pdf_file(scene: Scene, options: DrawOptions) -> bytes:
    """Return a frame as PDF."""
    return pdf_of(scene, step=options.step, theme=options.theme)


WRITERS: dict[str, SceneWriter] = {
    "svg": svg_file,
    "png": png_file,
    "html": html_file,
    "tex": tex_file,
    "pdf": pdf_file,
}
"""A new format is one entry here."""


def scene_writer(path: str | os.PathLike[str]) -> SceneWriter:
    """Return the writer for a file's ending.

    Raises:
        UsageError: if there is none.
    """
    ending = Path(path).suffix.lower().removeprefix(".")
    if ending not in WRITERS:
        known = ", ".join(f".{name}" for name in WRITERS)
        raise UsageError("figure.unknown_format", path=str(path), known=known)
    return WRITERS[ending]


def draw(
    source: Trace | Graph,
    path: str | os.PathLike[str],
    options: SceneOptions | None = None,
    how: DrawOptions | None = None,
) -> Scene:
    """Write the figure of a trace or a graph to a file, whole or not at all.

    Args:
        source: what is drawn.
        path: the file; its ending names the format.
        options: what is shown and how it is laid out.
        how: the step, the theme and the scale.

    Returns:
        The scene; its ``notes`` say what was folded or is too small.

    Raises:
        UsageError: if the ending or an option is unknown, a label is not LaTeX, or no engine is
            found.
        FileError: if the file cannot be written.
    """
    writer = scene_writer(path)
    scene = scene_of(source, options)
    write_output(path, writer(scene, how or DrawOptions()))
    return scene


def frames(
    scene: Scene, folder: str | os.PathLike[str], ending: str, how: DrawOptions | None = None
) -> list[Path]:
    """Write every step of a scene to numbered files in a folder, and return their paths.

    Args:
        scene: the figure.
        folder: where the files go; it is made if it is missing.
        ending: of the files, which names the format.
        how: theme and scale.
    """
    how = how or DrawOptions()
    writer = scene_writer(f"step.{ending}")
    make_folder(folder)
    digits = len(str(scene.last_step))
    paths = []
    for step in range(scene.last_step + 1):
        path = Path(folder, f"step{step:0{digits}d}.{ending}")
        write_output(path, writer(scene, DrawOptions(step=step, theme=how.theme, scale=how.scale)))
        paths.append(path)
    return paths
