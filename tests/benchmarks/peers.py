"""Steps of the same work in PyTorch and JAX, called as a competent user would.

Peers are missing in the project's own environment. ``GRAPHGRAD_PEERS`` names folders of packages
that are searched last, such as the site-packages of environments that have them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["PEERS", "jax_steps", "torch_steps"]

PEERS = "GRAPHGRAD_PEERS"
for _folder in os.environ.get(PEERS, "").split(os.pathsep):
    if _folder and _folder not in sys.path:
        sys.path.append(_folder)

Step = Callable[[], Any]


def torch_steps(work: Any) -> dict[str, Step]:
    """Return steps of training in PyTorch by task; none where it is missing."""
    try:
        import torch
    except ImportError:
        return {}
    torch.set_num_threads(1)
    scalars, rows, targets, alpha = work.scalar_mlp

    def layer(w: Any, b: Any) -> tuple[Any, Any]:
        return tuple(torch.tensor(np.array(one), requires_grad=True) for one in (w, b))  # type: ignore[return-value]

    small = [layer(np.array(w).T.copy(), b) for w, b in scalars]
    large = [layer(w, b) for w, b in work.weights]
    x, y = torch.tensor(np.array(rows)), torch.tensor(np.array(targets))[:, None]
    inputs, codes = torch.tensor(work.rows), torch.tensor(work.codes)

    def forward(layers: Any, h: Any) -> Any:
        for place, (w, b) in enumerate(layers):
            h = h @ w + b
            h = torch.relu(h) if place + 1 < len(layers) else h
        return h

    def hinge() -> Any:
        margins = torch.relu(1 - y * forward(small, x))
        squares = sum((w * w).sum() + (b * b).sum() for w, b in small)
        return margins.sum() / len(x) + alpha * squares

    def entropy() -> Any:
        z = forward(large, inputs)
        return (torch.logsumexp(z, 1).sum() - (codes * z).sum()) / len(inputs)

    def training(loss_of: Callable[[], Any], layers: Any) -> Step:
        def step() -> float:
            loss = loss_of()
            loss.backward()
            with torch.no_grad():
                for pair in layers:
                    for one in pair:
                        one.sub_(work.rate * one.grad)
                        one.grad = None
            value: float = loss.item()
            return value

        return step

    return {"scalar MLP": training(hinge, small), "MLP": training(entropy, large)}


def jax_steps(work: Any) -> dict[str, Step]:
    """Return steps of training under ``jax.jit`` by task; none where it is missing."""
    try:
        import jax
        import jax.numpy as jnp
    except ImportError:
        return {}
    jax.config.update("jax_enable_x64", True)
    scalars, rows, targets, alpha = work.scalar_mlp
    x, y = jnp.array(rows), jnp.array(targets)[:, None]

    def hinge(layers: Any) -> Any:
        h = x
        for place, (w, b) in enumerate(layers):
            h = h @ w + b
            h = jnp.maximum(h, 0) if place + 1 < len(layers) else h
        squares = sum((w * w).sum() + (b * b).sum() for w, b in layers)
        return jnp.maximum(1 - y * h, 0).sum() / len(x) + alpha * squares

    @jax.jit
    def trained(layers: Any) -> Any:
        loss, slopes = jax.value_and_grad(hinge)(layers)
        return loss, [
            (w - work.rate * dw, b - work.rate * db)
            for (w, b), (dw, db) in zip(layers, slopes, strict=True)
        ]

    state = [[(jnp.array(np.array(w).T), jnp.array(b)) for w, b in scalars]]

    def step() -> float:
        loss, state[0] = trained(state[0])
        return float(loss)

    return {"scalar MLP": step}
