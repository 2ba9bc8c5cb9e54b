"""Turn SVG into PNG with resvg: its only door."""

from __future__ import annotations

import resvg_py

__all__ = ["png_of"]

_DPI = 96.0
_SCALE = 2.0


def png_of(svg: bytes, *, scale: float = _SCALE) -> bytes:
    """Return an SVG as PNG; no font of the system is read.

    Args:
        svg: an SVG file.
        scale: pixels per CSS pixel, of which 96 make an inch.
    """
    text = svg.decode("utf-8")
    picture = resvg_py.svg_to_bytes(svg_string=text, dpi=_DPI, zoom=scale, skip_system_fonts=True)
    return bytes(picture)
