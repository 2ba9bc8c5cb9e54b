"""Say how large a tensor is drawn: sides grow with the logarithm of how many numbers they have."""

from __future__ import annotations

from math import log2

from graphgrad.ops.shapes import Shape

__all__ = ["solid_size"]

_LEAST, _STEP = 12.0, 9.0
_THIN = 12.0
_DEPTH = 4.5


def solid_size(shape: Shape) -> tuple[float, float, float]:
    """Return width, height and depth of the block of a tensor, in points.

    A vector is a bar as high as it is long, a matrix a sheet, an image of channels a block that is
    as deep as it has channels.

    >>> solid_size(()), solid_size((16,)), solid_size((6, 28, 28))[2] > 0
    ((12.0, 12.0, 0.0), (12.0, 48.0, 0.0), True)
    """
    if not shape:
        return _LEAST, _LEAST, 0.0
    if len(shape) == 1:
        return _THIN, _side(shape[0]), 0.0
    wide, high = _side(shape[-1]), _side(shape[-2])
    return wide, high, _DEPTH * log2(1 + shape[-3]) if len(shape) > 2 else 0.0


def _side(count: int) -> float:
    return _LEAST + _STEP * log2(max(count, 1))
