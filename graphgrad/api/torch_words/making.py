"""Make tensors as the module `torch` does: filled, in order, drawn.

Draws are graphgrad's own: a seed gives other numbers than PyTorch's, and the first draw says so.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from graphgrad.api.in_place import InPlace, plain_numbers
from graphgrad.api.numpy_words.of_tensors import settled
from graphgrad.api.torch_words.tensor import Tensor, as_tensor, tensor, whole_numbers
from graphgrad.messages.catalogue import text

__all__ = ["MAKERS", "Generator", "stream"]


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


def stream(generator: Generator | None) -> Any:
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


def _lengths(size: tuple[Any, ...], named: Any = None) -> tuple[int, ...]:
    """Return a shape, given as numbers, as one tuple, or by the name ``size``."""
    if named is not None:
        return (named,) if isinstance(named, int) else tuple(named)
    return tuple(size[0]) if len(size) == 1 and not isinstance(size[0], int) else tuple(size)


def _drawn(how: Callable[[Any, tuple[int, ...]], Any]) -> Callable[..., Any]:
    """Return a function that draws an array of a shape."""

    def make(
        *lengths: Any,
        size: Any = None,
        generator: Generator | None = None,
        requires_grad: bool = False,
        dtype: Any = None,
        device: Any = None,
    ) -> Tensor:
        found = how(stream(generator), _lengths(lengths, size))
        return Tensor(found if getattr(found, "shape", ()) else float(found), requires_grad)

    return make


def _filled(name: str) -> Callable[..., Any]:
    def make(
        *lengths: Any,
        size: Any = None,
        dtype: Any = None,
        requires_grad: bool = False,
        device: Any = None,
    ) -> Any:
        import numpy as np

        array = getattr(np, name)(_lengths(lengths, size))
        return tensor(array, dtype=dtype, requires_grad=requires_grad)

    return make


def _like(name: str) -> Callable[..., Any]:
    def make(other: Any, *args: Any, requires_grad: bool = False, **_options: Any) -> Any:
        import numpy as np

        array = getattr(np, name)(np.zeros(other.shape), *args)
        return Tensor(array if array.shape else float(array), requires_grad)

    return make


def _drawn_like(how: Callable[[Any, tuple[int, ...]], Any]) -> Callable[..., Any]:
    """Return a function that draws an array of another tensor's shape."""
    make = _drawn(how)

    def make_like(input: Any, **options: Any) -> Tensor:
        drawn: Tensor = make(size=input.shape, **options)
        return drawn

    return make_like


def _normal(
    mean: Any = 0.0,
    std: Any = 1.0,
    size: Any = None,
    generator: Generator | None = None,
    requires_grad: bool = False,
    **_options: Any,
) -> Tensor:
    """Draw normal numbers of means and deviations."""
    import numpy as np

    center, spread = (np.asarray(plain_numbers(one), dtype=float) for one in (mean, std))
    shape = np.broadcast_shapes(center.shape, spread.shape) if size is None else _lengths((), size)
    found = center + spread * stream(generator).standard_normal(shape)
    return Tensor(found if shape else float(found), requires_grad)


def _bernoulli(input: Any, generator: Generator | None = None) -> Tensor:
    """Draw 1 with the probabilities that are given, else 0."""
    import numpy as np

    share = np.asarray(plain_numbers(input), dtype=float)
    found = (stream(generator).random(share.shape) < share).astype(float)
    return Tensor(found if share.shape else float(found))


def _meshgrid(*tensors: Any, indexing: str = "ij") -> tuple[Any, ...]:
    """Return the coordinates of a grid, one array for each axis."""
    import numpy as np

    given = tensors[0] if len(tensors) == 1 and isinstance(tensors[0], list | tuple) else tensors
    order: Any = indexing
    if not any(hasattr(one, "place") for one in given):
        return tuple(tensor(part) for part in np.meshgrid(*map(np.asarray, given), indexing=order))
    lengths = [one.shape[0] if len(one.shape) else 1 for one in given]
    axes = list(range(len(given)))
    axes[:2] = reversed(axes[:2]) if order == "xy" else axes[:2]
    whole = tuple(lengths[axis] for axis in axes)
    shapes = [tuple(n if at == axis else 1 for at in axes) for axis, n in enumerate(lengths)]
    parts = (np.broadcast_to(np.reshape(one, to), whole)
             for one, to in zip(given, shapes, strict=True))  # fmt: skip
    return tuple(settled(part, tuple(given)) for part in parts)


def _in_place(how: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method that draws all numbers of a tensor anew."""

    def draw(self: Any, *args: float, generator: Generator | None = None, **options: float) -> Any:
        found = how(stream(generator), self.shape, *args, **options)
        self._change(found if self.shape else float(found))
        return self

    return draw


_DRAWS: dict[str, Callable[..., Any]] = {
    "normal_": lambda draw, shape, mean=0.0, std=1.0: mean + std * draw.standard_normal(shape),
    "uniform_": lambda draw, shape, a=0.0, b=1.0: a + (b - a) * draw.random(shape),
    "bernoulli_": lambda draw, shape, p=0.5: (draw.random(shape) < p).astype(float),
    "exponential_": lambda draw, shape, lambd=1.0: draw.standard_exponential(shape) / lambd,
}
for _name, _how in _DRAWS.items():
    setattr(InPlace, _name, _in_place(_how))


def _randint(
    low: int,
    high: Any,
    size: Any = None,
    generator: Generator | None = None,
    **_options: Any,
) -> Any:
    low, high, size = (0, low, high) if size is None else (low, high, size)
    return whole_numbers(stream(generator).integers(low, high, size))


def _picked(
    weights: Any,
    num_samples: int,
    replacement: bool = False,
    generator: Generator | None = None,
) -> Any:
    """Draw places by weights."""
    import numpy as np

    values = np.asarray(weights.value if hasattr(weights, "place") else weights, dtype=float)
    draw = stream(generator)
    rows = np.atleast_2d(values)
    found = [draw.choice(len(row), num_samples, replacement, row / row.sum()) for row in rows]
    return whole_numbers(np.array(found) if values.ndim > 1 else found[0])


def _by_numpy(name: str) -> Callable[..., Any]:
    def make(*args: Any, dtype: Any = None, requires_grad: bool = False, **options: Any) -> Any:
        import numpy as np

        array = getattr(np, name)(*args, **options)
        return tensor(array, dtype=dtype, requires_grad=requires_grad)

    return make


def _counted(*bounds: Any, dtype: Any = None, requires_grad: bool = False, **options: Any) -> Any:
    """Return numbers at equal steps: of floats each is start + n * step, as in PyTorch."""
    import numpy as np

    names = ("end",) if len(bounds) == 1 else ("start", "end", "step")
    given = {"start": 0, "step": 1} | dict(zip(names, bounds, strict=False)) | options
    start, stop, step = (plain_numbers(given[name]) for name in ("start", "end", "step"))
    found = start + step * np.arange(int(np.ceil((stop - start) / step)))
    floats = float in (type(start), type(stop), type(step))
    made = found.astype(float) if floats else found
    return tensor(made, dtype=dtype, requires_grad=requires_grad)


def _corner(name: str) -> Callable[..., Any]:
    """Return the places of a triangle of a matrix: rows, then columns."""

    def make(row: int, col: int, offset: int = 0, **_options: Any) -> Any:
        import numpy as np

        return whole_numbers(np.stack(getattr(np, name)(row, offset, col)))

    return make


MAKERS: dict[str, Any] = {
    "arange": _counted,
    "range": lambda start=0, end=0, step=1, **options: _counted(
        start, end + step / 2, step, **options
    ),
    "bernoulli": _bernoulli,
    "logspace": _by_numpy("logspace"),
    "meshgrid": _meshgrid,
    "normal": _normal,
    "poisson": lambda rates, generator=None: Tensor(
        stream(generator).poisson(plain_numbers(rates)).astype(float)
    ),
    "rand_like": _drawn_like(lambda draw, shape: draw.random(shape)),
    "randint_like": lambda other, low, high=None: (
        _randint(0, low, tuple(other.shape))
        if high is None
        else _randint(low, high, tuple(other.shape))
    ),
    "randn_like": _drawn_like(lambda draw, shape: draw.standard_normal(shape)),
    "tril_indices": _corner("tril_indices"),
    "triu_indices": _corner("triu_indices"),
    "as_tensor": as_tensor,
    "asarray": as_tensor,
    "empty": _filled("zeros"),
    "eye": _by_numpy("eye"),
    "from_numpy": tensor,
    "full": _by_numpy("full"),
    "empty_like": _like("zeros_like"),
    "full_like": _like("full_like"),
    "linspace": _by_numpy("linspace"),
    "manual_seed": manual_seed,
    "multinomial": _picked,
    "ones": _filled("ones"),
    "ones_like": _like("ones_like"),
    "rand": _drawn(lambda draw, shape: draw.random(shape)),
    "randint": _randint,
    "randn": _drawn(lambda draw, shape: draw.standard_normal(shape)),
    "randperm": lambda n, generator=None, **_options: whole_numbers(
        stream(generator).permutation(n)
    ),
    "tensor": tensor,
    "zeros": _filled("zeros"),
    "zeros_like": _like("zeros_like"),
}
"""What makes tensors, by PyTorch's name."""
