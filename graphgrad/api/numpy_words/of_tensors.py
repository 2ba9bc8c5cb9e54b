"""Methods in which PyTorch and NumPy differ: deviations, and the largest entries with their places.

A node that is computed from tensors follows PyTorch, every other one NumPy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from graphgrad.api.recording.ancestry import ancestry, tells_truth
from graphgrad.api.recording.operators import QUIET
from graphgrad.api.recording.tape import tapes_behind
from graphgrad.errors import ShapeError, UsageError
from graphgrad.ops.registry import find
from graphgrad.ops.shapes import shape_text

__all__ = [
    "MAKERS", "Largest", "changed_since", "chosen", "cut_below", "deviating", "largest",
    "largest_few", "median", "needs_no_gradient", "of_the_largest", "ordered", "repeated", "retain",
    "settled", "shown_as_tensor", "stands_on_tensors", "without_graph",
]  # fmt: skip

_LARGEST = ("max", "min")
MAKERS: dict[str, Callable[..., Any]] = {}
"""What makes a tensor of ``floats`` and of ``whole`` numbers; filled in where tensors are."""


def of_the_largest(handle: Any, name: str) -> Any:
    """Return the two parts that PyTorch gives for the largest entries along an axis."""
    tape, node = handle.place()
    kind = tape.kinds[node]
    if kind.row.name not in _LARGEST or len(kind.settings["axis"]) != 1:
        message = f"'{type(handle).__name__}' object has no attribute {name!r}"
        raise AttributeError(message, name=name, obj=handle)
    if name == "values":
        return handle
    of = type(handle)(tape, tape.first[node]) if kind.row.name == "max" else None
    of = -type(handle)(tape, tape.first[node]) if of is None else of
    [axis] = kind.settings["axis"]
    found = of.argmax(axis)
    return found.reshape(handle.shape) if kind.settings["keepdims"] else found


def stands_on_tensors(handle: Any) -> bool:
    """Tell whether a node is computed from tensors: then PyTorch's defaults hold, not NumPy's."""
    if handle.accumulates:
        return True
    tape, node = handle.place()
    near = [leaf.accumulates for one in tapes_behind(tape) for _, leaf in one.placed]
    if all(near) or not any(near):
        return bool(near) and near[0]
    # Tensors and other leaves stand on these tapes: what matters is below the node.
    return any(leaf.accumulates for leaf in ancestry(tape, node).leaves.values())


def needs_no_gradient(handle: Any) -> bool:
    """Tell whether a node is a tensor, or computed from tensors, of which none has a gradient."""
    if not stands_on_tensors(handle):
        return False
    if handle.tape is None:
        return bool(handle.op != "param")
    tape, _ = handle.place()
    given: Any = ((one.kinds[at], leaf) for one in tapes_behind(tape) for at, leaf in one.placed)
    return not any(leaf.op == "param" and not kind.fixed for kind, leaf in given)


def cut_below(handle: Any) -> Any:
    """Return what was put into a tensor below a node though a gradient passes through it, or None.

    PyTorch would follow that gradient; tensors hold numbers alone, so the pass would be wrong.
    """
    tape, node = handle.place()
    near = (leaf for one in tapes_behind(tape) for _, leaf in one.placed)
    if not any(getattr(leaf, "cut", None) for leaf in near):
        return None
    below = (getattr(leaf, "cut", None) for leaf in ancestry(tape, node).leaves.values())
    return next((cut for cut in below if cut is not None), None)


def changed_since(handle: Any) -> Any:
    """Return a leaf that was changed after a node was computed from it, or None.

    Only one that the last pass came to, and whose numbers it has read: those of ``3*w`` it has not.
    """
    tape, node = handle.place()
    near: list[Any] = [leaf for one in tapes_behind(tape) for _, leaf in one.placed]
    late = {id(leaf): leaf for leaf in near if getattr(leaf, "reached", False)}
    for leaf in late.values():
        leaf.reached = False
    if not late:
        return None
    whole = ancestry(tape, node)
    for at, found in whole.leaves.items():
        leaf = late.get(id(found))
        if leaf is not None and leaf.leaf is not None and _is_read(whole, at):
            return leaf.leaf
    return None


_LINEAR = frozenset(
    {"broadcast", "concat", "cumsum", "diag", "flip", "gather", "identity", "index", "mean", "pad",
     "repeat", "reshape", "roll", "scatter_add", "scatter_at", "stack", "sum", "tile", "trace",
     "transpose", "tril", "triu", "windows", "fold"}
)  # fmt: skip
"""Rows beside those of constant partials that hand a gradient back without a look at numbers."""
_PRODUCTS = frozenset({"dot", "matmul", "mul", "outer"})
"""Rows that look at one factor to hand a gradient to the other."""


def _is_read(whole: Any, leaf: int) -> bool:
    """Tell whether a backward pass to what has a gradient reads the numbers of a leaf."""
    columns = whole.columns
    wanted = bytearray(len(columns))
    for node, kind in enumerate(columns.kinds()):
        parents = columns.parents_of(node)
        if not parents:
            wanted[node] = node in whole.leaves and whole.leaves[node].op == "param"
            continue
        wanted[node] = any(wanted[parent] for parent in parents)
        if leaf not in parents or kind.row.name in _LINEAR:
            continue
        if kind.row.name in _PRODUCTS:
            if any(wanted[p] for at, p in enumerate(parents) if parents[1 - at] == leaf):
                return True
        elif not kind.partials or any(constant is None for constant in kind.constants):
            return True
    return False


def retain(handle: Any) -> None:
    """Let a tensor that was computed show its gradient, as PyTorch's do when asked."""
    if handle.tape is not None:
        tape, node = handle.place()
        tape.retained.add(node)


def without_graph(found: Any) -> Any:
    """Return what was computed from tensors as one that no gradient reaches; others as they are."""
    if isinstance(found, list | tuple) and hasattr(found, "_fields"):
        return type(found)(*map(without_graph, found))
    if isinstance(found, list | tuple):
        return type(found)(map(without_graph, found))
    if getattr(found, "tape", None) is None or not stands_on_tensors(found):
        return found
    tape, node = found.place()
    if tells_truth(tape, node):
        import numpy as np

        return MAKERS["whole"](np.asarray(found.value) != 0)
    return MAKERS["floats"](found.value)


def settled(found: Any, given: tuple[Any, ...]) -> Any:
    """Return what an operation made, as a tensor where nothing given has a gradient.

    Args:
        found: a node, several of them, or anything else, which stays as it is.
        given: what the operation was applied to.
    """
    if not QUIET and any(_has_gradient(one) for one in _nodes(given)):
        return found
    made = without_graph(found)
    cut = next((one.cut for one in _nodes(given) if getattr(one, "cut", None)), None)
    if cut is not None and not QUIET:
        for one in _nodes((made,)):
            one.cut = cut
    return made


def _nodes(given: Any) -> Iterator[Any]:
    for one in given:
        if hasattr(one, "place"):
            yield one
        elif isinstance(one, list | tuple):
            yield from _nodes(one)


def _has_gradient(node: Any) -> bool:
    """Tell whether a node has a gradient: what is computed has one, or would be a tensor."""
    return bool(node.requires_grad) if node.tape is None else True


def shown_as_tensor(value: Any, about: str) -> str:
    """Return a value as PyTorch prints one."""
    import numpy as np

    shown = np.array2string(np.asarray(value), precision=4, separator=", ", prefix="tensor(")
    return f"tensor({shown}{', ' if about else ''}{about})"


class Largest(NamedTuple):
    """What PyTorch gives for the largest or smallest entries along an axis."""

    values: Any
    indices: Any


def largest(op: str) -> Callable[..., Any]:
    """Return the method of the largest or smallest entries, as NumPy's or as PyTorch's."""
    row: Any = find(op)

    def method(handle: Any, *args: Any, **settings: Any) -> Any:
        for name, value in zip(("axis", "keepdims"), args, strict=False):
            settings[name] = value
        found = handle.applied(op, handle, **settings)
        along = settings.get("axis", settings.get("dim"))
        if along is None or not stands_on_tensors(handle):
            return found
        return Largest(found, of_the_largest(found, "indices"))

    method.__name__, method.__doc__ = op, row.doc
    return method


def deviating(name: str) -> Callable[..., Any]:
    """Return the method of variance or deviation, in the words of NumPy and of PyTorch."""

    def method(handle: Any, axis: Any = None, *more: Any, **settings: Any) -> Any:
        if more and (isinstance(more[0], bool) or len(more) > 1):
            raise UsageError("handle.unbiased", op=name)
        if "dim" in settings:
            axis = settings.pop("dim")
        said = more or {"ddof", "correction", "unbiased"} & set(settings)
        if not said and stands_on_tensors(handle):
            settings["ddof"] = 1
        keepdims = settings.pop("keepdims", settings.pop("keepdim", False))
        ddof = more[0] if more else settings.pop("ddof", settings.pop("correction", 0))
        ddof = int(settings.pop("unbiased")) if "unbiased" in settings else ddof
        return handle.applied(name, handle, axis=axis, ddof=ddof, keepdims=keepdims, **settings)

    return method


def ordered(handle: Any, axis: Any = -1, *, dim: Any = None, descending: bool = False) -> Any:
    """Return the entries in order; of tensors with the places that they had, as PyTorch does."""
    import numpy as np

    along = axis if dim is None else dim
    found = -np.sort(-handle, axis=along) if descending else np.sort(handle, axis=along)
    if not stands_on_tensors(handle):
        return found
    places = _in_order(handle, along, descending=descending)
    if np.isnan(handle.value).any():
        found = np.take_along_axis(handle, places, axis=along)
    return Largest(found, places)


def _in_order(handle: Any, axis: int, *, descending: bool = False) -> Any:
    """Return the places of entries in order; what is not a number is the largest, in PyTorch."""
    import numpy as np

    values = np.asarray(handle.value)
    nothing = np.isnan(values)
    known = np.where(nothing, 0.0, values)
    keys = (-known, ~nothing) if descending else (known, nothing)
    return np.lexsort(keys, axis=axis)  # the last key counts first


def largest_few(handle: Any, k: int, dim: int = -1) -> Largest:
    """Return the k largest entries along an axis, the largest first, and their places."""
    import numpy as np

    places = _in_order(handle, dim, descending=True)
    kept = np.take(places, range(k), axis=dim)
    return Largest(np.take_along_axis(handle, kept, axis=dim), kept)


def median(handle: Any, axis: Any = None, *, dim: Any = None, keepdims: bool = False) -> Any:
    """Return the middle entry; of an even count NumPy's mean of two, for tensors the lower one."""
    import numpy as np

    along = axis if dim is None else dim
    if not stands_on_tensors(handle):
        return np.median(handle, axis=along, keepdims=keepdims)
    flat = handle.reshape(-1) if along is None else handle
    at = -1 if along is None else along
    nothing = np.isnan(flat.value)
    middle = (flat.shape[at] - 1) // 2
    places = np.take(_in_order(flat, at), [middle], axis=at)
    lost = nothing.any(axis=at, keepdims=True)
    places = np.where(lost, np.argmax(nothing, axis=at, keepdims=True), places)
    found = np.take_along_axis(flat, places, axis=at)
    if along is None:
        return found.reshape(())
    return Largest(found.squeeze(along), np.squeeze(places, along))


def repeated(handle: Any, *times: Any, **options: Any) -> Any:
    """Return copies of a tensor side by side, as PyTorch does, or each entry several times."""
    import numpy as np

    if options or not stands_on_tensors(handle):
        return np.repeat(handle, *times, **options)
    sizes = times[0] if len(times) == 1 and not isinstance(times[0], int) else times
    if len(sizes) < handle.ndim:
        raise ShapeError("given.repeats", shape=shape_text(handle.shape), got=len(sizes))
    return np.tile(handle, tuple(sizes))


def chosen(handle: Any, *others: Any) -> Any:
    """Return the entries of a tensor where a condition holds; other nodes are the condition."""
    if stands_on_tensors(handle) and len(others) == 2:
        return handle.applied("where", others[0], handle, others[1])
    return handle.applied("where", handle, *others)
