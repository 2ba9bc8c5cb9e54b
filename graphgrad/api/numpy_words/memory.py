"""Let tensors stand in one memory where PyTorch's do: what changes in one changes in all of them.

``x[0]``, ``x.T``, ``x.view(-1)`` and ``x.detach()`` are views. Numbers here are never written over,
for a graph may have read them: a change makes a new memory, and all that stand in it read it anew.
What was computed with a gradient is changed by computing: each view becomes another node.

Source: the reference of PyTorch 2.13, Tensor Views, and the autograd notes on changes in place.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any, NamedTuple
from weakref import WeakValueDictionary

from graphgrad.api.numpy_words.moves import picked
from graphgrad.api.numpy_words.of_tensors import MAKERS
from graphgrad.api.recording.operators import recording
from graphgrad.api.recording.replay import parents_of
from graphgrad.api.recording.tape import Link
from graphgrad.errors import InPlaceError
from graphgrad.messages.catalogue import quoted
from graphgrad.ops.row import Elementwise, Leaf

__all__ = [
    "Seat", "apart", "become_node", "change_node", "change_seen_leaf", "in_order", "is_there",
    "lose", "placed_in", "put", "renumbered", "share", "spread", "stands_in",
]  # fmt: skip

_numbers = count()


class Seat(NamedTuple):
    """Where a tensor stands: its first entry, and the steps from entry to entry along its axes.

    The first entry is -1 where it is not known whether PyTorch would have made a copy. Who was made
    of whom by views has one origin, and gradients pass between them; to what was detached, numbers
    alone.
    """

    memory: Memory
    offset: int
    strides: tuple[int, ...]
    origin: object


class Memory:
    """What a tensor and its views share.

    Attributes:
        ground: as long as the memory; only its addresses are looked at.
        whole: the tensor, or the node, of which all others are views.
        computed: whether it is a node, whose numbers follow from others.
        members: who stands here.
        kept: a gradient, which lives as long as its views do.
        turned: whether its entries may stand otherwise than row after row.
    """

    __slots__ = ("computed", "ground", "kept", "members", "turned", "whole")

    def __init__(self, tensor: Any) -> None:
        import numpy as np

        self.ground = np.empty(max(1, _size(tensor.shape)), dtype=np.uint8)
        self.members: WeakValueDictionary[int, Any] = WeakValueDictionary()
        self.computed = tensor.tape is not None
        self.turned = _is_turned(tensor)
        self.kept = tensor if getattr(tensor, "part", "") == "grad" else None
        self.whole: Any = tensor.of_tape(*tensor.place()) if self.computed else None
        if not self.computed:
            self.whole = np.ravel(tensor.floats())

    def others(self, member: Any) -> list[Any]:
        """Return who stands here beside one."""
        return [one for one in self.members.values() if one is not member and stands_in(one, self)]


def _size(shape: tuple[int, ...]) -> int:
    found = 1
    for length in shape:
        found *= length
    return found


def stands_in(tensor: Any, memory: Memory | None) -> bool:
    """Tell whether a tensor stands in a memory."""
    seat = getattr(tensor, "seat", None)
    return seat is not None and seat.memory is memory


def _seated(tensor: Any) -> Seat:
    """Return the seat of a tensor; one that has none gets a memory of its own."""
    seat: Seat | None = getattr(tensor, "seat", None)
    if seat is None:
        strides, step = [], 1
        for length in reversed(tensor.shape):
            strides.append(step)
            step *= length
        seat = tensor.seat = Seat(Memory(tensor), 0, tuple(reversed(strides)), object())
        seat.memory.members[next(_numbers)] = tensor
    return seat


def _at(seat: Seat, shape: tuple[int, ...], numbers: Any) -> Any:
    """Return the entries of a memory's numbers where a tensor stands, as a view of them."""
    from numpy.lib.stride_tricks import as_strided

    steps = tuple(step * numbers.itemsize for step in seat.strides)
    return as_strided(numbers[seat.offset :], shape, steps)


def _places(seat: Seat, shape: tuple[int, ...]) -> Any:
    import numpy as np

    return _at(seat, shape, np.arange(seat.memory.ground.size))


def share(
    made: Any, source: Any, look: Callable[[Any], Any], *, folds: bool = False, apart: bool = False
) -> None:
    """Let a tensor stand where a function looks at another one's memory, if that is a view.

    Args:
        made: what has the numbers of the view already.
        source: what it is a view of.
        look: NumPy's way to the view; a copy shares nothing.
        folds: whether axes are joined or cut, which is a copy where entries stand otherwise.
        apart: whether no gradient passes between the two.
    """
    import numpy as np

    if made is source or not hasattr(made, "place") or 0 in source.shape or 0 in made.shape:
        return
    seat = _seated(source)
    origin = object() if apart else seat.origin
    if seat.offset < 0 or (folds and seat.memory.turned):
        made.seat = Seat(seat.memory, -1, (), origin)
        seat.memory.members[next(_numbers)] = made
        return
    ground = seat.memory.ground
    seen = look(_at(seat, source.shape, ground))
    if seen is None or not np.may_share_memory(seen, ground) or seen.shape != made.shape:
        made.seat = None
        return
    offset = seen.__array_interface__["data"][0] - ground.__array_interface__["data"][0]
    made.seat = Seat(seat.memory, offset, seen.strides, origin)
    seat.memory.members[next(_numbers)] = made


def in_order(tensor: Any) -> bool:
    """Tell whether a tensor's entries stand in memory row after row."""
    seat = getattr(tensor, "seat", None)
    if seat is None:
        return not _is_turned(tensor)
    if seat.memory.turned or seat.offset < 0 or 0 in tensor.shape:
        return not seat.memory.turned
    return _is_row_by_row(_places(seat, tensor.shape))


def _is_row_by_row(places: Any) -> bool:
    flat = places.ravel()
    return bool((flat == range(flat[0], flat[0] + flat.size)).all())


def apart(tensor: Any) -> Any:
    """Return a copy, which shares nothing."""
    if tensor.tape is None and not tensor.requires_grad:
        return MAKERS["floats"](tensor.value)
    return tensor.applied("identity", tensor)


def placed_in(tensor: Any) -> None:
    """Refuse to change a tensor of which several entries are one, as after ``expand``.

    Raises:
        InPlaceError: with what to write instead.
    """
    if tensor.seat is not None:
        _refuse_expanded(tensor)


def spread(tensor: Any) -> None:
    """Let all that stand in the memory of a leaf read its new numbers."""
    import numpy as np

    memory = tensor.seat.memory
    others = memory.others(tensor)
    nodes = [one for one in others if one.tape is not None]
    if memory.computed and nodes:  # it was detached from them: they get numbers alone
        found = np.array(memory.whole.value).ravel()
        _at(tensor.seat, tensor.shape, found)[...] = tensor.floats()
        with recording():
            memory.whole = renumbered(memory.whole.reshape(-1), found)
            _look_again(tensor.seat, others, passes=False)
        return
    if memory.computed:  # the nodes that stood here are gone
        memory.computed, memory.whole = False, np.ravel(memory.whole.value)
    memory.whole = np.array(memory.whole)
    _at(tensor.seat, tensor.shape, memory.whole)[...] = tensor.floats()
    leaves = [one for one in others if one.tape is None]
    for one in leaves:
        _take(one, _at(one.seat, one.shape, memory.whole), tensor.cut)
    for one in nodes:
        with recording():
            _become(one, _seen_again(one, [tensor, *leaves]))


def renumbered(node: Any, numbers: Any) -> Any:
    """Return a node with other numbers, whose gradient goes to what the node is made of."""
    return numbers + (node - node.applied("stop_gradient", node))


def _seen_again(view: Any, leaves: list[Any]) -> Any:
    """Return the node of a view of a leaf that has changed: it reads the leaf anew."""
    import numpy as np

    wanted = _places(view.seat, view.shape)
    for leaf in leaves:
        own = _places(leaf.seat, leaf.shape)
        if leaf.requires_grad and np.isin(wanted, own).all():
            order = own.ravel().argsort()
            found = order[own.ravel()[order].searchsorted(wanted)]
            return picked(leaf, found)
    return view


def _take(leaf: Any, numbers: Any, cut: Any) -> None:
    """Give a leaf other numbers, without a word to those that stand beside it."""
    import numpy as np

    leaf.renumber(np.array(numbers) if leaf.shape else float(numbers))
    leaf.cut = cut or leaf.cut


def _become(handle: Any, node: Any) -> None:
    """Let a handle stand for another node of the same shape."""
    node = node if node.tape is not None else node.applied("identity", node)
    handle.tape, handle.node = node.place()


def lose(leaf: Any, cut: str) -> None:
    """Note on a leaf, and on all that share its memory, what brought a gradient that is lost."""
    for one in [leaf] if leaf.seat is None else [leaf, *leaf.seat.memory.others(leaf)]:
        if one.tape is None:
            one.cut = cut


def change_node(handle: Any, made: Any) -> Any:
    """Let what was computed become something else, and all that stand in its memory with it.

    Args:
        handle: what is changed in place.
        made: the node that it becomes, of its shape.

    Returns:
        the handle.
    """
    seat = getattr(handle, "seat", None)
    others = seat.memory.others(handle) if seat is not None else []
    if seat is not None:
        _refuse_expanded(handle)
    if seat is None or not others:
        handle.seat = None
        _become(handle, made)
        return handle
    if any(one.tape is None and one.requires_grad for one in others):
        raise InPlaceError("given.recorded")  # autograd does not let views of leaves be changed
    _compute(seat.memory, seat, made)
    _become(handle, made)
    _look_again(seat, others)
    return handle


def change_seen_leaf(view: Any, numbers: Any) -> bool:
    """Change the numbers of a leaf that a node is a view of, and the node with them.

    Returns:
        whether there is such a leaf.
    """
    import numpy as np

    seat: Any = getattr(view, "seat", None)
    for leaf in seat.memory.others(view) if seat is not None else ():
        if leaf.tape is not None or not leaf.requires_grad:
            continue
        _refuse_expanded(view)
        own, wanted = _places(leaf.seat, leaf.shape), _places(seat, view.shape)
        if np.isin(wanted, own).all():
            memory = np.zeros(seat.memory.ground.size)
            memory[own] = leaf.floats()
            memory[wanted] = numbers
            leaf.value = memory[own]
            return True
    return False


def become_node(leaf: Any, made: Any) -> Any:
    """Let a tensor without a gradient become a node, and all that stand in its memory with it.

    Args:
        leaf: the tensor.
        made: the node, of its shape.

    Returns:
        the tensor.
    """
    seat = leaf.seat
    if seat is not None:
        _refuse_expanded(leaf)
        _refuse_others(leaf)
        _compute(seat.memory, seat, made)
    made = made if made.tape is not None else made.applied("identity", made)
    MAKERS["computed"](leaf, made)
    if seat is not None:
        _look_again(seat, seat.memory.others(leaf))
    return leaf


def _compute(memory: Memory, seat: Seat, made: Any) -> None:
    """Let a memory's node have other entries where a tensor stands."""
    places = _places(seat, made.shape)
    whole = places.size == memory.ground.size and _is_row_by_row(places)
    if not (memory.computed or whole):
        before = MAKERS["floats"](memory.whole)
        memory.whole = before.applied("identity", before)
    memory.computed = True
    memory.whole = made if whole else put(memory.whole.reshape(-1), places, made)


def _refuse_others(tensor: Any) -> None:
    """Refuse what has a gradient in the memory of a node from which a tensor was detached.

    Raises:
        InPlaceError: with what to write instead.
    """
    seat = tensor.seat
    for one in seat.memory.others(tensor):
        if one.tape is not None and one.seat.origin is not seat.origin:
            raise InPlaceError("given.view_of_node", node=quoted(one))


def _look_again(seat: Seat, members: list[Any], *, passes: bool = True) -> None:
    """Let all that stand in a memory see what its node is now.

    Tensors of the same origin become nodes too; those that have a gradient of their own, and those
    from which this one was detached, get the numbers.

    Args:
        seat: where something changed.
        members: who stands beside it.
        passes: whether it has a gradient now.
    """
    memory = seat.memory
    for one in members:
        places = _places(one.seat, one.shape)
        row_by_row = _is_row_by_row(places) and places.size == memory.ground.size
        same = row_by_row and one.shape == memory.whole.shape
        view = memory.whole if same else picked(memory.whole.reshape(-1), places)
        if one.tape is not None:
            _become(one, view)
        elif passes and one.seat.origin is seat.origin and one.follows and not one.requires_grad:
            MAKERS["computed"](one, view.applied("identity", view))
        else:
            _take(one, view.value, None)


def is_there(tensor: Any, key: Any, new: Any) -> bool:
    """Tell whether what is put into a tensor is its own view at that place.

    Python reads ``x[0] += 1`` as a view, its change in place, and ``x[0] = view``.
    """
    seat = getattr(tensor, "seat", None)
    if seat is None or not hasattr(new, "place") or not stands_in(new, seat.memory):
        return False
    wanted = _places(seat, tensor.shape)[key]
    own = _places(new.seat, new.shape)
    return bool(wanted.shape == own.shape and (wanted == own).all())


def _refuse_expanded(tensor: Any) -> None:
    """Refuse to change entries of which several share one place, or whose place is not known.

    Raises:
        UsageError: as after ``expand``.
    """
    seat = tensor.seat
    if any(one.seat.offset < 0 for one in [tensor, *seat.memory.others(tensor)]):
        raise InPlaceError("given.unsure_view", node=quoted(tensor))
    if any(step == 0 and n > 1 for step, n in zip(seat.strides, tensor.shape, strict=True)):
        raise InPlaceError("given.expanded", node=quoted(tensor))


def put(own: Any, places: Any, new: Any) -> Any:
    """Return a node with other entries at some places, counted row by row.

    Args:
        own: the node.
        places: an array of places.
        new: a number, or what has an entry for each place, or fewer that are repeated.
    """
    import numpy as np

    at = np.asarray(places)
    mask = np.zeros(_size(own.shape))
    mask[at.ravel()] = 1
    shape = getattr(new, "shape", ())
    if not shape:
        return own.applied("where", mask.reshape(own.shape), new, own)
    while len(shape) > at.ndim and shape[0] == 1:
        new = new.reshape(shape[1:])
        shape = new.shape
    new = new if shape == at.shape else new.applied("broadcast", new, shape=at.shape)
    order = np.zeros(mask.size, dtype=int)
    order[at.ravel()] = np.arange(at.size)
    taken = picked(new.reshape(-1), order.reshape(own.shape))
    return taken if mask.all() else own.applied("where", mask.reshape(own.shape), taken, own)


_LONGEST_CHAIN = 64
"""Nodes that are looked at for what turned the order of their entries."""


def _is_turned(tensor: Any) -> bool:
    """Tell whether entries may stand in memory otherwise than row after row.

    PyTorch lets ``x.T * 2`` stand as ``x.T`` does; whether ``reshape`` copies depends on it.
    """
    if tensor.tape is None:
        return bool(tensor.turned)
    ahead, count = [tensor.place()], 0
    while ahead and count < _LONGEST_CHAIN:
        tape, node = ahead.pop()
        count += 1
        kind = tape.kinds[node]
        if kind.row.name in ("flip", "transpose"):
            return True
        if isinstance(kind.row, Elementwise):
            ahead += [(tape, parent) for parent in parents_of(tape, node)]
        elif isinstance(kind.row, Leaf):
            given = tape.given[tape.first[node]]
            if isinstance(given, Link):
                ahead.append((given.tape, given.node))
            elif hasattr(given, "turned") and not in_order(given):
                return True
    return False
