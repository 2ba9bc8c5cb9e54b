"""Draw a trace as a figure for a textbook: typeset, laid out once, the same in every frame.

One way through: trace -> `diagram_of` (LaTeX and numbers) -> labels measured -> one layout ->
`Scene` (plain data) -> a writer. What is shown is decided in `contents`, how it reads in `labels`,
where it goes in `compose`, how it looks in `theme` and `svg`. A format is one entry of
`writers.WRITERS`, a theme one entry of `theme.THEMES`.
"""

from graphgrad.views.scene.compose import scene_of
from graphgrad.views.scene.frame import Frame, frame_of
from graphgrad.views.scene.options import SceneOptions, blanked_parts
from graphgrad.views.scene.png import png_of
from graphgrad.views.scene.scene import (
    Blank,
    Point,
    Rect,
    Scene,
    SceneBox,
    SceneEdge,
    SceneGroup,
    SceneText,
)
from graphgrad.views.scene.svg import svg_of, svg_tree
from graphgrad.views.scene.theme import THEMES, Theme
from graphgrad.views.scene.told import value_table
from graphgrad.views.scene.writers import (
    WRITERS,
    DrawOptions,
    Format,
    draw,
    format_of,
    frames,
    scene_writer,
)

__all__ = [
    "THEMES",
    "WRITERS",
    "Blank",
    "DrawOptions",
    "Format",
    "Frame",
    "Point",
    "Rect",
    "Scene",
    "SceneBox",
    "SceneEdge",
    "SceneGroup",
    "SceneOptions",
    "SceneText",
    "Theme",
    "blanked_parts",
    "draw",
    "format_of",
    "frame_of",
    "frames",
    "png_of",
    "scene_of",
    "scene_writer",
    "svg_of",
    "svg_tree",
    "value_table",
]
