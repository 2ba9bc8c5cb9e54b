"""Turn SVG into PNG with resvg: its only door."""

from __future__ import annotations

import re

import resvg_py

from graphgrad.errors import LimitError

__all__ = ["png_of"]

_DPI = 96.0
_SCALE = 2.0
_POINTS = 72.0
MOST_PIXELS = 100_000_000
_SIZE = re.compile(r'<svg[^>]* width="([\d.]+)pt" height="([\d.]+)pt"')


def png_of(svg: bytes, *, scale: float = _SCALE) -> bytes:
    """Return an SVG as PNG; no font of the system is read.

    Args:
        svg: an SVG file.
        scale: pixels per CSS pixel, of which 96 make an inch.

    Raises:
        LimitError: if the picture would have no pixel, or more than `MOST_PIXELS`.
    """
    text = svg.decode("utf-8")
    _check_size(text, scale)
    picture = resvg_py.svg_to_bytes(svg_string=text, dpi=_DPI, zoom=scale, skip_system_fonts=True)
    return bytes(picture)


def _check_size(svg: str, scale: float) -> None:
    """Refuse what resvg would abort on."""
    size = _SIZE.search(svg)
    if size is None:
        return
    width, height = (float(points) * _DPI / _POINTS * scale for points in size.groups())
    if min(width, height) < 1 or width * height > MOST_PIXELS:
        raise LimitError(
            "scene.pixels", width=f"{width:.0f}", height=f"{height:.0f}", most=MOST_PIXELS
        )
