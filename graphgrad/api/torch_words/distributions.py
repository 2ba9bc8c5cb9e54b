"""Draw from distributions, and tell densities, as ``torch.distributions`` does.

A density is a node of what its parameters are; draws are graphgrad's own, as `torch.randn`'s are.
Source: the reference of PyTorch 2.13, torch.distributions.
"""

from __future__ import annotations

import math
from types import ModuleType
from typing import Any

from graphgrad.api.torch_words.making import MAKERS, stream
from graphgrad.api.torch_words.tensor import Tensor, whole_numbers

__all__ = ["DISTRIBUTIONS"]


def _plain(x: Any) -> Any:
    import numpy as np

    return np.asarray(getattr(x, "value", x), dtype=float)


class Distribution:
    """What the distributions have in common: a shape of draws in front of their own."""

    def sample(self, sample_shape: Any = ()) -> Any:
        """Return draws, without a gradient."""
        return Tensor(self._drawn(tuple(sample_shape)))

    def _drawn(self, shape: tuple[int, ...]) -> Any:
        raise NotImplementedError


class Normal(Distribution):
    """The normal distribution of a mean and a deviation.

    >>> round(Normal(0.0, 1.0).log_prob(Tensor(0.0)).item(), 4)
    -0.9189
    """

    def __init__(self, loc: Any, scale: Any) -> None:
        self.loc, self.scale, self.mean, self.stddev = loc, scale, loc, scale

    def _drawn(self, shape: tuple[int, ...]) -> Any:
        own = (_plain(self.loc) + _plain(self.scale)).shape
        drawn = stream(None).standard_normal((*shape, *own))
        return _plain(self.loc) + _plain(self.scale) * drawn

    def rsample(self, sample_shape: Any = ()) -> Any:
        """Return draws through which gradients pass to the mean and the deviation."""
        own = (_plain(self.loc) + _plain(self.scale)).shape
        return self.loc + self.scale * MAKERS["randn"]((*tuple(sample_shape), *own))

    def log_prob(self, value: Any) -> Any:
        """Return the logarithm of the density."""
        scale = self.scale if hasattr(self.scale, "log") else Tensor(self.scale)
        apart = (value - self.loc) / scale
        return -0.5 * apart**2 - scale.log() - 0.5 * math.log(2 * math.pi)


class Uniform(Distribution):
    """The uniform distribution between two numbers."""

    def __init__(self, low: Any, high: Any) -> None:
        self.low, self.high = low, high

    def _drawn(self, shape: tuple[int, ...]) -> Any:
        low, high = _plain(self.low), _plain(self.high)
        return low + (high - low) * stream(None).random((*shape, *(low + high).shape))


class Bernoulli(Distribution):
    """1 with a probability, else 0."""

    def __init__(self, probs: Any = None, logits: Any = None) -> None:
        self.probs = logits.sigmoid() if probs is None else probs

    def _drawn(self, shape: tuple[int, ...]) -> Any:
        share = _plain(self.probs)
        return (stream(None).random((*shape, *share.shape)) < share).astype(float)

    def log_prob(self, value: Any) -> Any:
        """Return the logarithm of the probability."""
        return value * self.probs.log() + (1 - value) * (1 - self.probs).log()


class Categorical(Distribution):
    """One of several classes, counted from 0.

    >>> Categorical(Tensor([0.0, 4.0])).log_prob(1).item()
    0.0
    """

    def __init__(self, probs: Any = None, logits: Any = None) -> None:
        self.probs = logits.softmax(-1) if probs is None else probs / probs.sum(-1, keepdim=True)

    def sample(self, sample_shape: Any = ()) -> Any:
        """Return classes that are drawn."""
        import numpy as np

        ends = np.cumsum(_plain(self.probs), axis=-1)
        at = stream(None).random((*tuple(sample_shape), *ends.shape[:-1], 1))
        return whole_numbers((at >= ends[..., :-1]).sum(-1))

    def log_prob(self, value: Any) -> Any:
        """Return the logarithm of the probability of classes."""
        import numpy as np

        at = np.asarray(value).astype(int)
        if len(self.probs.shape) == 1:
            return self.probs.log()[at]
        return self.probs.log()[range(at.shape[0]), at]

    def entropy(self) -> Any:
        """Return the mean of -log p."""
        return -(self.probs * self.probs.log()).sum(-1)


class Multinomial(Distribution):
    """How often each class is drawn in a number of draws.

    >>> import warnings
    >>> with warnings.catch_warnings():
    ...     warnings.simplefilter("ignore")  # draws are our own, and a warning says so
    ...     Multinomial(5, Tensor([0.5, 0.5])).sample().sum().item()
    5.0
    """

    def __init__(self, total_count: int = 1, probs: Any = None, logits: Any = None) -> None:
        self.total_count = int(total_count)
        self.probs = logits.softmax(-1) if probs is None else probs

    def _drawn(self, shape: tuple[int, ...]) -> Any:
        share = _plain(self.probs)
        share = share / share.sum(-1, keepdims=True)
        return stream(None).multinomial(self.total_count, share, shape or None).astype(float)


DISTRIBUTIONS: dict[str, Any] = {}
"""Classes, and the modules in which PyTorch keeps each."""
for _kind in (Bernoulli, Categorical, Multinomial, Normal, Uniform):
    _inside = ModuleType(_kind.__name__.lower())
    setattr(_inside, _kind.__name__, _kind)
    DISTRIBUTIONS |= {_kind.__name__: _kind, _kind.__name__.lower(): _inside}
DISTRIBUTIONS["Distribution"] = Distribution
