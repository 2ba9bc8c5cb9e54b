"""List the rows of inverse trigonometric, hyperbolic and inverse hyperbolic functions."""

from __future__ import annotations

from graphgrad.ops.row import Condition, Elementwise

__all__ = ["ANGLES"]

_SOURCE = "NIST Digital Library of Mathematical Functions, sections 4.23, 4.28 and 4.37."
_UP_TO_ONE = (Condition(0, ">=", -1), Condition(0, "<=", 1))


ANGLES = (
    Elementwise(
        name="arcsin",
        arguments=("x",),
        latex=r"\arcsin\left({0}\right)",
        formula=lambda m, x: m.arcsin(x),
        partials=(lambda m, out, x: 1 / m.sqrt(1 - x**2),),
        domain=lambda _settings: _UP_TO_ONE,
        sample=(-0.9, 0.9),
        aliases=("asin", "arcsen", "arcoseno"),
        doc="Angle in radians whose sine is x, from -pi/2 to pi/2.",
        source=_SOURCE,
    ),
    Elementwise(
        name="arccos",
        arguments=("x",),
        latex=r"\arccos\left({0}\right)",
        formula=lambda m, x: m.pi / 2 - m.arcsin(x),
        evaluate=lambda m, x: m.arccos(x),
        partials=(lambda m, out, x: -1 / m.sqrt(1 - x**2),),
        domain=lambda _settings: _UP_TO_ONE,
        sample=(-0.9, 0.9),
        aliases=("acos", "arcocoseno"),
        doc="Angle in radians whose cosine is x, from 0 to pi.",
        source=_SOURCE,
    ),
    Elementwise(
        name="arctan",
        arguments=("x",),
        latex=r"\arctan\left({0}\right)",
        formula=lambda m, x: m.arctan(x),
        partials=(lambda m, out, x: 1 / (1 + x**2),),
        aliases=("atan", "arctg", "arcotangente"),
        doc="Angle in radians whose tangent is x, between -pi/2 and pi/2.",
        source=_SOURCE,
    ),
    Elementwise(
        name="arctan2",
        arguments=("y", "x"),
        latex=r"\operatorname{{atan2}}\left({0}, {1}\right)",
        formula=lambda m, y, x: 2 * m.arctan(y / (m.sqrt(x**2 + y**2) + x)),
        evaluate=lambda m, y, x: m.arctan2(y, x),
        partials=(
            lambda m, out, y, x: x / (x**2 + y**2),
            lambda m, out, y, x: -y / (x**2 + y**2),
        ),
        sample=(0.3, 2.0),
        aliases=("atan2",),
        doc="Angle in radians of the point (x, y), from -pi to pi; it has no derivative at (0, 0).",
        source=_SOURCE,
    ),
    Elementwise(
        name="sinh",
        arguments=("x",),
        latex=r"\sinh\left({0}\right)",
        formula=lambda m, x: (m.exp(x) - m.exp(-x)) / 2,
        evaluate=lambda m, x: m.sinh(x),
        partials=(lambda m, out, x: m.cosh(x),),
        aliases=("senh",),
        doc="Hyperbolic sine.",
        source=_SOURCE,
    ),
    Elementwise(
        name="cosh",
        arguments=("x",),
        latex=r"\cosh\left({0}\right)",
        formula=lambda m, x: (m.exp(x) + m.exp(-x)) / 2,
        evaluate=lambda m, x: m.cosh(x),
        partials=(lambda m, out, x: m.sinh(x),),
        doc="Hyperbolic cosine.",
        source=_SOURCE,
    ),
    Elementwise(
        name="arcsinh",
        arguments=("x",),
        latex=r"\operatorname{{arsinh}}\left({0}\right)",
        formula=lambda m, x: m.log(x + m.sqrt(x**2 + 1)),
        evaluate=lambda m, x: m.arcsinh(x),
        partials=(lambda m, out, x: 1 / m.sqrt(x**2 + 1),),
        aliases=("asinh", "arsinh", "argsenh"),
        doc="Number whose hyperbolic sine is x.",
        source=_SOURCE,
    ),
    Elementwise(
        name="arccosh",
        arguments=("x",),
        latex=r"\operatorname{{arcosh}}\left({0}\right)",
        formula=lambda m, x: m.log(x + m.sqrt(x**2 - 1)),
        evaluate=lambda m, x: m.arccosh(x),
        partials=(lambda m, out, x: 1 / m.sqrt(x**2 - 1),),
        domain=lambda _settings: (Condition(0, ">=", 1),),
        sample=(1.3, 3.0),
        aliases=("acosh", "arcosh", "argcosh"),
        doc="Number from 0 on whose hyperbolic cosine is x.",
        source=_SOURCE,
    ),
    Elementwise(
        name="arctanh",
        arguments=("x",),
        latex=r"\operatorname{{artanh}}\left({0}\right)",
        formula=lambda m, x: m.log((1 + x) / (1 - x)) / 2,
        evaluate=lambda m, x: m.arctanh(x),
        partials=(lambda m, out, x: 1 / (1 - x**2),),
        domain=lambda _settings: (Condition(0, ">", -1), Condition(0, "<=", 1)),
        sample=(-0.9, 0.9),
        aliases=("atanh", "artanh", "argtanh", "argtgh"),
        doc="Number whose hyperbolic tangent is x.",
        source=_SOURCE,
    ),
)
