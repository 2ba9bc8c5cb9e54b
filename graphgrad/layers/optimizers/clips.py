"""List clips: what is done to gradients that are too large, written over a namespace ``m``.

A row is a function ``(m, gradients, h)`` of the gradients of all parameters; it yields them
changed, one by one. The same text runs on numbers and on nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from graphgrad.layers.optimizers.named import CalledThere
from graphgrad.ops.row import Setting

__all__ = ["CLIPS", "Clip", "norm_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip(CalledThere):
    """One row.

    Attributes:
        clip: ``(m, gradients, h)`` to the gradients that are used.
    """

    clip: Callable[..., Iterator[Any]]


def norm_of(m: Any, gradients: list[Any]) -> Any:
    """Return the length of all gradients as one vector."""
    first, *others = [m.sum(gradient**2) for gradient in gradients]
    for other in others:
        first = first + other
    return m.sqrt(first)


def _by_value(m: Any, gradients: list[Any], h: Any) -> Iterator[Any]:
    return (m.minimum(m.maximum(gradient, -h.limit), h.limit) for gradient in gradients)


def _by_norm(m: Any, gradients: list[Any], h: Any) -> Iterator[Any]:
    """Shorten the vector of all gradients to a length; shorter ones stay."""
    norm = m.line("norm", norm_of(m, gradients))
    factor = m.line("factor", m.minimum(h.limit / (norm + h.eps if h.on("eps") else norm), 1))
    return (gradient * factor for gradient in gradients)


def _scaled(m: Any, gradients: list[Any], h: Any) -> Iterator[Any]:
    """Give the vector of all gradients a length, longer ones and shorter ones."""
    norm = m.line("norm", norm_of(m, gradients))
    factor = m.line("factor", h.limit / norm)
    return (gradient * factor for gradient in gradients)


_LIMIT: Final = Setting("limit", "number", 1, bounds="(0, inf)")

_ROWS = (
    Clip(
        name="value",
        clip=_by_value,
        settings=(_LIMIT,),
        rule=("each entry into [−limit, limit]",),
        aliases=("valor", "recorte"),
        spanish="recorte por valor",
        torch="clip_grad_value_",
        keras="clipvalue",
        doc="Cuts every entry; the direction changes.",
    ),
    Clip(
        name="norm",
        clip=_by_norm,
        settings=(_LIMIT, Setting("eps", "number", 0, bounds="[0, inf)")),
        rule=("g ← limit·g/‖g‖  where ‖g‖ > limit",),
        aliases=("norma",),
        spanish="recorte por norma",
        torch="clip_grad_norm_",
        keras="global_clipnorm",
        doc="Shortens the vector of all gradients; the direction stays.",
        source="Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural "
        "networks, ICML 2013, algorithm 1.",
    ),
    Clip(
        name="scaled",
        clip=_scaled,
        settings=(_LIMIT,),
        rule=("g ← limit·g/‖g‖  always",),
        aliases=("escalado",),
        spanish="gradiente escalado",
        doc="Gives the vector of all gradients a fixed length.",
    ),
)

CLIPS: Final[dict[str, Clip]] = {row.name: row for row in _ROWS}
"""A new clip is one entry."""
