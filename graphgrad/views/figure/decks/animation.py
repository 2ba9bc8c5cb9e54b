"""Animate all steps as GIF or WebP with pillow, an optional extra: its only door.

A GIF has one palette for all frames, of the colours that are seen most: flat fills stay exact and
nothing is dithered. WebP is written without loss.
"""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphgrad.errors import LimitError
from graphgrad.symbolic.write.words_latex import printable
from graphgrad.views.figure.content.known_at import frame_of
from graphgrad.views.figure.decks.extras import extra_module
from graphgrad.views.figure.decks.png_pdf import png_of
from graphgrad.views.figure.scene.in_words import described
from graphgrad.views.figure.scene.scene import Scene
from graphgrad.views.figure.svg.svg import svg_of

__all__ = ["gif_of", "webp_of"]

Numbers = NDArray[np.int64]
_COLOURS = 256
_LAST_HELD = 2
_LONGEST_COMMENT = 4_000
_WIDEST = 1280.0
_PIXELS_PER_POINT = 96.0 / 72.0
_LARGEST_SCALE = 2.0
MOST_PIXELS = 150_000_000
"""Of all steps together; each takes four bytes until the file is written."""


_XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    b'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="graphgrad"/></rdf:RDF></x:xmpmeta>'
)
"""Who made a picture, so that it may be replaced when it is drawn again."""


def gif_of(
    scene: Scene,
    *,
    step: int | None = None,
    theme: str = "light",
    scale: float | None = None,
    seconds: float = 1.5,
    once: bool = False,
) -> bytes:
    """Return all steps as an animated GIF.

    Args:
        scene: the figure.
        step: the step it starts with; None starts at 0.
        theme: a name of `graphgrad.views.figure.svg.theme.THEMES`.
        scale: pixels per CSS pixel; None takes what makes the picture at most 1280 pixels wide.
        seconds: how long a step is shown; the last one is held twice as long.
        once: whether it stops at the last step instead of starting again.

    Raises:
        UsageError: if there is no such step or theme, or the extra ``gif`` is not installed.
        LimitError: if the picture, or all of them, would have no or too many pixels.
    """
    pictures = _pictures(scene, "GIF", step, theme, scale)
    palette = _palette(pictures)
    drawn = [_in_palette(picture, palette) for picture in pictures]
    said = f"graphgrad: {printable(described(scene, frame_of(scene)))}"[:_LONGEST_COMMENT]
    how: dict[str, Any] = {} if once else {"loop": 0}
    return _animated(drawn, seconds, format="GIF", comment=said.encode("utf-8"), disposal=1, **how)


def webp_of(
    scene: Scene,
    *,
    step: int | None = None,
    theme: str = "light",
    scale: float | None = None,
    seconds: float = 1.5,
    once: bool = False,
) -> bytes:
    """Return all steps as an animated WebP; arguments and errors as in `gif_of`."""
    pictures = _pictures(scene, "WebP", step, theme, scale)
    loop = int(once)
    return _animated(pictures, seconds, format="WEBP", lossless=True, method=4, loop=loop, xmp=_XMP)


def _pictures(
    scene: Scene, name: str, step: int | None, theme: str, scale: float | None
) -> list[Any]:
    image = extra_module("PIL.Image", name)
    pixels = _suited_scale(scene) if scale is None else scale
    first = frame_of(scene, step or 0).step or 0
    found: list[Any] = []
    for k in range(first, scene.last_step + 1):
        png = png_of(svg_of(scene, step=k, theme=theme), scale=pixels)
        found.append(image.open(io.BytesIO(png)).convert("RGB"))
        if not found[1:]:
            width, height = found[0].size
            _check_all(width, height, scene.last_step + 1 - first)
    return found


def _check_all(width: int, height: int, count: int) -> None:
    """Refuse more than memory holds, once the size of a picture is known.

    Raises:
        LimitError: if all pictures together have more than `MOST_PIXELS`.
    """
    if width * height * count > MOST_PIXELS:
        raise LimitError(
            "scene.animation", width=width, height=height, count=count, most=MOST_PIXELS
        )


def _suited_scale(scene: Scene) -> float:
    """Return the pixels per CSS pixel of an animation that a page or a slide shows."""
    return min(_LARGEST_SCALE, _WIDEST / (scene.width * scene.scale * _PIXELS_PER_POINT))


def _palette(pictures: list[Any]) -> Numbers:
    """Return the most frequent colours of all frames, each as one number."""
    seen: Counter[int] = Counter()
    for picture in pictures:
        colours, counts = np.unique(_numbers(picture), return_counts=True)
        seen.update(dict(zip(colours.tolist(), counts.tolist(), strict=True)))
    ordered = sorted(seen, key=lambda colour: (-seen[colour], colour))
    return np.array(ordered[:_COLOURS])


def _in_palette(picture: Any, palette: Numbers) -> Any:
    """Return a picture in the nearest colours of a palette; pillow's own search is inexact."""
    numbers = _numbers(picture)
    colours, places = np.unique(numbers, return_inverse=True)
    offs = _channels(colours)[:, None, :] - _channels(palette)[None, :, :]
    nearest = (offs**2).sum(axis=2).argmin(axis=1).astype(np.uint8)
    drawn = extra_module("PIL.Image", "GIF").fromarray(nearest[places].reshape(numbers.shape))
    drawn.putpalette(_channels(palette).astype(np.uint8).tobytes())
    return drawn


def _numbers(picture: Any) -> Numbers:
    channels = np.asarray(picture).astype(np.int64)
    numbers: Numbers = channels[..., 0] << 16 | channels[..., 1] << 8 | channels[..., 2]
    return numbers


def _channels(numbers: Numbers) -> Numbers:
    return np.stack([numbers >> 16 & 255, numbers >> 8 & 255, numbers & 255], axis=-1)


def _animated(pictures: list[Any], seconds: float, **how: Any) -> bytes:
    durations = [round(seconds * 1000)] * len(pictures)
    durations[-1] *= _LAST_HELD
    written = io.BytesIO()
    rest = pictures[1:]
    pictures[0].save(written, save_all=True, append_images=rest, duration=durations, **how)
    return written.getvalue()
