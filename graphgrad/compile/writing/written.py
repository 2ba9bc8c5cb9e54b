"""Hold a program as text, and make a function or a module of it."""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple

from graphgrad.compile.writing.expressions import KERNELS, number_text
from graphgrad.compile.writing.names import Names, in_comment
from graphgrad.errors import LimitError
from graphgrad.ops.evaluate import arrays

__all__ = ["Statement", "Written"]

_TITLE = '"""The value of a graph and its gradients, written by `graphgrad compile`."""'
_IMPORTS = {"math": "import math", "np": "import numpy as np"}
_CALLS = {
    "first_largest": ("argmax_mask", "largest", "parts"),
    "largest": ("parts",),
}
"""Kernels that call others."""
_CALLED_BY_KERNELS = ("argmax_mask", "largest", "parts")
_PART = '''
def part(memory, dtype, shape):
    """Return the first bytes of a buffer as an array."""
    size = int(np.prod(shape))
    return memory[: size * np.dtype(dtype).itemsize].view(dtype).reshape(shape)
'''


class Statement(NamedTuple):
    """A line of code and what is said of it."""

    code: str
    comment: str = ""


_MOST_NUMBERS = 2_000_000
"""Numbers that a text may hold: a second's work, and forty megabytes."""


class Written(NamedTuple):
    """A program as text.

    Attributes:
        arguments: the names of the leaves, in the order in which they are given.
        setup: what is run once before: parts of buffers get names.
        statements: the body; comments are kept apart: they hold an author's words.
        returned: what the function returns, in the order of the results.
        check: a number that is NaN where a result has to be looked at by the interpreter.
        data: arrays that the body reads, by name.
        kernels: the kernels that it calls.
        sizes: the bytes of each buffer.
    """

    arguments: Sequence[str]
    setup: Sequence[str]
    statements: Sequence[Statement]
    returned: Sequence[str]
    check: str
    data: dict[str, Any]
    kernels: Sequence[str]
    sizes: Sequence[int]

    def code(self) -> str:
        """Return the function as Python runs it: nothing but names of ours and numbers."""
        body = [f"    {statement.code}" for statement in self.statements]
        return "\n".join([_PART, *self.setup, "", self._head(), *body, self._end(), ""])

    def function(self) -> Any:
        """Return the function, with buffers of its own."""
        np = arrays().np
        names: dict[str, Any] = {
            "np": np,
            "math": math,
            "memory": [np.empty(size, np.uint8) for size in self.sizes],
            **{name: _kernel(name) for name in self.kernels},
            **self.data,
        }
        exec(compile(self.code(), "<graphgrad program>", "exec"), names)
        return np.errstate(all="ignore")(names["program"])

    def text(self, leaves: Sequence[Any], labels: Sequence[str]) -> str:
        """Return a module that a student can run: imports, kernels, data, the function, a call.

        Args:
            leaves: the values that it is called with.
            labels: what is written beside the results, as an author would call them.

        Raises:
            LimitError: if it would write more numbers than anyone reads.
        """
        held = sum(getattr(value, "size", 1) for value in (*leaves, *self.data.values()))
        if held > _MOST_NUMBERS:
            raise LimitError("compile.long_text", got=held, limit=_MOST_NUMBERS)
        body = []
        for statement in self.statements:
            if statement.comment:
                body.append(f"    # {in_comment(statement.comment)}")
            body.append(f"    {statement.code}")
        end = f"    return {', '.join(self.returned)}{',' * (len(self.returned) == 1)}"
        function = "\n".join([self._head(), *body, end])
        whole = "\n\n\n".join(
            [*self._kernels(), *self._data(), function, self._call(leaves, labels)]
        )
        used = [name for name in ("math", "np") if re.search(rf"\b{name}\.", whole)]
        imports = [_IMPORTS[name] for name in used]
        head = "\n\n".join([_TITLE, *imports])
        return f"{head}\n\n\n{whole}\n"

    def _kernels(self) -> list[str]:
        found = []
        for name in dict.fromkeys((*self.kernels, *_CALLED_BY_KERNELS)):
            asked = name in self.kernels or any(
                name in _CALLS.get(kernel, ()) for kernel in self.kernels
            )
            if asked:
                source = inspect.getsource(_kernel(name)).rstrip()
                found.append(source.replace(": Any", "").replace(" -> Any", ""))
        return found

    def _data(self) -> list[str]:
        lines = [f"{name} = {_data_text(value)}" for name, value in self.data.items()]
        if self.setup:
            sizes = ", ".join(map(str, self.sizes))
            memory = f"memory = [np.empty(size, np.uint8) for size in ({sizes},)]"
            return ["\n".join(lines), _PART.strip(), "\n".join([memory, *self.setup])]
        return ["\n".join(lines)] if lines else []

    def _call(self, leaves: Sequence[Any], labels: Sequence[str]) -> str:
        pairs = zip(self.arguments, leaves, strict=True)
        given = [f"    {name} = {_data_text(value)}" for name, value in pairs]
        arguments = ", ".join(self.arguments)
        each = "    for name, value in zip(NAMES, results):"
        call = [f"    results = program({arguments})", each, '        print(name, "=", value)']
        ours = Names(frozenset())
        shown = [repr(ours.new(label)) for label in labels[: len(self.returned)]]
        names = f"NAMES = ({', '.join(shown)},)"
        return "\n".join([names, "", 'if __name__ == "__main__":', *given, *call])

    def _head(self) -> str:
        return f"def program({', '.join(self.arguments)}):"

    def _end(self) -> str:
        return f"    return {', '.join([*self.returned, self.check])}"


def _data_text(value: Any) -> str:
    """Return a constant as Python writes it; NaN and infinities are names of NumPy's."""
    if isinstance(value, float):
        return number_text(value)
    if not value.size:
        return f"np.zeros({value.shape}, np.{value.dtype})"
    if (value == value.flat[0]).all():
        return f"np.full({value.shape}, {_named(value.flat[0].item())}, np.{value.dtype})"
    return f"np.array({_named(value.tolist())}, dtype=np.{value.dtype})"


def _named(numbers: Any) -> str:
    return repr(numbers).replace("nan", "np.nan").replace("inf", "np.inf")


def _kernel(name: str) -> Any:
    return getattr(import_module(f"graphgrad.compile.kernels.{KERNELS[name]}"), name)
