"""Check what a `train` line or a command line asks for, and complete it: a `Recipe` to a `Plan`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Any, Final

from graphgrad.errors import UsageError
from graphgrad.graph.blocks import Call, Recipe
from graphgrad.layers.settings import near_settings
from graphgrad.layers.training.choices import Chosen, choose, read_setting
from graphgrad.messages.keywords import setting_word
from graphgrad.ops.row import Setting

__all__ = ["KEYS", "MODES", "STEPS", "Plan", "check_recipe", "plain_plan", "with_keys"]

STEPS: Final = 100
"""How many updates are made where nothing says otherwise."""

MODES: Final[dict[str, tuple[int | None, str, str]]] = {
    "batch": (None, "file", "batch"),
    "mini_batch": (32, "shuffled", "batch"),
    "stochastic": (1, "shuffled", "batch"),
    "incremental": (1, "shuffled", "data"),
    "online": (1, "file", "batch"),
}
"""A way of going through data: rows of an update, their order, what their sum is divided by.

Source: Bishop, Pattern Recognition and Machine Learning, section 5.2.4, and the lectures'
algorithms BACKPROP: batch, incremental (with 1/N) and on-line.
"""

_ORDERS: Final = ("file", "shuffled", "random")
_DIVIDES: Final = ("batch", "data", "none")

KEYS: Final[dict[str, Setting]] = {
    setting.name: setting
    for setting in (
        Setting("epochs", "integer", None, bounds="[0, inf)"),
        Setting("steps", "integer", None, bounds="[0, inf)"),
        Setting("mode", "word", None, choices=tuple(MODES)),
        Setting("batch", "integer", None, bounds="[1, inf)"),
        Setting("order", "word", None, choices=_ORDERS),
        Setting("divide", "word", None, choices=_DIVIDES),
        Setting("rate", "number", None, bounds="(0, inf)"),
        Setting("schedule", "call", None),
        Setting("clip", "call", None),
        Setting("stop", "call", None),
        Setting("average", "call", None),
        Setting("valid", "number", None, bounds="(0, inf)"),
        Setting("draw", "integer", 1, bounds="[0, inf)"),
    )
}
"""What may stand behind the optimizer; `stop` may stand several times."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a training goes by.

    Attributes:
        optimizer: the row with its settings.
        rate: the step size; None where one is to be chosen for the graph.
        epochs: how often all rows are visited; None where only steps count.
        steps: the most updates.
        batch: rows of an update; None for all.
        usual: whether the size of a batch is that of the mode, and may shrink to the data.
        order: ``file``, ``shuffled`` in every epoch, or ``random`` with repetition.
        divide: what the sum over a batch is divided by: ``batch``, ``data`` or ``none``.
        schedule: how the rate changes; None keeps it.
        clip: what is done to large gradients.
        stops: what may end the run before its last step.
        average: which points are averaged.
        valid: the share of the last rows kept for validation, or their number from 1 on, where
            the table has no such part.
        draw: what the order of rows is drawn from.
        function: any function of k instead of a schedule.
        formula: how that is written.
        plain: whether nothing but steps, a rate and the optimizer was asked for.
    """

    optimizer: Chosen
    rate: float | None = None
    epochs: int | None = None
    steps: int | None = None
    batch: int | None = None
    usual: bool = False
    order: str = "file"
    divide: str = "batch"
    schedule: Chosen | None = None
    clip: Chosen | None = None
    stops: tuple[Chosen, ...] = ()
    average: Chosen | None = None
    valid: float | None = None
    draw: int = 1
    function: Callable[[int], float] | None = field(default=None, compare=False)
    formula: str = ""
    plain: bool = False

    def updates_per_epoch(self, count: int) -> int:
        """Return how many updates visit all of some rows once."""
        return max(1, ceil(count / (self.batch or max(1, count))))

    def total(self, count: int) -> int:
        """Return the most updates on a table of so many rows."""
        by_epochs = None if self.epochs is None else self.epochs * self.updates_per_epoch(count)
        asked = [number for number in (by_epochs, self.steps) if number is not None]
        return min(asked) if asked else STEPS

    def at_rate(self, rate: float) -> Plan:
        """Return the plan with a step size."""
        return replace(self, rate=rate)


def plain_plan(name: str = "gd", *, steps: int | None = STEPS, rate: float | None = None) -> Plan:
    """Return the plan of a training over all rows at once."""
    chosen = choose("optimizer", Call(name))
    own = chosen.settings.pop("rate")
    return Plan(chosen, own if rate is None else rate, steps=steps, plain=name == "gd")


def with_keys(recipe: Recipe, keys: Iterable[tuple[str, Any]]) -> Recipe:
    """Return a recipe with some keys in place of its own, as a command line overrides a file."""
    new = tuple(keys)
    named = {setting_word(name) for name, _ in new}
    if "mode" in named:
        named |= {"batch", "order", "divide"}
    elif "batch" in named:
        named.add("mode")
    kept = tuple((name, value) for name, value in recipe.keys if setting_word(name) not in named)
    return recipe._replace(keys=(*kept, *new))


def check_recipe(recipe: Recipe) -> Plan:
    """Return the plan that a recipe asks for.

    Raises:
        UsageError: if a name is unknown, or a setting does not fit. ``got`` is the word at fault.

    >>> check_recipe(Recipe(Call("adam"), (("epochs", 200), ("batch", 4)))).total(8)
    400
    """
    chosen = choose("optimizer", recipe.optimizer)
    read: dict[str, Any] = {}
    stops: list[Chosen] = []
    for given, value in recipe.keys:
        name = setting_word(given)
        if name in read and name != "stop":
            raise UsageError("training.twice", name=given)
        found = _key(name, value)
        read[name] = found
        if name == "stop":
            stops.append(found)
    read.pop("stop", None)
    rate = chosen.settings.pop("rate")
    plan = Plan(chosen, read.pop("rate", rate), stops=tuple(stops))
    return replace(plan, **_going(read), **read)


def _key(name: str, value: Any) -> Any:
    setting = KEYS.get(name)
    if setting is None:
        hint = near_settings(name, list(KEYS))
        raise UsageError("training.unknown_key", got=name, known=", ".join(KEYS), near=hint)
    if setting.kind == "call":
        if not isinstance(value, str | Call):
            raise UsageError("training.not_a_call", key=name, got=value)
        return choose(name, Call(value) if isinstance(value, str) else value)
    return read_setting("train", setting, value)


def _going(read: dict[str, Any]) -> dict[str, Any]:
    """Take the keys that say how data are gone through, and return them complete."""
    mode, batch = read.pop("mode", None), read.pop("batch", None)
    usual = MODES[mode or ("batch" if batch is None else "mini_batch")]
    if mode is not None and batch is not None and usual[0] in (None, 1) and batch != usual[0]:
        raise UsageError("training.mode_batch", mode=mode, batch=batch)
    order, divide = read.pop("order", None), read.pop("divide", None)
    return {
        "batch": usual[0] if batch is None else batch,
        "usual": batch is None and usual[0] not in (None, 1),
        "order": order or usual[1],
        "divide": divide or usual[2],
    }
