"""Hold a program as text, and make a function or a module of it."""

from __future__ import annotations

import inspect
import math
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple

from graphgrad.compile.expressions import KERNELS, number_text
from graphgrad.compile.names import in_comment
from graphgrad.ops.evaluate import arrays

__all__ = ["Statement", "Written"]

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

    def text(self) -> str:
        """Return a module that a student can run: imports, kernels, data, the function."""
        parts = ["import math", "", "import numpy as np", ""]
        for kernel in self.kernels:
            source = inspect.getsource(_kernel(kernel))
            parts += ["", source.replace(": Any", "").replace(" -> Any", "")]
        for name, value in self.data.items():
            parts += ["", f"{name} = {_data_text(value)}"]
        if self.setup:
            sizes = ", ".join(map(str, self.sizes))
            parts += [_PART, "", f"memory = [np.empty(size, np.uint8) for size in ({sizes},)]"]
            parts += self.setup
        body = []
        for statement in self.statements:
            if statement.comment:
                body.append(f"    # {in_comment(statement.comment)}")
            body.append(f"    {statement.code}")
        return "\n".join([*parts, "", "", self._head(), *body, self._end(), ""])

    def _head(self) -> str:
        return f"def program({', '.join(self.arguments)}):"

    def _end(self) -> str:
        return f"    return {', '.join([*self.returned, self.check])}"


def _data_text(value: Any) -> str:
    """Return a constant as Python writes it; NaN and infinities are names of NumPy's."""
    if isinstance(value, float):
        return number_text(value)
    if value.size and (value == value.flat[0]).all():
        return f"np.full({value.shape}, {value.flat[0].item()!r}, np.{value.dtype})"
    shown = repr(value.tolist()).replace("nan", "np.nan").replace("inf", "np.inf")
    return f"np.array({shown}, dtype=np.{value.dtype})"


def _kernel(name: str) -> Any:
    return getattr(import_module(f"graphgrad.compile.kernels.{KERNELS[name]}"), name)
