"""Say which entries a contribution reaches: ``∂L/∂w[9] = …`` instead of a unit vector times it.

What reads a part of an array gives back to that part alone. The board writes such a contribution
with unit vectors (``dL/da e₂``) or a bracket (``[dL/db → 2:4]``); a course names the entries.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from graphgrad.views.text.numbers import shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Landing", "landings"]

_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_UNIT = "e([₀-₉]+)"
_FORMS = (
    (re.compile(r"\[(?P<what>.*) → (?P<key>[\d:, ]+)\]"), "{}"),
    (re.compile(rf"(?P<what>.*)\*\({_UNIT} @ {_UNIT}\^T\)"), "{}, {}"),
    (re.compile(rf"{_UNIT} @ (?P<what>.*)\^T"), "{}"),
    (re.compile(rf"(?P<what>.*) @ {_UNIT}\^T"), ":, {}"),
    (re.compile(rf"(?P<what>.*)\*{_UNIT}"), "{}"),
)


class Landing(NamedTuple):
    """A part of a contribution and where it goes.

    Attributes:
        key: the entries, as they are written in a file: ``2:4``.
        told: what goes there, with adjoints by name.
        value: the numbers there.
    """

    key: str
    told: str
    value: Any


def landings(told: str, contribution: Any) -> tuple[Landing, ...]:
    """Return the parts of a contribution that each reach some entries; nothing for another one.

    Args:
        told: the contribution as it is told.
        contribution: its numbers, of the shape of what it goes to.

    >>> import numpy as np
    >>> [part[:2] for part in landings("[dL/db*c → 2:4]", np.array([0, 8, 12, 16, 0.0]))]
    [('2:4', 'dL/db*c')]
    >>> [part[:2] for part in landings("a*v[3]*e₁ + a*v[1]*e₃", np.array([3.0, 0, 1]))]
    [('1', 'a*v[3]'), ('3', 'a*v[1]')]
    >>> landings("e₂ @ (dL/dh)^T", np.array([[0, 0], [7.0, 8]]))[0].value
    array([7., 8.])
    >>> landings("W^T @ dL/dh", np.array([7.0, 8]))
    ()
    """
    if not shape_of(contribution):
        return ()
    found = []
    for piece in _terms(told):
        landing = _landing(piece, contribution)
        if landing is None:
            return ()
        found.append(landing)
    once = len({landing.key for landing in found}) == len(found)
    single = all(landing.key.replace(", ", "").isdigit() for landing in found)
    return tuple(found) if len(found) == 1 or (once and single) else ()


def _landing(piece: str, contribution: Any) -> Landing | None:
    for form, key in _FORMS:
        match = form.fullmatch(piece)
        if match is None or not _is_whole(match["what"]):
            continue
        named = match.groupdict()
        keys = [unit.translate(_DIGITS) for unit in match.groups() if unit not in named.values()]
        told = key.format(*(keys or [named["key"]]))
        what = match["what"]
        inner = what[1:-1]
        what = inner if what.startswith("(") and what.endswith(")") and _is_whole(inner) else what
        return Landing(told, what, contribution[_index(told)])
    return None


def _index(key: str) -> tuple[int | slice, ...]:
    """Return subscripts of a file, which count from 1, as Python's."""
    found: list[int | slice] = []
    for part in key.split(", "):
        first, colon, last = part.partition(":")
        if colon:
            found.append(slice(int(first) - 1 if first else None, int(last) if last else None))
        else:
            found.append(int(first) - 1)
    return tuple(found)


def _terms(told: str) -> Iterator[str]:
    """Yield the terms of a sum."""
    depth, start = 0, 0
    for at, sign in enumerate(told):
        depth += (sign in "([{") - (sign in ")]}")
        if not depth and told.startswith(" + ", at):
            yield told[start:at]
            start = at + 3
    yield told[start:]


def _is_whole(piece: str) -> bool:
    """Tell whether every bracket of a piece is closed in it, and none before it is opened."""
    depth = 0
    for sign in piece:
        depth += (sign in "([{") - (sign in ")]}")
        if depth < 0:
            return False
    return not depth
