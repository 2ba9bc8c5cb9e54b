"""Show arrays to Python users such that no change goes unnoticed.

An array that is handed out is a read-only view. In-place operators make changed copies, so that
``w.value -= step`` assigns; writing into an entry of a leaf's array, ``w.value[0] = 5``, gives the
leaf a new array, and whoever holds the old one keeps it as it was.
"""

from __future__ import annotations

import operator
from typing import Any

from graphgrad.api.numpy_words.choices import refusing
from graphgrad.errors import UsageError
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.given import given

__all__ = ["shown_array"]


def shown_array(value: Any, leaf: Any = None) -> Any:
    """Return a read-only view of an array; a number as it is.

    Args:
        value: a number or an array.
        leaf: the leaf it is the value of, whose entries may be assigned.

    >>> import numpy as np
    >>> value = shown_array(np.array([1.0, 2.0]))
    >>> value -= 1
    >>> value.tolist()
    [0.0, 1.0]
    """
    if value is None or type(value) is float:
        return value
    if leaf is None:
        value.setflags(write=False)  # and so is every view of it; a leaf's array is already
        return value.view(_types[0] if _types else _array_type())
    view = value.view(_types[0] if _types else _array_type())
    view.leaf = leaf
    return view


_types: list[Any] = []


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

    def __setitem__(self: Any, key: Any, new: Any) -> None:  # noqa: N807  # Python's protocol
        if self.flags.writeable:  # a copy that the user made
            np.asarray(self)[key] = new
            return
        leaf = getattr(self, "leaf", None)
        if leaf is None:
            raise UsageError("handle.read_only")
        copied = np.array(self)
        entry = to_float(given(new, f"{leaf.name}.value[...]"))
        refusing(f"{leaf.name}.value[...]", copied.__setitem__)(key, entry)
        leaf.value = copied

    def __reduce__(self: Any) -> Any:  # noqa: N807  # Python's protocol
        return np.array(self).__reduce__()

    def __repr__(self: Any) -> str:  # noqa: N807  # Python's protocol
        return repr(np.asarray(self))

    def filling(how: Any) -> Any:
        """Return a method of PyTorch's that sets every entry of the leaf, as in w.data.zero_()."""

        def changed_all(self: Any, *args: Any, **options: Any) -> Any:
            leaf = getattr(self, "leaf", None)
            if leaf is None:
                raise UsageError("handle.read_only")
            leaf.value = how(np.array(self), *args, **options)
            return leaf.value

        return changed_all

    plain = np.ndarray

    def computed(name: str) -> Any:  # without the detour over __array_wrap__
        operation = getattr(operator, name)
        return lambda self, other: operation(self.view(plain), other)

    def turned(name: str) -> Any:
        operation = getattr(operator, name)
        return lambda self, other: operation(other, self.view(plain))

    names = ("add", "sub", "mul", "truediv", "pow")
    operators = {f"__i{name}__": changed(name) for name in names}
    for name in (*names, "matmul"):
        operators[f"__{name}__"], operators[f"__r{name}__"] = computed(name), turned(name)
    methods = {
        "__slots__": ("leaf",),
        "__array_wrap__": __array_wrap__,
        "__setitem__": __setitem__,
        "__reduce__": __reduce__,
        "__repr__": __repr__,
        "fill_": filling(np.full_like),
        "zero_": filling(np.zeros_like),
        "copy_": filling(lambda own, other: getattr(other, "value", other) + 0 * own),
        "copy": lambda self, order="C": np.array(self, order=order),
    }
    _types.append(type("ArrayValue", (np.ndarray,), methods | operators))
    return _types[0]
