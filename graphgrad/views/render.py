"""Write figures to files: typeset scenes, or what is written from the pass alone."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from graphgrad.errors import UsageError
from graphgrad.files.writing import make_folder, same_file, write_output
from graphgrad.graph.graph import Graph
from graphgrad.trace.trace import Trace
from graphgrad.views.figure import writers as scenes
from graphgrad.views.figure.content.depth_folds import stops_of
from graphgrad.views.figure.content.scene_options import (
    IN_DOT,
    FigureOptions,
    SceneOptions,
    check_together,
)
from graphgrad.views.figure.scene.per_stop import check_steps
from graphgrad.views.figure.typeset.kept_outlines import write_kept
from graphgrad.views.figure.writers import DrawOptions, draw, frames
from graphgrad.views.pass_writers import PASS_WRITERS, PassWriter

if TYPE_CHECKING:
    from graphgrad.views.figure.scene.compare import Pair

__all__ = ["check_format", "write_figure"]

_UNSEEN = ("language", "engine", "questions")
_PLAYING = ("seconds", "once")


def write_figure(
    source: Trace | Graph | Pair,
    path: str | os.PathLike[str],
    options: SceneOptions,
    how: DrawOptions,
    folder: str = "",
    name: str = "",
    *,
    force: bool = False,
) -> tuple[str, ...]:
    """Write a figure, and every step of it to a folder if one is named.

    Args:
        source: what is drawn.
        path: the file.
        options: what is shown and how it is laid out.
        how: what the writer is told beside the scene.
        folder: where a file per step goes; empty for none.
        name: the format; empty for that of the file's ending.
        force: whether files that are no figures of ours may be replaced.

    Returns:
        What was folded or left out, or is too small to be read.

    Raises:
        UsageError: if the ending or an option is unknown, or no engine can do it.
        LimitError: if there are too many lines or steps.
        FileError: if a file cannot be written.
    """
    name = check_format(path, name, folder)
    if name in PASS_WRITERS and isinstance(source, tuple):
        known = ", ".join(f"--{taken}" for taken in PASS_WRITERS[name].takes or ("output",))
        title = PASS_WRITERS[name].title
        raise UsageError("format.not_taken", format=title, got="--compare", known=known)
    if name in PASS_WRITERS and not isinstance(source, tuple):
        writer = PASS_WRITERS[name]
        _check_taken(writer, options, how, folder)
        plain = writer.write(source, _plain(source, options, how.step))
        write_output(path, plain, own=writer.own, force=force)
        return ()
    if how.scale is not None and not scenes.WRITERS[name].pixels:
        raise UsageError("format.no_pixels", format=name)
    played = [field for field in _changed(how, DrawOptions()) if field in _PLAYING]
    if played and not scenes.WRITERS[name].plays:
        raise UsageError("format.does_not_play", format=name, got=_spelled(played))
    check_together(options)
    for side in source if isinstance(source, tuple) and folder else ():
        check_steps(side.source, options)
    if folder and not isinstance(source, tuple):
        check_steps(source, options)
    if folder:
        _check_apart(path, folder)
        make_folder(folder)  # what cannot be made is told before anything is written
    scene = draw(source, path, options, how, name, force=force)
    if folder:
        frames(scene, folder, name, how, force=force)
    write_kept()
    return scene.notes


def _check_apart(path: str | os.PathLike[str], folder: str) -> None:
    """Refuse a file that a step of its own would replace, as ``-o f/step00.svg --frames f``."""
    step = re.fullmatch(r"step\d+", Path(path).stem)
    if step is not None and same_file(str(Path(path).parent), folder):
        raise UsageError("file.twice", path=str(path), one="--output", other="--frames")


def check_format(path: str | os.PathLike[str], name: str = "", folder: str = "") -> str:
    """Return the name of a file's format.

    Raises:
        UsageError: if there is none of that name or ending, or a folder for a file per step is
            named though one file holds every step.
    """
    ending = Path(path).suffix.lower().removeprefix(".")
    if ending in PASS_WRITERS and name in ("", ending):
        return ending
    found = scenes.format_of(path, name, others=PASS_WRITERS)
    if folder and scenes.WRITERS[found].all_steps:
        raise UsageError("format.all_steps", format=found)
    return found


def _plain(source: Trace | Graph, options: SceneOptions, step: int | None) -> FigureOptions:
    """Return what a writer of passes is told; a step ends with an event of the pass, its last."""
    if step is not None and isinstance(source, Trace):
        stops = stops_of(source, options)
        if step > len(stops):
            raise UsageError("figure.no_step", got=step, last=len(stops))
        step = stops.stop(step).last
    same = {name: getattr(options, name) for name in IN_DOT}
    return FigureOptions(step=step, language=options.language, **same)


def _check_taken(writer: PassWriter, options: SceneOptions, how: DrawOptions, folder: str) -> None:
    """Refuse what a format cannot show, above all numbers that were to stay blank."""
    asked = [*_changed(options, SceneOptions()), *_changed(how, DrawOptions())]
    asked += ["frames"] if folder else []
    names = [name for name in asked if name not in (*writer.takes, *_UNSEEN)]
    if names:
        known = ", ".join(f"--{name}" for name in writer.takes or ("output",))
        got = _spelled(names)
        raise UsageError("format.not_taken", format=writer.title, got=got, known=known)


def _changed(
    options: SceneOptions | DrawOptions, usual: SceneOptions | DrawOptions
) -> Iterator[str]:
    for name, now, before in zip(options._fields, options, usual, strict=True):
        if now != before:
            yield name


def _spelled(names: list[str]) -> str:
    return ", ".join(f"--{name.replace('_', '-')}" for name in names)
