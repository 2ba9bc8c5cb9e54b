"""A plot says in every writer what its numbers are."""

from __future__ import annotations

import math
from xml.etree import ElementTree

import numpy as np
import pytest

from graphgrad.views.figure.svg.theme import THEMES
from graphgrad.views.plots.contours import contour
from graphgrad.views.plots.plot import Grid, Series, bars, curve, heat
from graphgrad.views.plots.plot_svg import plot_png, plot_svg
from graphgrad.views.plots.plot_text import plot_text
from graphgrad.views.plots.scales import Scale, scale_of

SVG = "{http://www.w3.org/2000/svg}"


def bowl(level: float) -> Grid:
    xs = tuple(np.linspace(-2, 2, 41).tolist())
    return Grid(xs, xs, tuple(tuple(x * x + y * y for x in xs) for y in xs), (level,))


def test_a_contour_of_a_bowl_is_a_circle() -> None:
    pieces = list(contour(bowl(1.0), 1.0))
    assert len(pieces) > 40
    for piece in pieces:
        assert math.hypot(piece.x1, piece.y1) == pytest.approx(1, abs=2e-3)
        assert math.hypot(piece.x2, piece.y2) == pytest.approx(1, abs=2e-3)


@pytest.mark.parametrize("corners", [((0.0, 1.0), (1.0, 0.0)), ((1.0, 0.0), (0.0, 1.0))])
def test_a_saddle_square_has_two_pieces_that_do_not_meet(
    corners: tuple[tuple[float, ...], ...],
) -> None:
    first, second = contour(Grid((0, 1), (0, 1), corners), 0.5)
    assert not {first[:2], first[2:]} & {second[:2], second[2:]}


def test_a_gap_in_a_grid_has_no_contour() -> None:
    assert list(contour(Grid((0, 1), (0, 1), ((0, math.nan), (0, 1))), 0.5)) == []


def test_marks_of_an_axis_are_round_numbers_inside_it() -> None:
    assert [label for _, label in Scale(-0.3, 10.2).marks(7)] == ["0", "2", "4", "6", "8", "10"]
    logs = Scale(3e-9, 0.5, log=True).marks(5)
    assert [label for _, label in logs] == ["1e-8", "1e-6", "0.0001", "0.01"]
    assert all(0 <= place <= 1 for place, _ in logs)


@pytest.mark.parametrize("values", [[], [math.nan], [7.0], [0.0, 0.0], [1e300, -1e300]])
def test_an_axis_of_odd_values_still_has_marks(values: list[float]) -> None:
    scale = scale_of(values)
    assert scale.low < scale.high
    assert scale.marks()


def test_an_svg_holds_every_series_bar_and_level_and_no_font() -> None:
    plot = curve(
        [("loss", [0, 1, 2], [3, 2, 1]), ("valid", [0, 1, 2], [3, math.nan, 2])], x="epoch"
    )
    root = ElementTree.fromstring(plot_svg(plot))
    assert [g.get("data-series") for g in root.iter(f"{SVG}g") if g.get("class") == "series"] == [
        "loss",
        "valid",
    ]
    assert not list(root.iter(f"{SVG}text"))
    told = {g.get("data-text") for g in root.iter(f"{SVG}g")}
    assert {"epoch", "loss", "valid"} <= told
    gap = next(g for g in root.iter(f"{SVG}g") if g.get("data-series") == "valid")
    assert (gap[0].get("d") or "").count("M") == 2

    levels = ElementTree.fromstring(plot_svg(heat(bowl(1.0))))
    assert [p.get("data-level") for p in levels.iter(f"{SVG}path") if p.get("data-level")] == ["1"]

    drawn = ElementTree.fromstring(plot_svg(bars([("a", 1), ("b", 0.25)])))
    widths = [float(r.get("width") or 0) for r in drawn.iter(f"{SVG}rect") if r.get("data-value")]
    assert widths[0] > 2 * widths[1] > 0


@pytest.mark.parametrize("theme", THEMES)
def test_a_plot_is_drawn_in_every_theme_with_the_same_bytes_again(theme: str) -> None:
    plot = heat(bowl(1.0), over=[Series("path", (1.0, 0.0), (1.0, 0.0), "path")])
    assert plot_svg(plot, theme) == plot_svg(plot, theme)
    assert plot_png(plot, theme).startswith(b"\x89PNG")


def test_a_hyphen_is_drawn() -> None:
    root = ElementTree.fromstring(plot_svg(curve([("", [-4, 4], [0, 1])])))
    negative = next(g for g in root.iter(f"{SVG}g") if g.get("data-text") == "-4")
    assert len(negative.findall(f"{SVG}rect")) == 1


@pytest.mark.parametrize("charset", ["unicode", "ascii"])
def test_text_keeps_its_width_and_its_characters(charset: str) -> None:
    xs = np.linspace(-5, 5, 50)
    for plot in (
        curve([("one", xs, np.tanh(xs)), ("two", xs, 1 - np.tanh(xs) ** 2)], x="z", title="tanh"),
        heat(bowl(1.0), over=[("0", [1], [1]), ("1", [-1], [-1])]),
        bars([("first", 1e-9), ("last", 0.3)], log=True),
    ):
        lines = plot_text(plot, 72, 10, charset=charset)  # type: ignore[arg-type]
        assert max(map(len, lines)) <= 72 + 12
        if charset == "ascii":
            assert all(
                line.replace("│", "").replace("└", "").replace("─", "").replace("…", "").isascii()
                for line in lines
            )


def test_a_falling_curve_falls_in_text() -> None:
    lines = plot_text(curve([("", [0, 1], [1, 0])]), 40, 8, charset="ascii")
    places = [line.index("*", 13) for line in lines if "*" in line[13:]]
    assert places == sorted(places)
    assert len(places) > 5


def test_points_of_a_grid_stand_where_they_are() -> None:
    lines = plot_text(heat(bowl(1.0), over=[Series("A", (1.9,), (1.9,), "points")]), 60, 11)
    row = next(line for line in lines if "A" in line)
    assert lines.index(row) <= 2
    assert row.index("A") > 40
