"""Make the graph of a program: weights where they are first used, then the calls in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from graphgrad.errors import GraphgradError, ShapeError, UsageError
from graphgrad.graph.blocks import Block
from graphgrad.graph.builder import GraphBuilder
from graphgrad.graph.emit import Ref
from graphgrad.graph.graph import Graph, Heading
from graphgrad.layers.doors.door import line_name
from graphgrad.layers.initialisers import drawn, filled
from graphgrad.layers.row import Parameter
from graphgrad.messages.catalogue import Worded
from graphgrad.ops.shapes import shape_text
from graphgrad.source.imports.program import (
    Call,
    Entering,
    Name,
    Program,
    Rules,
    names_in,
    plain_name,
)
from graphgrad.source.imports.space import Space

__all__ = ["built"]


def built(program: Program, rules: Rules, values: Mapping[str, Any] | None = None) -> Graph:
    """Return the graph of a program.

    Args:
        program: the model.
        rules: what its operations are.
        values: of what enters, by name; what has none is drawn, always the same, for a graph
            shows numbers; whole numbers are 0.

    Raises:
        UsageError: naming every operation that has no row, with how often it occurs; or the call
            that no row can do, with why.
    """
    unknown = Counter(call.op for call in program.calls if not rules.key(call.op))
    if unknown:
        told = ", ".join(f"{op} ({count})" for op, count in sorted(unknown.items()))
        raise UsageError("import.unknown_ops", framework=rules.framework, ops=told)
    names = [plain_name(entering.name) for entering in program.inputs]
    wrong = next((name for name in values or {} if name not in names), None)
    if wrong is not None:
        raise UsageError("import.no_input", name=wrong, names=", ".join(names))
    return _Building(program, rules).graph(values or {})


class _Building:
    """A graph under construction; values are nodes, known arrays, or tuples of them by name."""

    def __init__(self, program: Program, rules: Rules) -> None:
        self.program, self.rules = program, rules
        self.builder = GraphBuilder()
        self.blocks: list[Block] = []
        self.values: dict[str, Any] = {}
        self.weights: dict[str, int] = {}
        self.inside: list[tuple[str, str]] = []  # parts around the last call, and their labels
        self.entered: set[str] = set()

    def graph(self, values: Mapping[str, Any]) -> Graph:
        for entering in self.program.inputs:
            name = self._free(plain_name(entering.name))
            value, shape = _entered(entering, name, values)
            node = self.builder.leaf_line(name, "input", value, shape)
            self.values[entering.name] = _Node(node)
        for call in self.program.calls:
            self._call(call)
        output = self._value(self.program.output)
        if not isinstance(output, _Node):
            raise UsageError("import.constant_output", framework=self.rules.framework)
        heading = Heading(title=self.program.title, blocks=tuple(self.blocks))
        return self.builder.freeze(self._last(output.node), heading=heading)

    def _last(self, node: int) -> int:
        """Return the node of the output; a leaf that is handed through becomes a line."""
        row = self.builder.columns.row(node).name
        if row not in ("input", "param", "const"):
            return node
        found = self.builder.apply("identity", (node,))
        self.builder.end_line(self._free("y"))
        return found

    # ---- calls ----

    def _call(self, call: Call) -> None:
        path = line_name(self._entry(call))
        name = path if call.whole and path else _short(call)
        if path and not call.whole:
            name = f"{path}.{name}"
        group = self._free(path) if call.whole and path else path
        space = Space(
            self.builder, self._free(name), group,
            blocks=self.blocks, free=self._free, owner=line_name(call.path) if call.whole else "",
        )  # fmt: skip
        told = self.rules.numbers.get(self.rules.key(call.op), ())
        args = [self._read(value, space, at in told) for at, value in enumerate(call.args)]
        options = {key: self._read(value, space, key in told)
                   for key, value in call.options.items()}  # fmt: skip
        found = self._ruled(call, space, args, options)
        self._keep(call, space, found)

    def _entry(self, call: Call) -> str:
        """Return the path of a call, with a number behind a part that was left and is used again.

        So the lines of a part stand one after the other, and a part that is drawn closed leads
        to nothing that leads back into it.
        """
        parts = call.path.split(".") if call.path else []
        around = parts[:-1] if call.whole else parts
        kept = 0
        while kept < min(len(around), len(self.inside)) and self.inside[kept][0] == around[kept]:
            kept += 1
        del self.inside[kept:]
        for part in around[kept:]:
            before = self.inside[-1][1] + "." if self.inside else ""
            label, number = before + part, 1
            while label in self.entered:
                number += 1
                label = f"{before}{'v' * part.isdigit()}{part}_{number}"
            self.entered.add(label)
            self.inside.append((part, label))
        last = parts[-1:] if call.whole else []
        return ".".join([self.inside[-1][1], *last] if self.inside else last)

    def _ruled(self, call: Call, space: Space, args: list[Any], options: Mapping[str, Any]) -> Any:
        """Return what the rule of a call makes; an error says which call it was."""
        rule = self.rules.table[self.rules.key(call.op)]
        try:
            return rule(space, *args, **options)
        except GraphgradError as error:
            why: Any = Worded(error.message_id, **error.fields)
        except TypeError as error:
            if error.__traceback__ is None or error.__traceback__.tb_next is not None:
                raise
            why = Worded("import.arguments", got=", ".join(call.options) or str(len(call.args)))
        shapes = [_told(self.values.get(name), self.builder) for name in names_in(list(call.args))]
        raise UsageError(
            "import.refused", op=call.op, path=call.path or call.results[0],
            shapes=", ".join(filter(None, shapes)), why=why,
        ) from None  # fmt: skip

    def _keep(self, call: Call, space: Space, found: Any) -> None:
        """Name the results; what is left open becomes the line of the call."""
        if isinstance(found, Ref) and not space.closed(found):
            if found.node != len(self.builder.columns) - 1:
                found = space.call("identity", found)
            self.builder.end_line(self._free(space.name), group=space.group)
        kept = _kept(found)
        if len(call.results) > 1:
            self.values.update(zip(call.results, kept, strict=False))
        else:
            self.values[call.results[0]] = kept

    # ---- values ----

    def _read(self, value: Any, space: Space, setting: bool = False) -> Any:
        """Return an argument as rules take it; a weight that is a setting of a row as an array."""
        if isinstance(value, Name):
            held = self.program.weights.get(value.name) if setting else None
            if held is not None:
                return held.value
            return _given(self._value(value.name), space)
        if isinstance(value, list | tuple):
            return [self._read(part, space) for part in value]
        return value

    def _value(self, name: str) -> Any:
        if name in self.values:
            return self.values[name]
        weight = self.program.weights.get(name)
        if weight is None:
            raise UsageError("import.no_value", name=name)
        if weight.value.dtype.kind != "f" and not weight.trained:
            self.values[name] = weight.value  # masks and counts are known before the graph is
            return weight.value
        key = weight.path
        if key not in self.weights:
            path = line_name(key)
            group = path.rpartition(".")[0]
            array = weight.value.astype(float)
            value: Any = array if array.shape else float(array)
            role = "param" if weight.trained else "const"
            node = self.builder.leaf(role, value, array.shape)
            self.builder.end_line(self._free(path), group=group)
            self.weights[key] = node
        self.values[name] = _Node(self.weights[key])
        return self.values[name]

    def _free(self, name: str) -> str:
        """Return the name, with a number behind it while a line has it."""
        taken, number, found = set(self.builder.line_names), 1, name
        while found in taken:
            number += 1
            found = f"{name}_{number}"
        return found


def _entered(
    entering: Entering, name: str, values: Mapping[str, Any]
) -> tuple[Any, tuple[int, ...]]:
    """Return value and shape of what enters; a value that is given says what is left open."""
    value = values.get(name, entering.value)
    given_shape = tuple(getattr(value, "shape", ()))
    if value is not None and (not entering.loose or len(given_shape) == len(entering.shape)):
        if given_shape != entering.shape and not entering.loose:
            got, expected = shape_text(given_shape), shape_text(entering.shape)
            raise ShapeError("shape.leaf_value", name=name, got=got, expected=expected)
        return value, given_shape
    if entering.whole:
        return filled(entering.shape, 0), entering.shape
    return drawn(Parameter(name, entering.shape, "normal"), name, 1), entering.shape


def _short(call: Call) -> str:
    """Return a name for the line of a call: that of its result, or of the operation.

    Dots would make parts of it; an exporter's names that are paths say no more than the operation.
    """
    result = call.results[0]
    is_path = "/" in result or "." in result or result.startswith("val_")
    return plain_name(call.op.lower() if is_path else result).replace(".", "_")


class _Node:
    """A node as the values of a building hold it."""

    __slots__ = ("node",)

    def __init__(self, node: int) -> None:
        self.node = node


def _given(value: Any, space: Space) -> Any:
    if isinstance(value, _Node):
        return space.ref(value.node)
    return tuple(_given(part, space) for part in value) if isinstance(value, tuple) else value


def _kept(value: Any) -> Any:
    if isinstance(value, Ref):
        return _Node(value.node)
    return tuple(map(_kept, value)) if isinstance(value, tuple | list) else value


def _told(value: Any, builder: GraphBuilder) -> str:
    shape = builder.columns.shape(value.node) if isinstance(value, _Node) else None
    return "" if shape is None else shape_text(shape)
