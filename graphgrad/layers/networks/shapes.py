"""Read shapes for layers: how many features, which refuse, and with which words."""

from __future__ import annotations

from typing import Any

from graphgrad.errors import ShapeError
from graphgrad.ops.shapes import Shape, shape_text

__all__ = ["channels_of", "features", "need_rank", "refuse", "with_channels"]


def features(shape: Shape) -> int:
    """Return the length of the last axis; a number counts as one feature.

    >>> features((5, 3)), features(())
    (3, 1)
    """
    return shape[-1] if shape else 1


def refuse(layer: str, expected: str, *shapes: Shape) -> ShapeError:
    """Return the error of inputs that do not fit a layer.

    Args:
        layer: its name.
        expected: the id of a sentence part that says what it takes.
        shapes: what it got.
    """
    from graphgrad.messages.catalogue import Worded

    got = ", ".join(map(shape_text, shapes))
    told = "layer.shapes" if len(shapes) == 1 else "layer.several_shapes"
    return ShapeError(told, layer=layer, shapes=got, expected=Worded(expected))


def need_rank(layer: str, shape: Shape, ranks: tuple[int, ...], expected: str) -> None:
    """Refuse an input whose number of axes does not fit.

    Raises:
        ShapeError: naming the layer, the shape and what was expected.
    """
    if len(shape) not in ranks:
        raise refuse(layer, expected, shape)


def with_channels(m: Any, layer: str, x: Any, axes: int) -> Any:
    """Return an input with its axis of channels; one channel is added to a plain image.

    Raises:
        ShapeError: if it is neither an image nor a batch of images.
    """
    shape = m.shape(x)
    if len(shape) == axes:
        return m.reshape(x, shape=(1, *shape))
    if len(shape) not in (axes + 1, axes + 2):
        raise refuse(layer, f"layer.expected.image{axes}", shape)
    return x


def channels_of(layer: str, shape: Shape, axes: int) -> int:
    """Return how many channels an input has."""
    if len(shape) not in (axes, axes + 1, axes + 2):
        raise refuse(layer, f"layer.expected.image{axes}", shape)
    return 1 if len(shape) == axes else shape[-axes - 1]
