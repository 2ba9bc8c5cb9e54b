"""Write a plan as the `train` line that asks for it."""

from __future__ import annotations

import re
from math import isfinite

from graphgrad.layers.training.choices import Chosen, call_text
from graphgrad.layers.training.recipe import Plan
from graphgrad.ops.text import number_text

__all__ = ["plan_text", "valid_in"]


def plan_text(plan: Plan, *, whole: bool = False) -> str:
    """Return how a training is gone about; how long it lasts is left out.

    Args:
        plan: the plan.
        whole: whether what ends it early is written with all its settings.

    >>> from graphgrad.graph.blocks import Call, Recipe
    >>> from graphgrad.layers.training.recipe import check_recipe
    >>> plan_text(check_recipe(Recipe(Call("adam"), (("batch", 4), ("epochs", 9)))))
    'adam, batch=4, order=shuffled'
    """
    chosen = plan.optimizer
    with_rate = {} if plan.rate is None else {"rate": plan.rate}
    texts = [call_text(Chosen(chosen.row, chosen.settings | {"rate": None} | with_rate))]
    if plan.batch is not None:
        texts.append(f"batch={plan.batch}")
    defaults = {"order": "file", "divide": "batch"}
    texts += [
        f"{key}={getattr(plan, key)}" for key, usual in defaults.items()
        if getattr(plan, key) != usual
    ]  # fmt: skip
    for key in ("schedule", "clip", "average"):
        found = getattr(plan, key)
        if found is not None:
            texts.append(f"{key}={call_text(found)}")
    if plan.formula:
        texts.append(f"schedule={plan.formula}")
    texts += [f"stop={call_text(stop, whole=whole)}" for stop in plan.stops]
    if plan.valid is not None:
        texts.append(f"valid={number_text(plan.valid)}")
    if plan.draw != 1:
        texts.append(f"draw={plan.draw}")
    return ", ".join(texts)


def valid_in(recipe: str) -> float | None:
    """Return how much of the data a recipe of `plan_text` keeps for validation.

    >>> valid_in("adam(rate=0.01), batch=32, valid=360")
    360.0
    """
    found = re.search(r"(?:^|, )valid=([\d./e-]+)", recipe)
    above, _, below = found[1].partition("/") if found is not None else ("", "", "")
    try:
        kept = float(above) / float(below or 1)
    except (ValueError, ZeroDivisionError):  # a recipe that was changed by hand
        return None
    return kept if isfinite(kept) else None
