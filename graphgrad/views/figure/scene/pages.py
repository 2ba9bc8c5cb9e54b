"""Hold the pages that figures are fitted to, and how small letters may get on them."""

from __future__ import annotations

import re
from math import inf

from graphgrad.errors import UsageError
from graphgrad.views.figure.geometry.places import Size

__all__ = [
    "LEAST_PIXELS",
    "PAGES",
    "SCREEN",
    "enlarged_on",
    "least_letters",
    "page_of",
    "read_from_afar",
]

PAGES: dict[str, Size] = {
    "beamer169": Size(453.54, 255.12),
    "beamer43": Size(362.83, 272.13),
    "pptx": Size(960.0, 540.0),
    "a4-column": Size(241.0, 680.0),
    "beamer169-body": Size(430.0, 181.0),
    "beamer43-body": Size(340.0, 198.0),
    "pptx-body": Size(912.0, 364.0),
    "reveal-body": Size(920.0, 440.0),
}
"""Pages by name, in points; beamer slides are 16 cm x 9 cm and 12.8 cm x 9.6 cm.

A body is what a slide leaves for the figure between its title and its caption.
"""
_SLIDES = {
    "beamer169-body": PAGES["beamer169"].height,
    "beamer43-body": PAGES["beamer43"].height,
    "pptx-body": PAGES["pptx"].height,
    "reveal-body": 700.0,
}
"""The height of the slide to which a body belongs."""

SCREEN = Size(1920.0, 1080.0)
LEAST_PIXELS = 24.0
_LEAST_POINTS, _LEAST_POINTS_ON_PAPER = 10.0, 7.0
"""On a slide, and on paper; a body has less room, and takes the scriptsize of Beamer, also 7 pt."""
_GROWN = {"pptx-body": 1.6, "reveal-body": inf}
"""How much larger a figure that was not fitted is made on the body of a slide; else it shrinks."""
_FREE_SIZE = re.compile(r"(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)")


def page_of(fit: str) -> Size:
    """Return a page's size in points.

    Raises:
        UsageError: if it is neither a known page nor a size such as ``640x360``.

    >>> page_of("640x360")
    Size(width=640.0, height=360.0)
    """
    if fit in PAGES:
        return PAGES[fit]
    match = _FREE_SIZE.fullmatch(fit)
    if match is None or not float(match[1]) or not float(match[2]):
        raise UsageError("scene.unknown_page", got=fit, known=", ".join(PAGES))
    return Size(float(match[1]), float(match[2]))


def least_letters(fit: str) -> float:
    """Return the smallest letters that can be read on a page, in points."""
    if fit == "a4-column":
        return _LEAST_POINTS_ON_PAPER
    height = _SLIDES.get(fit, page_of(fit).height)
    least = _LEAST_POINTS_ON_PAPER if fit in _SLIDES else _LEAST_POINTS
    return max(least, LEAST_PIXELS * height / SCREEN.height)


def read_from_afar(fit: str) -> float:
    """Return the size from which letters need no warning: on a body as on its whole slide.

    >>> read_from_afar("beamer169-body") == least_letters("beamer169")
    True
    """
    return least_letters(fit.removesuffix("-body") if fit.removesuffix("-body") in PAGES else fit)


def enlarged_on(body: str, size: Size) -> float:
    """Return how much larger a figure gets on the body of a slide that it was not fitted to.

    >>> enlarged_on("beamer169-body", Size(860.0, 181.0)), enlarged_on("beamer43-body", Size(9, 9))
    (0.5, 1.0)
    """
    page = PAGES[body]
    return min(page.width / size.width, page.height / size.height, _GROWN.get(body, 1.0))
