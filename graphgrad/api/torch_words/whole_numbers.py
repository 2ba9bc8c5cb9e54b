"""Hold whole numbers and truth values: arrays that pick entries and never have a gradient."""

from __future__ import annotations

from functools import cache
from typing import Any

from graphgrad.api.numpy_words.of_tensors import MAKERS, shown_as_tensor

__all__ = ["whole_numbers"]


@cache
def _whole_type() -> Any:
    """Make the type of whole numbers and truth values: an array with PyTorch's methods."""
    import numpy as np

    class Whole(np.ndarray):
        """Whole numbers or truth values; they pick entries and have no gradient."""

        requires_grad = False
        is_tensor = True

        def view(self, *shape: Any) -> Any:  # type: ignore[override]
            """Return the same entries in another shape, as PyTorch's view does."""
            if shape and all(isinstance(n, int | tuple) for n in shape):
                return self.reshape(*shape)
            return super().view(*shape)

        def float(self) -> Any:
            """Return the numbers as floats, which may have a gradient."""
            return MAKERS["floats"](np.asarray(self, dtype=float))

        def long(self) -> Any:
            """Return whole numbers."""
            return whole_numbers(np.asarray(self, dtype=int))

        int = cpu = long

        def detach(self) -> Any:
            """Return the same entries."""
            return self

        clone = detach

        def to(self, dtype: Any) -> Any:
            """Return the entries as another type; floats may have a gradient."""
            array = np.asarray(self).astype(dtype)
            return MAKERS["floats"](array) if array.dtype.kind == "f" else whole_numbers(array)

        type = to

        def numpy(self) -> Any:
            """Return the plain array."""
            return np.asarray(self)

        def numel(self) -> Any:
            """Return the number of entries."""
            return self.size

        nelement = numel

        def __repr__(self) -> str:
            return shown_as_tensor(np.asarray(self), "")

        def unsqueeze(self, dim: Any) -> Any:
            """Return the entries with one more axis of length 1."""
            return np.expand_dims(self, dim)

    return Whole


def whole_numbers(data: Any) -> Any:
    """Return whole numbers or truth values as an array with PyTorch's methods."""
    import numpy as np

    return np.ndarray.view(np.array(data), _whole_type())
