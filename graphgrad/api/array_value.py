"""Show the array of a leaf: read-only, but with ``-=`` and its kin, which make new arrays."""

from __future__ import annotations

from functools import cache
from typing import Any

__all__ = ["shown_array"]


def shown_array(array: Any) -> Any:
    """Return a read-only view whose in-place operators return changed copies.

    >>> import numpy as np
    >>> value = shown_array(np.array([1.0, 2.0]))
    >>> value -= 1
    >>> value.tolist()
    [0.0, 1.0]
    """
    view = array.view(_array_type())
    view.flags.writeable = False
    return view


@cache
def _array_type() -> Any:
    """Make the array type when the first array is shown: NumPy is not imported before."""
    import numpy as np

    def changed(name: str) -> Any:
        operation = getattr(np.ndarray, f"__{name}__")
        return lambda self, other: operation(np.asarray(self), other)

    def __array_wrap__(  # noqa: N807  # NumPy's protocol
        self: Any, array: Any, context: Any = None, return_scalar: bool = False
    ) -> Any:
        return array[()] if return_scalar else np.asarray(array)

    operators = {f"__i{name}__": changed(name) for name in ("add", "sub", "mul", "truediv", "pow")}
    return type("ArrayValue", (np.ndarray,), {"__array_wrap__": __array_wrap__, **operators})
