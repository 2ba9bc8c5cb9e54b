"""Tell which entries of which nodes matter: what a branch not taken computes matters to no one.

Two questions are asked. Which entries can a *derivative* pass through: not those that a row which
selects hands nothing back to. Which entries does the *value* of the output look at: all but those
of a branch of `where` that is not taken, for a comparison looks at both its sides.
"""

from __future__ import annotations

from typing import Any, Literal

from graphgrad.graph.columns import Columns
from graphgrad.ops.evaluate import FloatArithmetic, arrays
from graphgrad.ops.row import Elementwise, Structural
from graphgrad.ops.shapes import Shape

__all__ = ["Looked", "has_nan", "live_entries"]

Looked = Literal["derivative", "value"]


def live_entries(
    columns: Columns,
    values: list[Any],
    output: int,
    numbers: FloatArithmetic,
    looked: Looked = "derivative",
) -> list[Any]:
    """Return a mask per node, true for the entries that matter to the output.

    None stands for a node that the output is not computed from.

    Args:
        columns: the nodes.
        values: their values.
        output: the node that is asked about.
        numbers: the arithmetic the values were computed in.
        looked: by what: by the value of the output or by its derivatives.
    """
    np = arrays().np
    live: list[Any] = [None] * len(columns)
    live[output] = np.ones(columns.shape(output), dtype=bool)
    settings = [numbers.settings(entry) for entry in columns.settings_table]
    with np.errstate(all="ignore"):
        for node in range(output, -1, -1):
            sources = columns.parents_of(node)
            if live[node] is None or not sources:
                continue
            args = tuple(values[source] for source in sources)
            call = _Call(columns.row(node), values[node], args, settings[columns.settings[node]])
            for slot, source in enumerate(sources):
                part = call.pulled(live[node], slot, numbers, looked)
                live[source] = part if live[source] is None else live[source] | part
    return live


def has_nan(value: Any) -> bool:
    """Tell whether a number or an entry of an array is NaN; None and rationals hold none."""
    if value is None or type(value) is float:
        return value != value
    if not hasattr(value, "dtype"):
        return value != value  # type: ignore[no-any-return]  # a rational, or a float of NumPy
    if value.dtype.char in "fd":  # a sum of squares is NaN only where an entry is
        total = arrays().np.vdot(value, value)
        return bool(total != total)
    return bool((value != value).any())


class _Call:
    """An op on its arguments, through which masks are pulled back."""

    def __init__(self, row: Any, out: Any, args: tuple[Any, ...], settings: dict[str, Any]) -> None:
        self.row = row
        self.out = out
        self.args = args
        self.settings = settings

    def pulled(self, mask: Any, slot: int, numbers: FloatArithmetic, looked: Looked) -> Any:
        """Return which entries of an argument matter to the marked entries of the output."""
        shape = tuple(getattr(self.args[slot], "shape", ()))
        if isinstance(self.row, Elementwise):
            return _reduced(self._taken(mask, slot, numbers, looked), shape)
        return self._structural(mask, slot, shape, looked)

    def _taken(self, mask: Any, slot: int, numbers: FloatArithmetic, looked: Looked) -> Any:
        row = self.row
        chooses = row.selects if looked == "derivative" else slot in row.branches
        if not chooses:
            return mask
        partial = numbers.partial(row, slot, self.out, self.args, self.settings)
        return mask & arrays().np.not_equal(partial, 0)

    def _structural(self, mask: Any, slot: int, shape: Shape, looked: Looked) -> Any:
        m = arrays()
        row: Structural = self.row
        if not mask.any():
            return m.np.zeros(shape, dtype=bool)
        exact = row.selects and looked == "derivative"
        if not exact and (mask.all() or row.pushforward is not None):
            return m.np.ones(shape, dtype=bool)
        ones = tuple(m.np.ones(tuple(getattr(arg, "shape", ()))) for arg in self.args)
        args = self.args if exact else ones
        direction = mask.astype(float)
        pulled = row.pullback(m, direction, self.out, args, slot, **self.settings)
        return m.np.zeros(shape, dtype=bool) if pulled is None else m.np.not_equal(pulled, 0)


def _reduced(mask: Any, shape: Shape) -> Any:
    """Return a mask of the shape an argument had before it was repeated: any of its uses."""
    np = arrays().np
    lead = mask.ndim - len(shape)
    stretched = tuple(
        lead + at for at, length in enumerate(shape) if length == 1 != mask.shape[lead + at]
    )
    mask = np.any(mask, axis=stretched, keepdims=True) if stretched else mask
    return np.any(mask, axis=tuple(range(lead))) if lead else mask
