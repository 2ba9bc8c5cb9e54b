"""Turn the options of `train` and the file's own `train` line into a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from graphgrad.cli.command import option
from graphgrad.cli.option_types import OneOf, Real, Whole
from graphgrad.errors import GraphgradError, UsageError
from graphgrad.graph.blocks import Call, Recipe
from graphgrad.graph.graph import Graph
from graphgrad.layers.training.choices import TABLES, choose
from graphgrad.layers.training.recipe import KEYS, Plan, check_recipe, plain_plan, with_keys
from graphgrad.source.programs.typed_recipes import read_call
from graphgrad.views.text.rate_series import formula_of_k

__all__ = ["plan_of", "recipe_options"]

_Read = TypeVar("_Read")
_CALLS: Final = ("schedule", "clip", "stop", "average")
_WORDS: Final = ("mode", "order", "divide")
_PLAIN: Final = ("steps", "rate", "optimizer")


def recipe_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what a `train` line may say as options."""
    count, value, choice = "word.whole", "word.number", "word.choice"
    for decorate in reversed((
        option("--optimizer", metavar=choice, help="train.option.optimizer"),
        option("--rate", kind=Real(positive=True), metavar=value, help="train.option.rate"),
        option("--steps", kind=Whole(0), metavar=count, help="train.option.steps"),
        option("--epochs", kind=Whole(0), metavar=count, help="train.option.epochs"),
        option("--mode", kind=OneOf(*KEYS["mode"].choices), help="train.option.mode"),
        option("--batch", kind=Whole(1), metavar=count, help="train.option.batch"),
        option("--order", kind=OneOf(*KEYS["order"].choices), help="train.option.order"),
        option("--divide", kind=OneOf(*KEYS["divide"].choices), help="train.option.divide"),
        option("--draw", kind=Whole(0), metavar=count, help="train.option.draw"),
        option("--schedule", metavar=choice, help="train.option.schedule"),
        option("--clip", metavar=choice, help="train.option.clip"),
        option("--stop", multiple=True, metavar=choice, help="train.option.stop"),
        option("--average", metavar=choice, help="train.option.average"),
        option("--valid", kind=Real(positive=True), metavar=value, help="train.option.valid"),
    )):  # fmt: skip
        function = decorate(function)
    return function


def plan_of(graph: Graph, options: Mapping[str, Any]) -> Plan:
    """Return the plan: an option holds before the file, the file before what is usual.

    Args:
        graph: the graph, with what its file says.
        options: the values of `recipe_options` by name.

    Raises:
        UsageError: if something is unknown or does not fit.
    """
    given = {name: value for name, value in options.items() if value not in (None, ())}
    own = graph.heading.recipe
    optimizer = given.pop("optimizer", None)
    if own is None and optimizer in (None, "gd") and not set(given) - set(_PLAIN):
        steps = {"steps": given["steps"]} if "steps" in given else {}
        return plain_plan("gd", rate=given.get("rate"), **steps)
    recipe = own or Recipe(Call("gd"))
    if optimizer is not None:
        recipe = recipe._replace(optimizer=_choice("optimizer", optimizer))
    function, text = None, given.get("schedule")
    if text is not None and not _names_a_row(text):
        function = _formula(given.pop("schedule"))
        recipe = recipe._replace(keys=tuple(k for k in recipe.keys if k[0] != "schedule"))
    if "rate" in given:  # an option holds before the rate in the optimizer's own brackets
        choose("optimizer", recipe.optimizer)
        rated = recipe.optimizer.settings
        kept = tuple(setting for setting in rated if setting[0] != "rate")
        recipe = recipe._replace(optimizer=Call(recipe.optimizer.name, kept))
    plan = check_recipe(with_keys(recipe, _keys(given)))
    return plan if function is None else replace(plan, function=function, formula=str(text))


def _keys(given: Mapping[str, Any]) -> list[tuple[str, Any]]:
    keys: list[tuple[str, Any]] = []
    for name, value in given.items():
        for one in value if isinstance(value, tuple) else (value,):
            keys.append((name, _choice(name, one) if name in _CALLS else one))
    return keys


def _choice(name: str, text: str) -> Call:
    return _worded(name, text, read_call)


def _formula(text: str) -> Callable[[int], float]:
    return _worded("schedule", text, formula_of_k)


def _worded(name: str, text: str, read: Callable[[str], _Read]) -> _Read:
    """Read an option; what is wrong with its text is said of the option."""
    try:
        return read(text)
    except GraphgradError as error:
        why = error.body(None)
        raise UsageError("training.option_call", option=f"--{name}", got=text, why=why) from None


def _names_a_row(text: str) -> bool:
    """Tell whether a schedule is meant rather than a formula of k."""
    name = text.partition("(")[0].strip()
    known = {word for row in TABLES["schedule"].values() for word in (row.name, *row.aliases)}
    return name in known or (name.isidentifier() and name != "k" and "k" not in text)
