"""Train the parameters of a file's graph."""

from __future__ import annotations

import textwrap
from typing import Any, Final

from graphgrad.cli.command import command_of, option
from graphgrad.cli.inputs import Source, at_line, check_names, read_point
from graphgrad.cli.option_types import OneOf, Whole
from graphgrad.cli.options import (
    force_option,
    json_option,
    point_options,
    source_options,
    stable_option,
)
from graphgrad.cli.output import line_width, write
from graphgrad.cli.training.outputs import check_outputs, output_options, write_outputs
from graphgrad.cli.training.plan_options import plan_of, recipe_options
from graphgrad.cli.training.progress import watched
from graphgrad.errors import LimitError, Place, UsageError
from graphgrad.files.writing import check_free, same_file, write_output
from graphgrad.graph.graph import Graph
from graphgrad.layers.training.accuracy import Classes, classes_of, right_rows
from graphgrad.layers.training.log import Run, check_points
from graphgrad.layers.training.loop import Training, rated
from graphgrad.layers.training.many_rows import judge_of, objective_of
from graphgrad.layers.training.recipe import Plan, check_recipe
from graphgrad.layers.training.saved_run import check_saved, run_from_json, run_to_json
from graphgrad.messages.catalogue import text
from graphgrad.source.text import read_text
from graphgrad.views.text.numbers import as_in_file
from graphgrad.views.text.trouble import training_error

__all__ = ["command"]

EXAMPLE = """\
graphgrad train samples/linear_regression.gg --rate 0.01
graphgrad train samples/xor_sigmoid_data.gg --steps 2000 --rate 1 --json
graphgrad train samples/xor_sigmoid_data.gg --optimizer "adam(rate=0.05)" --batch 2 --epochs 500
graphgrad train samples/xor_sigmoid_data.gg --mode online --epochs 1 --show updates\
"""

SHOW = ("auto", "steps", "epochs", "updates", "norms", "decrease", "schedule")


@command_of("train", example=EXAMPLE, seconds=3_600)
@source_options
@point_options
@stable_option
@recipe_options
@option("--show", kind=OneOf(*SHOW), default="auto", help="train.option.show")
@option("--updates", kind=Whole(1), metavar="word.whole", default=2, help="train.option.updates")
@option("--accuracy", metavar="word.name", help="train.option.accuracy")
@output_options
@force_option
@json_option
def command(
    file: str | None,
    expression: str | None,
    settings: tuple[str, ...],
    row: int | None,
    stable: bool,
    show: str,
    updates: int,
    accuracy: str | None,
    as_json: bool,
    save: str | None,
    resume: str | None,
    force: bool,
    **options: Any,
) -> None:
    """Make the output small step by step; a table of steps, or all of them as JSON."""
    point = read_point(settings)
    source = Source(file, expression, point, stable=stable)
    graph = source.graph(row)
    check_names(graph, point)
    table = graph.heading.table
    if row is not None and table is not None:
        point = table.point(row) | point
    outputs = {name: options.pop(name) for name in ("curve", "boundary", "of", "update", "smooth")}
    classes = None if accuracy is None else classes_of(graph, accuracy)
    _check_own(graph, source)
    plan = plan_of(graph, options)
    check_outputs(graph, plan, outputs, save, force=force)
    over = force or (resume is not None and save is not None and same_file(save, resume))
    if save is not None:
        check_free(save, force=over)
    try:
        training, run = _begun(graph, point, source, plan, resume)
        whole = plan.plain and show == "auto" and resume is None and classes is None
        if whole and as_json:
            check_points(training.objective.layout, training.total)
            run.points = []
    except UsageError as refused:
        if refused.message_id == "train.not_scalar":
            raise at_line(refused, source, graph, graph.output) from None
        place = _place_of(refused, source, options)
        raise refused if place is None else refused.at(place) from None
    if save is not None:
        check_saved(training.objective.layout)
    watched(training, run)
    error = training_error(run.end)
    if error is not None:
        trace = run.end.trouble
        if trace is None or trace.trouble is None or len(trace.graph) != len(graph):
            raise error
        raise at_line(error, source, graph, trace.trouble.node)
    if save is not None:
        saved = run_to_json(training.plan, training.objective.layout, training.saved, run)
        write_output(save, saved, force=over)
    told = _told(training, run, classes)
    if show == "updates":
        _write_updates(training, updates, as_json=as_json)
    elif whole:
        _write_plain(told, point, as_json=as_json)
    else:
        _write_report(told, show, source.name, as_json=as_json)
    write_outputs(told, training, point, outputs, force=force)


def _begun(
    graph: Graph, point: dict[str, Any], source: Source, plan: Plan, resume: str | None
) -> tuple[Training, Run]:
    """Return a training at its start, or where it was saved, with what is kept of it."""
    objective = objective_of(graph, point, graph_of=source.graph_of, at_once=not plan.plain)
    plan = rated(objective, plan)
    judge = judge_of(objective, source.graph_of, plan.draw)
    training = Training(objective, plan, judge=judge)
    if resume is None:
        return training, Run()
    state, run = run_from_json(read_text(resume), training, resume)
    return Training(objective, plan, state, judge), run


def _check_own(graph: Graph, source: Source) -> None:
    """Refuse what the file's own `train` line says wrong, with its place."""
    if graph.heading.recipe is None:
        return
    try:
        check_recipe(graph.heading.recipe)
    except UsageError as error:
        place = source.place_of_word("train")
        raise error if place is None else error.at(place) from None


def _place_of(error: UsageError, source: Source, options: dict[str, Any]) -> Place | None:
    """Return where the file asks for what its data cannot give; None where an option does."""
    part = _OWN.get(error.message_id)
    if part is None or any(options.get(name) is not None for name in ("batch", "mode", "valid")):
        return None
    return source.place_of_word("train", part)


_OWN: Final = {
    "training.large_batch": r"(?:batch|lote)\s*=\s*\w+",
    "training.no_rows": r"(?:valid|validaci[oó]n)\s*=\s*[\w.]+",
}
"""What is wrong with a `train` line for these data, and the part of the line that says it."""


_STUCK: Final = 0.9
"""A loss that stays above this share of the first has hardly moved."""


def _told(training: Training, run: Run, classes: Classes | None) -> Any:
    from graphgrad.views.tables.training_report import Told

    loss, state = None, training.state
    if state.average is not None:
        loss = training.judge.at(state.average, training.parts.train, gradient=False).loss
    told = Told(training.objective.graph, training.plan, training.parts, run, state.averaged, loss)
    if classes is None:
        return told
    right = {
        part: (right_rows(training.judge, run.end.vector, rows, classes), len(rows))
        for part, rows in training.parts._asdict().items()
        if rows
    }
    return told._replace(classes=classes, right=right)


def _write_plain(told: Any, point: dict[str, Any], *, as_json: bool) -> None:
    """Write what a training without a recipe has always said."""
    from graphgrad.views.tables.training_table import training_json, training_table

    if as_json:
        write(training_json(told.graph, told.run.points, told.plan))
    else:
        lines = training_table(told.graph, told.run, told.plan, line_width())
        write(as_in_file(told.graph, "\n".join([*lines, *_threshold(told, point)])))


def _threshold(trained: Any, point: dict[str, Any]) -> list[str]:
    """Return below which rate descent settles, where the output did not go down."""
    from graphgrad.views.lenses.registry import look

    run = trained.run
    if run.end.number < 1 or run.end.loss < run.entries[0].loss:
        return []
    how = {"rate": (trained.plan.rate,), "steps": run.end.number}
    try:
        report = look(trained.graph, "descent", how, point=point)
    except LimitError:  # it would take long
        return []
    told = (text(v.said.message_id, **v.said.fields) for v in report.verdicts)
    return ["", *(line for one in told for line in textwrap.wrap(one, line_width()))]


def _write_report(told: Any, show: str, name: str, *, as_json: bool) -> None:
    from graphgrad.views.lenses.advice import advice
    from graphgrad.views.tables.training_report import report, report_json

    if as_json:
        write(report_json(told))
        return
    entries = told.run.entries
    stuck = len(entries) > 1 and entries[-1].loss > _STUCK * entries[0].loss > 0
    hint = [text("train.stuck", path=name)] if stuck and advice(told.graph) else []
    lines = [*report(told, show, line_width()), *hint]
    write(as_in_file(told.graph, "\n".join(lines)))


def _write_updates(training: Training, count: int, *, as_json: bool) -> None:
    from graphgrad.layers.training.updates import updates_of
    from graphgrad.views.tables.update_table import update_table, updates_json

    fresh = Training(training.objective, training.plan)
    listed = updates_of(fresh, count)
    if as_json:
        write(updates_json(fresh, listed))
    else:
        table = "\n".join(update_table(fresh, listed, line_width()))
        write(as_in_file(fresh.objective.graph, table))
