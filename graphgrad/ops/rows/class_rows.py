"""List the rows that deal with classes and targets: one-hot codes, the winning class, a target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.errors import LimitError, ShapeError, UsageError
from graphgrad.ops.row import Condition, Elementwise, Setting, Structural
from graphgrad.ops.shapes import Shape, shape_text

__all__ = ["CLASSES"]

_FIRST = Setting("first", "integer", 0)
_MOST = 300_000
"""Classes, which are looked at one by one; the largest vocabularies have 260,000 words."""


def _one_hot_shape(x: Shape, *, classes: int, first: int) -> Shape:
    if classes != int(classes) or classes < 1:
        raise UsageError("op.times", op="one_hot", got=classes)
    _check_few("one_hot", classes)
    return (*x, classes)


def _one_hot(m: Any, x: Any, *, classes: int, first: int) -> Any:
    marks = [m.equal(x, first + number) for number in range(classes)]
    return m.stack(*marks, axis=len(m.shape(x)))


def _one_hot_domain(settings: Mapping[str, Any]) -> tuple[Condition, ...]:
    first, last = settings["first"], settings["first"] + settings["classes"] - 1
    return (
        Condition(0, "every", first, 1),
        Condition(0, ">=", first),
        Condition(0, "<=", last),
    )


def _argmax_shape(x: Shape, *, axis: int, first: int) -> Shape:
    if not x[axis]:
        raise ShapeError("shape.empty", op="argmax", a=shape_text(x))
    _check_few("argmax", x[axis])
    return x[:axis] + x[axis + 1 :]


def _check_few(op: str, classes: int) -> None:
    if classes > _MOST:
        raise LimitError("op.classes", op=op, got=classes, most=_MOST)


def _argmax(m: Any, x: Any, *, axis: int, first: int) -> Any:
    """Return the number of the first largest entry, as the sum of numbers times marks."""
    mask = m.argmax_mask(x, axis=(axis,))
    before = tuple((0, length) for length in m.shape(x)[:axis])
    numbered = [
        m.index(mask, key=(*before, place)) * (first + place) for place in range(m.shape(x)[axis])
    ]
    return sum(numbered[1:], numbered[0])


def _target_domain(settings: Mapping[str, Any]) -> tuple[Condition, ...]:
    low, high, step = settings["low"], settings["high"], settings["step"]
    whole = (Condition(0, "every", low, step),) if step else ()
    return (*whole, Condition(0, ">=", low), Condition(0, "<=", high))


CLASSES = (
    Structural(
        name="one_hot",
        arguments=("x",),
        settings=(Setting("classes", "integer"), _FIRST),
        latex=r"\mathbf{{e}}_{{{0}}}",
        latex_argument_levels=(0,),
        shape=_one_hot_shape,
        evaluate=_one_hot,
        pullback=lambda m, adjoint, out, args, slot, *, classes, first: None,
        pushforward=lambda m, tangent, out, args, slot, *, classes, first: None,
        domain=_one_hot_domain,
        kinks=lambda m, x, *, classes, first: (),
        convention="convention.step",
        aliases=("uno_de_n",),
        doc="1 at the place of a class, else 0, along a new last axis; classes are numbered from "
        "first; no gradient passes.",
        source="UPV course 001, NLP - Codificación One-hot.",
        examples=((((),), {"classes": 3}), (((3,),), {"classes": 4, "first": 1})),
    ),
    Structural(
        name="argmax",
        arguments=("x",),
        settings=(Setting("axis", "axis", -1), _FIRST),
        shape=_argmax_shape,
        evaluate=_argmax,
        pullback=lambda m, adjoint, out, args, slot, *, axis, first: None,
        pushforward=lambda m, tangent, out, args, slot, *, axis, first: None,
        kinks=lambda m, x, *, axis, first: (m.lead(x, axis=(axis,)),),
        convention="convention.step",
        doc="Number of the largest entry along an axis (the last), from first; a tie goes to the "
        "first entry; no gradient passes.",
        source="UPV course 001, El perceptrón multicapa como clasificador.",
        examples=((((3,),), {}), (((2, 3),), {"axis": 0, "first": 1})),
    ),
    Elementwise(
        name="target",
        arguments=("t",),
        settings=(
            Setting("low", "number", 0),
            Setting("high", "number", 1),
            Setting("step", "number", 0),
        ),
        latex="{0}",
        latex_level=0,
        latex_argument_levels=(0,),
        formula=lambda m, t, *, low, high, step: t,
        partials=(lambda m, out, t, *, low, high, step: 1,),
        domain=_target_domain,
        sample=(0.0, 1.0),
        aliases=("objetivo",),
        doc="The same value, checked to be a target that a loss takes: from low to high, in steps.",
    ),
)
