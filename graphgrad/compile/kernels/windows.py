"""Functions that place entries: windows and their sums, frames, zeros around entries."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["fold", "pad", "put", "put_at", "windows"]


def put(x: Any, shape: Any, key: Any) -> Any:
    """Return zeros of a shape with entries at a place."""
    x = np.asarray(x)
    found = np.zeros(shape, dtype=x.dtype)
    found[key] = x
    return found


def put_at(x: Any, shape: Any, at: Any) -> Any:
    """Return zeros of a shape with entries added at their places, counted row by row."""
    x = np.asarray(x)
    found = np.zeros(shape, dtype=x.dtype)
    np.add.at(found.reshape(-1), at, x.ravel())
    return found


def windows(x: Any, size: Any, stride: Any, dilation: Any, out: Any = None) -> Any:
    """Return all windows along the last axes: places in a window, then where it lies."""
    count = len(size)
    lead = x.ndim - count
    spans = tuple((n - 1) * gap + 1 for n, gap in zip(size, dilation, strict=True))
    last = tuple(range(lead, x.ndim))
    views = np.lib.stride_tricks.sliding_window_view(x, spans, axis=last)
    steps = tuple(slice(None, None, n) for n in (*stride, *dilation))
    views = views[(slice(None),) * lead + steps]
    order = (*range(lead), *range(lead + count, lead + 2 * count), *last)
    if out is None:
        return np.ascontiguousarray(views.transpose(order))
    np.copyto(out, views.transpose(order))
    return out


def fold(x: Any, shape: Any, stride: Any, dilation: Any) -> Any:
    """Return windows added up where they lie: the reverse of `windows`."""
    count = len(shape)
    lead = x.ndim - 2 * count
    places, steps = x.shape[lead : lead + count], x.shape[lead + count :]
    apart = stride == places and set(dilation) == {1}
    lengths = tuple(n * m for n, m in zip(places, steps, strict=True))
    make = np.empty if apart and lengths == shape else np.zeros
    found = make((*x.shape[:lead], *shape), dtype=x.dtype)
    keep = (slice(None),) * lead
    for place in np.ndindex(*places):
        where = tuple(
            slice(at * gap, at * gap + (n - 1) * step + 1, step)
            for at, gap, n, step in zip(
                place, dilation, x.shape[lead + count :], stride, strict=True
            )
        )
        if apart:
            found[keep + where] = x[keep + place]
        else:
            found[keep + where] += x[keep + place]
    return found


def pad(x: Any, width: Any, value: Any) -> Any:
    """Return an array in a frame of one value along the last axes."""
    frame = [(0, 0)] * (x.ndim - len(width)) + [(n, n) for n in width]
    return np.pad(x, frame, constant_values=value)
