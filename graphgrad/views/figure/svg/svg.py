"""Write a frame of a scene as SVG: outlines only, the same geometry at every step."""

from __future__ import annotations

import hashlib
from typing import Any
from xml.etree import ElementTree

from graphgrad.symbolic.write.words_latex import printable
from graphgrad.views.figure.content.known_at import Frame, frame_of
from graphgrad.views.figure.scene.in_words import box_told, described
from graphgrad.views.figure.scene.outlines import (
    DASHES,
    arrow_head,
    decimal,
    outline,
    path_data,
    shortened,
    solid_faces,
)
from graphgrad.views.figure.scene.scene import (
    Blank,
    LegendEntry,
    Scene,
    SceneBox,
    SceneEdge,
    SceneGroup,
    SceneText,
)
from graphgrad.views.figure.svg.heat_marks import cell_elements, line_style
from graphgrad.views.figure.svg.svg_parts import (
    box_data,
    edge_data,
    edge_heat,
    figure_data,
    is_open,
    letters_of,
    mark_elements,
    sample_elements,
    written,
)
from graphgrad.views.figure.svg.theme import Theme, theme_of
from graphgrad.views.figure.typeset.glyphs import outline_path
from graphgrad.views.figure.typeset.label_rows import LabelKind
from graphgrad.views.figure.typeset.outlines_of_text import Ink
from graphgrad.views.figure.typeset.typeset import typeset

__all__ = ["prefix_of", "svg_of", "svg_tree"]

_LINE, _CURRENT_LINE, _THICKER = 1.4, 2.6, 1.6
_FRAME_DASHES = "4 3"
_NUMBER_SIZE = 8.5
_FRAME_RADIUS = 10.0


def svg_of(
    scene: Scene, *, step: int | None = None, theme: str = "light", prefix: str = ""
) -> bytes:
    """Return a frame as an SVG file.

    Args:
        scene: the figure.
        step: the step after which it is shown; None shows everything at once.
        theme: a name of `THEMES`.
        prefix: of all ids in the file; by default it depends on the figure.

    Raises:
        UsageError: if there is no such step or theme.
    """
    root = svg_tree(scene, step=step, theme=theme, prefix=prefix)
    return f"{_DECLARATION}\n{written(root)}\n".encode("utf-8", "xmlcharrefreplace")


_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def svg_tree(
    scene: Scene, *, step: int | None = None, theme: str = "light", prefix: str = ""
) -> ElementTree.Element:
    """Return a frame as an SVG element, for writers that put it inside something else."""
    return _Drawing(scene, frame_of(scene, step), theme_of(theme), prefix).root


def prefix_of(scene: Scene) -> str:
    """Return a prefix for ids that differs between figures, always the same for one figure.

    Sizes count as they are written: the last digits of a sum are not the same in every Python.
    """
    size = f"{scene.width:.2f}x{scene.height:.2f}"
    told = f"{scene.title}{size}{[box.name for box in scene.boxes]}"
    return f"g{hashlib.sha256(told.encode('utf-8')).hexdigest()[:8]}"


class _Drawing:
    """Build one SVG tree."""

    def __init__(self, scene: Scene, frame: Frame, theme: Theme, prefix: str) -> None:
        self.scene, self.frame, self.theme = scene, frame, theme
        self.prefix = prefix or prefix_of(scene)
        self.outlines: dict[str, tuple[str, float]] = {}
        self.heat = {} if scene.blanks else edge_heat(scene, self.theme)
        self.root = self._root()
        self.defs = _add(self.root, "defs")
        size = {"width": decimal(scene.width), "height": decimal(scene.height)}
        _add(self.root, "rect", {"class": "page", **size, "fill": theme.page})
        for group in scene.groups:
            self._group(group)
        for edge in scene.edges:
            self._edge(edge)
        for box in scene.boxes:
            self._box(box)
        for blank in scene.blanks:
            self._blank(blank)
        for entry in scene.legend:
            self._legend(entry)
        for name, (glyph, size_in_points) in sorted(self.outlines.items()):
            data = outline_path(glyph, size_in_points)
            _add(self.defs, "path", {"id": name, "d": data})

    def _root(self) -> ElementTree.Element:
        scene, frame = self.scene, self.frame
        root = ElementTree.Element("svg", figure_data(scene, frame, self.theme.name, self.prefix))
        _add(root, "title").text = printable(scene.title)
        _add(root, "desc").text = printable(described(scene, frame))
        _add(root, "metadata").text = f"graphgrad; {scene.engine}"
        return root

    # ---- parts ----

    def _group(self, group: SceneGroup) -> None:
        number = self.scene.groups.index(group)
        attributes = {
            "id": f"{self.prefix}-g{number}",
            "class": "group",
            "data-group": printable(group.name),
        }
        drawn = _add(self.root, "g", attributes)
        for tag, shape in outline("square", group.rect, 1.0):
            _add(drawn, tag, shape | {"class": "frame", "rx": decimal(_FRAME_RADIUS)} | _FRAME)
            drawn[-1].set("stroke", self.theme.group)
        self._text(drawn, group.text)

    def _box(self, box: SceneBox) -> None:
        frame, theme = self.frame, self.theme
        known, current = frame.knows(box.value_step), box.id in frame.acts
        drawn = _add(self.root, "g", box_data(self.scene, self.frame, box, self.prefix))
        _add(drawn, "title").text = printable(box_told(self.scene, box, frame))
        colours = theme.roles[box.role]
        border, fill = (colours.border, colours.fill) if known else (theme.pending, theme.page)
        width = colours.width + (_THICKER if current else 0.0)
        if box.dimmed:
            border, fill = theme.dim, theme.page
        elif current:
            border = theme.current
        shapes = outline(box.shape, box.rect, width)
        if box.solid is not None:
            shapes = solid_faces(box.solid.front, box.solid.depth)
        for tag, shape in mark_elements(box.mark, box.rect, theme, box.shape):
            _add(drawn, tag, shape)
        for tag, shape in shapes:
            style = {"class": "outline", "fill": fill, "stroke": border}
            style["stroke-width"] = decimal(width)
            if box.trouble and known:
                style |= {"stroke": theme.text["trouble"], "stroke-dasharray": "3 2"}
            _add(drawn, tag, style | shape)
        self._cells(drawn, box)
        for text in box.texts:
            self._text(drawn, text, dimmed=box.dimmed)

    def _edge(self, edge: SceneEdge) -> None:
        state = self.frame.edge_state(edge.forward_step, edge.backward_step)
        theme = self.theme
        current = edge.id in self.frame.acts
        colour: str = getattr(theme, state)
        colour = theme.dim if edge.dimmed else colour
        drawn = _add(self.root, "g", edge_data(self.scene, self.frame, edge, self.prefix))
        numbers = self.scene.written(edge.numbers)
        told = (edge.words, numbers if is_open(self.scene, self.frame, edge) else "")
        _add(drawn, "title").text = printable("; ".join(filter(None, told)))
        curve = edge.curve[::-1] if state == "backward" else edge.curve
        width = _CURRENT_LINE if current else _LINE
        shown = is_open(self.scene, self.frame, edge) and not edge.dimmed
        hot = self.heat.get(edge.id) if shown else None
        if hot is not None:
            colour, width = hot
        line = {
            "class": "line",
            "d": path_data(shortened(curve)),
            "fill": "none",
            "stroke": colour,
            "stroke-width": decimal(width),
        }
        if state == "backward":
            line["stroke-dasharray"] = DASHES
        if edge.level is not None and not edge.dimmed:
            line.pop("stroke-dasharray", None)
            line |= line_style(edge.level if self._tells(edge) else 0.0, theme)
            colour = line["stroke"]
        if edge.mark:
            line |= {"stroke": theme.current, "stroke-width": decimal(_CURRENT_LINE)}
            colour = theme.current
        if edge.headless:
            line["d"] = path_data(curve)
        _add(drawn, "path", line)
        if not edge.headless:
            _add(drawn, "path", {"class": "head", "d": arrow_head(curve), "fill": colour})
        self._cells(drawn, edge)
        for text in edge.texts:
            self._text(drawn, text, dimmed=edge.dimmed)

    def _tells(self, edge: SceneEdge) -> bool:
        """Tell whether the line of an edge may tell its number."""
        open_now = self.frame.knows(edge.level_step) and not edge.dimmed
        return open_now and not (self.scene.blanks and edge.level_step)

    def _cells(self, parent: ElementTree.Element, part: SceneBox | SceneEdge) -> None:
        for heat in part.heat if not part.dimmed else ():
            shown = self.frame.knows(heat.known_step)
            for tag, attributes in cell_elements(heat, self.theme):
                drawn = _add(parent, tag, attributes | {"data-step": str(heat.known_step)})
                if not shown:
                    drawn.set("visibility", "hidden")

    def _blank(self, blank: Blank) -> None:
        attributes = {
            "class": "blank",
            "data-blank": str(blank.number),
            "data-owner": blank.owner,
            "data-kind": blank.kind,
        }
        drawn = _add(self.root, "g", attributes)
        style = {"fill": self.theme.page, "stroke": self.theme.text["group"], "stroke-width": "1"}
        for tag, shape in outline("square", blank.rect, 1.0):
            _add(drawn, tag, style | shape)
        ink = typeset(str(blank.number), _NUMBER_SIZE)
        x, baseline = blank.rect.left + 2.5, blank.rect.top + 2.0 + ink.ascent
        self._ink(drawn, ink, x, baseline, self.theme.text["group"], "number")

    def _legend(self, entry: LegendEntry) -> None:
        drawn = _add(self.root, "g", {"class": "legend", "data-sample": entry.sample})
        for tag, attributes in sample_elements(entry, self.theme):
            _add(drawn, tag, attributes)
        letters = letters_of(entry)
        if letters is not None:
            x = entry.rect.centre.x - letters.width / 2
            colour = next(c for kind, c in self.theme.text.items() if kind == entry.sample)
            self._ink(drawn, letters, x, entry.text.baseline, colour, "sample")
        self._text(drawn, entry.text)

    # ---- texts ----

    def _text(self, parent: Any, text: SceneText, *, dimmed: bool = False) -> None:
        shown = self.frame.knows(text.known_step)
        colour = self.theme.dim if dimmed else self.theme.text[text.kind]
        drawn = self._ink(parent, text.ink, text.x, text.baseline, colour, text.kind, shown=shown)
        drawn.set("data-step", str(text.known_step))
        if not shown:
            drawn.set("visibility", "hidden")

    def _ink(
        self,
        parent: Any,
        ink: Ink,
        x: float,
        baseline: float,
        colour: str,
        kind: LabelKind | str,
        *,
        shown: bool = True,
    ) -> ElementTree.Element:
        drawn = _add(parent, "g", {"class": f"text {kind}", "fill": colour})
        if not shown:
            return drawn
        for mark in ink.marks:
            name = self._outline(mark.outline, mark.size)
            place = {"x": decimal(x + mark.x), "y": decimal(baseline + mark.y)}
            _add(drawn, "use", {"xlink:href": f"#{name}", **place})
        for rule in ink.rules:
            values = (x + rule.x, baseline + rule.y, rule.width, rule.height)
            names = ("x", "y", "width", "height")
            _add(drawn, "rect", dict(zip(names, map(decimal, values), strict=True)))
        return drawn

    def _outline(self, glyph: str, size: float) -> str:
        """Return the id of a glyph's outline, which is then kept once."""
        name = f"{self.prefix}-{glyph.rpartition('_')[2]}-{round(size * 100)}"
        self.outlines.setdefault(name, (glyph, size))
        return name


_FRAME = {"fill": "none", "stroke-dasharray": _FRAME_DASHES, "stroke-width": "1"}


def _add(
    parent: ElementTree.Element, tag: str, attributes: dict[str, str] | None = None
) -> ElementTree.Element:
    return ElementTree.SubElement(parent, tag, attributes or {})
