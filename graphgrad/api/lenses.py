"""Look at graphs in Python: `gg.explain`, lenses with `gg.inspect`, advice with `gg.lint`."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graphgrad.api.handle import Handle
from graphgrad.autodiff.record import record
from graphgrad.errors import UsageError
from graphgrad.files.writing import write_output
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import text
from graphgrad.symbolic.derive.chain_rule import Derivation, derivation
from graphgrad.trace.trace import Trace
from graphgrad.views.lenses.advice import advice
from graphgrad.views.lenses.lens import Report
from graphgrad.views.lenses.registry import look
from graphgrad.views.lenses.report_text import report_data, report_text
from graphgrad.views.plots.plot_svg import plot_png, plot_svg
from graphgrad.views.text.derivation import derivation_report
from graphgrad.views.text.derivation_paths import derivation_json
from graphgrad.views.text.entries import Detail
from graphgrad.views.text.trouble import trouble_error

__all__ = ["Explained", "Seen", "explain", "inspect", "lint"]


class Seen:
    """What was seen through a lens: printed as text, drawn in notebooks, read as data.

    Attributes:
        report: the record it is made of.
        numbers: the quantities by name.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self.numbers = dict(report.numbers)

    def __repr__(self) -> str:
        return "\n".join(report_text(self.report))

    def __getitem__(self, name: str) -> Any:
        return self.numbers[name]

    @property
    def verdicts(self) -> list[str]:
        """Return the words for programs of what was concluded, such as ``vanishing``."""
        return [verdict.code for verdict in self.report.verdicts]

    @property
    def data(self) -> dict[str, Any]:
        """Return everything as plain data, as ``graphgrad inspect --json`` writes it."""
        return report_data(self.report)

    def save(self, path: str | os.PathLike[str], theme: str = "light") -> None:
        """Draw the plot into an SVG or PNG file; as in Python, a file of that name is replaced.

        Raises:
            UsageError: if there is no plot, or the ending is another.
        """
        ending = Path(path).suffix.lower()
        if ending not in (".svg", ".png"):
            raise UsageError("inspect.format", got=str(path), known=".svg, .png")
        if self.report.plot is None:
            raise UsageError("inspect.no_picture", lens=self.report.lens)
        writer = plot_svg if ending == ".svg" else plot_png
        write_output(path, writer(self.report.plot(), theme), force=True)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        bundle = {"text/plain": repr(self)}
        if self.report.plot is not None:
            bundle["image/svg+xml"] = plot_svg(self.report.plot()).decode("utf-8")
        return bundle


def inspect(
    graph: Handle | Graph | None = None,
    lens: str = "layers",
    point: Mapping[str, Any] | None = None,
    row: int | None = None,
    **options: Any,
) -> Seen:
    r"""Look at a graph through a lens; `graphgrad inspect` lists them.

    Args:
        graph: a graph or a handle; None for lenses that need none, such as ``bounds``.
        lens: its name, in English or Spanish.
        point: values of leaves instead of the graph's own.
        row: the one row of the data to look at; None looks at all.
        options: the lens's settings.

    Raises:
        UsageError: if the lens or a setting is unknown, or the graph is not what is needed.

    >>> import graphgrad as gg
    >>> net = gg.parse("input x = 2\nparam w = 3\nparam b = 1\nloss L = (w*x + b - 9)^2")
    >>> gg.inspect(net, "decrease", rate=0.01)["0.01.predicted"]
    3.2
    >>> gg.inspect(lens="bounds", of="sigmoid", claim="<=1/4").verdicts
    ['holds', 'exact']
    """
    found = graph.graph() if isinstance(graph, Handle) else graph
    return Seen(look(found, lens, options, point=point, row=row))


def lint(graph: Handle | Graph) -> list[str]:
    r"""Return advice on a network: what is usually a mistake, why, and the repair.

    >>> import graphgrad as gg
    >>> net = gg.parse("input x = 2\nparam w = 3\nh = relu(w*x)\nloss L = h^2")
    >>> [line.split(":")[0] for line in gg.lint(net)]
    ['the layer h has no bias']
    """
    found = graph.graph() if isinstance(graph, Handle) else graph
    return [
        f"{text(f'lint.{one.rule}', **one.fields)} {text(f'lint.{one.rule}.repair', **one.fields)}"
        for one in advice(found)
    ]


class Explained:
    """The chain rule of one gradient: printed as the command line prints it, and as data.

    Attributes:
        trace: the pass it is of.
        name: what is differentiated by.
        derivation: symbols, numbers and paths.
    """

    def __init__(self, trace: Trace, name: str, found: Derivation) -> None:
        self.trace, self.name, self.derivation = trace, name, found

    def __repr__(self) -> str:
        return "\n".join(derivation_report(self.trace, self.name, self.derivation))

    @property
    def value(self) -> Any:
        """Return the gradient."""
        return self.derivation.value

    @property
    def data(self) -> dict[str, Any]:
        """Return everything as plain data, as ``graphgrad explain --json`` writes it."""
        found: dict[str, Any] = json.loads(derivation_json(self.trace, self.name, self.derivation))
        return found


def explain(
    graph: Handle | Graph | Trace,
    name: str,
    point: Mapping[str, Any] | None = None,
    *,
    seed: Any = None,
    exact: bool = False,
    detail: Detail = "line",
) -> Explained:
    r"""Derive one gradient by the chain rule: in symbols, in numbers, and path by path.

    Args:
        graph: a graph, a handle, or a pass, whose point, seed and arithmetic are then taken.
        name: the input, parameter or line to differentiate by.
        point: values of leaves instead of the graph's own.
        seed: adjoint of the output, needed where it is an array.
        exact: whether to keep rationals exact.
        detail: ``line``, or ``op`` for every operation.

    Raises:
        UsageError: if the name is a constant or unknown, or there is no backward pass.
        NonFiniteError: if a value or partial is not a finite number.

    >>> import graphgrad as gg
    >>> net = gg.parse("input x = 2\nparam w = 3\nz = w*x\nloss L = z^2")
    >>> found = gg.explain(net, "w")
    >>> found.value, found.derivation.text
    (24.0, 'dL_dz*x')
    """
    if isinstance(graph, Trace):
        trace = graph
    else:
        found = graph.graph() if isinstance(graph, Handle) else graph
        trace = record(found, point, seed=seed, exact=exact)
    error = trouble_error(trace)
    if error is not None:
        raise error
    trace.value(name)  # says which names there are
    if not trace.graph.variable[trace.graph.find(name) or 0]:
        raise UsageError("explain.constant", name=name)
    if trace.adjoints is None:
        trace.adjoint(name)  # says what to give
    return Explained(trace, name, derivation(trace, name, detail))
