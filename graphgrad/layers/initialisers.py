"""Give parameters their initial values; every draw is reproducible on every platform.

The legacy ``RandomState`` stream is frozen by NumPy's compatibility policy (NEP 19), so the same
draw gives the same numbers in every version.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

__all__ = ["INITIAL_VALUES", "initial_value"]

Shape = tuple[int, ...]


def _fans(shape: Shape) -> tuple[int, int]:
    """Return how many values enter and leave a unit: rows enter, columns leave (X @ W)."""
    if len(shape) < 2:
        return (shape[0] if shape else 1), 1
    return shape[-2], shape[-1]


def _normal(shape: Shape, draw: int, deviation: float) -> Any:
    import numpy as np

    return np.random.RandomState(draw).normal(0.0, deviation, shape)


def _uniform(shape: Shape, draw: int, bound: float) -> Any:
    import numpy as np

    return np.random.RandomState(draw).uniform(-bound, bound, shape)


def _filled(shape: Shape, value: Any) -> Any:
    import numpy as np

    return np.full(shape, Fraction(value), dtype=object) if shape else Fraction(value)


INITIAL_VALUES: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "zeros": (lambda shape: _filled(shape, 0), {}),
    "ones": (lambda shape: _filled(shape, 1), {}),
    "full": (_filled, {"value": None}),
    "normal": (
        lambda shape, draw, std: _normal(shape, draw, float(std)),
        {"draw": None, "std": Fraction(1)},
    ),
    "uniform": (
        lambda shape, draw, bound: _uniform(shape, draw, float(bound)),
        {"draw": None, "bound": Fraction(1)},
    ),
    "he_normal": (
        lambda shape, draw: _normal(shape, draw, math.sqrt(2 / _fans(shape)[0])),
        {"draw": None},
    ),
    "he_uniform": (
        lambda shape, draw: _uniform(shape, draw, math.sqrt(6 / _fans(shape)[0])),
        {"draw": None},
    ),
    "glorot_normal": (
        lambda shape, draw: _normal(shape, draw, math.sqrt(2 / sum(_fans(shape)))),
        {"draw": None},
    ),
    "glorot_uniform": (
        lambda shape, draw: _uniform(shape, draw, math.sqrt(6 / sum(_fans(shape)))),
        {"draw": None},
    ),
}
"""Name to a function of the shape and keyword arguments, and the arguments' defaults.

Source: Glorot and Bengio, Understanding the difficulty of training deep feedforward neural
networks, AISTATS 2010, section 4.2.1; He et al., Delving Deep into Rectifiers, ICCV 2015,
section 2.2.
"""


def initial_value(name: str, shape: Shape, arguments: Mapping[str, Any]) -> Any:
    """Return the initial value of a parameter.

    Raises:
        KeyError: with the name of an argument that is missing.
        TypeError: if an argument is unknown.
    """
    function, defaults = INITIAL_VALUES[name]
    full = defaults | dict(arguments)
    for key, value in full.items():
        if value is None:
            raise KeyError(key)
    if "draw" in full:
        if full["draw"] != int(full["draw"]) or full["draw"] < 0:
            raise ValueError(full["draw"])
        full["draw"] = int(full["draw"])
    return function(shape, **full)
