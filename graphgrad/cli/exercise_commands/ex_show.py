"""Show an exercise: its variables, steps, points and the graph of one variant."""

from __future__ import annotations

import json

from graphgrad.cli.command import command_of, flag
from graphgrad.cli.exercise_commands.ex_options import (
    Chosen,
    ask_option,
    exercise_argument,
    gathered,
    variant_options,
)
from graphgrad.cli.options import json_option
from graphgrad.cli.output import write
from graphgrad.exercises.files.instance import source_of, spelled
from graphgrad.exercises.files.spelling import decimal_text, given_text, with_commas
from graphgrad.exercises.files.variants import Variant
from graphgrad.exercises.sheets.worked_steps import Work
from graphgrad.exercises.truth.steps import Recipes
from graphgrad.messages.catalogue import text

__all__ = ["command"]

EXAMPLE = """\
graphgrad ex show samples/exercises/sigmoid_neuron.md --draw 17 --key
graphgrad ex show samples/exercises/sigmoid_neuron.md --gg > variant.gg\
"""


@command_of("ex.show", example=EXAMPLE)
@exercise_argument
@variant_options
@ask_option
@flag("--key", help="check.option.key")
@flag("--gg", name="as_gg", help="classroom.show.option.gg")
@json_option
@gathered
def command(
    chosen: Chosen,
    key: bool,
    as_gg: bool,
    as_json: bool,
) -> None:
    """Print one variant."""
    variant = chosen.variant()
    source = ""
    if as_gg:
        source = variant.exercise.source or source_of(variant.exercise, variant.values, "loss")
    if as_json:
        table = _table(variant, key) | ({"gg": source} if as_gg else {})
        write(json.dumps(table, ensure_ascii=False, indent=1))
    elif as_gg:
        write(source, end="")
    else:
        write("\n".join(_lines(variant, key)))


def _lines(variant: Variant, key: bool) -> list[str]:
    exercise = variant.exercise
    head = f"{exercise.id}  {exercise.title}".rstrip()
    lines = [head]
    if variant.draw:
        lines.append(f"{text('classroom.sheet.variant')}: {variant.draw}")
    given = (f"{name} = {given_text(exercise, v)}" for name, v in variant.values.items())
    lines += ["", *(f"  {line}" for line in given)] if variant.values else []
    lines.append("")
    width = max((len(step.id) for step in exercise.steps), default=0)
    work = Work(variant)
    for step in exercise.steps:
        worth = with_commas(exercise, decimal_text(step.points))
        points = text("classroom.sheet.points", points=worth)
        answer = f" = {work.answer(step)}" if key else ""
        lines.append(f"  {step.id:<{width}}{answer}  {points}")
    return lines


def _table(variant: Variant, key: bool) -> dict[str, object]:
    exercise = variant.exercise
    steps: list[dict[str, object]] = []
    work = Work(variant)
    recipes = Recipes(variant.graph, exercise.asked).all()
    for step, recipe in zip(exercise.steps, recipes, strict=True):
        entry: dict[str, object] = {"id": step.id, "kind": step.kind, "points": float(step.points)}
        entry["uses"] = [exercise.asked[place] for place in recipe.uses]
        if key:
            entry["answer"] = work.answer(step)
        steps.append(entry)
    return {
        "format": "graphgrad-variant/1",
        "exercise": exercise.id,
        "title": exercise.title,
        "draw": variant.draw or None,
        "values": {name: spelled(value) for name, value in variant.values.items()},
        "points": float(exercise.total),
        "steps": steps,
    }
