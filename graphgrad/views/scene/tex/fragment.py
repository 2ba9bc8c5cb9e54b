r"""Write pictures as files that another document takes in by ``\input``."""

from __future__ import annotations

from graphgrad.messages import text
from graphgrad.views.scene.frame import frame_of
from graphgrad.views.scene.scene import Scene
from graphgrad.views.scene.tex.overlays import overlays_of
from graphgrad.views.scene.tex.picture import TikzPicture, tikz_of
from graphgrad.views.scene.tex.words import comment
from graphgrad.views.scene.told import described

__all__ = ["overlays_file_of", "tikz_file_of"]


def tikz_file_of(scene: Scene, *, step: int | None = None, theme: str = "light") -> bytes:
    """Return a frame as a file for any document; see `tikz_of`."""
    return _file(scene, step, tikz_of(scene, step=step, theme=theme), "tikz")


def overlays_file_of(scene: Scene, *, step: int | None = None, theme: str = "light") -> bytes:
    """Return all steps as a file for a frame of Beamer; see `overlays_of`."""
    return _file(scene, None, overlays_of(scene, step=step, theme=theme), "overlays")


def _file(scene: Scene, step: int | None, picture: TikzPicture, kind: str) -> bytes:
    lines = [
        f"% {comment(scene.title)}",
        f"% {comment(described(scene, frame_of(scene, step)))}",
        f"% {text(f'format.header.{kind}', scene.language)}",
        *(f"%   {package}" for package in picture.packages),
        f"{picture.text}%",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")
