"""Functions along axes: softmax, its normalizer and the norm without overflow, the largest."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

__all__ = [
    "argmax_mask", "det", "first_largest", "inverse", "largest", "logsumexp", "norm",
    "order_mask", "parts", "softmax",
]  # fmt: skip


def softmax(x: Any, axis: Any) -> Any:
    """Return exp(x) over its sum along an axis, shifted by the largest entry."""
    powers = np.exp(x - x.max(axis=axis, keepdims=True, initial=-np.inf))
    powers /= powers.sum(axis=axis, keepdims=True)
    return powers


def logsumexp(x: Any, axis: Any, keepdims: Any) -> Any:
    """Return log(sum(exp(x))) along axes, shifted by the largest entry."""
    pair = axis == (x.ndim - 1,) and x.shape[-1] == 2  # by columns, in a third of the time
    if pair:
        shift = np.maximum(x[..., :1], x[..., 1:])
    else:
        shift = np.maximum.reduce(x, axis=axis, keepdims=True, initial=-np.inf)
    if not np.vdot(shift, shift) < np.inf:
        shift = np.where(np.isfinite(shift), shift, 0.0)
    powers = np.exp(x - shift)
    if pair:
        total = powers[..., :1] + powers[..., 1:]
    else:
        total = np.add.reduce(powers, axis=axis, keepdims=True)
    total = np.log(total) + shift
    return total if keepdims else total.squeeze(axis)


def norm(x: Any, axis: Any, keepdims: Any) -> Any:
    """Return the Euclidean length along axes, scaled by the largest entry."""
    largest = np.max(np.abs(x), axis=axis, keepdims=True, initial=0.0)
    scale = np.where(np.isfinite(largest) & (largest > 0), largest, 1.0)
    total = np.sqrt(np.sum((x / scale) ** 2, axis=axis, keepdims=True)) * scale
    return total if keepdims else total.squeeze(axis)


def argmax_mask(x: Any, axis: Any) -> Any:
    """Return 1 at the first largest entry along axes, in row order, else 0."""
    last = tuple(range(x.ndim - len(axis), x.ndim))
    moved = np.moveaxis(x, axis, last)
    kept = moved.shape[: x.ndim - len(axis)]
    flat = moved.reshape((*kept, math.prod(moved.shape[len(kept) :])))
    mask = np.zeros(flat.shape, dtype=x.dtype)
    if mask.size:
        np.put_along_axis(mask, np.argmax(flat, axis=-1)[..., None], 1.0, axis=-1)
    return np.moveaxis(mask.reshape(moved.shape), last, axis)


def inverse(x: Any) -> Any:
    """Return the inverse of the last two axes; NaN where there is none."""
    if not np.all(np.isfinite(x)):
        return np.full_like(x, np.nan)
    try:
        return np.linalg.inv(x)
    except np.linalg.LinAlgError:
        return np.full_like(x, np.nan)


def parts(x: Any, axis: Any) -> Any:
    """Return the slices of length 1 along an axis."""
    before = (slice(None),) * axis
    return [x[(*before, slice(at, at + 1))] for at in range(x.shape[axis])]


def largest(x: Any, axis: Any, keepdims: Any) -> Any:
    """Return the largest entries along short axes: a maximum of slices, one axis after another."""
    for along in sorted(axis):
        first, second, *others = parts(x, along)
        x = np.maximum(first, second)
        for other in others:
            np.maximum(x, other, out=x)
    return x if keepdims else x.squeeze(axis)


def first_largest(x: Any, axis: Any) -> Any:
    """Return where the first largest entry along short axes is, in row order."""
    whole, mask = x, None
    for along in sorted(axis, reverse=True):
        slices = parts(x, along)
        x = largest(x, (along,), True)
        total = x.sum()
        if total != total:  # no entry is as large as NaN, which NumPy takes first
            return argmax_mask(whole, axis) != 0
        taken = slices[0] >= x
        hits = [taken]
        for one in slices[1:-1]:
            hits.append((one >= x) & ~taken)
            taken = taken | hits[-1]
        here = np.concatenate([*hits, ~taken], axis=along)
        mask = here if mask is None else mask & here
    return mask


def det(x: Any) -> Any:
    """Return the determinant of a square matrix."""
    return np.linalg.det(x)


def order_mask(x: Any) -> Any:
    """Return rows of which the j-th marks the entry that is j-th in rising order."""
    places = np.argsort(x, axis=-1, kind="stable")
    mask = np.equal(places[..., None], np.arange(x.shape[-1])).astype(x.dtype)
    mask[np.not_equal(x, x).any(axis=-1)] = np.nan
    return mask
