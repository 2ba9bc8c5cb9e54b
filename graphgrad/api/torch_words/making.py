"""Make tensors as the module `torch` does: filled, in order, drawn.

Draws are graphgrad's own: a seed gives other numbers than PyTorch's, and the first draw says so.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from graphgrad.api.torch_words.tensor import Tensor, tensor, whole_numbers
from graphgrad.messages.catalogue import text

__all__ = ["MAKERS", "Generator"]


class Generator:
    """A stream of draws of its own.

    >>> Generator().manual_seed(3).initial_seed()
    3
    """

    def __init__(self, device: Any = None) -> None:
        self.manual_seed(0)

    def manual_seed(self, seed: int) -> Generator:
        """Begin the stream of a seed anew."""
        import numpy as np

        self._seed, self.stream = seed, np.random.default_rng(seed)
        return self

    def initial_seed(self) -> int:
        """Return the seed."""
        return self._seed


_COMMON: list[Generator] = []
_TOLD: list[bool] = []


def _stream(generator: Generator | None) -> Any:
    """Return the numbers to draw from; the first time, say that they are not PyTorch's."""
    if not _TOLD:
        _TOLD.append(True)
        warnings.warn(text("given.draws"), UserWarning, stacklevel=4)
    if generator is None:
        if not _COMMON:
            _COMMON.append(Generator())
        generator = _COMMON[0]
    return generator.stream


def manual_seed(seed: int) -> Generator:
    """Begin the common stream of a seed anew; layers count from the same number."""
    from graphgrad.api.networks.draws import draw

    draw(abs(int(seed)))
    _COMMON[:] = [Generator().manual_seed(seed)]
    return _COMMON[0]


def _lengths(size: tuple[Any, ...]) -> tuple[int, ...]:
    return tuple(size[0]) if len(size) == 1 and not isinstance(size[0], int) else tuple(size)


def _drawn(how: Callable[[Any, tuple[int, ...]], Any]) -> Callable[..., Any]:
    """Return a function that draws an array of a shape."""

    def make(
        *size: Any,
        generator: Generator | None = None,
        requires_grad: bool = False,
        dtype: Any = None,
        device: Any = None,
    ) -> Tensor:
        found = how(_stream(generator), _lengths(size))
        return Tensor(found if getattr(found, "shape", ()) else float(found), requires_grad)

    return make


def _filled(name: str) -> Callable[..., Any]:
    def make(*size: Any, dtype: Any = None, requires_grad: bool = False, device: Any = None) -> Any:
        import numpy as np

        array = getattr(np, name)(_lengths(size))
        return tensor(array, dtype=dtype, requires_grad=requires_grad)

    return make


def _like(name: str) -> Callable[..., Any]:
    def make(other: Any, *args: Any, requires_grad: bool = False, **_options: Any) -> Any:
        import numpy as np

        array = getattr(np, name)(np.zeros(other.shape), *args)
        return Tensor(array if array.shape else float(array), requires_grad)

    return make


def _randint(low: int, high: Any, size: Any = None, generator: Generator | None = None) -> Any:
    low, high, size = (0, low, high) if size is None else (low, high, size)
    return whole_numbers(_stream(generator).integers(low, high, size))


def _picked(
    weights: Any,
    num_samples: int,
    replacement: bool = False,
    generator: Generator | None = None,
) -> Any:
    """Draw places by weights."""
    import numpy as np

    values = np.asarray(weights.value if hasattr(weights, "place") else weights, dtype=float)
    draw = _stream(generator)
    rows = np.atleast_2d(values)
    found = [draw.choice(len(row), num_samples, replacement, row / row.sum()) for row in rows]
    return whole_numbers(np.array(found) if values.ndim > 1 else found[0])


def _by_numpy(name: str) -> Callable[..., Any]:
    def make(*args: Any, dtype: Any = None, requires_grad: bool = False, **options: Any) -> Any:
        import numpy as np

        array = getattr(np, name)(*args, **options)
        return tensor(array, dtype=dtype, requires_grad=requires_grad)

    return make


MAKERS: dict[str, Any] = {
    "arange": _by_numpy("arange"),
    "as_tensor": tensor,
    "empty": _filled("zeros"),
    "eye": _by_numpy("eye"),
    "from_numpy": tensor,
    "full": _by_numpy("full"),
    "full_like": _like("full_like"),
    "linspace": _by_numpy("linspace"),
    "manual_seed": manual_seed,
    "multinomial": _picked,
    "ones": _filled("ones"),
    "ones_like": _like("ones_like"),
    "rand": _drawn(lambda draw, shape: draw.random(shape)),
    "randint": _randint,
    "randn": _drawn(lambda draw, shape: draw.standard_normal(shape)),
    "randperm": lambda n, generator=None: whole_numbers(_stream(generator).permutation(n)),
    "tensor": tensor,
    "zeros": _filled("zeros"),
    "zeros_like": _like("zeros_like"),
}
"""What makes tensors, by PyTorch's name."""
