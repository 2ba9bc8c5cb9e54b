"""Write the values of leaves so that reading them gives the same numbers."""

from __future__ import annotations

import re
from collections.abc import Hashable
from fractions import Fraction
from math import isfinite
from typing import Any

from graphgrad.graph.blocks import Call, Recipe
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.shapes import entries
from graphgrad.ops.text import number_text

__all__ = ["content", "is_writable", "recipe_text", "said_text", "value_text"]

_WORD = re.compile(r"[^\W\d][\w-]*")


def value_text(value: Any) -> str:
    """Return a number or an array as a file writes it: exact decimals, shortest floats.

    >>> value_text(0.1), value_text(-2.0)
    ('0.1', '-2')
    """
    entries = value.tolist() if hasattr(value, "tolist") else value
    if isinstance(entries, list):
        return f"[{', '.join(map(value_text, entries))}]"
    return number_text(entries)


def said_text(value: Any) -> str:
    """Return a setting as a file writes it: a number, a word, a text, a list, a call.

    >>> said_text(Call("step", (("every", 3), ("by", 0.5)))), said_text("big dog")
    ('step(every=3, by=0.5)', '"big dog"')
    """
    if isinstance(value, Call):
        given = ", ".join(
            f"{key}={said_text(entry)}" if key else said_text(entry)
            for key, entry in value.settings
        )
        return f"{value.name}({given})" if given else value.name
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value if _WORD.fullmatch(value) else f'"{value}"'
    if isinstance(value, tuple):
        return f"[{', '.join(map(said_text, value))}]"
    return value_text(value)


def recipe_text(recipe: Recipe) -> str:
    """Return a `train` line.

    >>> recipe_text(Recipe(Call("sgd"), (("epochs", 20),)))
    'train sgd, epochs=20'
    """
    keys = (f"{key}={said_text(value)}" for key, value in recipe.keys)
    return ", ".join([f"train {said_text(recipe.optimizer)}", *keys])


def is_writable(value: Any) -> bool:
    """Tell whether a value has only finite numbers."""
    if value is None:
        return True
    return all(isinstance(entry, int | Fraction) or isfinite(entry) for entry in entries(value))


def content(value: Any) -> Hashable:
    """Return a value as floats with its shape, so that equal ones are equal."""
    found: Any = None if value is None else to_float(value)
    if hasattr(found, "ravel"):
        return found.shape, tuple(found.ravel().tolist())
    return found if found is None else float(found)
