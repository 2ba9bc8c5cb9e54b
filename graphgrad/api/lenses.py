"""Look at graphs through lenses in Python: `gg.inspect`, and advice on networks: `gg.lint`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graphgrad.api.handle import Handle
from graphgrad.errors import UsageError
from graphgrad.files.writing import write_output
from graphgrad.graph.graph import Graph
from graphgrad.messages.catalogue import text
from graphgrad.views.lenses.advice import advice
from graphgrad.views.lenses.lens import Report
from graphgrad.views.lenses.registry import look
from graphgrad.views.lenses.report_text import report_data, report_text
from graphgrad.views.plots.plot_svg import plot_png, plot_svg

__all__ = ["Seen", "inspect", "lint"]


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
