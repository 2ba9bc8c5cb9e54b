"""Contrast of every theme, computed; roles told without colour."""

from __future__ import annotations

import pytest

from graphgrad.errors import UsageError
from graphgrad.views.figure.content.diagram import SHAPES
from graphgrad.views.figure.svg.svg import svg_of
from graphgrad.views.figure.svg.theme import THEMES, Theme, theme_of

from .reading import picture_of, sample_scene

ON_BOXES = ("name", "value", "adjoint", "trouble")


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_on_white() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_texts_can_be_read_on_every_fill(theme: Theme) -> None:
    for kind, colour in theme.text.items():
        assert contrast(colour, theme.page) >= 4.5, kind
        if kind in ON_BOXES:
            for role, colours in theme.roles.items():
                assert contrast(colour, colours.fill) >= 4.5, (kind, role)


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_borders_and_lines_stand_out(theme: Theme) -> None:
    for role, colours in theme.roles.items():
        assert contrast(colours.border, theme.page) >= 3.0, role
        assert contrast(colours.border, colours.fill) >= 3.0, role
    for colour in (theme.forward, theme.backward, theme.current, theme.group, *theme.heat):
        assert contrast(colour, theme.page) >= 3.0


def test_every_role_has_a_shape_of_its_own() -> None:
    assert len(set(SHAPES.values())) == len(SHAPES)


def test_print_has_white_fills_and_greys_alone() -> None:
    theme = THEMES["print"]
    assert {colours.fill for colours in theme.roles.values()} == {"#FFFFFF"}
    colours = [*theme.text.values(), theme.forward, theme.backward, theme.current]
    assert all(c[1:3] == c[3:5] == c[5:7] for c in colours)


@pytest.mark.parametrize("theme", list(THEMES))
def test_every_theme_draws_the_same_geometry(theme: str) -> None:
    scene = sample_scene("linear_regression")
    drawn, light = picture_of(scene, theme=theme), picture_of(scene)
    assert drawn.curves == light.curves
    for box, rect in drawn.boxes.items():
        assert rect.left == pytest.approx(light.boxes[box].left, abs=0.02)


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(UsageError, match="light, dark, print"):
        svg_of(sample_scene("linear_regression"), theme="neon")
    assert theme_of("dark").name == "dark"
