"""Numbers told by colour: one signed scale, cells for arrays, a legend, in every format."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from graphgrad.autodiff.record import record
from graphgrad.cli.program import main
from graphgrad.source.gg import load, read_gg
from graphgrad.views.figure.content.heat import grid_of, heat_level, number_at
from graphgrad.views.figure.content.scene_options import HEATS, SceneOptions
from graphgrad.views.figure.scene.compose import scene_of
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.svg.svg import svg_of
from graphgrad.views.figure.svg.theme import THEMES
from graphgrad.views.figure.tex.tikz import commands_of

from .reading import ROOT

MLP = ROOT / "samples" / "mlp_vectorized.gg"


def heated(heat: Any, path: Path = MLP, **options: Any) -> Scene:
    return scene_of(record(load(path)), SceneOptions(heat=heat, **options))


def cells_of(scene: Scene, theme: str, **how: Any) -> list[dict[str, str]]:
    root = ElementTree.fromstring(svg_of(scene, theme=theme, **how))
    return [dict(e.attrib) for e in root.iter() if "cells" in str(e.get("class")).split()]


def test_a_level_and_its_number_are_each_others_inverse() -> None:
    for number in (-4.0, -1.0, 0.0, 0.3, 4.0):
        assert number_at(heat_level(number, 4.0), 4.0) == pytest.approx(number)


def test_every_entry_of_a_small_matrix_is_a_cell_of_its_level() -> None:
    values = np.array([[1.0, -4.0], [0.0, 2.0], [-1.0, 0.25]])
    rows = np.array(grid_of(values, 4.0).rows)
    assert rows == pytest.approx(np.sign(values) * np.sqrt(np.abs(values) / 4.0))


def test_a_cell_of_a_large_matrix_tells_the_entry_farthest_from_0() -> None:
    values = np.zeros((32, 48))
    values[5, 7], values[5, 6] = -3.0, 2.0
    grid = grid_of(values, 3.0)
    assert (len(grid.rows), grid.across, grid.each) == (16, 16, 6)
    assert grid.rows[2][2] == -1.0
    assert sum(level != 0 for row in grid.rows for level in row) == 1


def test_planes_of_an_image_stand_side_by_side() -> None:
    grid = grid_of(np.ones((2, 3, 3)), 1.0)
    assert (len(grid.rows), grid.across) == (3, 7)


@pytest.mark.parametrize("heat", HEATS)
def test_arrays_are_cells_and_numbers_keep_their_digits(heat: Any) -> None:
    scene = heated(heat)
    if heat == "contribution":
        assert sum(bool(edge.heat) for edge in scene.edges) == len(scene.edges)
        assert all(edge.level is not None for edge in scene.edges)
        return
    by_name = {box.name: box for box in scene.boxes}
    assert [len(cells.rows) for cells in by_name["W1"].heat] == [3]
    assert [len(cells.rows[0]) for cells in by_name["W1"].heat] == [2]
    kind = {"value": "value", "adjoint": "adjoint"}[heat]
    shape = next(text.tex for text in by_name["W1"].texts if text.kind == kind)
    assert r"3{\times}2" in shape
    loss = next(text.tex for text in by_name["J"].texts if text.kind == kind)
    assert loss.endswith("0.4005" if heat == "value" else "1")


def test_a_figure_without_heat_has_no_cells() -> None:
    scene = heated("")
    assert not cells_of(scene, "light")
    assert not scene.legend


@pytest.mark.parametrize("theme", THEMES)
def test_sign_and_size_are_told_without_colour(theme: str) -> None:
    graph = read_gg("param W = [[1, -1], [0.25, 0]]\nloss L = sum(W)")
    scene = scene_of(record(graph), SceneOptions(heat="value"))
    box = next(b for b in scene.boxes if b.name == "W")
    drawn = cells_of(scene, theme)
    here = [c for c in drawn if inside(c["d"], box.heat[0].rect)]
    if THEMES[theme].ramp.by_size:
        sizes = [abs(width(piece)) for c in here[1:] for piece in c["d"].split("Z")[:-1]]
        fills = {c["fill"] for c in here}
        assert {"#000000", "#FFFFFF"} <= fills  # negative, positive
        assert len({round(size, 1) for size in sizes}) == 2  # 1 and 0.25
    else:
        bars = [c for c in here if "stroke" not in c]
        assert sum(c["d"].count("Z") for c in bars) == 1  # the one negative cell has a minus sign
        assert len({c["fill"] for c in here if "stroke" in c}) == 4


def test_a_line_is_thin_and_grey_until_its_number_is_known() -> None:
    """Of a net seen half way back: gradients not known yet are no wall of dark lines."""
    scene = heated("adjoint", style="neurons")
    weights = [edge for edge in scene.edges if edge.level is not None and edge.weight]
    step = max(edge.level_step for edge in weights) - 1
    root = ElementTree.fromstring(svg_of(scene, step=step))
    lines = {
        str(group.get("id")).rpartition("-")[2]: group[1].attrib for group in root if len(group) > 1
    }
    unknown = [lines[edge.id] for edge in weights if edge.level_step > step]
    known = [
        lines[edge.id] for edge in weights if edge.level_step <= step and abs(edge.level) > 0.3
    ]
    look = THEMES["light"]
    assert {(line["stroke"], line["stroke-width"]) for line in unknown} == {(look.pending, "0.5")}
    assert all(float(line["stroke-width"]) > 0.8 for line in known)
    assert known


def inside(data: str, rect: Any) -> bool:
    x, y = map(float, re.findall(r"M([\d.]+) ([\d.]+)", data)[0])
    return bool(rect.left - 1 <= x <= rect.right + 1 and rect.top - 1 <= y <= rect.bottom + 1)


def width(piece: str) -> float:
    xs = [float(x) for x in re.findall(r"[ML]([\d.]+) ", piece)]
    return max(xs) - min(xs)


@pytest.mark.parametrize("theme", THEMES)
def test_the_ends_of_a_scale_are_told_apart_by_lightness(theme: str) -> None:
    ramp = THEMES[theme].ramp
    ends = (luminance(ramp.colour(level)) for level in (-1.0, 0.0, 1.0))
    low, zero, high = ends
    assert abs(low - zero) > 0.15
    assert abs(high - zero) > 0.15


def luminance(colour: str) -> float:
    parts = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_legend_tells_the_numbers_of_the_colours() -> None:
    scene = heated("value")
    told = [(entry.sample, entry.text.tex) for entry in scene.legend]
    assert [sample for sample, _ in told[1:]] == [
        f"heat {k}" for k in ("-1", "-0.5", "0", "0.5", "1")
    ]
    assert [tex for _, tex in told[1:]] == ["{-2}", "{-0.5}", "0", "0.5", "2"]


def test_cells_appear_with_their_step_in_frames_and_pages() -> None:
    scene = heated("adjoint")
    hidden = [c for c in cells_of(scene, "light", step=0) if c.get("visibility") == "hidden"]
    assert len(hidden) == len([c for c in cells_of(scene, "light") if "data-step" in c])
    counts = {len(commands_of(scene, step=step)) for step in range(scene.last_step + 1)}
    assert len(counts) == 1  # every frame has the same parts, for overlays


def test_worksheets_tell_nothing_by_colour() -> None:
    scene = heated("adjoint", blank=("adjoints",))
    assert not any(box.heat for box in scene.boxes)


FORMATS = ("svg", "png", "pdf", "html", "tex", "pptx", "gif")


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize(
    "style",
    ["formula", pytest.param("neurons", marks=pytest.mark.slow),
     pytest.param("layers", marks=pytest.mark.slow)],
)  # fmt: skip
def test_every_format_is_written(style: str, ending: str, tmp_path: Path) -> None:
    out = tmp_path / f"out.{ending}"
    how = ["--style", style, "--heat", "value"]
    sample = "linear_regression" if style == "formula" else "xor_mlp"  # layers want a network
    with pytest.raises(SystemExit) as stopped:
        main(["render", str(ROOT / "samples" / f"{sample}.gg"), "-o", str(out), *how])
    assert stopped.value.code in (None, 0)
    assert out.stat().st_size > 1000
