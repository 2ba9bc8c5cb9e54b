"""List the rows of activation functions."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from graphgrad.ops.row import Elementwise, Setting

__all__ = ["ACTIVATIONS"]


def _stable_sigmoid(m: Any, x: Any) -> Any:
    """Return 1/(1+exp(-x)) through exp(-|x|), which never overflows."""
    small = m.exp(-m.abs(x))
    return m.where(m.less(x, 0), small, 1) / (1 + small)


def _normal_cdf(m: Any, x: Any) -> Any:
    return (1 + m.erf(x / m.sqrt(2))) / 2


def _normal_density(m: Any, x: Any) -> Any:
    return m.exp(-(x**2) / 2) / m.sqrt(2 * m.pi)


_SELU = (1.0507009873554805, 1.6732632423543772)
"""Scale and alpha; the exact numbers are solutions of an equation of their authors."""


def _bent(m: Any, z: Any) -> Any:
    """Return tanh(softplus(z)) through sigmoids, which neither overflow nor cancel."""
    right, left = m.sigmoid(z), m.sigmoid(-z)
    return right * (1 + left) / (1 + left**2)


def _taught_mish_partial(m: Any, out: Any, z: Any) -> Any:
    bent = m.tanh(m.softplus(z))
    return bent + z * m.sigmoid(z) * (1 - bent**2)


def _mish_partial(m: Any, out: Any, z: Any) -> Any:
    bent = _bent(m, z)
    return bent + z * (1 - bent**2) * m.sigmoid(z)


ACTIVATIONS = (
    Elementwise(
        name="sigmoid",
        arguments=("z",),
        latex=r"\sigma\left({0}\right)",
        formula=lambda m, z: 1 / (1 + m.exp(-z)),
        evaluate=_stable_sigmoid,
        partials=(lambda m, out, z: out * (1 - out),),
        aliases=("sigmoide", "logistica", "logística", "logistic", "σ"),
        doc="Logistic function.",
        source="UPV course 001, Funciones de activación y sus derivadas, g_S.",
    ),
    Elementwise(
        name="relu",
        arguments=("z",),
        latex=r"\operatorname{{relu}}\left({0}\right)",
        formula=lambda m, z: m.where(m.greater(z, 0), z, 0),
        evaluate=lambda m, z: m.maximum(0, z),
        selects=True,
        partials=(lambda m, out, z: m.greater(z, 0),),
        kinks=lambda m, z: (z,),
        convention="convention.zero",
        doc="Rectified linear unit; its derivative at 0 is taken as 0.",
        source="Oviedo course 000, Función de activación ReLU.",
    ),
    Elementwise(
        name="relu_at",
        arguments=("z",),
        settings=(Setting("zero", "number", Fraction(1)),),
        formula=lambda m, z, *, zero: m.where(m.greater(z, 0), z, 0),
        evaluate=lambda m, z, *, zero: m.maximum(0, z),
        selects=True,
        partials=(lambda m, out, z, *, zero: m.where(m.equal(z, 0), zero, m.greater(z, 0)),),
        kinks=lambda m, z, *, zero: (z,),
        convention="convention.chosen",
        doc="ReLU whose derivative at 0 is chosen, 1 if nothing is said; relu itself takes 0.",
        source="Goodfellow et al., Deep Learning, section 6.3: one-sided derivatives at 0.",
    ),
    Elementwise(
        name="leaky_relu",
        arguments=("z",),
        settings=(Setting("alpha", "number", Fraction(1, 100)),),
        formula=lambda m, z, *, alpha: m.where(m.greater(z, 0), z, alpha * z),
        partials=(lambda m, out, z, *, alpha: m.where(m.greater(z, 0), 1, alpha),),
        kinks=lambda m, z, *, alpha: (z,),
        convention="convention.left",
        aliases=("leakyrelu",),
        doc="ReLU with a small slope alpha for z <= 0.",
        source="Sevilla course 003, La función Leaky ReLU.",
    ),
    Elementwise(
        name="prelu",
        arguments=("z", "alpha"),
        formula=lambda m, z, alpha: m.where(m.greater(z, 0), z, alpha * z),
        partials=(
            lambda m, out, z, alpha: m.where(m.greater(z, 0), 1, alpha),
            lambda m, out, z, alpha: m.where(m.greater(z, 0), 0, z),
        ),
        kinks=lambda m, z, alpha: (z,),
        convention="convention.left",
        doc="ReLU whose slope for z <= 0 is itself a node that can be trained.",
        source="UPV course 001, Funciones de activación (1).",
    ),
    Elementwise(
        name="elu",
        arguments=("z",),
        settings=(Setting("alpha", "number", Fraction(1)),),
        formula=lambda m, z, *, alpha: m.where(m.greater(0, z), alpha * (m.exp(z) - 1), z),
        evaluate=lambda m, z, *, alpha: m.where(m.greater(0, z), alpha * m.expm1(-m.abs(z)), z),
        partials=(lambda m, out, z, *, alpha: m.where(m.greater(0, z), out + alpha, 1),),
        kinks=lambda m, z, *, alpha: () if alpha == 1 else (z,),
        convention="convention.right",
        doc="Exponential linear unit: z for z >= 0, alpha*(exp(z)-1) below.",
        source="Sevilla course 003, Exponential ReLU.",
    ),
    Elementwise(
        name="softplus",
        arguments=("z",),
        formula=lambda m, z: m.log(1 + m.exp(z)),
        evaluate=lambda m, z: m.maximum(z, 0) + m.log1p(m.exp(-m.abs(z))),
        partials=(lambda m, out, z: m.sigmoid(z),),
        doc="Smooth ReLU, log(1 + exp(z)).",
    ),
    Elementwise(
        name="softsign",
        arguments=("z",),
        formula=lambda m, z: z / (1 + m.abs(z)),
        partials=(lambda m, out, z: 1 / (1 + m.abs(z)) ** 2,),
        aliases=("rapida", "rápida"),
        doc="Fast sigmoid z/(1+|z|), the lectures' 'rápida'.",
        source="UPV course 001, Funciones de activación y sus derivadas, g_F.",
    ),
    Elementwise(
        name="gelu",
        arguments=("z",),
        formula=lambda m, z: z * _normal_cdf(m, z),
        partials=(lambda m, out, z: _normal_cdf(m, z) + z * _normal_density(m, z),),
        doc="Gaussian error linear unit, z times the normal distribution function of z.",
        source="Hendrycks and Gimpel, Gaussian Error Linear Units, arXiv:1606.08415, section 2.",
    ),
    Elementwise(
        name="silu",
        arguments=("z",),
        formula=lambda m, z: z / (1 + m.exp(-z)),
        evaluate=lambda m, z: z * m.sigmoid(z),
        partials=(lambda m, out, z: m.sigmoid(z) * (1 + z * (1 - m.sigmoid(z))),),
        aliases=("swish",),
        doc="Sigmoid linear unit, z*sigmoid(z).",
        source="Hendrycks and Gimpel, Gaussian Error Linear Units, arXiv:1606.08415, section 3.",
    ),
    Elementwise(
        name="selu",
        arguments=("z",),
        formula=lambda m, z: m.where(
            m.greater(0, z), _SELU[0] * _SELU[1] * (m.exp(z) - 1), _SELU[0] * z
        ),
        evaluate=lambda m, z: m.where(
            m.greater(0, z), _SELU[0] * _SELU[1] * m.expm1(-m.abs(z)), _SELU[0] * z
        ),
        partials=(lambda m, out, z: m.where(m.greater(0, z), out + _SELU[0] * _SELU[1], _SELU[0]),),
        kinks=lambda m, z: (z,),
        convention="convention.right",
        doc="Scaled exponential linear unit: a fixed multiple of elu that keeps mean and variance.",
        source="Klambauer et al., Self-Normalizing Neural Networks, NeurIPS 2017, section 2.",
    ),
    Elementwise(
        name="mish",
        arguments=("z",),
        formula=lambda m, z: z * m.tanh(m.log(1 + m.exp(z))),
        evaluate=lambda m, z: z * _bent(m, z),
        partials=(_taught_mish_partial,),
        stable_partials=(_mish_partial,),
        doc="z*tanh(softplus(z)).",
        source="Misra, Mish: A Self Regularized Non-Monotonic Activation Function, BMVC 2020.",
    ),
    Elementwise(
        name="hardtanh",
        arguments=("z",),
        settings=(Setting("low", "number", -1), Setting("high", "number", 1)),
        formula=lambda m, z, *, low, high: m.where(
            m.greater(z, low), m.where(m.less(z, high), z, high), low
        ),
        evaluate=lambda m, z, *, low, high: m.minimum(m.maximum(low, z), high),
        selects=True,
        partials=(lambda m, out, z, *, low, high: m.greater(z, low) * m.less(z, high),),
        kinks=lambda m, z, *, low, high: (z - low, z - high),
        convention="convention.flat",
        doc="z between low and high, cut off there; relu6 is hardtanh(z, low=0, high=6).",
        source="Collobert, Large Scale Machine Learning, 2004, section 5.",
    ),
)
