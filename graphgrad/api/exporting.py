"""Offer `gg.export`: graphs, handles, and modules with examples, in words of other programs."""

from __future__ import annotations

from inspect import signature
from pathlib import Path
from typing import Any

from graphgrad.api.handle import Handle
from graphgrad.api.leaf import Leaf
from graphgrad.api.leaf import input as input_leaf
from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import near, quoted

__all__ = ["export"]


def export(of: Any, to: str, *example: Any, path: str | Path | None = None) -> str | bytes:
    """Return what runs elsewhere: a program of NumPy, PyTorch or JAX, an ONNX model, LaTeX ...

    Args:
        of: a graph; a handle, usually the loss or the output; or a module, also one of your own
            class, which is called with the examples.
        to: the form, a word of ``graphgrad export --to``: ``numpy``, ``pytorch``, ``jax``,
            ``onnx``, ``gg``, ``latex``, ``mermaid``, ``networkx-json``.
        example: what a module is called with; its inputs are named as its ``forward`` names them.
        path: where to write it too.

    Raises:
        UsageError: if there is no such form, or it cannot hold what the graph has.

    >>> import graphgrad as gg
    >>> from graphgrad import nn
    >>> class Net(nn.Module):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.fc = nn.Linear(2, 1)
    ...     def forward(self, x):
    ...         return self.fc(x).tanh()
    >>> text = gg.export(Net(), "pytorch", [1.0, 2.0])
    >>> print(text.split("# Forward pass")[1].split("print")[0].strip())
    # fc: dense(x)
    fc = fc_weight @ x + fc_bias
    y = torch.tanh(fc)
    """
    from graphgrad.files.writing import write_output
    from graphgrad.views.exports.targets import TARGETS

    if to not in TARGETS:
        raise UsageError(
            "export.form", got=to, known=", ".join(TARGETS), near=near(to, list(TARGETS))
        )
    found = TARGETS[to].write(_graph_of(of, example))
    if path is not None:
        write_output(path, found)
    return found


def _graph_of(of: Any, example: tuple[Any, ...]) -> Graph:
    if isinstance(of, Graph):
        return of
    if isinstance(of, Handle):
        return of.graph(loss=not of.shape)
    forward = getattr(of, "forward", of)
    if not callable(forward):
        raise UsageError("export.nothing", got=quoted(of))
    names = list(signature(forward).parameters)
    names += [f"x{at + 1}" for at in range(len(names), len(example))]
    inputs = [_as_input(name, value) for name, value in zip(names, example, strict=False)]
    made = of(*inputs)
    output = made[0] if isinstance(made, tuple | list) else made
    if not isinstance(output, Handle):
        raise UsageError("export.nothing", got=quoted(output))
    name = "y" if "y" not in names else "output"
    told = {
        one: value for one, value in zip(names, inputs, strict=False) if isinstance(value, Leaf)
    }
    return output.graph(told | {name: output}, loss=not output.shape)


def _as_input(name: str, value: Any) -> Any:
    """Return an input of a module: a tensor stays one, and keeps its own name."""
    if isinstance(value, Leaf) or getattr(value, "is_tensor", False):
        return value  # whole numbers pick entries and are no input
    return input_leaf(name, value)
