"""Put one number of a lens, or the end of a training, into a table over switches.

An axis is a leaf or a `const`, an activation that is swapped for others, `skip`, `draw`,
a setting of a shown lens, or a key of the training.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from graphgrad.errors import GraphgradError, UsageError
from graphgrad.graph.blocks import Call, Recipe
from graphgrad.graph.graph import Graph
from graphgrad.jobs.cluster import pool_for
from graphgrad.jobs.pool import result_of
from graphgrad.layers.training.log import Run, kept
from graphgrad.layers.training.loop import Training, rated
from graphgrad.layers.training.many_rows import objective_of
from graphgrad.layers.training.recipe import KEYS, check_recipe, with_keys
from graphgrad.layers.training.told import plan_text
from graphgrad.messages.catalogue import language, near, set_language
from graphgrad.messages.keywords import SETTINGS, setting_word
from graphgrad.ops.registry import find
from graphgrad.ops.row import Elementwise
from graphgrad.views.lenses.registry import find_lens
from graphgrad.views.lenses.subject import Subject
from graphgrad.views.lenses.sweep_words import MOST_ON_CLUSTER, MOST_RUNS, TRAIN, Axis, Shown
from graphgrad.views.lenses.switches import redrawn, with_activation, without_shortcuts
from graphgrad.views.text.trouble import training_error

__all__ = ["SECONDS", "Swept", "swept"]

SECONDS = 3_600
_SWITCH = {"skip": ("on", "off")}

Reader = Callable[[str, Mapping[str, Any], int | None], Graph]


class Swept(NamedTuple):
    """A table: names of switches and columns, rows of positions and numbers, recipes once each."""

    axes: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    trained: tuple[str, ...] = ()


def swept(
    read: Reader,
    files: Sequence[str],
    axes: Sequence[Axis],
    columns: Sequence[Shown],
    point: Mapping[str, Any],
    *,
    scheduler: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Swept:
    """Return the table.

    Args:
        read: from a file, values of consts and a draw to a graph.
        files: the files; several are a switch of their own.
        axes: the switches.
        columns: what is shown.
        point: values of leaves, the same in every row.
        scheduler: the address of a Dask scheduler, whose workers make the rows instead.
        progress: told how many rows are done, and of how many.

    Raises:
        UsageError: if a switch or a column is unknown; LimitError of a lens that is too large.
    """
    runs = len(files)
    for axis in axes:
        runs *= len(axis.values)
    most = MOST_RUNS if scheduler is None else MOST_ON_CLUSTER
    if runs > most:
        raise UsageError("sweep.too_many", got=runs, most=most)
    names = [axis.name for axis in axes]
    chosen = [
        (file, dict(zip(names, values, strict=True)))
        for file in files
        for values in product(*(axis.values for axis in axes))
    ]
    looking = _Looking(tuple(columns), dict(point), language())
    positions = (_position(read, file, setting) for file, setting in chosen)
    found: list[list[Any]] = [[] for _ in chosen]
    for done, (place, row) in enumerate(_rows(looking, positions, scheduler), 1):
        found[place] = row
        if progress is not None:
            progress(done, runs)
    listed = [axis.name for axis in axes if len(axis.values) > 1]
    several = ("file",) if len(files) > 1 else ()
    rows = (
        (*((file,) if several else ()), *(setting[name] for name in listed), *row[:-1])
        for (file, setting), row in zip(chosen, found, strict=True)
    )
    headings = tuple(column.heading for column in columns)
    trained = dict.fromkeys(row[-1] for row in found if row[-1])
    return Swept((*several, *listed), headings, tuple(rows), tuple(trained))


class _Looking(NamedTuple):
    """What all rows have in common."""

    columns: tuple[Shown, ...]
    point: Mapping[str, Any]
    language: str


class _Position(NamedTuple):
    """One position of all switches, and the graph it is of: no worker reads a file."""

    graph: Graph
    setting: Mapping[str, Any]


def _rows(
    looking: _Looking, positions: Iterator[_Position], scheduler: str | None
) -> Iterator[tuple[int, list[Any]]]:
    """Yield each row with its place, as they are done."""
    if scheduler is None:
        yield from ((place, _row(looking, one)) for place, one in enumerate(positions))
        return
    pool = pool_for(_make_row, looking, count=None, seconds=SECONDS, scheduler=scheduler)
    for outcome in pool.run(positions):
        yield outcome.index, result_of(outcome, SECONDS)


def _make_row(looking: _Looking) -> Callable[[_Position], list[Any] | GraphgradError]:
    """Return what makes rows, with errors as results; called once in each worker."""
    set_language(looking.language)

    def row(position: _Position) -> list[Any] | GraphgradError:
        try:
            return _row(looking, position)
        except GraphgradError as error:
            return error

    return row


def _position(read: Reader, file: str, setting: Mapping[str, Any]) -> _Position:
    meant = {setting_word(name): value for name, value in setting.items()}
    numbers = {n: v for n, v in setting.items() if isinstance(v, int | float)}
    sizes = {n: v for n, v in numbers.items() if setting_word(n) != "draw"}
    draw = meant.get("draw")
    graph = read(file, sizes, draw if isinstance(draw, int) else None)
    named = {n if graph.find(n) is not None else setting_word(n): v for n, v in setting.items()}
    return _Position(graph, named)


def _row(looking: _Looking, position: _Position) -> list[Any]:
    graph, setting = position
    values = dict(looking.point)
    lenses = {column.lens for column in looking.columns if column.lens not in ("", TRAIN)}
    for name, value in setting.items():
        graph = _switched(graph, name, value, values, lenses)
    draw = setting.get("draw")
    if isinstance(draw, int):
        values = redrawn(graph, draw) | values
    return _numbers(Subject(graph, values), setting, looking.columns)


def _switched(
    graph: Graph, name: str, value: Any, values: dict[str, Any], lenses: set[str]
) -> Graph:
    """Return the graph with one switch in a position; leaves go into ``values``."""
    node = graph.find(name)
    if node is not None and graph.is_leaf(node):
        if not isinstance(value, int | float):
            raise UsageError("sweep.needs_number", name=name, got=value)
        values[name] = float(value)
        return graph
    if name == "skip":
        if value not in _SWITCH["skip"]:
            raise UsageError("sweep.on_off", name=name, got=value)
        return graph if value == "on" else without_shortcuts(graph)
    old = find(name)
    if isinstance(old, Elementwise) and len(old.arguments) == 1:
        new = find(str(value))
        if not isinstance(new, Elementwise) or len(new.arguments) != 1:
            raise UsageError("sweep.no_function", name=value)
        return with_activation(graph, old.name, new.name)
    options = {option.name for lens in lenses for option in find_lens(lens).options}
    known = {"draw", *KEYS, "optimizer", *options}
    if name not in known:
        leaves = [line.name for line in graph.lines() if graph.is_leaf(line.root)]
        every = [*leaves, "skip", *sorted(known)]
        raise UsageError(
            "sweep.unknown_axis",
            name=name,
            known=", ".join(every[:24]),
            near=near(name, every, twins={w: own for w, own in SETTINGS.items() if own in known}),
        )
    return graph


def _numbers(subject: Subject, setting: Mapping[str, Any], columns: Sequence[Shown]) -> list[Any]:
    """Return the value of every column, then the recipe; a lens is looked through once."""
    seen: dict[str, Mapping[str, Any]] = {}
    found = []
    for column in columns:
        if column.lens not in seen:
            seen[column.lens] = _seen(subject, setting, column.lens)
        numbers = seen[column.lens]
        if column.number not in numbers:
            known = ", ".join(f"{column.lens}.{name}" for name in list(numbers)[:24])
            raise UsageError("sweep.unknown_number", name=column.heading, known=known or "-")
        found.append(numbers[column.number])
    return [*found, seen.get(TRAIN, {}).get("recipe")]


def _seen(subject: Subject, setting: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    if not name:
        subject.scalar_output()
        values = [subject.value(point) for point in subject.points]
        return {"loss": math.fsum(values) / len(values)}
    if name == TRAIN:
        return _trained(subject, setting)
    lens = find_lens(name)
    own = {option.name for option in lens.options}
    return lens.compute(
        subject, **lens.settings({n: v for n, v in setting.items() if n in own})
    ).numbers


def _trained(subject: Subject, setting: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return how a training ended: the loss over all rows before and after, and its updates."""
    recipe = subject.graph.heading.recipe or Recipe(Call("gd"))
    if "optimizer" in setting:
        recipe = recipe._replace(optimizer=Call(str(setting["optimizer"])))
    keys = tuple((name, value) for name, value in setting.items() if name in KEYS)
    plan = check_recipe(with_keys(recipe, keys))
    objective = objective_of(subject.graph, subject.given, at_once=True)
    training = Training(objective, rated(objective, plan))
    subject.allow(training.total * (plan.batch or len(training.parts.train) or 1))
    run = kept(training.run(), Run())
    error = training_error(run.end)
    if error is not None and error.message_id != "train.trouble":  # no switch would mend the data
        raise error
    rows = training.parts.train
    first = run.first.vector if run.first is not None else objective.start()
    return {
        "loss": objective.at(run.end.vector, rows, gradient=False).loss,
        "first": objective.at(first, rows, gradient=False).loss,
        "updates": run.end.number,
        "per_epoch": plan.updates_per_epoch(len(rows)),
        "epochs": run.end.epoch,
        "recipe": f"{plan_text(training.plan, whole=True)}, steps={training.total}",
    }
