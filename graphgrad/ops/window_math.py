"""Cut arrays into windows and other parts and put them together, on floats and on objects."""

from __future__ import annotations

from typing import Any

__all__ = ["WindowMath"]


class WindowMath:
    """The functions of arrays that windows, padding and repetition are made of.

    Attributes:
        np: the module of NumPy.
    """

    np: Any

    def windows(
        self, x: Any, *, size: tuple[int, ...], stride: tuple[int, ...], dilation: tuple[int, ...]
    ) -> Any:
        """Return all windows along the last axes: places in a window, then where it lies."""
        np, count = self.np, len(size)
        x = np.asarray(x)
        lead, steps, gaps = x.ndim - count, _each(stride, count), _each(dilation, count)
        spans = tuple((n - 1) * gap + 1 for n, gap in zip(size, gaps, strict=True))
        last = tuple(range(lead, x.ndim))
        views = np.lib.stride_tricks.sliding_window_view(x, spans, axis=last)
        keep = (slice(None),) * lead
        views = views[(*keep, *(slice(None, None, n) for n in (*steps, *gaps)))]
        order = (*range(lead), *range(lead + count, lead + 2 * count), *last)
        return np.ascontiguousarray(views.transpose(order))

    def fold(
        self, x: Any, *, shape: tuple[int, ...], stride: tuple[int, ...], dilation: tuple[int, ...]
    ) -> Any:
        """Return windows added up where they lie, one place of the window after the other."""
        np, count = self.np, len(shape)
        x = np.asarray(x)
        lead, steps, gaps = x.ndim - 2 * count, _each(stride, count), _each(dilation, count)
        result = np.zeros((*x.shape[:lead], *shape), dtype=x.dtype)
        keep = (slice(None),) * lead
        for place in np.ndindex(*x.shape[lead : lead + count]):
            starts = [at * gap for at, gap in zip(place, gaps, strict=True)]
            ends = zip(starts, x.shape[lead + count :], steps, strict=True)
            where = tuple(slice(at, at + (n - 1) * step + 1, step) for at, n, step in ends)
            result[(*keep, *where)] += x[(*keep, *place)]
        return result

    def pad(self, x: Any, *, width: tuple[int, ...], value: Any) -> Any:
        """Return an array in a frame of one value."""
        x = self.np.asarray(x)
        lead = x.ndim - len(width)
        frame = [(0, 0)] * lead + [(n, n) for n in width]
        # As an array of x's kind: symbols and high precision stay apart from NumPy's own integers.
        filling = self.np.asarray(value, dtype=self.np.asarray(x).dtype)
        return self.np.pad(x, frame, constant_values=filling)

    def flip(self, x: Any, *, axis: int) -> Any:
        """Return the entries along an axis in reverse order."""
        return self.np.flip(x, axis).copy()

    def roll(self, x: Any, *, shift: int, axis: int) -> Any:
        """Return the entries moved on along an axis, round the end."""
        return self.np.roll(x, shift, axis)

    def diag(self, x: Any, *, k: int) -> Any:
        """Return a vector as the diagonal of a matrix, or the diagonal of a matrix."""
        return self.np.diag(x, k).copy()

    def tril(self, x: Any, *, k: int) -> Any:
        """Return the entries on and below a diagonal, 0 above."""
        return self.np.tril(x, k)

    def triu(self, x: Any, *, k: int) -> Any:
        """Return the entries on and above a diagonal, 0 below."""
        return self.np.triu(x, k)

    def repeat(self, x: Any, *, times: int, axis: int) -> Any:
        """Return every entry several times along an axis."""
        return self.np.repeat(x, times, axis)


def _each(lengths: tuple[int, ...], count: int) -> tuple[int, ...]:
    """Return one length per axis; a single one holds for all."""
    return lengths * count if len(lengths) == 1 else lengths
