"""List the lenses, one row each: `graphgrad inspect`, the steppers and `gg.inspect` read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from unicodedata import combining, normalize

from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import Names, near
from graphgrad.views.lenses import calculus, chances, networks
from graphgrad.views.lenses.lens import Lens, Report
from graphgrad.views.lenses.subject import Subject

__all__ = ["LENSES", "find_lens", "look"]

_ROOMS = (networks, calculus, chances)
_ORDER = [
    "layers",
    "gradients",
    "units",
    "signs",
    "cached",
    "jacobians",
    "boundary",
    "grid",
    "paths",
    "modes",
    "order",
    "blocked",
    "critical",
    "descent",
    "decrease",
    "steepest",
    "along",
    "bounds",
    "activation",
    "batches",
    "masks",
    "expectation",
    "series",
    "neuron",
    "glossary",
]


def _found() -> Iterator[Lens]:
    """Yield the rows of all modules of the rooms, in the order of their names."""
    for room in _ROOMS:
        for module in sorted(info.name for info in iter_modules(room.__path__)):
            for made in vars(import_module(f"{room.__name__}.{module}")).values():
                if isinstance(made, Lens):
                    yield made


def _place(lens: Lens) -> tuple[int, str]:
    return (_ORDER.index(lens.name) if lens.name in _ORDER else len(_ORDER)), lens.name


LENSES: dict[str, Lens] = {lens.name: lens for lens in sorted(_found(), key=_place)}
"""A new lens is a file in one of the rooms; those that are not in the order stand last."""


def find_lens(name: str) -> Lens:
    """Return a lens by its English or Spanish name.

    Raises:
        UsageError: if there is none, with names near it.

    >>> find_lens("gradientes").name
    'gradients'
    """
    plain = "".join(mark for mark in normalize("NFD", name) if not combining(mark))
    for lens in LENSES.values():
        if plain in (lens.name, lens.spanish):
            return lens
    twins = {lens.spanish: lens.name for lens in LENSES.values()}
    hint = near(name, LENSES, twins=twins)
    known = Names(", ".join(LENSES), ", ".join(twins))
    raise UsageError("lens.unknown", name=name, known=known, near=hint)


def look(
    graph: Graph | None,
    name: str,
    options: Mapping[str, Any] | None = None,
    *,
    point: Mapping[str, Any] | None = None,
    row: int | None = None,
) -> Report:
    r"""Look at a graph through a lens.

    Args:
        graph: the graph; None for lenses that need none.
        name: the lens, in English or Spanish.
        options: its settings.
        point: values of leaves instead of the graph's own.
        row: the one row of the data to look at; None looks at all.

    Raises:
        UsageError: if the lens, a setting or the graph is not what is needed.

    >>> from graphgrad.source.gg import read_gg
    >>> net = read_gg("input x = 1\nparam w = 2\nparam b = 0\ny = w*x + b")
    >>> look(net, "layers").numbers["parameters"]
    2
    """
    lens = find_lens(name)
    settings = lens.settings(options or {})
    if graph is None and not lens.free:
        raise UsageError("lens.needs_graph", lens=Names(lens.name, lens.spanish))
    import numpy as np

    subject = None if graph is None else Subject(graph, point, row)
    with np.errstate(all="ignore"):  # what is not finite is told, or left out of a plot
        return lens.compute(subject, **settings)
