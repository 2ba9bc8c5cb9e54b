"""Tell what comes of the spellings of NumPy and SciPy lessons when their arrays are handles.

``python -m tests.api.numpy_spellings`` writes `tests/data/numpy/outcomes.tsv`: a spelling a line,
and what came: ``supported`` where the value is NumPy's and the gradient that of central
differences, ``refused`` with the id of the message, ``wrong``, or the bare exception.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import graphgrad as gg
from graphgrad.errors import GraphgradError

__all__ = ["OUTCOMES", "Spelling", "outcome", "spellings", "table"]

DATA = Path(__file__).parents[1] / "data" / "numpy"
OUTCOMES = DATA / "outcomes.tsv"
ARRAYS: dict[str, Any] = {
    "x": [[1.2, 0.7, 2.6], [3.1, 1.6, 0.4]],
    "y": [[0.9, 1.8, 2.3], [2.2, 0.6, 1.1]],
    "v": [0.8, 2.4, 1.7, 0.3],
    "w": [1.5, 0.2, 2.1, 3.3],
    "S": [[2.0, 0.5, 0.3], [0.1, 1.4, 0.6], [0.7, 0.2, 2.2]],
    "B": [[0.4, 1.3], [2.0, 0.6], [1.1, 0.9]],
    "c": np.linspace(0.3, 2.9, 12).reshape(2, 2, 3).tolist(),
    "n": 1.75,
}
MASK = np.array([[True, False, True], [False, True, True]])
STEP = 1e-5


class Spelling(tuple[str, str, str]):
    """A family, the name of the spelling, and an expression."""

    __slots__ = ()


def spellings() -> list[Spelling]:
    """Return the spellings, those of SciPy only where it is installed."""
    lines = (DATA / "spellings.tsv").read_text("utf-8").splitlines()
    return [Spelling(line.split("\t")) for line in lines]


def _space(values: dict[str, Any]) -> dict[str, Any]:
    space = {"np": np, "math": math, "mask": MASK, "inplace": _in_place, **values}
    try:
        from scipy import special, stats
    except ImportError:
        return space
    return space | {"special": special, "stats": stats}


def _in_place(x: Any) -> Any:
    x += 1
    return x


def _run(expression: str, values: dict[str, Any]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # The expressions are the fixed list of this repository's own test data.
        return eval(expression, _space(values))


def _parts(found: Any) -> Iterator[Any]:
    """Yield the arrays of a result, which may be one or several."""
    if isinstance(found, list | tuple) and any(hasattr(part, "shape") for part in found):
        yield from found
    else:
        yield found


def _plain(part: Any) -> Any:
    return part.value if isinstance(part, gg.Handle) else part


def outcome(expression: str) -> str:
    """Return what comes of an expression on handles."""
    arrays = {name: np.array(value) for name, value in ARRAYS.items()}
    if "special" in expression or "stats" in expression:
        pytest.importorskip("scipy")
    try:
        expected: Any = list(_parts(_run(expression, arrays)))
    except (TypeError, AttributeError, ValueError):
        expected = None
    leaves = {name: gg.param(name, value) for name, value in ARRAYS.items()}
    try:
        found = list(_parts(_run(expression, dict(leaves))))
    except GraphgradError as error:
        return f"refused {error.message_id}"
    except Exception as error:  # noqa: BLE001  # whatever comes bare is what this table is for
        told = str(error)
        ours = getattr(error, "message_id", "") or any(word in told for word in _OURS)
        return "refused in Python's own class" if ours else f"bare {type(error).__name__}"
    if expected is None:
        return "supported, though NumPy refuses" if found else "bare nothing"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        same = len(found) == len(expected) and all(
            _is_same(_plain(one), other) for one, other in zip(found, expected, strict=True)
        )
    if not same:
        return "wrong value"
    nodes = [part for part in found if isinstance(part, gg.Handle)]
    return (
        "supported"
        if all(_is_gradient(expression, at) for at in range(len(nodes)))
        else "wrong gradient"
    )


_OURS = ("graphgrad", "node")


def _is_same(found: Any, expected: Any) -> bool:
    if isinstance(expected, str | bool | tuple) or expected is None:
        return bool(found == expected)
    if isinstance(found, gg.Trace):
        return False
    found, expected = np.asarray(found), np.asarray(expected)
    return found.shape == expected.shape and bool(
        np.allclose(found.astype(complex), expected.astype(complex), rtol=1e-9, atol=1e-12)
    )


def _is_gradient(expression: str, part: int) -> bool:
    """Tell whether the gradient of a result, weighted, is that of central differences."""
    leaves = {name: gg.param(name, value) for name, value in ARRAYS.items()}
    nodes = [p for p in _parts(_run(expression, dict(leaves))) if isinstance(p, gg.Handle)]
    node = nodes[part]
    if node.size == 0:
        return True
    weights = np.linspace(0.5, 1.5, int(node.size)).reshape(node.shape)
    loss = (node * weights).sum() if node.shape else node * float(weights)
    loss.backward()
    at = part

    def value(name: str, changed: Any) -> float:
        given = {n: gg.param(n, changed if n == name else v) for n, v in ARRAYS.items()}
        again = [p for p in _parts(_run(expression, dict(given))) if isinstance(p, gg.Handle)][at]
        return float(np.sum(np.asarray(again.value) * weights))

    return all(_agrees(leaf, value) for leaf in leaves.values() if leaf.grad is not None)


def _agrees(leaf: Any, value: Callable[[str, Any], float]) -> bool:
    base = np.array(ARRAYS[leaf.name], dtype=float)
    gradient = np.asarray(leaf.grad)
    for place in np.ndindex(*base.shape):
        ends = []
        for step in (STEP, -STEP):
            moved = base.copy()
            moved[place] += step
            ends.append(value(leaf.name, moved if moved.shape else float(moved)))
        central = (ends[0] - ends[1]) / (2 * STEP)
        if not math.isclose(central, float(gradient[place]), rel_tol=1e-5, abs_tol=1e-6):
            return False
    return True


def table() -> Iterator[str]:
    """Yield what came of every spelling."""
    for family, name, expression in spellings():
        yield f"{family}\t{name}\t{outcome(expression)}"


if __name__ == "__main__":
    OUTCOMES.write_text("\n".join(table()) + "\n", "utf-8")
