"""Draw the graph of a variant: blank on a sheet, filled in on its key, in every format alike."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graphgrad.exercises.files.variants import Variant
from graphgrad.views.scene import Scene, SceneOptions, scene_of, svg_of
from graphgrad.views.scene.tex import TikzPicture, tikz_of

__all__ = ["Figure", "figure_of"]

_TITLE = re.compile(r'(<g [^>]*class="edge[^>]*>)<title>[^<]*</title>')
_NUMBER = re.compile(r' data-(?:value|adjoint|partial|contribution)="[^"]*"')
"""What a browser shows, or a reader of the source finds, beside the numbers that are drawn."""
_HEIGHT = r"0.42\textheight"


@dataclass(frozen=True)
class Figure:
    """The graph on a sheet.

    Attributes:
        scene: what is drawn.
        is_key: whether its numbers are.
    """

    scene: Scene
    is_key: bool

    @property
    def svg(self) -> str:
        """Return it as SVG; without the key no number is in it, not even unseen."""
        svg = svg_of(self.scene).decode("utf-8")
        svg = svg[svg.index("<svg") :]
        return svg if self.is_key else _NUMBER.sub("", _TITLE.sub(r"\1", svg))

    @property
    def tikz(self) -> TikzPicture:
        """Return it for the body of a LaTeX document."""
        return tikz_of(self.scene, height=_HEIGHT)


def figure_of(variant: Variant, *, key: bool, language: str | None) -> Figure:
    """Return the graph; without the key its numbers are blanks to fill in."""
    options = SceneOptions(
        show=("values", "adjoints", "partials") if key else ("values", "adjoints"),
        blank=() if key else ("values", "adjoints", "partials", "contributions"),
        language=language,
        decimal_comma=variant.exercise.decimal == "comma",
    )
    return Figure(scene_of(variant.trace, options), key)
