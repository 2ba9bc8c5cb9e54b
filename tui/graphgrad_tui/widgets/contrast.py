"""Keep every text readable on its background, whatever the theme: a contrast of at least 4.5:1.

Source: W3C, Web Content Accessibility Guidelines 2.1, 2018, success criterion 1.4.3 and the
definitions of contrast ratio and relative luminance.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.color import Color as RichColor
from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from textual.filter import LineFilter

if TYPE_CHECKING:
    from rich.color_triplet import ColorTriplet
    from textual.color import Color

__all__ = ["LEAST", "ReadableFilter", "contrast", "readable"]

LEAST = 4.5
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
_STEPS = 20

Rgb = tuple[int, int, int]


class ReadableFilter(LineFilter):
    """Move the colours of letters away from their background as far as it takes to read them."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments, each readable on its background."""
        behind = (background.r, background.g, background.b)
        return [self._readable(segment, behind) for segment in segments]

    @staticmethod
    def _readable(segment: Segment, behind: Rgb) -> Segment:
        """Return the same segment where it can be read: most can."""
        style = segment.style
        if style is None or segment.control:
            return segment
        found = _readable_style(style, behind)
        return segment if found is style else Segment(segment.text, found)


@lru_cache(maxsize=4096)
def _readable_style(style: Style, behind: Rgb) -> Style:
    """Return a style with another colour of its letters, if theirs is too near the background."""
    front = _rgb(style.bgcolor if style.reverse else style.color)
    ground = _rgb(style.color if style.reverse else style.bgcolor) or behind
    if front is None:
        return style
    found = readable(front, ground)
    if found == front:
        return style
    colour = RichColor.from_rgb(*found)
    return style + (Style(bgcolor=colour) if style.reverse else Style(color=colour))


def _rgb(colour: RichColor | None) -> Rgb | None:
    """Return a colour; None where the terminal chooses it."""
    if colour is None or colour.type is not ColorType.TRUECOLOR:
        return None
    triplet: ColorTriplet | None = colour.triplet
    return None if triplet is None else (triplet.red, triplet.green, triplet.blue)


@lru_cache(maxsize=4096)
def readable(front: Rgb, ground: Rgb) -> Rgb:
    """Return a colour that can be read on a background, as near to the one asked for as may be.

    >>> readable((255, 255, 255), (0, 0, 0)), readable((100, 100, 100), (90, 90, 90))
    ((255, 255, 255), (216, 216, 216))
    """
    if contrast(front, ground) >= LEAST:
        return front
    end = max((_WHITE, _BLACK), key=lambda colour: contrast(colour, ground))
    for step in range(1, _STEPS):
        mixed = _mixed(front, end, step / _STEPS)
        if contrast(mixed, ground) >= LEAST:
            return mixed
    return end


def _mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio of two colours, from 1 to 21.

    >>> contrast((255, 255, 255), (0, 0, 0))
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
