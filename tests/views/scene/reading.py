"""Read a figure back from its SVG alone: boxes, curves, labels as drawn, numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from graphgrad.autodiff.record import record
from graphgrad.source.gg import read_gg
from graphgrad.symbolic.write.words_latex import words_of_text
from graphgrad.trace.trace import Trace
from graphgrad.views.figure.content.scene_options import SceneOptions
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.svg.svg import svg_of

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = sorted(path.stem for path in (ROOT / "samples").glob("*.gg"))
LARGE = ("mazur", "vanishing_gradient_10", "xor_sigmoid")
SAMPLE_CASES = [
    pytest.param(name, marks=pytest.mark.slow) if name in LARGE else name for name in SAMPLES
]
EVERY_SAMPLE = pytest.mark.parametrize("name", SAMPLE_CASES)
SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_COMMAND = re.compile(r"([MCL])([^MCLZ]*)")


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float
    radius: float = 0.0

    def meets(self, other: Box, slack: float = 0.0) -> bool:
        return (
            self.left < other.right - slack
            and other.left < self.right - slack
            and self.top < other.bottom - slack
            and other.top < self.bottom - slack
        )

    def holds(self, x: float, y: float, inset: float = 0.0) -> bool:
        across = min(x - self.left, self.right - x) - inset
        down = min(y - self.top, self.bottom - y) - inset
        if across <= 0 or down <= 0:
            return False
        if across >= self.radius or down >= self.radius:
            return True
        return (self.radius - across) ** 2 + (self.radius - down) ** 2 < self.radius**2

    def distance(self, x: float, y: float) -> float:
        across = max(self.left - x, 0.0, x - self.right)
        down = max(self.top - y, 0.0, y - self.bottom)
        return (across**2 + down**2) ** 0.5


@dataclass
class Picture:
    """What an SVG shows, by the ids it carries."""

    root: ElementTree.Element
    boxes: dict[str, Box] = field(default_factory=dict)
    curves: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)
    ends: dict[str, tuple[str, str]] = field(default_factory=dict)
    blanks: dict[str, Box] = field(default_factory=dict)
    titles: dict[str, Box] = field(default_factory=dict)
    inside: dict[str, list[Box]] = field(default_factory=dict)

    def node(self, name: str) -> ElementTree.Element:
        return next(g for g in self.root.iter(f"{SVG}g") if g.get("data-node") == name)

    def edges(self) -> list[ElementTree.Element]:
        return [g for g in self.root.iter(f"{SVG}g") if g.get("data-edge")]


def sample(name: str) -> Trace:
    return record(read_gg((ROOT / "samples" / f"{name}.gg").read_text("utf-8")))


def traced(text: str) -> Trace:
    return record(read_gg(text.replace("; ", "\n")))


@cache
def sample_scene(name: str, options: SceneOptions | None = None) -> Scene:
    """Return the scene of a sample; with no options, every event is a step."""
    return scene_of(sample(name), options or SceneOptions(fold="edge"))


def picture_of(scene: Scene, **how: object) -> Picture:
    return read(svg_of(scene, **how))  # type: ignore[arg-type]


def read(svg: bytes) -> Picture:
    root = ElementTree.fromstring(svg)
    glyphs = {p.get("id"): _extent(p.get("d") or "") for p in root.iter(f"{SVG}path")}
    picture = Picture(root)
    for group in root.iter(f"{SVG}g"):
        ident = (group.get("id") or "").rpartition("-")[2]
        if group.get("data-node") is not None:
            picture.boxes[ident] = _outline(group)
            picture.inside[ident] = _texts(group, glyphs)
        elif group.get("data-edge"):
            line = next(p for p in group if p.get("class") == "line")
            head = next(p for p in group if p.get("class") == "head")
            points = _points(line.get("d") or "")
            picture.curves[ident] = [*points, _first(head.get("d") or "")]
            picture.ends[ident] = (group.get("data-source") or "", group.get("data-target") or "")
            inked = _texts(group, glyphs)
            if inked:
                picture.labels[ident] = _around(inked)
        elif group.get("class") == "group":
            picture.titles[ident] = _around(_texts(group, glyphs))
        elif group.get("data-blank"):
            _add_blank(picture, group)
    return picture


def _texts(group: ElementTree.Element, glyphs: dict[str | None, Box]) -> list[Box]:
    return [_inked(g, glyphs) for g in group if g.tag == f"{SVG}g" and len(g)]


def _add_blank(picture: Picture, group: ElementTree.Element) -> None:
    """Count an empty box as part of the label it stands in."""
    x, y, w, h = (float(group[0].get(k, "0")) for k in ("x", "y", "width", "height"))
    box, owner = Box(x, y, x + w, y + h), group.get("data-owner") or ""
    picture.blanks[group.get("data-blank") or ""] = box
    if owner in picture.curves:
        picture.labels[owner] = _around([*filter(None, [picture.labels.get(owner)]), box])


def texts_of(group: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [g for g in group if g.get("class") == f"text {kind}"]


def _outline(group: ElementTree.Element) -> Box:
    shapes = []
    for shape in group:
        if shape.get("class") != "outline":
            continue
        width = float(shape.get("stroke-width", "0")) / 2
        if shape.tag == f"{SVG}ellipse":
            cx, cy, rx, ry = (float(shape.get(k, "0")) for k in ("cx", "cy", "rx", "ry"))
            rx, ry = rx + width, ry + width
            shapes.append(Box(cx - rx, cy - ry, cx + rx, cy + ry, min(rx, ry)))
        else:
            x, y, w, h = (float(shape.get(k, "0")) for k in ("x", "y", "width", "height"))
            radius = float(shape.get("rx", "0"))
            shapes.append(Box(x - width, y - width, x + w + width, y + h + width, radius))
    return _around(shapes)


def _inked(group: ElementTree.Element, glyphs: dict[str | None, Box]) -> Box:
    found = []
    for item in group:
        x, y = float(item.get("x", "0")), float(item.get("y", "0"))
        if item.tag == f"{SVG}use":
            glyph = glyphs[(item.get(HREF) or "").removeprefix("#")]
            found.append(Box(x + glyph.left, y + glyph.top, x + glyph.right, y + glyph.bottom))
        elif item.tag == f"{SVG}rect":
            w, h = float(item.get("width", "0")), float(item.get("height", "0"))
            found.append(Box(x, y, x + w, y + h))
    return _around(found)


def _around(boxes: list[Box]) -> Box:
    return Box(
        min(b.left for b in boxes),
        min(b.top for b in boxes),
        max(b.right for b in boxes),
        max(b.bottom for b in boxes),
        max(b.radius for b in boxes),
    )


def _extent(data: str) -> Box:
    numbers = [float(n) for n in _NUMBER.findall(data)]
    if not numbers:
        return Box(0, 0, 0, 0)
    xs, ys = numbers[::2], numbers[1::2]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _first(data: str) -> tuple[float, float]:
    x, y = (float(n) for n in _NUMBER.findall(data)[:2])
    return x, y


def _points(data: str) -> list[tuple[float, float]]:
    """Return points along a path of cubic pieces."""
    numbers = [float(n) for n in _NUMBER.findall(data)]
    control = list(zip(numbers[::2], numbers[1::2], strict=True))
    points = [control[0]]
    for index in range(0, len(control) - 3, 3):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = control[index : index + 4]
        for step in range(1, 41):
            t = step / 40
            u = 1 - t
            p, q, r, s = u**3, 3 * u * u * t, 3 * u * t * t, t**3
            points.append((p * ax + q * bx + r * cx + s * dx, p * ay + q * by + r * cy + s * dy))
    return points


def words_in(tex: str, joint: str = "_") -> str:
    """Return words among which letters with indices may stand; a number is joined to its letter."""
    words = words_of_text(tex)
    if words is not None:
        return words
    if r"\text{" not in tex and not re.fullmatch(r"[^\W\d_](_\{[^{}]*\})?", tex):
        return ""
    plain = re.sub(r"\\(?:text|mathrm)\{([^{}]*)\}", r"\1", tex.replace(r"\_", "_"))
    return re.sub(
        r"_\{([^{}]*)\}", lambda found: (joint if found[1].isdigit() else "_") + found[1], plain
    )
