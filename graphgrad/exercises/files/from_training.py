"""Ask for the first updates of a training, worked by hand: momentum, RMSProp, Adam and the others.

What is asked are lines of the graph into which the updates are unrolled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from graphgrad.errors import UsageError
from graphgrad.exercises.reading.targets import step_text
from graphgrad.exercises.truth.quantities import activated
from graphgrad.graph.blocks import StepLine
from graphgrad.graph.formula import line_formula
from graphgrad.graph.graph import Graph
from graphgrad.layers.training.choices import call_text
from graphgrad.layers.training.loop import Training
from graphgrad.layers.training.many_rows import objective_of
from graphgrad.layers.training.rates import USUAL_RATE
from graphgrad.layers.training.recipe import Plan, check_recipe
from graphgrad.layers.training.step_graph import rows_of, step_graph
from graphgrad.messages.catalogue import text
from graphgrad.ops.text import number_text

__all__ = ["ASKED", "asked_steps", "told", "with_rate"]

ASKED = ("value", "adjoint", "delta", "update")
"""What can be asked of updates; sizes are those of one pass."""
_TRAIN = re.compile(r"^[ \t]*(?P<word>train|entrena)\b[^\n#]*", re.MULTILINE)
_SPANISH = re.compile(r"^[ \t]*+(?:entrada|par[áa]metro|entrena|decimal\s+coma)\b", re.MULTILINE)


def with_rate(graph: Graph, source: str, rate: str) -> str:
    r"""Return a file whose training says its rate.

    >>> from graphgrad.source.gg import read_gg
    >>> source = "param w = 2\nloss L = w^2\ntrain momentum\n"
    >>> with_rate(read_gg(source), source, "0.5").splitlines()[-1]
    'train momentum, rate=0.5'
    """
    recipe = graph.heading.recipe
    if recipe is None:
        spanish = _SPANISH.search(source) is not None
        line = f"entrena descenso, tasa={rate}" if spanish else f"train gd, rate={rate}"
        return f"{source.rstrip()}\n{line}\n"
    if check_recipe(recipe).rate is not None:
        return source

    def complete(found: re.Match[str]) -> str:
        word = "tasa" if found["word"] == "entrena" else "rate"
        return f"{found[0].rstrip()}, {word}={rate}"

    return _TRAIN.sub(complete, source, count=1)


def asked_steps(graph: Graph, count: int, asks: Sequence[str]) -> list[tuple[str, str]]:
    """Return the ids of the steps, with their labels.

    Raises:
        UsageError: if something is asked for that updates have not.
    """
    unknown = [ask for ask in asks if ask not in ASKED]
    if unknown:
        raise UsageError("classroom.from.steps_ask", got=unknown[0], known=", ".join(ASKED))
    unrolled = step_graph(graph, _plan(graph), count)
    parts = set(_parts(asks))
    before = set(activated(graph))
    found = []
    for line in sorted(unrolled.heading.steps, key=lambda line: line.number):
        if not 1 <= line.number <= count:
            continue
        node = unrolled.find(line.line)
        given = node is None or unrolled.is_leaf(node)
        part = line.part if line.part in ("value", "inner", "adjoint", "rate") else "update"
        if part == "adjoint" and "adjoint" not in parts and line.name not in before:
            continue
        if part in parts and not (given and part != "rate"):
            found.append((line.line, _label(line, unrolled)))
    return found


def _plan(graph: Graph) -> Plan:
    recipe = graph.heading.recipe
    assert recipe is not None
    return check_recipe(recipe)


def _parts(asks: Sequence[str]) -> Iterator[str]:
    yield from asks
    if "delta" in asks:
        yield "adjoint"
    if "update" in asks:
        yield "rate"


def told(graph: Graph, count: int, language: str) -> Iterator[str]:
    """Yield what a sheet says of the training: its formulas, settings, and rows of each update."""
    plan = _plan(graph)
    unrolled = step_graph(graph, plan, count)
    lines = unrolled.heading.steps
    first = next(line.name for line in lines if line.part == "new")
    others = [line.name for line in lines if line.part == "new" and line.number == 1][1:]
    shown = [line for line in lines if _is_shown(unrolled, line, first)]
    spelled = {"label": step_text(_label(shown[0], unrolled), language), "line": shown[0].line}
    message = "classroom.from.training" if count > 1 else "classroom.from.training_once"
    yield text(message, language, count=count, name=first, **spelled)
    yield ""
    yield "```"
    yield from _constants(unrolled)
    yield from (_formula(unrolled, line) for line in shown)
    yield "```"
    yield ""
    if others:
        yield text("classroom.from.others", language, names=", ".join(f"`{o}`" for o in others))
        yield ""
    if plan.schedule is not None:
        rule = "; ".join(plan.schedule.row.rule)
        how = call_text(plan.schedule)
        rate = number_text(USUAL_RATE if plan.rate is None else plan.rate)
        yield text("classroom.from.schedule", language, how=how, rule=rule, rate=rate)
        yield ""
    if graph.heading.table is not None and not graph.heading.table.whole:
        yield from _rows(graph, plan, count, language)


def _constants(unrolled: Graph) -> Iterator[str]:
    """Yield the settings and what is kept before the first update."""
    kept = {line.line for line in unrolled.heading.steps if not line.number}
    rates = {line.line for line in unrolled.heading.steps if line.part == "rate"}
    for line in unrolled.lines():
        value = unrolled.defaults.get(line.root)
        setting = unrolled.role(line.root) == "constant" and line.name not in rates
        plain = value is not None and not getattr(value, "shape", ())
        if unrolled.is_leaf(line.root) and setting and "dL" not in line.name:
            yield f"{line.name} = {number_text(value) if plain else 0}"
        elif line.name in kept and unrolled.is_leaf(line.root):
            yield f"{line.name} = 0"


def _is_shown(unrolled: Graph, line: StepLine, name: str) -> bool:
    """Tell whether the first update's formula of a line is told: the optimizer's, of one name."""
    own = line.name in (name, "") and line.part not in ("value", "inner", "adjoint", "rate")
    return own and line.number == 1 and not line.beside


def _formula(unrolled: Graph, line: StepLine) -> str:
    if line.of:
        return f"{line.line} = d{line.of}/d{line.wrt}"
    return f"{line.line} = {line_formula(unrolled, unrolled.line(unrolled.line_index[line.line]))}"


def _rows(graph: Graph, plan: Plan, count: int, language: str) -> Iterator[str]:
    """Yield which rows each update goes over."""
    training = Training(objective_of(graph, None, at_once=False), plan)
    for number, rows in enumerate(islice(rows_of(training), count), 1):
        listed = ", ".join(map(str, rows))
        yield text("classroom.from.step_rows", language, number=number, rows=listed)
    yield ""


def _label(line: StepLine, unrolled: Graph) -> str:
    """Return what a sheet calls a line: step 1: dL/dz, or step 1, row 2: dL/dz."""
    output = unrolled.name(unrolled.output).partition("[")[0]
    name = line.line.rpartition("[")[0]
    inner = line.line.rpartition("[")[2].partition(",")
    if inner[1] and not line.beside:  # h[3,1] is h[3] of the first update
        name = f"{name}[{line.line.rpartition('[')[2].rpartition(',')[0]}]"
    if line.part == "adjoint":
        name = f"d{output}/d{line.name}"
    where = f"step {line.number}, row {line.beside}" if line.beside else f"step {line.number}"
    return f"{where}: {name}"
