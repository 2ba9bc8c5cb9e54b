"""Offer the rules of a framework what they build with: ops by name, rows of layers, folding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import prod
from typing import Any

from graphgrad.errors import LimitError
from graphgrad.graph.blocks import Block
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.emit import Ref
from graphgrad.graph.settings import complete_settings
from graphgrad.layers.apply import LayerEmitter, apply_layer
from graphgrad.layers.networks.attention_rows import FAR
from graphgrad.layers.registry import DOORS, LAYERS
from graphgrad.layers.settings import complete
from graphgrad.ops.evaluate import arithmetic
from graphgrad.ops.registry import code_of
from graphgrad.ops.registry import row as op_row

__all__ = ["Space", "bounded"]

_MOST_MADE = 10_000_000


def bounded(shape: Iterable[int]) -> tuple[int, ...]:
    """Return the shape of what is made before the graph is; refuse what has no room.

    Raises:
        LimitError: if it has too many entries.
    """
    lengths = tuple(int(length) for length in shape)
    if prod(lengths) > _MOST_MADE:
        raise LimitError("import.large", got=prod(lengths), limit=_MOST_MADE)
    return lengths


_PLAIN = (int, float)


class Space(LayerEmitter):
    """The namespace of a rule. Values are nodes, or numbers and arrays known before the graph is.

    Args:
        builder: receives the lines.
        name: of the line of the call, free in the graph.
        group: the group of its lines.
        blocks: receives a `Block` for every row of a layer.
        free: makes a name free in the graph.
        owner: the part of the model whose parameters the rows use.
    """

    def __init__(
        self,
        builder: GraphBuilder,
        name: str,
        group: str,
        *,
        blocks: list[Block],
        free: Callable[[str], str],
        owner: str = "",
    ) -> None:
        super().__init__(builder, name, group, training=False)
        self.builder, self.blocks, self.free, self.owner = builder, blocks, free, owner

    # ---- values ----

    def number(self, value: Any) -> Ref:
        """Return a number, an array or a node as a node; -inf, which masks, is a large number."""
        if isinstance(value, Ref):
            return value
        import numpy as np

        array = np.asarray(value)
        if array.dtype.kind == "f" and np.isneginf(array).any():
            value = array = np.where(np.isneginf(array), FAR, array)
        if not array.shape:
            return Ref(
                self, self.builder.constant(value if type(value) in _PLAIN else float(array))
            )
        return Ref(self, self.builder.constant(array.astype(float), array.shape))

    def known(self, value: Any) -> Any:
        """Return what is a number of the model as an array; None of what enters or is computed."""
        import numpy as np

        if not isinstance(value, Ref):
            return np.asarray(value)
        fixed = self.builder.columns.row(value.node).name == "const"
        return np.asarray(self.builder.defaults[value.node]) if fixed else None

    def holds(self, value: Any, number: float) -> bool:
        """Tell whether a value, or one that it is computed from, has a number in the example."""
        import numpy as np

        if not isinstance(value, Ref):
            return bool((np.asarray(value) == number).any())
        columns, defaults = self.builder.columns, self.builder.defaults
        ahead, seen = [value.node], set[int]()
        while ahead:
            node = ahead.pop()
            if node not in seen:
                seen.add(node)
                ahead += columns.parents_of(node)
                if node in defaults and bool((np.asarray(defaults[node]) == number).any()):
                    return True
        return False

    def shape(self, ref: Any) -> tuple[int, ...]:
        """Return the shape of a node, an array or a number."""
        return super().shape(ref) if isinstance(ref, Ref) else tuple(getattr(ref, "shape", ()))

    def call(self, op: str, *args: Any, **settings: Any) -> Any:
        """Append an op by name; what is known before the graph is computed at once."""
        if any(isinstance(arg, Ref) for arg in args):
            nodes = [self.number(arg).node for arg in args]
            shapes = tuple(map(self.builder.columns.shape, nodes))
            full = complete_settings(op_row(op), settings, shapes)
            return Ref(self, self.builder.columns.apply(code_of(op), nodes, full))
        import numpy as np

        whole = all(np.asarray(arg).dtype.kind in "iub" for arg in args)
        arrays = tuple(np.asarray(arg, dtype=float) for arg in args)
        row = op_row(op)
        full = complete_settings(row, settings, tuple(array.shape for array in arrays))
        scalar = not any(array.shape for array in arrays)
        taken = tuple(map(float, arrays)) if scalar else arrays
        found = np.asarray(arithmetic().value(row, taken, full, scalar=scalar))
        return found.astype(int) if whole and (found == np.floor(found)).all() else found

    def picked(self, x: Any, key: Any) -> Any:
        """Return what a subscript of NumPy picks: ranges and entries by `index`, else by place."""
        import numpy as np

        if not isinstance(x, Ref):
            return np.asarray(x)[key]
        shape = self.shape(x)
        parts = key if isinstance(key, tuple) else (key,)
        plain = [_plain_part(part, n) for part, n in zip(parts, shape, strict=False)]
        if all(part is not None for part in plain):
            return self.call("index", x, key=tuple(plain))
        places = np.arange(int(np.prod(shape, dtype=int))).reshape(shape)[key]
        at = tuple(places.ravel().tolist())
        return self.call("gather", x, at=at, shape=places.shape)

    def full(self, shape: Iterable[int], value: Any) -> Any:
        """Return an array of one value, known before the graph is.

        Raises:
            LimitError: if it has more entries than a graph has room for.
        """
        import numpy as np

        return np.full(bounded(shape), value)

    def ended(self, value: Any, part: str = "x") -> Any:
        """Return a value as a line: what is open ends here, behind the name of the call."""
        if isinstance(value, Ref) and not self.closed(value):
            if value.node != len(self.builder.columns) - 1:
                value = self.call("identity", value)
            self.builder.end_line(self.free(f"{self.name}.{part}"), group=self.group)
        return value

    # ---- layers ----

    def door(
        self, name: str, inputs: tuple[Any, ...], weights: Mapping[str, Any] | None = None,
        settings: Mapping[str, Any] | None = None, **arguments: Any,
    ) -> Any:  # fmt: skip
        """Append the lines of the row that a class of PyTorch is.

        Args:
            name: of the class.
            inputs: what it is applied to.
            weights: its parameters and statistics, by PyTorch's names.
            settings: of the row, before those that the arguments mean.
            arguments: those of the class.
        """
        (row, door), held = DOORS[name], weights or {}
        read = door.read(arguments)[1] | dict(settings or {})
        parameters = {
            own: held[theirs]
            for own, theirs in door.parameters.items()
            if held.get(theirs) is not None
        }
        return self.row(row.name, inputs, parameters, **read)

    def row(
        self, kind: str, inputs: tuple[Any, ...], parameters: Mapping[str, Any] | None = None,
        *, part: str = "", training: bool = False, **settings: Any,
    ) -> Any:  # fmt: skip
        """Append the lines of a row of layers; return its result, or all where it has several.

        Args:
            kind: the name of the row.
            inputs: what it is applied to, None for inputs left out.
            parameters: by the row's names.
            part: behind the name of the call, where one call is several rows.
            training: whether it takes statistics from the batch.
            settings: those that are not the defaults.
        """
        layer = LAYERS[kind]
        full = complete(layer, settings)
        taken = tuple(None if x is None else self._leafed(x) for x in inputs)
        held = {name: self._leafed(value) for name, value in (parameters or {}).items()}
        name = self.free(f"{self.name}.{part}" if part else self.name)
        group = name
        results = {word: self.free(f"{name}.{word}_") for word in layer.results[1:]}
        m = LayerEmitter(self.builder, name, group, results=results, training=training)
        position = len(self.blocks)
        found = apply_layer(layer, m, taken, held, full)
        first = m.number(found[0])
        if m.closed(first):
            first = Ref(self, self.builder.apply("identity", (first.node,)))
        self.builder.end_line(name, group=group)
        names = self._line_names()
        used = [self.builder.line_names[names[ref.node]] for ref in taken if ref is not None
                and ref.node in names]  # fmt: skip
        owned = [self.builder.line_names[names[ref.node]] for ref in held.values()
                 if ref.node in names]  # fmt: skip
        outputs = (name, *results.values())
        self.blocks.insert(position, Block(
            group, kind, self.owner, tuple(used), outputs, tuple(owned), tuple(full.items())
        ))  # fmt: skip
        return first if len(found) == 1 else (first, *found[1:])

    def _leafed(self, value: Any) -> Ref:
        """Return a node that is a line: known arrays become constants of the graph."""
        if isinstance(value, Ref):
            return Ref(self, self.ended(value).node)
        import numpy as np

        array = np.asarray(value, dtype=float)
        kept: Any = array if array.shape else float(array)
        node = self.builder.leaf("const", kept, array.shape)
        self.builder.end_line(self.free(f"{self.name}.k"), group=self.group)
        return Ref(self, node)

    def _line_names(self) -> dict[int, int]:
        return {end - 1: line for line, end in enumerate(self.builder.line_ends)}


def _plain_part(part: Any, length: int) -> Any:
    """Return a subscript as `index` takes it, None where it is of another kind."""
    if isinstance(part, slice) and part.step in (None, 1):
        start, stop, _ = part.indices(length)
        return start, max(start, stop)
    if isinstance(part, int) and not isinstance(part, bool):
        return part % length
    return None
