"""Know what lecture courses do differently without being wrong: signs, halves, sums for means.

A false claim that is the truth times the factor of a convention is right under that convention;
a notation profile says which conventions its course follows (notation profiles, section 3).
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from graphgrad.exercises.reading.answer_sheet import Target
from graphgrad.expr.vocabulary import name_key

__all__ = ["PROFILES", "Convention", "conventions_for", "with_letters"]


class Convention(NamedTuple):
    """One convention: its id in the catalogue, the factor it makes, and where it applies.

    ``to`` is ``delta`` (error terms), ``derivative``, ``value``, or ``both``. A factor of None is
    the number of summands; ``inverted`` divides by it. ``of`` is what the line must be a sum of for
    the convention to speak of it: ``squares``, ``absolute`` values, or any ``sum``.
    """

    id: str
    factor: Fraction | None
    to: str
    inverted: bool = False
    less_one: bool = False
    of: str = ""


DELTA = Convention("delta_sign", Fraction(-1), "delta")
HALF = Convention("loss_half", Fraction(1, 2), "both", of="squares")
NO_HALF = Convention("no_half", Fraction(2), "both", of="squares")
L1_HALF = Convention("l1_half", Fraction(1, 2), "both", of="absolute")
SUM = Convention("sum", None, "both", of="sum")
MEAN = Convention("mean", None, "both", inverted=True, of="sum")
DDOF = Convention("ddof", None, "value", less_one=True)

PROFILES: dict[str, tuple[Convention, ...]] = {
    "graphgrad": (),
    "oviedo": (NO_HALF, MEAN),
    "upv": (DELTA, HALF, MEAN, DDOF),
    "uba": (NO_HALF, MEAN),
    "sevilla": (),
    "fuentes": (SUM, L1_HALF),
}
_LETTERS = {
    "upv": {
        "L": r"\operatorname{linear}", "U": r"\operatorname{relu}", "E": r"\operatorname{sign}",
        "S": r"\sigma", "T": r"\tanh", "F": r"\operatorname{softsign}",
        "M": r"\operatorname{softmax}",
    },
}  # fmt: skip
"""Letters of activations by profile, as subscripts of g.

Source: UPV course 001, Funciones de activación y sus derivadas.
"""
_LETTERED = re.compile(
    r"(?<![A-Za-z_\\])g(?P<before>'*)_\{?(?P<letter>[A-Z])\}?(?P<after>'*)(?=\s*(?:\\left\s*)?\()"
)


def with_letters(notation: str, text: str) -> str:
    r"""Write the activations of a course by their names: ``g'_T(z)`` is ``\tanh'(z)``.

    >>> with_letters("upv", "g'_T(z) = 2g_S(2z) - 1")
    "\\tanh'(z) = 2\\sigma(2z) - 1"
    """
    letters = _LETTERS.get(notation, {})
    return _LETTERED.sub(
        lambda match: (
            letters[match["letter"]] + match["before"] + match["after"]
            if match["letter"] in letters
            else match[0]
        ),
        text,
    )


_ALL = (DELTA, HALF, NO_HALF, SUM, MEAN, DDOF)


def conventions_for(target: Target, count: int) -> list[tuple[Convention, Fraction]]:
    """Return the conventions that may stand between a claim and the truth, with their factors.

    Args:
        target: what is claimed.
        count: the number of summands of its mean or sum.
    """
    found = []
    is_delta = name_key(target.name).startswith(("delta", "δ")) and target.kind == "value"
    for each in (*_ALL, L1_HALF):
        if each.to == "delta" and not is_delta:
            continue
        if each.to == "value" and target.kind != "value":
            continue
        factor = each.factor
        if factor is None and count > 1:
            factor = Fraction(count, count - 1) if each.less_one else Fraction(count)
            factor = 1 / factor if each.inverted else factor
        if factor is not None:
            found.append((each, factor))
    return found
