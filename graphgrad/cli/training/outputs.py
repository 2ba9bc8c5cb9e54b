"""Write what `train` makes beside its table: a curve, a boundary, an update as a graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphgrad.cli.command import option
from graphgrad.cli.option_types import Real
from graphgrad.cli.output import line_width, write
from graphgrad.errors import UsageError
from graphgrad.files.writing import PNG_MARK, check_apart, check_free, write_output

if TYPE_CHECKING:
    from graphgrad.graph.graph import Graph
    from graphgrad.layers.training.loop import Training
    from graphgrad.layers.training.recipe import Plan
    from graphgrad.views.plots.plot import Plot
    from graphgrad.views.tables.training_report import Told

__all__ = ["check_outputs", "output_options", "write_outputs"]

PICTURES = (".svg", ".png")


def output_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that name files."""
    file = "word.file"
    for decorate in reversed((
        option("--save", metavar=file, help="train.option.save"),
        option("--resume", metavar=file, help="train.option.resume"),
        option("--curve", metavar=file, help="train.option.curve"),
        option("--smooth", kind=Real(), metavar="word.number", help="train.option.smooth"),
        option("--boundary", metavar=file, help="train.option.boundary"),
        option("--of", metavar="word.name", help="train.option.of"),
        option("--update", metavar=file, help="train.option.update"),
    )):  # fmt: skip
        function = decorate(function)
    return function


def check_outputs(
    graph: Graph, plan: Plan, outputs: Mapping[str, Any], save: str | None, *, force: bool
) -> None:
    """Refuse what could not be written, before a training that may last.

    Raises:
        UsageError: if an ending is unknown, two are one file, or there is no plane to draw.
        FileError: if a file is there that may not be replaced.
    """
    named = {f"--{name}": outputs[name] for name in ("curve", "boundary", "update")}
    check_apart({"--save": save} | named)
    _share(outputs["smooth"])
    if outputs["update"] is not None and 0 in (plan.steps, plan.epochs):
        raise UsageError("training.no_update")
    for name in ("curve", "boundary"):
        path = outputs[name]
        if path not in (None, "-") and Path(path).suffix.lower() not in PICTURES:
            raise UsageError("training.plot_ending", path=path, known=", ".join(PICTURES))
        if path not in (None, "-"):
            check_free(path, own=_plot_mark(path), force=force)
    if outputs["boundary"] is not None:
        from graphgrad.views.lenses.networks.boundary import plane_of
        from graphgrad.views.lenses.subject import Subject

        plane_of(Subject(graph), outputs["of"])


def write_outputs(
    told: Told,
    training: Training,
    point: Mapping[str, Any],
    outputs: Mapping[str, Any],
    *,
    force: bool = False,
) -> None:
    """Write the files that were asked for; ``-`` draws in the terminal.

    Raises:
        UsageError: if an ending is unknown, or there is nothing to draw.
    """
    curve, area, update = (outputs[name] for name in ("curve", "boundary", "update"))
    if curve is not None:
        from graphgrad.views.plots.training_plots import loss_curve

        plot = loss_curve(told.graph, told.run.entries, _share(outputs["smooth"]))
        _write_plot(plot, curve, force=force)
    if area is not None:
        from graphgrad.views.lenses.registry import look

        learned = dict(point) | training.state.running | told.run.end.values
        options = {"of": outputs["of"]} if outputs["of"] else {}
        report = look(training.judge.graph, "boundary", options, point=learned)
        if report.plot is not None:
            _write_plot(report.plot(), area, force=force)
    if update is not None:
        _write_update(training, update, force=force)


def _plot_mark(path: str) -> bytes:
    """Return what every plot of ours in the format of a file holds."""
    from graphgrad.views.plots.plot_svg import PLOT_MARK

    return PNG_MARK if path.lower().endswith(".png") else PLOT_MARK


def _share(smooth: float | None) -> float | None:
    if smooth is not None and not 0 <= smooth < 1:
        raise UsageError("training.smooth", got=smooth)
    return smooth


def _write_plot(plot: Plot, path: str, *, force: bool) -> None:
    from graphgrad.views.plots.plot_svg import PLOT_MARK, plot_png, plot_svg
    from graphgrad.views.plots.plot_text import plot_text

    if path == "-":
        write("\n" + "\n".join(plot_text(plot, line_width())))
        return
    if Path(path).suffix.lower() == ".png":
        write_output(path, plot_png(plot), own=PNG_MARK, force=force)
    else:
        write_output(path, plot_svg(plot), own=PLOT_MARK, force=force)


def _write_update(training: Training, path: str, *, force: bool) -> None:
    """Write the first update: as text of a file, or as a figure."""
    from graphgrad.autodiff.record import record
    from graphgrad.layers.training.loop import Training
    from graphgrad.layers.training.update_graph import update_graph
    from graphgrad.layers.training.updates import updates_of
    from graphgrad.source.writing.graph_text import to_gg
    from graphgrad.views.figure.content.scene_options import SceneOptions
    from graphgrad.views.figure.writers import DrawOptions
    from graphgrad.views.render import write_figure

    fresh = Training(training.objective, training.plan)
    [first] = updates_of(fresh, 1)
    graph = update_graph(fresh, first)
    if path == "-":
        write("\n" + to_gg(graph), end="")
    elif Path(path).suffix.lower() == ".gg":
        write_output(path, to_gg(graph), force=force)
    else:
        write_figure(record(graph), path, SceneOptions(), DrawOptions(), force=force)
