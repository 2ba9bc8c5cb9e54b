"""List the rows of penalties over parameters, which are added to a loss."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from graphgrad.layers.doors.door import Door, arg
from graphgrad.layers.networks.pieces import exact
from graphgrad.layers.row import Layer
from graphgrad.ops.row import Setting

__all__ = ["PENALTIES"]

_HALF = Fraction(1, 2)
_SHAPES: Any = (((3,), (2, 2)), ((),))


def _total(m: Any, weights: tuple[Any, ...], size: Callable[[Any], Any]) -> Any:
    """Return the sum of all entries' sizes, array by array."""
    total: Any = None
    for weight in weights:
        sizes = size(weight)
        term = m.sum(sizes) if m.shape(weight) else sizes
        total = term if total is None else total + term
    return m.number(0) if total is None else total


def _l1(m: Any, p: Any, *weights: Any, rate: Any, half: bool) -> Any:
    factor = exact(rate) / 2 if half else rate
    return factor * _total(m, weights, m.abs)


def _l2(m: Any, p: Any, *weights: Any, rate: Any, half: bool) -> Any:
    factor = exact(rate) / 2 if half else rate
    return factor * _total(m, weights, lambda w: w**2)


def _elastic_net(m: Any, p: Any, *weights: Any, rate: Any, ratio: Any) -> Any:
    share = exact(ratio)
    absolute = m.line("l1", _total(m, weights, m.abs))
    squares = m.line("l2", _total(m, weights, lambda w: w**2))
    return rate * (share * absolute + (1 - share) / 2 * squares)


_WORDS: dict[str, Any] = {"inputs": ("w*",), "results": ("L",), "kind": "penalty"}
_COURSES = "UPV course 001, Regularización; Sevilla course 004, penalización."

PENALTIES = (
    Layer(
        name="l1",
        settings=(Setting("rate", "number"), Setting("half", "flag", False)),
        forward=_l1,
        glyph="λ|w|",
        aliases=("penalizacion_l1", "lasso"),
        spanish="penalización ℓ1",
        keras=Door("L1", (arg("l1", "rate", 0.01),)),
        curriculum="L07 R02",
        doc="rate times the sum of absolute values, with half=true times ½.",
        source=_COURSES,
        examples=(
            (_SHAPES[0], {"rate": Fraction(1, 10)}),
            (_SHAPES[1], {"rate": 2, "half": True}),
        ),
        **_WORDS,
    ),
    Layer(
        name="l2",
        settings=(Setting("rate", "number"), Setting("half", "flag", True)),
        forward=_l2,
        glyph="λw²",
        aliases=("penalizacion_l2", "ridge"),
        spanish="penalización ℓ2",
        keras=Door("L2", (arg("l2", "rate", 0.01),)),
        curriculum="L08 R01",
        doc="rate/2 times the sum of squares, with half=false rate times it.",
        source=_COURSES,
        examples=(
            (_SHAPES[0], {"rate": Fraction(1, 10)}),
            (_SHAPES[1], {"rate": 2, "half": False}),
        ),
        **_WORDS,
    ),
    Layer(
        name="elastic_net",
        settings=(Setting("rate", "number"), Setting("ratio", "number", _HALF)),
        forward=_elastic_net,
        glyph="λ(|w|+w²)",
        aliases=("red_elastica", "red_elástica"),
        spanish="red elástica",
        keras=Door("L1L2"),
        doc="rate times (ratio times the sum of absolute values + (1 - ratio)/2 times that of "
        "squares).",
        source="Zou and Hastie, Regularization and Variable Selection via the Elastic Net, JRSS B "
        "67 (2005), section 2.",
        examples=((_SHAPES[0], {"rate": Fraction(1, 10)}), (_SHAPES[1], {"rate": 2, "ratio": 1})),
        **_WORDS,
    ),
)
