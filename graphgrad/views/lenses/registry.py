"""List the lenses, one row each: `graphgrad inspect`, the steppers and `gg.inspect` read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphgrad.errors import UsageError
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import near
from graphgrad.views.lenses.calculus.activation import ACTIVATION
from graphgrad.views.lenses.calculus.blocked import BLOCKED
from graphgrad.views.lenses.calculus.bounds import BOUNDS
from graphgrad.views.lenses.calculus.critical import CRITICAL
from graphgrad.views.lenses.calculus.descent import DESCENT
from graphgrad.views.lenses.calculus.directions import DECREASE, STEEPEST
from graphgrad.views.lenses.calculus.modes import MODES
from graphgrad.views.lenses.calculus.order import ORDER
from graphgrad.views.lenses.calculus.paths import PATHS
from graphgrad.views.lenses.chances.batches import BATCHES
from graphgrad.views.lenses.chances.expectation import EXPECTATION
from graphgrad.views.lenses.chances.masks import MASKS
from graphgrad.views.lenses.chances.neuron import NEURON
from graphgrad.views.lenses.chances.series import SERIES
from graphgrad.views.lenses.lens import Lens, Report
from graphgrad.views.lenses.networks.boundary import BOUNDARY
from graphgrad.views.lenses.networks.cached import CACHED
from graphgrad.views.lenses.networks.glossary import GLOSSARY
from graphgrad.views.lenses.networks.gradients import GRADIENTS
from graphgrad.views.lenses.networks.grid import GRID
from graphgrad.views.lenses.networks.jacobians import JACOBIANS
from graphgrad.views.lenses.networks.signs import SIGNS
from graphgrad.views.lenses.networks.summary import LAYERS
from graphgrad.views.lenses.networks.units import UNITS
from graphgrad.views.lenses.subject import Subject

__all__ = ["LENSES", "find_lens", "look"]

LENSES: dict[str, Lens] = {
    lens.name: lens
    for lens in (
        LAYERS,
        GRADIENTS,
        UNITS,
        SIGNS,
        CACHED,
        JACOBIANS,
        BOUNDARY,
        GRID,
        PATHS,
        MODES,
        ORDER,
        BLOCKED,
        CRITICAL,
        DESCENT,
        DECREASE,
        STEEPEST,
        BOUNDS,
        ACTIVATION,
        BATCHES,
        MASKS,
        EXPECTATION,
        SERIES,
        NEURON,
        GLOSSARY,
    )
}
"""A new lens is a file with its row, and its name here."""


def find_lens(name: str) -> Lens:
    """Return a lens by its English or Spanish name.

    Raises:
        UsageError: if there is none, with names near it.

    >>> find_lens("gradientes").name
    'gradients'
    """
    for lens in LENSES.values():
        if name in (lens.name, lens.spanish):
            return lens
    known = [*LENSES, *(lens.spanish for lens in LENSES.values())]
    raise UsageError("lens.unknown", name=name, known=", ".join(LENSES), near=near(name, known))


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
        raise UsageError("lens.needs_graph", lens=lens.name)
    import numpy as np

    subject = None if graph is None else Subject(graph, point, row)
    with np.errstate(all="ignore"):  # what is not finite is told, or left out of a plot
        return lens.compute(subject, **settings)
