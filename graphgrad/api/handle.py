"""Compute with nodes in Python: operators on handles append to a tape."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from keyword import iskeyword
from math import prod
from numbers import Real
from typing import TYPE_CHECKING, Any

from graphgrad.api.array_value import shown_array
from graphgrad.api.numpy_words.choices import refusing
from graphgrad.api.numpy_words.looks import LOOKS, seeing
from graphgrad.api.numpy_words.methods import OVERRIDING, array_words
from graphgrad.api.numpy_words.of_tensors import (
    changed_since,
    cut_below,
    needs_no_gradient,
    shown_as_tensor,
    stands_on_tensors,
    without_graph,
)
from graphgrad.api.numpy_words.protocol import call_function, call_ufunc
from graphgrad.api.numpy_words.ufuncs import made, rounded, turned
from graphgrad.api.recording.ancestry import Ancestry, ancestry
from graphgrad.api.recording.freeze import freeze
from graphgrad.api.recording.operators import (
    QUIET,
    Operand,
    binary,
    made_are,
    power,
    reversed_binary,
    takes_one,
    unary,
)
from graphgrad.api.recording.pullback import adjoint_of, first_not_finite, pull_back, refuse_known
from graphgrad.api.recording.tape import Tape, open_tape, tapes_behind
from graphgrad.api.subscripts import as_python_counts, subscripted
from graphgrad.errors import (
    GraphgradError,
    NoGradientError,
    NotFiniteWarning,
    ShapeError,
    UsageError,
)
from graphgrad.graph import display
from graphgrad.graph.graph import Graph
from graphgrad.graph.kinds import Kind, kind_of
from graphgrad.messages.catalogue import Worded, near, near_names, quoted, text
from graphgrad.ops.evaluate import to_float
from graphgrad.ops.given import given
from graphgrad.ops.registry import ROWS, code_of, find, find_for, follow, of_one_array
from graphgrad.ops.row import Leaf as LeafRow
from graphgrad.ops.row import Row, Structural
from graphgrad.ops.shapes import shape_text

if TYPE_CHECKING:
    from graphgrad.api.handle_words import HandleWords as _Base  # a stub: methods made from rows
    from graphgrad.trace.trace import Trace
else:
    _Base = Operand

__all__ = ["Handle", "appended", "apply", "call_row", "warn_of"]

_MEANT = {
    **dict.fromkeys(("gradient", "gradients", "grads", "derivative", "adjoint"), "grad"),
    **dict.fromkeys(("gradiente", "derivada", "adjunto"), "grad"), "valor": "value",
    "forma": "shape", "nombre": "name",
}  # fmt: skip
"""What others call the attributes of a node."""
_PYTORCH = (("keepdim", "keepdims"), ("dim", "axis"))


class _Missing:
    """Say which attribute is not there; which is meant is looked for when someone reads it.

    Most who ask only want to know whether it is there.
    """

    def __init__(self, of: type, name: str) -> None:
        self.of, self.wanted = of, name

    def __str__(self) -> str:
        name, of = self.wanted, self.of
        said = f"{of.__name__!r} object has no attribute {name!r}"
        if name.startswith("_"):
            return said
        known = [own for own in dir(of) if not own.startswith("_")]
        hint = near_names([_MEANT[name]]) if name in _MEANT else near(name, known)
        told = text(hint.message_id, **hint.fields)
        return f"{said}.{told}" if told else said

    __repr__ = __str__


class Handle(_Base):
    """A node of a graph that is being built; arithmetic on it appends operations.

    ``value`` is computed when asked for, at the present values of the leaves, so it follows a later
    ``w.value = ...``. ``grad`` is the adjoint of the last backward pass that reached the node.
    """

    __slots__ = ()
    accumulates = False
    """Whether it is a tensor, whose gradient adds up; a leaf may be one."""

    def __init__(self, tape: Tape, node: int) -> None:
        self.tape = tape
        self.node = node
        self.shape = tape.kinds[node].shape

    def applied(self, op: str, *operands: Any, **settings: Any) -> Handle:
        """Append an op, whatever the operands are."""
        return apply(op, *operands, **settings)

    def of_tape(self, tape: Tape, node: int) -> Handle:
        """Return the handle of another node."""
        return Handle(tape, node)

    if not TYPE_CHECKING:  # a name that is not there stays an error of types

        def __getattr__(self, name: str) -> Any:
            """Tell which attribute is meant; private ones are what Python looks for."""
            raise AttributeError(_Missing(type(self), name))

    # ---- what it is ----

    def place(self) -> tuple[Tape, int]:
        """Return the tape the node stands on, and its number there."""
        assert self.tape is not None
        return self.tape, self.node

    @property
    def ndim(self) -> int:
        """Return the number of axes; 0 for a number."""
        return len(self.shape)

    @property
    def value(self) -> Any:
        """Return the value: a float, a float32 of NumPy, or a float array that is read-only."""
        tape, node = self.place()
        value = tape.value(node)
        return tape.shown(node, value) if tape.single and not self.shape else shown_array(value)

    @value.setter
    def value(self, _value: Any) -> None:
        raise UsageError("handle.assign", name=repr(self))

    @property
    def data(self) -> Any:
        """Return the value, under the name it has in micrograd and PyTorch."""
        return self.detach() if stands_on_tensors(self) else self.value

    @data.setter
    def data(self, value: Any) -> None:
        self.value = value

    @property
    def grad(self) -> Any:
        """Return the adjoint of the last backward pass that reached this node, None if none did."""
        tape, node = self.place()
        adjoint = adjoint_of(tape, node)
        if adjoint is not None and node not in tape.retained and stands_on_tensors(self):
            warnings.warn(text("handle.not_retained", node=repr(self)), UserWarning, stacklevel=2)
            return None
        return tape.shown(node, adjoint) if tape.single and not self.shape else shown_array(adjoint)

    @grad.setter
    def grad(self, _value: Any) -> None:
        raise UsageError("handle.assign", name=f"grad of {self!r}")

    def __repr__(self) -> str:
        tape, node = self.place()
        if stands_on_tensors(self):
            return shown_as_tensor(self.value, f"grad_fn=<{tape.kinds[node].row.name}>")
        shape, op = self.shape, tape.kinds[node].row.name
        shown = f"of shape {shape_text(shape)}" if shape else f"{self.value:.6g}"
        return f"<{op} {shown}>"

    def __format__(self, how: str) -> str:
        """Write the value where a format is asked for, as in f"{loss:.4f}"."""
        return format(self.value, how) if how and not self.shape else repr(self)

    def __float__(self, *_digits: Any) -> Any:
        if stands_on_tensors(self):  # PyTorch's words: the number alone
            return self.item()
        raise UsageError("handle.number", node=repr(self))

    __index__ = __complex__ = __trunc__ = __floor__ = __ceil__ = __float__

    def __int__(self) -> int:
        return int(self.__float__())

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle a handle with its tape; copies made together stay together."""
        tape, node = self.place()
        return _restored, (tuple(tapes_behind(tape)), node)

    def __bool__(self) -> bool:
        if stands_on_tensors(self):
            return bool(self.item())
        raise UsageError("handle.truth", node=repr(self))

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError(text("handle.no_length", node=repr(self)))
        return self.shape[0]

    def __iter__(self) -> Any:
        if not self.shape:
            raise TypeError(text("handle.no_length", node=repr(self)))
        return (self[index] for index in range(self.shape[0]))

    # ---- passes ----

    def backward(
        self,
        seed: Any = None,
        *,
        gradient: Any = None,
        retain_graph: bool | None = True,
        create_graph: bool = False,
    ) -> None:
        """Run the backward pass from this node and set ``grad`` on everything it reaches.

        Args:
            seed: the adjoint to start from, of this node's shape; 1 for a number.
            gradient: the same, as PyTorch calls it.
            retain_graph: ignored: what was recorded stays, as long as a handle holds it.
            create_graph: refused: ``grad`` holds numbers.

        Raises:
            ShapeError: if the node is an array and no seed is given, or the seed does not fit.
            NoGradientError: if it is computed from tensors, none of which has a gradient.
            UsageError: if a gradient was lost where a tensor below was changed in place.
        """
        if create_graph:
            raise UsageError("given.create_graph")
        cut = cut_below(self)
        if cut is not None:
            raise UsageError("given.cut", node=cut)
        if needs_no_gradient(self):
            raise NoGradientError("handle.no_gradient", node=repr(self))
        seed = gradient if seed is None else seed
        tape, node = self.place()
        shape = self.shape
        if seed is None:
            if shape == (1,) * len(shape) and shape and stands_on_tensors(self):
                pull_back(tape, node, to_float(given([1.0], "seed")).reshape(shape))
                return
            if shape:
                raise ShapeError("shape.backward", name=repr(self), shape=shape_text(shape))
            self._pulled(tape, node, 1.0)
            return
        seed = seed.value if isinstance(seed, Handle) else seed
        seed = to_float(given(seed, "seed"))
        got = tuple(getattr(seed, "shape", ()))
        if got != shape:
            raise ShapeError(
                "shape.leaf_value", name="seed", got=shape_text(got), expected=shape_text(shape)
            )
        self._pulled(tape, node, seed)

    def _pulled(self, tape: Tape, node: int, seed: Any) -> None:
        """Run the pass; say where it leaves the finite numbers, about which PyTorch is silent."""
        pull_back(tape, node, seed)
        if stands_on_tensors(self):
            leaf = changed_since(self)
            if leaf is not None:
                told = text("given.changed_since", leaf=quoted(leaf))
                warnings.warn(told, UserWarning, stacklevel=3)
            return
        error = first_not_finite(tape, node)
        if error is not None:
            warn_of(error, stacklevel=4)

    def graph(self, names: Mapping[str, Any] | None = None, *, loss: bool = True) -> Graph:
        """Return the graph of everything this node is computed from.

        Args:
            names: variables to take names from, such as ``globals()``; operations that have a name
                become lines, the others join the line that uses them.
            loss: whether a number counts as the loss.
        """
        whole = ancestry(*self.place())
        given = _given_names(whole, {} if names is None else names)
        return freeze(whole, given, fold=names is not None, loss=loss)

    def trace(self, names: Mapping[str, Any] | None = None) -> Trace:
        """Return one forward and backward pass over the graph of this node."""
        from graphgrad.autodiff.record import record

        return record(self.graph(names))

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return display.mimebundle(self, **options)

    # ---- operators ----

    if not TYPE_CHECKING:  # the stub says what they give
        __add__, __radd__ = binary("add"), reversed_binary("add")
        __sub__, __rsub__ = binary("sub"), reversed_binary("sub")
        __mul__, __rmul__ = binary("mul"), reversed_binary("mul")
        __truediv__, __rtruediv__ = binary("div"), reversed_binary("div")
        __matmul__, __rmatmul__ = binary("matmul"), reversed_binary("matmul")
        __rpow__ = reversed_binary("pow")
        __gt__, __lt__ = binary("greater"), binary("less")
        __ge__, __le__ = binary("greater_equal"), binary("less_equal")
        __neg__, __abs__ = unary("neg"), unary("abs")

    def __pow__(self, exponent: Any, modulo: Any = None) -> Handle:
        if modulo is not None:
            raise UsageError("handle.operator")
        if isinstance(exponent, Real):
            made: Handle = power(self, int(exponent) if exponent is True else exponent)
            return made
        return apply("pow", self, exponent)

    def __pos__(self) -> Handle:
        return self

    def __getitem__(self, key: Any) -> Handle:
        picked: Handle = subscripted(apply, self, key)
        return picked

    def __setitem__(self, key: Any, value: Any) -> None:
        """Refuse to change entries, which would leave the graph as it is.

        Raises:
            UsageError: with what to write instead.
        """
        raise UsageError("handle.assigned", node=repr(self))

    def __delitem__(self, key: Any) -> None:
        """Refuse it alike."""
        self[key] = None

    def __eq__(self, other: object) -> Handle:  # type: ignore[override]  # a node, not a bool
        """Return a node that is 1 where both are equal; with what is no number, False."""
        return apply("equal", self, other) if _is_operand(other) else NotImplemented

    def __ne__(self, other: object) -> Handle:  # type: ignore[override]
        """Return a node that is 1 where both differ; with what is no number, True."""
        return apply("not_equal", self, other) if _is_operand(other) else NotImplemented

    __hash__ = object.__hash__

    def __xor__(self, _other: Any) -> Any:
        raise UsageError("handle.caret")

    def __lshift__(self, *_other: Any) -> Any:
        raise UsageError("handle.operator")

    __rshift__ = __lshift__
    __rxor__ = __xor__

    if not TYPE_CHECKING:
        __mod__, __rmod__ = binary("mod"), reversed_binary("mod")
        __floordiv__, __rfloordiv__ = made("floor_divide"), turned("floor_divide")
        __divmod__, __rdivmod__ = made("divmod"), turned("divmod")
        __and__, __rand__ = made("logical_and"), turned("logical_and")
        __or__, __ror__ = made("logical_or"), turned("logical_or")
        __invert__ = made("logical_not")

    def __round__(self, digits: int | None = None) -> Handle:
        """Return the nearest whole number, or the nearest with so many digits, as a node."""
        found: Handle = rounded(self, 0 if digits is None else digits)
        return found

    # ---- methods NumPy users expect ----

    @property
    def T(self) -> Handle:  # noqa: N802  # NumPy's name
        """Return the transpose."""
        return apply("transpose", self)

    def transpose(self, *axes: Any) -> Handle:
        """Return the array with its axes exchanged: reversed, in an order, or two of them."""
        if len(axes) == 2 and (self.ndim > 2 or stands_on_tensors(self)):
            swapped = list(range(self.ndim))
            first, second = (int(axis) for axis in axes)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            return apply("transpose", self, axes=tuple(swapped))
        order = axes[0] if len(axes) == 1 and not isinstance(axes[0], int) else axes
        reversed_ = order is None or (isinstance(order, tuple | list) and not order)
        return apply("transpose", self, **({} if reversed_ else {"axes": order}))

    def reshape(self, *shape: Any, **order: Any) -> Handle:
        """Return the same entries in another shape; ``order="F"`` reads them column by column."""
        if order:
            import numpy as np

            taken = shape[0] if len(shape) == 1 else shape
            turned_round: Handle = refusing("reshape", np.reshape)(self, taken, **order)
            return turned_round
        return apply("reshape", self, shape=shape[0] if len(shape) == 1 else shape)

    view = reshape

    def item(self) -> float:
        """Return the value of a number as a float."""
        if prod(self.shape) != 1:
            raise UsageError("handle.item", node=repr(self), count=prod(self.shape))
        value = self.value
        return value if isinstance(value, float) else float(value.item())

    # ---- NumPy's protocols ----

    def __array_ufunc__(self, ufunc: Any, method: str, *args: Any, **options: Any) -> Any:
        return call_ufunc(apply, ufunc, method, args, options)

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Any:
        return call_function(apply, function, args, options)

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        """Let a number stand in an array of objects, as in np.mean([a, b]); refuse all else."""
        if self.shape or dtype not in (None, object):
            raise UsageError("handle.array", node=repr(self))
        import numpy as np

        holder = np.empty((), dtype=object)
        holder[()] = self
        return holder


made_are(Handle)


def _offer(row: Row, *, known: bool) -> None:
    """Offer the function of a row as a method, ``x.relu()``, or no longer."""
    if row.variadic or isinstance(row, LeafRow):
        return
    for name in (row.name, *row.aliases):
        own = vars(Handle).get(name)
        if known and own is None and not name.startswith("_"):
            setattr(Handle, name, _method(row, find_for(name, 1) or row))
        elif not known and getattr(own, "row", None) is row:
            delattr(Handle, name)


def _method(row: Row, of_array: Row) -> Callable[..., Any]:
    """Return the function of a row as a method, and of the one that is meant without operands."""
    of_one = unary(row.name) if takes_one(row) else None

    def method(*args: Any, **settings: Any) -> Handle:
        if of_one is not None and len(args) == 1:
            made: Handle = of_one(args[0], **settings)
            return made
        return call_row(of_array if len(args) == 1 else row, args, settings)

    method.row = row  # type: ignore[attr-defined]  # to know it again
    method.__name__, method.__doc__ = row.name, row.doc
    return method


def apply(op: str, *operands: Any, **settings: Any) -> Handle:
    """Append an op, by row name, on handles, numbers and arrays.

    Raises:
        ShapeError: if the shapes do not fit.
        UsageError: if an operand is none of these, or their number is wrong.
    """
    code = code_of(op)
    row = ROWS[code]
    if row.variadic and len(operands) == 1 and isinstance(operands[0], list | tuple):
        operands = tuple(operands[0])  # gg.stack([a, b]), as in NumPy and PyTorch
    if not operands if row.variadic else len(operands) != len(row.arguments):
        raise UsageError(
            "op.argument_count",
            op=op,
            expected=len(row.arguments),
            arguments=", ".join(row.arguments),
            got=len(operands),
            hint=_hint(op, len(operands)),
        )
    operands = tuple([one if isinstance(one, Handle) else _stacked(one) for one in operands])
    tape = _tape_for(operands)
    parents = [_node_on(tape, operand, op) for operand in operands]
    shapes = tuple([tape.kinds[parent].shape for parent in parents])
    if op == "index" and "key" in settings:
        settings["key"] = as_python_counts(settings["key"], shapes[0])
        if not settings["key"]:
            raise UsageError("handle.subscript", got=())
    for spelled, name in _PYTORCH:
        if spelled in settings and name not in settings:
            settings[name] = settings.pop(spelled)
    for name, value in settings.items():
        if isinstance(value, Handle):
            hint = _hint_of_several(row)
            raise UsageError("setting.is_node", op=op, name=name, got=quoted(value), hint=hint)
    try:
        kind = kind_of(code, shapes, settings)
    except ShapeError as error:
        raise _counted_from_0(error) from None
    made = Handle(tape, tape.append(kind, parents))
    return made if not QUIET else without_graph(made)


def appended(kind: Kind, operands: list[Any]) -> Handle:
    """Append an op of which all is known on handles, numbers and arrays."""
    tape = _tape_for(tuple(operands))
    parents = [_node_on(tape, operand, kind.row.name) for operand in operands]
    return Handle(tape, tape.append(kind, parents))


def _hint(op: str, got: int) -> Worded | str:
    """Return what is called for all entries of one array where an op of two values is called."""
    of_array = of_one_array(op) if got == 1 else ""
    return Worded("source.of_one_array", op=f"gg.{of_array}") if of_array else ""


def _hint_of_several(row: Row) -> Worded | str:
    """Return what is called with several values where an op of one array is given a second."""
    other = find_for(row.name, 2) or row
    form = "gg.{}(a, b)" if other is not row else "gg.{}(gg.stack(a, b))"
    reduces = isinstance(row, Structural) and "axes" in (one.kind for one in row.settings)
    return Worded("source.of_two", form=form.format(other.name)) if reduces else ""


def warn_of(error: GraphgradError, *, stacklevel: int) -> None:
    """Warn of what is not finite: values and gradients are there, and mean nothing."""
    told = text("handle.not_finite", what=Worded(error.message_id, **error.fields))
    warnings.warn(told, NotFiniteWarning, stacklevel=stacklevel)


def _restored(tapes: tuple[Tape, ...], node: int) -> Handle:
    """Return a handle that was copied or pickled with all tapes behind it."""
    return Handle(tapes[-1], node)


def _given_names(whole: Ancestry, names: Mapping[str, Any]) -> dict[int, str]:
    """Map nodes to the variables that hold their handles; the first variable wins."""
    found: dict[int, str] = {}
    if not isinstance(names, Mapping):
        raise UsageError(
            "door.argument", verb="graph", argument="names", got=quoted(names),
            kind=type(names).__name__, expected=Worded("door.mapping"),
        )  # fmt: skip
    variables = "__name__" in names  # globals() of a module may well hold a variable named mean
    for name, value in names.items():
        if not isinstance(name, str):
            raise UsageError("name.invalid", got=name)
        node = None
        if getattr(value, "anonymous", False) is True and isinstance(value, Handle):
            value.name = name  # type: ignore[attr-defined]  # a leaf has one
        if _is_computed(value) and not name.startswith("_"):
            node = whole.number(*value.place())
        if node is not None:
            if not name.isidentifier() or iskeyword(name):
                raise UsageError("name.invalid", got=name)
            if not variables and find(name) is not None:
                raise UsageError("name.function", got=name)
            found.setdefault(node, name)
    return found


def call_row(row: Row, operands: tuple[Any, ...], settings: dict[str, Any]) -> Handle:
    """Append an op on operands followed by settings by position, as the functions of `gg` do."""
    operands = operands if row.variadic else _with_named(row, operands, settings)
    count = len(operands) if row.variadic else len(row.arguments)
    for setting, value in zip(row.settings, operands[count:], strict=False):
        settings[setting.name] = value
    extra = len(operands) - count > len(row.settings)
    made = apply(row.name, *(operands if extra else operands[:count]), **settings)
    if row.name in ("one_hot", "target"):  # its settings are known to be right by now
        complete = {setting.name: setting.default for setting in row.settings} | settings
        refuse_known(row.name, complete, row.arguments[0], operands[0])
    return made


def _with_named(
    row: Row, operands: tuple[Any, ...], settings: dict[str, Any]
) -> tuple[Any, ...]:  # fmt: skip
    """Return the operands with those that are given by name, as in gg.clip(x, low=0, high=1)."""
    missing = row.arguments[len(operands) :]
    if not missing or not all(name in settings for name in missing):
        return operands
    return (*operands, *(settings.pop(name) for name in missing))


def _stacked(operand: Any, within: tuple[int, ...] = ()) -> Any:
    """Return a list that holds nodes as the array of them; anything else as it is."""
    objects = getattr(getattr(operand, "dtype", None), "char", "") == "O" and operand.shape
    if not (isinstance(operand, list | tuple) or objects):
        return operand
    if id(operand) in within:
        raise UsageError("given.ragged", name="stack", got=quoted(operand))
    parts = [_stacked(part, (*within, id(operand))) for part in operand]
    return apply("stack", *parts, axis=0) if any(isinstance(p, Handle) for p in parts) else operand


def _counted_from_0(error: ShapeError) -> ShapeError:
    """Return the error of a subscript as Python counts; rows tell it as files do."""
    got = error.fields.get("got")
    if error.message_id != "shape.subscript" or not isinstance(got, int):
        return error
    limit = error.fields["limit"]
    return ShapeError("handle.subscript_range", got=got - 1, length=limit, last=limit - 1)


def _is_operand(other: object) -> bool:
    """Tell whether something can be compared entry by entry with a node."""
    return isinstance(other, Handle | Real | list | tuple) or hasattr(other, "dtype")


def _is_computed(one: Any) -> bool:
    """Tell whether something is a node on a tape: leaves stand on every tape that uses them."""
    return type(one) is Handle or (isinstance(one, Handle) and one.tape is not None)


def _tape_for(operands: tuple[Any, ...]) -> Tape:
    """Return the tape for an op on these: the youngest of theirs, or one that is younger."""
    youngest: Tape | None = None
    for operand in operands:
        if _is_computed(operand):
            tape, _ = operand.place()
            if youngest is None or tape.number > youngest.number:
                youngest = tape
    if youngest is not None and len(youngest.kinds) < youngest.limit:
        return youngest
    return open_tape(youngest)


def _node_on(tape: Tape, operand: Any, op: str) -> int:
    if _is_computed(operand):
        other, node = operand.place()
        return node if other is tape else tape.link(other, node)
    if isinstance(operand, Handle):
        leaf: Any = operand
        return tape.leaf(leaf)
    value = given(operand, op, booleans=True)
    value = float(value) if isinstance(value, float) else value  # a number of a formula has none
    return tape.constant(value, tuple(getattr(value, "shape", ())))


follow(_offer)
for _name, _word in array_words().items():
    if _name not in vars(Handle):
        setattr(Handle, _name, _word)
for _name, _word in {"transpose": Handle.transpose, **OVERRIDING}.items():
    setattr(Handle, _name, refusing(_name, _word))
for _name in LOOKS:
    _word = getattr(Handle, _name, None)
    if isinstance(_word, property):
        _getter: Any = _word.fget
        setattr(Handle, _name, property(seeing(_name, _getter)))
    elif _word is not None:
        setattr(Handle, _name, seeing(_name, _word))
